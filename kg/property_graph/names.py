"""Labels, relationship types and property names, made from the terms of an ontology.

A domain may call its terms as it likes: two of them never share a name here, and none takes one
that the view itself uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from kg.errors import InvalidGraphError
from kg.ontology.domain import Ontology
from kg.ontology.terms import Relation
from kg.property_graph.terms import COLUMNS, KEYS, LINKS, PROPERTIES
from kg.property_graph.values import Shape, shape_of
from kg.rdf.terms import NR

__all__ = ["CLAIMED", "DENIED", "INFERRED", "PREFIXES", "Names", "inferred"]

CLAIMED = "CLAIMED_"
DENIED = "DENIED_"
INFERRED = "INFERRED_"
PREFIXES = ("", CLAIMED, DENIED, INFERRED)

_CAMEL = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")


class Names:
    """What the terms of one ontology are called in its property graphs."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def labels(self, class_name: str) -> tuple[str, ...]:
        """`Entity`, then the classes from the most general to the given one.

        Raises InvalidGraphError for a class that the domain does not have.
        """
        if class_name not in self.ontology.classes:
            raise InvalidGraphError(
                f"the class {class_name!r} is not in domain {self.ontology.name!r}; "
                "add it to its ontology.ttl"
            )
        return self._ancestry[class_name]

    def relation(self, name: str) -> Relation:
        """The relation of that name. Raises InvalidGraphError when the domain has none."""
        if name not in self.ontology.relations:
            raise InvalidGraphError(
                f"the relation {name!r} is not in domain {self.ontology.name!r}; "
                "add it to its ontology.ttl"
            )
        return self.ontology.relations[name]

    def type(self, relation: str, prefix: str = "") -> str:
        """The relationship type of a relation, UPPER_SNAKE."""
        self.relation(relation)
        return prefix + self.types[relation]

    def property(self, relation: str) -> str:
        """The name of the property that holds a literal of the relation."""
        self.relation(relation)
        return self.properties[relation]

    @cached_property
    def label_of(self) -> dict[str, str]:
        """Class name to label."""
        taken: set[str] = set()
        found: dict[str, str] = {}
        classes = sorted(self.ontology.classes.values(), key=lambda class_: class_.iri)
        for class_ in sorted(classes, key=lambda class_: not class_.iri.startswith(NR.iri)):
            own = class_.iri.startswith(NR.iri)
            label = _free(_pascal(class_.name), taken if own else taken | set(KEYS))
            taken.add(label)
            found[class_.name] = label
        return found

    @cached_property
    def _ancestry(self) -> dict[str, tuple[str, ...]]:
        above = {
            name: [other for other in self.ontology.classes if self.ontology.is_a(name, other)]
            for name in self.ontology.classes
        }
        found: dict[str, tuple[str, ...]] = {}
        for name, classes in above.items():
            ordered = sorted(classes, key=lambda other: (len(above[other]), other))
            labels = ["Entity", *(self.label_of[other] for other in ordered)]
            found[name] = tuple(dict.fromkeys(labels))
        return found

    @cached_property
    def types(self) -> dict[str, str]:
        """Relation name to relationship type, for all relations that are claimed or inferred."""
        taken = set(LINKS)
        found: dict[str, str] = {}
        for relation in self._relations:
            type_ = _upper_snake(relation.name)
            while any(prefix + type_ in taken for prefix in PREFIXES):
                type_ += "_"
            if relation.use in ("claim", "inference"):
                taken.update(prefix + type_ for prefix in PREFIXES)
            found[relation.name] = type_
        return found

    @cached_property
    def properties(self) -> dict[str, str]:
        """Relation name to property name, for claims of literals and for qualifiers.

        What goes with a property (its year, its words) never falls on another property.
        """
        taken = {*PROPERTIES, *COLUMNS}
        found: dict[str, str] = {}
        for relation in self._relations:
            name = _camel(relation.name)
            suffixes = self.shape(relation.name).suffixes
            while any(other in taken for other in _variants(name, suffixes)):
                name += "_"
            if relation.use in ("claim", "qualifier"):
                taken.update(_variants(name, suffixes))
            found[relation.name] = name
        return found

    @cached_property
    def _relations(self) -> list[Relation]:
        return sorted(self.ontology.relations.values(), key=lambda relation: relation.iri)

    def shape(self, relation: str) -> Shape:
        """Which typed properties a literal of the relation gives."""
        self.relation(relation)
        return self._shapes[relation]

    @cached_property
    def _shapes(self) -> dict[str, Shape]:
        return {name: shape_of(found) for name, found in self.ontology.relations.items()}


def inferred(name: str) -> str:
    """The name of a property whose value no article states and a rule draws.

    >>> inferred("end")
    'inferredEnd'
    """
    return "inferred" + name[0].upper() + name[1:]


def _variants(name: str, suffixes: Iterable[str]) -> list[str]:
    return [form + suffix for form in (name, inferred(name)) for suffix in suffixes]


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _words(name: str) -> list[str]:
    return [word for word in _CAMEL.split(name) if word] or ["unnamed"]


def _started(name: str) -> str:
    """The name, that of a thing whose name begins with a digit under an underscore."""
    return f"_{name}" if name[0].isdigit() else name


def _pascal(name: str) -> str:
    parts = [word for word in re.split(r"[\W_]+", name) if word] or ["Unnamed"]
    return _started("".join(part[0].upper() + part[1:] for part in parts))


def _camel(name: str) -> str:
    pascal = _pascal(name)
    return pascal[0].lower() + pascal[1:]


def _upper_snake(name: str) -> str:
    return _started("_".join(word.upper() for word in _words(name)))
