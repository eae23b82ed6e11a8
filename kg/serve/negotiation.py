"""Which media type a client wants, of those there are.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

__all__ = ["choose"]


@lru_cache(maxsize=256)  # clients say the same each time
def choose(accept: str | None, types: tuple[str, ...]) -> str | None:
    """The offered type that the Accept header likes best, the first of equals; None: none of them.

    No header, or an empty one, takes everything. A part of the header that is broken is ignored.
    """
    if accept is None or not accept.strip():
        return types[0] if types else None
    ranges = [found for part in accept.split(",") if (found := _range(part)) is not None]
    scored = [(_quality(type_, ranges), -index, type_) for index, type_ in enumerate(types)]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _range(part: str) -> tuple[str, float] | None:
    """A media range and its quality."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    if name.count("/") != 1:
        return None
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
    # NaN is not between anything.
    return (name.lower(), quality) if 0 <= quality <= 1 else None


def _quality(type_: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The quality of the most specific range that holds the type; 0 where none does."""
    group = type_.split("/")[0]
    order = {type_: 3, f"{group}/*": 2, "*/*": 1}
    fitting = [(order[name], quality) for name, quality in ranges if name in order]
    return max(fitting, default=(0, 0.0))[1]
