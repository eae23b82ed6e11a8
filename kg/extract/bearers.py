"""What a noun is said of, and where something lies: slots that name the second side of "X's Y"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN, SUBJECT, VERBAL, objects_of
from kg.extract.coordination import coordinated
from kg.extract.participants import subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["BEARERS"]

_COPULAS = frozenset({"be", "become", "remain", "stay"})
_COMPLEMENT = frozenset({"attr", "oprd", "acomp"})
_PLACING = ("in", "at", "near", "on")


def _bearers(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who or what the noun says something of, by what says so most surely.

    "Ada is the author of it", "its author is Ada", "its author, Ada, …", "author Ada", "Ada as its
    author": always Ada. Never the possessor.
    """
    found = _said_of(noun, lexicon) or _complements(noun) or _beside(noun) or _as(noun, lexicon)
    return [t for token in found for t in coordinated(token, lexicon)]


def _said_of(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The subject of a copula that says the noun."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in NOUN:
        first = first.head
    head = first.head
    if first.dep_ not in ("attr", "oprd") or head.pos_ not in VERBAL:
        return []
    passive = [c for c in head.children if c.dep_ == "nsubjpass"]
    return passive or subjects(head, lexicon)


def _complements(noun: Token) -> list[Token]:
    """What a copula says of the noun: "its author is Ada"."""
    verb = noun.head
    if noun.dep_ not in SUBJECT or verb.lemma_.lower() not in _COPULAS:
        return []
    return [c for c in verb.children if c.dep_ in _COMPLEMENT and c.i > verb.i]


def _beside(noun: Token) -> list[Token]:
    """A name in apposition, or one that the noun stands before: "author Ada"."""
    if noun.dep_ in ("compound", "nmod") and noun.head.pos_ == "PROPN":
        return [noun.head]
    behind = [c for c in noun.children if c.dep_ == "appos"]
    if behind or noun.dep_ != "appos":
        return behind
    return [noun.head]


def _as(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who is or acts as the noun: "Ada serves as its head", "named Ada as its head"."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "as":
        return []
    verb = prep.head
    if verb.pos_ not in VERBAL:
        return [verb] if verb.pos_ in NOUN else []
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    return objects or subjects(verb, lexicon)


def _within(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The larger places behind a smaller one: Norway of "in Oslo, Norway"."""
    found: list[Token] = []
    todo = list(objects_of(trigger, *_PLACING))
    for _ in range(4):  # a place in a place in a place; deeper ones are misread
        todo = [c for place in todo for c in place.children if c.dep_ in ("appos", "npadvmod")]
        found += todo
    return found


BEARERS: Mapping[str, Callable[[Token, Lexicon], list[Token]]] = {
    "bearer": _bearers,
    "within": _within,
}
