"""How far a moment is from what happens once: "five years before its founding", "10th anniversary".

The moment is the date of the clause, the one that "at the time" points back to, or the day of the
article. Without any, or without an owner of what happens, nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, date_literal, word_number
from kg.extract.clauses import VERBAL, governing_verb, objects_of
from kg.extract.drafts import Draft, Reading
from kg.extract.lexicon import Happening
from kg.extract.moment import points_back, published_day, told_before
from kg.extract.ordinals import ordinal_number
from kg.extract.participants import objects, subjects
from kg.extract.periods import verb_date
from kg.extract.reference import Reference
from kg.extract.values import text_literal
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Interval", "find_intervals"]

_OWNERS = ("Organization",)
_MONTHS = {"month": 1, "year": 12, "decade": 120}
_REACH = 8  # tokens from the link to what happens
_INSIDE = frozenset({"DET", "PRON", "PART", "PROPN", "ADJ", "NOUN", "ADV"})
_SEEN_FROM_NOW = frozenset({"VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Interval:
    """To what happens to the owner it is `value` from `date`; `tokens` show it, first to last."""

    owner: Draft
    value: Literal
    date: Literal
    what: Literal
    comparator: Literal | None
    unit: Token
    tokens: tuple[Token, Token]


@dataclass(frozen=True, slots=True)
class _Span:
    """A count of months; tokens [first, last], and the words that bound it."""

    months: int
    first: Token
    last: Token
    comparator: str | None

    def literal(self, sign: int) -> Literal:
        years, months = divmod(self.months, 12)
        value = "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        text = self.first.doc[self.first.i : self.last.i + 1].text
        return Literal(value if sign > 0 else f"-{value}", XSD + "duration", text)


@dataclass(frozen=True, slots=True)
class _Event:
    """What happens, as the lexicon calls it; whose it is, and where the text says so."""

    name: str
    owner: Token
    first: Token
    last: Token
    verb: Token | None  # of the clause that says it; None for a noun


def find_intervals(sentence: Span, reading: Reading, reference: Reference) -> Iterator[Interval]:
    """The intervals that a sentence states, in text order."""
    for token in sentence:
        if token.lemma_.lower() == "anniversary":
            found = _anniversary(token, reading)
        else:
            found = _distance(token, reading)
        if found is None:
            continue
        span, event, sign, clause = found
        owner = reference.resolve(event.owner, _OWNERS)
        day = _moment(clause, reading)
        if owner is None or day is None or not reading.is_a(owner, _OWNERS):
            continue
        first = min(span.first, event.first, key=lambda t: t.i)
        last = max(span.last, event.last, key=lambda t: t.i)
        words = event.first.doc[event.first.i : event.last.i + 1].text
        bound = text_literal(span.comparator) if span.comparator else None
        what = Literal(event.name, XSD + "string", words)
        yield Interval(owner, span.literal(sign), day, what, bound, span.last, (first, last))


_Found = tuple[_Span, _Event, int, "Token | None"]


def _distance(unit: Token, reading: Reading) -> _Found | None:
    """A span of time with what it leads to; the last of the four is the verb of its clause."""
    span = _span(unit, reading)
    if span is None or unit.i + 1 >= unit.sent.end:
        return None
    if unit.nbor(1).lower_ == "ago":
        return _ago(span, reading)
    for words, sign in reading.lexicon.interval_links.items():
        start = unit.i + 1 + len(words)
        if tuple(t.lower_ for t in unit.doc[unit.i + 1 : start]) != words:
            continue
        event = _noun(start, unit.sent, reading) or _clause(start, unit.sent, reading)
        if event is not None:
            return span, event, sign, _main_verb(unit, event)
    return None


def _span(unit: Token, reading: Reading) -> _Span | None:
    """As in "some five years" and "a decade"; None where no whole number stands before the unit."""
    months = _MONTHS.get(unit.lemma_.lower())
    if months is None or unit.i == unit.sent.start:
        return None
    number = unit.nbor(-1)
    count = 1 if number.lower_ == "a" else word_number(number.text)
    if count is None or count != int(count) or count < 1:
        return None
    before = unit.doc[unit.sent.start : number.i].text.lower()
    for words in reading.lexicon.comparators:
        if before == words or before.endswith(f" {words}"):
            first = unit.doc[number.i - len(words.split())]
            return _Span(int(count) * months, first, unit, words)
    return _Span(int(count) * months, number, unit, None)


def _noun(start: int, sentence: Span, reading: Reading) -> _Event | None:
    """What happens as a noun with an owner: "its flotation", "the founding of Acme"."""
    doc = sentence.doc
    for i in range(start, min(start + _REACH, sentence.end)):
        for happening in reading.lexicon.happenings:
            words = _noun_at(i, sentence, happening)
            if words is None:
                continue
            last = doc[i + len(words) - 1]
            owner = _owner(start, i, last, sentence)
            if owner is None or _has_date(last, sentence):
                return None
            return _Event(" ".join(words), owner, doc[start], max(last, owner, key=_place), None)
        if doc[i].pos_ not in _INSIDE:
            return None
    return None


def _place(token: Token) -> int:
    return token.i


def _noun_at(i: int, sentence: Span, happening: Happening) -> tuple[str, ...] | None:
    for words in happening.nouns:
        end = i + len(words)
        if end <= sentence.end and tuple(t.lower_ for t in sentence.doc[i:end]) == words:
            return words
    return None


def _owner(start: int, end: int, last: Token, sentence: Span) -> Token | None:
    """Who has what tokens [end, last] name: a possessor from `start` on, or "of Acme" behind."""
    doc = sentence.doc
    for i in range(start, end):
        if doc[i].tag_ == "PRP$":
            return doc[i]
        if doc[i].tag_ == "POS" and i > start:
            return doc[i - 1]
    return next((t for t in objects_of(last, "of") if t.i > last.i), None)


def _has_date(last: Token, sentence: Span) -> bool:
    """True for "its founding in 1999", which dates what happens and not the clause."""
    behind = last.doc[last.i + 1 : min(last.i + 3, sentence.end)]
    return len(behind) == 2 and behind[0].lower_ in ("in", "on") and behind[1].ent_type_ == "DATE"


def _clause(start: int, sentence: Span, reading: Reading) -> _Event | None:
    """What happens as a clause: "after it went public", "before Acme was founded"."""
    for verb in sentence.doc[start : min(start + _REACH, sentence.end)]:
        name = _happens(verb, reading)
        if name is None:
            continue
        heads = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i >= start]
        if heads and verb_date(verb, None) is None:
            last = max((verb, *(c for c in verb.children if c.dep_ == "acomp")), key=_place)
            return _Event(name, heads[0], sentence.doc[start], last, verb)
    return None


def _happens(verb: Token, reading: Reading) -> str | None:
    """The lemma by which the lexicon knows what a verb says that happens to its subject."""
    if verb.pos_ not in VERBAL:
        return None
    parts = [c.lemma_.lower() for c in verb.children if c.dep_ in ("acomp", "prt", "advmod")]
    lemma = verb.lemma_.lower()
    names = {lemma, *(f"{lemma}_{part}" for part in parts)}
    known = (v for h in reading.lexicon.happenings for v in sorted(h.verbs))
    name = next((v for v in known if v in names), None)
    if name is None or "_" in name:
        return name
    passive = any(c.dep_ == "auxpass" for c in verb.children) or verb.dep_ == "acl"
    return name if passive else None  # "it listed ten boats"


def _main_verb(unit: Token, event: _Event) -> Token | None:
    """The verb of the clause that the span of time stands in."""
    verb = governing_verb(unit)
    if verb is not None and verb == event.verb:
        return governing_verb(verb)
    return verb


def _ago(span: _Span, reading: Reading) -> _Found | None:
    """As in "founded ten years ago", which is seen from the day of the article."""
    verb = governing_verb(span.last)
    name = _happens(verb, reading) if verb is not None else None
    if verb is None or name is None:
        return None
    owners = [verb.head] if verb.dep_ == "acl" else [*objects(verb, reading.lexicon)]
    owners += subjects(verb, reading.lexicon)
    if not owners:
        return None
    ago = span.last.nbor(1)
    first, last = min(verb, ago, key=_place), max(verb, ago, key=_place)
    return span, _Event(name, owners[0], first, last, verb), -1, None


def _anniversary(noun: Token, reading: Reading) -> _Found | None:
    """As in "its 25th anniversary" and "the 25th anniversary of its founding"."""
    number = next((c for c in noun.lefts if ordinal_number(c.text) is not None), None)
    years = ordinal_number(number.text) if number is not None else None
    if number is None or years is None:
        return None
    of = next(objects_of(noun, "of"), None)
    if of is not None:
        event = _noun(of.left_edge.i, noun.sent, reading)
    else:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        counted = any(h.anniversary for h in reading.lexicon.happenings)
        event = _Event("anniversary", owner, noun, noun, None) if owner and counted else None
    if event is None:
        return None
    return _Span(12 * years, number, noun, None), event, -1, governing_verb(noun)


def _moment(verb: Token | None, reading: Reading) -> Literal | None:
    """From when a clause speaks; the day of the article where it has no verb or a present one."""
    today = published_day(reading)
    if verb is not None:
        dated = verb_date(verb, today)
        if dated is not None and dated.value[:1].isdigit():
            return dated
        if any(points_back(t) for t in objects_of(verb, "at")):
            return told_before(verb, reading)
        if not _is_now(verb):
            return None
    return date_literal(today.isoformat(), today.isoformat()) if today is not None else None


def _is_now(verb: Token) -> bool:
    """True for a clause in the present tense or the future."""
    auxiliaries = [c for c in verb.children if c.dep_ == "aux"]
    return any(t.tag_ in _SEEN_FROM_NOW or t.lower_ in ("will", "wo") for t in (verb, *auxiliaries))
