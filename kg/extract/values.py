"""Literals that a frame asks for: amounts, dates, years, words, and what narrows a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, find_amount, month_number, word_number
from kg.extract.bearers import BEARERS
from kg.extract.complements import COMPLEMENTS, stretch
from kg.extract.drafts import Reading
from kg.extract.moment import points_back, told_before
from kg.extract.periods import Moment, date_in, duration_of, level_of, period_of
from kg.extract.slots import Predication
from kg.model.statement import Literal
from kg.ontology.frames import Frame, FrameSlot

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Values", "text_literal", "words_literal"]

NUMBERS = frozenset({"MONEY", "QUANTITY", "CARDINAL"})


def text_literal(text: str) -> Literal:
    """Words of the article as a string."""
    return Literal(text, XSD + "string", text)


def words_literal(kind: str, token: Token, before: Token | None = None) -> Literal:
    """The words of a complement in one line, bounded as `stretch` does."""
    start, end = stretch(kind, token, before)
    return text_literal(" ".join(token.doc[start:end].text.split()))


class Values:
    """The literals of one article; `used_amounts` are the amounts that a frame has stated."""

    def __init__(self, reading: Reading, moment: Moment | None) -> None:
        self._reading = reading
        self._moment = moment
        self.used_amounts: set[tuple[int, int]] = set()  # block and token of the counted noun

    def literal(self, kind: str, token: Token) -> Literal | None:
        """The value of a kind (see FrameSlot.value) at an argument head, or None."""
        if kind == "date":
            return date_in(token, self._moment)
        if kind == "year":
            found = date_in(token, self._moment)
            if found is None or len(found.value) < 4 or month_number(token.text) is not None:
                return None  # the year of a month alone is a guess
            return Literal(found.value[:4], XSD + "gYear", found.text)
        if kind == "amount":
            return self._amount(token)
        if kind == "count":
            return _count(token)
        if kind == "phrase" and token.ent_type_ in ("DATE", "TIME") and token.pos_ != "NUM":
            return None
        return words_literal(kind, token)

    def _amount(self, token: Token) -> Literal | None:
        amount = find_amount(token, self._reading.lexicon)
        if amount is not None:
            self.used_amounts.add((self._reading.block_of(token), token.i))
            return amount.literal()
        if token.ent_type_ in NUMBERS:
            entities = (e.text for e in token.doc.ents if e.start <= token.i < e.end)
            return text_literal(next(entities))
        return None

    def qualifier(self, name: str, slot: FrameSlot, predication: Predication) -> Literal | None:
        """The value of a qualifier that no slot holds: period, duration, level, date."""
        kind = name if name in ("start", "end", "duration", "level") else slot.value
        if kind in ("start", "end"):
            return period_of(predication, self._moment).get(kind)
        if kind == "duration":
            return duration_of(predication)
        if kind == "level":
            return level_of(predication)
        if kind == "role":
            trigger = predication.trigger
            lefts = [t for t in trigger.lefts if t.dep_ in ("amod", "compound", "nmod")]
            start = min((t.left_edge.i for t in lefts), default=trigger.i)
            return text_literal(trigger.doc[start : trigger.i + 1].text)
        if kind == "date" and not slot.slots:
            tokens = (t for s in ("in", "on", "when") for t in predication.slots.get(s, []))
            dates = (date_in(t, self._moment) for t in tokens)
            found = next((d for d in dates if d is not None), None)
            then = found is None and any(map(points_back, predication.slots.get("at", [])))
            return told_before(predication.trigger, self._reading) if then else found
        return None

    def amount_qualifiers(self, frame: Frame, predication: Predication) -> dict[str, Literal]:
        """Unit and comparator of the amount that is the object of the frame."""
        for name in frame.object.slots:
            computed = COMPLEMENTS.get(name) or BEARERS.get(name)
            trigger, lexicon = predication.trigger, self._reading.lexicon
            tokens = computed(trigger, lexicon) if computed else predication.slots.get(name, [])
            for token in tokens:
                found = self._of_amount(frame.object.value, token)
                if found:
                    return {key: text_literal(text) for key, text in found.items()}
        return {}

    def _of_amount(self, kind: str | None, token: Token) -> dict[str, str]:
        if kind == "count":
            return {"unit": token.text}
        amount = find_amount(token, self._reading.lexicon)
        found: dict[str, str] = {}
        unit = amount.currency or amount.unit if amount is not None else None
        unit = unit or self._currency(_phrase(token))
        if unit:
            found["unit"] = unit
        if amount is not None and amount.comparator:
            found["comparator"] = amount.comparator
        return found

    def _currency(self, phrase: Span) -> str | None:
        codes = self._reading.lexicon.currencies
        lemmas = (t.lemma_.lower() for t in phrase)
        return next((codes[lemma] for lemma in lemmas if lemma in codes), None)


def _count(noun: Token) -> Literal | None:
    """The number before a noun of any kind, times included: "nine years"."""
    for child in noun.children:
        value = word_number(child.text) if child.dep_ == "nummod" else None
        bounded = any(c.dep_ == "quantmod" for c in child.children)  # "at least 35", "4 to 20"
        if value is not None and not bounded:
            text = noun.doc[child.i : noun.i + 1].text
            return Literal(format(value.normalize(), "f"), XSD + "integer", text)
    return None


def _phrase(token: Token) -> Span:
    return token.doc[token.left_edge.i : token.right_edge.i + 1]
