"""Who says it: the attributions of an article with their sources as entities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from kg.extract.attribution import Said, find_attributions
from kg.extract.coordination import coordinated
from kg.extract.drafts import Draft, Reading
from kg.extract.quotations import MIN_WORDS, quoted_paragraphs
from kg.model.statement import Voice

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Quotation", "Resolver", "Speech", "find_quotations"]

_AGENT = ("Agent",)
_CLAIMING = frozenset({"according", "colon"})
_CLAIMING_BY_VERB = frozenset({"clause", "inserted", "quotation"})
_Token = tuple[int, int]  # block, token


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
    cues: tuple[Token, ...] = ()  # the verb that leaves it to the speaker: "claimed"


def find_quotations(reading: Reading) -> list[Quotation]:
    """Quotations in text order; one that runs over several paragraphs is one for each."""
    blocks = reading.annotated.blocks
    return [
        Quotation(number, quoted.start, quoted.end)
        for number, marks in enumerate(quoted_paragraphs(reading.annotated))
        for quoted in marks
        if quoted.words(blocks[number].doc) >= MIN_WORDS
    ]


class Speech:
    """Attribution in one article: who claims what a token is part of.

    `resolve` turns the head of a source into its entity; it is the coreference of the article.
    """

    def __init__(self, reading: Reading, resolve: Resolver) -> None:
        self._reading = reading
        self._resolve = resolve
        self.quotations = find_quotations(reading)
        self._quoted: dict[_Token, Quotation] = {}
        for quotation in self.quotations:
            for i in range(quotation.start, quotation.end):
                self._quoted[(quotation.block, i)] = quotation
        self._said: dict[_Token, list[Said]] = defaultdict(list)  # the innermost first
        found = find_attributions(reading.annotated, reading.lexicon)
        for said in sorted(found, key=lambda s: s.length):
            for block, start, end in said.contents:
                for i in range(start, end):
                    self._said[(block, i)].append(said)

    def quotation(self, token: Token) -> Quotation | None:
        """The quotation that the token stands in, or None."""
        return self._quoted.get((self._reading.block_of(token), token.i))

    def assign_speakers(self) -> None:
        """Gives each quotation its speaker.

        That is the source of what it is part of, else who says what stands before it in the same
        or the previous paragraph, else who says what follows: a first paragraph may be given its
        speaker only further down.
        """
        for quotation in self.quotations:
            self._set_source(quotation)
        _continue(self.quotations)
        _continue(self.quotations[::-1])

    def _set_source(self, quotation: Quotation) -> None:
        """Whose words a quotation is, and whether its own paragraph says so."""
        for said in self._said[(quotation.block, quotation.start)]:
            cue = said.report.word.i
            own = said.block == quotation.block
            if own and quotation.start <= cue < quotation.end:
                continue  # somebody quoted says what others say
            speaker = self._speaker(said)
            if speaker is not None:
                quotation.speaker, quotation.stated = speaker, own
                quotation.cues = self._distance(said) if own else ()
                return

    def _distance(self, said: Said) -> tuple[Token, ...]:
        word = said.report.word
        return (word,) if word.lemma_.lower() in self._reading.lexicon.distancing else ()

    def distancing(self, token: Token, speaker: Draft | None) -> tuple[Token, ...]:
        """The verb by which the article leaves the clause of the token to its speaker, if any."""
        if speaker is None:
            return ()
        quotation = self.quotation(token)
        if quotation is not None:
            return quotation.cues
        for said in self._said[(self._reading.block_of(token), token.i)]:
            if self._claims(said) and self._speaker(said) is speaker:
                return self._distance(said)
        return ()

    def _claims(self, said: Said) -> bool:
        """False for wishes and judgements, which claim nothing."""
        lexicon = self._reading.lexicon
        verbs = lexicon.reporting | lexicon.announcing
        rule, lemma = said.report.rule, said.report.word.lemma_.lower()
        if rule == "object":
            return lemma in lexicon.presenting
        return rule in _CLAIMING or (rule in _CLAIMING_BY_VERB and lemma in verbs)

    def _speaker(self, said: Said) -> Draft | None:
        """The first person or organisation among the sources."""
        lemma = said.report.word.lemma_.lower()
        company_news = lemma in self._reading.lexicon.announcing
        for head in coordinated(said.report.head, self._reading.lexicon):
            draft = self._resolve(head, _AGENT)
            if draft is not None and self._reading.is_a(draft, _AGENT):
                return None if company_news and draft.type != "Person" else draft
        return None

    def attribution(self, token: Token) -> tuple[Draft | None, Voice]:
        """Who claims the clause of the token, and in which voice; (None, NARRATOR) for nobody."""
        quotation = self.quotation(token)
        if quotation is not None:
            return quotation.speaker, Voice.QUOTE
        for said in self._said[(self._reading.block_of(token), token.i)]:
            speaker = self._speaker(said) if self._claims(said) else None
            if speaker is not None:
                return speaker, Voice.PARAPHRASE
        return None, Voice.NARRATOR


def _continue(quotations: list[Quotation]) -> None:
    """Gives a quotation without a speaker the one of the quotation before it, if that is near."""
    for previous, quotation in pairwise(quotations):
        if quotation.speaker is None and abs(quotation.block - previous.block) <= 1:
            quotation.speaker = previous.speaker
