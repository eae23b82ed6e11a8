"""The Cypher templates and the order they are run in."""

from __future__ import annotations

from kg.property_graph import Node, PropertyGraph, Relationship
from kg.property_graph.statements import quoted_name, steps

GRAPH = PropertyGraph(
    nodes=(
        Node("a", ("Article",), {"name": "a.txt"}),
        Node("x", ("Entity", "Company"), {"mentions": ("X", "Ex")}),
        Node("y", ("Entity",), {}),
    ),
    relationships=(Relationship("r", "BUYS", "x", "y", {"plain": True}),),
)


def test_what_a_step_needs_comes_before_it() -> None:
    assert [(step.what, len(step.rows)) for step in steps(GRAPH)] == [
        ("constraint on Article", 0),
        ("constraint on Entity", 0),
        ("nodes Article", 1),
        ("nodes Entity", 2),
        ("label Company", 1),
        ("relationships BUYS", 1),
    ]


def test_rows_hold_lists_and_no_tuples() -> None:
    rows = {step.what: step.rows for step in steps(GRAPH)}
    assert rows["nodes Entity"][0] == {"id": "x", "properties": {"mentions": ["X", "Ex"]}}
    assert rows["relationships BUYS"] == (
        {"id": "r", "start": "x", "end": "y", "properties": {"plain": True}},
    )


def test_a_name_cannot_end_its_quotes() -> None:
    assert quoted_name("A`) DETACH DELETE (n") == "`A``) DETACH DELETE (n`"
