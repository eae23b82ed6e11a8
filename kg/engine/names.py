"""Which names may mean one thing by their letters: the indexes of `kg.resolve.block` as joins.

A name here is `key_of(kind, key)`; only names of one kind meet. Pairs depend on which names there
are and on nothing else, so that they are found once for all passes of resolution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Any, TypeAlias

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kg.engine.flow import Data, Flow, key_of
from kg.engine.setup import Setup
from kg.resolve.block import MAX_BLOCK, MAX_EDITS, PREFIX, max_edits
from kg.resolve.names import digits, initials, parts

__all__ = ["name_pairs"]

_ROWS = 256  # names compared with all of a block at once

Outputs: TypeAlias = Iterator[tuple[str, Any]]


def name_pairs(flow: Flow, names: Data, setup: Setup) -> Data:
    """(name, name of the same kind), from data of (name, anything) in which each stands once."""
    made = flow.mapped(partial(_keys, setup=setup), names)
    turned = flow.grouped(_turned, made["turned"])["pair"]
    short = flow.grouped(_shortened, made["initials"], made["name"])["pair"]
    part = flow.grouped(_shortened, made["part"], made["name"])["pair"]
    near = flow.grouped(_near, made["deleted"])["near"]
    typos = flow.grouped(_closest, near)["pair"]
    flow.drop(*(made[name] for name in ("turned", "initials", "part", "name", "deleted")), near)
    return flow.joined(turned, short, part, typos)


def _keys(names: Iterator[tuple[str, Any]], *, setup: Setup) -> Outputs:
    small_words = setup.corpus.small_words
    for name, _ in names:
        kind, _, key = name.partition("\x1f")
        yield "name", (name, key)
        words = key.split()
        if len(words) > 1:
            yield "turned", (key_of(kind, " ".join(sorted(words))), key)
        for short in sorted(initials(key, small_words)):
            yield "initials", (key_of(kind, short), key)
        for short in sorted(parts(key)):
            yield "part", (key_of(kind, short), key)
        if max_edits(key):
            numbers = " ".join(digits(key))
            for rest in sorted(_deleted(key)):
                yield "deleted", (key_of(kind, numbers, rest), key)


@lru_cache(maxsize=1 << 12)
def _deleted(key: str) -> frozenset[str]:
    """What is left of the beginning when up to MAX_EDITS characters are taken out of it.

    Two names within so many edits have one of these in common.
    """
    found = {key[:PREFIX]}
    last = found
    for _ in range(MAX_EDITS):
        last = {text[:at] + text[at + 1 :] for text in last for at in range(len(text))}
        found |= last
    return frozenset(found)


def _turned(name: str, values: Sequence[list[str]]) -> Outputs:
    kind = name.partition("\x1f")[0]
    if 1 < len(values[0]) <= MAX_BLOCK:
        for left, right in combinations(sorted(values[0]), 2):
            yield "pair", (key_of(kind, left), key_of(kind, right))


def _shortened(name: str, values: Sequence[list[str]]) -> Outputs:
    kind = name.partition("\x1f")[0]
    keys, own = values
    if own and len(keys) <= MAX_BLOCK:
        for key in sorted(keys):
            yield "pair", (key_of(kind, key), name)


def _near(name: str, values: Sequence[list[str]]) -> Outputs:
    """(name, (edits, other)) for what is within the edits that the name admits."""
    kind = name.partition("\x1f")[0]
    keys = sorted(set(values[0]))
    if len(keys) < 2:
        return
    for start in range(0, len(keys), _ROWS):
        rows = keys[start : start + _ROWS]
        table = cdist(rows, keys, scorer=OSA.distance, score_cutoff=MAX_EDITS)
        for row, column in zip(*(table <= MAX_EDITS).nonzero(), strict=True):
            key, other, edits = rows[row], keys[column], int(table[row, column])
            if key != other and edits <= max_edits(key):
                yield "near", (key_of(kind, key), (edits, other))


def _closest(name: str, values: Sequence[list[tuple[int, str]]]) -> Outputs:
    kind = name.partition("\x1f")[0]
    for _, other in sorted(set(values[0]))[:MAX_BLOCK]:
        yield "pair", (name, key_of(kind, other))
