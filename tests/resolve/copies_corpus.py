"""The invented articles of tests/fixtures/copies.toml, and which of them are copies."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from kg.model.text import Article, Block, BlockKind

__all__ = ["article_of", "pairs_of", "planted"]

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "copies.toml"


def article_of(name: str, paragraphs: Sequence[str], published: str | None = None) -> Article:
    """An article whose paragraphs are body, or of the kind that their first word names."""
    blocks: list[Block] = []
    text = ""
    for paragraph in paragraphs:
        word, _, rest = paragraph.partition(" ")
        kind = BlockKind[word] if word in BlockKind.__members__ else BlockKind.BODY
        said = rest if kind is not BlockKind.BODY else paragraph
        blocks.append(Block(len(text), len(text) + len(said), kind))
        text += said + "\n\n"
    return Article(name=name, text=text, blocks=tuple(blocks), published=published)


def planted() -> tuple[tuple[Article, ...], dict[str, str]]:
    """The articles, and copy to original."""
    records = tomllib.loads(_FILE.read_text("utf-8"))["article"]
    said = {r["name"]: r["paragraphs"] for r in records}

    def resolved(paragraph: str) -> str:
        if not paragraph.startswith("@"):
            return paragraph
        name, _, number = paragraph[1:].partition(":")
        return str(said[name][int(number)])

    articles = tuple(
        article_of(r["name"], [resolved(p) for p in r["paragraphs"]], r.get("published"))
        for r in records
    )
    return articles, {r["name"]: r["copy_of"] for r in records if "copy_of" in r}


def pairs_of(copies: dict[str, str]) -> set[tuple[str, str]]:
    """All pairs of articles with one original."""
    groups: dict[str, set[str]] = {}
    for copy, original in copies.items():
        groups.setdefault(original, {original}).add(copy)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
