"""One fact a line: the record that every other output and the evaluation are derived from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model.graph import KnowledgeGraph

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["read_facts", "render_jsonl"]

# What some readers take for the end of a line although JSON allows it inside a string
# (str.splitlines), and lone surrogates, which UTF-8 cannot hold.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "id": str,
    "subject": dict,
    "predicate": str,
    "object": dict,
    "qualifiers": dict,
    "modality": str,
    "attributed_to": (dict, type(None)),
    "confidence": (int, float),
    "evidence": list,
    "sources": int,
    "derived_by": (str, type(None)),
}
_EVIDENCE_FIELDS: Mapping[str, type] = {"article": str, "start": int, "end": int, "quote": str}


def render_jsonl(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The facts in the order of their ids, keys in the order of the fact contract."""
    return "".join(
        _ESCAPED.sub(_escape, json.dumps(fact.to_json(), ensure_ascii=False)) + "\n"
        for fact in sorted(graph.facts, key=lambda fact: fact.id)
    )


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def read_facts(path: Path) -> list[dict[str, Any]]:
    """The records of a facts.jsonl, in the order of the file; blank lines are passed over.

    Raises InputError naming the file, and the line where one line is at fault.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); "
            "give the facts.jsonl that `kg build` writes"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 (byte {error.start}); give the facts.jsonl that `kg build` writes"
        ) from error
    lines = enumerate(text.split("\n"), start=1)
    return [_read_line(line, f"{path}:{number}") for number, line in lines if line.strip()]


def _read_line(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not a JSON object ({error}); each line is one fact") from error
    if not isinstance(record, dict):
        raise InputError(f"{place}: not a JSON object; each line is one fact")
    _check(record, _FIELDS, place)
    ends = [record["subject"], record["object"], record["attributed_to"] or {"label": ""}]
    if any("label" not in end and "value" not in end for end in ends):
        raise InputError(f"{place}: an entity needs a 'label', a literal a 'value'")
    for item in record["evidence"]:
        if not isinstance(item, dict):
            raise InputError(f"{place}: 'evidence' holds something that is not an object")
        _check(item, _EVIDENCE_FIELDS, f"{place}: evidence")
    return record


def _check(
    record: Mapping[str, Any], fields: Mapping[str, type | tuple[type, ...]], place: str
) -> None:
    for name, types in fields.items():
        if name not in record:
            raise InputError(f"{place}: no {name!r}; a fact has {', '.join(fields)}")
        if not isinstance(record[name], types):
            raise InputError(f"{place}: {name!r} has the wrong type ({record[name]!r})")
