"""Stretches of a text that may be the subject or the object of a learned relation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from kg.extract.learned.view import DocView
from kg.extract.learned.words import words

__all__ = ["DATES", "Candidate", "candidates", "learned_type", "with_place", "with_type"]

MAX_TOKENS = 14
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATES = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}})\b"
)
_OPENING, _CLOSING = frozenset("\"“‘'`([") | {"``"}, frozenset("\"”’')]") | {"''"}
_ENDS = frozenset([",", ";", "'s", "’s"])
_SIGNS = frozenset("-−$£€")
_BREAKS = frozenset(["(", ",", "-", "–", ":", "'s", "’s"])

Found = Iterator[tuple[int, int, str]]  # tokens [start, end) and the way it was found


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Tokens [start, end) and the ways in which they were found, sorted.

    Where the text has no known name at all, "none-known" comes last.
    """

    start: int
    end: int
    sources: tuple[str, ...]


_TYPE = "is "


def with_type(candidate: Candidate, type_: str) -> Candidate:
    """The candidate, its learned type being told as one more way in which it was found."""
    return replace(candidate, sources=(*candidate.sources, _TYPE + type_))


def with_place(candidate: Candidate, ahead: int, over: int) -> Candidate:
    """The candidate, with how many likelier ones of a text stand elsewhere, and how many over it.

    Which of "Air Force" and "the Air Force Academy" is meant shows by the other.
    """
    place = (f"ahead {min(ahead, 4)}", f"over {min(over, 2)}")
    return replace(candidate, sources=(*place, *candidate.sources))


def learned_type(candidate: Candidate) -> str:
    """The type of `with_type`; "" for a candidate without one."""
    last = candidate.sources[-1]
    return last.removeprefix(_TYPE) if last.startswith(_TYPE) else ""


