"""Accepted links in a build: taken over, kept by incremental builds, outranked by a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import build
from kg.link import write_links
from kg.model.decision import Decision, DecisionKind
from kg.model.graph import KnowledgeGraph
from kg.model.link import LinkCandidate
from kg.pipeline import load_graph
from kg.pipeline.decisions import all_decisions

TEXT = "Korvex Marine launched the ferry service Nordlys in Oslo on Thursday, Korvex Marine said.\n"
MORE = "Harbour Foods opened a kitchen in Oslo. Harbour Foods sells soup.\n"
RECORD = "https://records.example/id/R1"


def link(entity: str, accepted: bool = True) -> LinkCandidate:
    return LinkCandidate(entity, RECORD, "Korvex", 99, "a match", "http://s.example", accepted)


def links_of(graph: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    return {e.label: e.same_as for e in graph.entities if e.same_as}


@pytest.mark.model
def test_accepted_links_are_taken_over_and_stay(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    (texts / "a.txt").write_text(TEXT)
    before = build(texts, out=out)
    (company,) = (e for e in before.entities if e.label == "Korvex Marine")
    facts = (out / "facts.jsonl").read_text()
    written = write_links(out, [link(company.id)]).read_bytes()

    after = build(texts, out=out)
    assert links_of(after) == links_of(before) | {"Korvex Marine": (RECORD,)}
    assert load_graph(out)[0] == after
    assert RECORD in (out / "graph.ttl").read_text()
    assert (out / "facts.jsonl").read_text().replace(json.dumps([RECORD]), "[]") == facts

    (texts / "b.txt").write_text(MORE)  # an incremental build
    assert links_of(build(texts, out=out))["Korvex Marine"] == (RECORD,)
    assert (out / "links.jsonl").read_bytes() == written
    (out / "links.jsonl").unlink()
    (texts / "b.txt").unlink()
    assert links_of(build(texts, out=out)) == links_of(before)
    assert (out / "facts.jsonl").read_text() == facts


def decision(answer: bool, **fields: Any) -> Decision:
    return Decision(DecisionKind.LINK, ("urn:e", RECORD), answer, **fields)


def test_what_a_person_decided_outranks_what_is_accepted(tmp_path: Path) -> None:
    assert all_decisions(tmp_path) == ()
    write_links(tmp_path, [link("urn:e"), link("urn:other"), link("urn:open", accepted=False)])
    taken = all_decisions(tmp_path)
    assert [(d.about[0], d.answer) for d in taken] == [("urn:e", True), ("urn:other", True)]
    person = decision(False, place="review.yaml:7")
    assert {(d.about[0], d.answer) for d in all_decisions(tmp_path, (person,))} == {
        ("urn:e", False),
        ("urn:other", True),
    }
