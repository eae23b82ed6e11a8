"""Two builds told apart in facts: what was done to one of them is what is found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import cli
from kg.diff import Difference, diff_builds, to_json, to_text
from kg.errors import InputError
from kg.export.jsonl import render_jsonl
from kg.model.graph import Entity, Fact
from kg.model.statement import Modality
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)
from tests.showcase import showcase_graph

TEXT = "Acme Corp bought Beta Ltd in May. Acme Corp employs 90 people, says Ada Lowe."
ARTICLE = make_article(TEXT)
ACME = make_entity("Acme Corp")
BETA = make_entity("Beta Ltd")
ADA = make_entity("Ada Lowe", "Person")
BOUGHT = make_fact(ACME, "acquired", BETA, make_evidence(ARTICLE, "Acme Corp bought Beta Ltd"))
SIZE = make_fact(
    ACME, "hasMeasure", make_literal("90", "integer"), make_evidence(ARTICLE, "employs 90 people")
)


def write(path: Path, facts: Iterable[Fact]) -> Path:
    """A facts.jsonl of these facts."""
    path.write_text(render_jsonl(make_graph(facts=facts), make_ontology()), "utf-8")
    return path


@pytest.fixture
def difference(tmp_path: Path) -> Any:
    """The function that compares two lists of facts."""

    def compare(one: Iterable[Fact], other: Iterable[Fact], **options: Any) -> Difference:
        a, b = write(tmp_path / "a.jsonl", one), write(tmp_path / "b.jsonl", other)
        return diff_builds(a, b, **options)

    return compare


def fields(found: Difference) -> list[tuple[str, Any, Any]]:
    """Every change of every changed fact."""
    return [(c.field, c.before, c.after) for item in found.changed for c in item.changes]


def test_equal_builds_do_not_differ(difference: Any) -> None:
    facts = showcase_graph().facts
    found = difference(facts, reversed(facts))
    assert found.is_empty
    assert to_text(found) == "no difference\n"
    assert json.loads(to_json(found))["same"] is True


def test_facts_and_entities_that_come_and_go(difference: Any) -> None:
    found = difference([SIZE], [SIZE, BOUGHT])
    assert [fact["id"] for fact in found.added] == [BOUGHT.id]
    assert [entity["label"] for entity in found.appeared] == ["Beta Ltd"]
    assert not any((found.removed, found.changed, found.vanished, found.regrouped))
    back = difference([SIZE, BOUGHT], [SIZE])
    assert (back.removed, back.vanished) == (found.added, found.appeared)
    assert not any((back.added, back.appeared))


def test_stance_and_speaker_are_a_change_of_the_same_fact(difference: Any) -> None:
    other = make_fact(
        ACME, "acquired", BETA, BOUGHT.evidence, modality=Modality.HEDGED, attributed_to=ADA
    )
    assert other.id != BOUGHT.id
    found = difference([BOUGHT], [other])
    assert not any((found.added, found.removed))
    assert [(name, before) for name, before, _ in fields(found)] == [
        ("stance", "asserted"),
        ("speaker", None),
    ]
    assert "stance: asserted → hedged" in to_text(found)
    assert "speaker: none → Ada Lowe" in to_text(found)


@pytest.mark.parametrize(
    ("by", "tolerance", "differs"),
    [(0.005, 0.005, False), (0.0051, 0.005, True), (0.1, 0.1, False), (0.0001, 0.0, True)],
)
def test_confidence_differs_beyond_the_tolerance(
    difference: Any, by: float, tolerance: float, differs: bool
) -> None:
    other = replace(BOUGHT, confidence=BOUGHT.confidence - by)
    found = difference([BOUGHT], [other], tolerance=tolerance)
    assert [name for name, *_ in fields(found)] == ["confidence"] * differs


def test_sources_evidence_and_qualifiers_are_compared(difference: Any) -> None:
    more = make_article("Acme Corp took Beta Ltd over.", "b.txt")
    gained = make_evidence(more, "Acme Corp took Beta Ltd")
    before = replace(BOUGHT, qualifiers=(("role", make_literal("buyer")), ("with", ADA)))
    after = replace(
        BOUGHT,
        evidence=(gained,),
        sources=2,
        qualifiers=(("date", make_literal("2027-05", "gYearMonth")), ("with", ADA)),
    )
    found = difference([before], [after])
    assert [name for name, *_ in fields(found)] == [
        *("sources", "date", "role", "evidence", "evidence")
    ]
    text = to_text(found)
    assert "evidence lost: “Acme Corp bought Beta Ltd” a.txt [0, 25)" in text
    assert "evidence gained: “Acme Corp took Beta Ltd” b.txt [0, 23)" in text
    assert "date: none → 2027-05" in text


def test_the_same_words_at_another_place_have_moved(difference: Any) -> None:
    later = make_article("Today: " + TEXT)
    moved = replace(BOUGHT, evidence=(make_evidence(later, BOUGHT.evidence[0].quote),))
    found = difference([BOUGHT], [moved])
    assert len(found.changed[0].changes) == 1
    assert "evidence moved: “Acme Corp bought Beta Ltd” a.txt [0, 25) → a.txt [7, 32)" in " ".join(
        to_text(found).split()
    )


def test_another_value_at_the_same_place_is_a_change(difference: Any) -> None:
    other = make_fact(ACME, "hasMeasure", make_literal("900", "integer"), SIZE.evidence)
    found = difference([SIZE], [other])
    assert not any((found.added, found.removed))
    assert "object: 90 → 900" in to_text(found)


def _as(fact: Fact, subject: Entity) -> Fact:
    """The fact about another entity, at the same place."""
    return make_fact(subject, fact.predicate, fact.object, fact.evidence)


ONE = make_entity("Acme", mentions=("Acme",))
TWO = make_entity("Acme Corp", mentions=("Acme Corp",))
BOTH = make_entity("Acme Corp", mentions=("Acme", "Acme Corp"))


def test_a_merge_of_entities_is_shown_as_one(difference: Any) -> None:
    facts = [_as(BOUGHT, ONE), _as(SIZE, TWO)], [_as(BOUGHT, BOTH), _as(SIZE, BOTH)]
    found = difference(*facts)
    assert [(g.kind, g.before, g.after) for g in found.regrouped] == [
        ("merged", tuple(sorted((ONE.id, TWO.id))), (BOTH.id,))
    ]
    assert not any((found.added, found.removed, found.changed, found.appeared, found.vanished))
    assert len(found.moved) == 1
    assert "merged: " in to_text(found)
    back = difference(*reversed(facts))
    assert [(g.kind, g.before) for g in back.regrouped] == [("split", (BOTH.id,))]
    assert not any((back.added, back.removed, back.changed))


def test_facts_that_become_one_with_their_entities(difference: Any) -> None:
    again = make_evidence(ARTICLE, "Acme Corp employs 90 people")
    one = make_fact(ONE, "hasMeasure", make_literal("90", "integer"), again)
    two = _as(SIZE, TWO)
    both = make_fact(BOTH, "hasMeasure", two.object, (*one.evidence, *two.evidence))
    found = difference([one, two], [both])
    assert [g.kind for g in found.regrouped] == ["merged"]
    assert [(item.before["id"], item.after["id"]) for item in found.joined] == [(one.id, both.id)]
    assert [name for name, *_ in fields(found)] == ["evidence"]
    assert not any((found.added, found.removed))
    back = difference([both], [one, two])
    assert [item.after["id"] for item in back.parted] == [one.id]


def test_an_entity_with_another_id_is_renamed(difference: Any) -> None:
    new = replace(ACME, id="https://example.org/kg/other", type="SportsOrganization")
    found = difference([BOUGHT, SIZE], [_as(BOUGHT, new), _as(SIZE, new)])
    assert [(g.kind, g.before, g.after) for g in found.regrouped] == [
        ("renamed", (ACME.id,), (new.id,))
    ]
    assert len(found.moved) == 2
    assert not any((found.added, found.removed, found.changed))


def test_entities_that_merely_share_a_place_or_a_surname_are_not_merged(difference: Any) -> None:
    one = make_entity("Ada Lowe", "Person", mentions=("Ada Lowe", "Lowe"))
    two = make_entity("Eva Lowe", "Person", mentions=("Eva Lowe", "Lowe"))
    facts = [make_fact(person, "worksFor", ACME, BOUGHT.evidence) for person in (one, two)]
    found = difference(facts, facts[:1])
    assert found.regrouped == ()
    assert [entity["label"] for entity in found.vanished] == ["Eva Lowe"]
    assert [fact["id"] for fact in found.removed] == [facts[1].id]


def test_label_class_and_external_id_of_an_entity_are_compared(difference: Any) -> None:
    new = replace(
        ACME, label="Acme Corporation", type="Organization", same_as=("http://x.example",)
    )
    found = difference([SIZE], [replace(SIZE, subject=new)])
    ((entity, changes),) = found.renamed
    assert entity["label"] == "Acme Corporation"
    assert [c.field for c in changes] == ["label", "type", "same_as"]
    assert not found.changed
    assert "same as: none → http://x.example" in to_text(found)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_what_one_build_has_more_is_what_is_added(one: set[int], other: set[int]) -> None:
    import tempfile

    facts = showcase_graph().facts[:31]
    with tempfile.TemporaryDirectory() as folder:
        a = write(Path(folder, "a"), (facts[i] for i in one if i < len(facts)))
        b = write(Path(folder, "b"), (facts[i] for i in other if i < len(facts)))
        found, back = diff_builds(a, b), diff_builds(b, a)
    ids = [{facts[i].id for i in side if i < len(facts)} for side in (one, other)]
    gone = {fact["id"] for fact in found.removed} | {c.before["id"] for c in found.joined}
    new = {fact["id"] for fact in found.added} | {c.after["id"] for c in found.parted}
    paired = {c.before["id"] for c in (*found.changed, *found.moved)}
    assert gone | paired >= ids[0] - ids[1]
    assert gone <= ids[0] - ids[1]
    assert new <= ids[1] - ids[0]
    assert found.is_empty == (ids[0] == ids[1])
    assert (back.added, back.removed) == (found.removed, found.added)


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, ["diff", *map(str, arguments)])


def test_exit_code_tells_same_different_and_trouble(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", [SIZE]), write(tmp_path / "b", [SIZE, BOUGHT])
    assert (run(a, a).exit_code, run(a, a).output) == (0, "no difference\n")
    assert run(a, b).exit_code == 1
    assert json.loads(run(a, b, "--format", "json").output)["facts"]["added"][0]["id"] == BOUGHT.id
    missing = run(a, tmp_path / "none")
    assert missing.exit_code == 2
    assert missing.output.startswith("Error: ")
    assert len(missing.output.splitlines()) == 1


def test_folders_are_compared_with_their_inferred_facts(tmp_path: Path) -> None:
    for name, inferred in (("a", []), ("b", [replace(BOUGHT, derived_by="inverse")])):
        folder = tmp_path / name
        folder.mkdir()
        write(folder / "facts.jsonl", [SIZE])
        write(folder / "inferred.jsonl", inferred)
    found = diff_builds(tmp_path / "a", tmp_path / "b")
    assert [fact["derived_by"] for fact in found.added] == ["inverse"]
    (tmp_path / "a/inferred.jsonl").unlink()
    assert diff_builds(tmp_path / "a", tmp_path / "b").added == found.added


def test_bad_input_is_one_clear_error(tmp_path: Path) -> None:
    good = write(tmp_path / "good", [SIZE])
    twice = tmp_path / "twice"
    twice.write_text(good.read_text() * 2)
    with pytest.raises(InputError, match="two facts have the id"):
        diff_builds(good, twice)
    with pytest.raises(InputError, match=r"holds no facts\.jsonl"):
        diff_builds(tmp_path, good)
    (tmp_path / "odd").write_text(good.read_text().replace(f'"id": "{ACME.id}", ', ""))
    with pytest.raises(InputError, match="'Acme Corp' has no id"):
        diff_builds(tmp_path / "odd", good)


def test_odd_characters_do_not_steer_the_terminal(difference: Any) -> None:
    odd = make_entity("\x1b[31mAcme\n\ud800")
    found = difference([], [replace(SIZE, subject=odd)])
    assert "\x1b" not in to_text(found)
    assert "\\ud800" in to_json(found)
