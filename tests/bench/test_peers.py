"""The measure beside other tools: which triples count, and that it runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate.gold import Gold, read_gold
from tools.bench_peers import joined, measured, table

ENTITIES = {
    "entities": [
        {"id": "ferry", "label": "Lantern Ferries", "aliases": ["Lantern"]},
        {"id": "port", "label": "Port of Corvale", "aliases": []},
        {"id": "mira", "label": "Mira Olsen", "aliases": []},
    ]
}
FACTS = [
    {
        "subject": "ferry",
        "predicate": "partnerOf",
        "object": {"entity": "port"},
        "qualifiers": {},
        "modality": "asserted",
        "attributed_to": None,
        "core": True,
        "evidence": ["Lantern Ferries is a partner of the Port of Corvale"],
    },
    {
        "subject": "mira",
        "predicate": "worksFor",
        "object": {"entity": "ferry"},
        "qualifiers": {},
        "modality": "asserted",
        "attributed_to": None,
        "core": False,
        "evidence": ["Mira Olsen of Lantern Ferries"],
    },
]


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "entities.json").write_text(json.dumps(ENTITIES))
    record = {"article": "ferry.txt", "facts": FACTS}
    (folder / "ferry.json").write_text(json.dumps(record))
    return folder


def test_a_triple_is_right_where_it_joins_the_ends_of_a_fact(gold_folder: Path) -> None:
    gold: Gold = read_gold(gold_folder)
    assert joined(gold, "ferry", [("Lantern", "anything", "Port of Corvale")]) == (1, 1, 1)
    assert joined(gold, "ferry", [("the Port of Corvale", "be", "Lantern Ferries")]) == (1, 1, 1)
    # a fact that is no core fact makes a triple right, and is not looked for
    assert joined(gold, "ferry", [("Mira Olsen", "run", "Lantern")]) == (1, 0, 1)
    assert joined(gold, "ferry", [("Mira Olsen", "visit", "Port of Corvale")]) == (0, 0, 1)
    assert joined(gold, "ferry", []) == (0, 0, 1)


@pytest.mark.model
def test_a_peer_and_the_product_are_measured_on_the_same_page(
    gold_folder: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "ferry.txt").write_text(
        "Lantern Ferries signs with port\n\n"
        "Lantern Ferries has signed a partnership with the Port of Corvale.\n\n"
        "Microsoft opened an office in Germany for the ferries.\n"
    )
    ours = measured("kg", gold_folder, articles)
    theirs = measured("co-occurrence", gold_folder, articles)
    assert [row.tool for row in ours] == ["kg", "kg, typed"]
    assert [row.tool for row in theirs] == ["co-occurrence", "co-occurrence, cleaned text"]
    assert all(row.seconds > 0 and row.gold == 1 for row in [*ours, *theirs])
    assert theirs[0].triples >= 1
    assert len(table([*ours, *theirs])) == 6
