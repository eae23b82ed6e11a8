"""Patience, budget and memory of what was asked, with neither a network nor a pause."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.llm.asking import Asker
from kg.llm.cache import Answers
from kg.llm.client import RefusedError, SilentError
from kg.llm.patience import TRIES, Patience
from kg.llm.prompt import ANSWER_TOKENS, Prompt
from kg.llm.terms import terms_of
from kg.model.model_use import ModelRun
from tests.factories import make_ontology
from tests.llm.server import completion, passage_of

ONTOLOGY = make_ontology({"Company": ()}, {"acquired": "acquired"})
ARTICLE = "a" * 64
GOOD = completion('{"facts": []}', tokens=(300, 5)).body
CUT = completion('{"facts": [', finish="length", tokens=(300, 50)).body
Outcome = bytes | Exception


@dataclass
class Posts:
    """Answers in a row; the last one again and again."""

    outcomes: list[Outcome]
    requests: list[Mapping[str, Any]] = field(default_factory=list)

    def post(self, request: Mapping[str, Any]) -> bytes:
        self.requests.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def asker(
    *outcomes: Outcome, folder: Path | None = None, **how: Any
) -> tuple[Asker, Posts, list[float]]:
    """An asker, what it sends, and how long it sleeps."""
    posts, pauses = Posts(list(outcomes)), list[float]()
    prompt = Prompt(ONTOLOGY, terms_of(ONTOLOGY), "small")
    patience = Patience(posts, pauses.append)
    return Asker(patience, prompt, Answers(folder), **how), posts, pauses


def reasons(one: Asker, texts: str) -> Iterator[str]:
    for reply in one.replies(texts, ARTICLE):
        yield reply if isinstance(reply, str) else ""


def test_what_was_answered_is_never_asked_again(tmp_path: Path) -> None:
    first, _, _ = asker(GOOD, folder=tmp_path)
    found = first.replies("a", ARTICLE)
    assert (first.asked, first.cached, first.spent) == (1, 0, 305)
    second, posts, _ = asker(RefusedError(500), folder=tmp_path)
    assert second.replies("a", ARTICLE) == found
    assert posts.requests == []
    assert (second.asked, second.cached, second.spent) == (0, 1, 0)


def test_a_damaged_answer_is_asked_for_again(tmp_path: Path) -> None:
    first, _, _ = asker(GOOD, folder=tmp_path)
    first.replies("a", ARTICLE)
    (path,) = tmp_path.iterdir()
    for damage in (b"", b"{}", b"[" * 99_999, path.read_bytes().replace(b'"small', b'"x')[:-9]):
        path.write_bytes(damage)
        again, posts, _ = asker(GOOD, folder=tmp_path)
        again.replies("a", ARTICLE)
        assert len(posts.requests) == 1


def test_an_answer_belongs_to_the_article_that_asked_last(tmp_path: Path) -> None:
    asker(GOOD, folder=tmp_path)[0].replies("a", ARTICLE)
    asker(GOOD, folder=tmp_path)[0].replies("a", "b" * 64)
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text())["article"] == "b" * 64


def test_a_busy_endpoint_is_waited_for_longer_each_time() -> None:
    busy = SilentError("busy")
    one, posts, pauses = asker(busy, busy, SilentError("busy", 30), GOOD)
    one.replies("a", ARTICLE)
    assert pauses == [1.0, 2.0, 30.0]
    assert one.asked == len(posts.requests) == 4


def test_one_that_stays_silent_is_given_up_for_the_whole_run() -> None:
    one, posts, pauses = asker(SilentError("the endpoint gave no answer"))
    found = list(reasons(one, "abc"))
    assert found[0].startswith("the endpoint gave no answer, 4 times")
    assert found == [found[0]] * 3
    assert len(posts.requests) == TRIES == len(pauses) + 1


def test_one_that_refuses_is_not_asked_twice() -> None:
    one, posts, pauses = asker(RefusedError(401))
    assert (
        list(reasons(one, "ab"))
        == ["the endpoint answers with status 401; check the key; nothing more was asked"] * 2
    )
    assert (len(posts.requests), pauses) == (1, [])


def test_fields_that_an_endpoint_does_not_know_are_left_out_from_then_on() -> None:
    one, posts, _ = asker(RefusedError(400), GOOD)
    assert list(reasons(one, "ab")) == ["", ""]
    assert [sorted(r) for r in posts.requests[1:]] == [["messages", "model"]] * 2
    assert "response_format" in posts.requests[0]


def test_an_endpoint_that_knows_nothing_is_given_up() -> None:
    one, posts, _ = asker(RefusedError(400))
    assert all("status 400" in reason for reason in reasons(one, "ab"))
    assert len(posts.requests) == 2


def test_a_useless_answer_spares_the_other_passages_and_is_not_kept(tmp_path: Path) -> None:
    one, _, _ = asker(CUT, GOOD, folder=tmp_path)
    assert [bool(reason) for reason in reasons(one, "ab")] == [True, False]
    assert one.spent == 350 + 305
    assert len(list(tmp_path.iterdir())) == 1


def test_a_budget_is_never_exceeded_and_the_next_run_goes_on(tmp_path: Path) -> None:
    prompt = Prompt(ONTOLOGY, terms_of(ONTOLOGY), "small")
    size = len(json.dumps(prompt.request("a"), ensure_ascii=False)) // 4
    full = completion('{"facts": []}', tokens=(size, ANSWER_TOKENS)).body
    budget = 2 * (size + ANSWER_TOKENS) + 10
    one, posts, _ = asker(full, folder=tmp_path, max_tokens=budget)
    found = list(reasons(one, "abcd"))
    assert [bool(reason) for reason in found] == [False, False, True, True]
    assert f"--max-tokens {budget}" in found[2]
    assert one.spent <= budget
    assert len(posts.requests) == 2
    again, posts, _ = asker(full, folder=tmp_path, max_tokens=budget)
    assert list(reasons(again, "abcd")) == [""] * 4
    assert (again.cached, len(posts.requests)) == (2, 2)


def test_a_budget_below_one_request_asks_nothing() -> None:
    one, posts, _ = asker(GOOD, max_tokens=10)
    assert all(reasons(one, "ab"))
    assert posts.requests == []


@pytest.mark.parametrize("body", [b"<html>", b'{"choices": []}'])
def test_tokens_of_a_body_that_counts_none_are_estimated(body: bytes) -> None:
    one, _, _ = asker(body)
    assert all(reasons(one, "a"))
    assert one.spent > 100


class Crowd:
    """Answers each passage with itself, the later the sooner; knows how many it served at once."""

    def __init__(self, parties: int) -> None:
        self.together = threading.Barrier(parties, timeout=10)
        self.served: list[str] = []

    def post(self, request: Mapping[str, Any]) -> bytes:
        text = passage_of(dict(request))
        self.together.wait()  # broken if fewer are asked at a time
        self.served.append(text)
        return completion(json.dumps({"facts": [], "about": text}), tokens=(300, 5)).body


def test_several_are_asked_at_a_time_and_replies_keep_the_order_of_passages() -> None:
    prompt, crowd = Prompt(ONTOLOGY, terms_of(ONTOLOGY), "small"), Crowd(3)
    one = Asker(Patience(crowd), prompt, Answers(), at_once=3)
    replies = one.replies("abcdefa", ARTICLE)  # the seventh is known by then
    assert [json.loads(r.text)["about"] for r in replies if not isinstance(r, str)] == list(
        "abcdefa"
    )
    assert sorted(crowd.served) == list("abcdef")
    assert one.run == ModelRun(6, 1, 6 * 305)


def test_what_is_on_its_way_counts_against_the_budget() -> None:
    prompt = Prompt(ONTOLOGY, terms_of(ONTOLOGY), "small")
    size = len(json.dumps(prompt.request("a"), ensure_ascii=False)) // 4
    budget = 2 * (size + ANSWER_TOKENS) + 10
    one, posts, _ = asker(GOOD, max_tokens=budget, at_once=4)
    found = list(reasons(one, "abcd"))
    assert [bool(reason) for reason in found] == [False, False, True, True]
    assert len(posts.requests) == 2


def test_of_several_failures_the_first_by_place_is_told() -> None:
    class Refusing:
        def post(self, request: Mapping[str, Any]) -> bytes:
            raise RefusedError(401 if passage_of(dict(request)) == "a" else 404)

    prompt = Prompt(ONTOLOGY, terms_of(ONTOLOGY), "small")
    one = Asker(Patience(Refusing()), prompt, Answers(), at_once=2)
    found = list(reasons(one, "abc"))
    assert ["401" in found[0], "404" in found[1], "401" in found[2]] == [True] * 3
    assert one.asked == 2
