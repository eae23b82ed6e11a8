"""The facts of one build, as read back, and the entities in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import InputError
from kg.export.jsonl import read_facts

__all__ = ["Build", "Place", "Record", "entities_of", "load_build", "places"]

Record: TypeAlias = Mapping[str, Any]
Place: TypeAlias = tuple[str, int, int]  # article, start, end

_FACTS = "facts.jsonl"
_INFERRED = "inferred.jsonl"


@dataclass(frozen=True, slots=True)
class Build:
    """Facts and entities by their ids."""

    facts: Mapping[str, Record]
    entities: Mapping[str, Record]


def load_build(path: Path) -> Build:
    """The facts of the folder of a build, inferred ones too, or of one facts.jsonl.

    Raises InputError where there is none, or where a fact or an entity has no id of its own.
    """
    files = [path]
    if path.is_dir():
        if not (path / _FACTS).is_file():
            raise InputError(f"{path} holds no {_FACTS}; give the folder of `kg build --out`")
        files = [path / _FACTS, path / _INFERRED]
    facts: dict[str, Any] = {}
    for file in files:
        if file.name == _INFERRED and not file.exists():
            continue  # written by a version without inference
        for record in read_facts(file):
            if record["id"] in facts:
                raise InputError(f"{file}: two facts have the id {record['id']!r}; build it again")
            facts[record["id"]] = record
    entities: dict[str, Any] = {}
    for record in facts.values():
        for _, entity in entities_of(record):
            if not isinstance(entity.get("id"), str):
                raise InputError(f"{path}: the entity {entity['label']!r} has no id")
            entities[entity["id"]] = entity
    return Build(facts, entities)


def entities_of(fact: Record) -> Iterator[tuple[str, Record]]:
    """The entities of a fact, each with its part in it."""
    parts = {"subject": fact["subject"], "object": fact["object"], "says": fact["attributed_to"]}
    for name, value in (parts | fact["qualifiers"]).items():
        if isinstance(value, dict) and "label" in value:
            yield name, value


def places(fact: Record) -> dict[Place, Record]:
    """The evidence of a fact by its place."""
    return {(e["article"], e["start"], e["end"]): e for e in fact["evidence"]}
