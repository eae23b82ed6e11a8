"""The extractors there are, and which of them a claim comes from.

Each reads the same parse, names and speakers of an article and proposes claims; what holds for
claims (classes, stance, speaker, evidence) holds for those of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import InputError

__all__ = ["ALWAYS", "EXTRACTORS", "LEARNED", "LLM", "RULES", "checked_extractors", "extractor_of"]

RULES, LEARNED, LLM = "rules", "learned", "llm"

EXTRACTORS = (RULES, LEARNED, LLM)
"""All of them, in the order in which they run: a later one can lean on what was found before."""

ALWAYS = (RULES, LEARNED)
"""Those that need nothing but the domain; without anything learned there, the second is silent."""


def extractor_of(name: str) -> str:
    """The extractor that the `extractor` of a piece of evidence belongs to.

    >>> extractor_of("frames/launch"), extractor_of("learned/foundedBy"), extractor_of("llm:small")
    ('rules', 'learned', 'llm')
    """
    if name.startswith(f"{LLM}:"):
        return LLM
    return LEARNED if name.startswith(f"{LEARNED}/") else RULES


def checked_extractors(names: Iterable[str]) -> tuple[str, ...]:
    """The names in the order in which they run, each once. Raises InputError for others or none."""
    asked = frozenset(names)
    unknown = sorted(asked - set(EXTRACTORS))
    if unknown or not asked:
        what = f"no extractor named {unknown[0]!r}" if unknown else "no extractor was named"
        raise InputError(f"{what}; there are: {', '.join(EXTRACTORS)}")
    return tuple(name for name in EXTRACTORS if name in asked)
