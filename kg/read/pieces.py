"""The pieces of a line that holds a whole page: sentences, time stamps, credits, pagers, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from kg.read.dates import date_pattern
from kg.read.lines import count_words, ends_sentence, lower_share
from kg.read.markers import Markers, load_markers

__all__ = ["DATELINE", "LONGEST_SENTENCE", "WORD", "Piece", "Role", "cut_pieces"]

LONGEST_SENTENCE = 120
"""Words; a list of titles has no full stop for longer than that."""

WORD = re.compile(r"[^\W_][\w.'’-]*")

_SENTENCE_WORDS = 3
_TITLE_WORDS = range(4, 31)
_LONGEST_HEAD = 20_000  # code points; a title that is repeated is repeated before the article
_PAGER = r"(?:[【\[]\d{1,3}[】\]]\s*){2,}"
_CREDIT = r"[(\[]\s*[^()\[\]]{2,120}[)\]]"
_ARROW = r"&gt;&gt;|>>|»|&raquo;"
_DATELINE = (
    r"(?<![\w.])[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w.]{1,20}(?: [A-Z]\w+)?){0,2},? "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,? ?(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s*"
    r"(?:--|–|—|(?<=\) )-(?=\s))"
)
DATELINE = re.compile(_DATELINE)
"""Place, day and agency that stand before the first sentence of an agency report."""

# bounded: a page in a script without spaces is one endless word
_STOP = re.compile(r"([\w.&]{0,20})[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?\w)")


class Role(Enum):
    """What a piece is by itself."""

    TITLE = auto()  # the words that the page begins with
    SENTENCE = auto()
    DATELINE = auto()
    CREDIT = auto()
    MARK = auto()  # pager, arrow, time stamp, notice
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the line."""

    start: int
    end: int
    text: str
    role: Role


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


def cut_pieces(text: str, markers: Markers) -> list[Piece]:
    """The pieces of one line, in order; they cover all of it but white space."""
    pieces: list[Piece] = []
    position = 0
    for start, end in _titles(text):
        pieces += _cut(text, position, start, markers)
        pieces.append(Piece(start, end, text[start:end], Role.TITLE))
        position = end
    pieces += _cut(text, position, len(text), markers)
    return [piece for piece in pieces if piece.text.strip()]


def _titles(text: str) -> list[tuple[int, int]]:
    """Where the words that the page begins with come back: its title, and its headline."""
    head = text[:_LONGEST_HEAD]
    words = [
        match for match, _ in zip(WORD.finditer(head), range(_TITLE_WORDS[-1] + 1), strict=False)
    ]
    for count in range(len(words) - 1, _TITLE_WORDS[0] - 1, -1):
        title = head[words[0].start() : words[count - 1].end()]
        pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
        places = [
            (match.start(), _with_closing(head, match.end())) for match in pattern.finditer(head)
        ]
        if len(places) > 1:
            return places
    return []


def _with_closing(text: str, end: int) -> int:
    while text[end : end + 1] and text[end] in "?!”’\"')":
        end += 1
    return end


def _cut(text: str, start: int, stop: int, markers: Markers) -> list[Piece]:
    pieces: list[Piece] = []
    position = start
    for match in _cuts().finditer(text, start, stop):
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
        role = {"dateline": Role.DATELINE, "credit": Role.CREDIT}.get(str(name), Role.MARK)
        pieces.append(Piece(match.start(), match.end(), match[0], role))
        position = match.end()
    pieces += _sentences(text, position, stop, markers)
    return pieces


def _is_stamp_next(text: str, position: int) -> bool:
    following = date_pattern().search(text, position, position + 60)
    return following is not None and not text[position : following.start()].strip()


def _is_list(text: str) -> bool:
    tail = text[-300:]
    return lower_share(tail) < 0.5 or not re.search(r"[.!?]", tail)


def _sentences(text: str, start: int, stop: int, markers: Markers) -> Iterator[Piece]:
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


def _sentence(text: str, start: int, end: int, markers: Markers) -> Piece:
    content = text[start:end].strip()
    role = Role.OTHER
    if markers.inline.match(content) or markers.is_chrome(content):
        role = Role.MARK
    elif (
        _SENTENCE_WORDS <= count_words(content) <= LONGEST_SENTENCE
        and ends_sentence(content)
        and lower_share(content) >= 0.4
    ):
        role = Role.SENTENCE
    return Piece(start, end, text[start:end], role)
