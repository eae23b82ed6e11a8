"""A difference for a person and for a program."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.diff.compare import Change, ChangedFact, Difference
from kg.diff.records import Record
from kg.diff.regroup import Regrouping
from kg.model.wording import place_of, printable, spaced

__all__ = ["to_json", "to_text"]

_WIDTH = 96


def to_text(found: Difference) -> str:
    """Counts, then entities, then facts: + added, - removed, ~ changed. Ends in a newline."""
    if found.is_empty:
        return "no difference\n"
    lines = [_counts("entities", _entity_counts(found)), _counts("facts   ", _fact_counts(found))]
    for sign, entities in (("+", found.appeared), ("-", found.vanished)):
        lines += [f"{sign} {_entity(entity)}" for entity in entities]
    lines += [f"~ {_regrouping(group, found)}" for group in found.regrouped]
    for entity, changes in found.renamed:
        lines += [f"~ {_entity(entity)}", *_changes(changes)]
    for sign, facts in (("+", found.added), ("-", found.removed)):
        for fact in facts:
            lines += [f"{sign} {_fact(fact)}", *(_quote(item) for item in fact["evidence"])]
    for item in found.changed:
        lines += [f"~ {_fact(item.after)}", *_changes(item.changes)]
    lines += [f"~ {_fact(item.before)}: now one with another fact" for item in found.joined]
    lines += [f"~ {_fact(item.after)}: was one with another fact" for item in found.parted]
    return "".join(_wrapped(line) + "\n" for line in lines)


def to_json(found: Difference) -> str:
    """All of it as one object; facts and entities are records as in facts.jsonl."""
    content = {
        "same": found.is_empty,
        "entities": {
            "appeared": found.appeared,
            "vanished": found.vanished,
            "regrouped": [
                {
                    "kind": group.kind,
                    "before": [found.entities[id] for id in group.before],
                    "after": [found.entities[id] for id in group.after],
                }
                for group in found.regrouped
            ],
            "changed": [
                {"entity": entity, "changes": _as_records(changes)}
                for entity, changes in found.renamed
            ],
        },
        "facts": {
            "added": found.added,
            "removed": found.removed,
            "changed": [
                {
                    "before": item.before,
                    "after": item.after,
                    "changes": _as_records(item.changes),
                }
                for item in found.changed
            ],
            "moved": _ids(found.moved),
            "joined": _ids(found.joined),
            "parted": _ids(found.parted),
        },
    }
    return json.dumps(content, indent=2) + "\n"  # ASCII: a half of a surrogate pair is no UTF-8


def _as_records(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [{"field": c.field, "before": c.before, "after": c.after} for c in changes]


def _ids(facts: Iterable[ChangedFact]) -> list[dict[str, str]]:
    return [{"before": item.before["id"], "after": item.after["id"]} for item in facts]


def _entity_counts(found: Difference) -> Iterator[tuple[int, str]]:
    yield len(found.appeared), "appeared"
    yield len(found.vanished), "vanished"
    for kind in ("merged", "split", "renamed", "regrouped"):
        yield sum(group.kind == kind for group in found.regrouped), kind
    yield len(found.renamed), "changed"


def _fact_counts(found: Difference) -> Iterator[tuple[int, str]]:
    yield len(found.added), "added"
    yield len(found.removed), "removed"
    yield len(found.changed), "changed"
    yield len(found.joined), "joined to another"
    yield len(found.parted), "parted from another"
    yield len(found.moved), "moved along with their entities"


def _counts(name: str, counts: Iterable[tuple[int, str]]) -> str:
    return f"{name} {', '.join(f'{count} {what}' for count, what in counts if count) or 'the same'}"


def _regrouping(group: Regrouping, found: Difference) -> str:
    before, after = (
        ", ".join(_entity(found.entities[id]) for id in ids) for ids in (group.before, group.after)
    )
    return f"{group.kind}: {before} → {after}"


def _entity(entity: Record) -> str:
    return f"{entity['label']} ({entity['type']}) {entity['id']}"


def _fact(fact: Record) -> str:
    notes = [fact["modality"]]
    if fact["attributed_to"]:
        notes.append(f"says {fact['attributed_to']['label']}")
    if fact["derived_by"]:
        notes.append(f"derived by {fact['derived_by']}")
    words = fact["subject"]["label"], spaced(fact["predicate"]), _value(fact["object"])
    return f"{' '.join(words)} [{'; '.join(notes)}]"


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.field != "evidence":
            yield f"    {spaced(change.field)}: {_value(change.before)} → {_value(change.after)}"
        elif change.before is None:
            yield f"    evidence gained: {_quote(change.after).strip()}"
        elif change.after is None:
            yield f"    evidence lost: {_quote(change.before).strip()}"
        else:
            yield f"    evidence moved: {_quote(change.before).strip()} → {place_of(change.after)}"


def _quote(item: Record) -> str:
    return f"    “{item['quote']}” {place_of(item)}"


def _value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return str(value["label"] if "label" in value else value["value"])
    return str(value)


def _wrapped(line: str) -> str:
    """Without control characters, which could steer a terminal; continued lines are indented."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        printable(line).strip(),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
