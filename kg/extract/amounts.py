"""Numbers, money, dates and durations as articles write them, and their normal forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = [
    "XSD",
    "Amount",
    "date_literal",
    "duration_literal",
    "find_amount",
    "find_dates",
    "month_number",
    "word_number",
    "year_literal",
]

XSD = "http://www.w3.org/2001/XMLSchema#"
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: n for n, word in enumerate(_SMALL)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
_VAGUE = frozenset({"several", "many", "few", "some"})
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DATES = (
    re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH}),?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<month>{_MONTH}),?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b(?!\s+season)"),
    re.compile(r"(?<![\d$€£¥.,])\b(?P<year>(?:19|20)\d\d)\b(?![,.]\d)"),
)  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_JOINED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|b|tn)")
_SIGN = re.compile(r"^[a-z]{0,3}[$€£¥]|[$€£¥]$")
_DURATION = re.compile(r"(?<![\d.])\b(\d+|[a-z]+)[-\s](year|month|week|day|season)s?\b", re.I)
_DURATION_UNITS = {
    "year": (1, "Y"),
    "season": (1, "Y"),
    "month": (1, "M"),
    "week": (7, "D"),
    "day": (1, "D"),
}
_TIME_UNITS = frozenset({"year", "month", "week", "day", "hour"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what the article says about it; characters [start, end) of the doc's text."""

    value: Decimal
    text: str
    comparator: str | None
    unit: str | None  # what is counted, as written, or an ISO 4217 code for money
    currency: str | None
    start: int
    end: int

    def literal(self) -> Literal:
        """The number as xsd:integer or xsd:decimal."""
        whole = self.value == self.value.to_integral_value()
        value = format(self.value.to_integral_value() if whole else self.value.normalize(), "f")
        return Literal(value, XSD + ("integer" if whole else "decimal"), self.text)


def word_number(text: str) -> Decimal | None:
    """Value of digits or of an English number word up to ninety-nine; None for anything else."""
    text = text.lower().strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in _WORDS:
        return Decimal(_WORDS[text])
    tens, _, ones = text.partition("-")
    if tens in _WORDS and ones in _WORDS and _WORDS[tens] >= 20 and _WORDS[ones] < 10:
        return Decimal(_WORDS[tens] + _WORDS[ones])
    return None


def find_amount(noun: Token, lexicon: Lexicon) -> Amount | None:
    """The number that counts a noun ("more than 3 million new readers"), or is money itself.

    None where there is no number, a vague one ("several million") or a time.
    """
    number = _number_of(noun, lexicon)
    if number is None:
        return None
    doc = noun.doc
    first, last = _number_extent(number, lexicon)
    words = doc[first : last + 1]
    value = _value([t.text for t in words])
    vague = first > 0 and doc[first - 1].lower_ in _VAGUE and words[0].lower_ in _SCALES
    if value is None or vague or (_is_time(words) and not _counts(noun)):
        return None
    comparator, start = _comparator(doc, first, lexicon)
    span = doc[start : max(noun.i, last) + 1]
    return Amount(
        value,
        span.text,
        comparator,
        _unit(noun, last),
        _currency(words, lexicon),
        span.start_char,
        span.end_char,
    )


def _is_scale(token: Token) -> bool:
    """True for "million", and for the "m" of "£5m" with a full stop stuck to it."""
    return token.lower_.rstrip(".") in _SCALES


def _is_number(token: Token) -> bool:
    return token.like_num or _JOINED.fullmatch(token.lower_) is not None


def _number_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """The number word nearest before the noun that counts it, or the noun where it is a sum."""
    if _is_number(noun) or _is_scale(noun) or noun.text in lexicon.currencies:
        return noun
    numbers = [
        c
        for c in noun.children
        if c.dep_ in ("nummod", "quantmod", "compound", "amod") and _is_number(c) and c.i < noun.i
    ]
    number = max(numbers, key=lambda t: t.i, default=None)
    if number is not None and any(c.dep_ == "conj" and _is_number(c) for c in number.children):
        return None  # "between 20 and 30 ships": no one value
    return number


