"""Attributions of an article: who says or holds what, by which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.extract.clauses import VERBAL
from kg.extract.lexicon import Lexicon
from kg.extract.paragraph import Paragraph, Report
from kg.extract.phrase_reports import (
    according_report,
    adjective_report,
    colon_report,
    noun_report,
)
from kg.extract.quotations import (
    MIN_WORDS,
    Quoted,
    begins_sentence,
    quoted_paragraphs,
)
from kg.extract.verb_reports import verb_report
from kg.model.text import Span

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology
    from kg.read.annotate import AnnotatedArticle, AnnotatedBlock

__all__ = ["Attribution", "Manner", "Said", "attributions", "find_attributions"]


class Manner(StrEnum):
    """How much of the content stands in quotation marks: all, a part, nothing."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says or holds what: the mention of the source, the cue, the parts of the content.

    `rule` names the construction.
    """

    source: Span
    cue: Span
    contents: tuple[Span, ...]
    kind: Manner
    rule: str
    quoted: bool  # the cue itself stands in a quotation: somebody is quoted as saying who says it


@dataclass(eq=False)
class Said:
    """A report of block number `block`; `contents` are (block, first token, end) in text order."""

    block: int
    report: Report
    contents: list[tuple[int, int, int]]

    @property
    def length(self) -> int:
        """How many tokens the content has."""
        return sum(end - start for _, start, end in self.contents)


def attributions(annotated: AnnotatedArticle, ontology: Ontology) -> Iterator[Attribution]:
    """The attributions of an article with a source in the text, in the order of their cues."""
    marks = list(quoted_paragraphs(annotated))
    for said in find_attributions(annotated, Lexicon(ontology)):
        block = annotated.blocks[said.block]
        yield Attribution(
            _span(annotated, block, *said.report.source),
            _span(annotated, block, *said.report.cue),
            tuple(_span(annotated, annotated.blocks[b], s, e) for b, s, e in said.contents),
            _manner(annotated, said, marks),
            said.report.rule,
            any(q.holds(said.report.word.i) for q in marks[said.block]),
        )


def _span(annotated: AnnotatedArticle, block: AnnotatedBlock, start: int, end: int) -> Span:
    return annotated.article.span(*block.offset(block.doc[start:end]))


def _manner(annotated: AnnotatedArticle, said: Said, marks: list[list[Quoted]]) -> Manner:
    inside = [
        any(q.holds(t.i) for q in marks[number])
        for number, start, end in said.contents
        for t in annotated.blocks[number].doc[start:end]
        if t.is_alpha or t.like_num
    ]
    if not any(inside):
        return Manner.INDIRECT
    return Manner.DIRECT if all(inside) else Manner.MIXED


def find_attributions(annotated: AnnotatedArticle, lexicon: Lexicon) -> list[Said]:
    """The reports of all blocks in text order, with the quotations that go on with what was said.

    A quotation whose own sentence names nobody is more of what the report before it quotes: in its
    paragraph, else at the end of the paragraph before where its own reports nothing.
    """
    out: list[Said] = []
    last: Said | None = None  # the last report that quotes, in this block or the one before
    waiting: list[tuple[int, int, int]] = []  # unclosed quotations of paragraphs without a source
    names = frozenset(t.text for b in annotated.blocks for t in b.doc if t.pos_ == "PROPN")
    for number, marks in enumerate(quoted_paragraphs(annotated)):
        paragraph = Paragraph(annotated.blocks[number].doc, marks, lexicon, names)
        here = [
            Said(number, report, [(number, *stretch) for stretch in report.contents])
            for report in _reports(paragraph)
        ]
        quoting = [s for s in here if _quotes(s, marks)]
        _continue(number, paragraph, here, quoting, last)
        if waiting and quoting and quoting[0].contents[0][:2] == (number, 0):
            quoting[0].contents[:0] = waiting
        out += here
        last = quoting[-1] if quoting else last
        if last is not None and last.contents[-1][0] != number:
            last = None
        waiting = _left_open(number, marks, waiting) if last is None else []
    return out


def _left_open(
    number: int, marks: list[Quoted], waiting: list[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """What waits for its source: a paragraph that is all quotation and not closed."""
    if len(marks) != 1 or marks[0].closed or marks[0].first != 0:
        return []
    return [*waiting, (number, marks[0].first, marks[0].last)]


def _reports(paragraph: Paragraph) -> Iterator[Report]:
    """What the paragraph reports with a source and a content, in the order of the cues."""
    colon = colon_report(paragraph)
    if colon is not None:
        yield colon
    for token in paragraph.doc:
        report = None
        if token.lower_ == "according":
            report = according_report(token, paragraph)
        elif token.pos_ in VERBAL and token.dep_ not in ("aux", "auxpass"):
            report = verb_report(token, paragraph)
        elif token.pos_ == "NOUN":
            report = noun_report(token, paragraph)
        elif token.pos_ == "ADJ":
            report = adjective_report(token, paragraph)
        if report is not None:
            yield report


def _quotes(said: Said, marks: list[Quoted]) -> bool:
    """True for a report of a whole quotation that it is not itself part of."""
    return any(
        start <= quoted.start and quoted.end <= end and not quoted.holds(said.report.word.i)
        for start, end in said.report.contents
        for quoted in marks
    )


def _continue(
    number: int, paragraph: Paragraph, here: list[Said], quoting: list[Said], last: Said | None
) -> None:
    """Gives the quotations that no report holds to the one that they go on with."""
    for quoted in paragraph.marks:
        if quoted.words(paragraph.doc) < MIN_WORDS or not begins_sentence(paragraph.doc, quoted):
            continue
        if any(_holds(said, quoted) for said in here):
            continue
        before = [s for s in quoting if s.report.cue[0] < quoted.first]
        speaker = before[-1] if before else quoting[0] if quoting else None
        if speaker is None and last is not None and not here:
            speaker = last
        if speaker is not None:
            speaker.contents.append((number, quoted.first, quoted.last))
            speaker.contents.sort()


def _holds(said: Said, quoted: Quoted) -> bool:
    """True where a part of the quotation is content of a report from outside of it."""
    overlaps = any(s < quoted.end and quoted.start < e for s, e in said.report.contents)
    return overlaps and not quoted.holds(said.report.word.i)
