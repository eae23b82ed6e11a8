"""Pages that lost their line ends: one line that holds menu, headline, article and links.

Such a line is cut where sentences, time stamps, datelines, credits and pagers end; the body is
the densest run of sentences among the pieces, as it is of lines on other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from kg.model.text import Block, BlockKind
from kg.read.body import best_stretch
from kg.read.dates import date_pattern
from kg.read.lines import Line, count_words, ends_sentence, lower_share, words_of
from kg.read.markers import Markers, load_markers
from kg.read.titles import is_caption, vocabulary_of

__all__ = ["split_line"]

_COLLAPSED_WORDS = 120  # no paragraph of an article that was seen is longer without being whole
_LONGEST_SENTENCE = 120  # words; a list of titles has no full stop for longer than that
_SENTENCE_WORDS = 3
_HEADLINE_WORDS = range(4, 31)
_HEADLINE_OVERLAP = 0.5
_MARK_COST = -10.0
_LONGEST_COST = -80.0
_NAVIGATION_WORDS = 4
_PAGER = r"(?:[【\[]\d{1,3}[】\]]\s*){2,}"
_CREDIT = r"[(\[]\s*[^()\[\]]{2,120}[)\]]"
_ARROW = r"&gt;&gt;|>>|»|&raquo;"
_DATELINE = (
    r"(?<![\w.])[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w.]{1,20}(?: [A-Z]\w+)?){0,2},? "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,? ?(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s*(?:--|–|—)"
)
_DATELINE_START = re.compile(_DATELINE)
_STOP = re.compile(r"([\w.&]*)[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?\w)")


class _Role(Enum):
    SENTENCE = auto()
    DATELINE = auto()
    CREDIT = auto()
    MARK = auto()  # pager, arrow, time stamp, notice
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters [start, end) of the line."""

    start: int
    end: int
    text: str
    role: _Role


def split_line(line: Line, vocabulary: frozenset[str], markers: Markers) -> list[Block]:
    """The blocks of one body line: one, or more where a whole page stands in the line."""
    whole = [Block(line.start, line.end, BlockKind.BODY)]
    if line.words < _COLLAPSED_WORDS:
        return _split_dateline(line)
    pieces = _pieces(line.text, markers)
    if not any(piece.role in (_Role.MARK, _Role.OTHER) for piece in pieces):
        return _split_dateline(line)
    run = best_stretch([_gain(piece) for piece in pieces])
    if run is None:
        return whole
    kinds = _kinds(pieces, run.first, run.last, vocabulary, markers)
    return list(_merged(line, pieces, kinds))


def _split_dateline(line: Line) -> list[Block]:
    match = _DATELINE_START.match(line.text)
    if match is None or match.end() == len(line.text):
        return [Block(line.start, line.end, BlockKind.BODY)]
    rest = line.start + match.end()
    rest += len(line.text[match.end() :]) - len(line.text[match.end() :].lstrip())
    return [
        Block(line.start, line.start + match.end(), BlockKind.BODY),
        Block(rest, line.end, BlockKind.BODY),
    ]


@cache
def _cuts() -> re.Pattern[str]:
    """What is a piece by itself, wherever it stands."""
    stamp = rf"(?P<stamp>{_without_names(date_pattern().pattern)})"
    return re.compile(
        rf"(?P<pager>{_PAGER})|(?P<arrow>{_ARROW})|(?P<dateline>{_DATELINE})"
        rf"|(?P<credit>{_CREDIT})|{stamp}|(?P<inline>{load_markers().inline.pattern})"
    )


def _without_names(pattern: str) -> str:
    # no group is read here; the back reference becomes what it refers to
    pattern = pattern.replace("(?P=sep)", "[/.]")
    return "(?i:" + re.sub(r"\(\?P<\w+>", "(?:", pattern) + ")"


def _pieces(text: str, markers: Markers) -> list[_Piece]:
    pieces: list[_Piece] = []
    position = 0
    for match in _cuts().finditer(text):
        name = match.lastgroup
        before = text[position : match.start()]
        # a credit or a button follows a finished sentence or another piece, never half of one
        free = not before.strip() or ends_sentence(before.rstrip())
        if name == "credit" and not (free or _is_stamp_next(text, match.end())):
            continue
        if name == "inline" and not free and not _is_list(before):
            continue
        if name == "stamp" and not re.search(r"\d{1,2}:\d{2}|day\b", match[0], re.I):
            continue
        pieces += _sentences(text, position, match.start(), markers)
        if name == "inline":  # it begins a piece, it is none
            position = match.start()
            continue
        role = {"dateline": _Role.DATELINE, "credit": _Role.CREDIT}.get(str(name), _Role.MARK)
        pieces.append(_Piece(match.start(), match.end(), match[0], role))
        position = match.end()
    pieces += _sentences(text, position, len(text), markers)
    return [piece for piece in pieces if piece.text.strip()]


