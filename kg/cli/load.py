"""`kg load`: the graph into a store."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.group import ANY_OUTPUT, emit, example
from kg.cli.progress import shown_progress

if TYPE_CHECKING:
    from kg.load import Credentials

__all__ = ["load_verb"]

PASSWORD = "KG_LOAD_PASSWORD"  # noqa: S105 - the name of the variable
TOKEN = "KG_LOAD_TOKEN"  # noqa: S105
_OF_BOLT = {"evidence": "--evidence", "database": "--database", "domain": "--domain"}
_OF_SPARQL = {
    "method": "--method",
    "default_graph": "--default-graph",
    "flat": "--flat",
}


@click.command(
    "load",
    epilog=example(
        "kg load out/ --to bolt://127.0.0.1:7687 --user neo4j",
        "kg load out/ --to http://127.0.0.1:7878/store --dry-run",
        "KG_LOAD_TOKEN=... kg load out/ --to https://graphs.example/update --method update",
    ),
)
@click.argument("out", type=ANY_OUTPUT)
@click.option("--to", "url", required=True, metavar="URL", help="Address of the store.")
@click.option("--user", metavar="NAME", help=f"User; the password is that in {PASSWORD}.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and send no data.")
@click.option(
    "--evidence",
    default="nodes",
    show_default=True,
    type=click.Choice(["nodes", "properties", "none"]),
    help="Bolt: where the words that say a fact go.",
)
@click.option("--database", metavar="NAME", help="Bolt: the database, if not the default one.")
@click.option("--domain", metavar="NAME", help="Bolt: domain or domain folder of the graph.")
@click.option(
    "--method",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "graph-store", "update"]),
    help="SPARQL: the protocol to send with.",
)
@click.option(
    "--default-graph",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "named", "merge", "replace"]),
    help="SPARQL: the facts go to a named graph, or into the store's default graph; auto uses that "
    "where plain queries need it and it holds nothing of others.",
)
@click.option("--flat", is_flag=True, help="SPARQL: load one graph, as in graph.ttl.")
@click.option(
    "--prune",
    is_flag=True,
    help="SPARQL: drop graphs of an earlier load that are gone. Bolt: replace what was loaded from "
    "other articles.",
)
@click.option(
    "--timeout",
    default=120.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds to wait for one answer.",
)
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def load_verb(
    ctx: click.Context,
    out: Path,
    url: str,
    user: str | None,
    dry_run: bool,
    evidence: str,
    database: str | None,
    domain: str | None,
    method: str,
    default_graph: str,
    flat: bool,
    prune: bool,
    timeout: float,
    quiet: bool,
) -> None:
    """Load a built graph into a store.

    OUT is the folder of a build, or a graph file. The store is a Neo4j or another that speaks Bolt
    (bolt://, neo4j://), or any SPARQL 1.1 Graph Store or Update endpoint (http://, https://). A
    password is taken from KG_LOAD_PASSWORD, or asked for on a terminal; a bearer token from
    KG_LOAD_TOKEN. Loading again changes nothing, and completes a load that failed half-way.
    """
    from kg.load import LoadOptions, load, read_target

    _check_options(ctx, is_bolt=read_target(url).is_bolt)
    credentials = _credentials(user)
    options = LoadOptions(
        evidence, database, method, default_graph, flat, prune, timeout, domain=domain
    )
    with shown_progress("Loading", quiet=quiet) as progress:
        plan = load(
            out, url, credentials=credentials, options=options, dry_run=dry_run, progress=progress
        )
    if not quiet:
        emit(plan.summary(done=not dry_run))


def _check_options(ctx: click.Context, *, is_bolt: bool) -> None:
    """Raises UsageError for an option that the store at hand has no use for."""
    others = _OF_SPARQL if is_bolt else _OF_BOLT
    for name, option in others.items():
        if ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE:
            kind = "a SPARQL store (http://)" if is_bolt else "a Bolt store (bolt://, neo4j://)"
            raise click.UsageError(f"{option} is for {kind}")


def _credentials(user: str | None) -> Credentials:
    """The secrets of the environment; with a user and no password there, one is asked for."""
    from kg.errors import LoadError
    from kg.load import Credentials

    password = os.environ.get(PASSWORD)
    if user is None:
        return Credentials(token=os.environ.get(TOKEN))
    if password is None:
        if not sys.stdin.isatty():
            raise LoadError(f"no password for {user}; set the environment variable {PASSWORD}")
        password = click.prompt(
            f"Password of {user}", default="", show_default=False, hide_input=True, err=True
        )
    return Credentials(user, password)
