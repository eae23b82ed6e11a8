"""Mentions that people labelled are brought together as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.resolution import FIXTURES, Label, beside, own, places, read_labels

pytestmark = pytest.mark.model


def test_own_articles_are_resolved_as_labelled() -> None:
    every, across = own()
    assert every.found >= 0.8 * every.labelled
    assert every.precision >= 0.98
    assert every.recall >= 0.95
    assert across.precision >= 0.98


@pytest.mark.shared
def test_real_articles_are_resolved_as_labelled(shared: Path) -> None:
    every, _ = beside(shared)
    assert every.precision >= 0.98
    assert every.recall >= 0.95


def test_each_label_is_in_its_article() -> None:
    by_article: dict[str, list[Label]] = {}
    for label in read_labels(FIXTURES / "labels.tsv"):
        by_article.setdefault(label.article, []).append(label)
    for article, labels in by_article.items():
        text = (FIXTURES / "articles" / f"{article}.txt").read_text("utf-8")
        found = {text[start:end] for start, end, _ in places(text, labels)}
        assert found == {label.name for label in labels}, article


def test_of_overlapping_names_the_longer_counts() -> None:
    labels = [Label("a", "Halvor", 2, "x"), Label("a", "Halvor Yard", 0, "y")]
    text = "Halvor met Halvor Yard, and Halvor Yards met Halvor."
    assert [(text[s:e], s, c) for s, e, c in places(text, labels)] == [
        ("Halvor Yard", 11, "y"),
        ("Halvor", 28, "x"),
    ]
