"""Who says it: quotations and their speakers, reported clauses, "according to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from kg.extract.drafts import Draft, Reading
from kg.extract.participants import VERBAL, reported_clause, subjects
from kg.extract.slots import prepositional_objects
from kg.model.statement import Voice
from kg.model.text import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Quotation", "Resolver", "Speech", "find_quotations"]

OPEN, CLOSE, STRAIGHT = "“", "”", '"'
MIN_QUOTE_WORDS = 4  # below this, quotation marks name or distance; they do not report

_AGENT = ("Agent",)
_TAG_REACH = 12  # tokens behind a quotation within which "…, said X" stands
_CLAUSAL = frozenset({"ccomp", "parataxis", "dep"})


class Resolver(Protocol):
    """What turns the head of a noun phrase into an entity of one of the classes, or None."""

    def __call__(self, token: Token, types: tuple[str, ...] = ()) -> Draft | None:
        """The entity; no classes admit any."""


@dataclass(eq=False)
class Quotation:
    """Tokens [start, end) between quotation marks in one block, and who says them."""

    block: int
    start: int
    end: int
    speaker: Draft | None = None
    stated: bool = False  # True where its own block names the speaker


def find_quotations(reading: Reading) -> list[Quotation]:
    """Quotations in text order; one that runs over several paragraphs is one for each."""
    out: list[Quotation] = []
    open_before = False
    for number, block in enumerate(reading.annotated.blocks):
        starts_open = block.doc[:1].text[:1] in (OPEN, STRAIGHT) if len(block.doc) else False
        if not starts_open and block.block.kind is BlockKind.BODY:
            open_before = False
        spans, open_before = _spans(block.doc, open_before)
        out.extend(
            Quotation(number, start, end)
            for start, end in spans
            if sum(t.is_alpha for t in block.doc[start:end]) >= MIN_QUOTE_WORDS
        )
    return out


def _spans(doc: Doc, open_before: bool) -> tuple[list[tuple[int, int]], bool]:
    """Tokens [start, end) inside quotation marks, and whether the last are left open."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for token in doc:
        mark = token.text
        if mark == OPEN or (mark == STRAIGHT and start is None):
            if start is None:
                start = token.i + 1
        elif mark in (CLOSE, STRAIGHT) and start is not None:
            spans.append((start, token.i))
            start = None
        elif mark == CLOSE and open_before and not spans:
            spans.append((0, token.i))
    if start is not None:
        spans.append((start, len(doc)))
    return spans, start is not None


class Speech:
    """Attribution in one article: who claims what a token is part of.

    `resolve` turns a subject token into its entity; it is the coreference of the article.
    """

    def __init__(self, reading: Reading, resolve: Resolver) -> None:
        self._reading = reading
        self._resolve = resolve
        self.quotations = find_quotations(reading)
        self._quoted: dict[tuple[int, int], Quotation] = {}
        for quotation in self.quotations:
            for i in range(quotation.start, quotation.end):
                self._quoted[(quotation.block, i)] = quotation

    def quotation(self, token: Token) -> Quotation | None:
        """The quotation that the token stands in, or None."""
        return self._quoted.get((self._reading.block_of(token), token.i))

    def assign_speakers(self) -> None:
        """Gives each quotation its speaker.

        That is who is said to say it in its block, else who says what stands before it in the same
        or the previous paragraph, else who says what follows: a first paragraph may be given its
        speaker only further down.
        """
        for quotation in self.quotations:
            quotation.speaker = self._stated_speaker(quotation)
            quotation.stated = quotation.speaker is not None
        _continue(self.quotations)
        _continue(self.quotations[::-1])

    def _stated_speaker(self, quotation: Quotation) -> Draft | None:
        doc = self._reading.annotated.blocks[quotation.block].doc
        tags = [t for t in doc if self._is_tag(t) and self.quotation(t) is None]
        if not tags:
            return None
        after = [t for t in tags if quotation.end <= t.i <= quotation.end + _TAG_REACH]
        before = [t for t in tags if t.i < quotation.start]
        for verb in [*after, *reversed(before), *tags]:
            speaker = self.speaker_of(verb)
            if speaker is not None:
                return speaker
        return None

    def _is_tag(self, token: Token) -> bool:
        lexicon = self._reading.lexicon
        return token.lemma_.lower() in lexicon.reporting and token.pos_ in VERBAL

    def speaker_of(self, verb: Token) -> Draft | None:
        """The person or organisation that is the subject of a reporting verb."""
        heads = subjects(verb, self._reading.lexicon) or [
            c
            for c in verb.children
            if c.dep_ in ("nsubj", "dobj", "npadvmod") and c.pos_ == "PROPN"
        ]
        for head in heads:
            draft = self._agent(head)
            if draft is not None:
                return draft
        return None

    def _agent(self, token: Token) -> Draft | None:
        draft = self._resolve(token, _AGENT)
        return draft if draft is not None and self._reading.is_a(draft, _AGENT) else None

    def attribution(self, token: Token) -> tuple[Draft | None, Voice]:
        """Who claims the clause of the token, and in which voice; (None, NARRATOR) for nobody."""
        quotation = self.quotation(token)
        if quotation is not None:
            return quotation.speaker, Voice.QUOTE
        for verb in self._reporting_ancestors(token):
            speaker = self.speaker_of(verb)
            if speaker is not None:
                return speaker, Voice.PARAPHRASE
        source = self._according_to(token)
        if source is not None:
            return source, Voice.PARAPHRASE
        return None, Voice.NARRATOR

    def _reporting_ancestors(self, token: Token) -> Iterator[Token]:
        """Verbs above the token whose subject claims its clause, the nearest first."""
        announcing = self._reading.lexicon.announcing
        child = token
        while child.head != child:
            head = child.head
            if self._is_tag(head):
                if self._is_claimed(child, head):
                    yield head
            elif head.lemma_.lower() in announcing and child.dep_ == "ccomp":
                speaker = self.speaker_of(head)
                if speaker is not None and speaker.type == "Person":
                    yield head
            child = head

    def _is_claimed(self, child: Token, verb: Token) -> bool:
        """True for a child of a reporting verb that is, or is part of, what is reported."""
        if child.dep_ in _CLAUSAL or (child.dep_ == "csubj" and child.i < verb.i):
            return True
        reported = reported_clause(verb, self._reading.lexicon)
        return reported is not None and child.i >= reported[0].i

    def _according_to(self, token: Token) -> Draft | None:
        """The source of "according to X" in the token's sentence."""
        for word in token.sent:
            if word.lower_ != "according":
                continue
            for prep in word.children:
                for pobj in prepositional_objects(prep):
                    source = self._agent(pobj)
                    if source is not None:
                        return source
        return None


def _continue(quotations: list[Quotation]) -> None:
    """Gives a quotation without a speaker the one of the quotation before it, if that is near."""
    for previous, quotation in pairwise(quotations):
        if quotation.speaker is None and abs(quotation.block - previous.block) <= 1:
            quotation.speaker = previous.speaker
