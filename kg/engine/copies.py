"""Copies among the articles, found as `kg.resolve.copies` finds them, by blocks.

Which shingles several texts have is counted by ranges of shingles. Few texts have so few of their
own that they can be copies at all; those ask who holds their rarest ones, and only texts that may
be copies of one another come together in a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.engine.components import components
from kg.engine.flow import Data, Flow
from kg.resolve.copies import COPIED, LEAST_WORDS, Text, originals, text_of
from kg.state.reading import Reading

if TYPE_CHECKING:
    import numpy as np

__all__ = ["find_copies"]

_TOGETHER = 512  # texts whose shingles are sent in one piece for each range
_MORE = 5  # so manieth part of its shingles a text asks for beyond those that it must

Outputs: TypeAlias = Iterator[tuple[str, Any]]
_Dated: TypeAlias = tuple[tuple[bool, str], Text]


def find_copies(flow: Flow, readings: Data, ranges: int) -> Data:
    """(name of a copy, name of its original), for all articles; the same as `near_copies` gives.

    `ranges` is how many parts shingles are counted in.
    """
    texts = flow.mapped(_texts, readings)["text"]
    different = flow.grouped(_same_words, texts)
    marked = different["marked"]
    pieces = flow.mapped(partial(_in_ranges, ranges=ranges), marked)["piece"]
    shared = flow.grouped(_shared, pieces)["shared"]
    asking = flow.grouped(partial(_asking, ranges=ranges), marked, shared)["asking"]
    holders = flow.grouped(_holders, pieces, asking)["holders"]
    edges = flow.grouped(_likely, holders)["edge"]
    block_of = components(flow, edges)
    blocks = flow.grouped(_in_blocks, marked, block_of)["text"]
    copies = flow.grouped(_originals, blocks)["copy"]
    followed = flow.grouped(_followed, different["same"], copies)["copy"]
    return flow.joined(copies, followed)


def _texts(readings: Iterator[tuple[str, Reading]]) -> Outputs:
    for _, reading in readings:
        article = reading.article
        text = text_of(article)
        if text is not None:
            date = (article.published is None, article.published or "")
            yield "text", (text.key.hex(), (date, text))


def _same_words(_: str, values: Sequence[list[_Dated]]) -> Outputs:
    """The first of the texts with just these words stands for all."""
    first, *others = sorted(values[0], key=lambda dated: (dated[0], dated[1].name))
    for _date, text in others:
        yield "same", (first[1].name, text.name)
    if first[1].words >= LEAST_WORDS:
        yield "marked", (_mark(first[1].name), first)


def _mark(name: str) -> str:
    """Sixteen digits that stand for a text."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Shingles of one range, and which text each is of, as arrays of 64 bits."""

    shingles: bytes
    marks: bytes


def _in_ranges(marked: Iterator[tuple[str, _Dated]], *, ranges: int) -> Outputs:
    import numpy as np

    shingles: list[np.ndarray] = []
    marks: list[np.ndarray] = []
    for digits, (_, text) in marked:
        shingles.append(text.shingles)
        marks.append(np.full(len(text.shingles), int(digits, 16), "<u8"))
        if len(shingles) == _TOGETHER:
            yield from _pieces(np.concatenate(shingles), np.concatenate(marks), ranges)
            shingles, marks = [], []
    if shingles:
        yield from _pieces(np.concatenate(shingles), np.concatenate(marks), ranges)


def _pieces(shingles: np.ndarray, marks: np.ndarray, ranges: int) -> Outputs:
    for number in range(ranges):
        mine = _range_of(shingles, ranges) == number
        if mine.any():
            yield "piece", (str(number), _Piece(shingles[mine].tobytes(), marks[mine].tobytes()))


def _range_of(shingles: np.ndarray, ranges: int) -> np.ndarray:
    return (shingles >> 32) % ranges


def _together(pieces: list[_Piece]) -> tuple[np.ndarray, np.ndarray]:
    """Shingles, sorted, and the marks of their texts."""
    import numpy as np

    shingles = np.frombuffer(b"".join(piece.shingles for piece in pieces), "<u8")
    marks = np.frombuffer(b"".join(piece.marks for piece in pieces), "<u8")
    order = np.lexsort((marks, shingles))
    return shingles[order], marks[order]


def _shared(_: str, values: Sequence[list[_Piece]]) -> Outputs:
    """For each text, its shingles that other texts have, and how many have them."""
    import numpy as np

    shingles, marks = _together(values[0])
    place, count = np.unique(shingles, return_inverse=True, return_counts=True)[1:]
    spread = count[place]
    several = spread > 1
    shingles, marks, spread = shingles[several], marks[several], spread[several]
    for text, those in _by_mark(marks):
        yield "shared", (f"{text:016x}", (shingles[those].tobytes(), spread[those].tobytes()))


def _by_mark(marks: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each mark with its places."""
    import numpy as np

    if not len(marks):
        return
    order = np.argsort(marks, kind="stable")
    found, starts = np.unique(marks[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)


def _asking(mark: str, values: Sequence[list[Any]], *, ranges: int) -> Outputs:
    """The rarest shingles of a text that may be a copy, by range, and how many one must hold.

    Whoever holds COPIED of them holds one of the `least` rarest; so many more are asked for that
    who holds too few of those is no original either.
    """
    import numpy as np

    if not values[0]:
        return
    size = len(values[0][0][1].shingles)
    shingles = np.frombuffer(b"".join(part for part, _ in values[1]), "<u8")
    spread = np.frombuffer(b"".join(part for _, part in values[1]), "<i8")
    own = size - len(shingles)
    least = int(size * (1 - COPIED)) + 1
    if own >= least:
        return
    more = size // _MORE
    rarest = shingles[np.lexsort((shingles, spread))][: least + more - own]
    for number in range(ranges):
        mine = rarest[_range_of(rarest, ranges) == number]
        if len(mine):
            yield "asking", (str(number), (mark, more + 1, mine.tobytes()))


def _holders(_: str, values: Sequence[list[Any]]) -> Outputs:
    import numpy as np

    pieces, asking = values
    if not asking:
        return
    shingles, marks = _together(pieces)
    for mark, least, wanted in asking:
        those = np.frombuffer(wanted, "<u8")
        starts = np.searchsorted(shingles, those, "left")
        ends = np.searchsorted(shingles, those, "right")
        found = [marks[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        yield "holders", (mark, (least, np.concatenate(found).tobytes()))


def _likely(mark: str, values: Sequence[list[tuple[int, bytes]]]) -> Outputs:
    """The text and those that hold enough of what it asked for."""
    import numpy as np

    least = values[0][0][0]
    found, count = np.unique(
        np.frombuffer(b"".join(part for _, part in values[0]), "<u8"), return_counts=True
    )
    for other in found[count >= least].tolist():
        if f"{other:016x}" != mark:
            yield "edge", (mark, f"{other:016x}")


def _in_blocks(_: str, values: Sequence[list[Any]]) -> Outputs:
    for block in values[1]:
        yield "text", (block, values[0][0])


def _originals(_: str, values: Sequence[list[_Dated]]) -> Outputs:
    ordered = sorted(values[0], key=lambda dated: (dated[0], -dated[1].words, dated[1].name))
    for copy, original in originals([text for _, text in ordered]).items():
        yield "copy", (copy, original)


def _followed(known: str, values: Sequence[list[str]]) -> Outputs:
    """Texts of the same words are copies of what the first of them is, or a copy of."""
    original = values[1][0] if values[1] else known
    for copy in values[0]:
        yield "copy", (copy, original)
