"""What a new domain is written from: its classes, relations and names under their own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.ontology.scaffold.schema import Text

__all__ = ["DomainClass", "DomainName", "DomainRelation", "DomainTerms"]


@dataclass(frozen=True, slots=True)
class DomainClass:
    """A class to be written; `parents` are names, own or of the newsroom; `words` denote it."""

    name: str
    iri: str
    label: Text
    definition: Text
    synonyms: tuple[Text, ...] = ()
    parents: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainRelation:
    """A relation to be written. `range` holds names of classes, or of XSD datatypes if `value`.

    `value` is "date", "number", "text" or "boolean" for a relation to literals, else None;
    `sayings` are its labels and synonyms in the language that frames are proposed for.
    """

    name: str
    iri: str
    label: Text
    synonyms: tuple[Text, ...]
    definition: Text
    domain: tuple[str, ...]
    range: tuple[str, ...]
    value: str | None = None
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    functional: bool = False
    symmetric: bool = False
    transitive: bool = False
    pattern: str | None = None
    same_as: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainName:
    """A name to be written; `type` is the name of a class."""

    iri: str
    type: str
    label: Text
    synonyms: tuple[Text, ...] = ()
    hidden: tuple[Text, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class DomainTerms:
    """All that is to be written; `taken_over` are classes of the source that the newsroom has."""

    iri: str
    classes: tuple[DomainClass, ...]
    relations: tuple[DomainRelation, ...]
    names: tuple[DomainName, ...]
    taken_over: Mapping[str, str] = field(default_factory=dict)  # id in the source to class
    notes: tuple[str, ...] = ()
