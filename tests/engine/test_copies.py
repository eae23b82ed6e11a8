"""Copies by blocks: those that are found in memory."""

from __future__ import annotations

import random

import pytest

from kg.engine.copies import find_copies
from kg.model.statement import Extraction
from kg.model.text import Article
from kg.resolve.copies import near_copies
from kg.state.reading import Reading
from tests.engine.memory_flow import MemoryFlow
from tests.factories import make_article


def articles(seed: int, size: int = 40) -> list[Article]:
    """Reports of which some repeat, shorten or lengthen others, and all share a closing line."""
    chance = random.Random(seed)  # noqa: S311
    words = [f"word{n}" for n in range(400)]
    found: list[Article] = []
    for number in range(size):
        if found and chance.random() < 0.5:
            text = chance.choice(found).text.split()
            for _ in range(chance.choice((0, 1, 3, 12))):
                text[chance.randrange(len(text))] = chance.choice(words)
            if chance.random() < 0.3:
                text = text[: len(text) // 2]
            if chance.random() < 0.2:
                text += chance.choices(words, k=80)
        else:
            text = chance.choices(words, k=chance.choice((10, 40, 90)))
        text += ["this", "is", "all", "that", "is", "known", "about", "it", "at", "the", "moment"]
        day = chance.choice((None, "2031-01-02", "2031-01-03"))
        found.append(make_article(" ".join(text), f"{number:02}.txt", published=day))
    chance.shuffle(found)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_copies_are_those_found_in_memory(seed: int) -> None:
    given = articles(seed)
    flow = MemoryFlow(seed)
    readings = flow.made(
        (a.name, Reading(a, Extraction((), (), {}), (), "none", verbatim=False)) for a in given
    )
    found = tuple(sorted(flow.records(find_copies(flow, readings, ranges=1 + seed))))
    assert found == near_copies(given)
    assert len(found) > 5
