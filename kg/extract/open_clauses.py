"""Clauses of open triples: the subject that a verb has or inherits, and the words of its group.

Subjects here are grammatical: that of a passive is what undergoes it. The words of a group are
those of the text in the order in which one would read them: "was able to start", "had to be talked
into applying".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.open_phrases import NOMINAL, Phrase, clause_phrase, noun_phrases, whole_phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = [
    "OBJECT",
    "VERBAL",
    "bare_verbs",
    "children_of",
    "is_bare",
    "is_small",
    "states",
    "subject_phrases",
    "verb_group",
]

VERBAL = frozenset({"VERB", "AUX"})
OBJECT = frozenset({"dobj", "obj"})

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_AUXILIARY = frozenset({"aux", "auxpass", "neg"})
_NO_CLAUSE = frozenset(
    {"aux", "auxpass", "amod", "compound", "case", "prep", "mark", "punct", "cc"}
)
_RELATIVE = frozenset({"WDT", "WP"})
_SHARING = frozenset({"VB", "VBN", "VBG"})  # forms that take auxiliaries, which conjuncts share
_NEGATIVE = frozenset({"hardly", "barely", "scarcely", "rarely", "seldom"})
_MAX_STEPS = 8  # from a verb to the one whose subject it has


def states(token: Token, lexicon: Lexicon) -> bool:
    """True for a verb that says something by itself: no auxiliary, no modifier, not bare."""
    if token.pos_ not in VERBAL or token.dep_ in _NO_CLAUSE:
        return False
    for _ in range(_MAX_STEPS):
        if is_bare(token, lexicon):
            return False
        if token.dep_ != "conj" or token.head.pos_ not in VERBAL or _own_subject(token) is not None:
            break
        token = token.head
    return True


def is_bare(verb: Token, lexicon: Lexicon) -> bool:
    """True for a verb without tense that completes the clause it belongs to.

    "To build a plant" and "by building a plant" do not say that it was built, and "asked them to
    build it" says only that they were asked.
    """
    if verb.pos_ not in VERBAL:
        return False
    if verb.dep_ == "ccomp":
        return is_small(verb, lexicon)
    bare = verb.dep_ == "pcomp" or (verb.dep_ in ("acl", "advcl") and verb.tag_ == "VB")
    return bare and _own_subject(verb) is None


def is_small(clause: Token, lexicon: Lexicon) -> bool:
    """True for a subject with a verb without tense, object of a verb: "let [them sell it]"."""
    if clause.dep_ != "ccomp" or clause.i < clause.head.i:
        return False
    if children_of(clause, "auxpass", "mark") or not children_of(clause, "nsubj"):
        return False
    if any(c.lower_ != "to" for c in children_of(clause, "aux")):
        return False
    # the tagger takes "sell" in "helped shops sell" for a present
    helped = clause.tag_ == "VBP" and clause.head.lemma_.lower() in lexicon.object_control
    return helped or clause.tag_ in ("VB", "VBG")


def bare_verbs(verb: Token) -> list[Token]:
    """A bare verb and those coordinated with it that share what governs it, in text order."""
    out = [verb]
    for token in out:
        out.extend(
            c for c in children_of(token, "conj") if c.pos_ in VERBAL and _own_subject(c) is None
        )
    return out


def children_of(token: Token, *deps: str) -> list[Token]:
    """Children with one of these labels, in text order."""
    return [c for c in token.children if c.dep_ in deps]


def subject_phrases(verb: Token) -> list[Phrase]:
    """Subjects of a verb in text order.

    Its own, or those of the clause that it depends on, or the noun that it modifies.
    """
    for _ in range(_MAX_STEPS):
        own = _own_subject(verb)
        if own is not None:
            return _resolved(own, verb)
        giver = _subject_giver(verb)
        if giver is None:
            return []
        if giver.pos_ not in VERBAL:
            return whole_phrases(giver)
        verb = giver
    return []


def _own_subject(verb: Token) -> Token | None:
    subjects = [c for c in verb.children if c.dep_ in _SUBJECT]
    expletive = next((c for c in subjects if c.dep_ == "expl"), None)
    return expletive or next(iter(subjects), None)


def _resolved(subject: Token, verb: Token) -> list[Phrase]:
    """Phrases of a subject; those of the antecedent of a relative pronoun."""
    if subject.tag_ in _RELATIVE:
        while verb.dep_ == "conj":
            verb = verb.head
        return whole_phrases(verb.head) if verb.dep_ == "relcl" else []
    if subject.pos_ in VERBAL:
        return [clause_phrase(subject)]
    return noun_phrases(subject)


def _subject_giver(verb: Token) -> Token | None:
    """The verb whose subject is shared, or the noun that is the subject; None at the top."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "acl":
        return head if head.pos_ in NOMINAL else None
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp"):
        while head.pos_ in ("ADP", "SCONJ", "ADJ") and head.head != head:
            if head.pos_ == "ADJ" and (verb.dep_ != "xcomp" or head.dep_ != "acomp"):
                return None
            head = head.head
        return head if head.pos_ in VERBAL else None
    return None


def verb_group(verb: Token) -> tuple[Token, ...]:
    """The words of a verb, from the first one that governs it to its particle."""
    words = _own_words(verb)
    for _ in range(_MAX_STEPS):
        head = verb.head
        if _is_governed(verb):
            objects = [c for c in head.children if c.dep_ in OBJECT and c.i < verb.i]
            between = whole_phrases(objects[0])[0].tokens if objects else ()
            words = [*_own_words(head), *between, *words]
        elif _shares_auxiliaries(verb):
            above = _own_words(head)
            words = [*above[: above.index(head)], *words]
        else:
            break
        verb = head
    return tuple(words)


def _own_words(token: Token) -> list[Token]:
    """A verb with auxiliaries, negation and particle; an adjective alone; a noun's phrase."""
    if token.pos_ not in VERBAL:
        return [token]
    words = [token, *(c for c in token.children if c.dep_ in _AUXILIARY and c.i <= token.i + 1)]
    words.extend(t for c in token.children if _is_negative(c, token) for t in c.subtree)
    particle = [c for c in token.children if c.dep_ == "prt"]  # "wrap it up": wrap up
    return [*sorted(words, key=lambda t: t.i), *particle]


def _is_negative(adverb: Token, verb: Token) -> bool:
    """True for "no longer", "hardly": without them the triple would say the opposite."""
    if adverb.dep_ != "advmod" or adverb.i > verb.i:
        return False
    return adverb.lower_ in _NEGATIVE or any(c.lower_ == "no" for c in adverb.children)


def _is_governed(token: Token) -> bool:
    """True for "to start" in "was able to start" and "asked them to start", and for "able"."""
    head = token.head
    if token.dep_ == "acomp":
        return head.pos_ in VERBAL
    return token.dep_ == "xcomp" and (
        token.pos_ in VERBAL and (head.pos_ in VERBAL or head.dep_ == "acomp")
    )


def _shares_auxiliaries(verb: Token) -> bool:
    """True for "flushed" in "was cut and flushed"."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ not in VERBAL:
        return False
    if any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in verb.children):
        return False
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in first.children)
    same = verb.tag_ == first.tag_ and verb.tag_ in _SHARING
    return same or (passive and verb.tag_ in ("VBN", "VBD"))
