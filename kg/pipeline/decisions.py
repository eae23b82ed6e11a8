"""Where a build finds what people decided."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

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
    """The decisions of the review file in `out`, if there is one, and those given, sorted."""
    if out is None or not (out / REVIEW_FILE).exists():
        return given
    from kg.review.items import joined

    return joined((*given, *decisions_in((out / REVIEW_FILE,))))
