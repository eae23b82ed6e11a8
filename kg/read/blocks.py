"""What each part of a plain-text page is, told by features of the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.text import Block, BlockKind
from kg.read.body import Run, find_runs
from kg.read.front import FrontMatter
from kg.read.inline import split_line
from kg.read.lines import Line, LineKind, ends_sentence, read_lines
from kg.read.markers import Markers
from kg.read.titles import find_headline, is_caption, split_headline, vocabulary_of

__all__ = ["mark_blocks"]

_PARAGRAPHS = (LineKind.PROSE, LineKind.SENTENCE)
_CONTENT = (*_PARAGRAPHS, LineKind.ITEM, LineKind.TABLE)
_UNMARKED = (*_CONTENT, LineKind.SHORT, LineKind.MENU, LineKind.TEASER, LineKind.ABOUT)
_STOPS = (LineKind.LIST_END, LineKind.COMMENTS)
_LONGEST_SUBHEAD = 14  # words
_SUBHEADS_IN_A_ROW = 2  # more short lines between paragraphs are a box of links
_LONGEST_LIST = 50  # lines
_CAPTION_WORDS = 30  # of a line that ends with the credit of a picture
_STANDFIRST_WORDS = 7
_STANDFIRST_REACH = 6  # lines below the headline
_STANDFIRST_OVERLAP = 0.3  # share of its content words that the body has too
_CREDIT_AT_END = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]{3,200})[)\]]\s*$")


def mark_blocks(text: str, front: FrontMatter, markers: Markers) -> tuple[Block, ...]:
    """Blocks over every character of `text` but white space, in text order."""
    lines = read_lines(text, front.end, markers)
    kinds = _LineKinds(lines, markers, front.title)
    blocks = [*front.blocks(text, with_title=BlockKind.HEADLINE not in kinds.kinds)]
    for line, kind in zip(lines, kinds.kinds, strict=True):
        blocks.extend(_parts(line, kind, markers))
    return tuple(blocks)


class _LineKinds:
    """Decides the kind of every line; the steps of `__init__` stand in the order they need."""

    def __init__(self, lines: list[Line], markers: Markers, title: str | None) -> None:
        self._lines = lines
        self._markers = markers
        self.kinds = [BlockKind.CHROME] * len(lines)
        runs = find_runs(lines)
        self._vocabulary = vocabulary_of(
            line.text for run in runs for line in lines[run.first : run.last + 1]
        )
        if not runs:
            self._keep_all()
            return
        for run in runs:
            self._mark_run(run)
        self._mark_head(runs[0].first, title)
        self._mark_about(runs[-1].last + 1)

    def _keep_all(self) -> None:
        """Without a paragraph nothing tells text from chrome but words."""
        for index, line in enumerate(self._lines):
            if line.kind in _UNMARKED:
                self.kinds[index] = BlockKind.BODY

    def _mark_run(self, run: Run) -> None:
        lines = self._lines
        for index in range(run.first, run.last + 1):
            kind = lines[index].kind
            if self._is_caption_inside(index):
                self.kinds[index] = BlockKind.CAPTION
            elif self._is_text(index):
                self.kinds[index] = BlockKind.BODY
            elif kind is LineKind.ABOUT:
                self.kinds[index] = BlockKind.SUBHEAD
        for group in self._short_groups(run):
            if len(group) <= _SUBHEADS_IN_A_ROW:
                for index in group:
                    self.kinds[index] = self._short_kind(index)
        above = run.first - 1
        opens_list = lines[run.first].kind is LineKind.ITEM
        headings = (LineKind.ABOUT, LineKind.SHORT) if opens_list else (LineKind.ABOUT,)
        if above >= 0 and lines[above].kind in headings:
            self.kinds[above] = BlockKind.SUBHEAD

    def _is_caption_inside(self, index: int) -> bool:
        line = self._lines[index]
        if line.kind not in (*_PARAGRAPHS, LineKind.SHORT):
            return False
        credit = _CREDIT_AT_END.search(line.text[-250:])
        if credit and line.words <= _CAPTION_WORDS and self._markers.is_credit(credit["inner"]):
            return True
        if self._markers.caption_start.match(line.text):
            return True
        below_image = index > 0 and self._lines[index - 1].kind is LineKind.IMAGE
        return below_image and is_caption(line.text, self._markers, beside_image=True)

    def _is_text(self, index: int) -> bool:
        kind = self._lines[index].kind
        if kind is LineKind.TEASER:
            return self._between_paragraphs(index)
        return kind in _CONTENT and not self._is_tag(index)

    def _is_tag(self, index: int) -> bool:
        """A list of one or two words an entry that no colon announces is a list of links."""
        line = self._lines[index]
        if line.kind is not LineKind.ITEM or line.words > 3:
            return False
        for above in reversed(self._lines[max(index - _LONGEST_LIST, 0) : index]):
            if above.kind is not LineKind.ITEM:
                return not above.text.endswith(":")
            if above.words > 3:
                return False
        return True

    def _between_paragraphs(self, index: int) -> bool:
        around = self._lines[max(index - 1, 0) : index + 2]
        return len(around) == 3 and all(line.kind in _PARAGRAPHS for line in around[::2])

    def _short_groups(self, run: Run) -> Iterator[list[int]]:
        group: list[int] = []
        for index in range(run.first, run.last + 1):
            kind = self._lines[index].kind
            if kind in (LineKind.SHORT, LineKind.MENU):
                group.append(index)
            elif kind in _UNMARKED:
                if group:
                    yield group
                group = []
        if group:
            yield group

    def _short_kind(self, index: int) -> BlockKind:
        line = self._lines[index]
        if self.kinds[index] is BlockKind.CAPTION:
            return BlockKind.CAPTION
        # what comes back on the page is a button or a tag
        if line.kind is LineKind.MENU or line.repeated:
            return BlockKind.CHROME
        return BlockKind.SUBHEAD if line.words <= _LONGEST_SUBHEAD else BlockKind.BODY

    def _mark_head(self, body_start: int, title: str | None) -> None:
        """Headline, standfirst and captions: above the body, or its first lines."""
        head = find_headline(self._lines, body_start, self._vocabulary, title)
        if head is not None:
            self.kinds[head] = BlockKind.HEADLINE
        standfirst = False
        for index in range(0 if head is None else head + 1, body_start):
            line = self._lines[index]
            near_image = self._is_beside_image(index)
            names = line.repeated and vocabulary_of([line.text]) <= self._vocabulary
            if line.kind not in (*_PARAGRAPHS, LineKind.SHORT):
                continue
            if is_caption(line.text, self._markers, beside_image=near_image or names):
                self.kinds[index] = BlockKind.CAPTION
            elif head is not None and index - head <= _STANDFIRST_REACH and not standfirst:
                standfirst = self._is_standfirst(line)
                if standfirst:
                    self.kinds[index] = BlockKind.STANDFIRST
        self._mark_head_of_run(head, body_start)

    def _mark_head_of_run(self, head: int | None, body_start: int) -> None:
        if head is None or head > body_start:
            return
        for index in range(max(head + 1, body_start), len(self._lines)):
            line = self._lines[index]
            if self.kinds[index] is not BlockKind.BODY:
                continue
            if index + 1 < len(self._lines) and is_caption(line.text, self._markers):
                self.kinds[index] = BlockKind.CAPTION
                continue
            if line.kind is LineKind.PROSE and not ends_sentence(line.text):
                self.kinds[index] = BlockKind.STANDFIRST
            return

    def _is_beside_image(self, index: int) -> bool:
        around = self._lines[max(index - 1, 0) : index + 2]
        return any(line.kind is LineKind.IMAGE for line in around)

    def _is_standfirst(self, line: Line) -> bool:
        words = vocabulary_of([line.text])
        if line.words < _STANDFIRST_WORDS or not words:
            return False
        return len(words & self._vocabulary) >= _STANDFIRST_OVERLAP * len(words)

    def _mark_about(self, first: int) -> None:
        """The paragraph on a company at the foot of its press release is text, not chrome."""
        open_section = False
        for index in range(first, len(self._lines)):
            kind = self._lines[index].kind
            if kind in _STOPS:
                return
            if kind is LineKind.ABOUT:
                below = self._lines[index + 1 : index + 2]
                open_section = bool(below) and below[0].kind in _PARAGRAPHS
                if open_section:
                    self.kinds[index] = BlockKind.SUBHEAD
            elif open_section and kind in _PARAGRAPHS:
                self.kinds[index] = BlockKind.BODY
            else:
                open_section = False


def _parts(line: Line, kind: BlockKind, markers: Markers) -> Iterator[Block]:
    """The blocks of one line: mostly one."""
    if kind is BlockKind.HEADLINE:
        yield from split_headline(line, markers)
        return
    if kind is not BlockKind.BODY:
        yield Block(line.start, line.end, kind)
        return
    for block in split_line(line, markers):
        content = line.text[block.start - line.start : block.end - line.start]
        credit = _CREDIT_AT_END.search(content[-250:])
        cut = block.end - len(credit[0]) if credit else block.end
        if credit is None or cut <= block.start or not markers.is_credit(credit["inner"]):
            yield block
            continue
        yield Block(block.start, cut, block.kind)
        gap = len(credit[0]) - len(credit[0].lstrip())
        yield Block(cut + gap, block.end, BlockKind.CHROME)
