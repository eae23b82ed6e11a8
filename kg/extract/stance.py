"""Stance of a clause: asserted, planned, hedged or negated, by the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.clauses import VERBAL
from kg.extract.lexicon import Lexicon
from kg.model.statement import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Stance", "read_stance", "stance_of"]

_Cues = Mapping[str, frozenset[str]]
_Found = tuple[Modality, "Token"] | None

_NONE: frozenset[str] = frozenset()
_MAX_GOVERNORS = 8  # clauses above clauses; beyond it the parse is noise


class Stance(NamedTuple):
    """A stance, and the words that make it in text order; none for what is asserted."""

    modality: Modality
    cues: tuple[Token, ...] = ()


def stance_of(trigger: Token, lexicon: Lexicon) -> Modality:
    """The stance that the text takes towards the clause of the trigger."""
    return read_stance(trigger, lexicon).modality


def read_stance(trigger: Token, lexicon: Lexicon) -> Stance:
    """The stance that the text takes towards the clause of the trigger, with its words.

    Negation outranks hedge, hedge outranks plan: "will probably not sell" is negated.
    """
    found = [_modifier_cue(child, lexicon.stance) for child in trigger.children]
    for verb, is_own in _governors(trigger, lexicon):
        found += [_child_cue(child, is_own, lexicon) for child in verb.children]
        found.append(_own_cue(verb, lexicon) if is_own else _governor_cue(verb, lexicon.stance))
    for modality in (Modality.NEGATED, Modality.HEDGED, Modality.PLANNED):
        cues = {cue[1] for cue in found if cue is not None and cue[0] is modality}
        if cues:
            return Stance(modality, tuple(sorted(cues, key=lambda token: token.i)))
    return Stance(Modality.ASSERTED)


def _governors(trigger: Token, lexicon: Lexicon) -> Iterator[tuple[Token, bool]]:
    """The clause's own verb (True), then the verbs and nouns whose stance reaches it (False)."""
    token = trigger
    while token.pos_ not in VERBAL:
        if token.head == token or token.dep_ in ("relcl", "appos"):
            return
        token = token.head
    yield token, True
    for _ in range(_MAX_GOVERNORS - 1):
        head = token.head
        if head != token and _says_a_plan(token, lexicon.stance):
            yield head, False
            return
        if head == token or not _passes_on(token, lexicon):
            return
        token = next((t for t in (head, *head.ancestors) if t.pos_ in VERBAL), head.sent.root)
        yield token, False


def _says_a_plan(verb: Token, cues: _Cues) -> bool:
    """True for the infinitive of "a plan to open a plant"."""
    of_noun = verb.dep_ == "acl" and verb.tag_ == "VB"
    return of_noun and verb.head.lemma_ in cues.get("planned_nouns", _NONE)


def _passes_on(verb: Token, lexicon: Lexicon) -> bool:
    """True where tense and doubt of the verb above hold for this verb as well."""
    if verb.dep_ in ("xcomp", "pcomp"):
        return True
    if verb.dep_ == "conj":  # with a subject or auxiliary it is a clause of its own
        return not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    if verb.dep_ == "ccomp":
        head = verb.head.lemma_.lower()  # who denies reports, too, but that it is not so
        denied = head in lexicon.stance.get("negating_governors", _NONE)
        return denied or head not in lexicon.reporting
    if verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN"):
        return not any(c.dep_ in ("mark", "nsubj", "nsubjpass") for c in verb.children)
    return False


def _child_cue(child: Token, is_own: bool, lexicon: Lexicon) -> _Found:
    """What a word below a verb says of the clause; `is_own` where the verb is the clause's own."""
    cues = lexicon.stance
    word = child.lower_
    if child.dep_ == "neg":
        return None if _is_exception(child, cues) else (Modality.NEGATED, child)
    if child.dep_ in ("aux", "dep") and child.tag_ == "MD":
        if word == "would" and _is_reported(child.head, lexicon):
            return Modality.PLANNED, child  # "said it would build" reports "will build"
        return _first_cue(child, cues, planned="planned_auxiliaries", hedged="hedged_auxiliaries")
    if child.dep_ == "advmod" and word in cues.get("hedged_adverbs", _NONE):
        return Modality.HEDGED, child
    if child.dep_ == "mark" and is_own and word in cues.get("conditional_marks", _NONE):
        return Modality.HEDGED, child
    if child.dep_ == "acomp" and not is_own:
        return _first_cue(child, cues, planned="planned_adjectives", hedged="hedged_adverbs")
    return None


def _is_reported(verb: Token, lexicon: Lexicon) -> bool:
    head = verb.head
    return verb.dep_ == "ccomp" and head.tag_ == "VBD" and head.lemma_.lower() in lexicon.reporting


def _first_cue(token: Token, cues: _Cues, *, planned: str, hedged: str) -> _Found:
    if token.lower_ in cues.get(planned, _NONE):
        return Modality.PLANNED, token
    return (Modality.HEDGED, token) if token.lower_ in cues.get(hedged, _NONE) else None


def _governor_cue(verb: Token, cues: _Cues) -> _Found:
    """What a governing verb does to the clauses below it."""
    lemma = verb.lemma_.lower()
    if lemma in cues.get("negating_governors", _NONE):
        return Modality.NEGATED, verb
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if passive and lemma in cues.get("hedged_governors", _NONE):
        return Modality.HEDGED, verb
    is_verb = verb.tag_.startswith("VB") or lemma not in cues.get("planned_as_verbs", _NONE)
    if is_verb and lemma in cues.get("planned_governors", _NONE):
        return Modality.PLANNED, verb
    if lemma in cues.get("hedged_raising", _NONE):
        return Modality.HEDGED, verb
    if lemma == "be":
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and subject.lemma_.lower() in cues.get("planned_nouns", _NONE):
            return Modality.PLANNED, subject
    return None


def _own_cue(verb: Token, lexicon: Lexicon) -> _Found:
    """A plan, for an infinitive that no finite verb commits to.

    Headlines: "Acme to open a second plant". Purpose: "expand their pact to build a plant", "a deal
    to supply cars".
    """
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if verb.tag_ != "VB" or to is None:
        return None
    head = verb.head
    headline = verb.dep_ == "ROOT" or (
        verb.dep_ in ("relcl", "acl") and head.dep_ == "ROOT" and head.pos_ == "PROPN"
    )
    on_noun = verb.dep_ in ("acl", "relcl") and head.lemma_.lower() in lexicon.undertakings
    purpose = verb.dep_ == "advcl" and head.pos_ == "VERB"
    return (Modality.PLANNED, to) if headline or on_noun or purpose else None


def _is_exception(negation: Token, cues: _Cues) -> bool:
    """True in "not only", "not just", "not surprisingly", which deny nothing of the clause."""
    following = negation.doc[negation.i + 1 : negation.i + 2]
    return bool(following) and following[0].lower_ in cues.get("negation_exceptions", _NONE)


def _modifier_cue(modifier: Token, cues: _Cues) -> _Found:
    """What a determiner or adjective says of the noun that is the trigger."""
    word = modifier.lower_
    if modifier.dep_ == "det" and word == "no":
        return Modality.NEGATED, modifier
    if modifier.dep_ == "amod":
        return _first_cue(modifier, cues, planned="planned_modifiers", hedged="hedged_modifiers")
    return None
