"""A strict checker of a folder for `neo4j-admin database import`: what it refuses, and more.

Stricter than Neo4j, which takes any text for a boolean and guesses where a header says nothing.
Source: https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

LONG = range(-(2**63), 2**63)
FIELD = re.compile(
    r"(?P<name>[^:]*)(:(?P<type>[A-Z_]+|[a-z]+)(\((?P<group>[^()]*)\))?(?P<array>\[\])?)?"
)
NAME = re.compile(r"\w+")
NODE_FIELDS = {"ID": 1, "LABEL": 1, "IGNORE": 99}
RELATIONSHIP_FIELDS = {"START_ID": 1, "END_ID": 1, "TYPE": 1, "IGNORE": 99}


class WrongImportError(Exception):
    """What is wrong, and in which file and row."""


def _day(text: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text) is None:
        raise ValueError(text)
    return date.fromisoformat(text)


def _long(text: str) -> int:
    if re.fullmatch(r"-?\d+", text) is None or int(text) not in LONG:
        raise ValueError(text)
    return int(text)


def _double(text: str) -> float:
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text) is None:
        raise ValueError(text)
    return float(text)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


TYPES: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "long": _long,
    "double": _double,
    "boolean": _boolean,
    "date": _day,
}


@dataclass
class Imported:
    """What an import of the folder would hold."""

    nodes: dict[str, tuple[frozenset[str], dict[str, object]]] = field(default_factory=dict)
    relationships: list[tuple[str, str, str, dict[str, object]]] = field(default_factory=list)


def check(files: Mapping[str, str]) -> Imported:
    """What the import would hold. Raises WrongImportError for what could make it fail or lie."""
    arguments = _arguments(files["import.sh"])
    listed = [value for name, value in arguments if name in ("nodes", "relationships")]
    on_disk = sorted(name for name in files if name.endswith(".csv"))
    if sorted(listed) != on_disk:
        raise WrongImportError(f"import.sh lists {sorted(listed)}, there are {on_disk}")
    options = dict(arguments)
    delimiter = _character(options.get("array-delimiter", ";"))
    multiline = options.get("multiline-fields", "false") == "true"
    result = Imported()
    for name in (value for option, value in arguments if option == "nodes"):
        _nodes(result, name, files[name], delimiter, multiline)
    for name in (value for option, value in arguments if option == "relationships"):
        _relationships(result, name, files[name], delimiter, multiline)
    return result


def _arguments(script: str) -> list[tuple[str, str]]:
    words = shlex.split(script.partition("database import full")[2].replace("\\\n", " "))
    pairs = [word[2:].partition("=") for word in words if word.startswith("--")]
    return [(name, value) for name, _, value in pairs]


def _character(text: str) -> str:
    found = re.fullmatch(r"U\+([0-9A-F]{4,6})", text)
    if found is None and len(text) != 1:
        raise WrongImportError(f"{text!r} is no character for the array delimiter")
    return chr(int(found[1], 16)) if found is not None else text


def _nodes(result: Imported, name: str, text: str, delimiter: str, multiline: bool) -> None:
    head, rows = _read(name, text, NODE_FIELDS, multiline)
    kinds = [kind for _, kind, _ in head]
    if "ID" not in kinds or "LABEL" not in kinds:
        raise WrongImportError(f"{name}: a node file needs :ID and :LABEL")
    for number, row in rows:
        place = f"{name}: row {number}"
        values = _typed(place, head, row, delimiter)
        id_, labels = values.pop(":ID"), values.pop(":LABEL")
        if not isinstance(id_, str) or not id_:
            raise WrongImportError(f"{place}: no id")
        if id_ in result.nodes:
            raise WrongImportError(f"{place}: id {id_!r} is there twice")
        if not isinstance(labels, tuple) or not all(map(NAME.fullmatch, labels)):
            raise WrongImportError(f"{place}: {labels!r} are no labels")
        result.nodes[id_] = (frozenset(labels), values)


def _relationships(result: Imported, name: str, text: str, delimiter: str, multiline: bool) -> None:
    head, rows = _read(name, text, RELATIONSHIP_FIELDS, multiline)
    if not {"START_ID", "END_ID", "TYPE"} <= {kind for _, kind, _ in head}:
        raise WrongImportError(f"{name}: a relationship file needs :START_ID, :END_ID and :TYPE")
    for number, row in rows:
        place = f"{name}: row {number}"
        values = _typed(place, head, row, delimiter)
        start, end, type_ = (str(values.pop(f":{key}")) for key in ("START_ID", "END_ID", "TYPE"))
        for id_ in (start, end):
            if id_ not in result.nodes:
                raise WrongImportError(f"{place}: {id_!r} is no node")
        if type_ == "None" or NAME.fullmatch(type_) is None:
            raise WrongImportError(f"{place}: {type_!r} is no type")
        result.relationships.append((type_, start, end, values))


Head = list[tuple[str, str, bool]]  # name, type or kind, whether it is an array


def _read(
    name: str, text: str, special: Mapping[str, int], multiline: bool
) -> tuple[Head, Iterator[tuple[int, list[str | None]]]]:
    rows = list(_rows(name, text, multiline))
    if not rows:
        raise WrongImportError(f"{name}: empty")
    head = [_header(name, cell or "", special) for cell in rows[0]]
    names = [field for field, _, _ in head if field]
    if len(names) != len(set(names)):
        raise WrongImportError(f"{name}: a property is there twice")
    for kind, most in special.items():
        if sum(found == kind for _, found, _ in head) > most:
            raise WrongImportError(f"{name}: more than one :{kind}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            raise WrongImportError(f"{name}: row {number} has {len(row)} fields, not {len(head)}")
    return head, iter(list(enumerate(rows[1:], start=2)))


def _header(name: str, cell: str, special: Mapping[str, int]) -> tuple[str, str, bool]:
    found = FIELD.fullmatch(cell)
    if found is None:
        raise WrongImportError(f"{name}: {cell!r} is no header")
    kind = found["type"]
    if kind in special:
        if found["array"] or (found["name"] and kind != "ID"):
            raise WrongImportError(f"{name}: {cell!r} is no header")
        return found["name"], kind, False
    if kind not in TYPES:
        raise WrongImportError(f"{name}: {cell!r} has no type, or one that there is not")
    if not found["name"] or found["group"] is not None:
        raise WrongImportError(f"{name}: {cell!r} is no property")
    return found["name"], kind, found["array"] is not None


def _typed(place: str, head: Head, row: list[str | None], delimiter: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for (name, kind, is_array), cell in zip(head, row, strict=True):
        if kind == "LABEL":
            values[":LABEL"] = tuple((cell or "").split(delimiter))
        elif kind in ("ID", "START_ID", "END_ID", "TYPE"):
            values[f":{kind}"] = cell
        elif cell is not None and kind != "IGNORE":
            try:
                parts = cell.split(delimiter) if is_array else [cell]
                typed = tuple(TYPES[kind](part) for part in parts)
            except (ValueError, KeyError) as error:
                raise WrongImportError(f"{place}: {cell!r} is no {kind} ({name})") from error
            values[name] = typed if is_array else typed[0]
    return values


def _rows(name: str, text: str, multiline: bool) -> Iterator[list[str | None]]:
    """The fields; None for an empty one without quotes, which is no value."""
    if "\x00" in text:
        raise WrongImportError(f"{name}: holds U+0000")
    if not text.endswith("\n"):
        raise WrongImportError(f"{name}: the last line does not end")
    position, row = 0, []
    quoted = re.compile(r'"((?:[^"]|"")*)"')
    bare = re.compile(r'[^",\r\n]*')
    while position < len(text):
        found = quoted.match(text, position) or bare.match(text, position)
        assert found is not None
        if found.re is quoted:
            content = found[1].replace('""', '"')
            if not multiline and re.search(r"[\r\n]", content):
                raise WrongImportError(f"{name}: a line break, and no --multiline-fields")
            row.append(content)
        else:
            row.append(found[0] or None)
        position = found.end()
        if text[position] == "\n":
            yield row
            row = []
        elif text[position] != ",":
            raise WrongImportError(f"{name}: {text[position]!r} behind a field, at {position}")
        position += 1
    if row:
        raise WrongImportError(f"{name}: the last row is not whole")
