"""What is kept as words: titles, slogans, vague counts, aims; and when and where campaigns run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import extract
from kg.model.statement import Extraction, Modality
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

Extract = Callable[[str], Extraction]


@pytest.fixture(scope="module")
def extraction_of(annotator: Annotator, olympics: Ontology) -> Extract:
    """Text to what is extracted of it."""
    return lambda text: extract(annotator.annotate(make_page(text)), olympics)


def _said(extraction: Extraction, predicate: str) -> list[tuple[str, str]]:
    """(subject, object) of the statements of a relation, as labels and words, sorted."""
    labels = {e.id: e.label for e in extraction.entities}
    return sorted(
        (labels[s.subject], labels[s.object] if isinstance(s.object, str) else s.object.value)
        for s in extraction.statements
        if s.predicate == predicate
    )


def test_every_title_of_a_person_is_kept(extraction_of: Extract) -> None:
    extraction = extraction_of(
        "Halvor Motors plans quieter engines.\n\n"
        "Jane Roe, Halvor Motors's CMO, spoke in Oslo.\n\n"
        "The company's global marketing chief wants calm. Her chief engineer agrees."
    )
    assert _said(extraction, "holdsPost") == [
        ("Jane Roe", "CMO"),
        ("Jane Roe", "global marketing chief"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, Halvor Motors's chief engineer, spoke. A chief engineer must sleep.",
        "Jane Roe, Halvor Motors's chief engineer, spoke. Chief engineers must sleep.",
        "Jane Roe, Halvor Motors's chief engineer, spoke. The chief engineer of the ferry slept.",
    ],
)
def test_a_title_of_anybody_is_nobody_s(text: str, extraction_of: Extract) -> None:
    assert _said(extraction_of(text), "holdsPost") == []


@pytest.mark.parametrize(
    ("text", "slogan"),
    [
        ("Halvor Motors's slogan is “Drive softly”.", "Drive softly"),
        ("Halvor Motors’s new tagline, ‘Quiet is loud’, hangs in Oslo.", "Quiet is loud"),
        ("Halvor Motors dropped its “Drive softly” motto in May.", "Drive softly"),
    ],
)
def test_a_slogan_is_what_is_quoted_beside_its_noun(
    text: str, slogan: str, extraction_of: Extract
) -> None:
    assert _said(extraction_of(text), "hasSlogan") == [("Halvor Motors", slogan)]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody's slogan is “Drive softly”. Halvor Motors sells buses.",
        "Halvor Motors has a new slogan for buses.",
        "The slogan, said Halvor Motors, is “not done”.",
    ],
)
def test_no_slogan_without_its_words(text: str, extraction_of: Extract) -> None:
    assert _said(extraction_of(text), "hasSlogan") == []


def test_a_vague_count_of_people_is_no_number(extraction_of: Extract) -> None:
    extraction = extraction_of("Halvor Motors thanked its tens of thousands of loyal customers.")
    (count,) = (s for s in extraction.statements if s.predicate == "hasMeasure")
    assert not isinstance(count.object, str)
    assert (count.object.value, count.object.datatype[-6:]) == ("tens of thousands", "string")
    assert [q.value.value for q in count.qualifiers if not isinstance(q.value, str)] == [
        "customers"
    ]


@pytest.mark.parametrize("verb", ["has", "boasts", "employs"])
def test_a_vague_count_is_also_what_a_verb_of_having_says(
    verb: str, extraction_of: Extract
) -> None:
    text = f"Halvor Motors was founded in Oslo. Halvor Motors {verb} thousands of workers."
    assert _said(extraction_of(text), "hasMeasure") == [("Halvor Motors", "thousands")]


def test_vague_counts_of_nobody_s_people_or_of_things_are_left(extraction_of: Extract) -> None:
    text = "Hundreds of customers saw Halvor Motors melt its hundreds of old engines."
    assert _said(extraction_of(text), "hasMeasure") == []


@pytest.mark.parametrize(
    ("text", "aims"),
    [
        ("Halvor Motors wants to build ferries, sell boats and win races.", 3),
        ("Halvor Motors wants drivers to sleep more.", 0),
        ("Halvor Motors aims for drivers to sleep more.", 0),
        ("Drivers want to sleep more.", 0),
        ("Halvor Motors met its drivers. They want to sleep more.", 0),
        ("Halvor Motors says that it is fine to want to sleep more.", 0),
        ("The goal of Halvor Motors is to build ferries.", 1),
    ],
)
def test_an_aim_is_what_one_wants_to_do_oneself(
    text: str, aims: int, extraction_of: Extract
) -> None:
    assert len(_said(extraction_of(text), "hasObjective")) == aims


def test_an_aim_that_is_denied_is_no_aim(extraction_of: Extract) -> None:
    extraction = extraction_of("Halvor Motors does not want to build ferries.")
    (aim,) = (s for s in extraction.statements if s.predicate == "hasObjective")
    assert aim.modality is Modality.NEGATED


def test_a_quotation_inside_an_aim_stays_whole(extraction_of: Extract) -> None:
    text = "Halvor Motors wants to become a “good neighbour” of the port."
    aims = _said(extraction_of(text), "hasObjective")
    assert aims == [("Halvor Motors", "become a “good neighbour” of the port")]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Halvor Motors is a leader in electric ferries.", ["electric ferries"]),
        ("Halvor Motors leads the market in electric ferries.", ["electric ferries"]),
        ("The round was led by Halvor Motors in July 2013.", []),
        ("Halvor Motors led the round in Oslo.", []),
    ],
)
def test_one_leads_in_a_field_not_in_a_month(
    text: str, fields: list[str], extraction_of: Extract
) -> None:
    assert [field for _, field in _said(extraction_of(text), "leadsIn")] == fields


def test_what_is_sold_or_available_on_a_platform_is_offered_there(
    extraction_of: Extract,
) -> None:
    text = "The harbour game is available on Tmall. Halvor Motors sells sailing games on Tmall."
    found = _said(extraction_of(text), "offeredOn")
    assert {label for label, _ in found} == {"Harbour game", "Sailing games"}


def test_an_aim_is_asserted_and_has_its_speaker(extraction_of: Extract) -> None:
    extraction = extraction_of(
        "Jane Roe is the chief executive of Halvor Motors.\n\n"
        "“We want to win younger drivers,” Roe said."
    )
    (aim,) = (s for s in extraction.statements if s.predicate == "hasObjective")
    assert aim.modality is Modality.ASSERTED
    assert aim.speaker is not None
    assert aim.evidence.quote == "We want to win younger drivers"


def test_who_cites_a_pillar_claims_it(extraction_of: Extract) -> None:
    extraction = extraction_of(
        "The International Olympic Committee has cited modesty as a pillar of the 2032 Summer "
        "Olympics."
    )
    labels = {e.id: e.label for e in extraction.entities}
    (claim,) = (s for s in extraction.statements if s.predicate == "presentedAs")
    assert claim.speaker is not None
    assert labels[claim.speaker] == "International Olympic Committee"


def test_what_is_designed_to_be_something_is_planned_by_that_word(
    extraction_of: Extract,
) -> None:
    extraction = extraction_of("The 2032 Summer Olympics are designed to be the leanest of all.")
    (claim,) = (s for s in extraction.statements if s.predicate == "presentedAs")
    assert claim.modality is Modality.PLANNED
    assert claim.evidence.cues == ("designed",)


def test_a_campaign_named_after_a_place_is_the_one_that_stands_there(
    extraction_of: Extract,
) -> None:
    extraction = extraction_of(
        "Halvor Motors opened a light exhibition at Oslo Airport in 2031.\n\n"
        "The Oslo Airport project opens in May 2031."
    )
    assert ("Light exhibition", "2031-05") in _said(extraction, "startDate")


def test_a_timetable_in_the_present_tense_is_a_plan(extraction_of: Extract) -> None:
    for text, modality in (
        ("The harbour exhibition opens in May 2031.", Modality.PLANNED),
        ("The harbour exhibition opened in May 2031.", Modality.ASSERTED),
    ):
        (start,) = (s for s in extraction_of(text).statements if s.predicate == "startDate")
        assert start.modality is modality


def test_at_the_time_is_the_date_told_before(extraction_of: Extract) -> None:
    extraction = extraction_of(
        "In March 2010, the ferry sank.\n\nAt the time, the company Halvor Motors was four years "
        "old."
    )
    (age,) = (s for s in extraction.statements if s.predicate == "hasAge")
    found = {q.name: q.value.value for q in age.qualifiers if not isinstance(q.value, str)}
    assert found == {"date": "2010-03", "unit": "years"}


def test_a_distancing_verb_is_a_cue_of_what_it_reports(extraction_of: Extract) -> None:
    extraction = extraction_of(
        "“Our buses are the quietest buses in the world,” Jane Roe claimed.\n\n"
        "“Our boats are the slowest boats in the world,” Jane Roe said."
    )
    said = [s.evidence.cues for s in extraction.statements if s.predicate == "said"]
    assert said == [("claimed",), ()]
