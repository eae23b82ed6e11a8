"""Offerings that a text introduces as parts of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.drafts import Reading
from kg.extract.slots import Predication

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["OFFERINGS", "inclusions"]

_CUES = frozenset({"including", "such", "like"})  # of the slots below
OFFERINGS = ("Initiative", "Campaign", "Product", "Technology", "Service", "Platform")


def inclusions(
    sentence: Span, found: list[Predication], reading: Reading
) -> Iterator[tuple[Token, list[Token]]]:
    """(whole, parts) of "X include A and B", "X, such as A" and "X, including A"."""
    said = any(t.lower_ in _CUES for t in sentence)
    for predication in found:
        if predication.kind == "verb" and predication.lemma in reading.lexicon.inclusion_verbs:
            for whole in predication.slots.get("agent", [])[:1]:
                yield whole, predication.slots.get("patient", [])
        elif said and predication.kind == "noun":
            for slot in ("including", "such_as", "like"):
                parts = predication.slots.get(slot, [])
                if parts:
                    yield predication.slots["self"][-1], parts
