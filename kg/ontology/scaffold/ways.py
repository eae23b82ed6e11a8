"""Ways to say a relation, proposed from the words of its labels.

A label is a verb phrase ("directed by", "works for"), a noun that the subject is ("member of") or
one that it has ("director", "date of birth", "runway length"). Which verbs a noun gives, and which
verbs mean the same, is WordNet's word or english.toml's; nothing here knows a subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.ontology.scaffold.words import (
    english_table,
    lemma_of,
    noun_entry,
    singular,
    verb_entry,
)

__all__ = ["Sides", "Way", "ways_to_say"]

LABEL, DERIVED, GENERAL = (
    0.6,
    0.55,
    0.45,
)  # priors: the label's own words, what follows, what any verb says
MAX_SYNONYMS = 3
AGENTIVE, PATIENT = ("er", "or", "ist"), "ee"


@dataclass(frozen=True, slots=True)
class Sides:
    """What the sides of a relation are, as far as ways depend on it.

    `value` is that of DomainRelation; the rest tells whether the object is a place, a person or an
    organisation. `subject_words` denote the subject's classes.
    """

    value: str | None
    place: bool = False
    agent: bool = False
    person: bool = False
    subject_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """A frame to be: what triggers it, and where subject and object stand."""

    kind: str  # "verb", "noun", "adjective" or "attached"
    words: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    prior: float = LABEL
    modifiers: tuple[str, ...] = ()


def ways_to_say(label: str, words: list[str], sides: Sides) -> Iterator[Way]:
    """The ways that a label (split into words) suggests, the surest first."""
    auxiliaries = english_table()["labels"]["auxiliaries"]
    passive = bool({"is", "was", "are", "were", "been", "being"} & set(words[:2]))
    while len(words) > 1 and words[0] in auxiliaries:
        words = words[1:]
    if not words or words[0] in auxiliaries:
        return
    found = list(_verbal(words, sides, passive=passive))
    if not found and len(words) == 1 and sides.value is None:
        verb = lemma_of(words[0], "third")  # "orbits": a verb, or what the subject has
        if verb is not None and verb != words[0] and not sides.agent:
            found = [Way("verb", (verb,), ("agent",), ("patient",), DERIVED)]
            found += _nominal(words, sides)
    if not found:
        found = list(_of_which(words)) or list(_nominal(words, sides))
    seen = set()
    for way in found:
        if way.words and way not in seen:
            seen.add(way)
            yield way


# -- verbs ----------------------------------------------------------------------------------------


def _verbal(words: list[str], sides: Sides, *, passive: bool) -> Iterator[Way]:
    first, last = words[0], words[-1]
    prepositions = english_table()["labels"]["prepositions"]
    ends = len(words) > 1 and last in prepositions
    for form in ("past", "third", "base"):
        verb = lemma_of(first, form)
        if verb is not None and ends and len(words) == 2 and verb_entry(f"{verb}_{last}"):
            yield from _acting(f"{verb}_{last}", sides)  # "took over"; beside "was born in"
    participle = lemma_of(first, "past")
    if participle is not None and first != participle:
        if ends and last == "by":
            yield from _done_by(participle)
        elif ends:
            slots = ("patient", "agent")
            yield Way("verb", (participle,), slots, (last, *_near(last)), LABEL)
            yield from _alike(participle, slots, (last,))
        elif len(words) == 1 or words[1] not in prepositions:
            yield from _past(participle, sides, passive=passive)
        return
    if "of" in words or last == "by":
        return  # "part of", "mouth of the river", "lyrics by"
    verb = _present(first, has_preposition=ends, alone=len(words) == 1)
    if verb is None:
        return
    if ends:
        yield Way("verb", (verb,), ("agent", "patient"), (last, *_near(last)), LABEL)
        yield from _alike(verb, ("agent", "patient"), (last,))
    else:
        yield from _acting(verb, sides)


def _present(word: str, *, has_preposition: bool, alone: bool) -> str | None:
    """The verb of a label that begins with one in the present: "employs", "works for", "own"."""
    noun = noun_entry(word)
    third, gerund = lemma_of(word, "third"), lemma_of(word, "gerund")
    for verb in (third, lemma_of(word, "base")):
        entry = verb_entry(verb) if verb is not None else None
        if verb is None or entry is None:
            continue
        if has_preposition or noun is None or (entry.often and (alone or verb == third)):
            return verb
    return gerund if gerund is not None and (has_preposition or (alone and noun is None)) else None


def _done_by(verb: str) -> Iterator[Way]:
    yield Way("verb", (verb,), ("patient",), ("agent", "by"), LABEL)
    yield from _alike(verb, ("patient",), ("agent", "by"))


def _past(verb: str, sides: Sides, *, passive: bool) -> Iterator[Way]:
    """A bare past form: "acquired" does something to its object, "born" only has time and place."""
    if sides.value == "date":
        yield from _dated((verb,))
    elif sides.place and (passive or verb in _words_of_saying("passive")):
        yield Way("verb", (verb,), ("patient", "agent"), ("in", "at"), LABEL)
    else:
        yield from _acting(verb, sides)


def _acting(verb: str, sides: Sides) -> Iterator[Way]:
    if sides.value == "date":
        yield from _dated((verb,))
        return
    yield Way("verb", (verb,), ("agent",), ("patient",), LABEL)
    yield from _alike(verb, ("agent",), ("patient",))


def _alike(verb: str, subject: tuple[str, ...], object_: tuple[str, ...]) -> Iterator[Way]:
    entry = verb_entry(verb)
    if entry is not None and entry.synonyms:
        yield Way("verb", entry.synonyms[:MAX_SYNONYMS], subject, object_, GENERAL)


def _near(preposition: str) -> tuple[str, ...]:
    """Prepositions that stand for each other before places and times."""
    return {"in": ("at",), "at": ("in",), "on": ("in",), "to": ("into",)}.get(preposition, ())


# -- nouns ----------------------------------------------------------------------------------------


def _of_which(words: list[str]) -> Iterator[Way]:
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
    for saying in _sayings(head):
        if saying.get("of"):
            sides = tuple(saying["subject"]), tuple(saying["object"])
            yield Way("verb", tuple(saying["verbs"]), *sides, DERIVED)
    if _is_agentive(head) and not modifiers:
        verbs = _derived(head)
        if verbs:
            yield Way("verb", verbs, ("agent",), ("patient",), DERIVED)


def _nominal(words: list[str], sides: Sides) -> Iterator[Way]:
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
        yield from _dated(_event_verbs(event[-1]) if event else ())
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
    while len(before) > 1 and before[-1] in table["empty"] and not _gives_verb(before[-2]):
        before = before[:-1]
    modifiers = [w for w in before[:-1] if w not in table["auxiliaries"]]
    behind = singular(after[-1]) if after and words[cut] == "of" and "or" not in after else None
    return singular(before[-1]), modifiers, behind


def _dated(verbs: tuple[str, ...]) -> Iterator[Way]:
    if verbs:
        slots = tuple(english_table()["said_of_dates"]["prepositions"])
        yield Way("verb", verbs, ("patient", "agent"), slots, LABEL)


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
    adjectives = tuple(a for s in _sayings(head) for a in s.get("adjectives", ()))
    adjectives = adjectives or (entry.adjectives if entry is not None else ())
    if adjectives:
        yield Way("adjective", adjectives, ("agent",), ("adjective:extent",), DERIVED)
    yield from _said(head)


def _placed(head: str, modifiers: list[str]) -> Iterator[Way]:
    """Where something is, or where something happened to it."""
    table = english_table()
    verbs = _event_verbs(modifiers[-1]) if modifiers else ()
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
        verbs = _derived(head) if entry is not None and entry.kind == "communication" else ()
        if verbs:
            yield Way("verb", verbs, ("patient",), ("attribute",), DERIVED)
        return
    yield from _said(head)
    if head.endswith(PATIENT) and _derived(head):
        yield Way("verb", _derived(head), ("agent",), ("patient",), DERIVED)
    elif (sides.agent or _is_agentive(head)) and not mods and _does(head):
        yield Way("verb", _derived(head), ("patient", "for", "in"), ("agent", "by"), DERIVED)
    elif (
        sides.agent and mods and not _is_agentive(head) and _event_verbs(mods[-1])
    ):  # "production company": it produces
        yield Way("verb", _event_verbs(mods[-1]), ("patient",), ("agent", "by"), DERIVED)


def _said(noun: str) -> Iterator[Way]:
    """What english.toml says of a noun."""
    for saying in _sayings(noun):
        if "verbs" in saying and not saying.get("passive") and "object" in saying:
            sides = tuple(saying["subject"]), tuple(saying["object"])
            subject, object_ = reversed(sides) if saying.get("of") else sides
            yield Way("verb", tuple(saying["verbs"]), subject, object_, DERIVED)


def _sayings(noun: str) -> list[dict[str, Any]]:
    return [s for s in english_table()["saying"] if noun in s["nouns"]]


def _words_of_saying(key: str) -> frozenset[str]:
    return frozenset(v for s in english_table()["saying"] if s.get(key) for v in s["verbs"])


def _event_verbs(word: str) -> tuple[str, ...]:
    """Verbs for what happens: of a noun ("birth", "release"), a participle or a gerund."""
    said = [
        v
        for s in _sayings(word)
        if s.get("passive") or "object" not in s
        for v in s.get("verbs", ())
    ]
    if said:
        return tuple(said)
    form = lemma_of(word, "gerund") or (lemma_of(word, "past") if word.endswith("ed") else None)
    return (form,) if form is not None else _derived(word)


def _derived(noun: str) -> tuple[str, ...]:
    """Verbs that a noun or its synonyms give; of "screenwriter" those of "writer"."""
    noun = singular(noun)
    entry = noun_entry(noun)
    found: list[str] = []
    if entry is not None:
        found += entry.verbs
        for other in entry.synonyms if _is_agentive(noun) else ():
            more = noun_entry(other)
            found += more.verbs if more is not None else ()
    if not found and noun.endswith(("er", "or")):
        parts = (noun[i:] for i in range(2, len(noun) - 4))
        inner = next(
            (e for p in parts if (e := noun_entry(p)) and e.kind == "person" and e.verbs), None
        )
        found += inner.verbs if inner is not None else ()
    return tuple(v for v in dict.fromkeys(found) if _is_usual(v))[:4]


def _does(noun: str) -> bool:
    """True for a noun of somebody who does what a verb says: "director", "host"."""
    entry = noun_entry(noun)
    return bool(_derived(noun)) and (
        _is_agentive(noun) or (entry is not None and entry.kind == "person")
    )


def _gives_verb(word: str) -> bool:
    """True for what a company or person does ("production", "operating"), not what it is."""
    entry = noun_entry(word)
    return bool(_event_verbs(word)) and (entry is None or entry.kind in ("act", "event", "process"))


def _is_usual(verb: str) -> bool:
    return "_" not in verb and verb_entry(verb) is not None


def _is_agentive(noun: str) -> bool:
    entry = noun_entry(noun)
    return noun.endswith(AGENTIVE) and (entry is None or entry.kind == "person")


def merged(ways: Iterable[Way]) -> list[Way]:
    """Ways that differ in their words only as one, in the order of the first.

    Words that mean only nearly the same stay apart: they say it with less certainty.
    """
    found: dict[tuple[object, ...], Way] = {}
    for way in ways:
        vague = way.prior <= GENERAL
        key = (vague, way.kind, way.subject, way.object, way.modifiers)
        old = found.get(key)
        if old is None:
            found[key] = way
        else:
            words = tuple(dict.fromkeys((*old.words, *way.words)))
            prior = max(old.prior, way.prior)
            found[key] = Way(way.kind, words, way.subject, way.object, prior, way.modifiers)
    return list(found.values())
