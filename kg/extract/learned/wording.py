"""What the ontology's words say of a relation that has no example: how texts may word it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.learned.folding import folded, label_words, stem
from kg.extract.learned.schema import Slots, slots_of
from kg.extract.learned.words import sorts_of_words, words
from kg.ontology.domain import Ontology
from kg.ontology.scaffold.kinds import Kinds, kinds_of, meanings_of, verbs_alike
from kg.ontology.scaffold.noun_verbs import related_verbs
from kg.ontology.scaffold.way import Sides
from kg.ontology.scaffold.ways import ways_to_say
from kg.ontology.scaffold.words import (
    english_table,
    lemma_of,
    noun_entry,
    singular,
    split_label,
)

__all__ = ["Wording", "told_apart", "wording_of", "wordings_of"]

LIKELY = 0.5  # prior of a way to say, from which on its words are as good as the label's
SENSES = 2  # of a class label


@dataclass(frozen=True, slots=True)
class Wording:
    """Stems that say a relation, and what fills its slots. Empty sets say nothing."""

    name: str
    own: frozenset[str]  # of its label
    said: frozenset[str]  # that follow from it: "directed" of "director"
    vague: frozenset[str]  # that mean nearly the same
    prepositions: frozenset[str]
    domain: Slots
    range: Slots
    domain_kinds: Kinds
    range_kinds: Kinds
    range_heads: frozenset[str]  # stems of the last words of the range's labels
    domain_heads: frozenset[str]  # of the domain's, and of words that mean the same
    is_kind: bool  # the object is a kind of the subject: genre, type, style
    does: bool  # the label is of somebody who does it: "author", "lyrics by"
    verbal: bool  # the label is a verb: "designed by"
    directed: bool  # it ends in a preposition

    @property
    def strong(self) -> frozenset[str]:
        """Stems that say it for certain."""
        return self.own | self.said


def wordings_of(ontology: Ontology, names: Iterable[str]) -> tuple[Wording, ...]:
    """The wordings of relations of a domain, by name; what it does not have is passed over."""

    def labels(classes: Sequence[str]) -> list[str]:
        known = (ontology.classes.get(c) for c in classes)
        local = (c.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for c in classes)
        return [k.label if k is not None else c for k, c in zip(known, local, strict=True)]

    relations = (ontology.relations[name] for name in sorted(names) if name in ontology.relations)
    return tuple(wording_of(r.name, r.label, labels(r.domain), labels(r.range)) for r in relations)


def wording_of(name: str, label: str, domain: Sequence[str], range_: Sequence[str]) -> Wording:
    """The wording of a relation by its label and the labels of the classes of its slots."""
    labels = english_table()["labels"]
    prepositions = set(labels["prepositions"])
    said = split_label(label)
    cut = next((i for i, word in enumerate(said) if i and word in prepositions), len(said))
    front = [w for w in said[:cut] if w not in labels["auxiliaries"]]
    head = singular(front[-1]) if front else ""
    sorts = slots_of(range_) - {"any"} or (frozenset() if range_ else _implied(head))
    subject = frozenset(stem(w) for each in domain for w in _like(each))
    own, likely, vague = _cues(label, said, sorts)
    if (own | likely) - subject:  # "filming location" of a film: "film" says nothing there
        own, likely = own - subject, likely - subject
    range_kinds = _meanings(range_)
    if "person" not in sorts and head not in words("broad"):
        range_kinds |= meanings_of(" ".join(front), SENSES) or meanings_of(head, SENSES)
    entry = noun_entry(head) if head else None
    participle = lemma_of(said[0], "past") if said else None
    return Wording(
        name=name,
        own=own,
        said=likely - own,
        vague=vague - own - likely - subject,
        prepositions=_prepositions(said, prepositions, sorts),
        domain=slots_of(domain),
        range=sorts or _sorts(range_kinds),
        domain_kinds=_meanings(domain),
        range_kinds=range_kinds,
        range_heads=frozenset(stem(w[-1]) for each in range_ if (w := label_words(each))),
        domain_heads=subject,
        is_kind=any(
            _is_kind(word) for word in (head, *(w[-1] for w in map(label_words, range_) if w))
        ),
        does=(entry is not None and entry.kind == "person") or said[-1:] == ["by"],
        verbal=participle is not None and participle != said[0],
        directed=len(said) > 1 and said[-1] in prepositions,
    )


@lru_cache(maxsize=64)
def told_apart(wordings: tuple[Wording, ...]) -> tuple[Wording, ...]:
    """The wordings, with the word of a range that only one of them has as a word of that relation.

    Of "part of", from songs to albums, the label says little, and "the album" much.
    """
    return tuple(replace(w, own=w.own | _only_here(w, wordings)) for w in wordings)


def _only_here(w: Wording, wordings: Sequence[Wording]) -> frozenset[str]:
    others = (o.range_heads | o.own | o.said for o in wordings if o.name != w.name)
    known = frozenset().union(*others, *(o.domain_heads for o in wordings))
    idle = {stem(word) for word in (*words("broad"), *_sorts_alone())}
    return w.range_heads - known - idle


def _sorts_alone() -> set[str]:
    return {w for w, sorts in sorts_of_words().items() if sorts & {"any", "number", "date"}}


def _implied(head: str) -> Slots:
    """What the head of a label asks of its object where the ontology gives no range."""
    labels = english_table()["labels"]
    for sort, nouns in (("date", "times"), ("place", "places"), ("number", "measures")):
        if head in labels[nouns]:
            return frozenset({sort})
    if kinds_of(head, 1) & (meanings_of("beginning", 1) | meanings_of("ending", 2)):
        return frozenset({"date"})  # "inception"
    entry = noun_entry(head) if head else None
    if entry is not None and entry.kind == "person":
        return frozenset({"person", "organisation"})
    return sorts_of_words().get(head, frozenset())


def _cues(
    label: str, said: list[str], sorts: Slots
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Stems of the label, those that follow from it, and those that mean nearly the same."""
    table = english_table()["labels"]
    idle = {*words("empty"), *table["auxiliaries"], *table["modifiers"], *table["prepositions"]}
    core = [w for w in said if w not in idle]
    agent = bool(sorts & {"person", "organisation"})
    value = "date" if "date" in sorts else "number" if "number" in sorts else None
    sides = Sides(value, "place" in sorts, agent, "person" in sorts)
    likely: set[str] = set()
    vague: set[str] = set()
    for way in ways_to_say(label, list(said), sides):
        if way.kind != "attached":
            (likely if way.prior > LIKELY else vague).update(w.split("_")[0] for w in way.words)
    verbs = [v for word in core for v in related_verbs(word)]
    likely.update(verbs)
    participle = lemma_of(said[0], "past") if said else None
    for word in (*core, *verbs, *([participle] if participle else [])):
        vague.update(verbs_alike(word))
    own = {stem(folded(w)) for w in core if w not in table["times"]}
    broad = {stem(w) for w in words("broad")}
    return (
        frozenset(own),
        frozenset(stem(folded(w)) for w in likely),
        frozenset(stem(folded(w)) for w in vague) - broad,
    )


