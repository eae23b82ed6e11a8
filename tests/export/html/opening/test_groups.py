from __future__ import annotations

from kg.export.html.opening.groups import group

LABELS = ["company", "place", "person", "event", "service"]


def sizes(*counts: int) -> list[int]:
    """The family of each node, for so many nodes of each family."""
    return [family for family, count in enumerate(counts) for _ in range(count)]


def headings(*counts: int, main: int = 0) -> list[tuple[int, str, int]]:
    found = group(sizes(*counts), LABELS, main)
    return [(family, label, len(members)) for family, label, members in found]


def test_each_family_has_its_region() -> None:
    assert headings(4, 3) == [(0, "company", 4), (1, "place", 3)]


def test_families_of_one_node_share_a_region_named_after_both() -> None:
    assert headings(4, 1, 1) == [(0, "company", 4), (-1, "place and person", 2)]


def test_three_that_share_are_others() -> None:
    assert headings(4, 1, 1, 1) == [(0, "company", 4), (-1, "other", 3)]


def test_a_family_of_one_node_takes_the_next_one_in_unless_it_is_large() -> None:
    assert headings(5, 3, 1) == [(0, "company", 5), (-1, "place and person", 4)]
    assert headings(5, 4, 1) == [(0, "company", 5), (1, "place", 4), (2, "person", 1)]


def test_main_node_is_never_among_others() -> None:
    assert headings(1, 1, 1) == [(0, "company", 1), (-1, "place and person", 2)]
    assert headings(1, 4, main=0) == [(0, "company", 1), (1, "place", 4)]


def test_hundreds_of_families_make_nine_regions() -> None:
    families = [family for family in range(300) for _ in range(3)]
    found = group(families, [f"class {family}" for family in range(300)], 5)
    assert len(found) == 9
    assert sorted(node for _, _, members in found for node in members) == list(range(900))
    assert found[-1][:2] == (-1, "other")
    assert 1 in [family for family, _, _ in found]
