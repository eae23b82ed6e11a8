"""docs/your-own-subject.md: each of its commands runs, and finds what its article says."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "your-own-subject.md"
SAID = {
    ("Lantern", "manufacturer", "Orrery Works"),
    ("Lantern", "launchDate", "2021-05-03"),
    ("Lantern", "operator", "Norvik Space Agency"),
    ("Lantern", "launchMass", "640"),
    ("Lantern", "orbits", "Venus"),
    ("Lantern", "nickname", "Firefly"),
    ("Petrel", "commander", "Ines Albrecht"),
    ("Petrel", "launchDate", "2022-06-12"),
}


@pytest.mark.model
def test_the_commands_of_the_page_find_what_the_article_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "docs" / "own-subject", tmp_path / "docs" / "own-subject")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert [shlex.split(c)[1] for c in commands] == [
        *("ontology", "ontology", "ontology", "build", "learn", "build")
    ]
    outputs: list[str] = []
    written: list[list[dict[str, Any]]] = []  # the facts of each build
    for command in commands:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}: {result.output}"
        outputs.append(result.output)
        if shlex.split(command)[1] == "build":
            lines = Path("graph/facts.jsonl").read_text("utf-8").splitlines()
            written.append([json.loads(line) for line in lines])
            assert json.loads(Path("graph/report.json").read_text("utf-8"))["conforms"]
    assert re.search(r"no problem found; (\d+) of \1 frames are proposed", outputs[1])
    assert "proposed frame manufacturer-verb: Lantern manufacturer Orrery Works" in outputs[2]
    facts, learned = written
    found = {(_name(f["subject"]), f["predicate"], _name(f["object"])) for f in facts}
    assert found == SAID
    extractors = {e["extractor"] for f in facts for e in f["evidence"]}
    assert all(extractor.startswith("proposed/") for extractor in extractors)
    kinds = [{e["extractor"].split("/")[0] for e in f["evidence"]} for f in learned]
    assert {"learned", "proposed"} in kinds  # they agree on some
    assert kinds.count({"learned"}) >= 3  # and some are found by examples alone


def _name(part: dict[str, str]) -> str:
    return part.get("label") or part["value"]
