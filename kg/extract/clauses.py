"""What a parse tells of a clause at sight: its voice, the verb above it, labels by kind.

Labels are those of the ClearNLP scheme that spaCy's English pipelines use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = [
    "CLAUSE",
    "NOUN",
    "OBJECT",
    "PASSIVE_SUBJECT",
    "SUBJECT",
    "VERBAL",
    "governing_verb",
    "is_passive",
    "misread_verb",
    "objects_of",
    "prepositional_objects",
    "reported_clause",
]

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
OBJECT = frozenset({"dobj", "obj"})
CLAUSE = frozenset({"relcl", "acl"})
NOUN = frozenset({"NOUN", "PROPN"})
VERBAL = frozenset({"VERB", "AUX"})


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token, or None."""
    return next((t for t in token.ancestors if t.pos_ in VERBAL), None)


def prepositional_objects(preposition: Token) -> Iterator[Token]:
    """Heads of the noun phrases that a preposition governs, in text order."""
    return (c for c in preposition.children if c.dep_ == "pobj")


def objects_of(head: Token, *prepositions: str) -> Iterator[Token]:
    """What a head's own prepositions of these words govern, in text order."""
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in prepositions:
            yield from prepositional_objects(prep)


def is_passive(verb: Token) -> bool:
    """True for a passive verb, reduced relatives included ("a tool called X")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children):
        # "a film directed by Ada and written by Bo", "is a film and written by Bo"
        return verb.head.lemma_ == "be" or is_passive(verb.head)
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "advcl")
        and not any(c.dep_ in ("aux", "nsubj", "dobj") for c in verb.children)
    )


def misread_verb(noun: Token) -> Token | None:
    """The subject of a present-tense verb that the parser took for a plural noun; None for a noun.

    "The harbour show opens in May and closes in June": opens is read as the head of the
    sentence, and what it is said of as its compound. A verb joined to it tells.
    """
    if noun.dep_ != "ROOT" or noun.tag_ not in ("NNS", "NNPS") or noun.i == noun.sent.start:
        return None
    subject = noun.nbor(-1)
    joined = (c for c in noun.children if c.dep_ == "conj" and c.tag_ == "VBZ")
    if subject.dep_ != "compound" or subject.head != noun or subject.tag_ not in ("NN", "NNP"):
        return None
    verb = next(joined, None)
    own = verb is None or any(c.dep_ in SUBJECT for c in verb.children)
    return None if own else subject


def reported_clause(verb: Token, lexicon: Lexicon) -> tuple[Token, Token] | None:
    """(subject, verb) of a reported clause that the parser took for an object with a participle.

    "She noted 300 shops took part": shops is read as the object of noted and took as its
    participle. Known by a reporting verb, an object, and a past form behind it without by-phrase.
    """
    if verb.lemma_.lower() not in lexicon.reporting:
        return None
    for child in verb.children:
        if child.dep_ not in OBJECT or child.i < verb.i:
            continue
        for clause in child.children:
            past = clause.dep_ == "acl" and clause.tag_ in ("VBN", "VBD") and clause.i > child.i
            if past and not any(c.dep_ == "agent" for c in clause.children):
                return child, clause
    return None
