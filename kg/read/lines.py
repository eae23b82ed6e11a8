"""The lines of a page, and what each looks like by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from kg.read.dates import is_date_line
from kg.read.markers import Markers

__all__ = [
    "COLLAPSED_WORDS",
    "Line",
    "LineKind",
    "count_words",
    "ends_sentence",
    "lower_share",
    "read_lines",
    "words_of",
]

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts that put no space between words
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TERMINAL = re.compile(r"[.!?:;。！？][\"'”’»)\]]*(?:\d{1,2})?$|[”»\"]$")
_TRUNCATED = re.compile(r"(?:\.\.\.|…)\s*[\])]?$")
_BULLET = re.compile(r"(?:[•▪◦‣·*+–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_CELLS = re.compile(r"\S\s*(?:\||\t)\s*\S")
_GAP = re.compile(r"\S\s{3,}\S")
_SEPARATOR = re.compile(r"\s[|»›•/]\s")  # one stands before the name of a site, two make a menu
_IMAGE = re.compile(r"!\[[^\]]{0,500}\]\([^)]{0,1000}\)|<(?:img|figure|iframe)\b[^>]{0,1000}>")
_LINK = re.compile(r"(?:\[[^\]]{0,500}\]\([^)]{0,1000}\)|<[^>]{1,1000}>|\s)+")
_ABOUT = re.compile(
    r"#*\s*\**(?i:about)\s+(?!us\b|me\b|the author|this )(?=[^.?!]{1,60}$).*[A-Z0-9]"
)
_PROSE_WORDS = 15  # measured on two pages: 95 to 98 % of the words of a body are in such lines
_PROSE_LOWER_SHARE = 0.4  # titles and menus capitalise most words, sentences few
# A sentence that lists names has mostly capitals; no title is as long and ends in a full stop.
_LISTING_WORDS = 20
_LISTING_LOWER_SHARE = 0.15
COLLAPSED_WORDS = 120
"""A line as long as this may hold a whole page: `kg.read.inline` looks for the article in it."""
_COLLAPSED_STOPS = 3
_STOPS = re.compile(r"[a-z\d][.!?][\"'”’)]*\s")
_WRAP_WIDTHS = range(40, 121)  # where mail and typewriter layouts break their lines


class LineKind(Enum):
    """What a line looks like, before its place on the page is considered."""

    PROSE = auto()  # a paragraph
    SENTENCE = auto()  # a short one, complete
    ITEM = auto()  # of a list
    TABLE = auto()  # cells
    SHORT = auto()  # title, name, tag, button: anything else
    MENU = auto()  # entries side by side
    TEASER = auto()  # cut off with an ellipsis
    MARK = auto()  # chrome by its words; the article may go on
    RULE = auto()  # no letter, no digit
    IMAGE = auto()
    BYLINE = auto()
    DATE = auto()
    ABOUT = auto()  # the heading "About Somebody" of a press release
    BOX = auto()  # heading of a box the article may go on behind
    LIST_END = auto()  # heading of other headlines
    COMMENTS = auto()
    LEGAL_HEADING = auto()
    LEGAL = auto()
    CONTACT_HEADING = auto()
    CONTACT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """Characters [start, end) of the page without the white space around them."""

    start: int
    end: int
    text: str
    words: int
    kind: LineKind
    repeated: bool  # stands on the page more than once
    spaced: bool  # an empty line stands before it


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words a text has; two characters of an unspaced script count as one."""
    return sum(1 for _ in _WORD.finditer(text)) + len(_UNSPACED.findall(text)) // 2


def lower_share(text: str) -> float:
    """Share of the words that do not begin with a capital, in [0, 1]; 0 for no words."""
    words = words_of(text)
    return sum(not word[0].isupper() for word in words) / len(words) if words else 0.0


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _TERMINAL.search(text[-8:]) is not None


def read_lines(text: str, start: int, markers: Markers) -> list[Line]:
    """The non-empty lines of `text` from `start` on, hard-wrapped paragraphs joined, in order."""
    spans = _joined(text, _spans(text, start))
    counts = Counter(text[begin:end].casefold() for begin, end, _ in spans)
    seen: dict[str, tuple[int, LineKind]] = {}
    lines = []
    for begin, end, spaced in spans:
        content = text[begin:end]
        if content not in seen:
            words = count_words(content)
            seen[content] = words, _kind(content, words, markers)
        repeated = counts[content.casefold()] > 1
        lines.append(Line(begin, end, content, *seen[content], repeated, spaced))
    return _with_sections(lines)


