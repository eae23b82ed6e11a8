"""The words of a model as entities of the article, or why they are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.reference import Reference
from kg.llm.places import Stretches
from kg.model.statement import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Argument", "Arguments", "RejectedError"]

GUESS = 3.0  # vote for the class that a model names; a guess, as one of a frame


class RejectedError(Exception):
    """A candidate that the text or the ontology does not bear out; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity and the token that stands for it in the evidence.

    `place` is a mention that is new, `vote` a class that speaks for the entity from now on; both
    are recorded only when the whole candidate is accepted.
    """

    draft: Draft
    token: Token
    place: Place | None = None
    vote: str | None = None


class Arguments:
    """Grounds the arguments of candidates in one article."""

    def __init__(self, reading: Reading, reference: Reference, stretches: Stretches) -> None:
        self._reading = reading
        self._reference = reference
        self._stretches = stretches

    def entity(
        self, words: str, type_: str, classes: tuple[str, ...], evidence: tuple[int, int], role: str
    ) -> Argument:
        """What the words refer to within the evidence, an entity that may be of these classes.

        Raises RejectedError; `role` says of what.
        """
        if type_ not in self._reading.ontology.classes:
            raise RejectedError(f"{role}: no class of the ontology")
        reason = f"{role}: not in the evidence"
        for token, span in self._stretches.find(words, evidence):
            found = self._at(token, span, type_, classes)
            if isinstance(found, Argument):
                return found
            reason = f"{role}: {found}"
        for token in self._corefering(words, classes, evidence):
            found = self._fitting(self._resolved(token, classes), token, type_, classes)
            if isinstance(found, Argument):
                return found
        raise RejectedError(reason)

    def _at(self, token: Token, span: Span, type_: str, classes: tuple[str, ...]) -> Argument | str:
        draft = self._reading.at(token)
        if draft is not None and not self._is_mention(draft, token, span):
            return "only a part of a name"
        if draft is None:
            draft = self._resolved(token, classes)
        if draft is not None:
            return self._fitting(draft, token, type_, classes)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
            return "refers to nothing known"
        if not self._is_any(type_, classes):
            return "of a class that the relation does not take"
        named = token.pos_ == "PROPN" or any(
            t.text[:1].isupper() for t in span if not t.is_sent_start
        )
        start = span.start + (span[0].pos_ == "DET" and len(span) > 1)
        kind = MentionKind.NAME if named else MentionKind.DESCRIPTION
        place = Place(self._reading.block_of(token), start, span.end, kind)
        return Argument(Draft(token.doc[start : span.end].text, named), token, place, type_)

    def _is_mention(self, draft: Draft, token: Token, span: Span) -> bool:
        """False where the words are a part of a longer name that has another head."""
        block = self._reading.block_of(token)
        for place in draft.places:
            if place.block == block and place.start <= token.i < place.end:
                inside = span.start <= place.start and place.end <= span.end
                return inside or token.doc[place.start : place.end].root == token
        return True

    def _resolved(self, token: Token, classes: tuple[str, ...]) -> Draft | None:
        """What a pronoun or a definite description refers to."""
        if token.pos_ in ("PRON", "DET") or any(c.lower_ in ("the", "this") for c in token.lefts):
            return self._reference.resolve(token, classes)
        return None

    def _corefering(
        self, words: str, classes: tuple[str, ...], evidence: tuple[int, int]
    ) -> Iterator[Token]:
        """Tokens of the evidence that refer to an entity that the article elsewhere calls so."""
        named = self._named(words)
        span = self._stretches.tokens(*evidence)
        if named is None or span is None:
            return
        for token in span:
            if self._reading.at(token) is named or self._resolved(token, classes) is named:
                yield token

    def _named(self, words: str) -> Draft | None:
        wanted = " ".join(words.split()).casefold()
        for draft in self._reading.drafts:
            if draft.hidden:
                continue
            forms = (draft.label, *(self._reading.text(place) for place in draft.places))
            if any(" ".join(form.split()).casefold() == wanted for form in forms):
                return draft
        return None

    def _fitting(
        self, draft: Draft | None, token: Token, type_: str, classes: tuple[str, ...]
    ) -> Argument | str:
        if draft is None or draft.hidden:
            return "refers to nothing known"
        if "Entity" in classes or self._reading.is_a(draft, classes):
            return Argument(draft, token)
        if draft.is_firm or not self._is_any(type_, classes):
            return "of a class that the relation does not take"
        return Argument(draft, token, vote=type_)

    def _is_any(self, type_: str, classes: tuple[str, ...]) -> bool:
        return not classes or self._reading.ontology.is_any(type_, classes)

    def record(self, argument: Argument) -> None:
        """Makes what an accepted candidate says of an entity known to the reading."""
        draft = argument.draft
        if argument.place is not None:
            self._reading.add(draft, argument.place)
        if argument.vote is not None:
            heaviest = max(draft.weights.values(), default=0.0)
            draft.votes[argument.vote] += max(GUESS, heaviest + 0.5)
