"""How good the packaged domain `space` is on articles of the project itself.

Those of docs/own-subject it was tuned on. Those of tests/fixtures/space/unseen had their gold facts
written before any tuning, and nothing was mended for them. `--update-golden` renews space.csv.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.ask import ask, graph_of
from kg.evaluate import Evaluation, evaluate
from kg.ontology.domain import domain_folder, load_ontology
from kg.ontology.questions import read_questions
from kg.ontology.scaffold.folder import new_domain
from kg.pipeline import build
from tests.conftest import ROOT
from tests.quality.tables import rows, worse_than
from tools.ablation import combined, measured, parsed

OWN = ROOT / "docs" / "own-subject"
SPACE = ROOT / "tests" / "fixtures" / "space"
TABLE = Path(__file__).with_name("space.csv")
SETS = {"space": (OWN / "articles", "gold"), "space-unseen": (SPACE / "unseen", "gold-unseen")}
ANSWERS: dict[str, dict[str, list[list[str]]]] = json.loads(
    (SPACE / "answers.json").read_text("utf-8")
)
QUESTIONS = read_questions([domain_folder("space")])
BESIDE = frozenset({"speaker", "voice", "start", "end", "quote"})  # columns not written down


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each set of articles as a folder of outputs."""
    folders = {name: tmp_path_factory.mktemp(name) for name in SETS}
    for name, (articles, _) in SETS.items():
        build([articles], out=folders[name], domain="space")
    return folders


@pytest.fixture(scope="module")
def scores(built: dict[str, Path]) -> dict[str, Evaluation]:
    is_a = load_ontology("space").is_a
    return {
        name: evaluate(built[name] / "facts.jsonl", SPACE / gold, is_a=is_a)
        for name, (_, gold) in SETS.items()
    }


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("space", 0.80, 0.60), ("space-unseen", 0.78, 0.58)]
)
def test_articles_are_read_with_precision(
    name: str, precision: float, recall: float, scores: dict[str, Evaluation]
) -> None:
    overall = scores[name].overall
    assert overall.precision >= precision
    assert overall.recall >= recall
    assert overall.share("evidence") >= 0.9
    assert overall.share("modality") >= 0.9


@pytest.mark.model
def test_no_predicate_is_read_worse_than_before(
    scores: dict[str, Evaluation], request: pytest.FixtureRequest
) -> None:
    now = rows(scores.__getitem__, SETS)
    if request.config.getoption("--update-golden", default=False):
        from tests.quality.tables import as_csv

        TABLE.write_text(as_csv(now), "utf-8")
    worse, diff = worse_than(TABLE.read_text("utf-8"), now)
    assert worse == [], diff


@pytest.mark.model
@pytest.mark.parametrize("name", SETS)
def test_the_graph_conforms_to_the_shapes(name: str, built: dict[str, Path]) -> None:
    report: dict[str, Any] = json.loads((built[name] / "report.json").read_text("utf-8"))
    assert report["conforms"]


@pytest.mark.model
def test_what_was_learned_adds_to_the_rules() -> None:
    articles, gold = SETS["space"]
    ontology = load_ontology("space")
    docs = parsed(articles, SPACE / gold)
    table = {
        names: measured(docs, SPACE / gold, ontology, names, None)
        for names in combined(ontology, None)
    }
    rules, both = table[("rules",)], table[("rules", "learned")]
    assert list(table) == [("rules",), ("learned",), ("rules", "learned")]
    assert both.recall >= rules.recall + 0.05
    assert both.f1 > rules.f1
    assert both.precision >= rules.precision - 0.03
    assert both.agreed > 5
    assert table[("learned",)].precision >= 0.75


def test_what_was_learned_is_of_the_sentences_beside_it() -> None:
    model = json.loads((domain_folder("space") / "learned/model.json").read_text("utf-8"))
    sentences = (OWN / "sentences.jsonl").read_bytes()
    assert model["learned from"]["sha256"] == hashlib.sha256(sentences).hexdigest()
    assert model["threshold"] >= 0.5


def test_no_sentence_to_learn_from_is_one_of_the_articles() -> None:
    texts = [json.loads(line)["text"] for line in (OWN / "sentences.jsonl").open(encoding="utf-8")]
    assert len(texts) == len(set(texts)) > 100
    for articles, _ in SETS.values():
        for path in articles.glob("*.txt"):
            runs = _runs(path.read_text("utf-8"))
            assert not [text for text in texts if runs & _runs(text)]


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every eight words in a row."""
    words = text.split()
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


def _proposed(folder: Path) -> dict[str, tuple[set[str], set[str]]]:
    """Relations of the domain that the list of the documentation gives, with domain and range."""
    new_domain("spaceflight", OWN / "spaceflight.json", out=folder)
    ontology = load_ontology(folder)
    own = [r for r in ontology.relations.values() if "/spaceflight#" in r.iri]
    return {r.name: (set(r.domain), set(r.range)) for r in own}


def test_the_domain_is_what_the_list_gives_and_more(tmp_path: Path) -> None:
    packaged = load_ontology("space")
    proposed = _proposed(tmp_path / "spaceflight")
    assert len(proposed) == 17
    for name, (domain, range_) in proposed.items():
        relation = packaged.relations[name]
        assert (set(relation.domain), set(relation.range)) == (domain, range_), name
    assert len(packaged.frames) > len(load_ontology("newsroom").frames) + 40
    assert not [frame.id for frame in packaged.frames if frame.proposed]


@pytest.mark.model
@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered_as_written_down(name: str, built: dict[str, Path]) -> None:
    """What a careful reader answers, but for what is written down as missed or wrong."""
    answer = ANSWERS[name]
    result = ask(graph_of(built["space"]), QUESTIONS[name])
    shown = [i for i, column in enumerate(result.columns) if column not in BESIDE]
    found = {tuple(str(getattr(row[i], "value", "")) for i in shown) for row in result.rows}
    expected = {tuple(row) for row in (*answer["right"], *answer["wrong"])}
    assert found == expected
    assert not expected & {tuple(row) for row in answer["missed"]}


def test_every_question_has_an_answer() -> None:
    assert sorted(ANSWERS) == sorted(QUESTIONS)
