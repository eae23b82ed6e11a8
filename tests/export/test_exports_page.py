"""docs/exports.md is true: each row of its table is looked up in what the exports really hold."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld

from kg.errors import InputError
from kg.export.formats import FORMATS, FormatOptions, export_graph, format_named
from kg.rdf.store import run_query
from kg.rdf.terms import NR
from kg.rdf.written import WrittenGraph, open_written
from tests.conftest import ROOT
from tests.export.written import known_graphs, written_in

# rdflib warns of itself when it reads named graphs.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")
ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in re.findall(r"^\| (`.*) \|$", PAGE.partition("## Read it back")[0], re.M)
    for cells in [[cell.strip() for cell in line.split("|")]]
}
PAGES = ("html", "svg", "png")
every_row = pytest.mark.parametrize("name", ROWS)


def by_pyoxigraph(path: Path) -> int:
    file = path / "graph.ttl" if path.is_dir() else path
    return len(list(ox.parse(path=str(file))))


def by_rdflib(path: Path) -> int:
    dataset = rdflib.Dataset()
    dataset.parse(path)
    return len(dataset)


def by_pyld(path: Path) -> int:
    return len(jsonld.to_rdf(json.loads(path.read_text("utf-8")))["@default"])


def by_json(path: Path) -> int:
    return sum(len([json.loads(line) for line in file.open()]) for file in path.glob("*.jsonl"))


def by_csv(path: Path) -> int:
    return sum(
        len(list(csv.reader(file.open(newline="", encoding="utf-8"))))
        for file in path.glob("*.csv")
    )


def by_pyarrow(path: Path) -> int:
    parquet = pytest.importorskip("pyarrow.parquet")
    return sum(parquet.read_table(file).num_rows for file in path.glob("*.parquet"))


def by_networkx(path: Path) -> int:
    read = nx.read_graphml if path.suffix == ".graphml" else nx.read_gexf
    return len(read(path).nodes)


READERS: dict[str, Callable[[Path], int]] = {
    "pyoxigraph": by_pyoxigraph,
    "rdflib": by_rdflib,
    "PyLD": by_pyld,
    "json": by_json,
    "csv": by_csv,
    "pyarrow": by_pyarrow,
    "networkx": by_networkx,
}


@pytest.fixture
def written(tmp_path: Path) -> WrittenGraph:
    return written_in(tmp_path, known_graphs()["showcase"])


def export(written: WrittenGraph, name: str, *, inferred: bool = False) -> Path:
    format_ = format_named(name)
    options = FormatOptions("", inferred=inferred)
    export_graph(written, format_, None, options)
    return written.path.parent / "exports" / format_.target


def test_the_table_has_a_row_for_each_format() -> None:
    assert list(ROWS) == [item.name for item in FORMATS]
    for item in FORMATS:
        assert ROWS[item.name][0] == f"`{item.target}{'/' if item.is_folder else ''}`"


@every_row
def test_each_named_reader_reads_the_file(name: str, written: WrittenGraph) -> None:
    readers = [reader for reader in ROWS[name][4].split(", ") if not reader.startswith("[")]
    assert readers or name in ("cypher", *PAGES)
    path = export(written, name)
    for reader in readers:
        assert READERS[reader](path) > 0


@every_row
def test_inferred_facts_are_where_the_table_says(name: str, written: WrittenGraph) -> None:
    path, where = export(written, name), ROWS[name][2]
    ids = {fact.id for fact in written.graph.inferred}
    assert ids
    if where == "on request":
        assert not _named(path, ids)
        export(written, name, inferred=True)
        assert _named(path, ids) == ids
    elif where == "own graph":
        kinds = {q.graph_name for q in ox.parse(path=str(path)) if q.object == _INFERRED}
        assert kinds == {written.inferred_graph}
    elif where == "own file":
        assert _named(path / "inferred.jsonl", ids) == ids
        assert not _named(path / "entities.jsonl", ids)
    elif where == "left out":
        assert name in PAGES
        assert not [key for key in ids if key in "".join(_texts(path))]
    else:
        assert where == "own types"
        assert "inferred" in "".join(_texts(path)).lower() or path.name == "parquet"


_INFERRED = NR["InferredStatement"]


def _texts(path: Path) -> list[str]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file.read_text("utf-8", errors="replace") for file in files]


def _named(path: Path, ids: set[str]) -> set[str]:
    """The ids that stand in the file, but as what something else says of them."""
    text = "".join(_texts(path))
    return {key for key in ids if re.search(rf'identifier[^\n]*[">]{key}["<]|"id": "{key}"', text)}


@every_row
def test_what_opens_again_is_what_was_exported(name: str, written: WrittenGraph) -> None:
    path, opens = export(written, name), ROWS[name][3]
    if opens == "–":
        with pytest.raises(InputError):
            open_written(path)
        return
    again = open_written(path)
    assert again.stated == written.stated
    assert again.settings == written.settings
    assert opens == ("everything" if again.quads == written.quads else "what is stated")
    asked = run_query(again.path, "SELECT ?s WHERE { ?s a nr:Statement ; rdf:subject [] }").rows
    assert len(asked) == (0 if name == "rdfstar" else len(written.graph.facts))
    if opens == "everything":
        assert again.graph.inferred == written.graph.inferred


def test_the_code_that_reads_them_back_runs(
    written: WrittenGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("nquads", "turtle", "jsonld", "jsonl"):
        export(written, name)
    monkeypatch.chdir(written.path.parent)
    code = re.search(r"```python\n(.*?)```", PAGE, re.S)
    assert code is not None
    found: dict[str, list[object]] = {}
    exec(code[1], found)  # noqa: S102 - the page of this project
    assert set(found["quads"]) == set(written.quads)
    assert len(found["graph"]) == len(written.stated)
    assert len(found["facts"]) == len(written.graph.facts)
    assert len(found["entities"]) >= len(written.graph.entities)
