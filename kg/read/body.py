"""Where on a page the article's paragraphs are.

Body paragraphs come in runs; chrome is one long line at most, fenced by titles, bullets and names.
So each line gains or costs words, and the body is the stretch with the largest sum (Bentley,
"Programming Pearls: algorithm design techniques", CACM 27(9), 1984), between headings that are
known to end an article.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.read.lines import Line, LineKind, ends_sentence

__all__ = ["Run", "best_stretch", "find_runs"]

_FREE = 0.0
_SHORT_COST = -8.0  # half of the shortest paragraph: one subhead between two never parts them
_REPEATED_SHORT_COST = -16.0  # a second short line in a row speaks for a list of titles
_TEASER_COST = -30.0  # the articles measured have none
_COSTS = {
    LineKind.TEASER: _TEASER_COST,
    LineKind.MENU: _REPEATED_SHORT_COST,
    LineKind.ABOUT: -4.0,
    LineKind.CONTACT: _SHORT_COST,
}
_TITLES = (LineKind.SHORT, LineKind.MENU, LineKind.TEASER)
_PARAGRAPHS = (LineKind.PROSE, LineKind.SENTENCE)
_ENDS = (LineKind.LIST_END, LineKind.COMMENTS, LineKind.BOX)
_LONG_ITEM_WORDS = 8
_RESUMING_PARAGRAPHS = 3  # a run that long never occurred in chrome
_LONGEST_BOX = 6  # lines of a box inside an article


@dataclass(frozen=True, slots=True)
class Run:
    """Lines [first, last], and the words they gained."""

    first: int
    last: int
    gain: float


@dataclass(frozen=True, slots=True)
class _Section:
    """Lines [first, stop) between two headings that end an article."""

    first: int
    stop: int
    opened_by: LineKind | None


def find_runs(lines: list[Line]) -> list[Run]:
    """The stretches of lines that hold the body, in text order; none where nothing is prose.

    More than one where a box of related stories stands in the article.
    """
    gains = _gains(lines)
    sections = _sections(lines)
    runs = [_best_run(gains, section) for section in sections]
    found = [index for index, run in enumerate(runs) if run is not None]
    if not found:
        return []
    main = max(found, key=lambda index: (_gain(runs[index]), -index))
    first = last = main
    while first > 0 and _resumes(lines, sections[first], runs[first], runs[first - 1]):
        first -= 1
    while last + 1 < len(runs) and _resumes(
        lines, sections[last + 1], runs[last + 1], runs[last + 1]
    ):
        last += 1
    return [_extended(lines, run) for run in runs[first : last + 1] if run is not None]


def best_stretch(gains: list[float]) -> Run | None:
    """The stretch with the largest sum, the first of equals; None where no gain is positive."""
    best: Run | None = None
    start, total = 0, 0.0
    for index, gain in enumerate(gains):
        if total <= 0:
            start, total = index, 0.0
        total += gain
        if gain > 0 and total > 0 and (best is None or total > best.gain):
            best = Run(start, index, total)
    return best


def _gain(run: Run | None) -> float:
    return run.gain if run else 0.0


def _gains(lines: list[Line]) -> list[float]:
    gains: list[float] = []
    after_title = False
    for line in lines:
        gains.append(_line_gain(line, after_title))
        if line.kind in _TITLES or line.kind in _PARAGRAPHS or line.kind is LineKind.ITEM:
            after_title = line.kind in _TITLES
    return gains


def _line_gain(line: Line, after_title: bool) -> float:
    if line.kind in _PARAGRAPHS:
        return float(line.words)
    if line.kind is LineKind.ITEM:
        if line.words >= _LONG_ITEM_WORDS or (line.words >= 4 and ends_sentence(line.text)):
            return float(line.words)
        return _FREE if line.words >= 4 else _SHORT_COST
    if line.kind is LineKind.SHORT:
        return _REPEATED_SHORT_COST if after_title or line.repeated else _SHORT_COST
    return _COSTS.get(line.kind, _FREE)


def _sections(lines: list[Line]) -> list[_Section]:
    sections: list[_Section] = []
    first, opened_by = 0, None
    for index, line in enumerate(lines):
        if line.kind in _ENDS:
            sections.append(_Section(first, index, opened_by))
            first, opened_by = index + 1, line.kind
    sections.append(_Section(first, len(lines), opened_by))
    return sections


def _best_run(gains: list[float], section: _Section) -> Run | None:
    run = best_stretch(gains[section.first : section.stop])
    return run and Run(run.first + section.first, run.last + section.first, run.gain)


def _resumes(lines: list[Line], section: _Section, run: Run | None, other: Run | None) -> bool:
    """Whether the section goes on with the article that `other` is a part of or `run` begins."""
    if section.opened_by is not LineKind.BOX or run is None or other is None:
        return False
    if run.first - section.first > _LONGEST_BOX:
        return False
    return all(_longest_streak(lines, part) >= _RESUMING_PARAGRAPHS for part in (run, other))


def _longest_streak(lines: list[Line], run: Run) -> int:
    longest = streak = 0
    for line in lines[run.first : run.last + 1]:
        streak = streak + 1 if line.kind in _PARAGRAPHS else 0
        longest = max(longest, streak)
    return longest


def _extended(lines: list[Line], run: Run) -> Run:
    """Takes in a list or table that the last line of a run announces with a colon."""
    last = run.last
    if lines[last].text.endswith(":"):
        while last + 1 < len(lines) and lines[last + 1].kind in (LineKind.ITEM, LineKind.TABLE):
            last += 1
    elif lines[last].kind is LineKind.ITEM:
        while last + 1 < len(lines) and lines[last + 1].kind is LineKind.ITEM:
            last += 1
    return Run(run.first, last, run.gain)
