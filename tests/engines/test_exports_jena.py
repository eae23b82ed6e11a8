"""Apache Jena reads every RDF format but JSON-LD (its reader is not in these jars) as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export.formats import export_graph, format_named
from tests.engines.jena import running_jena
from tests.export.written import known_graphs, written_in


@pytest.mark.engine
@pytest.mark.parametrize("name", ["showcase", "hostile"])
def test_jena_counts_what_was_exported(name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    named = {quad for quad in written.quads if str(quad.graph_name) != "DEFAULT"}
    with running_jena(tmp_path / "log") as jena:

        def loaded(format_: str) -> int:
            (path, *_) = export_graph(written, format_named(format_))
            return jena.load(path)

        one = len(written.stated)
        assert loaded("ntriples") == one
        assert loaded("turtle") == one, "the same triples again add none"
        if name != "hostile":  # of which XML cannot hold each character
            assert loaded("rdfxml") == one
        both = loaded("nquads")
        assert both == one + len(named)
        assert loaded("trig") == both
        assert loaded("rdfstar") == both + len(written.graph.facts)
