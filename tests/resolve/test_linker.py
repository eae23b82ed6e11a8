"""Clusters of ids: order-free, idempotent, undone by dropping a judgement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity
from kg.resolve.linker import Linker, canonical_ids

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


def entity(id_: str) -> ArticleEntity:
    return ArticleEntity(id_, id_, "Company", ())


def same(left: str, right: str) -> SameAs:
    return SameAs(left, right, 1.0, "test")


def test_canonical_id_is_the_smallest_name_of_the_domain() -> None:
    entities = [entity("urn:a1"), entity("urn:b1"), entity("urn:c1")]
    judgements = [same("urn:a1", "urn:z2"), same("urn:b1", "urn:z1"), same("urn:a1", "urn:b1")]
    assert canonical_ids(entities, judgements, {}) == {
        "urn:z1": ("urn:a1", "urn:b1"),
        "urn:c1": ("urn:c1",),
    }


def test_canonical_id_without_a_known_name_is_the_preferred_one_of_the_smallest_member() -> None:
    entities = [entity("urn:b1"), entity("urn:a1")]
    preferred = {"urn:a1": "urn:A", "urn:b1": "urn:B"}
    found = canonical_ids(entities, [same("urn:b1", "urn:a1")], preferred)
    assert found == {"urn:A": ("urn:a1", "urn:b1")}


@given(PAIRS)
def test_canonical_ids_part_the_entities_and_are_idempotent(pairs: list[tuple[str, str]]) -> None:
    entities = [entity(i) for i in sorted({i for pair in pairs for i in pair})]
    judgements = [same(left, right) for left, right in pairs]
    clusters = canonical_ids(entities, judgements, {})
    assert sorted(m for members in clusters.values() for m in members) == [e.id for e in entities]
    canonical = {m: iri for iri, members in clusters.items() for m in members}
    assert all(canonical[canonical[e.id]] == canonical[e.id] for e in entities)


def test_a_merge_is_undone_by_dropping_its_judgement() -> None:
    entities = [entity("urn:a"), entity("urn:b"), entity("urn:c")]
    both = [same("urn:a", "urn:b"), same("urn:b", "urn:c")]
    assert len(canonical_ids(entities, both, {})) == 1
    assert canonical_ids(entities, both[:1], {}) == {
        "urn:a": ("urn:a", "urn:b"),
        "urn:c": ("urn:c",),
    }
