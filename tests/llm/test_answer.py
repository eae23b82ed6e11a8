"""What real models answer when they do not do as they were told."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.llm.answer import Completion, UnusableError, candidates, completion_of
from tests.llm.server import completion, fact

GOOD = fact("Vexil bought Tarn", "Vexil", "acquired", "Tarn")


def answered(text: str, finish: str = "stop") -> Completion:
    return Completion(text, finish, 1, 1)


def test_prose_and_fences_around_the_json_are_left_alone() -> None:
    text = f"Here are the facts:\n```json\n{json.dumps({'facts': [GOOD]})}\n```\nI hope this helps!"
    (found,) = candidates(answered(text))
    assert found is not None
    assert (found.subject, found.object) == ("Vexil", "Tarn")


def test_one_item_repeated_counts_once_and_odd_items_are_told() -> None:
    odd = [{**GOOD, "subject": 7}, {**GOOD, "more": "x"}, "Vexil", {**GOOD, "object": ""}]
    found = list(candidates(answered(json.dumps({"facts": [GOOD, GOOD, *odd]}))))
    assert [c is not None for c in found] == [True, False, False, False, False, False]


def test_qualifiers_may_be_left_out_and_are_pairs_of_words() -> None:
    one = {"name": "start", "value": "2031"}
    good = [{**GOOD, "qualifiers": [one, one]}, {**GOOD, "qualifiers": []}]
    odd: list[object] = [7, [7], [{"name": "start"}], [{**one, "value": ""}], [{**one, "x": "y"}]]
    facts = [*good, *({**GOOD, "qualifiers": one} for one in odd)]
    found = list(candidates(answered(json.dumps({"facts": facts}))))
    assert [c and c.qualifiers for c in found] == [(("start", "2031"),), (), *[None] * len(odd)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        "{}",
        '{"facts": {}}',
        '{"facts": [{"evidence": "Vexil bou',
        "{" * 100_000,
        '{"facts": ' + "[" * 100_000,
        '{"facts": NaN}',
        "[1]",
    ],
)
def test_what_is_not_the_json_asked_for_is_unusable(text: str) -> None:
    with pytest.raises(UnusableError, match="not the JSON asked for"):
        candidates(answered(text))


def test_an_answer_that_was_cut_off_is_unusable_even_if_it_parses() -> None:
    with pytest.raises(UnusableError, match="cut off"):
        candidates(answered(json.dumps({"facts": []}), "length"))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["facts", "evidence"]), x),
    )
)
def test_no_json_breaks_it(value: object) -> None:
    with contextlib.suppress(UnusableError):
        assert all(c is None for c in candidates(answered(json.dumps(value))))


def test_tokens_are_those_the_endpoint_counts_or_an_estimate() -> None:
    assert completion_of(completion("{}", tokens=(7, 3)).body, "x").prompt_tokens == 7
    uncounted = json.dumps(
        {"choices": [{"message": {"content": "abcdefgh"}}], "usage": {"prompt_tokens": -4}}
    )
    found = completion_of(uncounted.encode(), "x" * 40)
    assert (found.prompt_tokens, found.completion_tokens) == (11, 3)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"<html>",
        b"[]",
        b"null",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": {"content": "a"',
        b"[" * 100_000,
        b'{"choices": [3]}',
    ],
)
def test_a_body_that_is_no_completion_is_unusable(body: bytes) -> None:
    with pytest.raises(UnusableError, match="something else than a completion"):
        completion_of(body, "x")


def test_a_refusal_is_told() -> None:
    body = {"choices": [{"message": {"content": None, "refusal": "no"}, "finish_reason": "stop"}]}
    with pytest.raises(UnusableError, match="declined"):
        completion_of(json.dumps(body).encode(), "x")
