"""Slogans: a noun for one, and the words in quotation marks beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Reading
from kg.extract.participants import subjects
from kg.extract.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Slogan", "find_slogans"]

_OWNERS = ("Organization", "Person", "Event", "Offering")
_OPEN = frozenset("‘“'\"") | {"``"}
_CLOSE = frozenset("’”'\"") | {"''"}
_BETWEEN = frozenset({",", ":", "–", "—", "-", "is", "was", "reads", "of", "called"})
_REACH = 3  # tokens between the noun and the quotation
_LONGEST = 14  # tokens; what is longer is speech


@dataclass(frozen=True, slots=True)
class Slogan:
    """Whose slogan it is, its words, and the tokens that show it: noun, first and last word."""

    owner: Draft
    text: str
    tokens: tuple[Token, Token, Token]


def find_slogans(sentence: Span, reading: Reading, reference: Reference) -> Iterator[Slogan]:
    """The slogans of a sentence, in text order.

    The owner is who has the noun: its possessor, or where it has none the nearest possessor before
    it, else the subject of its clause. Whose it is must be said.
    """
    for noun in sentence:
        if noun.lower_ not in reading.lexicon.slogan_nouns:
            continue
        quoted = _behind(noun) or _before(noun)
        owner = _owner(noun, reading, reference) if quoted is not None else None
        if quoted is None or owner is None:
            continue
        start, end = quoted
        text = " ".join(noun.doc[start:end].text.split()).rstrip(",.")
        yield Slogan(owner, text, (noun, noun.doc[start], noun.doc[end - 1]))


def _behind(noun: Token) -> tuple[int, int] | None:
    """Tokens [start, end) in the quotation marks behind "slogan", "slogan is" or "slogan:"."""
    doc = noun.doc
    for i in range(noun.i + 1, min(noun.i + 1 + _REACH, len(doc))):
        if doc[i].text in _OPEN:
            last = min(i + 1 + _LONGEST, len(doc))
            end = next((j for j in range(i + 2, last) if doc[j].text in _CLOSE), None)
            return (i + 1, end) if end is not None else None
        if doc[i].lower_ not in _BETWEEN:
            return None
    return None


def _before(noun: Token) -> tuple[int, int] | None:
    """Tokens [start, end) in the quotation marks right before "slogan"."""
    doc = noun.doc
    if noun.i < 3 or doc[noun.i - 1].text not in _CLOSE:
        return None
    first = max(noun.i - 2 - _LONGEST, -1)
    start = next((j for j in range(noun.i - 3, first, -1) if doc[j].text in _OPEN), None)
    return (start + 1, noun.i - 1) if start is not None else None


def _owner(noun: Token, reading: Reading, reference: Reference) -> Draft | None:
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return _known(owners, reading, reference)
    owners = [t for t in reversed(list(noun.sent)) if t.dep_ == "poss" and t.i < noun.i]
    for verb in noun.ancestors:
        if verb.pos_ in ("VERB", "AUX"):
            owners += subjects(verb, reading.lexicon)
    return _known(owners, reading, reference)


def _known(owners: Iterable[Token], reading: Reading, reference: Reference) -> Draft | None:
    for token in owners:
        draft = reference.resolve(token, _OWNERS)
        if draft is not None and draft.named and reading.is_a(draft, _OWNERS):
            return draft
    return None
