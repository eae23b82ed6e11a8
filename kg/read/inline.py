"""Pages that lost their line ends: one line that holds menu, headline, article and links.

Such a line is cut where sentences, time stamps, datelines, credits and pagers end; the body is
the densest run of sentences among the pieces, as it is of lines on other pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model.text import Block, BlockKind
from kg.read.body import best_stretch
from kg.read.lines import COLLAPSED_WORDS, Line, count_words, ends_sentence, words_of
from kg.read.markers import Markers
from kg.read.pieces import DATELINE, LONGEST_SENTENCE, WORD, Piece, Role, cut_pieces
from kg.read.titles import is_caption, vocabulary_of

__all__ = ["split_line"]

_HEADLINE_WORDS = range(4, 21)
_HEADLINE_OVERLAP = 0.6  # share of its content words that the body has too
_TITLE_OVERLAP = 0.4
_LONGEST_COST = -80.0
_LEAD_WORDS = 6  # more small words than capitalised ones, at the least
_SUBJECT_WORDS = 4
_MARK_COST = -10.0


def split_line(line: Line, markers: Markers) -> list[Block]:
    """The blocks of one body line: one, or more where a whole page stands in the line."""
    whole = [Block(line.start, line.end, BlockKind.BODY)]
    if line.words < COLLAPSED_WORDS:
        return _split_dateline(line)
    pieces = cut_pieces(line.text, markers)
    if not any(_is_foreign(piece) for piece in pieces):
        return _split_dateline(line)
    run = best_stretch([_gain(piece) for piece in pieces])
    if run is None:
        return whole
    pieces, first, last = _with_lead(pieces, run.first, run.last, markers)
    kinds = _kinds(pieces, first, last, markers)
    return list(_merged(line, pieces, kinds))


def _split_dateline(line: Line) -> list[Block]:
    match = DATELINE.match(line.text)
    if match is None or match.end() == len(line.text):
        return [Block(line.start, line.end, BlockKind.BODY)]
    rest = line.start + match.end()
    rest += len(line.text[match.end() :]) - len(line.text[match.end() :].lstrip())
    return [
        Block(line.start, line.start + match.end(), BlockKind.BODY),
        Block(rest, line.end, BlockKind.BODY),
    ]


def _is_foreign(piece: Piece) -> bool:
    """Whether a paragraph would not have such a piece; a sentence full of names it may have."""
    if piece.role is Role.OTHER:
        return not ends_sentence(piece.text.rstrip()) or count_words(piece.text) > LONGEST_SENTENCE
    return piece.role is Role.MARK


def _gain(piece: Piece) -> float:
    words = float(count_words(piece.text))
    if piece.role is Role.SENTENCE:
        return words
    if piece.role is Role.OTHER:
        return max(-2 * words, _LONGEST_COST)
    return _MARK_COST if piece.role is Role.MARK else 0.0


def _with_lead(
    pieces: list[Piece], first: int, last: int, markers: Markers
) -> tuple[list[Piece], int, int]:
    """Cuts the first sentence of the body off the menu that runs into it."""
    if first == 0 or pieces[first - 1].role is not Role.OTHER:
        return pieces, first, last
    menu = pieces[first - 1]
    cut = _lead_start(menu.text, markers) if ends_sentence(menu.text.rstrip()) else None
    if not cut:
        return pieces, first, last
    parts = [
        Piece(menu.start, menu.start + cut, menu.text[:cut], Role.OTHER),
        Piece(menu.start + cut, menu.end, menu.text[cut:], Role.SENTENCE),
    ]
    return [*pieces[: first - 1], *parts, *pieces[first:]], first, last + 1


def _lead_start(text: str, markers: Markers) -> int | None:
    """Where the sentence at the end of a menu begins: before its stretch of small letters.

    Its subject, up to four capitalised words that no menu has, belongs to it.
    """
    words = list(WORD.finditer(text))[-LONGEST_SENTENCE:]
    best, total, start = 0, 0, None
    for index in reversed(range(len(words))):
        total += -1 if words[index][0][0].isupper() else 1
        if total > best:
            best, start = total, index
    if start is None or best < _LEAD_WORDS:
        return None
    for _ in range(_SUBJECT_WORDS):
        before = words[start - 1][0] if start else ""
        gap = text[words[start - 1].end() : words[start].start()] if start else ""
        if not before[:1].isupper() or before.casefold() in markers.navigation or gap != " ":
            break
        start -= 1
    return words[start].start()


def _kinds(pieces: list[Piece], first: int, last: int, markers: Markers) -> list[BlockKind]:
    kinds = [BlockKind.CHROME] * len(pieces)
    body = (Role.SENTENCE, Role.DATELINE, Role.OTHER, Role.TITLE)
    for index in range(first, last + 1):
        piece = pieces[index]
        remark = piece.role is Role.CREDIT and not markers.is_credit(piece.text)
        if remark or piece.role in body:
            kinds[index] = BlockKind.BODY
    if first > 0 and pieces[first - 1].role is Role.DATELINE:
        kinds[first - 1] = BlockKind.BODY
    opening = next((n for n in range(first, last) if kinds[n] is BlockKind.BODY), first)
    if pieces[opening].role is Role.SENTENCE and opening + 1 < len(pieces):
        pictured = pieces[opening + 1].role is Role.CREDIT
        if pictured or is_caption(pieces[opening].text.strip(), markers):
            kinds[opening] = BlockKind.CAPTION
            if pictured:
                kinds[opening + 1] = BlockKind.CHROME
    if (headline := _headline(pieces, first, last, markers)) is not None:
        kinds[headline] = BlockKind.HEADLINE
    return kinds


def _headline(pieces: list[Piece], first: int, last: int, markers: Markers) -> int | None:
    """The last title above the body, or the piece right above it that is no sentence.

    It speaks of what the body does.
    """
    vocabulary = vocabulary_of(piece.text for piece in pieces[first : last + 1])
    near = True
    for index in reversed(range(first)):
        piece = pieces[index]
        alike = _overlap(piece.text, vocabulary)
        if piece.role is Role.TITLE and alike >= _TITLE_OVERLAP:
            return index
        if near and piece.role is Role.OTHER and alike >= _HEADLINE_OVERLAP:
            words = words_of(piece.text)
            menu = sum(word.casefold() in markers.navigation for word in words)
            if (
                len(words) in _HEADLINE_WORDS
                and menu < 2
                and not ends_sentence(piece.text.rstrip())
            ):
                return index
        near = near and piece.role in (Role.MARK, Role.CREDIT, Role.DATELINE)
    return None


def _overlap(text: str, vocabulary: frozenset[str]) -> float:
    words = vocabulary_of([text])
    return len(words & vocabulary) / len(words) if words else 0.0


def _merged(line: Line, pieces: list[Piece], kinds: list[BlockKind]) -> Iterator[Block]:
    """One block for neighbours of one kind; a dateline stays apart from the sentence behind it."""
    previous: Block | None = None
    apart = False
    for piece, kind in zip(pieces, kinds, strict=True):
        content = piece.text.strip()
        start = line.start + piece.start + piece.text.index(content)
        block = Block(start, start + len(content), kind)
        dateline = piece.role is Role.DATELINE
        if previous and previous.kind is kind and not (apart or dateline):
            previous = replace(previous, end=block.end)
        else:
            if previous:
                yield previous
            previous = block
        apart = dateline
    if previous:
        yield previous
