"""The same corpus gives the same bytes: twice, in any order, with any number of processes."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from kg.pipeline import build_with_report
from tests.files import contents
from tools.determinism import VARIANTS, Variant, build, different

pytestmark = pytest.mark.model

OUTPUTS = {
    "articles/apple-ibm.html.txt",
    "discrepancies.jsonl",
    "facts.jsonl",
    "graph.graphml",
    "graph.html",
    "graph.trig",
    "graph.ttl",
    "inferred.jsonl",
    "manifest.json",
    "report.json",
    "state/build.json",
}
READING = "state/readings/"


@pytest.fixture(scope="module")
def first(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of one build of the examples, in this process."""
    out = tmp_path_factory.mktemp("first")
    _, report = build_with_report(sorted(examples.iterdir()), out=out)
    assert report.is_complete
    return contents(out)


def test_every_output_is_written(first: dict[str, bytes]) -> None:
    readings = {name for name in first if name.startswith(READING)}
    assert set(first) - readings == OUTPUTS
    assert len(readings) == len(first["report.json"].split(b'"sha256"')) - 1
    assert {name for name, text in first.items() if not text} == {"discrepancies.jsonl"}


def test_second_run_in_the_same_process_gives_the_same_bytes(
    first: dict[str, bytes], examples: Path, tmp_path: Path
) -> None:
    build_with_report(sorted(examples.iterdir()), out=tmp_path)
    assert contents(tmp_path) == first


def test_order_of_inputs_does_not_show(
    first: dict[str, bytes], examples: Path, tmp_path: Path
) -> None:
    build_with_report(sorted(examples.iterdir(), reverse=True), out=tmp_path)
    assert contents(tmp_path) == first


def test_two_processes_give_the_same_bytes(
    first: dict[str, bytes], examples: Path, tmp_path: Path
) -> None:
    build_with_report(sorted(examples.iterdir(), reverse=True), out=tmp_path, processes=2)
    assert contents(tmp_path) == first


@pytest.mark.parametrize("variant", [VARIANTS[1], VARIANTS[3]], ids=lambda variant: variant.name)
def test_seed_locale_time_zone_order_and_folder_do_not_show(
    first: dict[str, bytes], examples: Path, tmp_path: Path, variant: Variant
) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(examples, moved)
    found = build(sys.executable, sorted(moved.iterdir()), tmp_path, variant)
    expected = {name: hashlib.sha256(data).hexdigest() for name, data in first.items()}
    assert different(expected, found, state=True) == []


def test_a_difference_is_told() -> None:
    one, other = {"a": "1", "b": "2", "state/c": "3"}, {"a": "1", "b": "4", "d": "5"}
    assert different(one, other, state=True) == ["b", "d", "state/c"]
    assert different(one, other, state=False) == ["b", "d"]
