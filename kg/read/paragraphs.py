"""Lines of printed pages to paragraphs: where one ends is told by distance, indent and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.read.lines import ends_sentence, words_of
from kg.read.markers import load_markers

__all__ = ["PdfLine", "find_title", "join_lines", "running_lines"]

_EDGE = 0.12  # share of a page's height where headers and footers stand
_EDGE_LINES = 4  # from the top and from the bottom of the page
_PITCH = 1.3  # times the usual distance between lines; more is the gap between paragraphs
_SAME_SIZE = 0.08  # relative difference of type sizes that is none
_INDENT = 0.7  # type sizes; more to the right is a first line
_FULL_LINE = 0.7  # of the width that a quarter of the lines exceed
_TITLE_SIZE = 1.15  # times that of the body
_TITLE_WORDS = range(2, 31)
_TITLE_REACH = 3_000  # code points of text in which a stated title must occur
_BULLET = re.compile(r"(?:[•▪◦‣·●■–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_HYPHEN = re.compile(r"(?P<head>[^\W\d_][\w-]*)(?P<hyphen>[-\u2010\u00ad])$")
_TAIL = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line as it is printed: x and y of its start in points, y upwards; type size in points.

    `place` is its height on the page, 0 at the bottom and 1 at the top.
    """

    text: str
    x: float
    y: float
    size: float
    page: int
    place: float

    def with_more(self, text: str) -> PdfLine:
        """The line with another piece at its end."""
        return replace(self, text=self.text + text)

    def stripped(self) -> PdfLine:
        """The line with single spaces and none around it."""
        return replace(self, text=" ".join(self.text.split()))


def running_lines(pages: Sequence[Sequence[PdfLine]]) -> frozenset[PdfLine]:
    """Headers, footers and page numbers: outermost at the edge, alike on most pages.

    Digits count as alike, another type size does not: a headline may come back as a header. On a
    single page only a page number is one.
    """
    filled = sum(bool(page) for page in pages)
    needed = max(2, (filled + 1) // 2)
    found: set[PdfLine] = set()
    for from_top in (True, False):
        edges = [_edge(page, from_top=from_top) for page in pages]
        while True:  # from outside inwards: what stands behind a line of the article is no header
            outer = [edge[0] for edge in edges if edge]
            alike = Counter(_key(line) for line in outer)
            running = {
                line for line in outer if _is_page_number(line.text) or alike[_key(line)] >= needed
            }
            if not running:
                break
            found |= running
            edges = [edge[1:] if edge and edge[0] in running else edge for edge in edges]
    return frozenset(found)


def find_title(
    pages: Sequence[Sequence[PdfLine]], running: frozenset[PdfLine], stated: str | None
) -> str | None:
    """The title that the file states if its text has it, else the largest lines of page one."""
    lines = [line for page in pages for line in page if line not in running]
    text = " ".join(line.text for line in lines)[:_TITLE_REACH]
    if stated and len(words_of(stated)) > 1 and stated.casefold() in text.casefold():
        return stated
    first = [line for line in lines if line.page == 0]
    if not first:
        return None
    largest = max(line.size for line in first)
    if largest < _TITLE_SIZE * _body_size(lines):
        return None
    start = next(n for n, line in enumerate(first) if _alike(line.size, largest))
    end = start
    while end < len(first) and _alike(first[end].size, largest):
        end += 1
    title = " ".join(line.text for line in first[start:end])
    return title if len(words_of(title)) in _TITLE_WORDS else None


def join_lines(pages: Iterable[Sequence[PdfLine]]) -> list[str]:
    """The paragraphs in reading order, each one line; those that pages part are joined."""
    lines = [line for page in pages for line in page]
    pitch = _pitches(lines)
    widths = sorted(len(line.text) * line.size for line in lines)
    width = widths[3 * len(widths) // 4] if lines else 0.0
    groups: list[list[str]] = []
    for before, line in _with_previous(lines):
        if before is not None and _goes_on(before, line, pitch, width):
            groups[-1].append(line.text)
        else:
            groups.append([line.text])
    words = Counter(word for group in groups for part in group for word in _words(part))
    return [_joined(group, words) for group in groups]


def _edge(page: Sequence[PdfLine], *, from_top: bool) -> list[PdfLine]:
    """The lines at one edge of a page, the outermost first."""
    order = sorted(page, key=lambda line: line.y, reverse=from_top)[:_EDGE_LINES]
    return [x for x in order if (x.place > 1 - _EDGE if from_top else x.place < _EDGE)]


def _key(line: PdfLine) -> tuple[str, float]:
    return re.sub(r"\d+", "0", line.text.casefold()), line.size


def _is_page_number(text: str) -> bool:
    return (
        re.fullmatch(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", text, re.I) is not None
    )


def _body_size(lines: Sequence[PdfLine]) -> float:
    """The type size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sorted(sizes), key=lambda size: sizes[size])


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def _pitches(lines: Sequence[PdfLine]) -> dict[float, float]:
    """The usual distance between lines, for each type size."""
    gaps: dict[float, list[float]] = {}
    for upper, lower in pairwise(lines):
        gap = upper.y - lower.y
        if upper.page == lower.page and upper.size == lower.size and 0 < gap < 4 * upper.size:
            gaps.setdefault(upper.size, []).append(gap)
    return {size: median(found) for size, found in gaps.items()}


def _with_previous(lines: Sequence[PdfLine]) -> Iterator[tuple[PdfLine | None, PdfLine]]:
    before = None
    for line in lines:
        yield before, line
        before = line


def _goes_on(before: PdfLine, line: PdfLine, pitch: dict[float, float], width: float) -> bool:
    """Whether a line continues the paragraph of the line before."""
    if not _alike(before.size, line.size) or _BULLET.match(line.text):
        return False
    gap = before.y - line.y
    first = line.text.partition(" ")[0]
    taken = (len(before.text) + 1 + len(first)) * line.size
    if taken < _FULL_LINE * width and not first[0].islower():
        return False  # the next word had room: the line was ended on purpose
    if before.page != line.page or gap <= 0:  # the next page or column: only the words tell
        return not ends_sentence(before.text)
    if gap > _PITCH * pitch.get(before.size, 1.2 * before.size):
        return False
    indented = line.x > before.x + _INDENT * line.size
    return not (indented and ends_sentence(before.text))


def _words(text: str) -> Iterator[str]:
    for match in re.finditer(r"[^\W\d_][\w-]*[^\W_]", text):
        yield match[0].casefold()


def _joined(parts: list[str], words: Counter[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        hyphen, tail = _HYPHEN.search(text), _TAIL.match(part)
        if hyphen is None or tail is None:
            text = f"{text} {part}"
        elif _keeps_hyphen(hyphen["head"], tail[0], hyphen["hyphen"], words):
            text = text[: hyphen.start("hyphen")] + "-" + part
        else:
            text = text[: hyphen.start("hyphen")] + part
    return text


def _keeps_hyphen(head: str, tail: str, hyphen: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line belongs to the word.

    The rest of the text knows the word, or else capitals, a hyphen before, or a first part that
    compounds begin with tell.
    """
    if hyphen == "\u00ad":
        return False
    whole, compound = (head + tail).casefold(), f"{head}-{tail}".casefold()
    if words[whole] != words[compound]:
        return words[compound] > words[whole]
    return tail[0].isupper() or "-" in head or head.casefold() in load_markers().compound_starts
