"""Coreference: pronouns, "we", "the company", and noun phrases that are entities."""

from __future__ import annotations

import pytest

from kg.extract.drafts import Draft
from tests.extract.builders import token_of
from tests.extract.conftest import MakeReference

LEAD = "Fjordix Group runs ferries in Norway. Its chief executive, Jane Roe, sails.\n\n"
ORGANISATION = ("Organization",)


def _resolve(
    make_reference: MakeReference, text: str, word: str, types: tuple[str, ...] = ()
) -> Draft | None:
    reading, reference = make_reference(LEAD + text)
    return reference.resolve(token_of(reading, word), types)


def _label(
    make_reference: MakeReference, text: str, word: str, types: tuple[str, ...] = ()
) -> str | None:
    draft = _resolve(make_reference, text, word, types)
    return draft.label if draft is not None else None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Fjordix opened a dock. It employs 300 sailors.", "It"),
        ("Fjordix opened its dock.", "its"),
        ("The company opened a dock.", "company"),
        ("The ferries carry them.", "them"),
        ("“Our dock is the largest in Bergen,” said Roe.", "Our"),
        ("“We built a new dock in Bergen,” said Roe.", "We"),
    ],
)
def test_pronouns_and_descriptions_of_organisations(
    text: str, word: str, make_reference: MakeReference
) -> None:
    assert _label(make_reference, text, word, ORGANISATION) == "Fjordix Group"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Roe joined in 2019. She runs the docks.", "She"),
        ("“I built a new dock in Bergen,” said Roe.", "I"),
        ("The chief executive opened the fair.", "executive"),
    ],
)
def test_pronouns_and_posts_of_people(text: str, word: str, make_reference: MakeReference) -> None:
    assert _label(make_reference, text, word, ("Person",)) == "Jane Roe"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We built a dock.", "We"),  # outside a quotation nobody of the article
        ("“We built a new dock in Bergen.”", "We"),  # nobody is said to say it
        ("A bank opened a shop.", "bank"),  # not definite: some bank
        ("Fjordix bought Quillon Shipping. The retail arm of Fjordix opened a shop.", "arm"),
    ],
)
def test_what_refers_to_no_organisation_of_the_article(
    text: str, word: str, make_reference: MakeReference
) -> None:
    assert _label(make_reference, text, word, ORGANISATION) is None


def test_we_of_an_organisation_that_speaks_is_itself(make_reference: MakeReference) -> None:
    text = "“We built a new dock in Bergen,” said Fjordix Group."
    assert _label(make_reference, text, "We", ORGANISATION) == "Fjordix Group"


def test_he_in_a_quotation_is_not_the_speaker(make_reference: MakeReference) -> None:
    text = "John Poe joined Fjordix in May. “He knows how to sail well,” said Roe."
    assert _label(make_reference, text, "He", ("Person",)) == "John Poe"


def test_pronoun_takes_the_nearest(make_reference: MakeReference) -> None:
    text = "Jane Roe met John Poe, the president of Quillon Shipping. He likes docks."
    assert _label(make_reference, text, "He", ("Person",)) == "John Poe"


def test_pronouns_do_not_reach_far_back(make_reference: MakeReference) -> None:
    far = "It rained.\n\nIt snowed.\n\nIt hailed.\n\nHe sails."
    assert _label(make_reference, far, "He", ("Person",)) is None


def test_the_same_noun_points_back(make_reference: MakeReference) -> None:
    reading, reference = make_reference(
        LEAD + "Fjordix opened a floating museum in Bergen. This museum is free."
    )
    docs = [t for b in reading.annotated.blocks for t in b.doc if t.text == "museum"]
    first, second = (reference.resolve(t, ("Offering",)) for t in docs)
    assert first is not None
    assert first.label == "Floating museum"
    assert second is first


def test_this_is_what_has_just_been_introduced(make_reference: MakeReference) -> None:
    reading, reference = make_reference(
        LEAD + "Fjordix opened a floating museum in Bergen. This attracts families."
    )
    museum = token_of(reading, "museum")
    draft = reference.resolve(museum, ("Offering",))
    assert draft is not None
    reference.note(museum, draft)
    assert reference.resolve(token_of(reading, "This"), ("Offering",)) is draft


@pytest.mark.parametrize(
    ("text", "word", "types", "label"),
    [
        ("Fjordix launched a weather service.", "service", ("Offering",), "Weather service"),
        ("Fjordix makes cloud-based tools.", "tools", ("Offering",), "Cloud-based tools"),
        ("Fjordix sells a range of mobile games.", "range", ("Offering",), "Mobile games"),
        ("Fjordix helps merchants.", "merchants", ("Group",), "Merchants"),
        ("Fjordix launched a new weather service.", "service", ("Offering",), "Weather service"),
        ("Fjordix launched three weather services.", "services", ("Offering",), "Weather services"),
    ],
)
def test_noun_phrases_without_a_name_are_entities(
    text: str, word: str, types: tuple[str, ...], label: str, make_reference: MakeReference
) -> None:
    draft = _resolve(make_reference, text, word, types)
    assert draft is not None
    assert (draft.label, draft.named, draft.hidden) == (label, False, False)


def test_general_nouns_do_not_surface(make_reference: MakeReference) -> None:
    draft = _resolve(make_reference, "Fjordix launched a new service.", "service", ("Offering",))
    assert draft is None or draft.hidden


def test_a_noun_of_another_class_is_no_candidate(make_reference: MakeReference) -> None:
    text = "Fjordix launched a weather service."
    assert _resolve(make_reference, text, "service", ORGANISATION) is None


def test_resolving_twice_gives_one_entity(make_reference: MakeReference) -> None:
    reading, reference = make_reference(LEAD + "Fjordix launched a weather service.")
    token = token_of(reading, "service")
    first = reference.resolve(token, ("Offering",))
    assert first is not None
    assert reference.resolve(token, ("Offering",)) is first
    assert len(first.places) == 1


@pytest.mark.xfail(reason="gender of names is not known")
def test_pronoun_of_the_other_gender(make_reference: MakeReference) -> None:
    text = "John Poe met Jane Roe. He likes docks."
    assert _label(make_reference, text, "He", ("Person",)) == "John Poe"
