"""`kg serve`: a built graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import ANY_OUTPUT, example, tell
from kg.errors import InputError

__all__ = ["serve_verb"]


@click.command(
    "serve",
    epilog=example(
        "kg serve out/",
        "kg serve out/graph.ttl --port 0",
        "curl http://127.0.0.1:8765/sparql --data-urlencode 'query=ASK { ?s nr:sponsorOf ?o }'",
    ),
)
@click.argument("out", type=ANY_OUTPUT)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: a free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Others than this machine's own let others read the graph.",
)
@click.option("--cors", metavar="ORIGIN", help="Let pages of this origin read answers; * for all.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="End a query that takes longer.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="Refuse an answer of more rows or triples.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Queries at once.  [default: by CPUs]")
def serve_verb(
    out: Path,
    port: int,
    host: str,
    cors: str | None,
    timeout: float,
    max_rows: int,
    workers: int | None,
) -> None:
    """Serve a built graph: SPARQL, pages of entities and articles, viewer, query editor.

    OUT is the folder of a build, or a graph file. It is read once: after a new build, start again.
    Nothing can be changed through the server, and no query reaches a file or another server.
    """
    try:
        from kg.serve.running import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("anyio", "starlette", "uvicorn"):
            raise
        raise InputError(
            f"kg serve needs {error.name}, which is not installed: pip install 'newskg[serve]'"
        ) from error
    from dataclasses import replace

    from kg.rdf.guarded import Limits

    limits = Limits(timeout_s=timeout, max_rows=max_rows)
    if workers is not None:
        limits = replace(limits, workers=workers)
    serve(out, host=host, port=port, cors=cors, limits=limits, tell=tell)
