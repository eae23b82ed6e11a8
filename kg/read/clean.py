"""Raw pages to articles whose parts are marked."""

from __future__ import annotations

from kg.model.text import Article
from kg.read.blocks import mark_blocks
from kg.read.front import read_front_matter
from kg.read.html import read_html
from kg.read.load import RawPage
from kg.read.markers import load_markers
from kg.read.metadata import read_metadata

__all__ = ["clean"]


def clean(page: RawPage) -> Article:
    """The article of a page, chrome marked and nothing cut away.

    A plain text stays as it is, offset by offset; of HTML the text is what was extracted. Every
    character but white space lies in exactly one block. Raises InputError for HTML without text.
    """
    if page.format == "html":
        return read_html(page)
    markers = load_markers()
    front = read_front_matter(page.text, markers)
    blocks = mark_blocks(page.text, front, markers)
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
