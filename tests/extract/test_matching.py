"""What each option of a frame does, with frames of an invented relation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.extract import extract
from kg.model.statement import Extraction
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.ontology.frames import Frame, FrameSlot
from kg.ontology.terms import Relation
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

# Said of nobody else: a relation whose frames are only those of the test.
HANDS = Relation("urn:hands", "hands", "hands", "", ("Entity",), ("Entity",))
Read = Callable[..., list[tuple[str, str]]]


def frame(**options: Any) -> Frame:
    """The frame "X hands Y" with these options."""
    values: dict[str, Any] = {
        "id": "hand",
        "predicate": "hands",
        "subject": FrameSlot(("agent",), ("Organization",)),
        "object": FrameSlot(("patient",), ("Offering",)),
        "verbs": frozenset({"hand"}),
        "prior": 0.8,
    }
    return Frame(**(values | options))


@pytest.fixture(scope="module")
def run(annotator: Annotator, olympics: Ontology) -> Callable[..., Extraction]:
    """Text and options of the frame to the extraction with it alone."""

    def read(text: str, *, published: str | None = None, **options: Any) -> Extraction:
        relations = {**olympics.relations, "hands": HANDS}
        frames = (*options.pop("others", ()), frame(**options))
        article: Article = replace(make_page(text), published=published)
        ontology = replace(olympics, relations=relations, frames=frames)
        return extract(annotator.annotate(article), ontology)

    return read


@pytest.fixture(scope="module")
def hands(run: Callable[..., Extraction]) -> Read:
    """The same to (subject, object) of what the frame states."""

    def read(text: str, **options: Any) -> list[tuple[str, str]]:
        return pairs(run(text, **options))

    return read


def pairs(extraction: Extraction) -> list[tuple[str, str]]:
    labels = {e.id: e.label for e in extraction.entities}
    return [
        (labels[s.subject], labels[s.object] if isinstance(s.object, str) else s.object.value)
        for s in extraction.statements
        if s.predicate == "hands"
    ]


def confidence(extraction: Extraction) -> float:
    (statement,) = (s for s in extraction.statements if s.predicate == "hands")
    return statement.confidence


SURE = "Halvor Motors handed the Nordlys Card to sailors."
CARD = ("Halvor Motors", "Nordlys Card")


def test_a_verb_fires_with_the_arguments_of_its_slots(hands: Read) -> None:
    assert hands("Halvor Motors handed out the Nordlys Card.", verbs={"hand_out"}) == [CARD]
    assert hands("The Nordlys Card was handed by Halvor Motors.") == [CARD]


def test_another_verb_does_not_fire(hands: Read) -> None:
    assert hands("Halvor Motors sold the Nordlys Card.") == []


def test_coordinated_arguments_are_paired(hands: Read) -> None:
    text = "Zorvex Bank and Halvor Motors hand the Nordlys Card and the Brask Phone to sailors."
    assert sorted(hands(text)) == [
        ("Halvor Motors", "Brask Phone"),
        CARD,
        ("Zorvex Bank", "Brask Phone"),
        ("Zorvex Bank", "Nordlys Card"),
    ]


def test_an_argument_of_another_class_rules_the_frame_out(run: Callable[..., Extraction]) -> None:
    extraction = run("Oster Airport handed the Nordlys Card to sailors.")
    assert pairs(extraction) == []
    assert extraction.rejected["hands: class Airport not admitted"] == 1


def test_a_missing_argument_is_counted(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors handed the Nordlys Card."
    assert run(text, object=FrameSlot(("to",))).rejected == {"hands: no object": 1}
    assert run(text, subject=FrameSlot(("by",))).rejected == {"hands: no subject": 1}
    assert run(text, subject=FrameSlot(("by",)), object=FrameSlot(("to",))).rejected == {}


def test_slots_are_tried_in_order(hands: Read) -> None:
    slot = FrameSlot(("to", "patient"), ("Offering",))
    text = "Halvor Motors handed the Nordlys Card to sailors."
    assert hands(text, object=slot) == [CARD]


def test_names_only_turns_down_descriptions(hands: Read) -> None:
    text = "Halvor Motors handed a weather service to sailors."
    assert hands(text) == [("Halvor Motors", "Weather service")]
    named = FrameSlot(("patient",), ("Offering",), names_only=True)
    assert hands(text, object=named) == []


def test_a_guess_settles_a_class_in_doubt_at_a_price(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors handed Mirol to sailors."
    plain = FrameSlot(("patient",), ("Product",))
    assert pairs(run(text, object=plain)) == []
    extraction = run(text, object=replace(plain, guess=True))
    assert pairs(extraction) == [("Halvor Motors", "Mirol")]
    assert confidence(extraction) < confidence(run(SURE))


def test_a_guess_does_not_touch_a_firm_class(hands: Read) -> None:
    slot = FrameSlot(("patient",), ("Product",), guess=True)
    assert hands("Halvor Motors handed Zorvex Bank to sailors.", object=slot) == []


def test_a_pronoun_costs_confidence(run: Callable[..., Extraction]) -> None:
    extraction = run("Halvor Motors grew. It handed the Nordlys Card to sailors.")
    assert pairs(extraction) == [CARD]
    assert confidence(extraction) < confidence(run(SURE))


def test_a_frame_that_is_right_more_often_is_surer(run: Callable[..., Extraction]) -> None:
    assert confidence(run(SURE, prior=0.5)) < confidence(run(SURE, prior=0.9))


def test_a_known_name_fills_a_slot_unsaid(hands: Read, olympics: Ontology) -> None:
    slot = FrameSlot(known="id/international-olympic-committee")
    text = "Halvor Motors handed over yesterday."
    found = hands(text, object=slot, verbs={"hand", "hand_over"})
    assert found == [("Halvor Motors", "International Olympic Committee")]
    assert hands(text, object=FrameSlot(known="id/nobody"), verbs={"hand", "hand_over"}) == []


def test_the_focus_fills_an_open_slot(hands: Read) -> None:
    text = "Halvor Motors grew. Halvor Motors won. The Nordlys Card was handed to sailors."
    assert hands(text) == []
    slot = FrameSlot(("agent",), ("Organization",), fallback="focus")
    assert hands(text, subject=slot) == [CARD]


def test_reciprocal_pairs_a_plural_subject(hands: Read) -> None:
    text = "Zorvex Bank and Halvor Motors merged."
    options = {
        "verbs": {"merge"},
        "object": FrameSlot(("with",), ("Organization",)),
    }
    assert hands(text, **options) == []
    assert hands(text, reciprocal=True, **options) == [("Zorvex Bank", "Halvor Motors")]


def test_metonymy_reads_a_host_as_its_one_event(hands: Read) -> None:
    text = "Fans love the Tokyo Games. Halvor Motors handed the Nordlys Card to Tokyo."
    options = {"object": FrameSlot(("to",), ("Event",))}
    assert hands(text, **options) == []
    assert hands(text, metonymy=True, **options) == [("Halvor Motors", "2020 Summer Olympics")]
    two = "Fans love the Beijing 2022 Games and the 2008 Summer Olympics. "
    text = two + "Halvor Motors handed the Nordlys Card to Beijing."
    assert hands(text, metonymy=True, **options) == []  # which of the two?
    later = {"published": "2020-01-01", "metonymy": True, **options}
    assert hands(text, **later) == [("Halvor Motors", "2022 Winter Olympics")]


def test_future_event_makes_a_plan_of_what_has_not_been(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors hands the Nordlys Card to the 2028 Summer Olympics."
    options = {"object": FrameSlot(("to",), ("Event",)), "future_event": True}

    def stances(text: str, published: str | None) -> list[str]:
        found = run(text, published=published, **options).statements
        return [str(s.modality) for s in found if s.predicate == "hands"]

    assert stances(text, "2027-01-01") == ["planned"]
    assert stances(text, "2029-01-01") == ["asserted"]
    assert stances(text, None) == ["asserted"]
    assert stances(text.replace("hands", "handed"), "2027-01-01") == ["asserted"]


def test_modality_and_presupposition_fix_the_stance(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors may hand the Nordlys Card to sailors."

    def stance(**options: Any) -> list[str]:
        statements = run(text, **options).statements
        return [str(s.modality) for s in statements if s.predicate == "hands"]

    assert stance() == ["hedged"]
    assert stance(presupposed=True) == ["asserted"]
    assert stance(modality="planned") == ["planned"]


def test_agent_types_rule_out_other_agents(run: Callable[..., Extraction]) -> None:
    options = {
        "subject": FrameSlot(("patient",), ("Offering",)),
        "object": FrameSlot(("to",), ("Event",)),
        "agent_types": ("Person",),
    }
    text = "{} handed the Nordlys Card to the Tokyo Games."
    assert pairs(run(text.format("Ada Lindqvist"), **options)) != []
    extraction = run(text.format("Halvor Motors"), **options)
    assert pairs(extraction) == []
    assert extraction.rejected["hands: agent not admitted"] == 1


def test_modifiers_must_stand_before_a_noun(hands: Read) -> None:
    options = {
        "verbs": frozenset(),
        "nouns": {"hand"},
        "modifiers": {"helping"},
        "object": FrameSlot(("of",), ("Organization",)),
    }
    text = "Halvor Motors is the {} hand of Zorvex Bank."
    assert hands(text.format("helping"), **options) == [("Halvor Motors", "Zorvex Bank")]
    assert hands(text.format("right"), **options) == []


def test_needs_qualifier_states_nothing_without_one(run: Callable[..., Extraction]) -> None:
    options = {"qualifiers": {"date": FrameSlot(value="date")}, "needs_qualifier": True}
    extraction = run("Halvor Motors handed the Nordlys Card to sailors.", **options)
    assert pairs(extraction) == []
    assert extraction.rejected["hands: says nothing new"] == 1
    extraction = run("Halvor Motors handed the Nordlys Card to sailors in May 2019.", **options)
    assert pairs(extraction) == [CARD]


def test_qualifiers_hold_literals_and_entities(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors handed the Nordlys Card to Zorvex Bank in May 2019."
    qualifiers = {
        "date": FrameSlot(value="date"),
        "with": FrameSlot(("to",), ("Organization",)),
        "what": FrameSlot(("patient",), value="text"),
        "place": FrameSlot(("under",), ("Place",)),
    }
    extraction = run(text, qualifiers=qualifiers)
    labels = {e.id: e.label for e in extraction.entities}
    (statement,) = (s for s in extraction.statements if s.predicate == "hands")
    found = {
        q.name: labels[q.value] if isinstance(q.value, str) else q.value.value
        for q in statement.qualifiers
    }
    assert found == {"date": "2019-05", "what": "the Nordlys Card", "with": "Zorvex Bank"}


def words_of(extraction: Extraction) -> dict[str, str]:
    (statement,) = (s for s in extraction.statements if s.predicate == "hands")
    return {q.name: q.value.value for q in statement.qualifiers if not isinstance(q.value, str)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Halvor Motors handed steel cables for builders (Zorvex Bank among them).",
            "steel cables",
        ),
        ("Halvor Motors handed cables of steel for Zorvex Bank.", "cables of steel"),
    ],
)
def test_words_of_a_qualifier_leave_out_the_object(
    run: Callable[..., Extraction], text: str, what: str
) -> None:
    receiver = FrameSlot(("to", "for"), ("Organization",))
    qualifiers = {"what": FrameSlot(("patient",), value="text")}
    assert words_of(run(text, object=receiver, qualifiers=qualifiers)) == {"what": what}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Halvor Motors signed its Zorvex Bank sponsorship.", {}),
        ("Halvor Motors signed its Gold sponsorship of Zorvex Bank.", {"level": "Gold"}),
    ],
)
def test_the_name_of_the_object_is_no_level(
    run: Callable[..., Extraction], text: str, found: dict[str, str]
) -> None:
    options = {
        "verbs": frozenset(),
        "nouns": {"sponsorship"},
        "object": FrameSlot(("of", "modifier"), ("Organization",)),
        "qualifiers": {"level": FrameSlot(value="level")},
    }
    extraction = run(text, **options)
    assert pairs(extraction) == [("Halvor Motors", "Zorvex Bank")]
    assert words_of(extraction) == found


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("Halvor Motors handed $40 million to sailors.", "40000000", "USD", None),
        ("Halvor Motors handed more than 300 tickets.", "300", "tickets", "more than"),
    ],
)
def test_amounts_have_a_unit_and_a_comparator(
    run: Callable[..., Extraction], text: str, value: str, unit: str, comparator: str | None
) -> None:
    extraction = run(text, object=FrameSlot(("patient",), value="amount"))
    assert pairs(extraction) == [("Halvor Motors", value)]
    (statement,) = (s for s in extraction.statements if s.predicate == "hands")
    found = {q.name: q.value.value for q in statement.qualifiers if not isinstance(q.value, str)}
    expected = {"unit": unit, "comparator": comparator}
    assert found == {k: v for k, v in expected.items() if v is not None}


def test_an_amount_that_a_frame_states_is_no_measure_too(run: Callable[..., Extraction]) -> None:
    text = "Halvor Motors handed 300 tickets."
    amount = FrameSlot(("patient",), value="amount")
    assert [s.predicate for s in run(text, object=amount).statements] == ["hands"]


def test_the_evidence_reaches_from_argument_to_argument(run: Callable[..., Extraction]) -> None:
    text = "On Monday Halvor Motors proudly handed the new Nordlys Card to sailors in Oslo."
    (statement,) = (s for s in run(text).statements if s.predicate == "hands")
    assert statement.evidence.quote == "Halvor Motors proudly handed the new Nordlys Card"
    assert statement.evidence.extractor == "frames/hand"


def test_two_frames_of_one_verb_both_fire_in_order(run: Callable[..., Extraction]) -> None:
    other = frame(id="other", object=FrameSlot(("to",), ("Organization",)))
    text = "Halvor Motors handed the Nordlys Card to Zorvex Bank."
    found = run(text, others=(other,)).statements
    assert {s.evidence.extractor for s in found if s.predicate == "hands"} == {
        "frames/hand",
        "frames/other",
    }
