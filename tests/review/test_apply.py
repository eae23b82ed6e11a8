"""What decisions do to a graph, and what is told of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.decision import Decision, DecisionKind, digest_of_decisions
from kg.model.graph import Fact, KnowledgeGraph
from kg.model.statement import Statement
from kg.review import apply_decisions, ask_facts, read_decisions, write_review
from tests.review.graphs import iri, small_graph

GONE = "https://example.org/kg/id/Company/Gone"
LEFT, RIGHT = sorted((iri("Nordwel Ferries"), iri("Nordwell Ferries")))


def merge(answer: bool, *about: str, place: str = "r.yaml:1") -> Decision:
    return Decision(DecisionKind.MERGE, tuple(sorted(about)), answer, place)


def link(answer: bool, entity: str, other: str, place: str = "r.yaml:2") -> Decision:
    return Decision(DecisionKind.LINK, (entity, other), answer, place)


def fact(answer: bool, about: str, place: str = "r.yaml:3") -> Decision:
    return Decision(DecisionKind.FACT, (about,), answer, place)


def the(graph: KnowledgeGraph, predicate: str) -> Fact:
    return next(f for f in graph.facts if f.predicate == predicate)


def asked_and_answered(
    tmp_path: Path, graph: KnowledgeGraph, predicate: str, word: str
) -> Decision:
    """The decision as it comes back from the file in which somebody answered the question."""
    path = tmp_path / f"{word}.yaml"
    questions = [q for q in ask_facts(graph) if q.fields["predicate"] == predicate]
    write_review(path, questions)
    path.write_text(path.read_text("utf-8").replace('decision: "?"', f"decision: {word}"), "utf-8")
    (decision,) = read_decisions([path])
    return decision


def test_a_fact_turned_down_is_left_out_with_its_statement_and_counted() -> None:
    graph = small_graph()
    wrong = the(graph, "worksFor")
    members = {label: e.members[0] for e in graph.entities for label in (e.label,)}
    statements = [
        Statement(
            members["Ana Ruiz"], "worksFor", members["Nordwel Ferries"], wrong.evidence[0], 0.5
        ),
        Statement(members["Ana Ruiz"], "worksFor", members["Torvik"], wrong.evidence[0], 0.5),
    ]
    graph = replace(graph, statements=tuple(statements))
    left, outcome = apply_decisions(graph, [fact(False, wrong.id)])
    assert set(graph.facts) - set(left.facts) == {wrong}
    assert left.statements == tuple(statements[1:])
    assert (outcome.applied, outcome.turned_down, outcome.unmatched) == (1, 1, ())


def test_a_confirmed_fact_is_certain_and_asked_about_no_more() -> None:
    graph = small_graph()
    right = the(graph, "worksFor")
    after, outcome = apply_decisions(graph, [fact(True, right.id)])
    assert the(after, "worksFor") == replace(right, confidence=1.0)
    assert (outcome.applied, outcome.turned_down) == (1, 0)
    assert right.id not in {q.about[0] for q in ask_facts(after)}
    assert right.id in {q.about[0] for q in ask_facts(graph)}


def test_a_decision_finds_its_fact_after_a_merge_has_changed_the_id(tmp_path: Path) -> None:
    before, after = small_graph(), small_graph(merged=True)
    decision = asked_and_answered(tmp_path, before, "worksFor", "no")
    assert decision.about[0] not in {f.id for f in after.facts}
    left, outcome = apply_decisions(after, [decision])
    assert "worksFor" not in {f.predicate for f in left.facts}
    assert (outcome.applied, outcome.unmatched, outcome.reconsider) == (1, (), ())


def test_evidence_that_nobody_saw_is_told_of(tmp_path: Path) -> None:
    """basedIn was turned down for a.txt; the merged fact is also said in b.txt."""
    decision = asked_and_answered(tmp_path, small_graph(), "basedIn", "no")
    left, outcome = apply_decisions(small_graph(merged=True), [decision])
    assert "basedIn" not in {f.predicate for f in left.facts}
    (told,) = outcome.reconsider
    assert told.why == "evidence that was not there then is in b.txt; look at it again"
    assert told.place == "no.yaml:22"


def test_a_decision_follows_both_halves_of_a_fact_that_was_split(tmp_path: Path) -> None:
    """One half has the id that the fact had, the other a new one and the same name."""
    decision = asked_and_answered(tmp_path, small_graph(merged=True), "basedIn", "no")
    graph = small_graph()
    facts = [replace(f, subject=replace(f.subject, label="Nordwell Ferries")) for f in graph.facts]
    assert sum(f.id == decision.about[0] for f in facts) == 1
    left, outcome = apply_decisions(replace(graph, facts=tuple(facts)), [decision])
    assert "basedIn" not in {f.predicate for f in left.facts}
    assert (outcome.applied, outcome.turned_down, outcome.reconsider) == (1, 2, ())


def test_the_same_words_of_something_else_are_another_fact(tmp_path: Path) -> None:
    decision = asked_and_answered(tmp_path, small_graph(merged=True), "basedIn", "no")
    left, outcome = apply_decisions(small_graph(), [decision])
    assert [f.subject.label for f in left.facts if f.predicate == "basedIn"] == ["Nordwel Ferries"]
    assert outcome.turned_down == 1


def test_two_answers_about_what_is_one_fact_by_now_are_refused(tmp_path: Path) -> None:
    decision = asked_and_answered(tmp_path, small_graph(), "basedIn", "no")
    after = small_graph(merged=True)
    with pytest.raises(InputError, match=r"(no\.yaml:22|r\.yaml:3).*(no\.yaml:22|r\.yaml:3)"):
        apply_decisions(after, [decision, fact(True, the(after, "basedIn").id)])


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (fact(False, "0" * 16), "no fact has the id 0000000000000000"),
        (merge(True, LEFT, GONE), f"no entity of the graph has the id {GONE} any more"),
        (merge(False, LEFT, GONE), f"no entity of the graph has the id {GONE} any more"),
        (merge(True, LEFT, RIGHT), "still apart"),  # what resolve is for, and did not do here
        (link(True, GONE, "https://x.org/1"), f"no entity of the graph has the id {GONE} any more"),
    ],
)
def test_a_decision_in_force_for_nothing_is_told_of(decision: Decision, why: str) -> None:
    graph = small_graph()
    placed = replace(decision, place="/home/me/r.yaml:7")
    after, outcome = apply_decisions(graph, [placed])
    assert after.facts == graph.facts
    (told,) = outcome.unmatched
    assert why in told.why
    assert told.place == "r.yaml:7"  # without the folders of a machine
    assert (told.kind, told.about, told.answer) == (placed.kind, placed.about, placed.answer)
    assert outcome.applied == 0


def test_a_merge_in_force_and_one_that_is_kept_apart_are_not_told_of() -> None:
    _, outcome = apply_decisions(small_graph(merged=True), [merge(True, LEFT, RIGHT)])
    assert (outcome.applied, outcome.unmatched) == (1, ())
    after, outcome = apply_decisions(small_graph(), [merge(False, LEFT, RIGHT)])
    assert (outcome.applied, outcome.unmatched) == (1, ())
    assert after.candidates == ()
    _, outcome = apply_decisions(small_graph(merged=True), [merge(False, LEFT, RIGHT)])
    assert "of one entity by now" in outcome.unmatched[0].why


def test_a_decided_link_is_asked_about_no_more_and_two_answers_to_it_are_refused() -> None:
    graph = small_graph()
    town, other = graph.link_candidates[0].entity, graph.link_candidates[0].iri
    after, outcome = apply_decisions(graph, [link(False, town, other)])
    assert (after.link_candidates, outcome.applied) == ((), 1)
    member = next(e for e in graph.entities if e.id == town).members[0]
    with pytest.raises(InputError, match=r"a\.yaml:1.*b\.yaml:1|b\.yaml:1.*a\.yaml:1"):
        apply_decisions(
            graph,
            [link(False, town, other, "a.yaml:1"), link(True, member, other, "b.yaml:1")],
        )
    accepted = link(True, member, other, "out/links.jsonl:4")
    apply_decisions(graph, [accepted, link(False, town, other)])


@given(st.data())
def test_decisions_have_one_effect_in_any_order_and_twice(data: st.DataObject) -> None:
    graph = small_graph(merged=data.draw(st.booleans()))
    ids = [f.id for f in graph.facts]
    answers = data.draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))
    decisions = [fact(a, i) for a, i in zip(answers, ids, strict=True)]
    decisions.append(merge(data.draw(st.booleans()), LEFT, RIGHT))
    chosen = data.draw(st.lists(st.sampled_from(decisions), unique=True, max_size=3))
    expected = apply_decisions(graph, chosen)
    for order in permutations(chosen):
        assert apply_decisions(graph, order) == expected
        assert digest_of_decisions(order) == digest_of_decisions(chosen)
    again, outcome = apply_decisions(expected[0], [d for d in chosen if d.answer])
    assert again == expected[0]
    assert outcome.turned_down == 0
