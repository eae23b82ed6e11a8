"""The pages of the benchmark of speed, and its table."""

from pathlib import Path

import pytest

from tools.bench_speed import PHASES, Cost, table
from tools.varied_pages import distinct, sources_in, vary


def test_each_page_has_names_of_its_own_and_the_rest_as_it_was() -> None:
    text = "Fjordix and Nordbank. Sign up now! Fjordix's dock."
    words = frozenset({"Fjordix", "Nordbank"})
    first, second = vary(text, words, 5, 100), vary(text, words, 6, 100)
    assert first != second
    assert first == vary(text, words, 5, 100)
    name, other = first.split(" and ")[0], first.split(" and ")[1].split(".")[0]
    assert first == text.replace("Fjordix", name).replace("Nordbank", other)
    assert name != other


def test_distinct_pages_share_no_paragraph_and_leave_the_rest_as_it_was() -> None:
    paragraph = "The keeper of the lighthouse wrote down every ship that came by."
    text = f"A heading\n\n{paragraph}\n\nShort line.\n{paragraph}\n"
    first, second = distinct(text, 5).split("\n"), distinct(text, 6).split("\n")
    paragraphs = [line for line in (*first, *second) if line.startswith(paragraph)]
    assert len(set(paragraphs)) == 4
    assert all(line.removeprefix(paragraph).count(" ") == 2 for line in paragraphs)
    assert [line for line in first if line not in paragraphs] == [
        "A heading",
        "",
        "",
        "Short line.",
        "",
    ]


def test_without_real_articles_the_examples_are_repeated(tmp_path: Path) -> None:
    assert {path.parent.name for path in sources_in(tmp_path)} == {"examples"}
    (tmp_path / "b.txt").write_text("B.")
    assert sources_in(tmp_path) == (tmp_path / "b.txt",)


@pytest.mark.parametrize("engine", sorted(PHASES))
def test_the_table_gives_ratios(engine: str) -> None:
    phases = {name: 10.0 for name, _, _ in PHASES[engine]}
    first = Cost(90.0, 100.0, 500.0, {**phases, "facts": 7})
    found = {
        "bare, one half": Cost(60.0, 70.0, 300.0, {}),
        "bare, other half": Cost(40.0, 50.0, 300.0, {}),
        "first": first,
        "unchanged": Cost(0.9, 1.0, 100.0, {}),
        "one changed": Cost(9.0, 10.0, 100.0, {}),
        "two processes": Cost(95.0, 50.0, 400.0, {}),
        "bare, both at once": Cost(100.0, 64.0, 600.0, {}),
    }
    text = table(found, 10, engine)
    assert "| first build | 90.0 | 0.90 | the bare pipeline |" in text
    assert "| read and extract | 10.0 | 1000 | 11% |" in text
    assert "| start, hashes and the rest | 30.0 | 3000 | 33% |" in text
    assert "| again, unchanged | 0.9 | 0.010 | the first build |" in text
    assert "2.00 times one by the clock" in text
    assert "that share nothing 1.88 times" in text
