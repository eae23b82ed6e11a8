"""What goes with something: the members of a programme, and what something is done to mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN, OBJECT, SUBJECT, VERBAL, is_passive, objects_of
from kg.extract.coordination import coordinated
from kg.extract.participants import objects, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["MEMBERS"]

_PURPOSE = frozenset({"advcl", "xcomp", "acl", "relcl"})
_INSIDE = frozenset({"in", "of", "on"})


def _members(programme: Token, lexicon: Lexicon) -> list[Token]:
    """What stands in a programme: "X is part of it", "X opened as part of it", "its first is X"."""
    prep = programme.head
    if programme.dep_ != "pobj" or prep.lower_ not in _INSIDE:
        return []
    part = prep.head
    if part.lemma_.lower() == "part":
        return _whose_part(part, lexicon)
    while part.dep_ == "pobj" and part.head.head.pos_ in NOUN:  # "the first stop on the way in it"
        part = part.head.head
    if part.dep_ not in SUBJECT or part.head.lemma_ != "be" or not _is_foremost(part, lexicon):
        return []
    said = (c for c in part.head.children if c.dep_ == "attr")
    return [t for noun in said for t in coordinated(noun, lexicon)]


def _whose_part(part: Token, lexicon: Lexicon) -> list[Token]:
    governor = part.head
    if part.dep_ == "attr":
        return subjects(governor, lexicon)
    if part.dep_ == "pobj" and governor.lower_ == "as" and governor.head.pos_ in VERBAL:
        return _done(governor.head, lexicon)
    return []


def _is_foremost(noun: Token, lexicon: Lexicon) -> bool:
    words = (noun, *(c for c in noun.children if c.dep_ in ("amod", "compound")))
    return any(w.lemma_.lower() in lexicon.foremost for w in words)


def _done(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What a verb is done to, or what does it where it is done to nothing."""
    return objects(verb, lexicon) or ([] if is_passive(verb) else subjects(verb, lexicon))


def _occasions(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What something is done to mark: the fair of "issued stamps to coincide with the fair"."""
    if verb.pos_ not in VERBAL:
        return []
    above = (verb, *objects(verb, lexicon))
    purposes = (
        c for head in above for c in head.children if c.dep_ in _PURPOSE and c.tag_ in ("VB", "VBG")
    )
    return [
        t
        for purpose in purposes
        if purpose.lemma_.lower() in lexicon.marking
        for noun in (
            *(c for c in purpose.children if c.dep_ in OBJECT),
            *objects_of(purpose, "with"),
        )
        for t in coordinated(noun, lexicon)
    ]


MEMBERS: Mapping[str, Callable[[Token, Lexicon], list[Token]]] = {
    "member": _members,
    "occasion": _occasions,
}
