"""Whose saying a verb or a noun reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN, OBJECT, is_passive, prepositional_objects
from kg.extract.paragraph import CLOSING, Paragraph
from kg.extract.participants import subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["noun_source", "verb_source"]

_NOMINAL = frozenset({*NOUN, "PRON", "NUM", "DET", "ADJ"})


def verb_source(verb: Token, paragraph: Paragraph) -> Token | None:
    """The head of who says it: the verb's own subject, or what its construction gives; else None.

    "A statement saying" is the statement's, but whoever "issued a statement saying" says so.
    """
    own = _own_subject(verb, paragraph) or _inverted(verb)
    if own is not None:
        return own
    found = subjects(verb, paragraph.lexicon)
    head = next(
        (f for f in found if f.pos_ in _NOMINAL and not paragraph.is_foreign(f, verb)), None
    )
    if head is None or verb.dep_ != "acl" or head != verb.head or head.dep_ not in OBJECT:
        return head
    if head.head.lemma_.lower() in paragraph.lexicon.attribution["light"]:
        return verb_source(head.head, paragraph) or head
    return head


def _own_subject(verb: Token, paragraph: Paragraph) -> Token | None:
    has = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.children)
    if is_passive(verb) and not has:
        return None
    wanted = "nsubjpass" if has else "nsubj"  # "he’s said" is read as "he is said"
    return next(
        (c for c in verb.children if c.dep_ == wanted and not paragraph.is_foreign(c, verb)), None
    )


def _inverted(verb: Token) -> Token | None:
    """The noun of “…”, said Mary Jones, where it was taken for an object."""
    before = verb.nbor(-1).text if verb.i else ""
    if verb.tag_ == "VBG" or before not in (",", *CLOSING):
        return None
    kinds = NOUN if before in CLOSING else {"PROPN"}
    for child in verb.rights:
        is_next = child.left_edge.i == verb.i + 1
        if is_next and child.dep_ in ("dobj", "npadvmod") and child.pos_ in kinds:
            return child
    return None


def noun_source(noun: Token, paragraph: Paragraph) -> Token | None:
    """The head of who holds what a noun names, or None.

    Its owner ("Acme's claim"), its author ("the warning by Acme"), or the subject of a verb that
    says no more than the noun ("Acme made the claim").
    """
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next(prepositional_objects(child), None)
    if noun.dep_ in OBJECT and noun.head.lemma_.lower() in paragraph.lexicon.attribution["light"]:
        return verb_source(noun.head, paragraph)
    return None
