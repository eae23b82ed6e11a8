"""The items of a review file: questions with their answers, each with the lines it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kg.errors import InputError
from kg.model.decision import Decision, DecisionKind, FactContent
from kg.model.text import Span
from kg.review.parse import Section, Source, fail, read_sections, scalar

__all__ = ["KINDS", "Item", "joined", "read_decisions", "read_items"]

KINDS: Mapping[str, DecisionKind] = {
    "merges": DecisionKind.MERGE,
    "links": DecisionKind.LINK,
    "facts": DecisionKind.FACT,
}
_COMMON = frozenset({"question", "decision", "note", "status", "score", "reason"})
_KEYS: Mapping[DecisionKind, frozenset[str]] = {
    DecisionKind.MERGE: _COMMON | {"left", "right"},
    DecisionKind.LINK: _COMMON | {"entity", "same_as", "source"},
    DecisionKind.FACT: _COMMON
    | {"fact", "subject", "predicate", "object", "qualifiers", "stance", "speaker", "evidence"},
}
# YAML 1.1 tools rewrite yes and no as booleans.
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False, "?": None, "": None}
_FACT_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what a person made of it. `answer` is None where it is still open."""

    kind: DecisionKind
    about: tuple[str, ...]
    answer: bool | None
    place: str
    node: MappingNode
    content: FactContent | None = None
    note: str = ""

    @property
    def decision(self) -> Decision | None:
        """The answer as a decision; None without one."""
        if self.answer is None:
            return None
        return Decision(self.kind, self.about, self.answer, self.place, self.content)


def read_decisions(paths: Iterable[str | Path]) -> tuple[Decision, ...]:
    """The answers of all review files, sorted; an answer that two files give counts once.

    Raises InputError, naming file and line, for a file that cannot be used as a whole, and for two
    answers that contradict each other.
    """
    found: list[Decision] = []
    for path in sorted({Path(p).resolve(): Path(p) for p in paths}.values()):
        _, sections = read_items(path)
        for _, items in sections.values():
            found += filter(None, (item.decision for item in items))
    return joined(found)


