"""Builds on Apache Spark, with two executors in processes of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.engine.build import build_on
from kg.engine.running import spark_context
from kg.engine.spark import SparkFlow
from kg.ontology.domain import load_ontology
from kg.pipeline import Settings
from kg.report import FAILED, TOO_LATE
from tests.engine.memory_flow import MemoryFlow
from tests.engine.slow_reading import reading_slowly
from tests.files import contents
from tools.scale_engine import DOMAIN, record, recorded

pytestmark = pytest.mark.spark

SIZE = 60
MASTER = "local-cluster[2,1,1024]"


@pytest.fixture(scope="module")
def context() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="Spark is not installed: `make spark`")
    with spark_context(MASTER) as context:
        yield context


def test_executors_write_the_bytes_of_any_engine(context: Any, tmp_path: Path) -> None:
    source = tmp_path / "recorded"
    source.mkdir()
    record(source, SIZE, together=20)
    flows = {"spark": SparkFlow(context, parts=2), "memory": MemoryFlow()}
    for name, flow in flows.items():
        build_on(flow, [source], Settings(DOMAIN), tmp_path / name, step=recorded)
    assert contents(tmp_path / "spark") == contents(tmp_path / "memory")
    assert (tmp_path / "spark" / "facts" / "part-00000.jsonl").stat().st_size > 10_000


def test_article_that_takes_too_long_is_the_only_one_lost(context: Any, tmp_path: Path) -> None:
    domain = shutil.copytree(load_ontology("newsroom").folders[0], tmp_path / "newsroom")
    source = tmp_path / "in"
    source.mkdir()
    for name in ("killer", "slow", *map(str, range(9))):
        (source / f"{name}.txt").write_text("a", encoding="utf-8")
    settings = Settings(domain, timeout=2.0)
    flow = SparkFlow(context, parts=2)
    report = build_on(flow, [source], settings, tmp_path / "out", step=reading_slowly)
    assert [(s.name, s.kind) for s in report.skipped] == [
        ("killer.txt", FAILED),
        ("slow.txt", TOO_LATE),
    ]
    assert report.inputs.used == 9
