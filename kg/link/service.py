"""A reconciliation service: batches of names to what it proposes, patiently."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.link.answers import Found, Manifest, read_answers, read_manifest
from kg.read.fetch import Answer, Fetcher, NoAnswerError

__all__ = ["Query", "Service"]

BATCH = 10  # names in one request: what public services allow
LIMIT = 5  # candidates of one name
TRIES = 3
BACK_OFF_S = 2.0  # before the second try; doubled before each further one
_LONGEST_WAIT_S = 60.0
_BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be found, in records of a type of the service, where one is known."""

    name: str
    type: str | None = None


@dataclass
class Service:
    """A service at an address that the user gave.

    Asked for one batch at a time. A request that gets no answer, or the answer that the service is
    busy, is repeated after a growing pause, or after the pause that the service asks for.
    """

    url: str
    fetcher: Fetcher = field(default_factory=Fetcher)
    batch: int = BATCH
    sleep: Callable[[float], None] = time.sleep

    def manifest(self) -> Manifest:
        """What the service says of itself. Raises InputError where it is no such service."""
        return read_manifest(self._ask(None).body, self.url)

    def find(self, queries: Sequence[Query]) -> Iterator[tuple[Found, ...]]:
        """What is proposed for each query, in their order; asks as results are taken.

        Raises InputError where none comes or what comes is none; what was taken before holds.
        """
        for start in range(0, len(queries), self.batch):
            asked = {
                f"q{number}": _record(query)
                for number, query in enumerate(queries[start : start + self.batch])
            }
            answer = self._ask({"queries": json.dumps(asked, ensure_ascii=False)})
            found = read_answers(answer.body, asked, self.url)
            yield from (found[key] for key in asked)

    def _ask(self, fields: Mapping[str, str] | None) -> Answer:
        pause = BACK_OFF_S
        for left in range(TRIES - 1, -1, -1):
            try:
                answer = self.fetcher.ask(self.url, fields)
            except NoAnswerError:
                if not left:
                    raise
            else:
                if answer.status == 200:
                    return answer
                if answer.status not in _BUSY or not left:
                    break
                pause = max(pause, _asked_for(answer))
            self.sleep(min(pause, _LONGEST_WAIT_S))
            pause *= 2
        hint = "try again later" if answer.status in _BUSY else "check the address"
        raise InputError(f"{self.url} answers with status {answer.status}; {hint}")


def _record(query: Query) -> dict[str, str | int]:
    record: dict[str, str | int] = {"query": query.name, "limit": LIMIT}
    return record if query.type is None else record | {"type": query.type}


def _asked_for(answer: Answer) -> float:
    """Seconds of Retry-After; 0 where it is absent or a date."""
    value = answer.headers.get("Retry-After") or ""
    return float(value) if value.isascii() and value.isdigit() else 0.0