def joined(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each decision once, sorted. Raises InputError for two answers to one question."""
    found: dict[tuple[DecisionKind, tuple[str, ...]], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.content is None, d)):
        known = found.setdefault((decision.kind, decision.about), decision)
        if known.answer != decision.answer:
            raise InputError(
                f"{decision.place}: the answer contradicts that of {known.place} about "
                f"{' and '.join(decision.about)}; decide which of the two holds"
            )
    return tuple(sorted(found.values()))


def read_items(path: Path) -> tuple[Source, dict[str, tuple[Section, tuple[Item, ...]]]]:
    """All items of one file by section, in its order; errors as `read_decisions`."""
    source, sections = read_sections(path)
    seen: dict[tuple[DecisionKind, tuple[str, ...]], Item] = {}
    out: dict[str, tuple[Section, tuple[Item, ...]]] = {}
    for name, section in sections.items():
        items = tuple(_item(source, KINDS[name], node) for node in section.items)
        for item in items:
            known = seen.setdefault((item.kind, item.about), item)
            if known is not item:
                raise InputError(
                    f"{item.place}: this is asked twice, see {known.place}; delete one of the two"
                )
        out[name] = section, items
    return source, out


def _item(source: Source, kind: DecisionKind, node: MappingNode) -> Item:
    fields: dict[str, Node] = {}
    for key, value in node.value:
        name = scalar(source, key, "a key")
        if name not in _KEYS[kind]:
            known = ", ".join(sorted(_KEYS[kind]))
            raise fail(
                source,
                key,
                f"an item about a {kind} has no key {name!r}; it may have: {known}. Free text goes "
                "into `note`",
            )
        if name in fields:
            raise fail(source, key, f"the key {name!r} is there twice; delete one")
        fields[name] = value
    if "decision" not in fields:
        raise fail(source, node, "the item has no `decision`; add one: yes, no or ?")
    return Item(
        kind=kind,
        about=_about(source, kind, node, fields),
        answer=_answer(source, fields["decision"]),
        place=source.at(fields["decision"]),
        node=node,
        content=_content(source, fields) if kind is DecisionKind.FACT else None,
        note=scalar(source, fields["note"], "`note`") if "note" in fields else "",
    )


def _answer(source: Source, node: Node) -> bool | None:
    word = scalar(source, node, "`decision`").strip().casefold()
    if word not in _ANSWERS:
        raise fail(source, node, f"the decision {word!r} is not known; write yes, no or ?")
    return _ANSWERS[word]


def _about(
    source: Source, kind: DecisionKind, node: Node, fields: Mapping[str, Node]
) -> tuple[str, ...]:
    if kind is DecisionKind.FACT:
        fact = scalar(source, _needed(source, node, fields, "fact"), "`fact`").strip()
        if not _FACT_ID.fullmatch(fact):
            raise fail(
                source,
                fields["fact"],
                f"{fact!r} is no id of a fact; copy the `id` of its line in facts.jsonl: 16 digits "
                "and letters a to f (between quotes where all are digits)",
            )
        return (fact,)
    names = ("left", "right") if kind is DecisionKind.MERGE else ("entity", "same_as")
    ids = [_iri(source, _needed(source, node, fields, name), name) for name in names]
    if ids[0] == ids[1]:
        raise fail(source, node, f"`{names[0]}` and `{names[1]}` are the same id")
    return tuple(sorted(ids) if kind is DecisionKind.MERGE else ids)


def _needed(source: Source, node: Node, fields: Mapping[str, Node], name: str) -> Node:
    if name not in fields:
        raise fail(source, node, f"the item does not say what it is about: add `{name}`")
    return fields[name]


def _iri(source: Source, node: Node, name: str) -> str:
    """An id as a plain value, or as the `id` of a mapping."""
    if isinstance(node, MappingNode):
        node = _needed(source, node, _members(source, node), "id")
    iri = scalar(source, node, f"`{name}`").strip()
    try:
        if not iri.startswith(("http://", "https://")):
            raise ValueError("it must begin with http:// or https://")
        ox.NamedNode(iri)
    except ValueError as error:
        raise fail(
            source, node, f"{iri!r} is no id: {error}; copy it from facts.jsonl, `id` of an entity"
        ) from error
    return iri


def _members(source: Source, node: MappingNode) -> dict[str, Node]:
    return {scalar(source, key, "a key"): value for key, value in node.value}


def _content(source: Source, fields: Mapping[str, Node]) -> FactContent | None:
    """What the fact said, where the item says that; a person may leave it out."""
    if not {"subject", "predicate", "object"} <= fields.keys():
        return None
    return FactContent(
        subject=_end(source, fields["subject"]),
        predicate=scalar(source, fields["predicate"], "`predicate`"),
        object=_end(source, fields["object"]),
        stance=scalar(source, fields["stance"], "`stance`") if "stance" in fields else "",
        spans=tuple(sorted(_spans(source, fields["evidence"]))) if "evidence" in fields else (),
    )


def _end(source: Source, node: Node) -> tuple[str, str]:
    """(id, name) of an entity, (datatype, value) of a literal."""
    if not isinstance(node, MappingNode):
        raise fail(source, node, "an end of a fact has `id` and `name`, or `value` and `datatype`")
    members = _members(source, node)
    for first, second in (("id", "name"), ("datatype", "value")):
        if first in members and second in members:
            return scalar(source, members[first], first), scalar(source, members[second], second)
    raise fail(source, node, "an end of a fact has `id` and `name`, or `value` and `datatype`")


def _spans(source: Source, node: Node) -> list[Span]:
    if not isinstance(node, SequenceNode):
        raise fail(source, node, "`evidence` must be a list")
    return [_span(source, item) for item in node.value]


def _span(source: Source, node: Node) -> Span:
    members = _members(source, node) if isinstance(node, MappingNode) else {}
    if not {"article", "span"} <= members.keys():
        raise fail(source, node, "evidence has an `article` and a `span`: [start, end]")
    ends: Sequence[Node] = getattr(members["span"], "value", ())
    if not isinstance(members["span"], SequenceNode) or len(ends) != 2:
        raise fail(source, members["span"], "a span is [start, end]")
    if not all(isinstance(e, ScalarNode) and re.fullmatch(r"[0-9]{1,12}", e.value) for e in ends):
        raise fail(source, members["span"], "the ends of a span are whole numbers")
    article = scalar(source, members["article"], "`article`")
    return Span(article, int(ends[0].value), int(ends[1].value))
