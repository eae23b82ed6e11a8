"""Examples, parsed and aligned, and the names that they have as arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.learned.folding import date_key, folded
from kg.extract.learned.model import Names
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.tied import Own
from kg.extract.learned.view import DocView
from kg.learn.align import Aligned, Tokens, align
from kg.learn.examples import Example, Marked

__all__ = ["Text", "gather_names", "is_right", "marked_pairs", "nearest", "prepare"]


@dataclass(frozen=True, eq=False)
class Text:
    """An example, parsed and aligned; `own` is what it alone says of names: subjects, objects."""

    example: Example
    view: DocView
    aligned: tuple[Aligned, ...]
    gold: frozenset[tuple[str, str, str]]  # folded subject, relation, folded object or day
    own: tuple[Own, Own]


def prepare(example: Example, view: DocView) -> Text:
    """The text with its triples aligned."""
    aligned = tuple(align(view, t) for t in example.triples)
    gold = frozenset((folded(t.subject), t.relation, _value(t.object)) for t in example.triples)
    return Text(example, view, aligned, gold, _own(view, aligned))


def _own(view: DocView, aligned: Sequence[Aligned]) -> tuple[Own, Own]:
    own: tuple[Own, Own] = ({}, {})
    for a in aligned:
        for places, table in zip((a.subjects, a.objects), own, strict=True):
            if places:
                counts = table.setdefault(folded(view.span_text(*places[0])), {})
                counts[a.triple.relation] = counts.get(a.triple.relation, 0) + 1
    return own


def gather_names(texts: Sequence[Text]) -> Names:
    """What the examples have as subject and object of each relation, and how often."""
    total: tuple[Own, Own] = ({}, {})
    for text in texts:
        for table, own in zip(total, text.own, strict=True):
            for name, counts in own.items():
                sums = table.setdefault(name, {})
                for relation, times in counts.items():
                    sums[relation] = sums.get(relation, 0) + times
    return Names(objects=total[1], subjects=total[0])


def nearest(a: Aligned) -> tuple[Tokens, Tokens] | None:
    """The places of subject and object that stand closest together; None for what is not found."""
    both = [(s, o) for s in a.subjects for o in a.objects if s != o]
    return min(both, key=lambda p: (abs(p[0][0] - p[1][0]), p), default=None)


def marked_pairs(text: Text) -> tuple[tuple[Tokens, Tokens], ...] | None:
    """The pairs that were looked at, in both directions; None where all were."""
    if text.example.pairs is None:
        return None
    return tuple(
        both
        for a, b in text.example.pairs
        for x in _places(text.view, a)
        for y in _places(text.view, b)
        for both in ((x, y), (y, x))
        if x != y
    )


def _places(view: DocView, marked: Marked) -> list[Tokens]:
    if marked.span is None:
        return [p for name in marked.names for p in view.find(name)][:1]
    place = view.tokens_of(*marked.span)
    return [place] if place else []


def is_right(text: Text, p: Proposal) -> bool:
    """True when the annotators have the triple, in these words; dates by the day they mean."""
    key = (
        folded(text.view.span_text(p.subject.start, p.subject.end)),
        p.relation,
        _value(text.view.span_text(p.object.start, p.object.end)),
    )
    return key in text.gold


def _value(words: str) -> str:
    day = date_key(words)
    return folded(words) if day is None else "-".join(map(str, day))
