"""Asking within a budget, several requests at a time: what is known, what may be spent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any

from kg.llm.answer import Completion, UnusableError, candidates, completion_of
from kg.llm.cache import Answers
from kg.llm.patience import Outcome, Patience
from kg.llm.prompt import ANSWER_TOKENS, Prompt
from kg.model.model_use import ModelRun

__all__ = ["Asker", "Reply"]

Reply = Completion | str
"""A completion that can be used, or why there is none."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A passage that must be asked about: where its reply goes, its key, and the request."""

    place: int
    key: str
    request: dict[str, Any]
    words: str  # the request as it is sent

    @property
    def most(self) -> int:
        """The tokens that it may cost: four characters are one, and the longest answer."""
        return len(self.words) // 4 + ANSWER_TOKENS


@dataclass
class Asker:
    """Asks one model about passages, in groups of `at_once` requests.

    A group is over before the next begins, so that what is asked, spent and left unread depends on
    the answers alone, and not on which came first. An endpoint that refuses, or gives no answer
    after all tries, is not asked again: what is left is as unread as what it failed at. So it is
    when the next request might exceed the budget.
    """

    patience: Patience
    prompt: Prompt
    answers: Answers
    max_tokens: int | None = None
    at_once: int = 1
    asked: int = 0  # requests sent
    cached: int = 0  # passages that no request was needed for
    spent: int = 0  # tokens of the requests sent
    stopped: str | None = field(default=None, init=False)  # why nothing is asked any more

    @property
    def run(self) -> ModelRun:
        """What has been asked and spent so far."""
        return ModelRun(self.asked, self.cached, self.spent)

    def replies(self, texts: Iterable[str], article: str) -> list[Reply]:
        """A reply for each passage of an article (SHA-256 of its text), in their order."""
        out: dict[int, Reply] = {}
        group: dict[str, _Question] = {}
        for place, text in enumerate(texts):
            key = self.prompt.key(text)
            if key in group or len(group) == self.at_once:
                out |= self._asked(group.values(), article)
                group = {}
            known = self.answers.get(key, article)
            if known is not None:
                self.cached += 1
                out[place] = known
            else:
                request = self.prompt.request(text)
                words = json.dumps(request, ensure_ascii=False)
                group[key] = _Question(place, key, request, words)
        out |= self._asked(group.values(), article)
        return [out[place] for place in sorted(out)]

    def _asked(self, group: Iterable[_Question], article: str) -> dict[int, Reply]:
        """The replies to a group, by place; usable ones are kept as soon as they are there."""
        out: dict[int, Reply] = {}
        admitted: list[_Question] = []
        reserved = 0
        for question in group:
            self._check_budget(question, reserved)
            if self.stopped is not None:
                out[question.place] = self.stopped
            else:
                reserved += question.most
                admitted.append(question)
        failures: dict[int, str] = {}
        for question, outcome in self._outcomes(admitted):
            self.asked += outcome.sent
            if outcome.body is None:
                failures[question.place] = out[question.place] = outcome.failed
            else:
                out[question.place] = self._reply(question, outcome.body, article)
        if failures:
            self.stopped = failures[min(failures)]
        return out

    def _outcomes(self, questions: Sequence[_Question]) -> Iterator[tuple[_Question, Outcome]]:
        """Each question with its outcome as it comes."""
        if len(questions) < 2:
            for question in questions:
                yield question, self.patience.post(question.request)
            return
        with ThreadPoolExecutor(len(questions)) as pool:
            sent = {pool.submit(self.patience.post, q.request): q for q in questions}
            for future in as_completed(sent):
                yield sent[future], future.result()

    def _reply(self, question: _Question, body: bytes, article: str) -> Reply:
        """The completion, kept; what is of no use is not: another day may bring a better one."""
        try:
            completion = completion_of(body, question.words)
        except UnusableError as error:
            self.spent += len(question.words) // 4
            return str(error)
        self.spent += completion.prompt_tokens + completion.completion_tokens
        try:
            candidates(completion)
        except UnusableError as error:
            return str(error)
        self.answers.put(question.key, article, completion)
        return completion

    def _check_budget(self, question: _Question, reserved: int) -> None:
        """Stops where the question, with what is on its way, might be too much."""
        if self.max_tokens is None or self.stopped is not None:
            return
        if self.spent + reserved + question.most > self.max_tokens:
            self.stopped = (
                f"--max-tokens {self.max_tokens} leaves too little for another request "
                f"({self.spent} spent)"
            )
