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
    shuffled = data.draw(st.permutations(pairs))
    turned = [(right, left) for left, right in shuffled]
    ids = sorted({i for pair in pairs for i in pair})
    expected = [linked(pairs).find(i) for i in ids]
    assert [linked(shuffled).find(i) for i in ids] == expected
    assert [linked([*turned, *pairs]).find(i) for i in ids] == expected


@given(PAIRS)
def test_the_smallest_of_the_connected_ids_stands_for_them(pairs: list[tuple[str, str]]) -> None:
    ids = {i for pair in pairs for i in pair}
    linker = linked(pairs)
    for start in ids:
        reached, waiting = {start}, [start]
        while waiting:
            item = waiting.pop()
            beside = {b for pair in pairs if item in pair for b in pair} - reached
            reached |= beside
            waiting.extend(beside)
        assert linker.find(start) == min(reached)
        assert {i for i in ids if linker.find(i) == linker.find(start)} == reached


def test_find_gives_an_id_never_added_itself() -> None:
    assert Linker().find("urn:x") == "urn:x"
