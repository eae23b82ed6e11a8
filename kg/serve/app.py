"""The application: addresses, errors, and what surrounds both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.rdf.answers import TRIPLE_TYPES
from kg.serve import pages
from kg.serve.description import describe
from kg.serve.negotiation import choose
from kg.serve.protocol import sparql
from kg.serve.shields import Shields
from kg.serve.site import Site

__all__ = ["make_app"]

Page = Callable[[Request, Site], Awaitable[Response]]
_HTML = "text/html"


def make_app(site: Site, *, hosts: frozenset[str] | None, cors: str | None = None) -> Starlette:
    """The application of a site, which it closes at its end.

    `hosts` are the names it answers to, None: any; `cors` is the origin whose pages may read
    answers, or "*".
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        site.store.close()

    middleware = [Middleware(Shields, hosts=hosts, shared=cors is not None)]
    if cors is not None:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[cors],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type"],
            )
        )
    return Starlette(
        routes=_routes(site),
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: partial(_error, site),
            Exception: _broken,
        },
    )


def _routes(site: Site) -> list[BaseRoute]:
    def get(path: str, page: Page) -> Route:
        return Route(path, _bound(page, site), methods=["GET"])

    static = StaticFiles(directory=Path(__file__).parent / "static", follow_symlink=False)
    return [
        get("/", pages.home),
        get("/graph", pages.viewer),
        get("/query", pages.query_page),
        Route("/sparql", _bound(_endpoint, site), methods=["GET", "POST"]),
        get("/id/{rest:path}", pages.identified),
        get("/entity", pages.entity),
        get("/entity/{rest:path}", pages.entity),
        get("/article", pages.article),
        get("/article/{rest:path}", pages.article),
        *(get(f"/data{suffix}", pages.data) for suffix in pages.SUFFIXES),
        get("/data/{rest:path}", pages.data),
        Mount("/static", static),
    ]


def _bound(page: Page, site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        return await page(request, site)

    return respond


async def _endpoint(request: Request, site: Site) -> Response:
    """SPARQL; without a query the description of the service, or the editor for who reads pages."""
    answer = await sparql(request, site)
    if answer is not None:
        return answer
    wanted = choose(request.headers.get("accept"), (*TRIPLE_TYPES, _HTML))
    if wanted is None:
        raise HTTPException(406, f"the description can be had as {', '.join(TRIPLE_TYPES)}")
    if wanted == _HTML:
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    endpoint = str(request.url.replace(query="", fragment=""))
    body = await anyio.to_thread.run_sync(partial(describe, site, endpoint, wanted))
    return Response(body, headers={"Content-Type": wanted, "Vary": "Accept"})


async def _error(site: Site, request: Request, error: Exception) -> Response:
    """Text for programs, a page for who looks at pages."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what this handler is registered for
    message = error.detail
    if request.scope["path"] != "/sparql" and _reads_pages(request):
        response = pages.error_page(error.status_code, message, site)
    else:
        response = PlainTextResponse(f"{message}\n", error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse("the server made a mistake; its log has the details\n", 500)


def _reads_pages(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return _HTML in accept.lower()
