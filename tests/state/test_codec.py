"""Records to JSON and back: nothing lost, nothing else taken."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
    MentionKind,
    Modality,
    Qualifier,
    Statement,
    Voice,
)
from kg.model.text import Article, Block, BlockKind, Span
from kg.state.codec import decode, encode, from_bytes, to_bytes
from kg.state.reading import Reading

# every character there is, halves of surrogate pairs too, also side by side
TEXT = st.text(st.characters(codec=None, categories=None), max_size=20) | st.sampled_from(
    ["\ud83d\ude00", "😀", "\udc80", "\x00\x1f", "\u2028", "é", "é", "﻿x"]
)
PLACE = st.integers(0, 10**9)
SPANS = st.builds(Span, TEXT, PLACE, PLACE)
LITERALS = st.builds(Literal, TEXT, TEXT, TEXT)
READINGS = st.builds(
    Reading,
    article=st.builds(
        Article,
        name=TEXT,
        text=TEXT,
        blocks=st.lists(st.builds(Block, PLACE, PLACE, st.sampled_from(BlockKind))).map(tuple),
        title=st.none() | TEXT,
        published=st.none() | TEXT,
    ),
    extraction=st.builds(
        Extraction,
        entities=st.lists(
            st.builds(
                ArticleEntity,
                id=TEXT,
                label=TEXT,
                type=TEXT,
                mentions=st.lists(
                    st.builds(Mention, SPANS, TEXT, st.sampled_from(MentionKind)), max_size=2
                ).map(tuple),
                known_as=st.none() | TEXT,
                named=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
        statements=st.lists(
            st.builds(
                Statement,
                subject=TEXT,
                predicate=TEXT,
                object=TEXT | LITERALS,
                evidence=st.builds(Evidence, SPANS, TEXT, st.sampled_from(Voice), TEXT),
                confidence=st.floats(0, 1),
                qualifiers=st.lists(st.builds(Qualifier, TEXT, TEXT | LITERALS), max_size=2).map(
                    tuple
                ),
                modality=st.sampled_from(Modality),
                speaker=st.none() | TEXT,
            ),
            max_size=2,
        ).map(tuple),
        rejected=st.dictionaries(TEXT, PLACE, max_size=3),
    ),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
    model=TEXT,
    verbatim=st.booleans(),
)


@given(READINGS)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    data = to_bytes(reading)
    assert from_bytes(data, Reading) == reading
    assert to_bytes(from_bytes(data, Reading)) == data


@given(TEXT)
def test_two_texts_never_have_the_same_bytes(text: str) -> None:
    pair = Literal(text, "", ""), Literal(text + "\ude00", "", "")
    assert to_bytes(pair[0]) != to_bytes(pair[1])


def test_order_of_keys_does_not_show() -> None:
    one = Extraction((), (), {"a": 1, "b": 2})
    other = Extraction((), (), {"b": 2, "a": 1})
    assert to_bytes(one) == to_bytes(other)


@dataclass(frozen=True)
class Odd:
    number: int
    pair: tuple[str, int]


@pytest.mark.parametrize(
    "record",
    [
        {"number": True, "pair": ["a", 1]},
        {"number": "1", "pair": ["a", 1]},
        {"number": 1.0, "pair": ["a", 1]},
        {"number": 1, "pair": ["a"]},
        {"number": 1, "pair": "ab"},
        {"number": 1},
        {"number": 1, "pair": ["a", 1], "more": 0},
        [],
        None,
    ],
)
def test_what_is_no_record_is_refused(record: object) -> None:
    assert decode({"number": 1, "pair": ["a", 1]}, Odd) == Odd(1, ("a", 1))
    with pytest.raises(ValueError, match=r"."):
        decode(record, Odd)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b"null", b'{"a":1}', b"NaN"])
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_bytes(data, Reading)


def test_unknown_value_of_an_enumeration_is_refused() -> None:
    block = encode(Block(0, 1, BlockKind.BODY))
    assert decode(block, Block) == Block(0, 1, BlockKind.BODY)
    with pytest.raises(ValueError, match="poem"):
        decode(block | {"kind": "poem"}, Block)


def test_what_has_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="no JSON for a set"):
        encode({"a": {1}})
    with pytest.raises(ValueError, match="JSON compliant"):
        to_bytes((float("nan"),))


def test_the_file_is_json() -> None:
    assert json.loads(to_bytes(Literal("a", "b", "\u2028"))) == {
        "value": "a",
        "datatype": "b",
        "text": "\u2028",
    }
