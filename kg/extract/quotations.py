"""What stands in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.model.text import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.read.annotate import AnnotatedArticle

__all__ = ["MIN_WORDS", "Quoted", "begins_sentence", "quoted_paragraphs", "quoted_stretches"]

MIN_WORDS = 4  # below this, quotation marks name or distance; they do not report

_OPEN = frozenset({"“", "``"})
_CLOSE = frozenset({"”"})
_EITHER = frozenset({'"', "''"})  # typewriters and old wire copy
_MARKS = _OPEN | _CLOSE | _EITHER
_LEADS = ("(", "[", "—", "–", "-")


class Quoted(NamedTuple):
    """Tokens [start, end) between two marks; [first, last) with the marks that are there."""

    start: int
    end: int
    first: int
    last: int
    closed: bool

    def words(self, doc: Doc) -> int:
        """How many of the tokens are words."""
        return sum(t.is_alpha for t in doc[self.start : self.end])

    def holds(self, i: int) -> bool:
        """True for a token between the marks."""
        return self.start <= i < self.end


def quoted_paragraphs(annotated: AnnotatedArticle) -> Iterator[list[Quoted]]:
    """The quotations of each block, in text order; one over several paragraphs is one for each."""
    open_before = False
    for block in annotated.blocks:
        opens = len(block.doc) > 0 and block.doc[0].text in _OPEN | _EITHER
        if block.block.kind is BlockKind.BODY and not opens:
            open_before = False
        marks = quoted_stretches(block.doc, open_before)
        open_before = bool(marks) and not marks[-1].closed
        yield marks


def quoted_stretches(doc: Doc, open_before: bool = False) -> list[Quoted]:
    """The quotations of a paragraph, in text order.

    One that is not closed ends where the next one opens, or with the paragraph. With `open_before`,
    an earlier paragraph left its quotation open, and a closing mark without an opening one closes
    that. Straight marks open or close by the space around them, else by turns.
    """
    out: list[Quoted] = []
    start: int | None = None
    for token in doc:
        if token.text not in _MARKS:
            continue
        opens = token.text in _OPEN or (token.text in _EITHER and _may_open(doc, token.i))
        if start is None:
            if opens:
                start = token.i + 1
            elif token.text in _CLOSE and open_before and not out:
                out.append(Quoted(0, token.i, 0, token.i + 1, True))
        elif token.text in _EITHER and _must_open(doc, token.i):
            out.append(Quoted(start, token.i, start - 1, token.i, False))
            start = token.i + 1
        elif token.text not in _OPEN:
            out.append(Quoted(start, token.i, start - 1, token.i + 1, True))
            start = None
    if start is not None:
        out.append(Quoted(start, len(doc), start - 1, len(doc), False))
    return out


def _may_open(doc: Doc, i: int) -> bool:
    """False for a straight mark that closes: close behind a word or a stop, apart from the next."""
    close = i > 0 and not doc[i - 1].whitespace_ and not doc[i - 1].text.endswith(_LEADS)
    return not (close and (i + 1 == len(doc) or bool(doc[i].whitespace_)))


def _must_open(doc: Doc, i: int) -> bool:
    """True for a straight mark that opens: apart from the word before, close to the next."""
    return i > 0 and bool(doc[i - 1].whitespace_) and i + 1 < len(doc) and not doc[i].whitespace_


def begins_sentence(doc: Doc, quoted: Quoted) -> bool:
    """True for a quotation with which a sentence begins, not one within it."""
    if quoted.first == 0:
        return True
    before = doc[quoted.first - 1]
    return before.text[-1:] in ".!?…" or before.is_space or bool(doc[quoted.first].is_sent_start)
