"""Several things of one name: told apart by what the articles relate them to.

Which relations tell is data of the domain (`[[resolution.apart]]` in a lexicon): persons of one
name with different employers are two, unless one article knows of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.model.statement import ArticleEntity
from kg.resolve.corpus import Corpus
from kg.resolve.linker import Linker
from kg.resolve.neighbours import Neighbours

__all__ = ["part", "rule_of"]

# A namesake in this many times the articles of all others is the one that is meant.
DOMINANT = 3


def part(
    members: Sequence[ArticleEntity], corpus: Corpus, neighbours: Neighbours
) -> Iterator[list[ArticleEntity]]:
    """The members by what they denote; they have one name and kind, and no name of the domain."""
    for cell in _by_type(members, corpus):
        first = cell[0]
        kind, key = corpus.kind_of(first.type), corpus.keys[first.id]
        one_word = " " not in key
        if kind == "Person" and one_word:
            yield from _by_features(cell, neighbours)
            continue
        rule = rule_of(corpus, kind, one_word=one_word)
        yield from [cell] if rule is None else _by_values(cell, rule, corpus, neighbours)


def _by_type(members: Iterable[ArticleEntity], corpus: Corpus) -> list[list[ArticleEntity]]:
    """Cells without disjoint classes; the commonest class chooses first."""
    by_type: dict[str, list[ArticleEntity]] = defaultdict(list)
    for member in members:
        by_type[member.type].append(member)
    cells: list[list[str]] = []
    for type_ in sorted(by_type, key=lambda t: (-len(by_type[t]), t)):
        free = (
            cell
            for cell in cells
            if not any(corpus.ontology.disjoint_with(type_, other) for other in cell)
        )
        cell = next(free, None)
        if cell is None:
            cells.append([type_])
        else:
            cell.append(type_)
    return [[m for t in cell for m in by_type[t]] for cell in cells]


def rule_of(corpus: Corpus, kind: str, *, one_word: bool) -> Mapping[str, Any] | None:
    """What tells namesakes of a kind apart in the domain; None where nothing does."""
    rules = corpus.ontology.lexicon.get("resolution", {}).get("apart", ())
    fits = (r for r in rules if r["kind"] == kind and (one_word or not r.get("one_word", False)))
    return next(fits, None)


def _by_features(
    cell: Sequence[ArticleEntity], neighbours: Neighbours
) -> Iterator[list[ArticleEntity]]:
    """A surname alone is one person only where the articles relate it to one thing."""
    linker = Linker()
    for member in cell:
        for feature in neighbours.telling(neighbours.of([member.id])):
            linker.add(member.id, f"\x7f{feature}")  # behind every id, so never a smallest one
    yield from _gather(cell, {m.id: linker.find(m.id) for m in cell})


def _by_values(
    cell: Sequence[ArticleEntity],
    rule: Mapping[str, Any],
    corpus: Corpus,
    neighbours: Neighbours,
) -> Iterator[list[ArticleEntity]]:
    values = {m.id: neighbours.values(m.id, rule["relation"], rule.get("value")) for m in cell}
    told = set().union(*values.values())
    linker = Linker()
    for member in cell:
        article = corpus.article_of[member.id]
        those = values[member.id]
        for value in those:
            linker.add(member.id, f"\x7f{value}")
        if those:  # an article that knows of both means one
            for value in told & neighbours.mentioned[article]:
                linker.add(member.id, f"\x7f{value}")
    parts = {linker.find(f"\x7f{value}") for value in told}
    if len(parts) < 2:
        yield list(cell)
        return
    placed = {m.id: linker.find(m.id) for m in cell if values[m.id]}
    for member in cell:
        if member.id not in placed:
            near = told & neighbours.mentioned[corpus.article_of[member.id]]
            meant = {linker.find(f"\x7f{value}") for value in near}
            if len(meant) == 1:
                placed[member.id] = meant.pop()
    best = _dominant(placed, corpus)
    apart = rule["kind"] == "Person"
    for member in cell:
        placed.setdefault(member.id, best or (member.id if apart else "\x7f"))
    yield from _gather(cell, placed)


def _dominant(placed: Mapping[str, str], corpus: Corpus) -> str | None:
    """The part that most articles are about by far."""
    articles: dict[str, set[str]] = defaultdict(set)
    for member, those in placed.items():
        articles[those].add(corpus.article_of[member])
    ranked = sorted(articles, key=lambda those: (-len(articles[those]), those))
    rest = sum(len(articles[those]) for those in ranked[1:])
    return ranked[0] if len(articles[ranked[0]]) >= DOMINANT * rest else None


def _gather(
    cell: Iterable[ArticleEntity], placed: Mapping[str, str]
) -> Iterator[list[ArticleEntity]]:
    found: dict[str, list[ArticleEntity]] = defaultdict(list)
    for member in cell:
        found[placed[member.id]].append(member)
    yield from found.values()
