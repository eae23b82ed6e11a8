from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.export.html.opening.families import families_of, type_families
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
LIMITS = st.integers(1, 9)
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


def told(limit: int, **counts: int) -> list[tuple[str, str, int]]:
    found = families_of(counts, ONTOLOGY, limit)
    return [(family.label, family.model, family.count) for family in found]


def test_what_has_no_room_stays_together_and_says_what_it_is() -> None:
    counts = {"Company": 9, "Publisher": 2, "Person": 4, "City": 3, "Country": 2}
    assert told(4, **counts) == [
        ("Company", "Company", 9),
        ("Place", "Place", 5),
        ("Person", "Person", 4),
        ("Publisher", "Publisher", 2),
    ]
    assert told(2, **counts) == [("Agent", "Agent", 15), ("Place", "Place", 5)]


def test_rest_of_a_split_class_is_named_by_its_types_or_as_others() -> None:
    classes = {"Thing": (), "A": ("Thing",), "B": ("Thing",), "C": ("Thing",), "D": ("Thing",)}
    ontology = make_ontology(classes)
    (first, rest) = families_of({"A": 5, "B": 1, "C": 2}, ontology, 2)
    assert (first.label, first.types) == ("A", ("A",))
    assert (rest.label, rest.model, rest.types) == ("C and B", "C", ("B", "C"))
    (_, rest) = families_of({"A": 5, "B": 1, "C": 2, "D": 1}, ontology, 2)
    assert (rest.label, rest.model, rest.count) == ("other Thing", "Thing", 4)


def test_family_of_one_type_is_called_as_it() -> None:
    assert told(1, City=2) == [("City", "City", 2)]


@given(st.dictionaries(st.sampled_from([*ONTOLOGY.classes, "?"]), st.integers(1, 9)), LIMITS)
def test_every_type_has_one_family_and_limits_hold(counts: dict[str, int], limit: int) -> None:
    found = families_of(counts, ONTOLOGY, limit)
    assert sorted(name for family in found for name in family.types) == sorted(counts)
    assert sum(family.count for family in found) == sum(counts.values())
    assert len(found) <= max(limit, 3)  # three roots, the unknown class among them
    assert len({family.label for family in found}) == len(found)
