"""A predication and its slots, and how prepositions fill them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.clauses import objects_of, prepositional_objects
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
    where there is none. `pending` fills the slots as soon as somebody asks for them: most words
    call up no frame, and nobody does.
    """

    trigger: Token
    lemma: str
    kind: str
    clause: Token
    pending: Callable[[Predication], None] | None = None
    _held: dict[str, list[Token]] = field(default_factory=dict)

    @property
    def slots(self) -> dict[str, list[Token]]:
        """Argument heads by the name of their slot."""
        if self.pending is not None:
            fill, self.pending = self.pending, None
            fill(self)
        return self._held

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
        elif child.dep_ == "advmod" and child.lower_ in lexicon.compound_prepositions:
            for prep in (c for c in child.children if c.dep_ == "prep"):  # "ahead of the fair"
                for held in _held(prep, lexicon):
                    out.add(f"{child.lower_}_{prep.lower_}", coordinated(held, lexicon))
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
    compound = f"{slot}_{_hyphenated(pobj)}"
    nested = [c for c in pobj.children if c.dep_ == "prep"]
    closing = nested or _stray(pobj)
    if compound in lexicon.compound_prepositions and closing:  # "in front of", "in line with"
        for prep in closing:
            for held in _held(prep, lexicon):
                out.add(f"{compound}_{prep.lower_}", coordinated(held, lexicon))
        return
    out.add(slot, coordinated(pobj, lexicon))
    if slot not in _NESTING:
        return
    for prep in nested:
        if prep.lower_ in _NESTED:
            for held in prepositional_objects(prep):
                out.add(f"{slot}>{prep.lower_}", coordinated(held, lexicon))


def _stray(noun: Token) -> list[Token]:
    """The preposition right behind a noun that the parser tied to what governs it."""
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    governs = behind.dep_ == "prep" and behind.head in noun.ancestors
    return [behind] if governs else []


def _hyphenated(noun: Token) -> str:
    """The word with what hyphens tie to it in front ("run-up", three tokens)."""
    start = noun.i
    while start > noun.sent.start + 1 and noun.doc[start - 1].text == "-":
        start -= 2
    return noun.doc[start : noun.i + 1].text.lower()


def _held(prep: Token, lexicon: Lexicon) -> Iterator[Token]:
    """What a preposition governs; of a clause for what goes on somewhere, where and during what."""
    yield from prepositional_objects(prep)
    for clause in prep.children:
        if clause.dep_ != "pcomp" or not any(c.lower_ == "what" for c in clause.children):
            continue
        particle = "".join(f"_{c.lower_}" for c in clause.children if c.dep_ == "prt")
        if f"{clause.lemma_.lower()}{particle}" in lexicon.happening:
            yield from objects_of(clause, "at", "in", "during")
