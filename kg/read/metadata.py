"""Who wrote an article, when and where it appeared, and in which language: read off its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model.text import Article, Block, BlockKind
from kg.read.dates import find_date, is_date_line
from kg.read.front import FrontMatter
from kg.read.lines import ends_sentence, words_of
from kg.read.markers import Markers

__all__ = [
    "UNDETERMINED",
    "Metadata",
    "find_language",
    "language_to_read",
    "read_metadata",
    "safe_url",
]

UNDETERMINED = "und"
"""The language of a text that does not tell (ISO 639-2)."""

_LONGEST_STAMP = 200  # code points of chrome that may hold the date beside a headline
_STAMP_WORDS = 14
_LONGEST_DATELINE = 120
_LANGUAGE_WORDS = 5_000  # enough to tell, bounded for huge pages
_FUNCTION_WORD_SHARE = 0.12  # English news has 0.35 to 0.5, a list of names next to none
_LONGEST_URL = 2_000
_ENGLISH = "en"
_SHORT = 30  # words; names and figures leave too few that tell a language
_SITE = re.compile(r"[ \t]*(?:[|–—·-]|&[mn]dash;)[ \t]+(?P<name>[A-Z][^|\r\n]*)")
_SITE_WORDS = 6
_LONGEST_SITE = 80  # code points
_ISSUER = re.compile(r"SOURCE:?\s+(?P<name>[A-Z][^\n]{1,80})$")
_LINKED = re.compile(r"\[([^\]]{1,100})\]\([^)]{0,500}\)")
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|von|van|der|da|and|&) )?[A-ZÀ-Þ][\w.'’-]*){0,5}"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What `Article` says of itself besides its blocks; None where the page does not say."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


def read_metadata(
    text: str, blocks: Sequence[Block], front: FrontMatter, markers: Markers
) -> Metadata:
    """The metadata of a plain-text page whose blocks are marked."""
    values = front.values
    headline = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADLINE), None)
    body = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.BODY), len(blocks))
    title = front.title
    if headline is not None:
        title = text[blocks[headline].start : blocks[headline].end].strip("#*_= ")
    head = [
        text[block.start : block.end]
        for block in blocks[_head_start(headline) : body + 1]
        if block.start >= front.end
    ]
    return Metadata(
        title=title,
        author=values.get("author") or _author(head, markers),
        publisher=values.get("publisher") or _publisher(text, blocks, title, front),
        published=find_date(values.get("published", ""))
        or _published(text, blocks, headline, body),
        language=find_language(text, blocks, markers),
        url=safe_url(values.get("url", "")),
    )


def find_language(text: str, blocks: Sequence[Block], markers: Markers) -> str:
    """ISO 639-1 code of the body's language, "und" where its function words are too few to tell."""
    words: list[str] = []
    for block in blocks:
        if block.kind is not BlockKind.CHROME and len(words) < _LANGUAGE_WORDS:
            words += words_of(text[block.start : min(block.end, block.start + 50_000)])
    folded = [word.casefold() for word in words[:_LANGUAGE_WORDS]]
    if not folded:
        return UNDETERMINED
    shares = {
        code: sum(word in known for word in folded) / len(folded)
        for code, known in markers.function_words.items()
    }
    best = max(sorted(shares), key=lambda code: (shares[code], code == _ENGLISH))
    return best if shares[best] >= _FUNCTION_WORD_SHARE else UNDETERMINED


def safe_url(address: str) -> str | None:
    """The address if it is one of the web, without white space; None for anything else.

    A page shows it as a link, so a script must not get through.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    printable = address.isprintable() and not any(char.isspace() for char in address)
    web = parts.scheme.lower() in ("http", "https") and bool(parts.netloc)
    return address if web and printable and len(address) <= _LONGEST_URL else None


def language_to_read(article: Article) -> tuple[str, tuple[str, ...]]:
    """The language to read an article in, and a warning where that is assumed.

    English where the article does not say, and where it is too short and too plain to tell.
    """
    language = (article.language or _ENGLISH).lower().split("-")[0]
    if language == UNDETERMINED and article.text.isascii() and len(article.text.split()) < _SHORT:
        return _ENGLISH, ("too short to tell its language; read as English",)
    return language, ()


def _head_start(headline: int | None) -> int:
    return max(headline - 1, 0) if headline is not None else 0


def _author(head: list[str], markers: Markers) -> str | None:
    for line in head[:-1]:
        match = markers.byline.match(line)
        if match is None or len(line) > _LONGEST_STAMP:
            continue
        rest = _LINKED.sub(r"\1", line[match.end() :])
        person = _PERSON.match(rest.strip())
        if person is not None:
            return person[0].rstrip(".")
    return None


def _published(text: str, blocks: Sequence[Block], headline: int | None, body: int) -> str | None:
    """The date beside the headline, else in the dateline; never one of other headlines."""
    if headline is not None:
        # the date may stand between the title of the page and the headline that repeats it
        title = text[blocks[headline].start : blocks[headline].end]
        headline = next(n for n, b in enumerate(blocks) if text[b.start : b.end] == title)
    between = blocks[headline + 1 : body] if headline is not None else blocks[:body]
    for block in between:
        content = text[block.start : block.end]
        if block.kind is BlockKind.CHROME and _is_stamp(content):
            return find_date(content)
    if headline:
        above = blocks[headline - 1]
        content = text[above.start : above.end]
        if is_date_line(content):
            return find_date(content)
    if body < len(blocks):
        opening = text[blocks[body].start : min(blocks[body].end, blocks[body].start + 300)]
        dateline = re.split(r"\s(?:--|–|—)\s|\s(?:--|–|—)$", opening)[0]
        if len(dateline) <= _LONGEST_DATELINE and dateline[:3].isupper():
            return find_date(dateline)
    return None


def _is_stamp(line: str) -> bool:
    """Whether a line dates the article: a date, with a name or an agency beside it at most."""
    if is_date_line(line):
        return find_date(line) is not None
    if len(line) > _LONGEST_STAMP or len(words_of(line)) > _STAMP_WORDS or ends_sentence(line):
        return False
    found = find_date(line)
    return found is not None and len(found) >= len("2020-01-01")


def _publisher(
    text: str, blocks: Sequence[Block], title: str | None, front: FrontMatter
) -> str | None:
    """The site behind the title in the page's title line, or the issuer of a press release."""
    if title and front.title and front.title.startswith(title):
        site = _SITE.match(front.title, len(title))
        if site:
            return _name(site["name"])
    start = text.find(title, front.end) if title else -1
    if title and start >= 0:
        end = start + len(title)
        site = _SITE.match(text, end, end + _LONGEST_SITE)
        if site and (name := _said_again(site["name"], text, end)):
            return name
    for block in reversed(blocks):
        if block.kind is BlockKind.CHROME:
            issuer = _ISSUER.match(text, block.start, min(block.end, block.start + 100))
            if issuer:
                return issuer["name"].strip()
    return None


def _said_again(name: str, text: str, start: int) -> str | None:
    """As many words of `name` as the page repeats; all of it if its line ends there."""
    words = name.split()
    for count in range(min(len(words), _SITE_WORDS), 0, -1):
        candidate = _name(" ".join(words[:count]))
        if len(candidate) > 3 and text.find(candidate, start + _LONGEST_SITE) >= 0:
            return candidate
    return _name(name) if len(words) <= _SITE_WORDS else None


def _name(words: str) -> str:
    return words.strip(" .,;:|")
