"""The scorer of BenchIE gives the published figures, and the open layer keeps its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.extract.open import OpenTriple
from tools.benchie import (
    Figures,
    Pattern,
    Sentence,
    main,
    measure,
    plain,
    read_gold,
    read_system,
    score,
    table,
)

# Precision, recall and F1 as BenchIE prints them for the published triples of each system.
PUBLISHED = {
    "clausie": (0.5029, 0.2556, 0.3389),
    "m2oie_en": (0.3924, 0.1607, 0.2281),
    "minie": (0.4291, 0.2778, 0.3372),
    "naive_oie": (0.0334, 0.0230, 0.0272),
    "openie6": (0.3111, 0.2141, 0.2536),
    "roi_n": (0.2029, 0.0941, 0.1285),
    "roi_t": (0.3732, 0.0785, 0.1297),
    "stanford": (0.1108, 0.1570, 0.1299),
}


@pytest.fixture
def folder(shared: Path) -> Path:
    """The folder of BenchIE."""
    path = shared / "bench" / "benchie"
    if not path.is_dir():
        pytest.skip("no bench/benchie in ../shared")
    return path


@pytest.mark.parametrize(
    ("extraction", "matches"),
    [
        (("the mill", "was sold to", "a rival"), True),
        (("mill", "sold to", "rival"), True),
        (("the mill", "was  sold to", "a rival"), True),
        (("the mill of Acme", "was sold to", "rival"), True),
        (("the mill of", "was sold to", "rival"), False),
        (("a mill", "was sold to", "rival"), False),
        (("The mill", "was sold to", "rival"), False),
        (("mill", "was sold", "to rival"), False),
    ],
)
def test_bracketed_words_may_be_left_out(extraction: tuple[str, str, str], matches: bool) -> None:
    pattern = Pattern.parse("[the] mill [of Acme] --> [was] sold to --> [a] rival")
    assert pattern.matches(extraction) is matches


def test_a_bracket_that_touches_a_word_is_part_of_it() -> None:
    pattern = Pattern.parse("Ann[,] Jr. --> ate --> fish")
    assert pattern.matches(("Ann, Jr.", "ate", "fish"))
    assert pattern.matches(("Ann Jr.", "ate", "fish"))
    assert not pattern.matches(("Ann , Jr.", "ate", "fish"))


def test_readings_of_one_synset_count_once_and_each_wrong_triple_counts() -> None:
    synset = (Pattern.parse("a --> is --> b"), Pattern.parse("b --> is --> a"))
    other = (Pattern.parse("a --> has --> c"),)
    gold = (Sentence("1", "…", (synset, other)), Sentence("2", "…", (other,)))
    found = {"1": [("a", "is", "b"), ("b", "is", "a"), ("x", "is", "y")]}
    figures = score(gold, found)
    assert figures == Figures(triples=3, wrong=1, found=1, synsets=3)
    assert (figures.precision, figures.recall) == (1 / 2, 1 / 3)
    assert figures.f1 == pytest.approx(0.4)


def test_nothing_found_is_zero_and_no_error() -> None:
    assert score((Sentence("1", "…", ()),), {}).f1 == 0.0


def test_the_gold_is_read_with_its_slips(tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_text(
        "sent_id:7\tA is b .\n7--> Cluster 1:\nA --> is --> b\n7-->Cluster 2:\nb --> is --> A\n\n"
        "sent_id:8\tNothing .\n",
        "utf-8",
    )
    first, second = read_gold(path)
    assert (first.id, first.text, len(first.synsets)) == ("7", "A is b .", 2)
    assert (second.id, second.synsets) == ("8", ())


def test_the_table_has_the_best_system_first() -> None:
    lines = table([("low", Figures(2, 1, 1, 9)), ("high", Figures(1, 0, 1, 1))]).splitlines()
    assert lines[2:] == [
        "| high | 1 | 1.000 | 1.000 | 1.000 |",
        "| low | 2 | 0.500 | 0.111 | 0.182 |",
    ]


@pytest.mark.shared
def test_the_scorer_gives_the_published_figures(folder: Path) -> None:
    gold = read_gold(folder / "benchie_gold_annotations_en.txt")
    assert (len(gold), sum(len(s.synsets) for s in gold)) == (300, 1350)
    for name, published in PUBLISHED.items():
        figures = score(gold, read_system(folder / "systems" / f"{name}.tsv"))
        measured = (figures.precision, figures.recall, figures.f1)
        assert measured == pytest.approx(published, abs=0.001), name


@pytest.mark.model
@pytest.mark.shared
def test_the_command_prints_all_systems_and_the_open_layer_keeps_its_figures(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measures = []

    def measured_once(gold: Iterable[Sentence]) -> tuple[dict[str, list[OpenTriple]], float]:
        measures.append(measure(gold))
        return measures[-1]

    monkeypatch.setattr("tools.benchie.measure", measured_once)
    assert main([str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "newskg, open layer" in printed.splitlines()[2]
    assert all(f"| {name} |" in printed for name in PUBLISHED)
    assert "sentences a second" in printed

    gold = read_gold(folder / "benchie_gold_annotations_en.txt")
    found = plain(measures[0][0])
    figures = score(gold, found)
    assert figures.f1 >= 0.54
    assert figures.precision >= 0.59
    assert score(gold[190:], found).f1 >= 0.50  # sentences whose errors nobody looked at
