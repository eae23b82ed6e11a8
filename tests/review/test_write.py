"""What `kg review` writes, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kg.model.decision import DecisionKind
from kg.model.graph import KnowledgeGraph
from kg.review import ReviewCounts, ask_facts, ask_links, ask_merges, read_decisions, write_review
from kg.review.questions import Question
from kg.review.write import Reasons
from tests.review.graphs import iri, small_graph


def questions(graph: KnowledgeGraph) -> tuple[Question, ...]:
    return (*ask_merges(graph), *ask_links(graph), *ask_facts(graph))


def review(
    path: Path, graph: KnowledgeGraph | None = None, reasons: Reasons | None = None, most: int = 50
) -> ReviewCounts:
    asked = questions(small_graph() if graph is None else graph)
    return write_review(path, asked, reasons=reasons, at_most=most)


def load(path: Path) -> dict[str, list[dict[str, object]]]:
    """The file as another YAML reader sees it."""
    out: dict[str, list[dict[str, object]]] = YAML(typ="safe", pure=True).load(path)
    return out


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "review.yaml"


def test_a_merge_shows_both_sides_with_their_quotes(path: Path) -> None:
    review(path)
    (item,) = load(path)["merges"]
    assert item["question"] == "Are “Nordwel Ferries” and “Nordwell Ferries” one thing?"
    assert (item["decision"], item["score"], item["reason"]) == ("?", 0.81, "one letter apart")
    assert item["left"] == {
        "id": iri("Nordwel Ferries"),
        "name": "Nordwel Ferries",
        "type": "Company",
        "quotes": [
            {
                "article": "b.txt",
                "span": [0, 15],
                "text": "[Nordwel Ferries] moved to Torvik, says Ana Ruiz. # not a comment",
            }
        ],
    }


def test_a_fact_shows_its_words_in_their_context_the_least_confident_of_all(path: Path) -> None:
    counts = review(path, most=1)
    (item,) = load(path)["facts"]
    assert item["question"] == "Does the text say “Ana Ruiz — works for — Nordwel Ferries”?"
    (evidence,) = item["evidence"]  # type: ignore[misc, attr-defined]
    assert evidence["text"].startswith("Nordwel Ferries moved to Torvik, [says Ana Ruiz].")
    assert counts.left_out == 2
    assert "2 more open ones are left out" in path.read_text("utf-8")


def test_a_link_names_both_ends(path: Path) -> None:
    review(path)
    (item,) = load(path)["links"]
    assert item["same_as"] == {"id": "https://sws.geonames.org/1/", "name": "Torvik"}
    assert item["entity"]["id"] == iri("Torvik", "City")  # type: ignore[index]


def test_nothing_to_ask_is_a_file_of_empty_sections(path: Path) -> None:
    counts = review(path, KnowledgeGraph())
    assert load(path) == {"merges": [], "links": [], "facts": []}
    assert (counts.decided, sum(counts.open.values())) == (0, 0)
    assert read_decisions([path]) == ()


def test_the_same_questions_give_the_same_bytes_and_a_second_run_changes_none(path: Path) -> None:
    review(path)
    first = path.read_bytes()
    graph = small_graph()
    write_review(path, reversed(questions(graph)))
    assert path.read_bytes() == first
    review(path, replace(graph, candidates=graph.candidates[::-1]))
    assert path.read_bytes() == first


def test_an_answer_and_the_words_of_a_person_outlive_the_question(path: Path) -> None:
    review(path)
    text = path.read_text("utf-8")
    edited = text.replace("- question: Are", "# Ana knows: one yard\n- question: Are", 1).replace(
        '  decision: "?"', "  decision: no  # asked the port\n  note: two firms", 1
    )
    path.write_text("# kept by the news desk\n" + edited + "# the end\n", "utf-8")
    counts = review(path, KnowledgeGraph())
    lines = path.read_text("utf-8").split("\n")
    for line in ("# kept by the news desk", "# Ana knows: one yard", "# the end"):
        assert lines.count(line) == 1
    at = lines.index("  decision: no  # asked the port")
    assert lines[at + 1] == "  status: decided"
    assert lines[at + 2] == "  note: two firms"
    assert (counts.decided, counts.open) == (1, {"merges": 0, "links": 0, "facts": 0})
    (decision,) = read_decisions([path])
    assert (decision.kind, decision.answer) == (DecisionKind.MERGE, False)
    assert decision.about == (iri("Nordwel Ferries"), iri("Nordwell Ferries"))
    before = path.read_bytes()
    review(path, KnowledgeGraph())
    assert path.read_bytes() == before


def test_open_questions_without_a_persons_words_go_when_nobody_asks_them(path: Path) -> None:
    review(path)
    text = path.read_text("utf-8")
    noted = text.replace("  score: 0.6\n  reason: a town", "  note: ?? ask\n  score: 0.6", 1)
    assert noted != text
    path.write_text(noted, "utf-8")
    review(path, KnowledgeGraph())
    left = load(path)
    assert (left["merges"], left["facts"]) == ([], [])
    assert left["links"][0]["status"] == "open, but not asked any more"
    review(path)
    assert load(path)["links"][0]["status"] == "open"


def test_a_vanished_decision_is_marked_and_kept_until_it_is_in_force_again(path: Path) -> None:
    review(path)
    path.write_text(path.read_text("utf-8").replace('decision: "?"', "decision: yes"), "utf-8")
    about = DecisionKind.MERGE, (iri("Nordwel Ferries"), iri("Nordwell Ferries"))
    counts = review(path, KnowledgeGraph(), {about: "no entity has that id: gone"})
    status = load(path)["merges"][0]["status"]
    assert status == "decided, but no entity has that id: gone"
    assert (counts.decided, counts.in_doubt) == (5, 1)
    review(path)
    assert load(path)["merges"][0]["status"] == "decided"
    assert len(read_decisions([path])) == 5


HAND = """\
merges:
    # above the first
  -   left: https://example.org/kg/id/Company/B   # bee
      right: {id: https://example.org/kg/id/Company/A}
      decision: No
      note: |
        # no comment, but text
        decision: ?

      # within
  # above the second
  - {left: https://example.org/x, right: https://example.org/y, decision: yes} # in braces
# below the list
facts: [{fact: 0123456789abcdef, decision: ?}, {fact: "1123456789012345", decision: true}] # flow
"""


def test_items_written_by_hand_in_any_style_keep_their_words(path: Path) -> None:
    path.write_text(HAND, "utf-8")
    before = read_decisions([path])
    assert [(d.about, d.answer) for d in before] == [
        (("1123456789012345",), True),
        (("https://example.org/kg/id/Company/A", "https://example.org/kg/id/Company/B"), False),
        (("https://example.org/x", "https://example.org/y"), True),
    ]
    review(path, KnowledgeGraph())
    text = path.read_text("utf-8")
    words = ("# above the first", "# bee", "# within", "# above the second", "# in braces")
    for word in (*words, "# below the list", "# flow", "# no comment, but text"):
        assert text.count(word) == 1, word
    assert [(d.kind, d.about, d.answer) for d in read_decisions([path])] == [
        (d.kind, d.about, d.answer) for d in before
    ]
    again = path.read_bytes()
    review(path, KnowledgeGraph())
    assert path.read_bytes() == again


def test_hostile_names_and_quotes_stay_values(path: Path) -> None:
    bad = "x: [1]\n- !!python/object:os.system {}\t\u2028\x85 \"q\" 'p' # c \x00 \ud800 &a *a"
    graph = small_graph()
    entities = tuple(replace(e, label=bad, type=bad) for e in graph.entities)
    review(path, replace(graph, entities=entities))
    assert len(load(path)["merges"]) == 1
    name = load(path)["merges"][0]["left"]["name"]  # type: ignore[index]
    assert name.startswith("x: [1] - !!python/object:os.system {} \"q\" 'p' # c")
    assert read_decisions([path]) == ()


WORDS = st.sampled_from(["'?'", "?", "yes", "no", "No", "TRUE", "false", "", '"yes"'])
TAILS = st.sampled_from(["", "  # why not", "\n  note: asked", "\n  note: |\n    two\n    # lines"])


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(answers=st.lists(st.tuples(WORDS, TAILS), min_size=5, max_size=5))
def test_any_answers_survive_any_number_of_runs(
    tmp_path_factory: pytest.TempPathFactory, answers: Iterable[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("review") / "review.yaml"
    review(path)
    text = path.read_text("utf-8")
    for word, tail in answers:
        text = text.replace('decision: "?"', f"decision: {word}{tail}", 1)
    path.write_text(text, "utf-8")
    decided = {(d.kind, d.about, d.answer) for d in read_decisions([path])}
    notes = text.count("# why not"), text.count("note:"), text.count("# lines")
    for graph in (KnowledgeGraph(), small_graph(merged=True), small_graph()):
        review(path, graph)
        assert {(d.kind, d.about, d.answer) for d in read_decisions([path])} == decided
        now = path.read_text("utf-8")
        assert (now.count("# why not"), now.count("note:"), now.count("# lines")) == notes
    last = path.read_bytes()
    review(path)
    assert path.read_bytes() == last
