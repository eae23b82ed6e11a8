"""What a domain is made of: its classes, its relations, and the entities it knows by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["KINDS", "KnownName", "OntologyClass", "Relation", "local_name"]

# Within one of these classes of the base vocabulary a name is one thing; outside, within one class.
KINDS = ("Person", "Organization", "Place", "Event", "Offering")


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class; `parents` are the local names of its direct superclasses within the domain."""

    iri: str
    name: str
    label: str
    definition: str
    parents: tuple[str, ...] = ()
    icon: str = ""  # name in `kg.ontology.icons`, for this class and those below it


@dataclass(frozen=True, slots=True)
class Relation:
    """A property; domain and range are class local names or datatype IRIs, any of which will do."""

    iri: str
    name: str
    label: str
    definition: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    symmetric: bool = False
    functional: bool = False
    is_datatype: bool = False
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    use: str = "claim"  # or "inference", "qualifier" of a claim, "record" of the graph


@dataclass(frozen=True, slots=True, eq=False)
class KnownName:
    """An entity that the domain knows by name; `properties` are its other triples by local name."""

    iri: str
    type: str
    label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """All names, the preferred one first."""
        return (self.label, *self.alt_labels, *self.hidden_labels)


def local_name(iri: str) -> str:
    """What follows the last # or / of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
