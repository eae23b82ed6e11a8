"""What the wrapping of an article says of it: the fields of a JSON line, a feed, a capture."""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.dates import find_date
from kg.read.metadata import Metadata, safe_url

__all__ = ["declared_metadata"]

_LONGEST = 1_000  # code points of a title or a name; what is longer is no such thing


def declared_metadata(fields: Mapping[str, object]) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata in `fields`, and a warning for each value that cannot be used.

    Knows title, author, publisher, date, language (BCP 47) and url (http or https). An author may
    be a list of names; dates become ISO 8601 at their precision.
    """
    warnings: list[str] = []

    def line(key: str) -> str | None:
        value = fields.get(key)
        if isinstance(value, list):
            value = ", ".join(part for part in value if isinstance(part, str))
        if value is None or value == "":
            return None
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text or len(text) > _LONGEST or not text.isprintable():
            warnings.append(f"the {key} is no line of text and was left out")
            return None
        return text

    published = language = url = None
    if (written := line("date")) is not None and (published := find_date(written)) is None:
        warnings.append(f"the date {written!r} is not understood and was left out; use ISO 8601")
    if (tag := line("language")) is not None:
        language = tag.replace("_", "-").split("-")[0].lower()
    if (address := line("url")) is not None and (url := safe_url(address)) is None:
        warnings.append("the url is no http or https address and was left out")
    found = Metadata(line("title"), line("author"), line("publisher"), published, language, url)
    return found, tuple(warnings)