def _prepositions(said: list[str], known: set[str], sorts: Slots) -> frozenset[str]:
    found = {w for w in said if w in known and w != "of"}
    if "place" in sorts:
        found |= {"in", "at"}
    if "date" in sorts:
        found |= {"in", "on"}
    return frozenset(found)


def _like(label: str) -> set[str]:
    """The last word of a class label and nouns that mean the same."""
    found = label_words(label)
    head = singular(found[-1]) if found else ""
    entry = noun_entry(head) if head else None
    return {head, *(w for w in (entry.synonyms if entry else ()) if "_" not in w)} - {""}


def _meanings(labels: Iterable[str]) -> Kinds:
    """Meanings of the classes; of a word that means almost anything none."""
    found: set[int] = set()
    for label in labels:
        said = label_words(label)
        whole = meanings_of(" ".join(said), SENSES) if len(said) > 1 else frozenset()
        if whole or (said and said[-1] not in words("broad")):
            found |= whole or meanings_of(said[-1], SENSES)
    return frozenset(found)


def _is_kind(word: str) -> bool:
    return bool(kinds_of(word, 1) & (meanings_of("kind", 1) | meanings_of("category", 1)))


def _sorts(kinds: Kinds) -> Slots:
    """The sorts of meanings that no word of a label tells."""
    table = words("sorts_of_kinds")
    found = set()
    for entry in table:
        sort, _, phrase = entry.partition(": ")
        if meanings_of(phrase, 1) & kinds:
            found.add(sort)
    return frozenset(found)
