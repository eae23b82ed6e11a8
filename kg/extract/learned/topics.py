"""What a text is about: likely subjects where no example shows any, with hand-set log-odds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.learned.naming import (
    ARTICLES,
    LONGEST,
    QUOTES,
    VALUES,
    Tokens,
    bare,
    dates_in,
    is_name_word,
    names,
)
from kg.extract.learned.view import DocView
from kg.extract.learned.words import words

__all__ = ["topics"]

UNDEFINED = -4.2  # "the song", "it": what they mean stands elsewhere
NAMELESS = -1.2  # for other names of a text that begins so
_IDLE = frozenset(["DET", "PRON", "ADP", "AUX", "CCONJ", "PUNCT", "ADV", "SCONJ", "SPACE"])
_JOINING = frozenset(["ADP", "DET", "CCONJ", "PRON", "PART", "SCONJ"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_PLACES = frozenset(["FAC", "GPE", "LOC", "ORG"])  # they are often told with where they are
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])


def topics(view: DocView) -> dict[Tokens, float]:
    """Likely subjects: what sentences begin with, names that are subjects, and owners."""
    found: dict[Tokens, float] = {}
    for start, end, score in _every(view):
        place = bare(view, start, end)
        said = any(view.pos[i] not in _IDLE for i in range(*place))
        if said and place[1] - place[0] <= LONGEST and found.get(place, -9.0) < score:
            found[place] = score
    return found


def _every(view: DocView) -> Iterator[tuple[int, int, float]]:
    named = False
    for number, (first, last) in enumerate(view.sentences):
        for start, end, score, is_name in _openings(view, first, last):
            yield start, end, score + (3.0 if number == 0 else 2.0)
            named = named or is_name
    for start, end in names(view):
        score = _as_subject(view, view.head_of(start, end))
        yield start, end, score if named else score + NAMELESS


def _as_subject(view: DocView, head: int) -> float:
    dep = view.dep[head]
    if dep in _SUBJECTS or dep == "poss":
        return 1.2
    if view.entity[head] in VALUES or view.entity[head] == "NORP":
        return -2.0
    if dep == "pobj":
        up = view.head[view.head[head]]
        return 0.4 if view.lower[view.head[head]] == "of" and view.dep[up] == "attr" else -0.5
    return -0.3


def _openings(view: DocView, first: int, last: int) -> Iterator[tuple[int, int, float, bool]]:
    """What a sentence begins with, after a phrase of time or place: [start, end), score, a name."""
    start = _after_introduction(view, first, last)
    if start >= last:
        return
    if view.words[start] in QUOTES:
        closing = QUOTES[view.words[start]]
        inside = range(start + 1, min(last, start + LONGEST))
        end = next((i for i in inside if view.words[i] in (closing, "''")), start + 1)
        yield start + 1, end, 0.2, True
        return
    end = _end_of_opening(view, start, last)
    inside = range(start, end)
    capitals = sum(
        is_name_word(view, i) for i in inside if i > first or view.pos[i] in ("PROPN", "X")
    )
    lower = [
        i
        for i in inside
        if view.words[i][:1].islower() and view.lower[i] not in words("within_names")
    ]
    small = 0 if _is_title(view, start, end, last, lower) else len(lower)
    if not capitals and (view.lower[start] in (*ARTICLES, *words("pronouns")) or small > 1):
        yield start, end, -1.4 if _is_defined(view, start, end, last) else UNDEFINED, False
        return
    joins = words("within_names")
    name = _named_last(view, start, end)
    if name is not None:
        yield name, end, 0.0, True
    yield start, end, -0.5 * small - (name is not None), capitals > 0
    if lower:
        front = next((i for i in inside if i > start and not _in_name(view, i, joins)), end)
        places = (e for e in view.entities if view.entity[e[0]] in _PLACES)
        known = bare(view, start, front) in {bare(view, *e) for e in places}
        yield start, front, -0.3 if known else -0.9, False
        yield _last_name(view, start, end), end, -0.9, False


def _is_title(view: DocView, start: int, end: int, last: int, small: Sequence[int]) -> bool:
    """True for "Bread and the Mill is", not for "Anna and Olga are" or "Lima in Peru is"."""
    if not small or end >= last or not is_name_word(view, start) or not is_name_word(view, end - 1):
        return False
    if any(view.pos[i] not in _JOINING for i in small) or view.entity[end - 1] in _PLACES:
        return False
    return view.words[end] == "(" or view.tag[end] == "VBZ" or view.lower[end] == "was"


def _last_name(view: DocView, start: int, end: int) -> int:
    """The place of the name that a phrase ends with: "Ecuador" of "the capital of Ecuador"."""
    joins = words("within_names")
    first = end
    while first > start and _in_name(view, first - 1, joins):
        first -= 1
    while first < end and view.lower[first] in joins:
        first += 1
    return first


def _named_last(view: DocView, start: int, end: int) -> int | None:
    """Where the name begins in "The jazz singer Olga Marn"."""
    first = _last_name(view, start, end)
    said = first > start and first < end and view.pos[first - 1] == "NOUN"
    return first if said and view.words[first - 1].islower() else None


def _in_name(view: DocView, i: int, joins: tuple[str, ...]) -> bool:
    return is_name_word(view, i) or view.lower[i] in joins


def _after_introduction(view: DocView, first: int, last: int) -> int:
    start = first
    while start < last and view.pos[start] == "SPACE":
        start += 1
    if start >= last or not (
        view.pos[start] in ("ADP", "SCONJ", "ADV") or view.tag[start] in ("VBN", "VBG")
    ):
        return start
    for i in range(start + 1, min(last - 1, start + LONGEST)):
        opens = is_name_word(view, i + 1) or view.words[i + 1] in QUOTES
        if view.words[i] == "," and (opens or view.lower[i + 1] in ARTICLES):
            return i + 1
    subject = next((i for i in range(start, last) if view.dep[i] in _SUBJECTS), start)
    while subject > start and view.dep[subject - 1] in ("compound", "det", "amod", "poss"):
        subject -= 1
    return next((e for s, e in dates_in(view) if s in (subject, subject + 1) and e < last), subject)


def _end_of_opening(view: DocView, start: int, last: int) -> int:
    """The place of the finite verb, of a mark, or of the "'s" behind an owner."""
    end = start
    while end < last and end - start <= LONGEST:
        word = view.words[end]
        small = word[:1].islower()
        glued = end + 1 < last and view.starts[end + 1] == view.ends[end]
        if word in ("(", ",", ";") or (word in ("-", "–", "—") and not glued):
            break
        if small and (view.pos[end] == "AUX" or view.tag[end] in _FINITE):
            break
        if word in ("'s", "’s") and end + 1 < last and view.words[end + 1][:1].islower():
            break
        if word in ("who", "which", "that"):
            break
        end += 1
    while end > start + 1 and view.pos[end - 1] == "ADV" and view.words[end - 1].islower():
        end -= 1
    return end


def _is_defined(view: DocView, start: int, end: int, last: int) -> bool:
    """True for "The black mudfish is a fish", "The black mudfish (…)"."""
    if end - start < 3 or end >= last:
        return False
    verb = view.head[view.head_of(start, end)]
    said = any(view.dep[i] == "attr" and view.head[i] == verb for i in range(end, last))
    return said or view.words[end] == "("
