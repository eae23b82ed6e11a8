"""The tool that measures loading loads what it says, both ways."""

from __future__ import annotations

import pytest

from tools import load_bolt

pytestmark = pytest.mark.engine


def test_both_ways_bring_the_same_graph(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("arcadedb_embedded", reason="ArcadeDB is not installed: `make engines`")
    graph = load_bolt.made(20)
    load_bolt.main(["--relationships", "20", "--memory", "512m"])
    lines = [line.split() for line in capfd.readouterr().out.splitlines()[1:]]
    assert [line[:2] for line in lines] == [["kg", "load"], ["kg", "load,"], ["LOAD", "CSV"]]
    for line in lines:
        assert line[-8:-6] == [f"{len(graph.nodes)}", f"{len(graph.relationships)}"]
        assert all(float(cell.replace(",", "")) >= 0 for cell in line[-6:-4])
