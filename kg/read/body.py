"""Where on a page the article's paragraphs are.

Body paragraphs come in runs; chrome is one long line at most, fenced by titles, bullets and names.
So each line gains or costs words, and the body is the stretch with the largest sum (Bentley,
"Programming Pearls: algorithm design techniques", CACM 27(9), 1984), between headings that are
known to end an article.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.read.lines import Line, LineKind, ends_sentence, lower_share
from kg.read.titles import vocabulary_of

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
_FINAL = (LineKind.LIST_END, LineKind.COMMENTS)
_ENDS = (*_FINAL, LineKind.BOX)
_FEWEST_TEASERS = 2
_TEASER_OVERLAP = 0.3  # share of content words that the text above has too
_FIRST_OF = 0.5  # the first run with half the words of the longest: chrome follows articles
_LONG_ITEM_WORDS = 8
_RESUMING_PARAGRAPHS = 3  # a run that long never occurred in chrome
_LONGEST_BOX = 10  # lines


@dataclass(frozen=True, slots=True)
class Run:
    """Lines [first, last], and the words they gained."""

    first: int
    last: int
    gain: float


def find_runs(lines: list[Line]) -> list[Run]:
    """The stretches of lines that hold the body, in text order; none where nothing is prose.

    More than one where a box of related stories stands in the article.
    """
    gains = _gains(lines)
    runs = [_best_run(gains, first, stop) for first, stop in _sections(lines)]
    found = [run for run in runs if run is not None]
    if not found:
        return []
    best = max(run.gain for run in found)
    main = next(n for n, run in enumerate(found) if run.gain >= _FIRST_OF * best)
    first = last = main
    while first > 0 and _goes_on(lines, found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _goes_on(lines, found[last], found[last + 1]):
        last += 1
    return [_extended(lines, _without_teasers(lines, run)) for run in found[first : last + 1]]


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


def _sections(lines: list[Line]) -> list[tuple[int, int]]:
    ends = [index for index, line in enumerate(lines) if line.kind in _ENDS]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(lines)], strict=True))


def _best_run(gains: list[float], first: int, stop: int) -> Run | None:
    run = best_stretch(gains[first:stop])
    return run and Run(run.first + first, run.last + first, run.gain)


def _goes_on(lines: list[Line], upper: Run, lower: Run) -> bool:
    """Whether only a box of links or a form stands between two runs of one article."""
    between = lines[upper.last + 1 : lower.first]
    if len(between) > _LONGEST_BOX or any(line.kind in _FINAL for line in between):
        return False
    return all(_longest_streak(lines, run) >= _RESUMING_PARAGRAPHS for run in (upper, lower))


def _longest_streak(lines: list[Line], run: Run) -> int:
    longest = streak = 0
    for line in lines[run.first : run.last + 1]:
        streak = streak + 1 if line.kind in _PARAGRAPHS else 0
        longest = max(longest, streak)
    return longest


def _without_teasers(lines: list[Line], run: Run) -> Run:
    """Cuts off what stands at the end in the form title, paragraph, title, paragraph.

    The titles have capitals throughout, and titles and paragraphs speak of other things.
    """
    cut = run.last + 1
    while cut - 2 > run.first and (
        lines[cut - 1].kind in _PARAGRAPHS and _is_capitalised_title(lines[cut - 2])
    ):
        cut -= 2
    if run.last + 1 - cut < 2 * _FEWEST_TEASERS:
        return run
    body = vocabulary_of(line.text for line in lines[run.first : cut])
    for index in range(cut, run.last, 2):
        words = vocabulary_of(line.text for line in lines[index : index + 2])
        if len(words & body) > _TEASER_OVERLAP * len(words):
            return run
    return Run(run.first, cut - 1, run.gain)


def _is_capitalised_title(line: Line) -> bool:
    return line.kind is LineKind.SHORT and line.words >= 3 and lower_share(line.text) < 0.3


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
