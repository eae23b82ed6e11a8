"""The pages: plain HTML made here, which need no script; only the query editor has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread
import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.errors import KgError, QueryError
from kg.rdf.answers import TRIPLE_TYPES
from kg.rdf.store import Cell, QueryResult, cell_text
from kg.serve.article import article_view, pieces
from kg.serve.entity import PAGE, entity_view
from kg.serve.negotiation import choose
from kg.serve.protocol import Asked, answered, failed
from kg.serve.search import search
from kg.serve.site import Site

__all__ = ["SUFFIXES", "article", "data", "entity", "home", "identified", "query_page", "viewer"]

T = TypeVar("T")

SUFFIXES: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
HTML = "text/html"
# The editor sets styles from script, draws its icons from data and asks the endpoint.
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
VIEWER_POLICY = "frame-ancestors 'none'"  # the page has a policy of its own within
_ROWS = 1000  # of a table in a page
_ARTICLES = """SELECT ?article ?name ?headline WHERE {
  ?article a nr:Article ; schema:name ?name OPTIONAL { ?article schema:headline ?headline }
} ORDER BY ?name LIMIT 1000"""
# What is said of the entity, what is said with it, and the statements with their evidence.
_DATA = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ BIND ({e} AS ?s) ?s ?p ?o }}
  UNION {{ BIND ({e} AS ?o) ?s ?p ?o }}
  UNION {{ ?s ?role {e} ; a rdf:Statement ; ?p ?o }}
  UNION {{ ?st ?role {e} ; a rdf:Statement ; nr:evidence|nr:qualification ?s . ?s ?p ?o }}
}}"""

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


async def home(request: Request, site: Site) -> Response:
    """Search by name, the articles, and the ways on."""
    words = request.query_params.get("q", "")
    found, more = await _run(site, lambda: search(site.store, words))
    articles = await _run(site, lambda: site.store.result(_ARTICLES).rows)
    return _page(
        "home.html",
        site,
        words=words,
        entities=[(site.page_of(one.iri), one) for one in found],
        more=more,
        articles=[
            {"href": site.article_of(iri), "name": name, "headline": headline}
            for iri, name, headline in map(_texts, articles)
        ],
    )


async def entity(request: Request, site: Site) -> Response:
    """The page of an entity, or the way to the RDF about it for who wants that."""
    iri = _iri(request, site, "/entity", "id")
    wanted = choose(request.headers.get("accept"), (HTML, *TRIPLE_TYPES))
    if wanted is None:
        raise HTTPException(406, f"there is {HTML}, {', '.join(TRIPLE_TYPES)}")
    if wanted != HTML:
        suffix = next(suffix for suffix, type_ in SUFFIXES.items() if type_ == wanted)
        return RedirectResponse(site.data_of(iri, suffix), 303, {"Vary": "Accept"})
    start = request.query_params.get("from", "0")
    offset = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0
    found = await _run(site, lambda: entity_view(site.store, iri, offset))
    if found is None:
        raise HTTPException(404, f"the graph has no entity {iri}")
    page = _page("entity.html", site, entity=found, offset=offset, step=PAGE, suffixes=SUFFIXES)
    page.headers["Vary"] = "Accept"
    return page


async def identified(request: Request, site: Site) -> Response:
    """From the name of a thing to what there is about it (303), as linked data does.

    Source: https://www.w3.org/TR/cooluris/#r303gendocument
    """
    iri = _iri(request, site, "/id", "id")
    return RedirectResponse(site.page_of(iri), 303, {"Vary": "Accept"})


async def data(request: Request, site: Site) -> Response:
    """The RDF about an entity, in the format of the suffix."""
    path = request.scope["path"]
    suffix = next((suffix for suffix in SUFFIXES if path.endswith(suffix)), None)
    if suffix is None:
        raise HTTPException(404, f"what ends in {', '.join(SUFFIXES)} is data; {path} is not")
    iri = _iri(request, site, "/data", "id", suffix)
    name = _named(iri)
    present = await _run(site, lambda: site.store.result(f"ASK {{ {name} a nr:Entity }}").boolean)
    if not present:
        raise HTTPException(404, f"the graph has no entity {iri}")
    media_type = SUFFIXES[suffix]
    found = await answered(site, Asked(_DATA.format(e=name)), solutions=None, triples=media_type)
    headers = {"Content-Type": media_type, "Link": f'<{iri}>; rel="describes"'}
    return Response(found.body, headers=headers)


