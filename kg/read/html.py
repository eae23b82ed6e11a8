"""HTML pages to articles: trafilatura finds the main text, its lines are judged like any others."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model.text import Article, Block, BlockKind
from kg.read.dates import find_date
from kg.read.lines import LineKind, read_lines, words_of
from kg.read.markers import Markers, load_markers
from kg.read.metadata import find_language, safe_url
from kg.read.page import RawPage

if TYPE_CHECKING:
    from trafilatura.settings import Document

__all__ = ["read_html"]

# A line of the main text that is chrome by its words. The position on the page says nothing any
# more: trafilatura has cut menus, teasers and comments away.
_CHROME = frozenset(
    {
        LineKind.MARK,
        LineKind.RULE,
        LineKind.IMAGE,
        LineKind.BYLINE,
        LineKind.DATE,
        LineKind.COMMENTS,
        LineKind.LIST_END,
        LineKind.BOX,
        LineKind.LEGAL_HEADING,
        LineKind.LEGAL,
        LineKind.CONTACT_HEADING,
        LineKind.CONTACT,
    }
)
_SUFFIX = re.compile(r"\s+[|–—-]\s+([^|]{2,60})$")
# Only dates that the page declares: the search for anything like a date finds those of others. The
# last day is fixed, since the default is today's and would make the result depend on the clock.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_html(page: RawPage) -> Article:
    """The article of an HTML page: its title, if it has one, above the extracted paragraphs.

    Offsets count code points of that text. Raises InputError for a page without text.
    """
    found = _extract(page)
    body = (found.text or "").strip() if found else ""
    if found is None or not body:
        raise InputError(
            f"{page.name} holds no article text; save the page with its text loaded, "
            "or as plain text"
        )
    title = _title(found)
    text = body
    if title and not body.casefold().startswith(title.casefold()):
        text = f"{title}\n{body}"
    markers = load_markers()
    blocks = _blocks(text, title, _subheads(found), markers)
    return Article(
        name=page.name,
        text=text,
        blocks=blocks,
        title=title,
        author=found.author or None,
        publisher=found.sitename or None,
        published=find_date(found.date or ""),
        language=find_language(text, blocks, markers),
        url=safe_url(found.url or ""),
        format="html",
    )


def _title(found: Document) -> str | None:
    """The title without the name of the site behind it."""
    title = " ".join((found.title or "").split())
    site = (found.sitename or "").casefold()
    suffix = _SUFFIX.search(title)
    if site and suffix and (suffix[1].casefold() in site or site in suffix[1].casefold()):
        title = title[: suffix.start()]
    return title or None


def _extract(page: RawPage) -> Document | None:
    import trafilatura  # half a second that a run over plain text need not spend

    # its warnings on broken pages would go to standard error; what matters is an InputError
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(
            page.text,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # a parser fed with anything raises anything
        raise InputError(
            f"{page.name} cannot be parsed as HTML ({type(error).__name__}: {error}); "
            "save it again, or as plain text"
        ) from error
    return None if isinstance(found, dict) else found


def _subheads(found: Document) -> frozenset[str]:
    if found.body is None:
        return frozenset()
    return frozenset(" ".join("".join(head.itertext()).split()) for head in found.body.iter("head"))


def _blocks(
    text: str, title: str | None, subheads: frozenset[str], markers: Markers
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for line in read_lines(text, 0, markers):
        if line.start == 0 and title and line.text.casefold() == title.casefold():
            kind = BlockKind.HEADLINE
        elif line.kind in _CHROME:
            kind = BlockKind.CHROME
        elif " ".join(line.text.split()) in subheads and len(words_of(line.text)) > 0:
            kind = BlockKind.SUBHEAD
        elif markers.caption_start.match(line.text):
            kind = BlockKind.CAPTION
        else:
            kind = BlockKind.BODY
        blocks.append(Block(line.start, line.end, kind))
    return tuple(blocks)
