"""How good the facts of real articles are: figures to hold, and a table that may only get better.

`python -m pytest tests/quality --update-golden` writes gold.csv anew; read its diff as code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.evaluate import Evaluation, evaluate
from kg.ontology.domain import Ontology
from kg.pipeline import build
from tests.quality.tables import as_csv, is_worse, read_csv, rows, worse_than

pytestmark = [pytest.mark.model, pytest.mark.shared]

TABLE = Path(__file__).with_name("gold.csv")


@dataclass(frozen=True)
class GoldSet:
    """A set of articles with gold facts, beside the project."""

    name: str
    gold: str
    articles: str


SETS = {
    "main": GoldSet("main", "gold", "articles"),
    "dev": GoldSet("dev", "gold-dev", "articles/dev"),
}


@pytest.fixture(scope="module")
def measured(
    shared: Path, olympics: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Evaluation]:
    """Name of a set to its evaluation; each set is built once."""
    done: dict[str, Evaluation] = {}

    def run(name: str) -> Evaluation:
        if name not in done:
            gold = shared / SETS[name].gold
            out = tmp_path_factory.mktemp(name)
            files = sorted(p for p in gold.glob("*.json") if p.name != "entities.json")
            names = [json.loads(p.read_text("utf-8"))["article"] for p in files]
            build([shared / SETS[name].articles / n for n in names], out=out)
            done[name] = evaluate(out / "facts.jsonl", gold, is_a=olympics.is_a)
        return done[name]

    return run


def test_main_articles_are_read_nearly_completely(measured: Callable[[str], Evaluation]) -> None:
    result = measured("main")
    assert result.overall.f1 >= 0.97
    shares = {name: result.overall.share(name) for name in ("modality", "speaker", "evidence")}
    assert {name: value for name, value in shares.items() if value < 0.95} == {}


def test_articles_not_tuned_for_are_read_with_precision(
    measured: Callable[[str], Evaluation],
) -> None:
    overall = measured("dev").overall
    assert overall.f1 >= 0.55
    assert overall.precision >= 0.80


@pytest.mark.parametrize("name", SETS)
def test_no_fact_comes_from_the_chrome_of_a_page(
    measured: Callable[[str], Evaluation], name: str
) -> None:
    assert measured(name).leaks == ()


def test_no_predicate_is_read_worse_than_before(
    measured: Callable[[str], Evaluation], request: pytest.FixtureRequest
) -> None:
    now = rows(measured, SETS)
    if request.config.getoption("--update-golden", default=False):
        TABLE.write_text(as_csv(now), "utf-8")
    worse, diff = worse_than(TABLE.read_text("utf-8"), now)
    assert worse == [], diff


def test_the_frozen_table_is_as_it_would_be_written() -> None:
    text = TABLE.read_text("utf-8")
    assert as_csv(read_csv(text)) == text
    assert {name for name, _ in read_csv(text)} == set(SETS)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"found": 2, "wrong": 1}, False),
        ({"found": 3, "wrong": 0}, False),
        ({"found": 1, "wrong": 0}, True),
        ({"found": 3, "wrong": 2}, True),
    ],
)
def test_worse_is_fewer_found_or_more_wrong(now: dict[str, int], expected: bool) -> None:
    assert is_worse({"found": 2, "wrong": 1}, now) is expected
