"""Clusters of ids: order-free and idempotent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.linker import Linker

IDS = st.sampled_from([f"urn:{c}" for c in "abcdefgh"])
PAIRS = st.lists(st.tuples(IDS, IDS), max_size=12)


def linked(pairs: list[tuple[str, str]]) -> Linker:
    linker = Linker()
    for left, right in pairs:
        linker.add(left, right)
    return linker


@given(PAIRS, st.data())
def test_clusters_do_not_depend_on_order_or_repetition(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    ids = sorted({i for pair in pairs for i in pair})
    shuffled = data.draw(st.permutations(pairs))
    turned = [(right, left) for left, right in shuffled]
    expected = linked(pairs).clusters(ids)
    assert linked(shuffled).clusters(ids) == expected
    assert linked([*turned, *pairs]).clusters(reversed(ids)) == expected


@given(PAIRS)
def test_find_is_idempotent_and_gives_the_smallest_id(pairs: list[tuple[str, str]]) -> None:
    linker = linked(pairs)
    ids = {i for pair in pairs for i in pair}
    for item in ids:
        assert linker.find(linker.find(item)) == linker.find(item)
    for smallest, members in linker.clusters(ids).items():
        assert smallest == min(members)
        assert {linker.find(m) for m in members} == {smallest}


@given(PAIRS)
def test_clusters_are_the_connected_ids(pairs: list[tuple[str, str]]) -> None:
    ids = {i for pair in pairs for i in pair}
    linker = linked(pairs)
    for start in ids:
        reached, waiting = {start}, [start]
        while waiting:
            item = waiting.pop()
            beside = {b for pair in pairs if item in pair for b in pair} - reached
            reached |= beside
            waiting.extend(beside)
        assert set(linker.clusters(ids)[linker.find(start)]) == reached


def test_find_gives_an_id_never_added_itself() -> None:
    assert Linker().find("urn:x") == "urn:x"
