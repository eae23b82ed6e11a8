from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.html.story import STORY, StoryEntity, choose, hang, story


def neighbours(count: int, edges: list[tuple[int, int, int]]) -> list[dict[int, int]]:
    found: list[dict[int, int]] = [{} for _ in range(count)]
    for one, other, facts in edges:
        found[one][other] = found[other][one] = facts
    return found


STAR = [(0, leaf, 1) for leaf in range(1, 6)]


def test_small_graph_is_drawn_whole() -> None:
    assert choose([0] * 4, [{} for _ in range(4)], 4) == [0, 1, 2, 3]


def test_main_entity_comes_first_and_then_its_busiest_neighbours() -> None:
    around = neighbours(9, [*STAR, (3, 7, 1), (3, 8, 1)])
    assert choose([0] * 9, around, 1) == [0]
    assert choose([0] * 9, around, 2) == [0, 3]
    assert choose([0, 0, 5, 0, 9, 0, 0, 0, 0], around, 4) == [0, 2, 3, 4]


def test_another_story_begins_only_where_it_has_more_than_twice_the_neighbours() -> None:
    second = [(6, leaf, 1) for leaf in range(7, 10)]
    assert choose([0] * 10, neighbours(10, [*STAR, *second]), 2) == [0, 6]
    assert choose([0] * 10, neighbours(10, [*STAR, *second[:2]]), 2) == [0, 1]


def test_others_hang_where_most_of_their_facts_go() -> None:
    around = neighbours(8, [(0, 2, 1), (1, 2, 3), (0, 3, 2), (1, 3, 2), (2, 4, 1), (4, 5, 1)])
    assert hang([0, 1], around) == (0, 1, 1, 0, 1, 1, -1, -1)


def test_facts_count_along_the_way_and_not_neighbours() -> None:
    around = neighbours(6, [(0, 2, 1), (0, 3, 1), (1, 4, 1), (2, 5, 1), (3, 5, 1), (4, 5, 3)])
    assert hang([0, 1], around)[5] == 1


edges = st.lists(st.tuples(st.integers(0, 79), st.integers(0, 79), st.integers(1, 4)), max_size=150)


@settings(deadline=None, max_examples=60)
@given(edges, st.randoms(use_true_random=False))
def test_order_and_direction_of_edges_do_not_matter(found, chance) -> None:
    entities = [StoryEntity(n % 5, f"Entity {n}", n % 7) for n in range(80)]
    families = ["one", "two", "three", "four", "five"]
    told = story(entities, found, families)
    turned = [chance.choice([(a, b, n), (b, a, n)]) for a, b, n in found]
    chance.shuffle(turned)
    assert story(entities, turned, families) == told
    assert len(told.nodes) == STORY
    drawn = {node.entity for node in told.nodes}
    assert all(anchor == -1 or anchor in drawn for anchor in told.anchors)
    assert all(told.anchors[entity] == entity for entity in drawn)
