"""`kg link`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import FOLDER, emit, example

__all__ = ["link_verb"]


@click.command(
    "link",
    epilog=example(
        "kg link out/ --endpoint https://wikidata.reconci.link/en/api",
        "kg link out/ --endpoint http://127.0.0.1:8000/api --allow-private --accept",
        "kg link out/ --endpoint https://wikidata.reconci.link/en/api --class Company "
        "--type Company=Q4830453",
    ),
)
@click.argument("out", type=FOLDER)
@click.option("--endpoint", required=True, metavar="URL", help="Address of the service.")
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only these; repeatable.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="CLASS=ID",
    help="Type of the service to ask for; repeatable.",
)
@click.option("--accept", is_flag=True, help="Believe what the service alone is sure of.")
@click.option("--allow-private", is_flag=True, help="Ask an address of this machine or network.")
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds for one request.",
)
def link_verb(
    out: Path,
    endpoint: str,
    classes: tuple[str, ...],
    types: tuple[str, ...],
    accept: bool,
    allow_private: bool,
    timeout: float,
) -> None:
    """Ask a reconciliation service for entities that have no link.

    OUT is the folder of a build. The names of these entities, and nothing else, are sent to the
    service (Reconciliation Service API 0.2, as OpenRefine uses it). What it proposes is written to
    links.jsonl in OUT; the graph does not change. The next build into OUT takes over what is
    accepted: see docs/linking.md.
    """
    wanted = dict(_class_and_type(text) for text in types)
    from kg.link import read_links, write_links
    from kg.link.propose import merged, propose, unlinked
    from kg.link.service import Service
    from kg.pipeline import load_graph
    from kg.read.fetch import Fetcher

    graph, ontology = load_graph(out)
    known = read_links(out)
    settled = {p.entity for p in known if p.accepted}
    entities = [e for e in unlinked(graph, ontology, classes) if e.id not in settled]
    taken = {p.iri for p in known if p.accepted} | {i for e in graph.entities for i in e.same_as}
    service = Service(endpoint, Fetcher(allow_private=allow_private, timeout_s=timeout))
    outcome = propose(entities, service, ontology, types=wanted, accept=accept, taken=taken)
    if outcome.asked:
        written = write_links(out, merged(known, outcome, endpoint))
        accepted = sum(p.accepted for p in outcome.proposals)
        emit(
            f"asked for {len(outcome.asked)} of {len(entities)} entities: "
            f"{len(outcome.proposals)} proposals, {accepted} accepted; written to {written}"
        )
    elif outcome.error is None:
        emit("no entity is without a link; nothing was asked")
    if outcome.error is not None:
        raise outcome.error


def _class_and_type(text: str) -> tuple[str, str]:
    name, _, id_ = text.partition("=")
    if not name or not id_:
        raise click.BadParameter(f"{text!r} is not CLASS=ID", param_hint="--type")
    return name, id_
