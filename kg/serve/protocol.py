"""The query operation of the SPARQL 1.1 Protocol.

An answer is whole before its first byte is sent, so what goes wrong is an HTTP error with a text
that says what and where, never a broken 200.
Source: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import (
    AnswerTooLargeError,
    BusyError,
    KgError,
    QueryMemoryError,
    QueryTimeoutError,
    UnfitFormatError,
)
from kg.rdf.answers import SOLUTION_TYPES, TRIPLE_TYPES, Answer
from kg.serve.negotiation import choose
from kg.serve.site import Site

__all__ = ["answered", "asked", "failed", "sparql"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# What clients call the same thing; the answer is called what they asked for.
SOLUTIONS: Mapping[str, str] = {
    **{name: name for name in SOLUTION_TYPES},
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
TRIPLES: Mapping[str, str] = {
    **{name: name for name in TRIPLE_TYPES},
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}
_STATUS: Mapping[type[KgError], int] = {
    QueryTimeoutError: 504,
    BusyError: 503,
    AnswerTooLargeError: 422,
    QueryMemoryError: 422,
    UnfitFormatError: 406,
}
_BODY = 1 << 20  # bytes of a POST


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs it is to be asked of, None where the protocol names none."""

    query: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


async def sparql(request: Request, site: Site) -> Response | None:
    """The answer to a query by GET, by POST of a form, or by POST of the query itself.

    None for a GET without a query, which asks for the service itself.
    """
    asked_for = await asked(request)
    if asked_for.query is None:
        if request.method != "POST":
            return None
        raise HTTPException(400, "no query: give it as the parameter query, or as the body")
    accept = request.headers.get("accept")
    solutions, triples = choose(accept, tuple(SOLUTIONS)), choose(accept, tuple(TRIPLES))
    if solutions is None and triples is None:
        known = ", ".join([*SOLUTION_TYPES, *TRIPLE_TYPES])
        raise HTTPException(406, f"there is no answer as {accept}; there is {known}")
    found = await answered(
        site,
        asked_for,
        solutions=SOLUTIONS[solutions] if solutions else None,
        triples=TRIPLES[triples] if triples else None,
    )
    media_type = triples if found.form == "triples" else solutions
    if found.form != "triples" and media_type in ("text/csv", "text/tab-separated-values"):
        media_type = f"{media_type}; charset=utf-8"
    return Response(
        found.body, headers={"Content-Type": str(media_type), "Vary": "Accept"}, status_code=200
    )


async def answered(
    site: Site, asked_for: Asked, *, solutions: str | None, triples: str | None
) -> Answer:
    """The answer of the store, waited for without holding up the others; raises HTTPException."""
    query = partial(
        site.store.query,
        asked_for.query or "",
        solutions=solutions,
        triples=triples,
        default_graphs=asked_for.default_graphs,
        named_graphs=asked_for.named_graphs,
    )
    if len(asked_for.query or "") > site.store.limits.max_query:
        most = site.store.limits.max_query
        raise HTTPException(413, f"the query has more than {most:,} characters")
    try:
        return await anyio.to_thread.run_sync(query, abandon_on_cancel=True, limiter=site.limiter)
    except KgError as error:
        raise failed(error) from error


def failed(error: KgError) -> HTTPException:
    """The HTTP error for what went wrong."""
    status = _STATUS.get(type(error), 400)
    return HTTPException(status, str(error), {"Retry-After": "1"} if status == 503 else None)


async def asked(request: Request) -> Asked:
    """What the request asks for. Raises HTTPException for what the protocol does not allow."""
    pairs = _pairs(request.url.query)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body: str | None = None
    if request.method == "POST":
        if kind == UPDATE:
            raise _read_only()
        if kind not in (FORM, QUERY):
            raise HTTPException(415, f"a query is posted as {FORM} or as {QUERY}")
        text = _text(await _body(request))
        if kind == FORM:
            pairs += _pairs(text)
        else:
            body = text
    names = {name for name, _ in pairs}
    if "update" in names:
        raise _read_only()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) + (body is not None) > 1:
        raise HTTPException(400, "more than one query; send one at a time")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    query = body if body is not None else queries[0] if queries else None
    if not default and not named:
        return Asked(query)
    return Asked(query, default, named)


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, errors="strict", max_num_fields=100, encoding="utf-8"
        )
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"a parameter is not UTF-8: {error}") from error
    except ValueError as error:
        raise HTTPException(400, f"the parameters cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is not UTF-8: {error}") from error


async def _body(request: Request) -> bytes:
    received = bytearray()
    async for part in request.stream():
        received += part
        if len(received) > _BODY:
            raise HTTPException(413, f"the body has more than {_BODY:,} bytes")
    return bytes(received)


def _read_only() -> HTTPException:
    return HTTPException(
        405, "this endpoint answers queries and takes no update", {"Allow": "GET, HEAD, POST"}
    )
