"""The data dictionary of a property graph: what its labels, types and properties are and mean.

It is made from the graph itself and from the definitions of the ontology, so that it lists what is
there and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.errors import InvalidGraphError
from kg.ontology.domain import Ontology
from kg.property_graph.model import Node, PropertyGraph, PropertyValue, Relationship
from kg.property_graph.names import CLAIMED, DENIED, INFERRED, PREFIXES, Names, inferred
from kg.property_graph.terms import KEYS, LINKS, PROPERTIES
from kg.property_graph.values import DAY, ID, TEXT, YEAR

__all__ = [
    "DataDictionary",
    "Label",
    "Property",
    "Type",
    "Vocabulary",
    "data_dictionary",
    "type_name",
    "vocabulary",
]

_PREFIXED = {
    CLAIMED: "Claimed by somebody, or hedged",
    DENIED: "Denied",
    INFERRED: "Drawn by a rule",
}
_SUFFIXED = {
    YEAR: "Year of `{}`.",
    DAY: "Day of `{}`, where a full date is stated.",
    TEXT: "Words of the article for `{}`.",
    ID: "IRI of `{}`.",
}
_SCALARS: Mapping[type, str] = {
    bool: "boolean",
    int: "long",
    float: "double",
    date: "date",
    str: "string",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its one type, how many nodes or relationships of its owner have it, meaning."""

    name: str
    type: str  # string, long, double, boolean, date, string[], long[]
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label, and the key labels that it is found with; a key label is found with itself."""

    name: str
    keys: tuple[str, ...]
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Type:
    """A relationship type, and the key labels that it goes from and to."""

    name: str
    ends: tuple[tuple[str, str], ...]
    count: int
    meaning: str
    relation: str | None  # as the ontology calls it; None: no relation of the domain


@dataclass(frozen=True, slots=True)
class DataDictionary:
    """All there is in one property graph; each sequence is sorted by name.

    `node_properties` are by key label; `relationship_properties` by type for the types that are no
    relation of the domain, and under "" for all others together.
    """

    labels: tuple[Label, ...]
    types: tuple[Type, ...]
    node_properties: Mapping[str, tuple[Property, ...]]
    relationship_properties: Mapping[str, tuple[Property, ...]]

    @property
    def property_types(self) -> dict[str, str]:
        """Name of each property to its type, the id included."""
        groups = (*self.node_properties.values(), *self.relationship_properties.values())
        return {"id": "string"} | {p.name: p.type for group in groups for p in group}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names that there may be; each sequence is sorted."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    properties: tuple[str, ...]


def data_dictionary(graph: PropertyGraph, ontology: Ontology) -> DataDictionary:
    """The dictionary of a graph that was made under this ontology.

    Raises InvalidGraphError for a property that has two types: a store could not import it.
    """
    meanings = _Meanings(Names(ontology))
    nodes: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.key].append(node)
    relationships: dict[str, list[Relationship]] = defaultdict(list)
    for item in graph.relationships:
        relationships[item.type if item.type in LINKS else ""].append(item)
    found = DataDictionary(
        labels=_labels(graph, meanings),
        types=_types(graph, meanings),
        node_properties={key: meanings.properties(nodes[key]) for key in sorted(nodes)},
        relationship_properties={
            type_: meanings.properties(relationships[type_]) for type_ in sorted(relationships)
        },
    )
    _check_types(found)
    return found


def vocabulary(ontology: Ontology) -> Vocabulary:
    """All names that any property graph under this ontology may have."""
    names = Names(ontology)
    meanings = _Meanings(names)
    claimed = [r for r in ontology.relations.values() if r.use in ("claim", "qualifier")]
    stems = [names.property(relation.name) for relation in claimed]
    suffixes = [names.shape(relation.name).suffixes for relation in claimed]
    properties = {
        form + suffix
        for stem, ends in zip(stems, suffixes, strict=True)
        for form in (stem, inferred(stem))
        for suffix in ends
    }
    return Vocabulary(
        labels=tuple(sorted({*KEYS, *names.label_of.values()})),
        types=tuple(sorted({*LINKS, *meanings.relations})),
        properties=tuple(sorted({*PROPERTIES, *properties})),
    )


def type_name(value: PropertyValue) -> str:
    """The type of a property value, as the dictionary and the header of an import call it.

    >>> type_name(("a", "b")), type_name(True), type_name(2)
    ('string[]', 'boolean', 'long')
    """
    if isinstance(value, tuple):
        return _SCALARS[type(value[0])] + "[]"
    return _SCALARS[type(value)]


def _labels(graph: PropertyGraph, meanings: _Meanings) -> tuple[Label, ...]:
    counts = Counter(label for node in graph.nodes for label in node.labels)
    keys: dict[str, set[str]] = defaultdict(set)
    for node in graph.nodes:
        for label in node.labels:
            keys[label].add(node.key)
    return tuple(
        Label(name, tuple(sorted(keys[name])), counts[name], meanings.of_label(name))
        for name in sorted(counts)
    )


def _types(graph: PropertyGraph, meanings: _Meanings) -> tuple[Type, ...]:
    key_of = {node.id: node.key for node in graph.nodes}
    counts = Counter(item.type for item in graph.relationships)
    ends: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for item in graph.relationships:
        ends[item.type].add((key_of[item.start], key_of[item.end]))
    return tuple(
        Type(
            name,
            tuple(sorted(ends[name])),
            counts[name],
            meanings.of_type(name),
            meanings.relations[name][0] if name in meanings.relations else None,
        )
        for name in sorted(counts)
    )


class _Meanings:
    """What names mean, by the definitions of the ontology."""

    def __init__(self, names: Names) -> None:
        self.ontology = names.ontology
        self.classes = {label: name for name, label in names.label_of.items()}
        self.relations = {
            prefix + type_: (name, prefix)
            for name, type_ in names.types.items()
            if names.relation(name).use in ("claim", "inference")
            for prefix in PREFIXES
        }
        self.own: dict[str, str] = {}
        for name, property_ in names.properties.items():
            definition = self.ontology.relations[name].definition
            for form, said in (
                (property_, definition),
                (inferred(property_), f"{definition} No article says it: a rule does."),
            ):
                self.own.setdefault(form, said)
                for suffix, text in _SUFFIXED.items():
                    self.own.setdefault(form + suffix, text.format(form))

    def of_label(self, name: str) -> str:
        if name in KEYS:
            return KEYS[name]
        return self.ontology.classes[self.classes[name]].definition

    def of_type(self, name: str) -> str:
        if name in LINKS:
            return LINKS[name]
        relation, prefix = self.relations[name]
        definition = self.ontology.relations[relation].definition
        return f"{_PREFIXED[prefix]}: {definition}" if prefix else definition

    def properties(self, owners: Iterable[Node | Relationship]) -> tuple[Property, ...]:
        counts: Counter[tuple[str, str]] = Counter()
        for owner in owners:
            counts["id", "string"] += 1
            counts.update((name, type_name(value)) for name, value in owner.properties.items())
        return tuple(
            Property(name, type_, counts[name, type_], self._of_property(name))
            for name, type_ in sorted(counts)
        )

    def _of_property(self, name: str) -> str:
        return PROPERTIES[name][1] if name in PROPERTIES else self.own[name]


def _check_types(dictionary: DataDictionary) -> None:
    groups = (*dictionary.node_properties.items(), *dictionary.relationship_properties.items())
    for owner, properties in groups:
        for item in properties:
            if dictionary.property_types[item.name] != item.type:
                raise InvalidGraphError(
                    f"property {item.name!r} of {owner or 'facts'} is a {item.type} here and a "
                    f"{dictionary.property_types[item.name]} elsewhere; a property has one type"
                )
