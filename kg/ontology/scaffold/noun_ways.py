"""Ways to say a relation whose label is a noun: "member of", "director", "runway length"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ontology.scaffold.noun_verbs import (
    derived_verbs,
    does,
    event_verbs,
    gives_verb,
    is_agentive,
    sayings,
)
from kg.ontology.scaffold.way import DERIVED, GENERAL, LABEL, Sides, Way, dated
from kg.ontology.scaffold.words import english_table, lemma_of, noun_entry, singular

__all__ = ["nominal_ways", "of_which"]

_PATIENT = "ee"


def of_which(words: list[str]) -> Iterator[Way]:
    """For "member of", "capital of": the subject is what the noun says, of the object."""
    if len(words) < 2 or words[-1] not in ("of", "to", "for", "by"):
        return
    head, modifiers = singular(words[-2]), tuple(words[:-2])
    if noun_entry(head) is None:
        return
    if words[-1] == "by":  # "lyrics by": of the subject
        yield Way("noun", (head,), ("of", "possessor"), ("by",), LABEL, modifiers)
        return
    slots = (words[-1], "possessor") if words[-1] == "of" else (words[-1], "of", "possessor")
    yield Way("noun", (head,), ("bearer",), slots, LABEL, modifiers)
    for saying in sayings(head):
        if saying.get("of"):
            sides = tuple(saying["subject"]), tuple(saying["object"])
            yield Way("verb", tuple(saying["verbs"]), *sides, DERIVED)
    if is_agentive(head) and not modifiers:
        verbs = derived_verbs(head)
        if verbs:
            yield Way("verb", verbs, ("agent",), ("patient",), DERIVED)


def nominal_ways(words: list[str], sides: Sides) -> Iterator[Way]:
    """A noun that the subject has: "director", "date of birth", "country of origin"."""
    head, modifiers, after = _head(words)
    if head is None:
        return
    if len(words) > 1 and (verb := lemma_of(words[-1], "past")) and noun_entry(words[-1]) is None:
        yield Way("verb", (verb,), ("agent",), ("patient",), LABEL)  # "award received"
        yield from _named(singular(words[-2]), list(words[:-2]), sides)
        return
    if after is not None and after not in sides.subject_words:
        of_it = [*modifiers, after]
    else:
        of_it = modifiers
    table = english_table()["labels"]
    if sides.value == "number":
        yield from _measured(head, modifiers, counted=words[0] in ("number", "amount"))
        return
    if sides.value == "date":
        event = [m for m in of_it if m not in table["modifiers"]]
        if head not in table["times"]:
            event = [head]
        yield from dated(event_verbs(event[-1]) if event else ())
        if event:
            yield Way("noun", (event[-1],), ("of", "possessor"), ("in", "on"), DERIVED)
        yield Way("noun", (head,), ("of", "possessor"), ("bearer",), DERIVED, tuple(of_it[-1:]))
        return
    if sides.value is None and sides.place and head in table["places"]:
        yield from _placed(head, of_it)
        return
    yield from _named(head, modifiers, sides)


def _head(words: list[str]) -> tuple[str | None, list[str], str | None]:
    """Head, modifiers before it and the noun behind its "of"; what else follows is left out."""
    table = english_table()["labels"]
    prepositions = set(table["prepositions"])
    cut = next((i for i, w in enumerate(words) if i and w in prepositions), len(words))
    before, after = words[:cut], [w for w in words[cut + 1 :] if w not in table["auxiliaries"]]
    if not before:
        return None, [], None
    if before[-1] in ("number", "amount", "count") and after:
        return singular(after[-1]), after[:-1], None
    if before[-1] in ("count", "size", "total") and len(before) > 1:
        before = before[:-1]
    while len(before) > 1 and before[-1] in table["empty"] and not gives_verb(before[-2]):
        before = before[:-1]
    modifiers = [w for w in before[:-1] if w not in table["auxiliaries"]]
    behind = singular(after[-1]) if after and words[cut] == "of" and "or" not in after else None
    return singular(before[-1]), modifiers, behind


def _measured(head: str, modifiers: list[str], *, counted: bool) -> Iterator[Way]:
    mods = tuple(modifiers)
    measures = english_table()["labels"]["measures"]
    if counted or head not in measures:
        # "9,400 doctoral students": only the modifier tells which are counted
        yield Way("noun", (head,), ("agent", "of", "at", "in"), ("self",), DERIVED, mods[-1:])
        return
    yield Way("noun", (head,), ("of", "possessor"), ("bearer",), LABEL, mods)
    yield Way("noun", (head,), ("agent", "possessor"), ("of",), LABEL, mods)
    entry = noun_entry(head)
    adjectives = tuple(a for s in sayings(head) for a in s.get("adjectives", ()))
    adjectives = adjectives or (entry.adjectives if entry is not None else ())
    if adjectives:
        yield Way("adjective", adjectives, ("agent",), ("adjective:extent",), DERIVED)
    yield from _said(head)


def _placed(head: str, modifiers: list[str]) -> Iterator[Way]:
    """Where something is, or where something happened to it."""
    table = english_table()
    verbs = event_verbs(modifiers[-1]) if modifiers else ()
    if verbs:
        yield Way("verb", verbs, ("patient", "agent"), ("in", "at", "on"), LABEL)
    elif not modifiers:
        said = table["said_of_places"]
        slots = (*said["prepositions"], "within")
        yield Way("verb", tuple(said["verbs"]), ("patient", "agent"), slots, LABEL)
        yield Way("attached", (), ("self",), ("in", "at", "within"), GENERAL)
    yield Way("noun", (head,), ("of", "possessor"), ("bearer",), DERIVED, tuple(modifiers[-1:]))


def _named(head: str, modifiers: list[str], sides: Sides) -> Iterator[Way]:
    entry = noun_entry(head)
    mods = tuple(m for m in modifiers if m not in english_table()["labels"]["modifiers"])[-1:]
    yield Way("noun", (head,), ("of", "possessor", "for"), ("bearer",), LABEL, mods)
    if entry is not None and not mods:
        below = entry.below if sides.person else ()
        alike = tuple(w for w in (*entry.synonyms, *below) if "_" not in w)
        if alike and entry.kind in ("person", "act", "communication"):
            yield Way("noun", alike, ("of", "possessor"), ("bearer",), GENERAL)
    if sides.value is not None:
        verbs = derived_verbs(head) if entry is not None and entry.kind == "communication" else ()
        if verbs:
            yield Way("verb", verbs, ("patient",), ("attribute",), DERIVED)
        return
    yield from _said(head)
    if head.endswith(_PATIENT) and derived_verbs(head):
        yield Way("verb", derived_verbs(head), ("agent",), ("patient",), DERIVED)
    elif (sides.agent or is_agentive(head)) and not mods and does(head):
        yield Way("verb", derived_verbs(head), ("patient", "for", "in"), ("agent", "by"), DERIVED)
    elif (
        sides.agent and mods and not is_agentive(head) and event_verbs(mods[-1])
    ):  # "production company": it produces
        yield Way("verb", event_verbs(mods[-1]), ("patient",), ("agent", "by"), DERIVED)


def _said(noun: str) -> Iterator[Way]:
    """What english.toml says of a noun."""
    for saying in sayings(noun):
        if "verbs" in saying and not saying.get("passive") and "object" in saying:
            sides = tuple(saying["subject"]), tuple(saying["object"])
            subject, object_ = reversed(sides) if saying.get("of") else sides
            yield Way("verb", tuple(saying["verbs"]), subject, object_, DERIVED)