def _spans(text: str, start: int) -> list[tuple[int, int, bool]]:
    spans = []
    spaced, last = True, start
    for match in _LINE.finditer(text, start):
        content = match[0].strip()
        gap = text[last : match.start()].replace("\r\n", "\n")
        spaced = spaced or len(gap) > 1
        last = match.end()
        if content:
            begin = match.start() + match[0].index(content)
            spans.append((begin, begin + len(content), spaced))
            spaced = False
        else:
            spaced = True
    return spans


def _joined(text: str, spans: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Joins the lines of paragraphs on a page whose lines were broken at a fixed width."""
    lengths = sorted(end - begin for begin, end, _ in spans)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    if width not in _WRAP_WIDTHS:
        return spans

    def goes_on(upper: tuple[int, int, bool], lower: tuple[int, int, bool]) -> bool:
        below = text[lower[0] : lower[1]]
        long_enough = upper[1] - upper[0] > 0.7 * width
        return not lower[2] and long_enough and not _BULLET.match(below)

    pairs = list(pairwise(spans))
    broken = [pair for pair in pairs if goes_on(*pair)]
    inside = [pair for pair in broken if text[pair[1][0]].islower()]
    if len(inside) < 3 or len(inside) < 0.3 * len(broken):
        return spans
    joined = spans[:1]
    for upper, lower in pairs:
        if goes_on(upper, lower):
            joined[-1] = (joined[-1][0], lower[1], joined[-1][2])
        else:
            joined.append(lower)
    return joined


def _kind(text: str, words: int, markers: Markers) -> LineKind:
    if not any(char.isalnum() for char in text[:2000]):
        return LineKind.BOX if markers.ends_article(text) else LineKind.RULE
    if _IMAGE.fullmatch(text):
        return LineKind.IMAGE
    if text[0] in "[<" and _LINK.fullmatch(text):
        return LineKind.MARK
    return _marked_kind(text, markers) or _plain_kind(text, words)


def _marked_kind(text: str, markers: Markers) -> LineKind | None:
    ends = {"list": LineKind.LIST_END, "comments": LineKind.COMMENTS, "box": LineKind.BOX}
    if (end := markers.ends_article(text)) is not None:
        return ends[end]
    checks: tuple[tuple[LineKind, Callable[[str], object]], ...] = (
        (LineKind.LEGAL_HEADING, markers.is_legal_heading),
        (LineKind.CONTACT_HEADING, markers.is_contact_heading),
        (LineKind.ABOUT, _ABOUT.match),
        (LineKind.DATE, is_date_line),
        (LineKind.BYLINE, lambda line: len(line) < 160 and _is_byline(line, markers)),
        (LineKind.MARK, markers.is_chrome),
        (LineKind.LEGAL, markers.is_legal),
    )
    return next((kind for kind, check in checks if check(text)), None)


def _is_byline(line: str, markers: Markers) -> bool:
    return markers.byline.match(line) is not None and not ends_sentence(line)


def _plain_kind(text: str, words: int) -> LineKind:
    if words >= COLLAPSED_WORDS and len(_STOPS.findall(text)) >= _COLLAPSED_STOPS:
        return LineKind.PROSE
    if _TRUNCATED.search(text[-8:]):
        return LineKind.TEASER
    is_listing = words >= _LISTING_WORDS and text.endswith(".")
    sentence_like = lower_share(text) >= (
        _LISTING_LOWER_SHARE if is_listing else _PROSE_LOWER_SHARE
    )
    if _BULLET.match(text):
        return LineKind.ITEM
    if words >= _PROSE_WORDS and sentence_like:
        return LineKind.PROSE
    if _CELLS.search(text) and any(char.isdigit() for char in text):
        return LineKind.TABLE
    menu = _GAP.search(text) is not None or len(_SEPARATOR.findall(text)) > 1
    if menu and not ends_sentence(text):
        return LineKind.MENU
    if words >= 3 and sentence_like and ends_sentence(text):
        return LineKind.SENTENCE
    return LineKind.SHORT


def _with_sections(lines: list[Line]) -> list[Line]:
    """Lets legal and contact headings speak for the lines below them."""
    result: list[Line] = []
    section: LineKind | None = None
    for line in lines:
        kind = line.kind
        if kind in (LineKind.LEGAL_HEADING, LineKind.CONTACT_HEADING):
            section = kind
        elif section is LineKind.LEGAL_HEADING:
            if kind in (LineKind.PROSE, LineKind.SENTENCE, LineKind.ITEM, LineKind.LEGAL):
                kind = LineKind.LEGAL
            elif kind is not LineKind.RULE:
                section = None
        elif section is LineKind.CONTACT_HEADING:
            if kind is LineKind.SHORT and (line.words <= 5 or "@" in line.text):
                kind = LineKind.CONTACT
            elif kind is not LineKind.MARK:
                section = None
        result.append(replace(line, kind=kind))
    return result
