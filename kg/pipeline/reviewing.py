"""Asking people about a build: its uncertain merges and links, and the facts it trusts least."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.link import read_links
from kg.pipeline.assembly import assemble
from kg.pipeline.decisions import REVIEW_FILE, all_decisions, decisions_in
from kg.pipeline.stored import load_stored
from kg.review import (
    AT_MOST,
    BELOW,
    ReviewCounts,
    ask_facts,
    ask_links,
    ask_merges,
    ask_parts,
    joined,
    unanswered_links,
    write_review,
)
from kg.state.reading import named

__all__ = ["review_build"]


def review_build(
    out: str | Path,
    path: str | Path | None = None,
    *,
    below: float = BELOW,
    at_most: int = AT_MOST,
    about: Iterable[str] = (),
) -> ReviewCounts:
    """Writes what the build in `out` was not sure of to `path`, and says how much that is.

    Without a path, to `review.yaml` in `out`, which the next build there reads. Facts of less
    confidence than `below` are asked about; of merges, links and facts at most `at_most` new ones
    each. Of the entities that `about` names, the file asks whether they are one thing everywhere.
    All that a person wrote to the file stays. Raises InputError as `load_graph` does, and for
    a file that is no review file; the file is then left as it is. UnknownNameError where nothing is
    called as `about` says.
    """
    folder = Path(out)
    file = folder / REVIEW_FILE if path is None else Path(path)
    stored = load_stored(folder)
    given = tuple(d for d in stored.record.decisions if d.place.rpartition(":")[0] != file.name)
    if path is not None and file.exists() and file.stat().st_size:
        given = joined((*given, *decisions_in((file,))))
    decisions = all_decisions(folder, given)
    readings = [named(stored.readings[a.key], a.name) for a in stored.record.articles]
    assembled = assemble(readings, stored.ontology, stored.settings, decisions)
    graph, outcome = assembled.graph, assembled.review
    parts = ask_parts(graph, about)
    links = ask_links(graph, unanswered_links(graph, read_links(folder), decisions))
    questions = (*parts, *ask_merges(graph), *links, *ask_facts(graph, below=below))
    reasons = {(u.kind, u.about): u.why for u in (*outcome.unmatched, *outcome.reconsider)}
    return write_review(file, questions, reasons=reasons, at_most=at_most)
