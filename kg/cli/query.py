"""`kg query` and `kg show`: questions to what a build wrote."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import ANY_OUTPUT, FILE, OUTPUT, emit, example, printed_as
from kg.cli.limits import ended_after, timed
from kg.errors import QueryError

__all__ = ["query_verb", "show_verb"]


@click.command(
    "query", epilog=example("kg query out/graph.ttl 'SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5'")
)
@click.argument("graph", type=OUTPUT)
@click.argument("query", required=False)
@click.option("--file", "query_file", type=FILE, help="Read the query from this file.")
@printed_as("table", "csv", "json", help="How the rows are printed.")
@timed
def query_verb(
    graph: Path, query: str | None, query_file: Path | None, output: str, timeout: float
) -> None:
    """Ask a written graph a question in SPARQL 1.1.

    GRAPH is graph.ttl or graph.trig; give the QUERY or --file.
    """
    if (query is None) == (query_file is None):
        raise click.UsageError("give either a QUERY or --file, and not both")
    from kg.rdf.store import run_query

    text = _read_query(query_file) if query_file else query or ""
    with ended_after(timeout):
        result = run_query(graph, text)
    render = {"table": result.to_table, "csv": result.to_csv, "json": result.to_json}[output]
    emit(render(), nl=False)


def _read_query(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{path} is not UTF-8 ({error}); save it again as UTF-8") from error


@click.command("show", epilog=example('kg show out/ "Acme Corp"'))
@click.argument("out", type=ANY_OUTPUT)
@click.argument("entity")
def show_verb(out: Path, entity: str) -> None:
    """Show what the graph says of one entity.

    OUT is the folder of a build, or its facts.jsonl. ENTITY is a name or an IRI, also one that it
    had before more articles came. Each fact comes with its quote and source.
    """
    from kg.show import show_entity

    emit(show_entity(out, entity), nl=False)
