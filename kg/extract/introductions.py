"""Offerings that a text introduces as parts of a whole, or by saying what something is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.drafts import Reading
from kg.extract.reference import Reference
from kg.extract.slots import Predication

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["inclusions", "presented"]

OFFERINGS = ("Initiative", "Campaign", "Product", "Technology", "Service", "Platform")


def inclusions(
    sentence: Span, found: list[Predication], reading: Reading
) -> Iterator[tuple[Token, list[Token]]]:
    """(whole, parts) of "X include A and B", "X, such as A" and "X, including A"."""
    for predication in found:
        if predication.kind == "verb" and predication.lemma in reading.lexicon.inclusion_verbs:
            for whole in predication.slots.get("agent", [])[:1]:
                yield whole, predication.slots.get("patient", [])
        elif predication.kind == "noun":
            for slot in ("including", "such_as", "like"):
                parts = predication.slots.get(slot, [])
                if parts:
                    yield predication.slots["self"][-1], parts


def presented(predication: Predication, reading: Reading, reference: Reference) -> Token | None:
    """The offering that "The first step is a mobile clinic" presents, or None.

    The subject must be a definite noun phrase that is no entity itself, the predicate noun an
    indefinite one that denotes an offering.
    """
    if predication.kind != "verb" or predication.trigger.lemma_ != "be":
        return None
    attributes = predication.slots.get("attribute", [])
    agents = predication.slots.get("agent", [])
    if len(attributes) != 1 or len(agents) != 1:
        return None
    subject, attribute = agents[0], attributes[0]
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in subject.children)
    indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in attribute.children)
    if not definite or not indefinite or subject.pos_ != "NOUN" or reading.at(subject) is not None:
        return None
    if reading.lexicon.head_type(subject.lemma_) in ("Group", "Company", "SportsOrganization"):
        return None
    kinds = reading.lexicon.all_head_types(attribute.lemma_)
    return (
        attribute
        if any(k in ("Initiative", "Product", "Platform", "Service") for k in kinds)
        else None
    )
