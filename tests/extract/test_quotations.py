"""Where quotations begin and end, whatever marks a paragraph uses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from kg.extract.quotations import begins_sentence, quoted_stretches

_TOKENIZER = English()


def _quoted(text: str, *, open_before: bool = False) -> list[str]:
    doc = _TOKENIZER(text)
    return [doc[q.start : q.end].text for q in quoted_stretches(doc, open_before)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“Go on,” he said.", ["Go on,"]),
        ('"Go on," he said. "Now."', ["Go on,", "Now."]),
        ("''Go on,'' he said.", ["Go on,"]),
        ("He said (“go on”) twice.", ["go on"]),
        ('He said ("go on") twice.', ["go on"]),
        ("“Go on. He said", ["Go on. He said"]),
        ("Nobody spoke.", []),
        ("", []),
    ],
)
def test_marks(text: str, quoted: list[str]) -> None:
    assert _quoted(text) == quoted


def test_straight_mark_before_a_word_opens_anew() -> None:
    # a page that lost its paragraphs: the second mark opens, the quotation before was left open
    text = '"It works. "Based on this, we go on." He left, hoping for "better" days.'
    assert _quoted(text) == ["It works.", "Based on this, we go on.", "better"]


def test_closing_mark_without_an_opening_one() -> None:
    assert _quoted("and so on.” He left.") == []
    assert _quoted("and so on.” He left.", open_before=True) == ["and so on."]
    assert _quoted('and so on." He left. "Now."') == ["Now."]


def test_open_and_closed_ends_are_told_apart() -> None:
    doc = _TOKENIZER("“Go on,” he said. “Now.")
    assert [q.closed for q in quoted_stretches(doc)] == [True, False]


@pytest.mark.parametrize(
    ("text", "begins"),
    [("“Go on,” he said.", True), ("He left. “Go on.”", True), ("It was “odd” then.", False)],
)
def test_begins_sentence(text: str, begins: bool) -> None:
    doc = _TOKENIZER(text)
    (quoted,) = quoted_stretches(doc)
    assert begins_sentence(doc, quoted) is begins


@given(st.text(alphabet="“”\"'` ab.,", max_size=40))
def test_stretches_lie_in_the_text_one_behind_the_other(text: str) -> None:
    doc = _TOKENIZER(text)
    for open_before in (False, True):
        stretches = quoted_stretches(doc, open_before)
        for quoted in stretches:
            assert 0 <= quoted.first <= quoted.start <= quoted.end <= quoted.last <= len(doc)
        for one, other in pairwise(stretches):
            assert one.last <= other.first