def _number_extent(number: Token, lexicon: Lexicon) -> tuple[int, int]:
    """First and last token of the number: digits, scales and signs beside it."""
    doc = number.doc
    first = last = number.i
    while first > 0 and (
        _is_number(doc[first - 1])
        or _is_scale(doc[first - 1])
        or doc[first - 1].text in lexicon.currencies
        or (doc[first - 1].text in ("-", ",") and first > 1 and doc[first - 2].like_num)
        or doc[first - 1].lower_ == "half"
        or (doc[first - 1].lower_ == "a" and first > 1 and doc[first - 2].lower_ == "half")
    ):
        first -= 1
    while last + 1 < len(doc) and _is_scale(doc[last + 1]):
        last += 1
    return first, last


def _currency(number: Span, lexicon: Lexicon) -> str | None:
    """ISO 4217 code by the sign in the number or the word behind it."""
    for token in number:
        if token.text in lexicon.currencies:
            return lexicon.currencies[token.text]
    after = number.doc[number.end : number.end + 1]
    return lexicon.currencies.get(after[0].lemma_.lower()) if after else None


def _unit(noun: Token, last: int) -> str | None:
    """What the number that ends with token `last` counts: the words up to the noun."""
    after = noun.doc[last + 1].lower_ if last + 1 < len(noun.doc) else ""
    following = noun.doc[last + 2].lower_ if last + 2 < len(noun.doc) else ""
    if after in ("percent", "%") or (after == "per" and following == "cent"):
        return "percent"
    if noun.i <= last:
        return None
    return re.sub(r"\s+", " ", noun.doc[last + 1 : noun.i + 1].text).strip()


def _is_time(words: Span) -> bool:
    return any(t.ent_type_ in ("DATE", "TIME", "ORDINAL") for t in words)


def _counts(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() not in _TIME_UNITS


def _value(words: list[str]) -> Decimal | None:
    total: Decimal | None = None
    for word in words:
        low = _SIGN.sub("", word.lower())
        if not low or low in ("-", ",", "a"):
            continue
        number = Decimal("0.5") if low == "half" else word_number(low)
        scale = _SCALES.get(low.rstrip("."))
        joined = _JOINED.fullmatch(low)
        if joined:
            number = Decimal(joined.group(1).replace(",", "")) * _SCALES[joined.group(2)]
        if number is not None:
            total = number if total is None else total + number
        elif scale is not None:
            total = (total if total is not None else Decimal(1)) * scale
        else:
            return None
    return total


def _comparator(doc: Doc, first: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """The words before a number that make it a bound or an estimate, and where they start."""
    for phrase in lexicon.comparators:
        words = phrase.split()
        start = first - len(words)
        if start >= 0 and [t.lower_ for t in doc[start:first]] == words:
            return phrase, start
    return None, first


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, ISO 8601 at stated precision) of each absolute date in a text, in text order."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < e and s < match.end() for s, e in taken):
                continue
            iso = _iso(match)
            if iso is None:
                continue  # the pattern of bare years may still find the year
            taken.append(match.span())
            found.append((*match.span(), iso))
    yield from sorted(found)


def _iso(match: re.Match[str]) -> str | None:
    """A matched date in ISO 8601, None for one that no calendar has."""
    groups = match.groupdict()
    month = groups.get("month")
    if not month:
        return groups["year"]
    number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    day = groups.get("day")
    try:
        date(int(groups["year"]), number, int(day or 1))
    except ValueError:
        return None
    return f"{groups['year']}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def date_literal(iso: str, text: str) -> Literal:
    """A date typed by its precision: xsd:gYear, xsd:gYearMonth or xsd:date."""
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(iso), "date")
    return Literal(iso, XSD + kind, text)


def year_literal(year: str, text: str) -> Literal:
    """A year as xsd:gYear."""
    return Literal(year, XSD + "gYear", text)


def duration_literal(text: str) -> Literal | None:
    """The duration that a phrase such as "12-year" names, as xsd:duration; None for none."""
    for match in _DURATION.finditer(text):
        number = word_number(match.group(1))
        if number is not None and number == number.to_integral_value():
            times, letter = _DURATION_UNITS[match.group(2).lower()]
            return Literal(f"P{number * times:f}{letter}", XSD + "duration", match.group(0))
    return None


def month_number(word: str) -> int | None:
    """1 to 12 for an English month name or its abbreviation; None for any other word."""
    whole = word.lower().rstrip(".")
    if whole in _MONTH_NAMES or len(whole) <= 4:
        return _MONTHS.get(word[:3].lower())
    return None
