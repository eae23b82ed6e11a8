"""Counts and sums: a number, what it counts, and what it is said of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, Amount, find_amount
from kg.extract.arguments import reported_clause, subjects
from kg.extract.drafts import Draft, Reading
from kg.extract.reference import Reference
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Measure", "find_measures"]

Measure = tuple[Draft, Amount, "Token", "list[Token]"]

# Verbs that do something to the counted thing without its being a property of the subject.
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
_TIME = frozenset(
    {
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "decade",
        "time",
        "season",
        "edition",
        "century",
    }
)


def find_measures(sentence: Span, reading: Reading, reference: Reference) -> Iterator[Measure]:
    """(what is measured, amount, counted noun, supporting tokens) in text order."""
    carried: Draft | None = None
    for token in sentence:
        if token.pos_ not in ("NOUN", "PROPN", "SYM") and not (
            token.like_num and token.dep_ in ("pobj", "dobj")
        ):
            continue
        covered = reading.at(token)
        if token.lemma_.lower() in _TIME or (covered is not None and covered.named):
            continue
        amount = find_amount(token, reading.lexicon)
        if amount is None or (amount.unit is None and amount.currency is None):
            continue
        counted = token.tag_ in ("NNS", "NNPS") or token.like_num or amount.currency is not None
        if not counted and amount.unit != "percent":
            continue  # "8K video" is a kind, not a count
        if (
            amount.value < 10
            and amount.comparator is None
            and amount.unit != "percent"
            and amount.currency is None
        ):
            continue  # "the five rings" counts nothing that anybody measures
        found = _measured(token, reading, reference, carried)
        if found is None:
            continue
        draft, support = found
        carried = draft if reading.is_a(draft, ("Event",)) else None
        yield draft, amount, token, support


def _measured(
    noun: Token, reading: Reading, reference: Reference, carried: Draft | None
) -> tuple[Draft, list[Token]] | None:
    for child in noun.children:
        if child.dep_ == "poss":
            draft = reference.resolve(child, _OWNERS)
            if draft is not None and reading.is_a(draft, _OWNERS):
                return draft, [child]
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ == "NOUN":
        return _measured(head, reading, reference, carried)
    if noun.dep_ == "dobj" and head.pos_ == "VERB":
        reported = reported_clause(head, reading.lexicon)
        if reported is not None and reported[0] == noun:
            return _takes_part(reported[1], reading, reference)
        agents = subjects(head, reading.lexicon)
        if carried is not None and (
            not agents or any(a.like_num or _is_counted(a) for a in agents)
        ):
            return carried, [head]
        for agent in agents:
            draft = reference.resolve(agent, _OWNERS)
            if draft is not None and reading.is_a(draft, _OWNERS) and draft.named:
                return draft, [head, agent]
        return None
    if noun.dep_ in ("nsubj", "nsubjpass") and head.pos_ == "VERB":
        return _takes_part(head, reading, reference)
    if (
        noun.dep_ == "pobj"
        and head.dep_ == "prep"
        and head.lower_ in ("of", "in", "with", "for", "to")
    ):
        return _attached(head, reading, reference)
    return None


def _is_counted(token: Token) -> bool:
    return any(c.dep_ == "nummod" for c in token.children)


def _takes_part(
    verb: Token, reading: Reading, reference: Reference
) -> tuple[Draft, list[Token]] | None:
    """ "300 shops took part in its spring fair": said of the fair."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at", "on", "to"):
            for pobj in prep.children:
                if pobj.dep_ != "pobj":
                    continue
                draft = reference.resolve(pobj, _OWNERS)
                if (
                    draft is not None
                    and draft.named
                    and reading.is_a(draft, ("Event", "Platform", "Initiative"))
                ):
                    return draft, [verb, pobj]
    return None


def _attached(
    prep: Token, reading: Reading, reference: Reference
) -> tuple[Draft, list[Token]] | None:
    """ "customers in more than 60 countries", "revenue of 3 billion": said of the clause's subject."""
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
    """What is counted; for money, the noun that the sum is of ("revenue")."""
    unit = amount.unit
    if amount.currency is not None:
        head = noun.head
        if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN":
            unit = head.head.text if head.head.dep_ != "conj" else _noun_phrase(head.head)
            unit = _noun_phrase(head.head)
        else:
            unit = unit or amount.currency
    return Literal(unit, XSD + "string", unit) if unit else None


def _noun_phrase(noun: Token) -> str:
    words = [t.text for t in noun.lefts if t.dep_ in ("compound", "amod")]
    return " ".join([*words, noun.text])
