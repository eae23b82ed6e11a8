"""What a model answered, taken apart without trust."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.llm.prompt import FIELDS, QUALIFIERS

__all__ = ["Candidate", "Completion", "UnusableError", "candidates", "completion_of"]

_LONGEST_FIELD = 2000  # characters
_MOST_FACTS = 200  # of one passage
_MOST_QUALIFIERS = 10  # of one fact


class UnusableError(Exception):
    """An answer that cannot be used; its text says why and holds nothing of the answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer: its text, why it ended, and what it cost."""

    text: str
    finish: str
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that a model proposes, all in its own words; qualifiers are (name, value)."""

    evidence: str
    subject: str
    subject_type: str
    relation: str
    object: str
    object_type: str
    qualifiers: tuple[tuple[str, str], ...] = ()


def completion_of(body: bytes, prompt: str) -> Completion:
    """The completion in the body of a response. Raises UnusableError for anything else.

    What an endpoint does not count is estimated: four characters are about a token.
    """
    try:
        found = json.loads(body.decode("utf-8"))
        choice = found["choices"][0]
        text, finish = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise UnusableError("the endpoint answered with something else than a completion") from None
    if not isinstance(text, str):
        raise UnusableError("the model declined to answer")
    usage = found.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Completion(
        text,
        finish if isinstance(finish, str) else "",
        _count(counts.get("prompt_tokens"), len(prompt) // 4 + 1),
        _count(counts.get("completion_tokens"), len(text) // 4 + 1),
    )


def _count(value: Any, estimate: int) -> int:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
    return value if good else estimate


def candidates(completion: Completion) -> Iterator[Candidate | None]:
    """The candidates of an answer in its order; None for one that is malformed or said before.

    Raises UnusableError, before the first, for an answer that is cut off or is not what was asked
    for. Words around the JSON are left alone; there is one JSON object, and nothing is mended.
    """
    if completion.finish == "length":
        raise UnusableError("the answer was cut off at its limit")
    start = completion.text.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(completion.text, max(start, 0))
        facts = found["facts"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnusableError("the answer is not the JSON asked for") from None
    if not isinstance(facts, list):
        raise UnusableError("the answer is not the JSON asked for")
    return _read(facts[:_MOST_FACTS])


def _read(facts: list[Any]) -> Iterator[Candidate | None]:
    seen: set[Candidate] = set()
    for fact in facts:
        candidate = _candidate(fact)
        yield None if candidate in seen else candidate
        if candidate is not None:
            seen.add(candidate)


def _candidate(fact: Any) -> Candidate | None:
    if not isinstance(fact, dict) or fact.keys() - {QUALIFIERS} != set(FIELDS):
        return None
    values = {name: fact[name] for name in FIELDS}
    qualifiers = _qualifiers(fact.get(QUALIFIERS, []))
    if qualifiers is None or not all(map(_is_text, values.values())):
        return None
    return Candidate(**values, qualifiers=qualifiers)


def _qualifiers(found: Any) -> tuple[tuple[str, str], ...] | None:
    """Names and values in their order, each once; None for what has another shape."""
    if not isinstance(found, list):
        return None
    pairs: dict[tuple[str, str], None] = {}
    for one in found[:_MOST_QUALIFIERS]:
        if not isinstance(one, dict) or one.keys() != {"name", "value"}:
            return None
        if not (_is_text(one["name"]) and _is_text(one["value"])):
            return None
        pairs[one["name"], one["value"]] = None
    return tuple(pairs)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_FIELD
