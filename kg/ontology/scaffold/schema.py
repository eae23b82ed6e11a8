"""What an ontology says, whatever it is written in: the common ground of all readers of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["ENGLISH", "Schema", "SchemaClass", "SchemaName", "SchemaRelation", "Text", "english"]

ENGLISH = ("en", "")  # a text without language is taken for English unless the user says otherwise


class Text(NamedTuple):
    """Words and the language tag they bear; "" for none."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class SchemaClass:
    """A class; `id` is its IRI or its name in the source, `parents` are ids."""

    id: str
    labels: tuple[Text, ...] = ()
    synonyms: tuple[Text, ...] = ()
    definitions: tuple[Text, ...] = ()
    parents: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # IRIs of classes elsewhere


@dataclass(frozen=True, slots=True)
class SchemaRelation:
    """A relation; domain and range are ids of classes, or IRIs of datatypes; none: not said.

    `examples` are sentences that state it. `is_literal` is None where the source leaves it open.
    """

    id: str
    labels: tuple[Text, ...] = ()
    synonyms: tuple[Text, ...] = ()
    definitions: tuple[Text, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    functional: bool = False
    symmetric: bool = False
    transitive: bool = False
    is_literal: bool | None = None
    pattern: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemaName:
    """Something that bears a name: an individual or a concept; `type` is the id of its class."""

    id: str
    labels: tuple[Text, ...]
    synonyms: tuple[Text, ...] = ()
    hidden: tuple[Text, ...] = ()
    type: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All of a source, sorted by id; `notes` say what was left out and why."""

    title: str
    definition: str = ""
    iri: str = ""  # of the ontology, where it has one
    classes: tuple[SchemaClass, ...] = ()
    relations: tuple[SchemaRelation, ...] = ()
    names: tuple[SchemaName, ...] = ()
    notes: tuple[str, ...] = ()


def english(texts: Iterable[Text], language: str = "en") -> tuple[str, ...]:
    """The texts in a language (or none), in their order; empty where all are in others."""
    return tuple(t.value for t in texts if t.language.split("-")[0].lower() in (language, ""))
