"""Where a build finds what people decided, and which links they or a service vouch for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.link.proposals import LINKS_FILE, accepted_links
from kg.model.decision import Decision

__all__ = ["REVIEW_FILE", "all_decisions", "decisions_in"]

REVIEW_FILE = "review.yaml"
"""The review file of a folder of outputs; a person's own, which no build writes or removes."""


def decisions_in(paths: Iterable[str | Path]) -> tuple[Decision, ...]:
    """The decisions of review files, sorted; errors as `kg.review.read_decisions`."""
    files = (paths,) if isinstance(paths, (str, Path)) else tuple(paths)
    if not files:
        return ()
    from kg.review.items import read_decisions

    return read_decisions(files)


def all_decisions(out: Path | None, given: tuple[Decision, ...] = ()) -> tuple[Decision, ...]:
    """The links that are accepted in `out`, then, sorted, the decisions of people.

    Those are what is given and the review file in `out`, if there is one. A person's answer
    outranks an accepted link: it comes later, and the same link is not among the accepted.
    """
    if out is None:
        return given
    people = given
    if (out / REVIEW_FILE).exists():
        from kg.review.items import joined

        people = joined((*given, *decisions_in((out / REVIEW_FILE,))))
    links = accepted_links(out, people) if (out / LINKS_FILE).exists() else ()
    return (*links, *people)
