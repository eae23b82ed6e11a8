"""Which groups are compared: those with anything in their names, and not all with all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.block import candidate_pairs, max_edits
from kg.resolve.groups import Group


def group(key: str, *others: str, kind: str = "Organization") -> Group:
    return Group(
        id=f"urn:{kind}/{key}",
        key=key,
        kind=kind,
        label=key,
        members=(f"urn:{key}",),
        types=frozenset({kind}),
        others=frozenset(others),
    )


def proposed(*groups: Group) -> set[frozenset[str]]:
    return {frozenset((a.key, b.key)) for a, b in candidate_pairs(groups)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (group("nordvik"), group("nordvik energy")),
        (group("halvorsen"), group("halvorson")),
        (group("halvorsen maritime"), group("halversen maritme")),
        (group("baltic grid operators"), group("bgo")),
        (group("lund yard"), group("yard lund")),
        (group("teo works", "halvor"), group("halvor")),
    ],
)
def test_likely_names_are_compared(left: Group, right: Group) -> None:
    assert proposed(left, right) == {frozenset((left.key, right.key))}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (group("halvor"), group("teo works")),
        (group("ada"), group("ida")),
        (group("nordvik"), group("nordvik energy", kind="Place")),
        (group("halvorsen"), group("holvarson")),
        (group("halvorsen pier 101"), group("halvorsen pier 102")),
    ],
)
def test_unlikely_names_are_not(left: Group, right: Group) -> None:
    assert proposed(left, right) == set()


def test_a_name_that_may_be_short_for_many_is_compared_with_none() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    banks = [group(f"bank {a * 4}{b * 4}") for a in letters for b in letters if a < b]
    assert proposed(group("bank"), *banks) == set()
    assert len(proposed(group("bank"), *banks[:9])) == 9


def test_of_thousands_of_numbered_names_a_misspelt_one_is_found() -> None:
    piers = [group(f"halvorsen pier {number}") for number in range(2000)]
    slip = group("halvorsne pier 1234")
    assert proposed(slip, *piers) == {frozenset(("halvorsne pier 1234", "halvorsen pier 1234"))}


@given(st.lists(st.text("ab &", min_size=1, max_size=12), unique=True, max_size=8))
def test_pairs_do_not_depend_on_order_and_come_once(keys: list[str]) -> None:
    groups = [group(" ".join(k.split())) for k in keys if k.split()]
    groups = list({g.id: g for g in groups}.values())
    pairs = [(a.id, b.id) for a, b in candidate_pairs(groups)]
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)
    shuffled = sorted(groups, key=lambda g: g.id, reverse=True)
    assert [(a.id, b.id) for a, b in candidate_pairs(shuffled)] == pairs


def test_short_names_have_no_misspellings() -> None:
    assert [max_edits(k) for k in ("oslo", "graz 2020", "turin", "trondheim", "")] == [
        0,
        0,
        1,
        2,
        0,
    ]