async def article(request: Request, site: Site) -> Response:
    """An article with the passages marked that say something in the graph."""
    iri = _iri(request, site, "/article", "article")
    found = await _run(site, lambda: article_view(site.store, iri))
    if found is None:
        raise HTTPException(404, f"the graph has no article {iri}")
    text = await _run(site, lambda: site.text_of(found.name))
    cut = pieces(text, found.quotes) if text is not None else []
    return _page("article.html", site, article=found, pieces=cut)


async def viewer(request: Request, site: Site) -> Response:
    """The drawn graph, as the build wrote it."""
    if site.viewer is None:
        raise HTTPException(404, "no graph.html lies beside this graph; kg build writes one")
    return HTMLResponse(site.viewer, headers={"Content-Security-Policy": VIEWER_POLICY})


async def query_page(request: Request, site: Site) -> Response:
    """The editor, the questions to begin with, and without script a form and its table."""
    chosen = request.query_params.get("question", "")
    text = request.query_params.get("query", "")
    if chosen:
        if chosen not in site.questions:
            raise HTTPException(404, f"no question is called {chosen!r}")
        text = site.questions[chosen].query
    result: QueryResult | None = None
    error = ""
    if not chosen and text:
        try:
            result = await _run(site, lambda: site.store.result(text, max_rows=_ROWS))
        except HTTPException as problem:
            error = problem.detail
    page = _page(
        "query.html",
        site,
        chosen=site.questions.get(chosen),
        questions=site.questions.values(),
        text=text or "SELECT ?entity ?name WHERE {\n  ?entity schema:name ?name\n} LIMIT 10\n",
        prefixes=dict(site.store.prefixes),
        error=error,
        table=_table(result),
        answer=None if result is None or result.boolean is None else str(result.boolean).lower(),
    )
    page.status_code = 400 if error else 200
    page.headers["Content-Security-Policy"] = EDITOR_POLICY
    return page


def error_page(status: int, message: str, site: Site) -> Response:
    """An error for somebody who looks at pages."""
    page = _page("error.html", site, message=message, status=status)
    page.status_code = status
    return page


def _table(result: QueryResult | None) -> tuple[list[str], list[list[str]]] | None:
    if result is None or result.boolean is not None:
        return None
    columns, rows = result.cells()
    return list(columns), [_texts(row) for row in rows]


def _texts(row: tuple[Cell | None, ...]) -> list[str]:
    return [cell_text(cell) for cell in row]


def _iri(request: Request, site: Site, page: str, kind: str, suffix: str = "") -> str:
    """The IRI that an address stands for: what follows the page, or the parameter iri."""
    raw = bytes(request.scope.get("raw_path") or request.scope["path"].encode())
    rest = raw.split(b"?")[0].decode("ascii", "replace").removeprefix(page).removesuffix(suffix)
    given = request.query_params.get("iri")
    iri = given if given is not None else f"{site.base_iri}{kind}/{rest.removeprefix('/')}"
    if given is None and (not rest.removeprefix("/") or not site.base_iri):
        raise HTTPException(404, f"{page} needs the name of a thing, or ?iri=")
    _named(iri)
    return iri


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise HTTPException(404, f"{iri!r} is not the IRI of a thing: {error}") from error


async def _run(site: Site, work: Callable[[], T]) -> T:
    """What the work gives, done in a thread; raises HTTPException for a KgError."""
    try:
        return await anyio.to_thread.run_sync(
            partial(work), abandon_on_cancel=True, limiter=site.limiter
        )
    except QueryError as error:
        raise failed(error) from error
    except KgError as error:
        raise HTTPException(500, str(error)) from error


def _page(template: str, site: Site, **values: Any) -> HTMLResponse:
    return HTMLResponse(_templates.get_template(template).render(site=site, **values))
