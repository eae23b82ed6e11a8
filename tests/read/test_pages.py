"""Whole pages: invented ones in the fixtures, real ones where they are."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kg.model.text import Article, BlockKind
from kg.read.clean import clean
from kg.read.load import find_sources, read_source

PAGES = sorted((Path(__file__).parent.parent / "fixtures" / "pages").glob("*.txt"))


def read(path: Path) -> Article:
    (source,) = find_sources([path])
    return clean(read_source(source))


def kept_text(article: Article, without: Iterable[BlockKind] = (BlockKind.CHROME,)) -> str:
    return "\n".join(article.quote(b.start, b.end) for b in article.blocks if b.kind not in without)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def precision_recall(found: Counter[Any], expected: Counter[Any]) -> tuple[float, float]:
    hits = (found & expected).total()
    return hits / max(found.total(), 1), hits / max(expected.total(), 1)


def places(text: str, part: str) -> list[range]:
    return [range(m.start(), m.end()) for m in re.finditer(re.escape(part), text)]


def test_there_are_pages_of_many_layouts() -> None:
    assert len(PAGES) >= 14


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_article_is_kept_and_chrome_is_marked(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    article = read(path)
    found = words(kept_text(article))
    assert precision_recall(found, words("\n".join(expected["kept"]))) == (1.0, 1.0)
    for key in ("title", "author", "published", "publisher", "language"):
        assert getattr(article, key) == expected.get(key), key


@pytest.mark.shared
@pytest.mark.parametrize(("gold", "texts"), [("gold", ""), ("gold-dev", "dev")])
def test_gold_strings_lie_where_they_belong(shared: Path, gold: str, texts: str) -> None:
    checked = 0
    for path in sorted((shared / gold).glob("*.json")):
        expected = json.loads(path.read_text("utf-8"))
        if "boilerplate" not in expected:
            continue
        article = read(shared / "articles" / texts / expected["article"])
        chrome = [b for b in article.blocks if b.kind is BlockKind.CHROME]
        kept = [b for b in article.blocks if b.kind is not BlockKind.CHROME]
        for part in expected["boilerplate"]:
            checked += 1
            assert any(
                block.start <= place.start and place.stop <= block.end
                for place in places(article.text, part)
                for block in chrome
            ), part
            assert not any(
                place.start < block.end and block.start < place.stop
                for place in places(article.text, part)
                for block in kept
            ), part
        for part in expected["body_contains"]:
            checked += 1
            assert any(part in article.quote(b.start, b.end) for b in kept), part
    assert checked > 20


@pytest.mark.shared
def test_facts_of_the_gold_are_read_outside_the_chrome(shared: Path) -> None:
    for gold, texts in (("gold", ""), ("gold-dev", "dev")):
        for path in sorted((shared / gold).glob("*.json")):
            expected = json.loads(path.read_text("utf-8"))
            if "boilerplate" not in expected:
                continue
            text = kept_text(read(shared / "articles" / texts / expected["article"]))
            for fact in expected["facts"]:
                assert any(" ".join(quote.split()) in text for quote in fact["evidence"]), fact


@pytest.mark.shared
def test_html_page_gives_its_published_text(shared: Path) -> None:
    folder = shared / "articles" / "dev"
    article = read(folder / "cityam-alibaba-listing.html")
    expected = (folder / "cityam-alibaba-listing.expected.txt").read_text("utf-8")
    body = kept_text(article, (BlockKind.CHROME, BlockKind.HEADLINE))
    precision, recall = precision_recall(words(body), words(expected))
    assert precision == 1.0
    assert recall >= 0.98  # the credit of the picture is part of that text
