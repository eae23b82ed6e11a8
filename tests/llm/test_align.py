"""Words of a model are found where they stand, whatever typing varies in, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.llm.align import find_words

TEXT = "The firm’s “pump\u00a0house”\nopened in Bad-Örtel — a party for art."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pump house", "pump\u00a0house"),
        ('The firm\'s "pump house"', "The firm’s “pump\u00a0house”"),
        ("THE FIRM’S", "The firm’s"),
        ("house” opened", "house”\nopened"),
        ("  Bad-Örtel - a party ", "Bad-Örtel — a party"),
        ("art", "art"),
    ],
)
def test_typing_does_not_matter(words: str, found: str) -> None:
    ((start, end), *_) = find_words(words, TEXT)
    assert TEXT[start:end] == found


@pytest.mark.parametrize(
    "words", ["firm opened", "par", "pumps house", "", " ", "opened in Ortel", "”x"]
)
def test_other_words_are_not_found(words: str) -> None:
    assert list(find_words(words, TEXT)) == []


def test_art_is_not_in_party() -> None:
    ((start, _),) = find_words("art", TEXT)
    assert start == TEXT.rindex("art")


def test_only_the_stretch_asked_for_is_searched() -> None:
    assert list(find_words("pump house", TEXT, 0, 15)) == []
    assert list(find_words("art", TEXT, 40)) != []


@given(st.text(max_size=40), st.data())
def test_whatever_is_copied_between_words_is_found(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    copied = " ".join(words[first : last + 1])
    if copied.strip():
        places = list(find_words(copied, text))
        assert copied.strip() in [text[a:b] for a, b in places]


@given(st.text(max_size=12), st.text(max_size=30))
def test_places_lie_in_the_text(words: str, text: str) -> None:
    for start, end in find_words(words, text):
        assert 0 <= start < end <= len(text)
