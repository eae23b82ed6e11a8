"""One record a line: the facts, which everything else is derived from, and the discrepancies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model.discrepancy import Discrepancy, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph, value_to_json

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.model.partnership import Partnership
    from kg.model.text import Article
    from kg.ontology.domain import Ontology
    from kg.rdf.written import WrittenGraph

__all__ = [
    "fact_line",
    "inferred_line",
    "read_discrepancies",
    "read_facts",
    "render_discrepancies",
    "render_inferred",
    "render_jsonl",
    "write_jsonl",
]

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
_DISCREPANCY_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "subject": dict,
    "predicate": (str, type(None)),
    "message": str,
    "sides": list,
}
_SIDE_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "says": str,
    "attributed_to": (str, type(None)),
    "reference": (str, type(None)),
    "evidence": list,
}
_EVIDENCE_FIELDS: Mapping[str, type] = {"article": str, "start": int, "end": int, "quote": str}


def render_jsonl(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The facts in the order of their ids, keys in the order of the fact contract."""
    return "".join(map(fact_line, sorted(graph.facts, key=lambda fact: fact.id)))


def render_inferred(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The inferred facts in the same form, with the ids of their premises as one more key."""
    return "".join(map(inferred_line, sorted(graph.inferred, key=lambda f: f.id)))


def fact_line(fact: Fact) -> str:
    """The line of a stated fact."""
    return _line(fact.to_json())


def inferred_line(fact: Fact) -> str:
    """The line of an inferred fact."""
    return _line(fact.to_json() | {"premises": list(fact.premises)})


def render_discrepancies(graph: KnowledgeGraph, ontology: Ontology) -> str:
    """The discrepancies in the order of their ids; a side names stance and speaker of its fact."""
    facts = {fact.id: fact for fact in graph.facts}
    labels = {entity.id: entity.label for entity in graph.entities}
    found = sorted(graph.discrepancies, key=lambda item: item.id)
    return "".join(_line(_discrepancy(item, facts, labels)) for item in found)


def write_jsonl(written: WrittenGraph, options: FormatOptions) -> Mapping[str, str]:
    """A file for each kind of record, sorted by id or name; the same files as those of a build."""
    graph, ontology = written.graph, written.ontology
    copies = dict(graph.copies)
    return {
        "facts.jsonl": render_jsonl(graph, ontology),
        "inferred.jsonl": render_inferred(graph, ontology),
        "entities.jsonl": "".join(_line(_entity(item)) for item in graph.entities),
        "articles.jsonl": "".join(_line(_article(item, copies)) for item in graph.articles),
        "partnerships.jsonl": "".join(_line(_partnership(item)) for item in graph.partnerships),
        "discrepancies.jsonl": render_discrepancies(graph, ontology),
    }


def _entity(item: Entity) -> dict[str, Any]:
    return item.to_json() | {
        "alt_labels": list(item.alt_labels),
        "hidden_labels": list(item.hidden_labels),
        "aliases": list(item.aliases),
    }


def _article(item: Article, copies: Mapping[str, str]) -> dict[str, Any]:
    names = ("name", "title", "author", "publisher", "published", "language", "url", "format")
    record: dict[str, Any] = {name: getattr(item, name) for name in names}
    return record | {"sha256": item.sha256, "copy_of": copies.get(item.name)}


def _partnership(item: Partnership) -> dict[str, Any]:
    values = {
        "period": {name: value_to_json(value) for name, value in item.period.items()},
        "derived": {name: value_to_json(value) for name, value in item.derived.items()},
        "level": None if item.level is None else value_to_json(item.level),
    }
    return {
        "id": item.id,
        "label": item.label,
        "partners": [entity.to_json() for entity in item.partners],
        "sponsors": [entity.id for entity in item.sponsors],
        "rights_holders": [entity.id for entity in item.rights_holders],
        "covers": [entity.to_json() for entity in item.covers],
        **values,
        "value": item.value,
        "facts": list(item.facts),
        "inferred": list(item.inferred),
    }


def _discrepancy(
    item: Discrepancy, facts: Mapping[str, Fact], labels: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": str(item.kind),
        "subject": {"id": item.subject, "label": labels.get(item.subject, item.subject)},
        "predicate": item.predicate,
        "message": item.message,
        "sides": [_side(side, facts.get(side.fact or "")) for side in item.sides],
    }


def _side(side: Side, fact: Fact | None) -> dict[str, Any]:
    speaker = fact.attributed_to if fact is not None else None
    return {
        "says": side.says,
        "fact": side.fact,
        "modality": str(fact.modality) if fact is not None else None,
        "attributed_to": speaker.label if speaker is not None else None,
        "reference": side.reference,
        "evidence": [
            {
                "article": item.span.article,
                "start": item.span.start,
                "end": item.span.end,
                "quote": item.quote,
                "voice": str(item.voice),
            }
            for item in side.evidence
        ],
    }


def _line(record: Mapping[str, Any]) -> str:
    return _ESCAPED.sub(_escape, json.dumps(record, ensure_ascii=False)) + "\n"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def read_facts(path: Path) -> list[dict[str, Any]]:
    """The records of a facts.jsonl, in the order of the file; blank lines are passed over.

    Raises InputError naming the file, and the line where one line is at fault.
    """
    lines = _read_lines(path, "facts.jsonl", "fact")
    return [_checked_fact(record, place) for record, place in lines]


def read_discrepancies(path: Path) -> list[dict[str, Any]]:
    """The records of a discrepancies.jsonl, in the order of the file; blank lines are passed over.

    Raises InputError as `read_facts` does.
    """
    found = list(_read_lines(path, "discrepancies.jsonl", "discrepancy"))
    for record, place in found:
        _check(record, _DISCREPANCY_FIELDS, place, "discrepancy")
        if not isinstance(record["subject"].get("label"), str):
            raise InputError(f"{place}: the subject needs a 'label'")
        for side in record["sides"]:
            if not isinstance(side, dict):
                raise InputError(f"{place}: 'sides' holds something that is not an object")
            _check(side, _SIDE_FIELDS, f"{place}: side", "side")
            _check_evidence(side["evidence"], place)
    return [record for record, _ in found]


def _read_lines(path: Path, name: str, what: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each record with its place, FILE:LINE."""
    advice = f"give the {name} that `kg build` writes"
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{path}: cannot be read ({reason}); {advice}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); {advice}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            message = f"{place}: not a JSON object ({error}); each line is one {what}"
            raise InputError(message) from error
        if not isinstance(record, dict):
            raise InputError(f"{place}: not a JSON object; each line is one {what}")
        yield record, place


def _checked_fact(record: dict[str, Any], place: str) -> dict[str, Any]:
    _check(record, _FIELDS, place)
    ends = [record["subject"], record["object"], record["attributed_to"] or {"label": ""}]
    if any("label" not in end and "value" not in end for end in ends):
        raise InputError(f"{place}: an entity needs a 'label', a literal a 'value'")
    _check_evidence(record["evidence"], place)
    return record


def _check_evidence(evidence: Iterable[Any], place: str) -> None:
    for item in evidence:
        if not isinstance(item, dict):
            raise InputError(f"{place}: 'evidence' holds something that is not an object")
        _check(item, _EVIDENCE_FIELDS, f"{place}: evidence")


def _check(
    record: Mapping[str, Any],
    fields: Mapping[str, type | tuple[type, ...]],
    place: str,
    what: str = "fact",
) -> None:
    for name, types in fields.items():
        if name not in record:
            raise InputError(f"{place}: no {name!r}; a {what} has {', '.join(fields)}")
        if not isinstance(record[name], types):
            raise InputError(f"{place}: {name!r} has the wrong type ({record[name]!r})")
