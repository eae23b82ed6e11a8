"""Numbers in digits as literals of what a relation admits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.amounts import XSD
from kg.extract.numbers import number_literal

WHOLE, FRACTION = {XSD + "integer"}, {XSD + "decimal"}


@pytest.mark.parametrize(
    ("text", "datatypes", "value", "datatype"),
    [
        ("about 3,500 metres", WHOLE, "3500", "integer"),
        ("3.50 metres", WHOLE | FRACTION, "3.5", "decimal"),
        ("3500 metres", WHOLE | FRACTION, "3500", "integer"),
        ("3500 metres", FRACTION, "3500", "decimal"),
        ("−40 degrees", {XSD + "double"}, "-40", "decimal"),
        ("1.0", WHOLE, "1", "integer"),
    ],
)
def test_a_number_is_typed_by_what_is_admitted(
    text: str, datatypes: set[str], value: str, datatype: str
) -> None:
    found = number_literal(text, datatypes)
    assert found is not None
    assert (found.value, found.datatype, found.text) == (value, XSD + datatype, text)


@pytest.mark.parametrize(
    ("text", "datatypes"),
    [("3.5", WHOLE), ("three", WHOLE), ("3", {XSD + "string"}), ("3", set()), ("", WHOLE)],
)
def test_what_is_not_admitted_is_no_number(text: str, datatypes: set[str]) -> None:
    assert number_literal(text, datatypes) is None


@given(st.integers(-(10**12), 10**12))
def test_integers_come_back(number: int) -> None:
    found = number_literal(f"some {number:,} of them", WHOLE)
    assert found is not None
    assert int(found.value) == number
