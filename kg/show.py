"""What the facts say of one entity, as text: every fact with its stance, speaker and quotes."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError, UnknownNameError
from kg.export.jsonl import read_facts
from kg.model.wording import close_names, entities_named, place_of, printable, spaced

__all__ = ["show_entity"]

Record = Mapping[str, Any]

_WIDTH = 96


def show_entity(path: Path, name: str) -> str:
    """All facts about the entity of that label, mention or IRI, grouped by predicate.

    `path` is the folder of a build or its facts.jsonl. Case does not matter; a label is preferred
    to a mention. An IRI that the entity would have without some of its articles finds it, too,
    where graph.ttl lies beside the facts. When several entities have the name, the text lists them
    with their IRIs instead. Raises UnknownNameError with close names when there is none, and
    InputError when the file cannot be read.
    """
    path = _facts_in(path)
    facts = read_facts(path)
    entities = {entity["id"]: entity for fact in facts for entity in _entities(fact)}
    matches = _find(entities, name) or _known_before(path.with_name("graph.ttl"), entities, name)
    if not matches:
        raise UnknownNameError("entity", name, close_names(name, _forms(entities.values())))
    if len(matches) > 1:
        lines = [f"{len(matches)} entities are called {name!r}; ask for one of them by its IRI:"]
        lines += [f"  {entities[key]['label']} ({entities[key]['type']}) {key}" for key in matches]
        return _printable(lines)
    entity = entities[matches[0]]
    return _printable([*_heading(entity), *_body(facts, entity["id"])])


def _entities(fact: Record) -> Iterator[Record]:
    values = (fact["subject"], fact["object"], fact["attributed_to"], *fact["qualifiers"].values())
    return (value for value in values if isinstance(value, dict) and "label" in value)


def _find(entities: Mapping[str, Record], name: str) -> list[str]:
    """Sorted IRIs of the entities that match best."""
    return entities_named(
        name, ((iri, e["label"], e.get("mentions", ())) for iri, e in entities.items())
    )


def _facts_in(path: Path) -> Path:
    if not path.is_dir():
        return path
    if not (path / "facts.jsonl").is_file():
        raise InputError(f"{path} holds no facts.jsonl; give the folder of `kg build --out`")
    return path / "facts.jsonl"


def _known_before(graph: Path, entities: Mapping[str, Record], iri: str) -> list[str]:
    """Sorted IRIs of the entities that have this one as an alias: facts.jsonl does not hold it."""
    if ":" not in iri or not graph.is_file():
        return []
    import pyoxigraph as ox  # no other question needs the graph

    from kg.rdf.store import run_query

    wanted = ox.Literal(iri)
    query = f"SELECT ?entity WHERE {{ ?entity nr:alias ?alias FILTER (STR(?alias) = {wanted}) }}"
    found = (getattr(cell, "value", "") for (cell,) in run_query(graph, query).rows)
    return sorted(entities.keys() & set(found))


def _forms(entities: Iterable[Record]) -> Iterator[str]:
    """Every label and mention."""
    for entity in entities:
        yield from (*entity.get("mentions", ()), entity["label"])


def _heading(entity: Record) -> list[str]:
    others = [form for form in entity.get("mentions", ()) if form != entity["label"]]
    lines = [f"{entity['label']} ({entity['type']})", f"  {entity['id']}"]
    if others:
        lines.append(f"  also written: {', '.join(others)}")
    lines += [f"  same as: {iri}" for iri in entity.get("same_as", ())]
    return lines


def _body(facts: Sequence[Record], key: str) -> list[str]:
    """Facts in which the entity is an end, then those it states or qualifies."""
    groups: dict[str, list[Record]] = defaultdict(list)
    elsewhere: list[Record] = []
    for fact in facts:
        if key in (fact["subject"]["id"], fact["object"].get("id")):
            groups[fact["predicate"]].append(fact)
        elif any(entity["id"] == key for entity in _entities(fact)):
            elsewhere.append(fact)
    lines: list[str] = []
    for predicate in sorted(groups):
        lines += ["", f"{spaced(predicate)} ({len(groups[predicate])})"]
        for fact in sorted(groups[predicate], key=_order):
            lines += _fact(fact)
    if elsewhere:
        lines += ["", f"named in other facts ({len(elsewhere)})"]
        for fact in sorted(elsewhere, key=_order):
            lines += _fact(fact)
    return lines


def _order(fact: Record) -> tuple[str, str, str]:
    return _text(fact["subject"]), _text(fact["object"]), fact["id"]


def _fact(fact: Record) -> list[str]:
    denied = "not: " if fact["modality"] == "negated" else ""
    claim = " ".join((
        _text(fact["subject"]), denied + spaced(fact["predicate"]), _text(fact["object"])
    ))  # fmt: skip
    notes = [fact["modality"]]
    if fact["attributed_to"]:
        notes.append(f"says {fact['attributed_to']['label']}")
    notes += [f"{spaced(name)}: {_text(value)}" for name, value in fact["qualifiers"].items()]
    notes.append(f"confidence {fact['confidence']:.2f}")
    notes.append(f"{fact['sources']} source" + ("" if fact["sources"] == 1 else "s"))
    if fact["derived_by"]:
        notes.append(f"derived by {fact['derived_by']}")
    lines = [*_wrap(claim, "  "), *_wrap("; ".join(notes), "    ")]
    for item in fact["evidence"]:
        lines += _wrap(f"“{item['quote']}”", "      ")
        voice = f", {item['voice']}" if "voice" in item else ""
        lines.append(f"      {place_of(item)}{voice}")
    return lines


def _text(value: Record) -> str:
    """An entity's label, or a literal as written with its normal form where that differs."""
    if "label" in value:
        return str(value["label"])
    exact, written = str(value["value"]), str(value.get("text") or value["value"])
    return written if written == exact else f"{written} ({exact})"


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
    )


def _printable(lines: Iterable[str]) -> str:
    return "".join(printable(line) + "\n" for line in lines)
