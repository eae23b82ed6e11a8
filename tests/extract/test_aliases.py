"""Names of one entity in an article, and names that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import aliases
from kg.extract.aliases import words
from kg.extract.drafts import Draft, Reading
from kg.extract.names import is_mistyped
from tests.extract.conftest import MakeReading


def united(make_reading: MakeReading, text: str) -> set[frozenset[str]]:
    """The sets of surface forms that denote one thing."""
    reading = make_reading(text, named=True)
    return {frozenset(reading.text(p) for p in d.places) for d in reading.drafts}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Ada Lindqvist resigned. Lindqvist was tired.", {"Ada Lindqvist", "Lindqvist"}),
        ("Ada Lindqvist resigned. Lindqvist Ada left.", {"Ada Lindqvist", "Lindqvist Ada"}),
        ("Zorvex Group grew. Zorvex shrank.", {"Zorvex Group", "Zorvex"}),
        (
            "Zorvex Group grew. Zorvex shrank. Zorvex AG closed.",
            {"Zorvex Group", "Zorvex", "Zorvex AG"},
        ),
        ("Zorvex grew. Zorvex Holdings Ltd closed.", {"Zorvex", "Zorvex Holdings Ltd"}),
        (
            "Halvor Port Authority grew. The Port Authority closed.",
            {"Halvor Port Authority", "Port Authority"},
        ),
        (
            "The International Kite Board (IKB) met in Oslo. The IKB voted.",
            {"International Kite Board", "IKB"},
        ),
    ],
)
def test_short_forms_are_one_with_the_whole_name(
    make_reading: MakeReading, text: str, forms: set[str]
) -> None:
    assert forms in united(make_reading, text)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Zorvex Card sells. People like Zorvex.", "Zorvex Card", "Zorvex"),  # brand, product
        ("Ada Lindqvist joined Lindqvist Motors.", "Ada Lindqvist", "Lindqvist Motors"),
        ("The Halvor Museum (HXZ) opened near HXZ.", "Halvor Museum", "HXZ"),  # no initials of it
        ("Guests saw the London Boat Show. London cheered.", "London Boat Show", "London"),
        ("Ada Brask and Teo Lind sat. Ada Lind stood.", "Ada Brask", "Ada Lind"),
        ("Zorvex Bank met Zorvex Airlines.", "Zorvex Bank", "Zorvex Airlines"),
    ],
)
def test_names_that_share_words_are_two_things(
    make_reading: MakeReading, text: str, one: str, other: str
) -> None:
    sets = united(make_reading, text)
    assert not any({one, other} <= forms for forms in sets)
    assert {f for forms in sets for f in forms} >= {one, other}


def test_a_name_is_compared_with_few_of_many_that_share_a_word(
    make_reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    surnames = ("Lind", "Brask", "Holm", "Dahl", "Strand", "Nygren", "Torvik", "Fossum", "Hauge")
    text = " ".join(f"Ada {surname} sat. Mr {surname} stood." for surname in surnames)
    compared: list[int] = []
    real = aliases._person

    def counted(reading: Reading, draft: Draft, others: list[Draft]) -> Draft | None:
        compared.append(len(others))
        return real(reading, draft, others)

    monkeypatch.setattr(aliases, "_person", counted)
    assert {f"Ada {s}" for s in surnames} <= {
        f for forms in united(make_reading, text) for f in forms
    }
    assert len(compared) >= len(surnames)
    assert sum(compared) <= 2 * len(compared)


def test_a_company_without_its_last_word_is_the_company(make_reading: MakeReading) -> None:
    text = "Guests flew with Kestrel Airlines. Kestrel bought Zorvex Bank."
    assert {"Kestrel Airlines", "Kestrel"} in united(make_reading, text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Guests flew to Beijng.", "Beijing"),
        ("Samsnug Electronics sells phones.", "Samsung Electronics"),
        ("Guests flew to Beijing and to Beijng.", "Beijing"),
    ],
)
def test_a_slip_is_the_name_of_the_domain_that_it_misspells(
    make_reading: MakeReading, text: str, label: str
) -> None:
    reading = make_reading(text, named=True)
    (draft,) = reading.drafts
    assert draft.known is not None
    assert draft.label == draft.known.label == label


@pytest.mark.parametrize(
    "text",
    [
        "Franco sold the firm.",  # France
        "Indra paid the bill.",  # India
        "Guests flew to Pandava.",  # Panama
        "The Candida bank failed.",  # Canada
        "Malia left the bank.",  # Mali
        "Atlantic paid the bill.",  # Atlanta
        "He did the bidding of Cameron, and Number 10.",  # Cameroon
        "Chris Tang sold the firm.",  # Chris Tung
        "Hera sold the shop, and CBBC paid.",  # Hema, CNBC
    ],
)
def test_a_name_near_another_is_a_name_of_its_own(make_reading: MakeReading, text: str) -> None:
    assert all(draft.known is None for draft in make_reading(text, named=True).drafts)


def test_a_name_near_that_of_a_place_beside_it_is_a_name_of_its_own(
    make_reading: MakeReading,
) -> None:
    reading = make_reading(
        "Franco left France. Guests flew to France, and Franco paid.", named=True
    )
    assert [(d.label, d.known is None) for d in reading.drafts] == [
        ("Franco", True),
        ("France", False),
    ]


def test_letters_swapped_missing_or_too_many_are_a_slip_and_others_are_not() -> None:
    slips = ["Fliggi", "Fligy", "Flliggy", "Filggy", "Fliggys", "Fliggy", "Fogy"]
    assert [text for text in slips if is_mistyped(text, "Fliggy")] == ["Fligy", "Flliggy", "Filggy"]


def test_a_slip_is_no_name_of_another_class(make_reading: MakeReading) -> None:
    reading = make_reading("A Danish airline, Pariz, grew.", named=True)
    assert [(d.label, d.known) for d in reading.drafts] == [("Pariz", None)]


def test_letters_that_the_article_explains_have_its_meaning(make_reading: MakeReading) -> None:
    text = "The International Oyster Committee (IOC) met. The IOC voted."
    reading = make_reading(text, named=True)
    assert [(d.label, d.known) for d in reading.drafts] == [
        ("International Oyster Committee", None)
    ]


def test_merged_names_answer_at_every_token(make_reading: MakeReading) -> None:
    reading = make_reading("Zorvex Group grew. Zorvex shrank.", named=True)
    (draft,) = reading.drafts
    tokens = [t for t in reading.annotated.blocks[0].doc if t.text in ("Zorvex", "Group")]
    assert [reading.at(t) for t in tokens] == [draft] * 3


@given(st.text(max_size=30))
def test_words_do_not_depend_on_capitals_or_apostrophes(label: str) -> None:
    assert words(label) == words(label.replace("’", "'"))
    assert all(w == w.lower() for w in words(label))
    assert words(" ".join(words(label))) == words(label)


def test_only_names_that_share_a_word_are_compared(
    make_reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []
    shortens = aliases._shortens

    def counted(reading: Reading, draft: Draft, other: Draft) -> bool:
        compared.append((draft.label, other.label))
        return shortens(reading, draft, other)

    monkeypatch.setattr(aliases, "_shortens", counted)
    names = ["Tarvok Widgets", "Quelm Mining", "Bresk Mining", "Ostrin Foods", "Ostrin"]
    united(make_reading, " ".join(f"{name} said it would open a plant." for name in names))
    assert compared == [("Ostrin", "Ostrin Foods")]
