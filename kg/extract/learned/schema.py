"""What an ontology says of a relation, in the form that learning and reading use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.learned.folding import label_words, stem
from kg.extract.learned.view import DocView
from kg.extract.learned.words import recognised_sorts, sorts_of_words, words

__all__ = ["LearnedRelation", "Slots", "fit", "relation_of", "slots_of", "sort_of"]

Slots = frozenset[str]  # sorts that a slot admits: person, organisation, place, date, number, ...


@dataclass(frozen=True, slots=True)
class LearnedRelation:
    """A relation by name: stems of its label and synonyms, and the sorts its slots admit.

    Empty sorts say nothing about the slot.
    """

    name: str
    stems: frozenset[str]
    domain: Slots = frozenset()
    range: Slots = frozenset()


def slots_of(labels: Iterable[str]) -> Slots:
    """The sorts of some classes or datatypes, by the last word of a label that tells one."""
    found: set[str] = set()
    for label in labels:
        for word in reversed(label_words(label)):
            sorts = sorts_of_words().get(word)
            if sorts:
                found |= sorts
                break
    return frozenset(found)


def relation_of(
    name: str, labels: Iterable[str], domain: Iterable[str], range_: Iterable[str]
) -> LearnedRelation:
    """The relation of these labels (its synonyms too) and labels of classes."""
    said = {w for label in labels for w in label_words(label)}.difference(words("empty"))
    return LearnedRelation(name, frozenset(map(stem, said)), slots_of(domain), slots_of(range_))


def sort_of(view: DocView, start: int, end: int) -> str:
    """The sort of a mention by its words and the recogniser; "" where nothing tells."""
    text = view.span_text(start, end)
    if end - start == 1 and view.pos[start] in ("PRON", "DET"):
        return "pronoun"
    if any(c.isdigit() for c in text):
        label = view.entity[end - 1] or view.entity[start]
        if label in ("DATE", "TIME"):
            return "date"
        if text.replace(",", "").replace(".", "").lstrip("-").isdigit():
            return "number"
    return recognised_sorts().get(view.entity[view.head_of(start, end)], "")


def fit(sort: str, slots: Slots) -> int:
    """1 where a mention of a sort fits a slot, -1 where it does not, 0 where nothing is known."""
    if not sort or not slots or sort == "pronoun" or "any" in slots:
        return 0
    return 1 if sort in slots else -1
