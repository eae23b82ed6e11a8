"""What is sent to a store: enough to make it hold the graph, and not a row more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.load.bolt.changes import Changes, changes, content_hash
from kg.load.bolt.survey import HASH, Found, FoundLink, FoundNode, Link, is_other_graph
from kg.property_graph import Node, PropertyGraph, Relationship

VALUES = st.one_of(st.text(max_size=3), st.integers(0, 2), st.tuples(st.text(max_size=2)))
PROPERTIES = st.dictionaries(st.sampled_from("pqr"), VALUES, max_size=3)


@st.composite
def graphs(draw: st.DrawFn) -> PropertyGraph:
    ids = draw(st.lists(st.sampled_from("abcd"), unique=True))
    nodes = [
        Node(
            id_,
            (
                draw(st.sampled_from(["Entity", "Value"])),
                *draw(st.lists(st.sampled_from("XYZ"), unique=True)),
            ),
            draw(PROPERTIES),
        )
        for id_ in ids
    ]
    ends = st.sampled_from(ids) if ids else st.nothing()
    links = draw(
        st.lists(
            st.builds(
                Relationship,
                id=st.sampled_from("123"),
                type=st.sampled_from(["KNOWS", "OWNS"]),
                start=ends,
                end=ends,
                properties=PROPERTIES,
            ),
            unique_by=lambda item: (item.type, item.id),
            max_size=4 if ids else 0,
        )
    )
    return PropertyGraph(tuple(nodes), tuple(links))


@dataclass
class Store:
    """What a database does with the statements, in a few lines."""

    nodes: dict[tuple[str, str], tuple[set[str], dict[str, Any]]] = field(default_factory=dict)
    links: dict[Link, dict[str, Any]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)

    def found(self) -> Found:
        key_of = {id_: key for key, id_ in self.nodes}
        return Found(
            nodes={
                place: FoundNode(properties[HASH], frozenset(labels))
                for place, (labels, properties) in self.nodes.items()
            },
            relationships={
                link: FoundLink(properties[HASH], key_of[link.start])
                for link, properties in self.links.items()
            },
            unique=frozenset(self.keys),
            labels=frozenset("XYZ"),
            node_properties=frozenset(self.names),
            relationship_properties=frozenset(self.names),
        )

    def apply(self, todo: Changes) -> None:
        self.keys.update(todo.constraints)
        for key, rows in (*todo.created.items(), *todo.updated.items()):
            for row in rows:
                _, properties = self.nodes.setdefault((key, row["id"]), ({key}, {}))
                self.merge(properties, row["properties"])
        for (key, label), rows in todo.labelled.items():
            for row in rows:
                self.nodes[key, row["id"]][0].add(label)
        self.link(todo)
        for (key, label), rows in todo.unlabelled.items():
            for row in rows:
                self.nodes[key, row["id"]][0].remove(label)
        for key, rows in todo.removed.items():
            for row in rows:
                del self.nodes[key, row["id"]]
        ids = {id_ for _, id_ in self.nodes}
        assert all({link.start, link.end} <= ids for link in self.links)

    def link(self, todo: Changes) -> None:
        for (type_, _, _), rows in (*todo.linked.items(), *todo.relinked.items()):
            for row in rows:
                link = Link(type_, row["id"], row["start"], row["end"])
                self.merge(self.links.setdefault(link, {}), row["properties"])
        for (type_, _), rows in todo.unlinked.items():
            for row in rows:
                del self.links[Link(type_, row["id"], row["start"], row["end"])]

    def merge(self, properties: dict[str, Any], new: Mapping[str, Any]) -> None:
        self.names.update(name for name in new if name != HASH)
        properties.update(new)
        for name in [name for name, value in properties.items() if value is None]:
            del properties[name]


def held(store: Store) -> tuple[Any, Any]:
    return (
        {
            place: (frozenset(labels), own(properties))
            for place, (labels, properties) in store.nodes.items()
        },
        {link: own(properties) for link, properties in store.links.items()},
    )


def own(properties: Mapping[str, Any]) -> Any:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in properties.items()
        if name != HASH
    }


def wanted(graph: PropertyGraph) -> tuple[Any, Any]:
    return (
        {(n.key, n.id): (frozenset(n.labels), own(n.properties)) for n in graph.nodes},
        {Link(r.type, r.id, r.start, r.end): own(r.properties) for r in graph.relationships},
    )


@given(st.lists(graphs(), min_size=1, max_size=4))
def test_whatever_was_loaded_before_the_store_holds_the_last_graph(
    loads: list[PropertyGraph],
) -> None:
    store = Store()
    for graph in loads:
        store.apply(changes(graph, store.found()))
        assert held(store) == wanted(graph)
        assert not changes(graph, store.found())


@given(graphs(), graphs())
def test_a_property_and_a_label_of_the_user_stay(first: PropertyGraph, then: PropertyGraph) -> None:
    store = Store()
    store.apply(changes(first, store.found()))
    for labels, properties in store.nodes.values():
        labels.add("Favourite")
        properties["rank"] = 1
    kept = set(store.nodes) & {(node.key, node.id) for node in then.nodes}
    store.apply(changes(then, store.found()))
    for place in kept:
        labels, properties = store.nodes[place]
        assert "Favourite" in labels
        assert properties["rank"] == 1


def test_what_a_store_lost_is_sent_again() -> None:
    node = Node("a", ("Entity", "Person"), {"name": "Ann"})
    there = {("Entity", "a"): FoundNode(content_hash(node.properties), frozenset({"Entity"}))}
    todo = changes(PropertyGraph((node,), ()), Found(there, {}, unique=frozenset({"Entity"})))
    assert todo.labelled == {("Entity", "Person"): [{"id": "a"}]}
    assert todo.summary() == "1 labels are missing"
    assert not todo.created
    assert not todo.updated


def test_the_hash_is_of_all_names_and_values_and_not_of_their_order() -> None:
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    values = [{}, {"a": 1}, {"a": "1"}, {"b": 1}, {"a": True}, {"a": ("1",)}, {"a": 1.5}]
    assert len({content_hash(value) for value in values}) == len(values)


def test_a_graph_is_another_one_when_it_shares_no_article() -> None:
    ann = PropertyGraph((Node("ann", ("Entity",), {}),), ())
    there = Found({("Entity", "ann"): FoundNode("h", frozenset())}, {}, articles=frozenset({"a"}))
    assert is_other_graph(ann, frozenset({"b"}), there)
    assert not is_other_graph(ann, frozenset({"a", "b"}), there)
    assert not is_other_graph(ann, frozenset(), there)
    assert is_other_graph(PropertyGraph((), ()), frozenset(), there)
    assert not is_other_graph(ann, frozenset({"b"}), Found({}, {}))
