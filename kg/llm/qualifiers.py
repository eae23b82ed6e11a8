"""What narrows a fact in the words of a model, held against the text like the fact itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.amounts import XSD
from kg.extract.drafts import Draft
from kg.extract.periods import END_PREPOSITIONS, START_PREPOSITIONS
from kg.llm.answer import Candidate
from kg.llm.arguments import Arguments, RejectedError
from kg.llm.terms import DATES, DURATIONS, Terms
from kg.llm.values import Values
from kg.model.statement import Literal
from kg.ontology.terms import Relation

if TYPE_CHECKING:
    from collections import Counter

    from spacy.tokens import Span, Token

__all__ = ["Qualifiers"]

_ROLE = "qualifier"


class Qualifiers:
    """Grounds the qualifiers of candidates in one article."""

    def __init__(self, terms: Terms, arguments: Arguments, values: Values) -> None:
        self._terms = terms
        self._arguments = arguments
        self._values = values

    def of(
        self,
        candidate: Candidate,
        evidence: tuple[int, int],
        taken: tuple[Token, ...],
        left_out: Counter[str],
    ) -> dict[str, Draft | Literal]:
        """Those that the evidence bears out, by name; the first of each name.

        `taken` are the tokens of subject and object, which narrow nothing. What is left out is
        counted by reason; the fact stands without it, as where the rules miss a qualifier.
        """
        found: dict[str, Draft | Literal] = {}
        for name, words in candidate.qualifiers:
            try:
                relation = self._terms.qualifiers.get(name)
                if relation is None:
                    raise RejectedError(f"{_ROLE}: none of the ontology")
                said, value = self._grounded(relation, words, evidence, taken)
                found.setdefault(said, value)
            except RejectedError as error:
                left_out[str(error)] += 1
        return found

    def _grounded(
        self,
        relation: Relation,
        words: str,
        evidence: tuple[int, int],
        taken: tuple[Token, ...],
    ) -> tuple[str, Draft | Literal]:
        """The name, by what the text says where it says more than the model, and the value."""
        if relation.is_datatype:
            value = self._values.value(words, _strict(relation.range), evidence, _ROLE)
            if any(token in value.words for token in taken):
                raise RejectedError(f"{_ROLE}: is subject or object")
            return self._bound(value.words, relation), value.literal
        class_ = next(iter(relation.range), "Entity")
        found = self._arguments.entity(words, class_, relation.range, evidence, _ROLE)
        if found.place is not None or found.vote is not None:
            raise RejectedError(f"{_ROLE}: refers to nothing known")
        if found.token in taken:
            raise RejectedError(f"{_ROLE}: is subject or object")
        return relation.name, found.draft

    def _bound(self, words: Span, relation: Relation) -> str:
        """Start or end for a date that stands behind "since" or "until", whatever it was called."""
        if not DATES & frozenset(relation.range) or words.start == 0:
            return relation.name
        before = words.doc[words.start - 1].lower_
        for name, prepositions in (("start", START_PREPOSITIONS), ("end", END_PREPOSITIONS)):
            if before in prepositions and name in self._terms.qualifiers:
                return name
        return relation.name


def _strict(datatypes: tuple[str, ...]) -> frozenset[str]:
    """Without plain words, where a date or a duration is what is meant."""
    kinds = frozenset(datatypes)
    return kinds - {XSD + "string"} if kinds & (DATES | DURATIONS) else kinds
