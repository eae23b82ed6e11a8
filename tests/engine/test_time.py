"""An article that takes too long, or takes its process along, is the only one that is lost."""

from __future__ import annotations

import json
import shutil
from multiprocessing import active_children
from pathlib import Path

import pytest

from kg.engine.build import build_on
from kg.engine.disk import DiskFlow
from kg.ontology.domain import load_ontology
from kg.pipeline import Settings
from kg.report import FAILED, TOO_LATE
from tests.engine.slow_reading import PREPARED, reading_slowly

FILES = 40  # more than one part of the sources


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    return Path(shutil.copytree(load_ontology("newsroom").folders[0], tmp_path / "newsroom"))


@pytest.mark.parametrize("processes", [1, 2])
def test_article_that_takes_too_long_is_the_only_one_lost(
    processes: int, domain: Path, tmp_path: Path
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in ("killer", "slow", *(f"{n:02}" for n in range(FILES))):
        (source / f"{name}.txt").write_text("a", encoding="utf-8")
    (source / "x.jsonl").write_text('{"id": "p", "text": "a"}\n' * 2 + "{", encoding="utf-8")
    settings = Settings(domain, timeout=2.0)
    with DiskFlow(tmp_path / "spill", processes=processes) as flow:
        report = build_on(flow, [source], settings, tmp_path / "out", step=reading_slowly)
    assert report.inputs.read == FILES + 5
    assert [(s.name, s.kind) for s in report.skipped] == [
        ("killer.txt", FAILED),
        ("slow.txt", TOO_LATE),
        ("x.jsonl#3", "unreadable"),
    ]
    late = report.skipped[1].reason
    assert late == "reading it took longer than 2 seconds; raise --timeout, or split the file"
    assert json.loads((tmp_path / "out" / "report.json").read_text())["inputs"]["used"] == FILES + 2
    started = (domain / PREPARED).read_text().splitlines()
    assert 3 <= len(started) <= processes + 2  # one in each task, however many parts, and 2 anew
    assert not active_children()
