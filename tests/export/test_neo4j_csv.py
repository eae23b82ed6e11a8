"""Files for neo4j-admin: the strict checker takes them and gives the graph back."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kg.export.neo4j_csv import render_neo4j_csv
from kg.ontology.domain import Ontology, load_ontology
from kg.property_graph import EvidenceForm, PropertyGraph, PropertyValue, property_graph
from tests.export.neo4j_check import WrongImportError, check
from tests.factories import make_graph
from tests.property_graph.hostile import hostile_graph
from tests.showcase import showcase_graph

GRAPHS = {"showcase": showcase_graph, "hostile": hostile_graph}


@cache
def olympics() -> Ontology:
    return load_ontology()


@cache
def exported(name: str, form: EvidenceForm = EvidenceForm.NODES) -> dict[str, str]:
    return render_neo4j_csv(viewed(name, form), olympics())


@cache
def viewed(name: str, form: EvidenceForm = EvidenceForm.NODES) -> PropertyGraph:
    return property_graph(GRAPHS[name](), olympics(), evidence=form)


def held(value: PropertyValue) -> PropertyValue:
    """A value as the import holds it: two characters cannot be written."""
    if isinstance(value, tuple):
        return tuple(held(item) for item in value)  # type: ignore[return-value]
    return re.sub("[\x00\x1f]", "\ufffd", value) if isinstance(value, str) else value


@pytest.mark.parametrize("form", list(EvidenceForm))
@pytest.mark.parametrize("name", GRAPHS)
def test_the_import_holds_the_graph(name: str, form: EvidenceForm) -> None:
    graph = viewed(name, form)
    imported = check(exported(name, form))
    assert imported.nodes == {
        node.id: (frozenset(node.labels), {k: held(v) for k, v in node.properties.items()})
        for node in graph.nodes
    }
    expected = [
        (r.type, r.start, r.end, {"id": r.id} | {k: held(v) for k, v in r.properties.items()})
        for r in graph.relationships
    ]
    assert sorted(imported.relationships, key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("name", GRAPHS)
def test_another_reader_of_csv_finds_the_same_cells(name: str) -> None:
    for file, text in exported(name).items():
        if file.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert {len(row) for row in rows} == {len(rows[0])}
    text = exported(name)["nodes-entity.csv"]
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    names = {
        node.id: node.properties["name"] for node in viewed(name).nodes if node.key == "Entity"
    }
    assert all(row["name:string"] == held(names[row["id:ID"]]) for row in read)


def test_an_empty_graph_is_a_folder_that_can_be_checked() -> None:
    files = render_neo4j_csv(property_graph(make_graph(), olympics()), olympics())
    assert check(files).nodes == {}


def replaced(file: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def mutate(files: dict[str, str]) -> None:
        assert old in files[file], "the mutant changes nothing"
        files[file] = files[file].replace(old, new, 1)

    return mutate


def removed(file: str) -> Callable[[dict[str, str]], None]:
    return lambda files: files.pop(file) and None


def cut(file: str) -> Callable[[dict[str, str]], None]:
    def mutate(files: dict[str, str]) -> None:
        files[file] = files[file][:-1]

    return mutate


def doubled(file: str) -> Callable[[dict[str, str]], None]:
    def mutate(files: dict[str, str]) -> None:
        files[file] += files[file].split("\n", 1)[1]

    return mutate


ENTITY, FACTS = "nodes-entity.csv", "relationships-facts.csv"
MUTANTS = {
    "no id column": replaced(ENTITY, "id:ID", "id:string"),
    "two id columns": replaced(ENTITY, "name:string", "name:ID"),
    "no label column": replaced(ENTITY, ":LABEL", "labels:string"),
    "no start": replaced(FACTS, ":START_ID", "start:string"),
    "no end": replaced(FACTS, ":END_ID", ":END"),
    "no type": replaced(FACTS, ":TYPE", "kind:string"),
    "unknown type": replaced(ENTITY, "name:string", "name:text"),
    "untyped": replaced(ENTITY, "name:string", "name"),
    "upper-case type": replaced(ENTITY, "name:string", "name:STRING"),
    "array the wrong way round": replaced(ENTITY, "mentions:string[]", "mentions:[]string"),
    "unnamed property": replaced(ENTITY, "name:string", ":string"),
    "property twice": replaced(ENTITY, "type:string", "name:string"),
    "wrong delimiter of the header": replaced(ENTITY, "id:ID,:LABEL", "id:ID;:LABEL"),
    "text for a number": replaced(FACTS, "sources:long", "stance:long"),
    "number out of range": replaced(FACTS, "confidence:double", "confidence:long"),
    "text for a boolean": replaced(FACTS, ",true,", ",yes,"),
    "a field too many": replaced(ENTITY, "\n", ",\n"),
    "open quotes": replaced(ENTITY, '",', ","),
    "quotes inside": replaced(ENTITY, '","', '"x","'),
    "quotes with a backslash": replaced(ENTITY, '""', '\\"'),
    "id twice": doubled(ENTITY),
    "an end that is no node": replaced(FACTS, 'https://example.org', 'https://example.com'),
    "no such array delimiter": replaced("import.sh", "U+001F", "unit"),
    "a type that is none": replaced(FACTS, '"WORKS_FOR"', '"WORKS FOR"'),
    "default array delimiter": replaced("import.sh", "--array-delimiter=U+001F", "--quiet"),
    "one line a row": replaced("import.sh", "--multiline-fields=true", "--quiet"),
    "file not imported": replaced("import.sh", f"--relationships={FACTS}", "--quiet"),
    "file not there": removed(FACTS),
    "cut off": cut(ENTITY),
    "a null character": replaced(ENTITY, "Company", "Com\x00pany"),
    "an empty label": replaced(ENTITY, '"Entity\x1f', '"Entity\x1f\x1f'),
}  # fmt: skip


@pytest.mark.parametrize("mutate", MUTANTS.values(), ids=MUTANTS)
def test_the_checker_finds_what_would_break_an_import(
    mutate: Callable[[dict[str, str]], None],
) -> None:
    files = dict(exported("hostile"))
    mutate(files)
    with pytest.raises(WrongImportError):
        check(files)


def test_the_script_gives_all_it_got_to_neo4j_admin(tmp_path: Path) -> None:
    for name, text in exported("showcase").items():
        (tmp_path / name).write_text(text, "utf-8")
    fake = tmp_path / "fake-admin"
    fake.write_text('#!/bin/sh\npwd\nfor a in "$@"; do echo "$a"; done\n', "ascii")
    fake.chmod(0o755)
    run = subprocess.run(
        ["sh", str(tmp_path / "import.sh"), "my news", "--dry-run"],
        env={"PATH": "/usr/bin:/bin", "NEO4J_ADMIN": str(fake)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert lines[:4] == [str(tmp_path), "database", "import", "full"]
    assert lines[-2:] == ["--dry-run", "my news"]
    assert "--nodes=nodes-entity.csv" in lines
    failed = subprocess.run(
        ["sh", str(tmp_path / "import.sh")], capture_output=True, text=True, check=False
    )
    assert failed.returncode != 0
    assert "name of a database" in failed.stderr
