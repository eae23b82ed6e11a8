"""Facts of a build with a learned domain: their spans, literals, stance and speaker."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.extract import extract
from kg.extract.amounts import XSD
from kg.extract.learned.candidates import Candidate
from kg.extract.learned.claims import names_something
from kg.extract.learned.view import DocView
from kg.learn.domain import Learned
from kg.model.statement import Extraction, Literal, Modality, Statement
from kg.ontology.domain import load_ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page
from tests.learn.domain import write_domain, write_rows

pytestmark = pytest.mark.model


def read(folder: Path, annotator: Annotator, text: str) -> Extraction:
    return extract(annotator.annotate(make_page(text)), load_ontology(folder))


def learned_only(extraction: Extraction) -> dict[str, Statement]:
    return {
        s.predicate: s for s in extraction.statements if s.evidence.extractor.startswith("learned/")
    }


def test_facts_have_the_words_that_state_them(
    learned: tuple[Path, Learned], annotator: Annotator
) -> None:
    text = "Tarnholt Airfield is run by Marlow Aviation and has a runway of 1,480 metres."
    found = read(learned[0], annotator, text)
    labels = {e.id: (e.label, e.type) for e in found.entities}
    facts = learned_only(found)
    run, runway = facts["runBy"], facts["runwayLength"]
    assert run.evidence.quote == "Tarnholt Airfield is run by Marlow Aviation"
    assert run.evidence.extractor == "learned/runBy"
    assert labels[run.subject] == ("Tarnholt Airfield", "Airfield")
    assert isinstance(run.object, str)
    assert labels[run.object] == ("Marlow Aviation", "Company")
    assert runway.object == Literal("1480", XSD + "decimal", "1,480")  # as its range says
    assert 0 < run.confidence < 1


def test_dates_and_titles_are_literals(learned: tuple[Path, Learned], annotator: Annotator) -> None:
    facts = learned_only(read(learned[0], annotator, "Tarnholt Airfield opened on 4 June 1961."))
    assert facts["openedOn"].object == Literal("1961-06-04", XSD + "date", "4 June 1961")
    text = 'Pilots of Marlow Aviation call Tarnholt Airfield "the Old Brook Meadow".'
    facts = learned_only(read(learned[0], annotator, text))
    assert isinstance(facts["nickname"].object, Literal)
    assert facts["nickname"].object.value == "the Old Brook Meadow"


def test_stance_and_speaker_are_those_of_the_clause(
    learned: tuple[Path, Learned], annotator: Annotator
) -> None:
    text = "Jane Roe said Tarnholt Airfield will be run by Marlow Aviation from May."
    found = read(learned[0], annotator, text)
    run = learned_only(found)["runBy"]
    assert run.modality is Modality.PLANNED
    assert [e.label for e in found.entities if e.id == run.speaker] == ["Jane Roe"]
    text = "Marlow Aviation will run Tarnholt Airfield, which opened on 4 June 1961."
    facts = learned_only(read(learned[0], annotator, text))
    assert facts["openedOn"].modality is Modality.ASSERTED


def test_the_likeliest_proposal_says_what_an_entity_is(
    learned: tuple[Path, Learned], annotator: Annotator, tmp_path: Path
) -> None:
    folder = shutil.copytree(learned[0], tmp_path / "air")
    model = folder / "learned" / "model.json"
    settings = json.loads(model.read_text("utf-8"))
    model.write_text(json.dumps(settings | {"threshold": 0.001, "rule": "any"}), "utf-8")
    text = "Marlow Aviation will run Tarnholt Airfield, which opened on 4 June 1961."
    found = read(folder, annotator, text)
    types = {e.label: e.type for e in found.entities}
    assert (types["Tarnholt Airfield"], types["Marlow Aviation"]) == ("Airfield", "Company")


def test_without_learned_files_nothing_is_learned(tmp_path: Path, annotator: Annotator) -> None:
    folder = write_domain(tmp_path / "air")
    found = read(folder, annotator, "Tarnholt Airfield is run by Marlow Aviation.")
    assert learned_only(found) == {}


def test_a_relation_that_the_domain_has_lost_is_counted(
    learned: tuple[Path, Learned], annotator: Annotator
) -> None:
    ontology = load_ontology(learned[0])
    relations = {n: r for n, r in ontology.relations.items() if n != "runBy"}
    page = make_page("Tarnholt Airfield is run by Marlow Aviation.")
    found = extract(annotator.annotate(page), replace(ontology, relations=relations))
    assert "runBy" not in learned_only(found)
    assert found.rejected["runBy: not a relation of the domain"] >= 1


def test_the_verb_says_what_it_learned_and_where(tmp_path: Path, examples_file: Path) -> None:
    folder = write_domain(tmp_path / "air")
    run = CliRunner().invoke(cli, ["learn", str(folder), str(examples_file), "--folds", "0"])
    assert run.exit_code == 0, run.output
    assert "learned 4 relations" in run.output
    assert (folder / "learned" / "model.json").is_file()


def test_a_floor_of_confidence_is_kept_with_the_model(tmp_path: Path, examples_file: Path) -> None:
    folder = write_domain(tmp_path / "air")
    floor = ("--folds", "0", "--min-confidence", "0.97")
    run = CliRunner().invoke(cli, ["learn", str(folder), str(examples_file), *floor])
    assert run.exit_code == 0, run.output
    assert json.loads((folder / "learned" / "model.json").read_text("utf-8"))["threshold"] == 0.97


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("The lander touched down.", "The", False),
        ("The lander touched down.", "The lander", True),
        ("It was launched in May 2020.", "May 2020", False),
        ("It cost 12 million dollars.", "12 million dollars", False),
        ("Marlow Aviation runs it.", "Marlow Aviation", True),
    ],
)
def test_a_new_entity_needs_a_noun_that_is_no_amount(
    text: str, mention: str, expected: bool, annotator: Annotator
) -> None:
    view = DocView(annotator.annotate(make_page(text)).blocks[0].doc)
    ((start, end),) = [
        (i, j)
        for i in range(len(view))
        for j in range(i + 1, len(view) + 1)
        if view.span_text(i, j) == mention
    ]
    assert names_something(view, Candidate(start, end, ())) is expected


def test_a_packaged_domain_is_not_written_to(examples_file: Path) -> None:
    run = CliRunner().invoke(cli, ["learn", "olympics", str(examples_file)])
    assert run.exit_code == 2
    assert "--out" in run.output


def test_a_broken_file_is_a_message_and_no_trace(tmp_path: Path) -> None:
    folder = write_domain(tmp_path / "air")
    path = write_rows(tmp_path / "e.jsonl", [])
    run = CliRunner().invoke(cli, ["learn", str(folder), str(path)])
    assert run.exit_code == 1
    assert "holds no example" in run.output
    assert not (folder / "learned").exists()
