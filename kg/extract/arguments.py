"""The predicate–argument layer: who does what to whom, however the sentence says it.

A predication is a verb or a noun with its arguments by slot. Slots are normalised: `agent` is the
subject of an active verb, the by-phrase of a passive one, the possessor of a nominal event, the
subject of a copula; `patient` is the object or the passive subject; every preposition is a slot of
its own name. Coordination is expanded, control and relative clauses are followed, transparent nouns
("a range of X") give way to what they hold. Labels are those of the ClearNLP scheme that spaCy's
English pipelines use. docs/constructions.md lists the constructions, each with the slots it gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.clauses import (
    NOUN,
    OBJECT,
    PASSIVE_SUBJECT,
    SUBJECT,
    VERBAL,
    misread_verb,
    reported_clause,
)
from kg.extract.coordination import coordinated
from kg.extract.participants import fill_nominal, nominal, objects, subjects
from kg.extract.slots import Predication, add_prepositions

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.extract.lexicon import Lexicon

__all__ = ["predications"]


def predications(sentence: Span, lexicon: Lexicon) -> Iterator[Predication]:
    """Verb and noun predications of a sentence, in text order."""
    for token in sentence:
        if token.pos_ in VERBAL and token.dep_ not in ("aux", "auxpass"):
            yield _verbal(token, lexicon)
        elif misread_verb(token) is not None:
            yield _misread(token, lexicon)
        elif token.pos_ in NOUN and (
            token.dep_ not in ("compound", "nmod") or _is_role_of_name(token, lexicon)
        ):
            yield _nominal_in_clause(token, lexicon)


def _misread(verb: Token, lexicon: Lexicon) -> Predication:
    """The predication of a verb that the parser took for a noun."""
    out = Predication(verb, verb.lemma_.lower(), "verb", verb)
    subject = misread_verb(verb)
    if subject is not None:
        out.add("agent", [subject])
    add_prepositions(verb, out, lexicon)
    return out


def _is_role_of_name(token: Token, lexicon: Lexicon) -> bool:
    """True for the role noun before a name, as in "Olympic partner Acme"."""
    return token.head.pos_ == "PROPN" and token.lemma_.lower() in lexicon.level_nouns


def _verbal(verb: Token, lexicon: Lexicon) -> Predication:
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower() + (f"_{particle.lower_}" if particle is not None else "")
    out = Predication(verb, lemma, "verb", verb)
    together = any(c.dep_ == "advmod" and c.lower_ == "together" for c in verb.children)
    if together and f"{lemma}_together" in lexicon.light_verbs:
        out.lemma = f"{lemma}_together"
    out.pending = partial(_fill_verbal, lemma=lemma, lexicon=lexicon)
    if lemma in lexicon.light_beginnings or any(c.dep_ == "acomp" for c in verb.children):
        out.slots  # noqa: B018 - what it holds may give it another lemma
    return out


def _fill_verbal(out: Predication, lemma: str, lexicon: Lexicon) -> None:
    """Fills the slots of a verb; its lemma becomes that of a light verb with its object."""
    verb = out.trigger
    _add_participants(verb, out, lexicon)
    for child in verb.children:  # "the deal is worth 30 million"
        if child.dep_ == "acomp" and child.lower_ == "worth":
            out.lemma = "worth"
            sums = [c for c in child.children if c.dep_ in ("npadvmod", "dobj", "nummod")]
            out.add("patient", sums)
    add_prepositions(verb, out, lexicon)
    for patient in out.slots.get("patient", []):
        light = f"{lemma}_{patient.lemma_.lower()}"
        if light in lexicon.light_verbs:
            out.lemma = light
        add_prepositions(patient, out, lexicon)
        for child in patient.children:  # "launch a tool called Pulse at the fair": launch it there
            if child.dep_ == "acl" and child.lemma_.lower() in lexicon.naming_verbs:
                add_prepositions(child, out, lexicon)
    _add_object_prepositions(verb, out, lexicon)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":
        add_prepositions(verb.head, out, lexicon)
    _add_stray_members(verb, out, lexicon)


def _add_stray_members(verb: Token, out: Predication, lexicon: Lexicon) -> None:
    """Nouns that the parser joined to a verb, to the arguments that they stand behind.

    "leads in Norway, as well as Nordic markets", "to measure not just speed, but comfort".
    """
    governors = (verb, verb.head) if verb.dep_ == "xcomp" else (verb,)
    for stray in (c for governor in governors for c in governor.children if c.dep_ == "conj"):
        if stray.pos_ not in NOUN or any(c.dep_ in (*SUBJECT, "cop") for c in stray.children):
            continue
        before = [(h.i, slot) for slot, heads in out.slots.items() for h in heads if h.i < stray.i]
        behind = [place for place in before if place[0] > verb.i]
        if behind:
            out.add(max(behind)[1], coordinated(stray, lexicon))


def _add_participants(verb: Token, out: Predication, lexicon: Lexicon) -> None:
    reported = reported_clause(verb.head.head, lexicon) if verb.dep_ == "acl" else None
    if reported is not None and reported[1] == verb:
        out.add("agent", [reported[0]])
    else:
        out.add("agent", subjects(verb, lexicon))
        if reported_clause(verb, lexicon) is None:
            out.add("patient", objects(verb, lexicon))
    for child in verb.children:
        if child.dep_ in ("attr", "oprd") and child.pos_ in (*NOUN, "ADJ"):
            out.add("attribute", coordinated(child, lexicon))
        elif child.dep_ == "dative" and child.pos_ in (*NOUN, "PRON"):
            out.add("recipient", coordinated(child, lexicon))


def _add_object_prepositions(verb: Token, out: Predication, lexicon: Lexicon) -> None:
    for child in verb.children:
        if child.dep_ in OBJECT:
            add_prepositions(child, out, lexicon)


def _nominal_in_clause(noun: Token, lexicon: Lexicon) -> Predication:
    """A noun predication; that of a subject also holds what its clause says, as "clause:…"."""
    out = nominal(noun, lexicon)
    if out.clause != noun and noun.dep_ in (*SUBJECT, *PASSIVE_SUBJECT):
        out.pending = partial(_fill_in_clause, lexicon=lexicon)
    return out


def _fill_in_clause(out: Predication, lexicon: Lexicon) -> None:
    fill_nominal(out, lexicon)
    noun, clause = out.trigger, out.clause
    others = [t for t in clause.subtree if t.dep_ == "conj" and t.pos_ == "VERB"]
    for verb in [clause, *(v for v in others if subjects(v, lexicon)[:1] in ([noun], []))]:
        inner = Predication(verb, "", "verb", verb)
        add_prepositions(verb, inner, lexicon)
        _add_object_prepositions(verb, inner, lexicon)
        for slot, heads in inner.slots.items():
            out.add(f"clause:{slot}", heads)
            out.add("clause", heads)
