"""Ways to say a relation whose label is a verb phrase: "directed by", "works for", "acquired"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ontology.scaffold.noun_verbs import words_of_saying
from kg.ontology.scaffold.way import GENERAL, LABEL, Sides, Way, dated
from kg.ontology.scaffold.words import english_table, lemma_of, noun_entry, verb_entry

__all__ = ["verbal_ways"]

_MAX_SYNONYMS = 3


def verbal_ways(words: list[str], sides: Sides, *, passive: bool) -> Iterator[Way]:
    """The ways of a label that begins with a verb, the surest first; none for another."""
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
        yield from dated((verb,))
    elif sides.place and (passive or verb in words_of_saying("passive")):
        yield Way("verb", (verb,), ("patient", "agent"), ("in", "at"), LABEL)
    else:
        yield from _acting(verb, sides)


def _acting(verb: str, sides: Sides) -> Iterator[Way]:
    if sides.value == "date":
        yield from dated((verb,))
        return
    yield Way("verb", (verb,), ("agent",), ("patient",), LABEL)
    yield from _alike(verb, ("agent",), ("patient",))


def _alike(verb: str, subject: tuple[str, ...], object_: tuple[str, ...]) -> Iterator[Way]:
    entry = verb_entry(verb)
    if entry is not None and entry.synonyms:
        yield Way("verb", entry.synonyms[:_MAX_SYNONYMS], subject, object_, GENERAL)


def _near(preposition: str) -> tuple[str, ...]:
    """Prepositions that stand for each other before places and times."""
    return {"in": ("at",), "at": ("in",), "on": ("in",), "to": ("into",)}.get(preposition, ())
