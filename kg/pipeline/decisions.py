"""Where a build finds what people decided, and which links they or a service vouch for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.link import LINKS_FILE, accepted_links
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
    """Those given, of the review file in `out`, and of the links accepted there; sorted.

    A person's answer about a link outranks its acceptance.
    """
    if out is None:
        return given
    decided = given
    if (out / REVIEW_FILE).exists():
        from kg.review.items import joined

        decided = joined((*given, *decisions_in((out / REVIEW_FILE,))))
    if (out / LINKS_FILE).exists():
        decided = tuple(sorted((*decided, *accepted_links(out, decided))))
    return decided
