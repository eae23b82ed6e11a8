"""Headlines and captions: short lines that belong to an article without being its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model.text import Block, BlockKind
from kg.read.lines import Line, LineKind, words_of
from kg.read.markers import Markers

__all__ = ["find_headline", "is_caption", "split_headline", "vocabulary_of"]

_CANDIDATES = (LineKind.SHORT, LineKind.PROSE, LineKind.SENTENCE)
_HEADLINE_WORDS = range(2, 31)
_LONGEST_HEADLINE = 400  # code points
_HEADLINE_SCORE = 1.1  # of at most 4; a line that shares no word with the body stays below it
_FIRST_OF = 1.0  # of two such lines the first is the headline and the second its standfirst
_SAME_TITLE = 0.6  # Jaccard similarity of a line and the title in the front matter
_CAPTION_WORDS = range(2, 41)
_STOP_AT_END = re.compile(r"[.!?:;。！？][\"'”’»)\]]*$")  # a quotation can be a headline
_UNDERLINE = re.compile(r"[=_~-]{3,}$")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+\S")
_SITE_SUFFIX = re.compile(r"\s+[|]\s+(?P<site>[^|]{2,40})$")
_CONTRACTED_VERBS = ("'m", "'re", "'ve", "'ll", "'d", "n't")
_NAME = re.compile(r"[A-Z][\w.'’-]+ [A-Z][\w.'’-]+$")  # of three words and more anything will do


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """The content words of some texts: four letters or more, or with a capital; case folded."""
    return frozenset(
        word.casefold().removesuffix("’s").removesuffix("'s")
        for text in texts
        for word in words_of(text)
        if len(word) >= 4 or (word[0].isupper() and len(word) > 1)
    )


def find_headline(
    lines: list[Line], body_start: int, vocabulary: frozenset[str], title: str | None
) -> int | None:
    """Which line is the headline, or None: above the body, or its first line.

    It shares its words with the body. Of several copies the one nearest to the body counts. Where
    the front matter gives a title, only a line like it.
    """
    scores: dict[int, float] = {}
    for index in range(min(body_start + 1, len(lines))):
        line = lines[index]
        in_body = index == body_start
        if in_body and (_STOP_AT_END.search(line.text[-8:]) or len(lines) == 1):
            continue
        fits = line.words in _HEADLINE_WORDS and len(line.text) <= _LONGEST_HEADLINE
        if line.kind in _CANDIDATES and fits:
            if title is not None and _similarity(line.text, title) < _SAME_TITLE:
                continue
            scores[index] = _score(lines, index, vocabulary, len(scores))
    good = [index for index, score in scores.items() if score >= _HEADLINE_SCORE]
    if not good:
        return None
    best = max(scores.values())
    chosen = next(index for index in good if scores[index] >= best - _FIRST_OF)
    return max(index for index in scores if _is_copy(lines[index].text, lines[chosen].text))


def is_caption(text: str, markers: Markers, *, beside_image: bool = False) -> bool:
    """Whether a line describes a picture: posed people or places, no statement of news.

    Beside an image any line without a verb does, elsewhere only one with a word for posing.
    """
    if markers.caption_start.match(text):
        return True
    words = words_of(text)
    if len(words) not in _CAPTION_WORDS or _has_verb(words, markers):
        return False
    if beside_image:
        return len(words) >= 3 or _NAME.match(text) is not None
    return markers.caption_cue.search(text) is not None and not text.startswith(("“", '"'))


def _has_verb(words: list[str], markers: Markers) -> bool:
    folded = (word.casefold().replace("’", "'") for word in words)
    return any(word in markers.verbs or word.endswith(_CONTRACTED_VERBS) for word in folded)


def split_headline(line: Line, markers: Markers) -> Iterator[Block]:
    """The headline without the buttons and the site's name that are glued to it."""
    begin, end = 0, len(line.text)
    if front := markers.glued_start.match(line.text):
        begin = front.end()
    if back := markers.glued_end.search(line.text):
        end = back.start()
    elif site := _SITE_SUFFIX.search(line.text, begin):
        end = site.start()
    rest = line.text[begin:end]
    if len(words_of(rest)) < 2 or not rest.lstrip()[:1].isupper():
        begin, end = 0, len(line.text)
    for start, stop, kind in (
        (0, begin, BlockKind.CHROME),
        (begin, end, BlockKind.HEADLINE),
        (end, len(line.text), BlockKind.CHROME),
    ):
        part = line.text[start:stop]
        if content := part.strip():
            first = line.start + start + part.index(content)
            yield Block(first, first + len(content), kind)


def _score(lines: list[Line], index: int, vocabulary: frozenset[str], rank: int) -> float:
    line = lines[index]
    words = vocabulary_of([line.text])
    overlap = len(words & vocabulary) / len(words) if words else 0.0
    score = 2 * overlap + min(line.words, 8) / 8 - 0.05 * rank
    underlined = index + 1 < len(lines) and _UNDERLINE.match(lines[index + 1].text)
    if line.text.startswith("#") or underlined:
        score += 0.5
    if line.repeated:
        score += 0.5
    if line.text.endswith("."):
        score -= 0.8
    if index and lines[index - 1].kind is LineKind.IMAGE:
        score -= 0.8
    return score if overlap > 0 else 0.0


def _is_copy(text: str, title: str) -> bool:
    """Whether a line is the title, or the title without the site's name behind it."""
    text, title = text.casefold(), title.casefold()
    return text == title or (
        len(text) > len(title) / 2
        and _SITE_NAME.match(title, len(text)) is not None
        and title.startswith(text)
    )


def _similarity(left: str, right: str) -> float:
    one, other = vocabulary_of([left]), vocabulary_of([right])
    return len(one & other) / len(one | other) if one | other else 0.0
