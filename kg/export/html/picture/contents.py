"""What is in a picture of the graph: the opening of the page, without what only a page can do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.html.opening.labels import wrap_label
from kg.export.html.opening.story import Story
from kg.export.html.page_data import PageData, page_data, page_story
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["Box", "Kind", "Line", "Node", "Picture", "picture_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of entities and how many there are, drawn or not."""

    label: str
    colour: str  # name in `colours`
    icon: str | None  # name in `icon_paths`
    count: int

    @property
    def letter(self) -> str:
        """What stands for it where it has no icon."""
        return self.label[:1].upper()


@dataclass(frozen=True, slots=True)
class Box:
    """A group of nodes with its heading at the top; x and y are its upper left corner."""

    label: str
    colour: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: the centre and radius of its circle, with its label in lines below it."""

    x: float
    y: float
    radius: float
    name: str
    lines: tuple[str, ...]
    kind: int  # position in the kinds
    neighbours_left_out: int


@dataclass(frozen=True, slots=True)
class Line:
    """The facts of the same ends, relation and stance; ends are positions in the nodes.

    `bend` says which one it is of those between the same ends: 0 for the middle of them, and to the
    right hand of who walks from the end that comes first.
    """

    source: int
    target: int
    bend: float
    label: str
    stance: Modality
    is_symmetric: bool
    speakers: tuple[str, ...]  # names, sorted, where all of the facts are what somebody says


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, and how much there is in the graph: entities, and facts between two."""

    kinds: tuple[Kind, ...]
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    entities: int
    facts: int
    facts_drawn: int


def picture_of(graph: KnowledgeGraph, ontology: Ontology) -> Picture:
    """The picture of a graph of any size, the same as the page opens with."""
    data = page_data(graph, ontology, with_text=False)
    told = page_story(data)
    at = {node.entity: position for position, node in enumerate(told.nodes)}
    edges = [e for e in data["edges"] if e["from"] in at and e["to"] in at]
    edges = [e for e in edges if e["from"] != e["to"]]
    return Picture(
        kinds=_kinds(data),
        boxes=_boxes(data, told),
        nodes=_nodes(data, told),
        lines=tuple(_lines(data, edges, at)),
        entities=len(data["entities"]),
        facts=sum(len(edge["facts"]) for edge in data["edges"]),
        facts_drawn=sum(len(edge["facts"]) for edge in edges),
    )


def _kinds(data: PageData) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            label=kind["label"],
            colour=f"type{data['families'][kind['family']]['colour']}",
            icon=kind.get("icon"),
            count=kind["count"],
        )
        for kind in data["types"]
    )


def _boxes(data: PageData, told: Story) -> tuple[Box, ...]:
    families = data["families"]
    return tuple(
        Box(
            label=group.label,
            colour=f"type{families[group.family]['colour']}" if group.family >= 0 else "soft",
            x=group.x,
            y=group.y,
            width=group.width,
            height=group.height,
        )
        for group in told.groups
    )


def _nodes(data: PageData, told: Story) -> tuple[Node, ...]:
    left_out = _left_out(data, {node.entity for node in told.nodes})
    nodes = []
    for node in told.nodes:
        entity = data["entities"][node.entity]
        nodes.append(
            Node(
                x=node.x,
                y=node.y,
                radius=node.radius,
                name=entity["label"],
                lines=tuple(wrap_label(entity["label"]).split("\n")),
                kind=entity["type"],
                neighbours_left_out=left_out[node.entity],
            )
        )
    return tuple(nodes)


def _left_out(data: PageData, drawn: Set[int]) -> Counter[int]:
    """How many neighbours of each entity are not drawn."""
    pairs = {(edge["from"], edge["to"]) for edge in data["edges"]}
    pairs |= {(target, source) for source, target in pairs}
    return Counter(source for source, target in pairs if target not in drawn)


def _lines(data: PageData, edges: Iterable[PageData], at: Mapping[int, int]) -> Iterable[Line]:
    fans: dict[frozenset[int], list[PageData]] = defaultdict(list)
    for edge in edges:
        fans[frozenset((edge["from"], edge["to"]))].append(edge)
    for fan in fans.values():
        for place, edge in enumerate(fan):
            bend = place - (len(fan) - 1) / 2
            predicate = data["predicates"][edge["predicate"]]
            yield Line(
                source=at[edge["from"]],
                target=at[edge["to"]],
                bend=bend if edge["from"] < edge["to"] else -bend,
                label=predicate["label"],
                stance=Modality(edge["modality"]),
                is_symmetric=predicate["symmetric"],
                speakers=_speakers(data, edge["facts"]),
            )


def _speakers(data: PageData, facts: Sequence[int]) -> tuple[str, ...]:
    speakers = [data["facts"][number].get("speaker") for number in facts]
    if None in speakers:
        return ()
    return tuple(sorted({data["entities"][speaker]["label"] for speaker in speakers}))
