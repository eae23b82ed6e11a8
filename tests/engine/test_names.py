"""Pairs of names by joins: those that the indexes in memory propose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.engine.flow import key_of
from kg.engine.names import name_pairs
from kg.engine.setup import Setup
from kg.pipeline.settings import Settings
from kg.resolve.block import candidate_pairs
from kg.resolve.groups import Group
from tests.engine.memory_flow import MemoryFlow

SETUP = Setup(Settings("newsroom"), "test")
WORDS = st.sampled_from(
    (
        *("tarn", "tarns", "brask", "brasck", "of", "the", "energy", "enregy", "energies", "works"),
        *("b", "12", "13", "a12"),
    )
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ODD = st.text("abcd ", min_size=4, max_size=12).map(str.split).map(" ".join).filter(bool)


@given(st.sets(NAMES | ODD, max_size=25), st.integers(0, 9))
def test_pairs_are_those_of_the_indexes(keys: set[str], seed: int) -> None:
    groups = [Group(key, key, "Organization", key, (key,), frozenset({"Company"})) for key in keys]
    wanted = {(a.key, b.key) for a, b in candidate_pairs(groups, SETUP.corpus.small_words)}
    flow = MemoryFlow(seed)
    names = flow.made((key_of("Organization", key), ()) for key in sorted(keys))
    found = {
        tuple(sorted(name.partition("\x1f")[2] for name in pair))
        for pair in flow.records(name_pairs(flow, names, SETUP))
    }
    assert found == wanted


def test_names_of_two_kinds_do_not_meet() -> None:
    flow = MemoryFlow()
    names = [key_of(kind, "northern energy") for kind in ("Organization", "Place")]
    names.append(key_of("Place", "northern enregy"))
    found = {
        frozenset(p)
        for p in flow.records(name_pairs(flow, flow.made((n, ()) for n in names), SETUP))
    }
    assert found == {frozenset(names[1:])}
