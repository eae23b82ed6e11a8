"""From when an article speaks: its date, or the edition that it calls this year's."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.extract.drafts import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["published_day", "reference_year"]


def published_day(reading: Reading) -> date | None:
    """The day of the article's date, None where it is not known to the day."""
    published = reading.annotated.article.published or ""
    try:
        return date.fromisoformat(published[:10]) if len(published) >= 10 else None
    except ValueError:
        return None


def reference_year(reading: Reading) -> int | None:
    """The year the article speaks from: its date, or the edition that it calls this year's."""
    published = reading.annotated.article.published
    if published and re.match(r"\d{4}", published):
        return int(published[:4])
    for block in reading.annotated.blocks:
        for token in block.doc:
            if token.lower_ == "year" and token.i > 0 and token.nbor(-1).lower_ == "this":
                years = _years_beside(reading, token)
                if years:
                    return min(years)
    return None


def _years_beside(reading: Reading, token: Token) -> list[int]:
    drafts = (reading.at(t) for t in (token.head, *token.head.children))
    known = (d.known for d in drafts if d is not None and d.known is not None)
    return [int(y) for name in known for y in name.properties.get("year", ())]
