"""Ask, answer, build, and ask again: on articles with planted doubts, with the real model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model.graph import Entity, KnowledgeGraph
from kg.pipeline import build, load_graph, remove_articles, review_build

pytestmark = pytest.mark.model

ARTICLES = {
    "a.txt": (
        "Fernhill Foods opens in Oslo\n\nFernhill Foods opened a plant in Oslo on Monday. Fernhill "
        "Foods, based in Bergen, employs 1,200 people.\n\n“We will supply Kestrel Motors from "
        "Oslo,” said Maria Lindqvist, chief executive of Fernhill Foods.\n"
    ),
    "b.txt": (  # a slip, with no neighbour in common
        "Fernhil Foods hires a chief\n\nFernhil Foods is a subsidiary of Halden Group. Fernhil "
        "Foods is based in Trondheim.\n"
    ),
    "c.txt": (
        "Northern Pipeline Board meets\n\nThe Northern Pipeline Board is based in Hamburg. The "
        "Northern Pipeline Board signed a partnership with Sollund Energy.\n"
    ),
    "d.txt": (  # an acronym that no article explains
        "NPB signs\n\nNPB has acquired Marrow Tools. NPB employs 90 people.\n"
    ),
    "e.txt": (  # another firm of a name that a.txt has too
        "Kestrel Motors signs\n\nKestrel Motors has acquired Wexley Glass. Kestrel Motors is based "
        "in Turin.\n"
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles and their outputs, which no test changes."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    for name, text in ARTICLES.items():
        (folder / "in" / name).write_text(text, "utf-8")
    build(folder / "in", out=folder / "out")
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "it")
    return tmp_path / "it"


def again(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(
        cli, ["build", str(folder / "in"), "--out", str(folder / "out"), *options]
    )


def graph_of(folder: Path) -> KnowledgeGraph:
    return load_graph(folder / "out")[0]


def report_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "out/report.json").read_text("utf-8"))
    return found


def called(graph: KnowledgeGraph, name: str) -> list[Entity]:
    return [e for e in graph.entities if name in (e.label, *e.mentions)]


def answer(folder: Path, question: str, word: str) -> None:
    """Writes the answer below the question that holds these words."""
    path = folder / "out/review.yaml"
    head, found, rest = path.read_text("utf-8").partition(question)
    assert found, question
    path.write_text(head + found + rest.replace('decision: "?"', f"decision: {word}", 1), "utf-8")


def test_answers_outrank_every_score_and_stay(folder: Path) -> None:
    out = folder / "out"
    counts = review_build(out)
    assert counts.open["merges"] == 2
    before = graph_of(folder)
    supply = next(f for f in before.facts if f.predicate == "suppliesTo")
    doubtful = next(f for f in before.facts if f.predicate == "acquired" and f.confidence < 0.8)
    assert len(called(before, "Fernhil Foods")) == len(called(before, "NPB")) == 1
    answer(folder, "“Fernhil Foods” and “Fernhill Foods”", "yes  # the paper slipped")
    answer(folder, "“Northern Pipeline Board” and “NPB”", "no")
    answer(folder, "“Fernhill Foods — supplies to — Kestrel Motors”", "no")
    answer(folder, "“" + " — ".join((doubtful.subject.label, "acquired")), "yes")
    edited = (out / "review.yaml").read_bytes()

    result = again(folder, "--min-confidence", "0.9")
    assert result.exit_code == 0, result.output
    assert "4 decisions in force, 0 in force for nothing" in result.output
    after = graph_of(folder)
    (food,) = called(after, "Fernhil Foods")
    assert food.mentions == ("Fernhil Foods", "Fernhill Foods")
    assert called(after, "NPB") != called(after, "Northern Pipeline Board")
    assert "suppliesTo" not in {f.predicate for f in after.facts}
    assert supply.evidence[0].span not in {s.evidence.span for s in after.statements}
    assert [f.confidence for f in after.facts if f.id == doubtful.id] == [1.0]
    report = report_of(folder)
    assert report["rejected"]["turned down in review"] == 1
    assert (report["review"]["applied"], report["review"]["unmatched"]) == (4, [])
    assert (out / "review.yaml").read_bytes() == edited

    counts = review_build(out)
    assert (counts.decided, counts.in_doubt, counts.open["merges"]) == (4, 0, 0)
    assert "decision: yes  # the paper slipped" in (out / "review.yaml").read_text("utf-8")
    decided = (out / "review.yaml").read_bytes()
    review_build(out)
    assert (out / "review.yaml").read_bytes() == decided


def test_a_wrong_merge_is_taken_apart_and_a_fact_of_it_stays_turned_down(folder: Path) -> None:
    (motors,) = called(graph_of(folder), "Kestrel Motors")
    assert len(motors.members) == 2
    shown = CliRunner().invoke(
        cli, ["review", str(folder / "out"), "--about", "kestrel motors", "--below", "0.8"]
    )
    assert shown.exit_code == 0, shown.output
    answer(folder, "“Kestrel Motors” and “Kestrel Motors” one thing", "no")
    answer(folder, "“Kestrel Motors — acquired — Wexley Glass”", "no")
    assert again(folder).exit_code == 0
    graph = graph_of(folder)
    assert len(called(graph, "Kestrel Motors")) == 2
    assert all(len(e.members) == 1 for e in called(graph, "Kestrel Motors"))
    assert not [f for f in graph.facts if "Wexley" in getattr(f.object, "label", "")]
    report = report_of(folder)["review"]
    assert (report["applied"], report["turned_down"], report["unmatched"]) == (2, 1, [])


def test_a_decision_whose_entity_vanished_is_told_of_and_kept(folder: Path) -> None:
    out = folder / "out"
    review_build(out)
    answer(folder, "“Northern Pipeline Board” and “NPB”", "yes")
    answer(folder, "“NPB — acquired — Marrow Tools”", "yes")
    assert again(folder).exit_code == 0
    edited = (out / "review.yaml").read_bytes()
    _, removed = remove_articles(out, ["d.txt"])
    (folder / "in/d.txt").unlink()
    result = again(folder)
    assert result.exit_code == 0
    assert "2 in force for nothing" in result.output
    assert result.output.count("warning    review.yaml:") == 2
    told = report_of(folder)["review"]["unmatched"]
    assert [u["kind"] for u in told] == ["fact", "merge"]
    assert len(removed.review.unmatched) == 2
    assert (out / "review.yaml").read_bytes() == edited
    counts = review_build(out)
    assert (counts.decided, counts.in_doubt) == (2, 2)
    assert (out / "review.yaml").read_text("utf-8").count("status: decided, but no ") == 2
    with pytest.warns(UserWarning, match=r"review: review\.yaml:\d+: no "):
        build(folder / "in", out=out)


def test_decisions_kept_elsewhere_are_heeded_by_all_that_makes_the_graph(folder: Path) -> None:
    path = folder / "decisions.yaml"
    shown = CliRunner().invoke(cli, ["review", str(folder / "out"), "--out", str(path)])
    assert shown.exit_code == 0, shown.output
    assert not (folder / "out/review.yaml").exists()
    text = path.read_text("utf-8")
    path.write_text(text.replace('decision: "?"', "decision: yes", 1), "utf-8")
    assert again(folder, "--review", str(path)).exit_code == 0
    assert len(called(graph_of(folder), "Fernhil Foods")[0].members) == 2
    told = "1 decision of the last build here not given: give --review again"
    assert told in again(folder).output
    assert "give --review" not in again(folder, "--review", str(path)).output
    assert f"Review: {told}" in again(folder, "--quiet").stderr
    assert again(folder, "--review", str(path)).exit_code == 0
    with pytest.warns(UserWarning, match=told):
        build(folder / "in", out=folder / "out")
    assert again(folder, "--review", str(path)).exit_code == 0
    graph, _ = remove_articles(folder / "out", ["e.txt"])
    assert len(called(graph, "Fernhil Foods")[0].members) == 2
    fresh = build(
        [p for p in (folder / "in").iterdir() if p.name != "e.txt"],
        out=folder / "new",
        review=[path],
    )
    assert fresh == graph
    for name in ("facts.jsonl", "graph.trig", "report.json"):
        assert (folder / "new" / name).read_bytes() == (folder / "out" / name).read_bytes()


CONTRADICTION = """\
merges:
- {{left: {a}, right: {b}, decision: yes}}
- {{left: {b}, right: {c}, decision: yes}}
- {{left: {a}, right: {c}, decision: no}}
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("merges:\n- left: [\n", "review.yaml:3: this is not YAML"),
        (
            "merges:\n- left: Acme\n  right: Beta\n  decision: yes\n",
            "review.yaml:2: 'Acme' is no id",
        ),
        (CONTRADICTION, "review.yaml:4"),
        ("", "review.yaml is empty"),
    ],
)
def test_a_bad_review_file_stops_the_build_and_nothing_is_written(
    folder: Path, text: str, problem: str
) -> None:
    graph = graph_of(folder)
    a, b, c = (called(graph, n)[0].id for n in ("Fernhil Foods", "Fernhill Foods", "NPB"))
    path = folder / "out/review.yaml"
    path.write_text(text.format(a=a, b=b, c=c), "utf-8")
    files = {p: p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()}
    for result in (again(folder), CliRunner().invoke(cli, ["review", str(folder / "out")])):
        assert result.exit_code == 1
        assert problem in result.stderr
        assert "Traceback" not in result.stderr
    assert {p: p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()} == files
