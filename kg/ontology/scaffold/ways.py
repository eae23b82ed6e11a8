"""Ways to say a relation, proposed from the words of its labels.

A label is a verb phrase ("directed by", "works for"), a noun that the subject is ("member of") or
one that it has ("director", "date of birth", "runway length"). Which verbs a noun gives, and which
verbs mean the same, is WordNet's word or english.toml's; nothing here knows a subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ontology.scaffold.noun_ways import nominal_ways, of_which
from kg.ontology.scaffold.verb_ways import verbal_ways
from kg.ontology.scaffold.way import DERIVED, GENERAL, Sides, Way
from kg.ontology.scaffold.words import english_table, lemma_of

__all__ = ["merged", "ways_to_say"]


def ways_to_say(label: str, words: list[str], sides: Sides) -> Iterator[Way]:
    """The ways that a label (split into words) suggests, the surest first."""
    auxiliaries = english_table()["labels"]["auxiliaries"]
    passive = bool({"is", "was", "are", "were", "been", "being"} & set(words[:2]))
    while len(words) > 1 and words[0] in auxiliaries:
        words = words[1:]
    if not words or words[0] in auxiliaries:
        return
    found = list(verbal_ways(words, sides, passive=passive))
    if not found and len(words) == 1 and sides.value is None:
        verb = lemma_of(words[0], "third")  # "orbits": a verb, or what the subject has
        if verb is not None and verb != words[0] and not sides.agent:
            found = [Way("verb", (verb,), ("agent",), ("patient",), DERIVED)]
            found += nominal_ways(words, sides)
    if not found:
        found = list(of_which(words)) or list(nominal_ways(words, sides))
    seen = set()
    for way in found:
        if way.words and way not in seen:
            seen.add(way)
            yield way


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
