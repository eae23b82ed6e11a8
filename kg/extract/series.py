"""Mentions of a series of events, told from those of other series that end in the same noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.lexicon import Series

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["BARE", "ORDINAL", "is_ordinal", "series_mentions"]

BARE = "games"  # the one head that with a capital is a name by itself: "the Games"
ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
_ROMAN = re.compile(r"[IVXLC]{2,}")


def series_mentions(reading: Reading, series: Series) -> Iterator[tuple[Place, Draft]]:
    """Each mention of the series or of an edition of it, and whose it is now."""
    own = reading.lexicon.series_words[series.type]
    for draft in list(reading.drafts):
        known = draft.known is not None and draft.known.type == series.type
        for place in list(draft.places):
            named = known or _names(reading.text(place), series)
            if named and not _is_other_series(reading, place, own):
                yield place, draft


def _is_other_series(reading: Reading, place: Place, own: frozenset[str]) -> bool:
    """True for a name with a word that no edition has: "Youth Games", where none are known.

    What "and" adds is named beside the edition, and does not make it another one.
    """
    doc = reading.annotated.blocks[place.block].doc
    head = doc[place.end - 1]
    before = (t for t in head.lefts if t.i < place.start and t.dep_ in ("amod", "compound"))
    tokens = [*before, *doc[place.start : place.end]]
    if any(t.lower_ in ("and", "&") for t in tokens):
        return False
    return any(
        t.is_alpha and t.text[0].isupper() and t.lower_ not in own and not is_ordinal(t)
        for t in tokens
        if t.pos_ != "DET"
    )


def _names(text: str, series: Series) -> bool:
    words = text.lower().split()
    if words == [BARE]:
        return text[0].isupper()
    return bool(words) and words[-1] in series.heads


def is_ordinal(token: Token) -> bool:
    """True for "2nd", "II" and "second"."""
    numbered = ORDINAL.fullmatch(token.text) or _ROMAN.fullmatch(token.text)
    return token.ent_type_ == "ORDINAL" or numbered is not None
