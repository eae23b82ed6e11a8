"""Raw pages to articles whose parts are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

from kg.model.text import Article, Block, BlockKind
from kg.read.blocks import mark_blocks
from kg.read.front import read_front_matter
from kg.read.html import read_html
from kg.read.markdown import soft_wrapped
from kg.read.markers import load_markers
from kg.read.metadata import UNDETERMINED, read_metadata
from kg.read.page import RawPage

__all__ = ["clean"]

_TITLE_REACH = 5_000  # code points from the start in which a declared title can be the headline


def clean(page: RawPage) -> Article:
    """The article of a page, chrome marked and nothing cut away.

    A plain text stays as it is, offset by offset; of HTML and PDF the text is what was extracted.
    Every character but white space lies in exactly one block. What the page was delivered with (a
    feed, a JSON line) says of title, author and so on goes before what the page says. Raises
    InputError for HTML without text.
    """
    article = read_html(page) if page.format == "html" else _read_text(page)
    found = {item.name: getattr(page.declared, item.name) for item in fields(page.declared)}
    if article.language != UNDETERMINED:
        del found["language"]  # the words of the text know better than a template
    return replace(article, **{key: value for key, value in found.items() if value is not None})


def _read_text(page: RawPage) -> Article:
    markers = load_markers()
    text = page.text[: page.chrome_start]
    front = read_front_matter(text, markers)
    title = page.declared.title
    if front.title is None and title is not None and _occurs(title, text[:_TITLE_REACH]):
        front = replace(front, title=title)
    lines = text
    if page.format == "md":
        lines = text[: front.end] + soft_wrapped(text[front.end :])
    blocks = (*mark_blocks(lines, front, markers), *_chrome(page))
    found = read_metadata(page.text, blocks, front, markers)
    return Article(
        name=page.name,
        text=page.text,
        blocks=blocks,
        title=found.title,
        author=found.author,
        publisher=found.publisher,
        published=found.published,
        language=found.language,
        url=found.url,
        format=page.format,
    )


def _occurs(title: str, text: str) -> bool:
    return " ".join(title.split()).casefold() in " ".join(text.split()).casefold()


def _chrome(page: RawPage) -> Iterator[Block]:
    if page.chrome_start is not None:
        for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", page.text[page.chrome_start :]):
            start = page.chrome_start + match.start()
            yield Block(start, start + len(match[0]), BlockKind.CHROME)
