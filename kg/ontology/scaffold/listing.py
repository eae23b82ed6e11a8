"""A list of relations in JSON as a schema; docs/your-own-subject.md says what it may hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology.scaffold.schema import Schema, SchemaClass, SchemaName, SchemaRelation, Text

__all__ = ["parse_json", "read_listing"]

NAMES = ("name", "id", "label")
CLASSES = ("classes", "concepts", "types")
RELATIONS = ("relations", "properties", "predicates")


def parse_json(path: Path, text: str) -> Any:
    """The JSON of a file; raises OntologyError with the line for what is none."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise OntologyError(f"{path}{line}: not valid JSON: {what}") from error


def read_listing(path: Path, parsed: Any, *, title: str = "") -> Schema:
    """The schema of a JSON object with `relations`, or of a list of relations.

    A file that holds several ontologies by name is refused with their names. Raises OntologyError
    for what lacks a name or is of a wrong sort.
    """
    if isinstance(parsed, list):
        parsed = {"relations": parsed}
    if not isinstance(parsed, Mapping):
        raise OntologyError(f'{path}: must be a list of relations or {{"relations": [...]}}')
    if _key(parsed, RELATIONS) is None and _key(parsed, CLASSES) is None:
        several = [k for k, v in parsed.items() if isinstance(v, Mapping) and _key(v, RELATIONS)]
        if several:
            raise OntologyError(
                f"{path}: holds several ontologies ({', '.join(several)}); put the one you want "
                "into a file of its own"
            )
        raise OntologyError(f'{path}: no "relations"; docs/your-own-subject.md shows the form')
    classes = {c.id: c for c in _classes(path, _rows(path, parsed, CLASSES))}
    labels = {t.value.casefold(): c.id for c in classes.values() for t in c.labels}
    relations = _merged(_relations(path, _rows(path, parsed, RELATIONS), classes, labels))
    names = (
        _name(path, i, row, classes, labels)
        for i, row in enumerate(_rows(path, parsed, ("names", "instances", "individuals")), 1)
    )
    return Schema(
        title=str(parsed.get("title") or parsed.get("name") or title),
        definition=str(parsed.get("description") or ""),
        classes=tuple(sorted(classes.values(), key=lambda c: c.id)),
        relations=relations,
        names=tuple(sorted(names, key=lambda n: n.id)),
    )


def _merged(relations: Iterator[SchemaRelation]) -> tuple[SchemaRelation, ...]:
    """One relation per id: listed twice, it admits the domains and ranges of both."""
    found: dict[str, SchemaRelation] = {}
    for new in relations:
        old = found.get(new.id)
        if old is not None:
            new = SchemaRelation(
                id=new.id,
                labels=old.labels,
                synonyms=tuple(dict.fromkeys((*old.synonyms, *new.synonyms))),
                definitions=old.definitions or new.definitions,
                domain=tuple(dict.fromkeys((*old.domain, *new.domain))),
                range=tuple(dict.fromkeys((*old.range, *new.range))),
                inverse=old.inverse or new.inverse,
                functional=old.functional and new.functional,
                symmetric=old.symmetric or new.symmetric,
                examples=(*old.examples, *new.examples),
            )
        found[new.id] = new
    return tuple(sorted(found.values(), key=lambda r: r.id))


def _key(table: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((k for k in keys if k in table), None)


def _rows(path: Path, table: Mapping[str, Any], keys: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """The entries under the first of these keys; a plain string is an entry with that name."""
    key = _key(table, keys)
    rows = table.get(key, []) if key is not None else []
    if isinstance(rows, Mapping):  # name to entry
        rows = [{"name": n, **(r if isinstance(r, Mapping) else {})} for n, r in rows.items()]
    if not isinstance(rows, list):
        raise OntologyError(f'{path}: "{key}" must be a list')
    found = [{"name": r} if isinstance(r, str) else r for r in rows]
    for number, row in enumerate(found, 1):
        if not isinstance(row, Mapping):
            raise OntologyError(f'{path}: number {number} of "{key}" must be an object or a name')
    return found


def _id(path: Path, what: str, number: int, row: Mapping[str, Any]) -> str:
    found = next((row[k] for k in ("id", "name", "label") if row.get(k)), None)
    if not isinstance(found, str) or not found.strip():
        raise OntologyError(f"{path}: {what} number {number} has no name")
    return found.strip()


def _classes(path: Path, rows: list[Mapping[str, Any]]) -> Iterator[SchemaClass]:
    for number, row in enumerate(rows, 1):
        yield SchemaClass(
            id=_id(path, "class", number, row),
            labels=_texts(row, "label", "labels") or _texts(row, "name"),
            synonyms=_texts(row, "synonyms", "aliases", "altLabels"),
            definitions=_texts(row, "description", "definition"),
            parents=_strings(row, "parent", "parents", "is_a", "subClassOf"),
        )


def _relations(
    path: Path,
    rows: list[Mapping[str, Any]],
    classes: dict[str, SchemaClass],
    labels: dict[str, str],
) -> Iterator[SchemaRelation]:
    def ids(row: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
        named = _strings(row, *keys)
        return tuple(n if n in classes else labels.get(n.casefold(), n) for n in named)

    for number, row in enumerate(rows, 1):
        yield SchemaRelation(
            id=_id(path, "relation", number, row),
            labels=_texts(row, "label", "labels") or _texts(row, "name"),
            synonyms=_texts(row, "synonyms", "aliases", "altLabels"),
            definitions=_texts(row, "description", "definition"),
            domain=ids(row, "domain", "subject"),
            range=ids(row, "range", "object"),
            parents=_strings(row, "parent", "parents", "is_a", "subPropertyOf"),
            inverse=next(iter(_strings(row, "inverse")), None),
            functional=bool(row.get("functional") or row.get("singleValued")),
            symmetric=bool(row.get("symmetric")),
            examples=_strings(row, "examples", "example"),
        )


def _name(
    path: Path,
    number: int,
    row: Mapping[str, Any],
    classes: dict[str, SchemaClass],
    labels: dict[str, str],
) -> SchemaName:
    type_ = next(iter(_strings(row, "type", "class")), "")
    return SchemaName(
        id=_id(path, "name", number, row),
        labels=_texts(row, "label", "labels") or _texts(row, "name"),
        synonyms=_texts(row, "synonyms", "aliases", "altLabels"),
        type=type_ if type_ in classes else labels.get(type_.casefold(), type_),
        same_as=_strings(row, "sameAs", "same_as"),
    )


def _texts(row: Mapping[str, Any], *keys: str) -> tuple[Text, ...]:
    """Strings, or strings by language ({"en": "city", "de": "Stadt"})."""
    found: list[Text] = []
    for key in keys:
        value = row.get(key)
        if isinstance(value, Mapping):
            for language, texts in sorted(value.items()):
                many = texts if isinstance(texts, list) else [texts]
                found += [Text(t.strip(), str(language)) for t in many if isinstance(t, str)]
        else:
            found += [Text(t) for t in _strings(row, key)]
    return tuple(t for t in dict.fromkeys(found) if t.value)


def _strings(row: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    found: list[str] = []
    for key in keys:
        value = row.get(key)
        many = value if isinstance(value, list) else [value]
        found += [v.strip() for v in many if isinstance(v, str) and v.strip()]
    return tuple(dict.fromkeys(found))
