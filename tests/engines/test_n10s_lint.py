"""The scripts for neosemantics are Cypher; what n10s does with them only Neo4j can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export.formats import FormatOptions
from kg.export.n10s import write_n10s
from tests.engines.cypher_linter import lint
from tests.export.written import known_graphs, written_in

pytestmark = pytest.mark.engine


def test_the_checker_knows_all_but_the_procedures_of_the_plugin(tmp_path: Path) -> None:
    files = write_n10s(written_in(tmp_path, known_graphs()["showcase"]), FormatOptions("n10s"))
    scripts = {name: str(text) for name, text in files.items() if name.endswith(".cypher")}
    assert len(scripts) == 2
    findings = lint(
        scripts, labels=["Resource"], types=[], properties=["uri"], parameters={"folder": ""}
    )
    other = [item for item in findings if "n10s" not in item.message]
    assert other == []
    named = {item.message for item in findings}
    for procedure in ("graphconfig.init", "nsprefixes.add", "rdf.import.fetch", "shacl.validate"):
        assert any(procedure in message for message in named)
