"""The Cypher script: literals that hold any text, batches, and ends that a shell finds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.cypher import cypher_literal, render_cypher, statements
from kg.ontology.domain import load_ontology
from kg.property_graph import Node, PropertyGraph, property_graph
from tests.property_graph.hostile import hostile_graph

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("it's", r"'it\'s'"),
        ('"', "'\"'"),
        ("a\\b", r"'a\\b'"),
        ("\\u0041", r"'\\\u00750041'"),  # Cypher 5 reads \u before it looks for \\
        ("a\nb\r\tc", r"'a\nb\r\tc'"),
        ("\x00\x1b\x85\u2028", r"'\u0000\u001b\u0085\u2028'"),
        ("é 😀 \u202e", "'é 😀 \u202e'"),
        (True, "true"),
        (-3, "-3"),
        (1e300, "1e300"),  # Cypher has no + in an exponent
        (0.5, "0.5"),
        (date(2024, 2, 29), "date('2024-02-29')"),
        (["a", "b"], "['a', 'b']"),
        ({"a`b": 1}, "{`a``b`: 1}"),
    ],
)
def test_a_value_is_written_as_cypher_writes_it(value: Any, expected: str) -> None:
    assert cypher_literal(value) == expected


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_comes_back(text: str) -> None:
    literal = cypher_literal(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", literal)
    assert re.fullmatch(r"'(?:[^\\']|\\[nrt\\']|\\u[0-9a-f]{4})*'", literal)
    assert unescaped(literal[1:-1]) == text
    # and also for one that reads escapes of characters first, whatever stands before them
    early = re.sub(r"\\u([0-9a-f]{4})", lambda m: raw(chr(int(m[1], 16))), literal[1:-1])
    assert unescaped(early) == text


def raw(character: str) -> str:
    return character if character not in "\\'" else f"\\{character}"


def unescaped(body: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|(.))",
        lambda m: chr(int(m[1], 16)) if m[1] else ESCAPES[m[2]],
        body,
        flags=re.S,
    )


def test_rows_come_in_batches_that_a_shell_can_take() -> None:
    nodes = tuple(Node(f"n{i:04}", ("Entity", "Place"), {"name": "x" * i}) for i in range(450))
    found = list(statements(PropertyGraph(nodes, ())))
    rows = [text.count("\n  {") for text in found]
    assert rows == [0, 200, 200, 50, 200, 200, 50]
    long = tuple(Node(f"n{i}", ("Entity",), {"name": "x" * 60_000}) for i in range(3))
    assert [text.count("\n  {") for text in statements(PropertyGraph(long, ()))] == [0, 1, 1, 1]


def test_a_shell_finds_the_end_of_each_statement_and_no_command_of_its_own() -> None:
    graph = property_graph(hostile_graph(), load_ontology())
    text = render_cypher(graph)
    lines = text.split("\n")
    assert not [line for line in lines if line.startswith(":")]
    assert sum(line.endswith(";") for line in lines) == len(list(statements(graph)))
    assert text.endswith(";\n")
