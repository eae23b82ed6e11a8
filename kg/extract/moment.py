"""From when an article speaks: its date, or the edition that it calls this year's."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.extract.amounts import date_literal, find_dates
from kg.extract.drafts import Reading
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["points_back", "published_day", "reference_year", "told_before"]


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


def points_back(noun: Token) -> bool:
    """True for "at the time" and "at that moment"."""
    back = any(c.dep_ == "det" and c.lower_ in ("the", "that") for c in noun.children)
    return (
        noun.lemma_.lower() in ("time", "moment", "point")
        and back
        and not any(c.dep_ in ("prep", "acl", "relcl") for c in noun.children)
    )


def told_before(token: Token, reading: Reading) -> Literal | None:
    """The last date that is told before the sentence of a token, in its block or the last."""
    number = reading.block_of(token)
    before = [token.doc[: token.sent.start].text]
    if number:
        before.append(reading.annotated.blocks[number - 1].doc.text)
    for text in before:
        dates = [(start, iso, text[start:end]) for start, end, iso in find_dates(text)]
        if dates:
            _, iso, words = max(dates)
            return date_literal(iso, words)
    return None
