"""The sums of a report: that they are found wrong when they are."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model.accounts import unaccounted


def report(**changes: Any) -> dict[str, Any]:
    """The report of one article used and one skipped, of three candidates, one of them a fact."""
    article = {"name": "a.txt", "characters": 9, "kept": {"body": 6}, "dropped": {"space": 3}}
    return {
        "articles": [article],
        "skipped": [{"name": "b.txt", "kind": "unreadable", "reason": "it is empty"}],
        "inputs": {"read": 2, "used": 1, "skipped": {"unreadable": 1}},
        "candidates": {"total": 3, "merged": 1},
        "rejected": {"owns: not a name": 1},
        "facts": {"total": 1, "by_predicate": {"owns": 1}, "by_stance": {"asserted": 1}},
        "llm": {"candidates": 2, "accepted": 1, "rejected": {"not in the text": 1}},
    } | changes


def test_a_report_that_adds_up() -> None:
    assert unaccounted(report()) == ()
    assert unaccounted({k: v for k, v in report().items() if k != "llm"}) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"skipped": []}, "skipped: 1 is not 0"),
        ({"articles": []}, "articles: 1 is not 0"),
        ({"inputs": {"read": 3, "used": 1, "skipped": {"x": 1}}}, "inputs read: 3 is not 2"),
        ({"candidates": {"total": 4, "merged": 1}}, "candidates: 4 is not 3"),
        ({"counts": {"articles": 1, "lines of inputs": 2}}, "facts written: 1 is not 0"),
        ({"rejected": {}}, "candidates: 3 is not 2"),
        ({"llm": {"candidates": 2, "accepted": 1, "rejected": {}}}, "proposals"),
    ],
)
def test_what_is_lost_is_told(change: dict[str, Any], told: str) -> None:
    (found,) = unaccounted(report(**change))
    assert told in found


def test_lost_characters_are_told() -> None:
    found = report()
    found["articles"][0]["dropped"] = {}
    assert unaccounted(found) == ("characters of a.txt: 9 is not 6",)
