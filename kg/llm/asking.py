"""Asking patiently and within a budget: what is known, what may be spent, when to give up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.llm.answer import Completion, UnusableError, candidates, completion_of
from kg.llm.cache import Answers
from kg.llm.client import RefusedError, SilentError
from kg.llm.prompt import ANSWER_TOKENS, Prompt
from kg.model.model_use import ModelRun

__all__ = ["Asker", "KeptOnly", "Poster"]

TRIES = 4
BACK_OFF_S = 1.0  # before the second try; doubled before each further one
_UNKNOWN_FIELD = frozenset({400, 422})
_OPTIONAL = ("temperature", "seed", "max_tokens", "response_format")


class Poster(Protocol):
    """What sends a request: `kg.llm.client.Client`."""

    def post(self, request: Mapping[str, Any]) -> bytes:
        """The body of the answer. Raises RefusedError or SilentError."""


class KeptOnly:
    """In the place of a client where no question may leave this machine."""

    def post(self, request: Mapping[str, Any]) -> bytes:
        """Nothing: it raises UnusableError."""
        raise UnusableError("no answer is kept, and nobody may be asked")


@dataclass
class Asker:
    """Asks one model about passages.

    An endpoint that refuses, or gives no answer after all tries, is not asked again: what is left
    is as unread as what it failed at. So it is when the next request might exceed the budget.
    """

    client: Poster
    prompt: Prompt
    answers: Answers
    max_tokens: int | None = None
    sleep: Callable[[float], None] = time.sleep
    asked: int = 0  # requests sent
    cached: int = 0  # passages that no request was needed for
    spent: int = 0  # tokens of the requests sent
    stopped: str | None = None  # why nothing is asked any more
    _plain: bool = field(default=False, init=False)

    @property
    def run(self) -> ModelRun:
        """What has been asked and spent so far."""
        return ModelRun(self.asked, self.cached, self.spent)

    def answer(self, text: str, article: str) -> Completion:
        """The completion about a passage of an article, known or asked for.

        Raises UnusableError where there is none, with a reason to show.
        """
        key = self.prompt.key(text)
        known = self.answers.get(key, article)
        if known is not None:
            self.cached += 1
            return known
        completion = self._completion(self.prompt.request(text))
        candidates(completion)  # what is of no use is not kept: another day may bring a better one
        self.answers.put(key, article, completion)
        return completion

    def _completion(self, request: dict[str, Any]) -> Completion:
        words = json.dumps(request, ensure_ascii=False)
        self._check_budget(words)
        if self.stopped is not None:
            raise UnusableError(self.stopped)
        body = self._patiently(request)
        try:
            completion = completion_of(body, words)
        except UnusableError:
            self.spent += len(words) // 4
            raise
        self.spent += completion.prompt_tokens + completion.completion_tokens
        return completion

    def _check_budget(self, words: str) -> None:
        """Stops where the prompt, four characters a token, with the longest answer is too much."""
        if self.max_tokens is None or self.stopped is not None:
            return
        if self.spent + len(words) // 4 + ANSWER_TOKENS > self.max_tokens:
            self.stopped = (
                f"--max-tokens {self.max_tokens} leaves too little for another request "
                f"({self.spent} spent)"
            )

    def _patiently(self, request: Mapping[str, Any]) -> bytes:
        pause = BACK_OFF_S
        for left in range(TRIES - 1, -1, -1):
            try:
                return self._post(request)
            except SilentError as error:
                if not left:
                    self.stopped = f"{error}, {TRIES} times; nothing more was asked"
                    raise UnusableError(self.stopped) from None
                self.sleep(max(pause, error.wait_s))
                pause *= 2
            except RefusedError as error:
                self.stopped = f"{error}; nothing more was asked"
                raise UnusableError(self.stopped) from None
        raise AssertionError("unreachable")

    def _post(self, request: Mapping[str, Any]) -> bytes:
        """One try; fields that an endpoint does not know are left out from then on."""
        if not self._plain:
            self.asked += 1
            try:
                return self.client.post(request)
            except RefusedError as error:
                if error.status not in _UNKNOWN_FIELD:
                    raise
                self._plain = True
        self.asked += 1
        return self.client.post({k: v for k, v in request.items() if k not in _OPTIONAL})
