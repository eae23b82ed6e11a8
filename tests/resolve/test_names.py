"""What is left of a name as a key, and what a key tells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import digits, initials, name_key, parts, shown


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Halvor", "HALVOR"),
        ("The Halvor Trust", "Halvor Trust"),
        ("Halvor Ltd.", "Halvor"),
        ("Halvor, Inc.", "Halvor"),
        ("Brånd Yard", "Brand Yard"),
        ("Halvor's Yard", "Halvor’s  yard"),
        ("Halvor-Brask", "Halvor Brask"),
        ("Halvor A/S", "Halvor"),
        ("Halvor S.p.A.", "Halvor"),
        ("Halvor and Sons", "Halvor & Sons"),
    ],
)
def test_name_key_drops_what_does_not_tell_names_apart(left: str, right: str) -> None:
    forms = {"ltd", "inc", "as", "spa"}
    assert name_key(left, forms) == name_key(right, forms)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Halvor & Sons", "Halvor Sons"), ("Halvor Bank", "Halvor"), ("Ltd", ""), ("The", "")],
)
def test_name_key_keeps_what_tells_names_apart(left: str, right: str) -> None:
    assert name_key(left, {"ltd", "inc"}) != name_key(right, {"ltd", "inc"})


@given(st.text(max_size=20))
def test_name_key_has_words_parted_by_single_spaces(label: str) -> None:
    assert re.fullmatch(r"([\w&]+( [\w&]+)*)?", name_key(label))


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("baltic grid operators", {"bgo"}),
        ("bank of the north", {"botn", "bn"}),
        ("halvor", set()),
        ("", set()),
    ],
)
def test_initials_with_and_without_small_words(key: str, short: set[str]) -> None:
    assert initials(key, frozenset({"of", "the"})) == short


def test_digits_are_the_numbers_of_a_name() -> None:
    assert digits("kestrel 4 of 2020") == ("4", "2020")
    assert digits("kestrel") == ()


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        ("nordvik", "nordvik energy", True),
        ("nordvik energy", "nordvik energy invest", True),
        ("nordvik invest", "nordvik energy invest", True),
        ("energy nordvik", "nordvik energy invest", False),
        ("nordvik", "nordvik", False),
        ("nord", "nordvik energy", False),
    ],
)
def test_parts_are_words_beside_each_other_or_the_first_and_the_last(
    short: str, long: str, is_one: bool
) -> None:
    assert (short in parts(long)) is is_one
    assert parts(short).isdisjoint({short, ""})


@given(st.text(max_size=20))
def test_a_shown_key_has_that_key(label: str) -> None:
    key = name_key(label)
    assert name_key(shown(key)) == name_key(key)
