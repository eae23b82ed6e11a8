"""RSS and Atom files: every entry that has a text is an article.

Sources: https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from time import strftime
from typing import Any

from kg.errors import InputError
from kg.read.declared import declared_metadata
from kg.read.decode import check_text, decode
from kg.read.extras import load_extra
from kg.read.files import read_bytes
from kg.read.fragment import fragment_text, titled
from kg.read.page import RawPage, Unreadable, as_name
from kg.read.sources import Source

__all__ = ["read_feed"]

_MAX_BYTES = 50_000_000
# Feeds need no entities of their own; those that expand, or name files, are attacks.
_ENTITY = re.compile(r"<!ENTITY", re.I)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_MARKUP = re.compile(r"<[a-z!/]|&(?:\w+|#\d+);", re.I)


def read_feed(source: Source, max_chars: int) -> Iterator[RawPage | Unreadable]:
    """A page for each entry: its title above its content, or its summary, as plain text.

    Named by its link, else by its id, else `feed.xml#3`. Raises InputError for a file that is no
    feed or declares XML entities.
    """
    feedparser = load_extra("feedparser", "feed", "reading RSS and Atom")
    data = read_bytes(source.path, _MAX_BYTES, _MAX_BYTES)
    declared = _DECLARATION.match(data[:300].decode("latin-1"))
    text, warnings = decode(data, source.path, declared[1] if declared else None)
    if _ENTITY.search(text):
        raise InputError(
            f"{source.path} declares XML entities, which feeds do not need and attacks do; "
            "remove its <!DOCTYPE>"
        )
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    feed = feedparser.parse(BytesIO(body), response_headers={"content-type": "application/xml"})
    if not feed.get("version"):  # feedparser leaves it out where it found nothing to parse
        raise InputError(
            f"{source.path} is no RSS or Atom feed; save pages as .html and texts as .txt"
        )
    for number, entry in enumerate(feed.entries, start=1):
        yield _page(entry, feed.feed, f"{source.name}#{number}", max_chars, warnings)


def _page(
    entry: Any, feed: Any, place: str, max_chars: int, warnings: tuple[str, ...]
) -> RawPage | Unreadable:
    title = _plain(entry.get("title_detail")) or None
    declared, odd = declared_metadata(
        {
            "title": " ".join(title.split()) if title else None,
            "author": entry.get("author"),
            "publisher": entry.get("source", {}).get("title") or feed.get("title"),
            "date": _date(entry),
            "language": _language(entry) or feed.get("language"),
            "url": entry.get("link"),
        }
    )
    name = declared.url or as_name(entry.get("id")) or place
    body = next(filter(None, map(_plain, _details(entry))), "")
    if not body:
        return Unreadable(name, "the entry has neither content nor a summary; fetch its page")
    text = titled(declared.title, body)
    try:
        check_text(text, name, max_chars)
    except InputError as error:
        return Unreadable(name, str(error))
    return RawPage(name, text, "txt", (*warnings, *odd), declared, place)


def _details(entry: Any) -> list[Any]:
    return [*entry.get("content", ()), entry.get("summary_detail")]


def _plain(detail: Any) -> str:
    """The words of a text construct, whatever type it says it is."""
    value = detail.get("value", "") if detail else ""
    return fragment_text(value) if _MARKUP.search(value) else " ".join(value.split())


def _date(entry: Any) -> str | None:
    """When it was published, else updated, in UTC."""
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None


def _language(entry: Any) -> str | None:
    return next((d.get("language") for d in _details(entry) if d and d.get("language")), None)
