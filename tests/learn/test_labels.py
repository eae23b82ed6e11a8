"""Relations that no example was seen of: what labels, domains, ranges and WordNet find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import cli
from kg.extract import extract
from kg.extract.learned.unseen import read_unseen
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import Wording, told_apart, wording_of
from kg.ontology.domain import load_ontology
from kg.ontology.scaffold.kinds import kinds_of, meanings_of, verbs_alike
from kg.read.annotate import Annotator
from tests.extract.builders import make_page
from tests.learn.domain import write_domain

OPERAS = (
    wording_of("composer", "composer", ["opera"], ["person"]),
    wording_of("genre", "genre", ["opera"], ["genre"]),
    wording_of("premiered", "date of premiere", ["opera"], []),
    wording_of("dedicatedTo", "dedicated to", ["opera"], ["person"]),
)
SINGERS = (wording_of("voice", "voice type", ["person"], ["voice"]),)
COUNTRIES = (wording_of("capital", "capital", ["country"], ["city"]),)


def found(annotator: Annotator, wordings: tuple[Wording, ...], text: str) -> set[tuple[str, ...]]:
    view = DocView(next(iter(annotator.parse([text]))))
    return {
        (
            view.span_text(p.subject.start, p.subject.end),
            p.relation,
            view.span_text(p.object.start, p.object.end),
        )
        for p in read_unseen(view, wordings)
    }


def test_a_word_is_of_the_kinds_above_its_meanings() -> None:
    assert kinds_of("baritone", 2) & meanings_of("voice", 2)
    assert kinds_of("oboes", 1) & meanings_of("musical instrument", 1)
    assert not kinds_of("oboe", 8) & meanings_of("country", 1)
    assert meanings_of("qwxz", 3) == frozenset()
    assert "release" in verbs_alike("publish")


@given(st.text(max_size=30))
def test_any_phrase_has_its_meanings_among_its_kinds(phrase: str) -> None:
    assert meanings_of(phrase, 3) <= kinds_of(phrase, 3)


def test_a_wording_follows_from_label_and_classes() -> None:
    composer, genre, premiered, dedicated = OPERAS
    assert composer.does
    assert composer.range == {"person"}
    assert genre.is_kind
    assert premiered.range == {"date"}, "implied by the label"
    assert dedicated.verbal
    assert "to" in dedicated.prepositions
    filming = wording_of("filmingLocation", "filming location", ["film"], ["city"])
    assert "film" not in filming.strong, "said of every film"


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_label_has_a_wording(label: str, classes: list[str]) -> None:
    assert wording_of("r", label, classes, classes).name == "r"


@pytest.mark.model
def test_labels_alone_find_what_they_name(annotator: Annotator) -> None:
    text = "Velbrook is a 1931 comic opera composed by Jane Tarn and dedicated to Otto Reeve."
    facts = found(annotator, OPERAS, text)
    assert ("Velbrook", "composer", "Jane Tarn") in facts
    assert ("Velbrook", "dedicatedTo", "Otto Reeve") in facts
    assert ("Velbrook", "composer", "Otto Reeve") not in facts


@pytest.mark.model
def test_a_common_noun_fills_the_slot_of_its_kind(annotator: Annotator) -> None:
    text = "Olga Marn (born 1950) is a Danish baritone."
    assert found(annotator, SINGERS, text) == {("Olga Marn", "voice", "baritone")}


@pytest.mark.model
def test_is_the_capital_of_has_its_sides_changed(annotator: Annotator) -> None:
    facts = found(annotator, COUNTRIES, "Quito is the capital of Ecuador.")
    assert facts == {("Ecuador", "capital", "Quito")}


STEWS = (
    wording_of("ingredient", "ingredient", ["dish"], ["food"]),
    wording_of("country", "country", ["dish"], ["country"]),
)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Saffron is one of the ingredients of Tarnholt Broth.",
        "Saffron is an ingredient in Tarnholt Broth.",
    ],
)
def test_is_an_ingredient_in_has_its_sides_changed(annotator: Annotator, text: str) -> None:
    facts = found(annotator, STEWS, text)
    assert ("Tarnholt Broth", "ingredient", "Saffron") in facts
    assert ("Saffron", "ingredient", "Tarnholt Broth") not in facts


@pytest.mark.model
def test_a_label_said_in_part_is_said_less(annotator: Annotator) -> None:
    wordings = (
        wording_of("doctoral", "number of doctoral students", ["university"], ["number"]),
        wording_of("students", "number of students", ["university"], ["number"]),
    )
    facts = found(annotator, wordings, "Brask University has 600 students.")
    assert facts == {("Brask University", "students", "600")}
    facts = found(annotator, wordings, "Brask University has 40 doctoral students.")
    assert facts == {("Brask University", "doctoral", "40")}


@pytest.mark.model
def test_a_subject_is_the_name_after_its_noun(annotator: Annotator) -> None:
    facts = found(annotator, SINGERS, "The singer Olga Marn is a baritone.")
    assert facts == {("Olga Marn", "voice", "baritone")}


@pytest.mark.model
def test_where_a_subject_lies_is_no_part_of_its_name(annotator: Annotator) -> None:
    wordings = (wording_of("rector", "rector", ["university"], ["person"]),)
    text = "Brask University in Tarnholt is led by its rector, Jane Reeve."
    assert found(annotator, wordings, text) == {("Brask University", "rector", "Jane Reeve")}
    text = "The rector of Brask University is Jane Reeve."
    assert found(annotator, wordings, text) == {("Brask University", "rector", "Jane Reeve")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Bread and the Mill is an opera composed by Olga Marn.", "Bread and the Mill"),
        ("Night on a Barge (1911) is an opera composed by Olga Marn.", "Night on a Barge"),
    ],
)
def test_a_title_has_small_words_in_it(annotator: Annotator, text: str, subject: str) -> None:
    assert (subject, "composer", "Olga Marn") in found(annotator, OPERAS, text)


@pytest.mark.model
def test_an_english_author_says_no_language(annotator: Annotator) -> None:
    wordings = (wording_of("language", "language", ["book"], ["language"]),)
    text = "Velbrook is a book by the English author Jane Tarn."
    assert not found(annotator, wordings, text)


def test_a_class_of_one_relation_only_says_it() -> None:
    part, author = told_apart(
        (
            wording_of("part", "part of", ["song"], ["album"]),
            wording_of("author", "author", ["song"], ["person"]),
        )
    )
    assert "album" in part.own
    assert "person" not in author.own, "of many relations"


def test_a_beginning_has_a_date() -> None:
    assert wording_of("inception", "inception", ["club"], []).range == {"date"}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "(",
        "“",
        "It rained.",
        "A B C " * 200,
        "’s",
        "Opera -",
        "” ) . - “ ’ (",
        "1 - - 2",
    ],
)
def test_texts_that_state_nothing(annotator: Annotator, text: str) -> None:
    assert len(found(annotator, OPERAS, text)) <= len(OPERAS)


@pytest.mark.model
def test_a_build_reads_a_domain_by_its_labels(tmp_path: Path, annotator: Annotator) -> None:
    folder = write_domain(tmp_path)
    told = CliRunner().invoke(cli, ["learn", str(folder)])
    assert told.exit_code == 0, told.output
    assert "by their labels alone, not measured: " in told.output
    assert json.loads((folder / "learned/model.json").read_text("utf-8"))["labels of"] == [
        "nickname", "openedOn", "runBy", "runwayLength",
    ]  # fmt: skip
    text = "Tarnholt Airfield was opened on 4 June 1961."
    read = extract(annotator.annotate(make_page(text)), load_ontology(folder))
    facts = {s.predicate: s for s in read.statements}
    assert facts["openedOn"].evidence.extractor == "learned/openedOn"
    assert facts["openedOn"].evidence.quote == "Tarnholt Airfield was opened on 4 June 1961"


@pytest.mark.parametrize("option", ["--folds", "--seed", "--min-confidence"])
def test_options_of_examples_are_refused_without_any(tmp_path: Path, option: str) -> None:
    folder = write_domain(tmp_path)
    told = CliRunner().invoke(cli, ["learn", str(folder), option, "1"])
    assert told.exit_code == 2
    assert f"{option} says how to learn from EXAMPLES" in told.output
    assert not (folder / "learned").exists()
