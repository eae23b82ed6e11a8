"""One rule of the ontology that a graph breaks, led back to the words it comes from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Violation"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that is broken, and where.

    `fact` is the id of the fact; `article` the name of the article, `start` and `end` the code
    points [start, end) of its first evidence, and `quote` their words. None where the node that
    breaks the rule leads to no fact or place.
    """

    message: str
    node: str  # IRI or value that breaks the rule
    fact: str | None = None
    article: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        where = f"{self.message}: {self.node}"
        if self.fact is not None:
            where += f", fact {self.fact}"
        if self.article is not None:
            where += f", {self.article}"
        if self.start is not None and self.end is not None:
            where += f" [{self.start}, {self.end})"
        return f"{where}: “{self.quote}”" if self.quote is not None else where