def _is_stamp_next(text: str, position: int) -> bool:
    following = date_pattern().search(text, position, position + 60)
    return following is not None and not text[position : following.start()].strip()


def _is_list(text: str) -> bool:
    tail = text[-300:]
    return lower_share(tail) < 0.5 or not re.search(r"[.!?]", tail)


def _sentences(text: str, start: int, stop: int, markers: Markers) -> Iterator[_Piece]:
    first = start
    for match in _STOP.finditer(text, start, stop):
        word = match[1].rstrip(".").casefold()
        if word in markers.abbreviations or (len(word) == 1 and text[match.start(1)].isupper()):
            continue
        if text[match.end()].islower():
            continue
        yield _sentence(text, first, match.end(), markers)
        first = match.end()
    if first < stop:
        yield _sentence(text, first, stop, markers)


def _sentence(text: str, start: int, end: int, markers: Markers) -> _Piece:
    content = text[start:end].strip()
    role = _Role.OTHER
    if markers.inline.match(content) or markers.is_chrome(content):
        role = _Role.MARK
    elif (
        _SENTENCE_WORDS <= count_words(content) <= _LONGEST_SENTENCE
        and ends_sentence(content)
        and lower_share(content) >= 0.4
    ):
        role = _Role.SENTENCE
    return _Piece(start, end, text[start:end], role)


def _gain(piece: _Piece) -> float:
    words = float(count_words(piece.text))
    if piece.role is _Role.SENTENCE:
        return words
    if piece.role is _Role.OTHER:
        return max(-2 * words, _LONGEST_COST)
    return _MARK_COST if piece.role is _Role.MARK else 0.0


def _kinds(
    pieces: list[_Piece], first: int, last: int, vocabulary: frozenset[str], markers: Markers
) -> list[BlockKind]:
    kinds = [BlockKind.CHROME] * len(pieces)
    body = (_Role.SENTENCE, _Role.DATELINE, _Role.OTHER)
    for index in range(first, last + 1):
        piece = pieces[index]
        remark = piece.role is _Role.CREDIT and not markers.is_credit(piece.text)
        if remark or piece.role in body:
            kinds[index] = BlockKind.BODY
    if first > 0 and pieces[first - 1].role is _Role.DATELINE:
        kinds[first - 1] = BlockKind.BODY
    opening = next((n for n in range(first, last) if kinds[n] is BlockKind.BODY), first)
    if pieces[opening].role is _Role.SENTENCE and opening + 1 < len(pieces):
        pictured = pieces[opening + 1].role is _Role.CREDIT
        if pictured or is_caption(pieces[opening].text.strip(), markers):
            kinds[opening] = BlockKind.CAPTION
            if pictured:
                kinds[opening + 1] = BlockKind.CHROME
    if (headline := _headline(pieces[:first], vocabulary, markers)) is not None:
        kinds[headline] = BlockKind.HEADLINE
    return kinds


def _headline(head: list[_Piece], vocabulary: frozenset[str], markers: Markers) -> int | None:
    """The last piece above the body that speaks of what the body does."""
    for index in reversed(range(len(head))):
        words = words_of(head[index].text)
        content = vocabulary_of([head[index].text])
        if head[index].role not in (_Role.OTHER, _Role.SENTENCE) or not content:
            continue
        menu = sum(word.casefold() in markers.navigation for word in words)
        alike = len(content & vocabulary) >= _HEADLINE_OVERLAP * len(content)
        if alike and len(words) in _HEADLINE_WORDS and menu < _NAVIGATION_WORDS:
            return index
    return None


def _merged(line: Line, pieces: list[_Piece], kinds: list[BlockKind]) -> Iterator[Block]:
    """One block for neighbours of one kind; a dateline stays apart from the sentence behind it."""
    previous: Block | None = None
    apart = False
    for piece, kind in zip(pieces, kinds, strict=True):
        content = piece.text.strip()
        start = line.start + piece.start + piece.text.index(content)
        block = Block(start, start + len(content), kind)
        dateline = piece.role is _Role.DATELINE
        if previous and previous.kind is kind and not (apart or dateline):
            previous = replace(previous, end=block.end)
        else:
            if previous:
                yield previous
            previous = block
        apart = dateline
    if previous:
        yield previous
