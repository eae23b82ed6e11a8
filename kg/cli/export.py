"""`kg export`: the graph in the form that another tool reads."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import ANY_OUTPUT, emit, example
from kg.export.formats import FORMATS

__all__ = ["export_verb"]


def _epilog() -> str:
    width = max(len(item.name) for item in FORMATS)
    lines = [f"  {item.name.ljust(width)}  {item.about}" for item in FORMATS]
    shown = example(
        "kg export out/ --to nquads", "kg export out/ --to turtle --inferred --out all.ttl"
    )
    return "\n".join(["\b", "Formats:", *lines, "", shown])


@click.command("export", epilog=_epilog())
@click.argument("out", type=ANY_OUTPUT)
@click.option("--to", "name", required=True, metavar="FORMAT", help="One of the formats below.")
@click.option(
    "--out",
    "path",
    type=click.Path(path_type=Path),
    help="File or folder to write; exports/ in OUT if not given.",
)
@click.option(
    "--inferred",
    is_flag=True,
    help="Add what no article states, where the format does not keep it apart.",
)
@click.option(
    "--evidence",
    default="nodes",
    show_default=True,
    type=click.Choice(["nodes", "properties", "none"]),
    help="Property graphs: where the words that say a fact go.",
)
@click.option("--dark", is_flag=True, help="Pictures: light on dark.")
@click.option("--domain", help="The domain or domain folder that the graph was built under.")
def export_verb(
    out: Path,
    name: str,
    path: Path | None,
    inferred: bool,
    evidence: str,
    dark: bool,
    domain: str | None,
) -> None:
    """Write a built graph in the form that another tool reads.

    OUT is the folder of a build, or a graph file. Prints the files that were written.
    """
    from kg.export.formats import FormatOptions, export_graph, format_named
    from kg.rdf.written import open_written

    format_ = format_named(name)
    options = FormatOptions("", inferred=inferred, evidence=evidence, dark=dark)
    for written in export_graph(open_written(out, domain), format_, path, options):
        emit(str(written))
