from __future__ import annotations

from kg.export.html.families import type_families
from tests.factories import make_ontology

ONTOLOGY = make_ontology(
    {
        "Entity": (),
        "Agent": ("Entity",),
        "Organization": ("Agent",),
        "Company": ("Organization",),
        "Publisher": ("Organization",),
        "Person": ("Agent",),
        "Place": ("Entity",),
        "City": ("Place",),
        "Country": ("Place",),
        "Ouroboros": ("Ouroboros",),
    }
)
COUNTS = {"Company": 9, "Publisher": 2, "Person": 4, "City": 3, "Country": 1}


def test_largest_family_is_split_first() -> None:
    assert type_families(COUNTS, ONTOLOGY, 3) == {
        "Company": "Organization",
        "Publisher": "Organization",
        "Person": "Person",
        "City": "Place",
        "Country": "Place",
    }


def test_one_family_when_only_one_may_be() -> None:
    assert set(type_families(COUNTS, ONTOLOGY, 1).values()) == {"Entity"}


def test_every_type_is_its_own_family_where_the_limit_allows() -> None:
    assert type_families(COUNTS, ONTOLOGY, 9) == {name: name for name in COUNTS}


def test_unknown_types_and_circles_are_families_of_their_own() -> None:
    counts = {"Ouroboros": 1, "Nowhere": 1}
    assert type_families(counts, ONTOLOGY, 1) == {"Ouroboros": "Ouroboros", "Nowhere": "Nowhere"}
    assert type_families({}, ONTOLOGY, 3) == {}
