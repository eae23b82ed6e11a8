"""Sending a request until it is answered or there is no hope: tries, pauses, unknown fields."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.llm.answer import UnusableError
from kg.llm.client import RefusedError, SilentError

__all__ = ["BACK_OFF_S", "TRIES", "KeptOnly", "Outcome", "Patience", "Poster"]

TRIES = 4
BACK_OFF_S = 1.0  # before the second try; doubled before each further one
_UNKNOWN_FIELD = frozenset({400, 422})
_OPTIONAL = ("temperature", "seed", "max_tokens", "response_format")


class Poster(Protocol):
    """What sends a request: `kg.llm.client.Client`. It may be called by several threads."""

    def post(self, request: Mapping[str, Any]) -> bytes:
        """The body of the answer. Raises RefusedError or SilentError."""


class KeptOnly:
    """In the place of a client where no question may leave this machine."""

    def post(self, request: Mapping[str, Any]) -> bytes:
        """Nothing: it raises UnusableError."""
        raise UnusableError("no answer is kept, and nobody may be asked")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: the body of its answer or, without one, why; and requests sent."""

    sent: int
    body: bytes | None = None
    failed: str = ""


@dataclass
class Patience:
    """Sends requests to one endpoint; several threads may share it."""

    client: Poster
    sleep: Callable[[float], None] = time.sleep
    _plain: bool = field(default=False, init=False)  # set once, and never back

    def post(self, request: Mapping[str, Any]) -> Outcome:
        """The outcome after all tries; a failure says that no further request has any hope."""
        pause, sent = BACK_OFF_S, 0
        for left in range(TRIES - 1, -1, -1):
            try:
                if not self._plain:
                    sent += 1
                    try:
                        return Outcome(sent, self.client.post(request))
                    except RefusedError as error:
                        if error.status not in _UNKNOWN_FIELD:
                            raise
                        self._plain = True  # without the fields that it does not know, from now on
                sent += 1
                plain = {k: v for k, v in request.items() if k not in _OPTIONAL}
                return Outcome(sent, self.client.post(plain))
            except SilentError as error:
                if not left:
                    return Outcome(sent, None, f"{error}, {TRIES} times; nothing more was asked")
                self.sleep(max(pause, error.wait_s))
                pause *= 2
            except RefusedError as error:
                return Outcome(sent, None, f"{error}; nothing more was asked")
            except UnusableError as error:  # of KeptOnly: nothing was sent
                return Outcome(0, None, str(error))
        raise AssertionError("unreachable")
