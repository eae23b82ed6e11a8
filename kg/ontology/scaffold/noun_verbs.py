"""The verbs that a noun of a label gives: WordNet's word, or english.toml's."""

from __future__ import annotations

from typing import Any

from kg.ontology.scaffold.words import english_table, lemma_of, noun_entry, singular, verb_entry

__all__ = [
    "derived_verbs",
    "does",
    "event_verbs",
    "gives_verb",
    "is_agentive",
    "related_verbs",
    "sayings",
    "words_of_saying",
]

_AGENTIVE = ("er", "or", "ist")


def sayings(noun: str) -> list[dict[str, Any]]:
    """The entries of english.toml on how a noun is said with other words."""
    return [s for s in english_table()["saying"] if noun in s["nouns"]]


def words_of_saying(key: str) -> frozenset[str]:
    """The verbs of all entries with this key, as "passive"."""
    return frozenset(v for s in english_table()["saying"] if s.get(key) for v in s["verbs"])


def event_verbs(word: str) -> tuple[str, ...]:
    """Verbs for what happens: of a noun ("birth", "release"), a participle or a gerund."""
    said = [
        v
        for s in sayings(word)
        if s.get("passive") or "object" not in s
        for v in s.get("verbs", ())
    ]
    if said:
        return tuple(said)
    form = lemma_of(word, "gerund") or (lemma_of(word, "past") if word.endswith("ed") else None)
    return (form,) if form is not None else derived_verbs(word)


def derived_verbs(noun: str) -> tuple[str, ...]:
    """Verbs that a noun or its synonyms give; of "screenwriter" those of "writer"."""
    noun = singular(noun)
    entry = noun_entry(noun)
    found: list[str] = []
    if entry is not None:
        found += entry.verbs
        for other in entry.synonyms if is_agentive(noun) else ():
            more = noun_entry(other)
            found += more.verbs if more is not None else ()
    if not found and noun.endswith(("er", "or")):
        parts = (noun[i:] for i in range(2, len(noun) - 4))
        inner = next(
            (e for p in parts if (e := noun_entry(p)) and e.kind == "person" and e.verbs), None
        )
        found += inner.verbs if inner is not None else ()
    return tuple(v for v in dict.fromkeys(found) if _is_usual(v))[:4]


def does(noun: str) -> bool:
    """True for a noun of somebody who does what a verb says: "director", "host"."""
    entry = noun_entry(noun)
    return bool(derived_verbs(noun)) and (
        is_agentive(noun) or (entry is not None and entry.kind == "person")
    )


def gives_verb(word: str) -> bool:
    """True for what a company or person does ("production", "operating"), not what it is."""
    entry = noun_entry(word)
    return bool(event_verbs(word)) and (entry is None or entry.kind in ("act", "event", "process"))


def _is_usual(verb: str) -> bool:
    return "_" not in verb and verb_entry(verb) is not None


def is_agentive(noun: str) -> bool:
    """True for a noun that is made of a verb for who does it: "owner", "pianist"."""
    entry = noun_entry(noun)
    return noun.endswith(_AGENTIVE) and (entry is None or entry.kind == "person")


def related_verbs(noun: str) -> tuple[str, ...]:
    """Verbs that a noun gives, and those that english.toml says it with."""
    said = (v.split("_")[0] for saying in sayings(noun) for v in saying.get("verbs", ()))
    return tuple(dict.fromkeys((*derived_verbs(noun)[:3], *said)))
