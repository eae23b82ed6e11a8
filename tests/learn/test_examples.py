"""Examples as they are read: what they hold, and what is said of a broken file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.learn.examples import ExamplesError, Marked, Triple, read_examples

TEXT = "Ilkham Airfield is run by Quill Air."


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_an_example_has_its_text_triples_and_spans(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "triples": [{"s": "Ilkham Airfield", "p": "runBy", "o": "Quill Air", "o_span": [26, 35]}],
        "scope": ["runBy"],
        "entities": [{"span": [0, 15], "type": "airfield"}],
        "pairs": [[{"names": ["Ilkham Airfield"], "span": [0, 15]}, {"names": ["Quill Air"]}]],
    }
    (example,) = read_examples(write(tmp_path / "e.jsonl", "", json.dumps(row)))
    assert example.id == "2"  # the line, where there is no id
    assert example.triples == (Triple("Ilkham Airfield", "runBy", "Quill Air", None, (26, 35)),)
    assert example.scope == {"runBy"}
    assert example.entities == (((0, 15), "airfield"),)
    assert example.pairs == ((Marked(("Ilkham Airfield",), (0, 15)), Marked(("Quill Air",))),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "x", "triples": [', "line 2: not valid JSON"),
        ("[]", "line 2: not an example: a line must be a JSON object"),
        ('{"triples": []}', "line 2: 'text' is missing"),
        ('{"text": 5, "triples": []}', "line 2: not an example: text must be a string"),
        ('{"text": "x", "triples": [{"s": "x", "p": "r"}]}', "line 2: 'o' is missing"),
        (
            '{"text": "x", "triples": [{"s": "x", "p": "r", "o": "y", "o_span": [0, 9]}]}',
            r"line 2: not an example: span \[0, 9\] lies outside the text of 1 characters",
        ),
        (
            '{"text": "x", "triples": [], "entities": [{"span": [0, 1]}]}',
            "line 2: 'type' is missing",
        ),
        (
            '{"text": "x", "triples": [], "entities": [{"span": null, "type": "t"}]}',
            "line 2: not an example: an entity needs its span",
        ),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "e.jsonl", '{"text": "x", "triples": []}', line)
    with pytest.raises(ExamplesError, match=message) as raised:
        read_examples(path)
    assert str(path) in str(raised.value)


def test_an_empty_or_missing_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="holds no example"):
        read_examples(write(tmp_path / "e.jsonl", "", " "))
    with pytest.raises(ExamplesError, match="no such file"):
        read_examples(tmp_path / "none.jsonl")
