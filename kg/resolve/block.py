"""Which name groups are worth comparing, without comparing all with all.

Indexes propose pairs within one kind: equal names, one name in another order or used for the other
by an article, initials, names within two edits (symspellpy), and names that are some words of the
other. What an index finds too much of, it leaves out: initials or a first word that many names have
tell nothing, so the number of pairs grows with the number of names, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from symspellpy import SymSpell, Verbosity

from kg.resolve.groups import Group
from kg.resolve.names import digits, initials, parts

__all__ = ["HEADS", "MAX_BLOCK", "MAX_EDITS", "PREFIX", "by_width", "candidate_pairs", "max_edits"]

MAX_BLOCK = 30  # names that one may be short for; above, the index says nothing
MAX_EDITS = 2  # between a name and its misspelling
HEADS = 5  # groups of one name that are compared with others
_ONE_EDIT, _TWO_EDITS = 5, 9  # letters that a name must have to be misspelt so often
PREFIX = 8  # letters that the index of misspellings looks at: longer is faster and takes more room


@lru_cache(maxsize=1 << 16)
def max_edits(key: str) -> int:
    """How many edits may lie between this name and one that means the same: none in short names."""
    letters = sum(c.isalpha() for c in key)
    return MAX_EDITS if letters >= _TWO_EDITS else 1 if letters >= _ONE_EDIT else 0


def candidate_pairs(
    groups: Sequence[Group], small_words: frozenset[str] = frozenset()
) -> tuple[tuple[Group, Group], ...]:
    """Pairs of groups with a name, each once, the smaller id first; sorted.

    `small_words` are those that initials may pass over.
    """
    kinds: dict[str, list[Group]] = defaultdict(list)
    for group in sorted(groups, key=lambda g: g.id):
        if group.named and group.key:
            kinds[group.kind].append(group)
    found: dict[tuple[str, str], tuple[Group, Group]] = {}
    for those in kinds.values():
        for a, b in _pairs(those, small_words):
            if a is not b:
                left, right = (a, b) if a.id < b.id else (b, a)
                found[left.id, right.id] = (left, right)
    return tuple(found[ids] for ids in sorted(found))


def _pairs(groups: Sequence[Group], small_words: frozenset[str]) -> Iterator[tuple[Group, Group]]:
    by_key: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_key[group.key].append(group)
    for namesakes in by_key.values():
        yield from _namesakes(namesakes)
    heads = {key: _widest(namesakes) for key, namesakes in by_key.items()}
    yield from _aliases(heads)
    yield from _turned(heads)
    yield from _shortened(heads, lambda key: initials(key, small_words))
    yield from _typos(heads)
    yield from _shortened(heads, parts)


def _widest(groups: Iterable[Group]) -> list[Group]:
    """The groups of one name that most articles are about, most first."""
    return sorted(groups, key=lambda g: by_width(g, len(g.articles)))[:HEADS]


def by_width(group: Group, articles: int) -> tuple[object, ...]:
    """What sorts the group of most articles first, a name of the domain before all."""
    return group.known is None, -articles, group.first, group.id


def _namesakes(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """Each with those that most articles are about."""
    for one in _widest(groups):
        for other in groups:
            yield one, other


_Heads = dict[str, list[Group]]


def _cross(left: Iterable[Group], right: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    return ((a, b) for a in left for b in right)


def _aliases(heads: _Heads) -> Iterator[tuple[Group, Group]]:
    """The name of one is used for the other."""
    users: dict[str, list[Group]] = defaultdict(list)
    for groups in heads.values():
        for group in groups:
            for alias in group.others & heads.keys():
                users[alias].append(group)
    for alias, those in users.items():
        if len(those) <= MAX_BLOCK:
            yield from _cross(those, heads[alias])


def _turned(heads: _Heads) -> Iterator[tuple[Group, Group]]:
    """The same words in another order."""
    block: dict[str, list[str]] = defaultdict(list)
    for key in heads:
        block[" ".join(sorted(key.split()))].append(key)
    for keys in block.values():
        if 1 < len(keys) <= MAX_BLOCK:
            for left, right in combinations(keys, 2):
                yield from _cross(heads[left], heads[right])


def _shortened(
    heads: _Heads, short_names: Callable[[str], Iterable[str]]
) -> Iterator[tuple[Group, Group]]:
    """One name is what the other may be shortened to."""
    block: dict[str, list[str]] = defaultdict(list)
    for key in heads:
        for short in short_names(key):
            if short in heads:
                block[short].append(key)
    for short, keys in block.items():
        if len(keys) <= MAX_BLOCK:
            for key in keys:
                yield from _cross(heads[key], heads[short])


def _typos(heads: _Heads) -> Iterator[tuple[Group, Group]]:
    for key, near in _misspelt(tuple(sorted(heads))):
        yield from _cross(heads[key], heads[near])


@lru_cache(maxsize=1 << 6)
def _misspelt(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of names within a few edits; remembered, since every pass of resolution asks again."""
    by_digits: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in keys:
        if max_edits(key):
            by_digits[digits(key)].append(key)
    found = []
    for those in by_digits.values():  # "lot 101" and "lot 102" are two, and there may be thousands
        index = SymSpell(max_dictionary_edit_distance=MAX_EDITS, prefix_length=PREFIX)
        for key in those:
            index.create_dictionary_entry(key, 1)
        for key in those if len(those) > 1 else ():
            near = index.lookup(key, Verbosity.ALL, max_edit_distance=max_edits(key))
            closest = sorted((n.distance, n.term) for n in near)[: MAX_BLOCK + 1]
            found += [(key, term) for _, term in closest if term != key]
    return tuple(found)
