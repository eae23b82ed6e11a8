"""The number of an edition: "the 29th Summer Games", "XXIX Games", "the 29th edition of the Games".

An ordinal before an event often counts something else ("her third Games", "the second Games in
Asia"): what is possessed, narrowed or a small word is no number of an edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.amounts import month_number, word_number
from kg.extract.drafts import Place, Reading
from kg.extract.lexicon import Series
from kg.ontology.domain import KnownName

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["EditionNumber", "edition_number", "ordinal_number", "with_number"]

_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXLC]{2})(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = {"first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight",
          "ninth": "nine", "twelfth": "twelve"}  # fmt: skip
_LEAST_WORD = 10  # a smaller ordinal in letters counts: "the second Games of the decade"
_NARROWING = frozenset({"relcl", "acl"})


@dataclass(frozen=True, slots=True)
class EditionNumber:
    """The number that a text gives an edition: tokens [start, end) of its block."""

    value: int
    text: str
    start: int
    end: int


def edition_number(reading: Reading, place: Place) -> EditionNumber | None:
    """The number of the edition that a mention names, None where the text gives none."""
    doc = reading.annotated.blocks[place.block].doc
    head = doc[place.end - 1]
    if head.dep_ == "compound":
        return None  # "the 29th Games medal": the ordinal may be that of the medal
    nouns = [head, *_edition_nouns(head, reading)]
    for noun in nouns:
        if _is_counted(noun, place):
            continue
        first = place.start if noun is head else noun.i
        for number in _before(noun, first):
            return number
    return None


def with_number(
    reading: Reading, place: Place, series: Series, editions: Iterable[KnownName]
) -> list[KnownName]:
    """Those of the editions that have the number which the text gives; none where it gives none."""
    number = edition_number(reading, place) if series.number is not None else None
    if number is None or series.number is None:
        return []
    return [e for e in editions if str(number.value) in e.properties.get(series.number, ())]


def _edition_nouns(head: Token, reading: Reading) -> Iterator[Token]:
    """The noun of "edition of the Games"."""
    prep = head.head
    of = head.dep_ == "pobj" and prep.lower_ == "of" and prep.head.i < head.i
    if of and prep.head.lemma_.lower() in reading.lexicon.edition_nouns:
        yield prep.head


def _is_counted(noun: Token, place: Place) -> bool:
    """True where somebody's editions, or those of a kind, are counted and not all of them."""
    for child in noun.children:
        if child.dep_ == "poss" and child.i < noun.i:
            return True
        behind = child.i >= place.end
        if behind and child.dep_ in _NARROWING and noun.doc[place.end].text not in (",", "-", "–"):
            return True
    return False


def _before(noun: Token, first: int) -> Iterator[EditionNumber]:
    """The ordinal in the name, or right before it."""
    doc = noun.doc
    for i in range(noun.i, max(first - 2, noun.sent.start - 1, -1), -1):
        start, end = _parts(doc[i])
        text = doc[start:end].text
        value = _value(text)
        if value is not None and not _is_day(doc[start]) and not _is_owned(doc[start]):
            yield EditionNumber(value, text, start, end)


def _parts(token: Token) -> tuple[int, int]:
    """The tokens of "twenty-ninth", which the tokeniser may part."""
    doc, start = token.doc, token.i
    if start >= 2 and doc[start - 1].text == "-" and word_number(doc[start - 2].text) is not None:
        start -= 2
    return start, token.i + 1


def _is_day(token: Token) -> bool:
    """True after the month of a date: "on February 7th Olympic officials ..."."""
    return (
        token.ent_type_ == "DATE" and token.i > 0 and month_number(token.nbor(-1).text) is not None
    )


def _is_owned(token: Token) -> bool:
    """True after "its" or "the city's"."""
    return token.i > 0 and token.nbor(-1).tag_ in ("PRP$", "POS")


def ordinal_number(text: str) -> int | None:
    """Value of an ordinal in digits or letters ("25th", "tenth"); None for anything else."""
    digits = _DIGITS.fullmatch(text)
    return int(digits[1]) if digits is not None else _word(text.lower())


def _value(text: str) -> int | None:
    digits = _DIGITS.fullmatch(text)
    if digits is not None:
        return int(digits[1])
    if _ROMAN.fullmatch(text):
        return _roman(text)
    value = _word(text.lower().replace(" ", ""))
    return value if value is not None and value >= _LEAST_WORD else None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _word(text: str) -> int | None:
    """Value of an ordinal in letters: its last part is a cardinal with another ending."""
    tens, _, last = text.rpartition("-")
    cardinal = _WORDS.get(last) or (
        last[:-4] + "y" if last.endswith("tieth") else last.removesuffix("th")
    )
    if cardinal == last:
        return None
    number = word_number(f"{tens}-{cardinal}" if tens else cardinal)
    return int(number) if number is not None else None
