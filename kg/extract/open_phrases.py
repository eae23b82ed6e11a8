"""Noun phrases of open triples: short, whole, one for each thing that a coordination names.

A phrase keeps what a noun needs to mean the same (determiners, modifiers before it, numbers, its
of-phrase) and leaves out what says something more of it (other prepositional phrases, relative
clauses, appositions): those become triples of their own. The idea of minimal spans is from
Gashteovski et al., MinIE, EMNLP 2017.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "NOMINAL",
    "Phrase",
    "clause_phrase",
    "in_order",
    "is_of",
    "noun_phrases",
    "whole_phrases",
]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})

_MODIFIERS = frozenset({"det", "predet", "amod", "compound", "nummod", "poss", "nmod", "quantmod"})
# Labels of names that are more than the phrase that the parser makes of them.
_NAMES = frozenset({"ORG", "PERSON", "FAC", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT"})
_COORDINATED = frozenset({"amod", "compound", "nmod"})
_MEMBERS = NOMINAL | {"ADJ", "X", "SYM", "DET"}
_ADVERBIAL = frozenset({"ADV", "ADP", "SCONJ"})
_QUOTES = frozenset({"``", "''", '"', "“", "”"})
_JOINTS = frozenset({",", "-", "–", "/"})
_EDGES = _QUOTES | _JOINTS | {";", ":", "--", "—", "(", ")", "-LRB-", "-RRB-", "...", "…"}
_SENTENCE_ENDS = frozenset({".", "!", "?"})
_MAX_READINGS = 8  # of one phrase: a list of lists is not multiplied out without end
_MAX_NESTING = 5  # "the roof of the house of …"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens in reading order, and the nouns in them that further phrases may hang on."""

    tokens: tuple[Token, ...]
    heads: tuple[Token, ...]


def noun_phrases(head: Token) -> list[Phrase]:
    """Phrases of a noun and of what is coordinated with it, in text order.

    Coordinated modifiers are set apart: "recreation and leisure services" are two.
    """
    return [phrase for member in _members(head) for phrase in whole_phrases(member)]


def whole_phrases(head: Token, depth: int = 0) -> list[Phrase]:
    """Readings of one noun: one for each coordinated modifier and member of its of-phrase."""
    right = [t for c in head.rights if c.dep_ == "nummod" for t in c.subtree]
    right.extend(_rest_of_name(head))
    tails = _of_phrases(head, depth)
    return [
        Phrase(in_order([*left, head, *right, *tail.tokens]), (head, *tail.heads))
        for left in _modifiers(head)
        for tail in tails
    ][:_MAX_READINGS]


def is_of(prep: Token) -> bool:
    """True for an "of" that binds two nouns: not for "instead of", "out of", "because of"."""
    before = prep.nbor(-1) if prep.i else prep
    return prep.lower_ == "of" and (before == prep.head or before.pos_ not in _ADVERBIAL)


def clause_phrase(verb: Token) -> Phrase:
    """A whole clause as it stands, without the clauses coordinated with it."""
    others = {
        t
        for c in verb.children
        if c.dep_ in ("conj", "cc") and (c.dep_ == "cc" or c.pos_ in ("VERB", "AUX"))
        for t in c.subtree
    }
    return Phrase(in_order(t for t in verb.subtree if t not in others), (verb,))


def in_order(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Tokens in text order, with the joints between them, without punctuation at the edges."""
    held = set(tokens)
    ordered = sorted(held, key=lambda t: t.i)
    filled: list[Token] = []
    for token in ordered:
        if filled and token.i == filled[-1].i + 2 and token.nbor(-1).text in _JOINTS:
            filled.append(token.nbor(-1))
        filled.append(token)
    if sum(t.text in _QUOTES for t in filled) % 2:  # the other mark stands outside
        filled = [t for t in filled if t.text not in _QUOTES]
    while filled and filled[0].text in _EDGES:
        filled.pop(0)
    while filled and (filled[-1].text in _EDGES or _ends_sentence(filled[-1])):
        filled.pop()
    return tuple(filled)


def _members(head: Token) -> list[Token]:
    """The noun and the nouns that conjunctions tie to it, in text order."""
    out: list[Token] = []
    waiting = [head]
    while waiting:  # no recursion: a list of names nests as deep as it is long
        token = waiting.pop()
        out.append(token)
        waiting.extend(c for c in token.children if c.dep_ == "conj" and _is_member(c))
    return sorted(out, key=lambda t: t.i)


def _is_member(token: Token) -> bool:
    """False for a part of a name ("Department of Health and Care") and for a verb."""
    if token.pos_ not in _MEMBERS:
        return False
    between = token.doc[token.head.i + 1 : token.i + 1]
    return token.ent_type_ not in _NAMES or any(t.ent_iob_ != "I" for t in between)


def _rest_of_name(head: Token) -> list[Token]:
    """What follows in the name that a noun begins, as far as it depends on the noun."""
    if head.ent_type_ not in _NAMES:
        return []
    following = head.doc[head.i + 1 : head.sent.end]
    return list(takewhile(lambda t: t.ent_iob_ == "I" and head.is_ancestor(t), following))


def _modifiers(head: Token) -> list[list[Token]]:
    """What stands before a noun and narrows it, once for each coordinated modifier.

    A modifier is set apart where it may name a kind of its own: before a plural, or as a noun ("a
    ticket and concourse area"). "A red and white flag" is one flag.
    """
    fixed: list[Token] = [c for c in head.children if c.dep_ == "case"]
    choices: list[list[Token]] = [[]]
    for child in head.lefts:
        if child.dep_ not in _MODIFIERS and child.dep_ != "neg":
            continue
        others = _coordinated_modifiers(child, head)
        if others and len(choices) == 1 and (head.tag_ in ("NNS", "NNPS") or child.pos_ == "NOUN"):
            choices = [_alone(modifier, head) for modifier in (child, *others)]
        else:
            fixed.extend(child.subtree)
    return [[*fixed, *choice] for choice in choices]


def _coordinated_modifiers(modifier: Token, head: Token) -> list[Token]:
    if modifier.dep_ not in _COORDINATED:
        return []
    return [t for t in _members(modifier)[1:] if t.i < head.i]


def _alone(modifier: Token, head: Token) -> list[Token]:
    """A modifier with its own, without what is coordinated with it."""
    own = [c for c in modifier.children if c.dep_ not in ("conj", "cc", "punct") and c.i < head.i]
    return [modifier, *(t for c in own for t in c.subtree)]


def _of_phrases(head: Token, depth: int) -> list[Phrase]:
    """Readings of the of-phrase that belongs to a noun; one that is empty where there is none."""
    if depth < _MAX_NESTING:
        for prep in head.rights:
            if prep.dep_ == "prep" and is_of(prep):
                inner = [
                    phrase
                    for pobj in prep.children
                    if pobj.dep_ == "pobj" and pobj.tag_ not in ("WP", "WDT")
                    for member in _members(pobj)
                    for phrase in whole_phrases(member, depth + 1)
                ]
                if inner:
                    return [Phrase((prep, *p.tokens), p.heads) for p in inner]
    return [Phrase((), ())]


def _ends_sentence(token: Token) -> bool:
    return token.text in _SENTENCE_ENDS and (token.i == 0 or token.nbor(-1).whitespace_ != "")
