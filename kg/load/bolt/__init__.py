"""A graph into a property-graph store that speaks Bolt: Neo4j and its kin.

What the store holds of an earlier load is read and compared first, so that only differences are
sent: a second load writes nothing, and one that was cut off is completed by running it again. What
was loaded carries the property `kgHash`; nothing without it is ever changed or removed, except that
a node with the same label and id is taken over.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import LoadError
from kg.load.plan import LoadPlan, Progress
from kg.load.target import LoadOptions, Target

if TYPE_CHECKING:
    from kg.load.bolt.connection import Connection
    from kg.property_graph import PropertyGraph

__all__ = ["load_bolt", "load_property_graph"]


def load_bolt(
    out: Path,
    target: Target,
    options: LoadOptions,
    *,
    dry_run: bool,
    progress: Progress | None,
) -> LoadPlan:
    """What was loaded, or would be: only what differs from the store. Raises as `load` does."""
    from kg.property_graph import EvidenceForm, property_graph
    from kg.rdf.written import open_written

    connect = _connect()
    written = open_written(out, options.domain)
    graph = property_graph(written.graph, written.ontology, evidence=EvidenceForm(options.evidence))
    articles = frozenset(article.name for article in written.graph.articles)
    with connect(target, database=options.database, timeout_s=options.timeout_s) as store:
        return load_property_graph(
            graph, store, articles=articles, prune=options.prune, dry_run=dry_run, progress=progress
        )


def load_property_graph(
    graph: PropertyGraph,
    store: Connection,
    *,
    articles: frozenset[str] = frozenset(),
    prune: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LoadPlan:
    """Makes the store hold this graph, in place of what an earlier load left, and reads it back.

    What is there of no article in `articles`, the names of those the graph is of, is replaced with
    `prune` only. Returns what was done, or with `dry_run` what would be. Raises LoadError saying
    how far it came; whatever was written by then stays, and another load completes it.
    """
    from kg.load.bolt.changes import changes
    from kg.load.bolt.report import kept_note, plan
    from kg.load.bolt.survey import is_other_graph, survey
    from kg.load.bolt.writing import write

    found = survey(graph, store)
    if not prune and is_other_graph(graph, articles, found):
        raise LoadError(
            f"{store.url}: the database holds {len(found.nodes):,} nodes loaded from other "
            "articles, which this load would replace; name another --database, or replace them "
            "with --prune"
        )
    todo = changes(graph, found)
    planned = plan(found, todo, store)
    as_it_was = not todo and found.complete is not False and found.articles == articles
    if dry_run or as_it_was:
        return planned
    kept = write(graph, articles, found, todo, store, progress)
    left = changes(graph, survey(graph, store))
    if left:
        raise LoadError(
            f"{store.url}: after loading, {left.summary()}; someone else may write to the same "
            "database, or the server may lose what it is sent; load again to see"
        )
    counts = f"{len(graph.nodes):,} nodes and {len(graph.relationships):,} relationships"
    notes = (f"Read back: {counts}, as in the build.", *planned.notes, *kept_note(kept))
    return replace(planned, notes=notes)


def _connect() -> type[Connection]:
    try:
        from kg.load.bolt.connection import Connection
    except ModuleNotFoundError as error:
        if error.name != "neo4j":
            raise
        raise LoadError(
            "loading over Bolt needs the Neo4j driver; run: pip install 'newskg[neo4j]'"
        ) from error
    return Connection
