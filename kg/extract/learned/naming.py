"""Names, values and nouns of a text as likely objects where no example shows any.

Scores are hand-set log-odds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kg.extract.learned.candidates import DATES
from kg.extract.learned.view import DocView
from kg.extract.learned.words import words

__all__ = [
    "ARTICLES",
    "LONGEST",
    "QUOTES",
    "VALUES",
    "Filler",
    "Tokens",
    "bare",
    "dates_in",
    "fillers",
    "is_name_word",
    "names",
]

Tokens = tuple[int, int]

LONGEST = 14
QUOTES = {'"': '"', "“": "”", "``": "''", "‘": "’"}
_EDGES = frozenset(",;:\"“”‘’'`-–().") | {"``", "''", "'s", "’s"}
VALUES = frozenset(["DATE", "CARDINAL", "QUANTITY", "MONEY", "PERCENT", "ORDINAL", "TIME"])
ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Filler:
    """A likely object: how it was found, and how likely it is one."""

    how: str  # "run", "name", "part", "quoted", "people", "date", "number", "kind", "noun", "word"
    score: float


def is_name_word(view: DocView, i: int) -> bool:
    """True for a word that is written as part of a name."""
    return view.words[i][:1].isupper() or view.words[i][:1].isdigit() or view.pos[i] == "PROPN"


def trimmed(view: DocView, start: int, end: int) -> Tokens:
    """The range without marks at its edges; a bracket that it opens stays closed."""
    while start < end and (view.words[start] in _EDGES or view.pos[start] == "SPACE"):
        start += 1
    while start < end and (view.words[end - 1] in _EDGES or view.pos[end - 1] == "SPACE"):
        if view.words[end - 1] == ")" and "(" in view.words[start:end]:
            break
        end -= 1
    return start, end


def bare(view: DocView, start: int, end: int) -> Tokens:
    """The range without marks at its edges and without its article."""
    start, end = trimmed(view, start, end)
    if end - start > 1 and view.lower[start] in ARTICLES:
        start += 1
    return start, end


def dates_in(view: DocView) -> list[Tokens]:
    """The dates and years of a text, each as long as it is."""
    found = (view.tokens_of(m.start(), m.end()) for m in DATES.finditer(view.text))
    return [place for place in found if place is not None]


Found = Iterator[tuple[Tokens, str, float]]  # tokens, how they were found, score


def best(found: Found) -> dict[Tokens, Filler]:
    """Every place once, with its highest score."""
    kept: dict[Tokens, Filler] = {}
    for place, how, score in found:
        if place[0] < place[1] and (place not in kept or kept[place].score < score):
            kept[place] = Filler(how, score)
    return kept


def names(view: DocView) -> dict[Tokens, Filler]:
    """Names: runs of capitalised words, what the recogniser found, and what is quoted."""
    every = chain(_written(view), _recognised(view), _quoted(view))
    spans = ((bare(view, *place), how, score) for place, how, score in every)
    return best(found for found in spans if found[0][1] - found[0][0] <= LONGEST)


def _peoples(view: DocView) -> set[Tokens]:
    places = (bare(view, *e) for e in view.entities)
    return {e for e in places if e[0] < e[1] and all(view.entity[i] == "NORP" for i in range(*e))}


def _written(view: DocView) -> Found:
    recognised = {bare(view, *e) for e in view.entities if view.entity[e[0]] not in VALUES}
    peoples = _peoples(view)
    for run in _runs(view):
        start, end = trimmed(view, *run)
        place = bare(view, start, end)
        if start < end and place not in peoples:
            yield (start, end), "run", 1.2 if place in recognised else 0.7
            yield from _parts(view, start, end)


def _recognised(view: DocView) -> Found:
    runs = [trimmed(view, *run) for run in _runs(view)]
    peoples = _peoples(view)
    for entity in view.entities:
        start, end = bare(view, *entity)
        if (start, end) in peoples:
            yield (start, end), "people", 0.4
        elif view.entity[entity[0]] not in VALUES:
            inside = any(s <= start and end <= e and (s, e) != (start, end) for s, e in runs)
            yield (start, end), "name", -0.6 if inside else 0.8


def _quoted(view: DocView) -> Found:
    for i, word in enumerate(view.words):
        if word in QUOTES:
            closing = (QUOTES[word], "''")
            inside = range(i + 1, min(len(view), i + LONGEST))
            close = next((j for j in inside if view.words[j] in closing), None)
            if close is not None:
                yield (i + 1, close), "quoted", 0.9


def _runs(view: DocView) -> Iterator[Tokens]:
    joins = words("within_names")
    for first, last in view.sentences:
        i = first
        while i < last:
            if not _begins_name(view, i, last):
                i += 1
                continue
            end = i + 1
            while end < last:
                after = end
                while after < last and after - end < 2 and view.lower[after] in joins:
                    after += 1
                number = after > end and after < last and view.words[after][:1].isdigit()
                if after >= last or not is_name_word(view, after) or number:
                    break
                end = after + 1
            if i > first or end > i + 1 or view.pos[i] == "PROPN":
                yield i, end
            i = end


def _begins_name(view: DocView, i: int, last: int) -> bool:
    if not view.words[i][:1].isdigit():
        return is_name_word(view, i)
    after = i + 1 < last and is_name_word(view, i + 1)
    return after and not view.words[i + 1][:1].isdigit()


def _parts(view: DocView, start: int, end: int) -> Found:
    """The sides of a joining word in a run: owner and owned are names, the others seldom."""
    for i in range(start + 1, end - 1):
        owns = view.words[i] in ("'s", "’s")
        if owns or view.lower[i] in words("within_names"):
            yield (start, i), "part", 0.8 if owns else -1.5
            yield (i + 1, end), "part", 0.6 if owns else -1.5
    if view.entity[start] == "NORP" and end - start > 1:
        yield (start + 1, end), "name", 0.5
        yield (start, start + 1), "people", 0.4


def fillers(view: DocView) -> dict[Tokens, Filler]:
    """Likely objects: names, dates, numbers, peoples and languages, and what nouns say."""
    return best(chain(_named(view), _values(view), _nouns(view)))


def _named(view: DocView) -> Found:
    dated = _dated(view)
    for (start, end), filler in names(view).items():
        within = all(i in dated for i in range(start, end))
        yield (start, end), filler.how, filler.score - (1.5 if within else 0.0)


def _dated(view: DocView) -> set[int]:
    return {i for place in dates_in(view) for i in range(*place)}


def _values(view: DocView) -> Found:
    dated = _dated(view)
    for start, end in dates_in(view):
        yield (start, end), "date", 0.6 if end - start > 1 else 0.2
    for i in range(len(view)):
        if i not in dated and view.words[i][:1].isdigit():
            yield (i, i + 1), "number", -0.6
        if i not in dated and view.entity[i] in ("NORP", "LANGUAGE") and view.words[i].isalpha():
            yield (i, i + 1), "people", 0.4


def _nouns(view: DocView) -> Found:
    dated = _dated(view)
    for start, end in view.chunks:
        yield from _said(view, start, end, dated)


def _said(view: DocView, start: int, end: int, dated: set[int]) -> Found:
    """Of a noun phrase its modifiers, its noun and both; what says what something is first."""
    head = view.head_of(start, end)
    if view.pos[head] != "NOUN":
        return
    while start < head and (
        view.pos[start] in ("DET", "NUM", "PUNCT", "PRON")
        or view.entity[start] in ("DATE", "NORP", "ORDINAL", "CARDINAL")
        or view.tag[start] in ("JJS", "PRP$")
        or start in dated
    ):
        start += 1
    if view.dep[head] in ("attr", "appos", "ROOT", "conj", "oprd"):
        yield (start, head), "kind", -0.2
        yield (start, head + 1), "noun", -0.4
        yield (head, head + 1), "noun", -0.6
    else:
        yield (start, head + 1), "word", -0.9
        yield (head, head + 1), "word", -1.3
