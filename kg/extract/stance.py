"""Stance of a clause: asserted, planned, hedged or negated, by the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.model.statement import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["stance_of"]

# Dependencies through which the tense and the doubt of a governing verb reach the clause below it.
TRANSPARENT = frozenset({"xcomp", "ccomp", "conj", "acl", "relcl", "advcl", "pcomp"})


def stance_of(trigger: Token, lexicon: Lexicon) -> Modality:
    """The stance that the text takes towards the clause of the trigger.

    Negation outranks hedge, hedge outranks plan: "will probably not sell" is negated.
    """
    found: set[Modality] = set()
    for verb, is_own in _governors(trigger, lexicon):
        found |= _cues(verb, is_own, lexicon)
    found |= _noun_cues(trigger, lexicon)
    for modality in (Modality.NEGATED, Modality.HEDGED, Modality.PLANNED):
        if modality in found:
            return modality
    return Modality.ASSERTED


def _governors(trigger: Token, lexicon: Lexicon) -> Iterator[tuple[Token, bool]]:
    """The clause's own verb, then the verbs whose stance reaches it."""
    token = trigger
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        if token.dep_ in ("relcl", "appos") or _is_own_world(token):
            return
        token = token.head
    if token.pos_ not in ("VERB", "AUX"):
        return
    own = True
    steps = 0
    while steps < 8:
        yield token, own
        own = False
        head = token.head
        if head == token:
            return
        if token.dep_ in ("xcomp", "pcomp"):
            pass
        elif token.dep_ == "conj":
            if any(c.dep_ in ("aux", "nsubj") for c in token.children):
                return  # a clause of its own
        elif (token.dep_ == "ccomp" and head.lemma_.lower() not in lexicon.reporting) or (token.dep_ == "advcl" and token.tag_ in ("VBG", "VBN") and not _has_mark(token)):
            pass
        elif (
            token.dep_ == "acl"
            and token.tag_ == "VB"
            and head.lemma_ in lexicon.stance.get("planned_nouns", ())
        ):
            yield head, False
            return
        else:
            return
        while head.pos_ not in ("VERB", "AUX") and head.head != head:
            head = head.head
        token = head
        steps += 1


def _is_own_world(token: Token) -> bool:
    return False


def _has_mark(verb: Token) -> bool:
    return any(c.dep_ in ("mark", "nsubj", "nsubjpass") for c in verb.children)


def _cues(verb: Token, is_own: bool, lexicon: Lexicon) -> set[Modality]:
    cues = lexicon.stance
    found: set[Modality] = set()
    lemma = verb.lemma_.lower()
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "neg" and not _is_exception(child, cues):
            found.add(Modality.NEGATED)
        elif child.dep_ in ("aux", "dep") and child.tag_ == "MD":
            if word in cues.get("planned_auxiliaries", ()):
                found.add(Modality.PLANNED)
            elif word in cues.get("hedged_auxiliaries", ()):
                found.add(Modality.HEDGED)
        elif (child.dep_ == "advmod" and word in cues.get("hedged_adverbs", ())) or (child.dep_ == "mark" and word in cues.get("conditional_marks", ()) and is_own):
            found.add(Modality.HEDGED)
        elif child.dep_ == "acomp" and not is_own:
            if child.lower_ in cues.get("planned_adjectives", ()):
                found.add(Modality.PLANNED)
            elif child.lower_ in cues.get("hedged_adverbs", ()):
                found.add(Modality.HEDGED)
    if not is_own:
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        if lemma in cues.get("negating_governors", ()):
            found.add(Modality.NEGATED)
        elif passive and lemma in cues.get("hedged_governors", ()):
            found.add(Modality.HEDGED)
        elif lemma in cues.get("planned_governors", ()) and (
            lemma not in ("go", "look", "set")
            or verb.tag_ in ("VBG", "VBN", "VBP", "VBZ", "VB", "VBD")
        ):
            found.add(Modality.PLANNED)
        elif lemma in ("seem", "appear"):
            found.add(Modality.HEDGED)
        elif lemma == "be":
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject.lemma_.lower() in cues.get("planned_nouns", ()):
                found.add(Modality.PLANNED)
    elif _is_bare_infinitive(verb) or _is_purpose(verb, lexicon):
        found.add(Modality.PLANNED)
    return found


def _is_bare_infinitive(verb: Token) -> bool:
    """Headlines: "Acme to open a second plant"."""
    return (
        verb.dep_ in ("ROOT", "relcl", "acl")
        and verb.tag_ == "VB"
        and (verb.dep_ == "ROOT" or (verb.head.dep_ == "ROOT" and verb.head.pos_ == "PROPN"))
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    )


def _is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    """ "expand their pact to build a plant", "a deal to supply cars": not done yet."""
    if verb.tag_ != "VB" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    nouns = lexicon.partnership_nouns | lexicon.stance.get("planned_nouns", frozenset())
    on_noun = verb.dep_ in ("acl", "relcl") and verb.head.lemma_.lower() in nouns
    return on_noun or (verb.dep_ == "advcl" and verb.head.pos_ == "VERB")


def _is_exception(negation: Token, cues: dict[str, frozenset[str]]) -> bool:
    """ "not only", "not just", "not surprisingly" deny nothing of the clause."""
    doc = negation.doc
    following = doc[negation.i + 1].lower_ if negation.i + 1 < len(doc) else ""
    return following in cues.get("negation_exceptions", ())


def _noun_cues(trigger: Token, lexicon: Lexicon) -> set[Modality]:
    found: set[Modality] = set()
    for child in trigger.children:
        if child.dep_ == "det" and child.lower_ == "no":
            found.add(Modality.NEGATED)
        elif child.dep_ == "amod" and child.lower_ in (
            "planned",
            "upcoming",
            "forthcoming",
            "proposed",
        ):
            found.add(Modality.PLANNED)
        elif child.dep_ == "amod" and child.lower_ in (
            "possible",
            "potential",
            "alleged",
            "rumoured",
            "rumored",
        ):
            found.add(Modality.HEDGED)
    return found
