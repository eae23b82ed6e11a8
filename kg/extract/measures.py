"""Counts and sums: a number, what it counts, and what it is said of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, Amount, find_amount
from kg.extract.clauses import objects_of, reported_clause
from kg.extract.drafts import Draft, Reading
from kg.extract.names import YEAR
from kg.extract.participants import subjects
from kg.extract.reference import Reference
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Measure", "amount_unit", "find_measures"]

Measure = tuple[Draft, Amount, "Token", "list[Token]"]
_Found = tuple[Draft, "list[Token]"]

_OWNERS = (
    "Organization",
    "Event",
    "Initiative",
    "Service",
    "Product",
    "Platform",
    "Place",
    "Campaign",
)
_ATTENDED = ("Event", "Platform", "Initiative")
_MIN_COUNT = 10  # "the five rings" counts nothing that anybody measures


def find_measures(sentence: Span, reading: Reading, reference: Reference) -> Iterator[Measure]:
    """(what is measured, amount, counted noun, supporting tokens) in text order."""
    carried: Draft | None = None
    for token in sentence:
        amount = _measuring(token, reading)
        if amount is None:
            continue
        found = _measured(token, reading, reference, carried)
        if found is None:
            continue
        draft, support = found
        carried = draft if reading.is_a(draft, ("Event",)) else None
        yield draft, amount, token, support


def _measuring(token: Token, reading: Reading) -> Amount | None:
    """The amount that a noun states, where it measures something; None for kinds and times."""
    number = token.like_num and token.dep_ in ("pobj", "dobj")
    if token.pos_ not in ("NOUN", "PROPN", "SYM") and not number:
        return None
    covered = reading.at(token)
    named = covered is not None and covered.named
    if named or token.lemma_.lower() in reading.lexicon.time_nouns | {"worth"}:
        return None
    amount = find_amount(token, reading.lexicon)
    if amount is None or (amount.unit is None and amount.currency is None):
        return None
    if amount.unit == "percent":
        return amount
    if amount.currency is not None:
        return amount if amount.unit is not None or _is_sum_of(token) else None
    if amount.comparator is None and YEAR.fullmatch(amount.text.split()[0]):
        return None  # "the 2031 and 2032 seasons"
    if token.tag_ not in ("NNS", "NNPS") and not token.like_num:
        return None  # "8K video" is a kind, not a count
    return amount if amount.value >= _MIN_COUNT or amount.comparator is not None else None


def _is_sum_of(money: Token) -> bool:
    """True for "revenue of 3 billion" and "3 billion of loans"; a mere price measures nobody."""
    above = money.head.lower_ == "of" and money.head.head.pos_ == "NOUN"
    return above or any(c.dep_ == "prep" and c.lower_ == "of" for c in money.children)


def _measured(
    noun: Token, reading: Reading, reference: Reference, carried: Draft | None
) -> _Found | None:
    """What the counted noun is said of, and the tokens that say so."""
    owner = _first_owner((c for c in noun.children if c.dep_ == "poss"), reading, reference)
    if owner is not None:
        return owner[0], [owner[1]]
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ == "NOUN":
        return _measured(head, reading, reference, carried)
    if noun.dep_ == "dobj" and head.pos_ == "VERB":
        return _of_object(noun, reading, reference, carried)
    if noun.dep_ in ("nsubj", "nsubjpass") and head.pos_ == "VERB":
        return _takes_part(head, reading, reference)
    attached = head.dep_ == "prep" and head.lower_ in ("of", "in", "with")
    if noun.dep_ == "pobj" and attached:
        return _attached(head, reading, reference)
    return None


def _first_owner(
    tokens: Iterable[Token], reading: Reading, reference: Reference
) -> tuple[Draft, Token] | None:
    """The first entity that can have a measure, and its token."""
    for token in tokens:
        draft = reference.resolve(token, _OWNERS)
        if draft is not None and reading.is_a(draft, _OWNERS):
            return draft, token
    return None


def _of_object(
    noun: Token, reading: Reading, reference: Reference, carried: Draft | None
) -> _Found | None:
    """Whom "has 300 shops" is said of: the subject, or the event that the sentence speaks of."""
    verb = noun.head
    reported = reported_clause(verb, reading.lexicon)
    if reported is not None and reported[0] == noun:
        return _takes_part(reported[1], reading, reference)
    agents = subjects(verb, reading.lexicon)
    counted = any(a.like_num or any(c.dep_ == "nummod" for c in a.children) for a in agents)
    if carried is not None and (counted or not agents):
        return carried, [verb]
    for agent in agents:
        draft = reference.resolve(agent, _OWNERS)
        if draft is not None and draft.named and reading.is_a(draft, _OWNERS):
            return draft, [verb, agent]
    return None


def _takes_part(verb: Token, reading: Reading, reference: Reference) -> _Found | None:
    """Whom "300 shops took part in its spring fair" is said of: the fair."""
    for pobj in objects_of(verb, "in", "at", "on", "to"):
        draft = reference.resolve(pobj, _OWNERS)
        if draft is not None and draft.named and reading.is_a(draft, _ATTENDED):
            return draft, [verb, pobj]
    return None


def _attached(prep: Token, reading: Reading, reference: Reference) -> _Found | None:
    """Whom "revenue of 3 billion", "shops in 60 countries" is said of: the clause's subject."""
    node = prep.head
    while node.pos_ in ("NOUN", "PROPN", "ADP") and node.head != node:
        node = node.head
    if node.pos_ != "VERB":
        return None
    for agent in subjects(node, reading.lexicon):
        draft = reference.resolve(agent, ("Company",))
        if draft is not None and draft.named and reading.is_a(draft, ("Company",)):
            return draft, [node, agent]
    return None


def amount_unit(amount: Amount, noun: Token) -> Literal | None:
    """What is counted; for money, the noun that the sum is of ("revenue"), else its currency."""
    unit = amount.unit
    if amount.currency is not None:
        head = noun.head
        of_noun = noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN"
        unit = _noun_phrase(head.head) if of_noun else unit or amount.currency
    return Literal(unit, XSD + "string", unit) if unit else None


def _noun_phrase(noun: Token) -> str:
    words = [t.text for t in noun.lefts if t.dep_ in ("compound", "amod")]
    return " ".join([*words, noun.text])
