"""Entities that a public set marks: pairs of them to look at, and what follows from what is read.

Where a set tells which entities there are, each pair is looked at once, at the two mentions that
stand closest together; what is found is said of the entities.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

__all__ = ["as_marked", "closed", "load_rules", "mentions_of", "named", "with_pairs"]

Row = dict[str, Any]
Triples = set[tuple[str, str, str]]


def mentions_of(row: Mapping[str, Any]) -> list[Row] | None:
    """Every mention of an entity with its type; None where the set has none."""
    entities = row.get("meta", {}).get("entities")
    if entities is None:
        return None
    return [{"span": span, "type": e["type"]} for e in entities for span in _spans(e)]


def _spans(entity: Mapping[str, Any]) -> list[list[int]]:
    return list(entity["mentions"]) if "mentions" in entity else [entity["span"]]


def with_pairs(row: Row) -> Row:
    """The row with all pairs of its entities; its triples stand where their two are closest."""
    entities = row["meta"]["entities"]
    text = row["text"]
    pairs = []
    for a, b in combinations(entities, 2):
        near = _closest(_spans(a), _spans(b))
        pairs.append([{"names": [text[x:y]], "span": [x, y]} for x, y in near])
    triples = []
    for t in row["triples"]:
        s, o = (t.get(f"{side}_spans") or [t[f"{side}_span"]] for side in "so")
        near = _closest(s, o)
        words = {side: text[x:y] for side, (x, y) in zip("so", near, strict=True)}
        triples.append(t | words | {"s_span": near[0], "o_span": near[1]})
    return row | {"triples": triples, "pairs": pairs, "gold": row["triples"]}


def _closest(a: Iterable[list[int]], b: Iterable[list[int]]) -> tuple[list[int], list[int]]:
    both = [(x, y) for x, y in product(a, b) if x != y] or list(product(a, b))
    return min(both, key=lambda p: (abs(p[0][0] - p[1][0]), p))


def named(row: Row, found: Iterable[Row]) -> list[Row]:
    """What was found, said of the entities by their names."""
    names = {
        tuple(span): e.get("name", row["text"][span[0] : span[1]])
        for e in row["meta"]["entities"]
        for span in _spans(e)
    }
    return [
        f | {side: names.get(tuple(f[f"{side}_span"]), f[side]) for side in "so"} for f in found
    ]


def load_rules() -> dict[str, Any]:
    """Inverses, symmetric and transitive relations, as Wikidata has them of its properties."""
    return tomllib.loads((Path(__file__).parent / "bench_rules.toml").read_text("utf-8"))


def closed(triples: Triples, rules: Mapping[str, Any]) -> Triples:
    """The triples and all that follows from them."""
    found = set(triples)
    new = set(triples)
    while new:
        drawn: Triples = set()
        for s, p, o in new:
            for inverse in rules["inverse"].get(p, ()):
                drawn.add((o, inverse, s))
            if p in rules["symmetric"]:
                drawn.add((o, p, s))
            for first, second, then in rules["chain"]:
                if p == first:
                    drawn |= {(s, then, z) for y, q, z in found if q == second and y == o}
                if p == second:
                    drawn |= {(x, then, o) for x, q, y in found if q == first and y == s}
        new = {t for t in drawn - found if t[0] != t[2]}
        found |= new
    return found


def as_marked(
    gold: list[Row], found: dict[str, list[Row]]
) -> tuple[list[Row], dict[str, list[Row]]]:
    """Gold and what was found by the names of the entities, where a set gives these."""
    if not any("gold" in row for row in gold):
        return gold, found
    own = [{k: row[k] for k in ("id", "text", "ontology", "meta")} for row in gold]
    whole = [row | {"triples": old["gold"]} for row, old in zip(own, gold, strict=True)]
    return whole, {row["id"]: named(row, found[row["id"]]) for row in gold}
