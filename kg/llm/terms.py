"""What of an ontology a model is offered: the relations that texts claim, and their classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.extract.amounts import XSD
from kg.extract.numbers import NUMBERS
from kg.ontology.domain import Ontology
from kg.ontology.terms import Relation

__all__ = ["DATES", "DURATIONS", "VALUE", "Terms", "terms_of"]

VALUE = "value"
"""What a model is to call the class of an object that is words, a date or a number."""

DATES = frozenset(XSD + name for name in ("date", "gYear", "gYearMonth"))

DURATIONS = frozenset({XSD + "duration"})

_READABLE = DATES | NUMBERS | {XSD + "string"}
_BUILT = frozenset({"Quantity", "Quotation"})  # nodes that rules build of several words
_OF_BUILT = frozenset({"about", "comparator", "unit"})  # qualifiers read with what they narrow
_MOST_CLASSES = 200  # of more, those that relations name or, last, those at the top are offered


@dataclass(frozen=True, slots=True)
class Terms:
    """Relations and qualifiers by name, and the names of the classes of things.

    Relations that the domain has many ways to say come first; small models heed the first most.
    """

    relations: dict[str, Relation]
    classes: tuple[str, ...]
    qualifiers: dict[str, Relation] = field(default_factory=dict)


def terms_of(ontology: Ontology) -> Terms:
    """The relations with their classes; those below them too, unless there are very many.

    Whatever is offered, each class of the ontology is accepted in an answer.
    """
    known = sorted(ontology.relations.values(), key=lambda r: r.name)
    ways = Counter(frame.predicate for frame in ontology.frames)
    offered = (r for r in known if r.use == "claim" and _is_offered(r))
    relations = {r.name: r for r in sorted(offered, key=lambda r: -ways[r.name])}
    qualifiers = {r.name: r for r in known if r.use == "qualifier" and r.name not in _OF_BUILT}
    return Terms(relations, tuple(sorted(_classes(relations.values(), ontology))), qualifiers)


def _is_offered(relation: Relation) -> bool:
    if relation.is_datatype:
        return not relation.range or bool(_READABLE.intersection(relation.range))
    return not _BUILT.intersection(relation.range)


def _classes(relations: Iterable[Relation], ontology: Ontology) -> Collection[str]:
    named: set[str] = set()
    any_will_do = False
    for relation in relations:
        ranges = () if relation.is_datatype else (relation.range,)
        for classes in (relation.domain, *ranges):
            named.update(classes)
            any_will_do = any_will_do or not classes
    named &= ontology.classes.keys()
    if any_will_do:
        found = list(ontology.classes)
    else:
        found = [name for name in ontology.classes if ontology.is_any(name, named)]
    if len(found) <= _MOST_CLASSES:
        return found
    top = (name for name, known in ontology.classes.items() if not known.parents)
    return list(dict.fromkeys((*sorted(named), *sorted(top))))[:_MOST_CLASSES]
