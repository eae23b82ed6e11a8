"""Where in a text the words of a model stand, exactly or but for white space, quotes and case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["find_words"]

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": ".",
        "\u00ad": "",
        "\u200b": "",
    }
)


def find_words(
    words: str, text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Characters [start, end) of `text` that are these whole words; as written first, then alike.

    Only within [start, end). "art" is not found in "party".
    """
    end = len(text) if end is None else end
    exact = words.strip()
    if not exact:
        return
    seen: set[tuple[int, int]] = set()
    at = text.find(exact, start, end)
    while at >= 0:
        place = (at, at + len(exact))
        if _is_whole(text, *place):
            seen.add(place)
            yield place
        at = text.find(exact, at + 1, end)
    for place in _alike(exact, text, start, end):
        if place not in seen and _is_whole(text, *place):
            yield place


def _alike(words: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    wanted, _ = _folded(words)
    folded, places = _folded(text[start:end])
    if not wanted:
        return
    for match in re.finditer(f"(?={re.escape(wanted)})", folded):
        first, last = places[match.start()], places[match.start() + len(wanted) - 1]
        yield start + first, start + last + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without what typing varies in, and the place that each character comes from."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                places.append(place)
            continue
        for one in unicodedata.normalize("NFKC", character.translate(_ALIKE)).casefold():
            out.append(one)
            places.append(place)
    if out and out[-1] == " ":
        out.pop()
        places.pop()
    return "".join(out), places


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word runs on over either bound."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)
