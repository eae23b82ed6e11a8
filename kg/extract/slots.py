"""A predication and its slots, and how prepositions fill them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.clauses import prepositional_objects
from kg.extract.coordination import coordinated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["Predication", "add_prepositions"]

_NESTING = frozenset({"in", "at", "for", "to"})  # the parser nests "in Oslo and then in Rome"
_NESTED = frozenset({"in", "at", "for"})


@dataclass
class Predication:
    """A trigger and its arguments.

    `slots` maps the name of a slot to argument heads in text order, coordination expanded. `kind`
    is "verb" or "noun"; `clause` is the verb whose tense and negation hold for it, or the trigger
    where there is none.
    """

    trigger: Token
    lemma: str
    kind: str
    clause: Token
    slots: dict[str, list[Token]] = field(default_factory=dict)

    def add(self, slot: str, heads: list[Token]) -> None:
        """Adds argument heads that the slot does not hold yet."""
        mine = self.slots.setdefault(slot, [])
        mine.extend(h for h in heads if h not in mine)

    def first(self, slots: tuple[str, ...]) -> list[Token]:
        """Arguments of the first of these slots that holds any."""
        for slot in slots:
            if self.slots.get(slot):
                return self.slots[slot]
        return []


def add_prepositions(head: Token, out: Predication, lexicon: Lexicon) -> None:
    """Fills a slot named after each preposition of a head; bare times go to "when"."""
    for child in head.children:
        if child.dep_ in ("prep", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            _add_preposition(child, out, lexicon)
        elif child.dep_ == "npadvmod":
            out.add("when", [child])


def _add_preposition(prep: Token, out: Predication, lexicon: Lexicon) -> None:
    such = prep.lower_ == "as" and any(c.lower_ == "such" for c in prep.children)
    slot = "such_as" if such else prep.lower_
    for pobj in prepositional_objects(prep):
        _add_object(slot, pobj, out, lexicon)
    for follow in prep.children:
        if follow.dep_ in ("prep", "conj") and follow.pos_ == "ADP":
            _add_preposition(follow, out, lexicon)


def _add_object(slot: str, pobj: Token, out: Predication, lexicon: Lexicon) -> None:
    compound = f"{slot}_{pobj.lower_}"
    nested = [c for c in pobj.children if c.dep_ == "prep"]
    if compound in lexicon.compound_prepositions and nested:  # "in front of", "in line with"
        for prep in nested:
            for held in prepositional_objects(prep):
                out.add(f"{compound}_{prep.lower_}", coordinated(held, lexicon))
        return
    out.add(slot, coordinated(pobj, lexicon))
    if slot not in _NESTING:
        return
    for prep in nested:
        if prep.lower_ in _NESTED:
            for held in prepositional_objects(prep):
                out.add(f"{slot}>{prep.lower_}", coordinated(held, lexicon))
