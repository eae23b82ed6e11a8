from __future__ import annotations

import pytest

from kg.evaluate.matching import fold, is_near, number, quotes_overlap, same_value, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Halvor’s  Guide!", "halvor guide"),
        ("B&T, 50% (+3)", "b&t 50% +3"),
        ("ＦＵＬＬ width", "full width"),
        (None, "none"),
    ],
)
def test_fold_keeps_only_what_tells(text: object, folded: str) -> None:
    assert fold(text) == folded


def test_words_leave_out_what_does_not_tell() -> None:
    assert words("the Series of a cycle-sharing Platform") == {"cycle", "sharing", "platform"}


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("Acme", "acme", True),
        ("Acme", "Acme Cloud", False),  # one word must be the whole name
        ("The Acme", "Acme", True),
        ("Northern Games Federation", "Northern Federation", True),  # 2 of 3
        ("Northern Games Federation", "Northern Winter Games Union", False),  # 2 of 5
        ("", "the", False),
        ("", "", True),
    ],
)
def test_is_near_is_symmetric(left: str, right: str, near: bool) -> None:
    assert is_near(left, right) is near
    assert is_near(right, left) is near


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1,200", 1),  # as in the scorer of the gold facts
        ("500 million people", 5e8),
        ("2.5bn", 2.5e9),
        ("3 k", 3000),
        ("more than 3", None),
        ("3m", 3e6),
        ("", None),
    ],
)
def test_number_reads_scale_words(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("2028-02", "2028", True),  # the coarser of the two
        ("2028", "2028-02-09", True),
        ("2028-02", "2028-03", False),
        ("500 million", "500000000", True),
        (500, "501", False),
        ("official partner", "Official Partner", True),
    ],
)
def test_same_value_compares_dates_numbers_and_words(want: object, got: object, same: bool) -> None:
    assert same_value(want, got) is same


def test_quotes_overlap_by_inclusion_or_by_words() -> None:
    assert quotes_overlap(["signed a deal"], ["Acme signed a deal with Beta"])
    assert quotes_overlap(["has today signed the deal with Beta"], ["signed a deal with Beta now"])
    assert not quotes_overlap(["Acme"], ["signed a deal with Beta"])
    assert not quotes_overlap([], ["signed"])
