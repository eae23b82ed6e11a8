"""How names are put to people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.wording import close_names, printable, spaced


def test_names_of_relations_and_fields_become_words() -> None:
    assert spaced("isPartOfBrand2027Plan") == "is part of brand2027 plan"
    assert spaced("derived_by") == "derived by"


@given(st.text())
def test_nothing_in_printable_text_steers_a_terminal(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text)) == len(text)


def test_a_slip_is_answered_with_what_is_near_whatever_its_case() -> None:
    known = ["Halvor Lines", "Tarnby Foods", "Halvor", "Zeta"]
    assert close_names("halvro", known) == ["Halvor"]
    assert close_names("LINES", known) == ["Halvor Lines"]


def test_where_nothing_is_near_the_first_names_are_told_and_the_rest_counted() -> None:
    known = [f"name {number:02}" for number in range(20)]
    assert close_names("qqq", reversed(known)) == [*known[:8], "… and 12 more"]
    assert close_names("qqq", known[:3]) == known[:3]
    assert close_names("", []) == []
