"""A LinkML schema as a schema: its classes, slots and enumerations (linkml.io, metamodel 1.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology.scaffold.schema import Schema, SchemaClass, SchemaName, SchemaRelation, Text

__all__ = ["read_linkml"]

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = {
    "string": "string", "integer": "integer", "boolean": "boolean", "float": "decimal",
    "double": "decimal", "decimal": "decimal", "time": "string", "date": "date",
    "datetime": "date", "date_or_datetime": "date", "uri": "anyURI", "uriorcurie": "anyURI",
    "curie": "string", "ncname": "string", "year": "gYear",
}  # fmt: skip


def read_linkml(path: Path, text: str, *, title: str = "") -> Schema:
    """The schema of a LinkML file.

    What it imports is left out and noted, except for LinkML's own types. Raises OntologyError with
    the line for what is no YAML, and for a file without classes and slots.
    """
    parsed = _parsed(path, text)
    classes, slots = _table(path, parsed, "classes"), _table(path, parsed, "slots")
    if not classes and not slots:
        raise OntologyError(f"{path}: neither classes nor slots; is it a LinkML schema?")
    enums = _table(path, parsed, "enums")
    types = {**TYPES, **_own_types(_table(path, parsed, "types"))}
    imports = [str(i) for i in parsed.get("imports") or [] if str(i) != "linkml:types"]
    return Schema(
        title=str(parsed.get("title") or parsed.get("name") or title),
        definition=str(parsed.get("description") or ""),
        iri=str(parsed.get("id") or ""),
        classes=tuple(sorted(_classes(classes, enums), key=lambda c: c.id)),
        relations=tuple(sorted(_relations(classes, slots, enums, types), key=lambda r: r.id)),
        names=tuple(sorted(_names(enums), key=lambda n: n.id)),
        notes=tuple(f"{i} is imported and was not read" for i in imports),
    )


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        parsed = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise OntologyError(f"{path}{line}: not valid YAML: {error.problem}") from error
    except (YAMLError, RecursionError, ValueError) as error:
        what = str(error).split("\n", 1)[0]
        raise OntologyError(f"{path}: not valid YAML: {what}") from error
    if not isinstance(parsed, Mapping):
        raise OntologyError(f"{path}: must be a LinkML schema, with classes and slots")
    return parsed


def _table(path: Path, parsed: Mapping[str, Any], key: str) -> dict[str, Mapping[str, Any]]:
    table = parsed.get(key) or {}
    if not isinstance(table, Mapping):
        raise OntologyError(f"{path}: {key} must map names to what they are")
    return {str(n): row if isinstance(row, Mapping) else {} for n, row in table.items()}


def _own_types(types: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {name: TYPES.get(str(row.get("typeof")), "string") for name, row in types.items()}


def _classes(
    classes: Mapping[str, Mapping[str, Any]], enums: Mapping[str, Mapping[str, Any]]
) -> Iterator[SchemaClass]:
    for name, row in {**classes, **enums}.items():
        parents = [row.get("is_a"), *_many(row.get("mixins"))]
        same = (row.get("class_uri"), *_many(row.get("exact_mappings")))
        yield SchemaClass(
            id=name,
            labels=_label(name, row),
            synonyms=_texts(row.get("aliases")),
            definitions=_texts(row.get("description")),
            parents=tuple(str(p) for p in parents if p),
            same_as=tuple(str(s) for s in same if str(s).startswith(("http://", "https://"))),
        )


def _relations(
    classes: Mapping[str, Mapping[str, Any]],
    slots: Mapping[str, Mapping[str, Any]],
    enums: Mapping[str, Mapping[str, Any]],
    types: Mapping[str, str],
) -> Iterator[SchemaRelation]:
    rows: dict[str, dict[str, Any]] = {name: dict(row) for name, row in slots.items()}
    owners: dict[str, list[str]] = {}
    for class_, row in classes.items():
        for slot in _many(row.get("slots")):
            rows.setdefault(str(slot), {})
            owners.setdefault(str(slot), []).append(class_)
        attributes = row.get("attributes")
        for slot, more in (attributes if isinstance(attributes, Mapping) else {}).items():
            rows[str(slot)] = {**rows.get(str(slot), {}), **(more or {})}
            owners.setdefault(str(slot), []).append(class_)
    for name, row in rows.items():
        if row.get("identifier") or row.get("abstract"):
            continue  # names a record, says nothing of the world
        range_ = str(row.get("range") or "string")
        is_literal = range_ not in classes and range_ not in enums
        domain = [str(row["domain"])] if row.get("domain") else owners.get(name, [])
        yield SchemaRelation(
            id=name,
            labels=_label(name, row),
            synonyms=_texts(row.get("aliases")),
            definitions=_texts(row.get("description")),
            domain=tuple(domain),
            range=(XSD + types.get(range_, "string"),) if is_literal else (range_,),
            parents=(str(row["is_a"]),) if row.get("is_a") else (),
            inverse=str(row["inverse"]) if row.get("inverse") else None,
            functional=row.get("multivalued") is False,
            symmetric=bool(row.get("symmetric")),
            transitive=bool(row.get("transitive")),
            is_literal=is_literal,
            pattern=str(row["pattern"]) if row.get("pattern") else None,
            examples=tuple(
                str(e["value"])
                for e in _many(row.get("examples"))
                if isinstance(e, Mapping) and e.get("value")
            ),
        )


def _names(enums: Mapping[str, Mapping[str, Any]]) -> Iterator[SchemaName]:
    for enum, row in enums.items():
        values = row.get("permissible_values")
        for value, more in (values if isinstance(values, Mapping) else {}).items():
            more = more if isinstance(more, Mapping) else {}
            label = str(more.get("title") or value).replace("_", " ").strip()
            if label:
                yield SchemaName(
                    f"{enum}/{value}", (Text(label),), _texts(more.get("aliases")), type=enum
                )


def _label(name: str, row: Mapping[str, Any]) -> tuple[Text, ...]:
    return _texts(row.get("title")) or (Text(name),)


def _texts(value: Any) -> tuple[Text, ...]:
    return tuple(Text(str(v).strip()) for v in _many(value) if str(v).strip())


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