def candidates(
    view: DocView, names: Mapping[str, tuple[str, ...]] | None = None
) -> list[Candidate]:
    """All candidates of a text, in text order; `names` are known ones by first folded word."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    ways = (_entities, _chunks, _runs, _enclosed, _openings, _literals, _words)
    every = chain(*(way(view) for way in ways), _known(view, names or {}))
    for start, end, source in every:
        span = _trimmed(view, start, end)
        if 0 < span[1] - span[0] <= MAX_TOKENS:
            found[span].add(source)
    # a text of names that nobody has seen is judged by other weights
    strange = () if any("known" in sources for sources in found.values()) else ("none-known",)
    return [Candidate(*span, (*sorted(found[span]), *strange)) for span in sorted(found)]


def _trimmed(view: DocView, start: int, end: int) -> tuple[int, int]:
    while start < end and (view.pos[start] == "SPACE" or view.words[start] in ",;"):
        start += 1
    while start < end and (view.pos[end - 1] == "SPACE" or view.words[end - 1] in _ENDS):
        end -= 1
    return start, end


def _known(view: DocView, names: Mapping[str, tuple[str, ...]]) -> Found:
    for word in sorted(view.places_of_word.keys() & names.keys()):
        for name in names[word]:
            for start, end in view.find(name):
                yield start, end, "known"


def _words(view: DocView) -> Found:
    pronouns = words("pronouns")
    for i, word in enumerate(view.lower):
        if word in pronouns and view.pos[i] in ("PRON", "DET", "SCONJ"):
            yield i, i + 1, "pronoun"
        elif view.pos[i] in ("NOUN", "ADJ", "PROPN"):
            yield i, i + 1, "word"


def _entities(view: DocView) -> Found:
    for start, end in view.entities:
        yield start, end, "entity"
        if view.lower[start] in ("the", "a", "an"):
            yield start + 1, end, "entity-bare"
        if end < len(view) and view.pos[end] in ("NOUN", "PROPN"):
            yield start, end + 1, "entity+"


def _chunks(view: DocView) -> Found:
    """Noun chunks, their parts, and two with a preposition between them."""
    starting = dict(view.chunks)
    for start, end in view.chunks:
        yield start, end, "chunk"
        for cut in range(start + 1, min(end, start + 7)):
            yield cut, end, "chunk-bare" if cut == start + 1 else "chunk-tail"
        first = start + (view.pos[start] in ("DET", "PRON"))
        for cut in range(max(start + 1, end - 3), end):
            yield start, cut, "chunk-front"
            yield first, cut, "chunk-front"
        for cut in range(start + 1, min(end - 1, start + MAX_TOKENS)):
            for stop in range(cut + 1, min(end, cut + 4)):
                yield cut, stop, "chunk-inner"
        if end < len(view) and view.pos[end] == "ADP" and end + 1 in starting:
            yield start, starting[end + 1], "chunk-of"
            if view.pos[start] == "DET":
                yield start + 1, starting[end + 1], "chunk-of"


def _is_name(view: DocView, i: int) -> bool:
    word = view.words[i]
    return word[:1].isupper() or view.pos[i] == "PROPN" or word[:1].isdigit()


def _runs(view: DocView) -> Found:
    """Runs of capitalised words, small joining words inside them, and their parts."""
    for first, last in view.sentences:
        i = first
        while i < last:
            if not _is_name(view, i):
                i += 1
                continue
            ends = _run_ends(view, i, last)
            yield from _parts_of_run(view, i, ends)
            if ends[-1] < last and view.words[ends[-1]] in ("!", "?", "."):
                yield i, ends[-1] + 1, "run!"
            i = ends[-1]


def _run_ends(view: DocView, start: int, last: int) -> list[int]:
    """The ends of a run after each of its names."""
    joining = words("joining")
    ends = [start + 1]
    i = start + 1
    while i < last and i - start < MAX_TOKENS:
        if _is_name(view, i):
            ends.append(i + 1)
            i += 1
            continue
        after = i
        while after < last and after - i < 2 and view.lower[after] in joining:
            after += 1
        if after == i or after >= last or not _is_name(view, after):
            break
        i = after
    return ends


def _parts_of_run(view: DocView, start: int, ends: list[int]) -> Found:
    last = ends[-1]
    stops = [e for e in ends if e == last or not _is_name(view, e) or e - start <= 3]
    for end in stops:
        yield start, end, "run" if end == last else "run-part"
    for cut in range(start + 1, last):
        if not _is_name(view, cut):
            continue
        if not _is_name(view, cut - 1):
            yield from ((cut, end, "run-part") for end in stops if end > cut)
        elif cut - start <= 3:
            yield cut, last, "run-tail"


def _enclosed(view: DocView) -> Found:
    """What stands in quotation marks or parentheses, and a name with a parenthesis after it."""
    before: dict[int, list[int]] = defaultdict(list)
    for start, end in (*view.chunks, *view.entities):
        before[end].append(start)
    for i, word in enumerate(view.words):
        if word not in _OPENING:
            continue
        inside = range(i + 1, min(i + MAX_TOKENS + 1, len(view)))
        close = next((j for j in inside if view.words[j] in _CLOSING), None)
        if close is None:
            continue
        yield i + 1, close, "enclosed"
        if word in "([":
            for start in before[i]:
                yield start, close + 1, "with-parenthesis"


def _openings(view: DocView) -> Found:
    """What a sentence begins with, up to a verb, a comma or a parenthesis: often its topic."""
    for first, last in view.sentences:
        for i in range(first + 1, min(last, first + MAX_TOKENS)):
            verb = view.pos[i] in ("VERB", "AUX")
            if verb or view.words[i] in _BREAKS:
                yield first, i, "opening"
                if view.pos[first] == "DET":
                    yield first + 1, i, "opening-bare"
            if view.pos[i] == "AUX" and i - first > 1:
                break


def _literals(view: DocView) -> Found:
    """Dates, years and numbers."""
    for match in DATES.finditer(view.text):
        place = view.tokens_of(match.start(), match.end())
        if place is not None:
            yield *place, "date"
    for i, word in enumerate(view.words):
        if any(c.isdigit() for c in word):
            yield i, i + 1, "number"
            if i + 1 < len(view):
                yield i, i + 2, "number+"
            if i and view.words[i - 1] in _SIGNS:
                yield i - 1, i + 1, "number-"
        elif view.pos[i] == "NUM":
            yield i, i + 1, "numeral"
