"""`kg mcp`: the graph for assistants."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.group import ANY_OUTPUT, example
from kg.errors import InputError

__all__ = ["mcp_verb"]


@click.command("mcp", epilog=example("kg mcp out/", "kg mcp out/ --timeout 60"))
@click.argument("out", type=ANY_OUTPUT)
@click.option(
    "--timeout",
    default=20.0,
    show_default=True,
    type=click.FloatRange(min=0.1, max=3600),
    help="Seconds that a SPARQL query may take at most.",
)
@click.option("--domain", help="Domain or domain folder, where the graph names one not packaged.")
def mcp_verb(out: Path, timeout: float, domain: str | None) -> None:
    """Serve a built graph to an assistant over the Model Context Protocol.

    OUT is the folder of a build, or a graph file. The assistant starts this command itself and
    speaks with it over standard input and output; see docs/mcp.md for what to write into its
    settings. It can search, read and query the graph as it is now, and change nothing.
    """
    if find_spec("mcp") is None:
        raise InputError("kg mcp needs an extra library; run: pip install 'newskg[mcp]'")
    from kg.mcp.server import make_server

    server, box = make_server(out, domain=domain, timeout_s=timeout)
    try:
        server.run()
    finally:
        box.close()
