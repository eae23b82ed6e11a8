"""Prepositions of addition: "besides A, X sells B" says of A what it says of B.

The cues are `additions` of the lexicon, by what they join: those `with` mean company and join
subjects too ("together with A, X sells B"), those `beside` only what is said of the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.clauses import NOUN, OBJECT, PASSIVE_SUBJECT, SUBJECT
from kg.ontology.terms import KINDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.lexicon import Lexicon

__all__ = ["added_to_noun", "added_to_object", "added_to_subject"]

_LONGEST = 3  # words of a cue
_CUES = "kg.additions"  # what a doc knows them by
_CUE_TAGS = frozenset({"ADP", "SCONJ", "ADV", "CCONJ", "VERB"})
_AGENTS = frozenset({"Person", "Organization"})
_SETTING_OFF = frozenset({",", "–", "—", "“", '"'})
_PERSONAL = frozenset({"his", "her", "their", "my", "our"})
_OPEN = frozenset(
    {"no", "not", "nobody", "nothing", "none", "neither", "only", "all", "every", "any"}
)


class _Addition(NamedTuple):
    """A noun that a cue adds, and the first word of the cue.

    It is at the `front` where it opens the sentence, `apart` also behind a comma.
    """

    noun: Token
    cue: str
    first: Token
    front: bool
    apart: bool


def added_to_noun(noun: Token, lexicon: Lexicon) -> list[Token]:
    """What is added to a noun by a cue that hangs on it ("the fair, along with a concert")."""
    if noun.pos_ not in NOUN or _is_open(noun):
        return []
    sort = _sort(noun, lexicon)
    return [
        a.noun
        for a in _additions(noun, lexicon)
        if _is_free(a, lexicon) and _sort(a.noun, lexicon) == sort
    ]


def added_to_subject(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What is added to the subject of a verb: of its sort, and not of that of the object."""
    return [a.noun for a in _additions(verb, lexicon) if _role(a, verb, lexicon) == "subject"]


def added_to_object(verb: Token, lexicon: Lexicon) -> list[Token]:
    """What is added to the object, or to the subject of a passive verb."""
    return [a.noun for a in _additions(verb, lexicon) if _role(a, verb, lexicon) == "object"]


def _additions(head: Token, lexicon: Lexicon) -> Iterator[_Addition]:
    """What cues that hang on the head add to what is said there, in text order."""
    doc = head.doc
    for at, begin, cue in _cues(doc, lexicon):
        word = doc[at]
        if not head.is_ancestor(word):
            continue
        noun = next((c for c in word.children if c.dep_ == "pobj" and c.pos_ in NOUN), None)
        if noun is None or noun.i < at or _is_open(noun):
            continue
        start = doc[begin]
        governor = word.head
        while start.i <= governor.i <= word.i and governor.head != governor:
            governor = governor.head
        front = start.i == start.sent.start
        before = None if front else start.nbor(-1)
        apart = before is None or before.text in _SETTING_OFF
        if governor == head and (before is None or apart or not before.is_punct):
            yield _Addition(noun, cue, start, front, apart)


def _cues(doc: Doc, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Last word, first word and name of each cue ("along_with"), found once for all heads."""
    known: tuple[Lexicon, list[tuple[int, int, str]]] | None = doc.user_data.get(_CUES)
    if known is not None and known[0] is lexicon:
        return known[1]
    found = []
    for sentence in doc.sents if lexicon.additions else ():
        words = [t.lower_ for t in sentence]
        for end in range(1, len(words) + 1):
            for first in range(max(0, end - _LONGEST), end):
                cue = "_".join(words[first:end])
                if cue in lexicon.additions:
                    at = sentence.start + end - 1
                    if doc[at].pos_ in _CUE_TAGS:
                        found.append((at, sentence.start + first, cue))
                    break
    doc.user_data[_CUES] = (lexicon, found)
    return found


def _is_free(addition: _Addition, lexicon: Lexicon) -> bool:
    """False where the cue may say where: "a shop alongside the river"."""
    return addition.apart or addition.cue not in lexicon.apart_additions


def _role(addition: _Addition, verb: Token, lexicon: Lexicon) -> str | None:
    """Which argument of its verb a cue adds to: the only one of the same sort, or None.

    A verb without an object tells nothing: "ran alongside the river", "worked alongside Roe".
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECT), None)
    thing = next((c for c in verb.children if c.dep_ in (*OBJECT, *PASSIVE_SUBJECT)), None)
    if thing is None or any(c.dep_ in ("neg", "agent") for c in verb.children):
        return None
    if _is_open(thing) or (subject is not None and _is_open(subject)):
        return None
    sort = _sort(addition.noun, lexicon)
    like_subject = subject is not None and _sort(subject, lexicon) == sort
    like_thing = _sort(thing, lexicon) == sort
    if not (like_subject or like_thing) and sort == "NOUN" != (subject or thing).pos_:
        like_thing = thing.pos_ != "PROPN"  # of no known class: no name, as the object is none
    if like_subject == like_thing:
        return None
    if like_subject:
        joins = addition.cue in lexicon.joint_additions
        return "subject" if joins and (_is_free(addition, lexicon) or sort in _AGENTS) else None
    if sort in NOUN and not (addition.front or _follows(addition.first, thing, verb)):
        return None  # of things of no known class only what stands side by side is of a kind
    if _is_company(addition, lexicon):
        return None
    vague = addition.noun.pos_ == "PROPN" and addition.noun.lower_ not in lexicon.name_heads
    if vague and (subject is None or subject.pos_ == "PROPN" or addition.front):
        return None  # the recogniser alone tells the sorts of names too badly apart
    return "object" if _is_free(addition, lexicon) else None


def _follows(cue: Token, thing: Token, verb: Token) -> bool:
    """True where nothing but a comma stands between a cue and the argument, or the verb, before."""
    before = cue.nbor(-1)
    if before.is_punct and before.i > 0:
        before = before.nbor(-1)
    return before.i in (thing.right_edge.i, verb.i)


def _is_company(addition: _Addition, lexicon: Lexicon) -> bool:
    """True for "along with her team": those whom somebody has along."""
    owners = (c.lower_ for c in addition.noun.children if c.dep_ == "poss")
    return addition.cue in lexicon.joint_additions and any(o in _PERSONAL for o in owners)


def _sort(noun: Token, lexicon: Lexicon) -> str:
    """The broad class that the head noun, or the recogniser, gives; else "PROPN" or "NOUN"."""
    if noun.pos_ == "PROPN":
        kind = lexicon.name_heads.get(noun.lower_) or lexicon.ner_types.get(noun.ent_type_)
    else:
        lemma = noun.lemma_.lower()
        kind = lexicon.head_type(lemma) or lexicon.name_heads.get(lemma)
    if kind is None:
        return "PROPN" if noun.pos_ in ("PROPN", "PRON") else "NOUN"
    return next((broad for broad in KINDS if lexicon.ontology.is_a(kind, broad)), kind)


def _is_open(noun: Token) -> bool:
    """True for what names nobody, or all: "besides Acme, nobody", "all partners besides Acme"."""
    words = (noun, *(c for c in noun.children if c.dep_ in ("det", "neg", "advmod", "predet")))
    return any(w.lower_ in _OPEN for w in words)
