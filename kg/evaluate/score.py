"""Counts of what was found, and the figures made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import PurePath
from typing import Any

from kg.evaluate.gold import Gold, GoldArticle, GoldFact
from kg.evaluate.matching import fold, is_near, quotes_overlap

__all__ = ["Leak", "Score", "find_leaks", "find_matches", "match_facts", "score_article"]

_SYMMETRIC = frozenset(("partnerOf",))

IsA = Callable[[str, str], bool]
FactRecord = Mapping[str, Any]  # one line of facts.jsonl


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over one article, one predicate, or everything; scores add up.

    `gold` and `found` count core facts, `predicted` those inside the gold vocabulary, `right` all
    predicted facts that match a gold fact, core or not. The rest counts over the right ones.
    """

    gold: int = 0
    found: int = 0
    predicted: int = 0
    right: int = 0
    outside: int = 0  # predicted facts whose predicate the gold facts never use
    modality: int = 0
    speaker: int = 0
    evidence: int = 0
    qualifiers: int = 0  # qualifiers of the gold facts that were found
    qualifiers_right: int = 0
    typed: int = 0  # subjects and objects whose class the gold entities give
    typed_right: int = 0  # of these, of that class or one below it

    def __add__(self, other: Score) -> Score:
        """The score over both; zero plus a score is the score."""
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def precision(self) -> float:
        """Share of the predicted facts that are right; 0 without any."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the core facts that were found; 0 without any."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def share(self, count: str) -> float:
        """Share of the right facts with the right "modality", "speaker" or "evidence".

        For "qualifiers": of the qualifiers that their gold facts have; for "types": of the subjects
        and objects whose class is known; 1 when there are none.
        """
        if count == "types":
            return self.typed_right / self.typed if self.typed else 1.0
        if count == "qualifiers":
            return self.qualifiers_right / self.qualifiers if self.qualifiers else 1.0
        return float(getattr(self, count)) / max(self.right, 1)

    def to_json(self) -> dict[str, float]:
        """Figures and counts; figures rounded to four places."""
        figures = {name: getattr(self, name) for name in ("precision", "recall", "f1")}
        shares = ("modality", "speaker", "evidence", "qualifiers", "types")
        figures |= {f"{name}_share": self.share(name) for name in shares}
        return {name: round(value, 4) for name, value in figures.items()} | asdict(self)


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A fact whose quote lies in the chrome of a page."""

    article: str
    predicate: str
    quote: str


def local_name(predicate: str) -> str:
    """The name after the last colon, # or /."""
    return predicate.split(":")[-1].split("#")[-1].split("/")[-1]


def _quotes(fact: FactRecord, article: str) -> list[str]:
    return [
        item.get("quote", "")
        for item in fact["evidence"]
        if PurePath(item["article"]).stem == article
    ]


def _facts_of(facts: Iterable[FactRecord], article: str) -> list[FactRecord]:
    return [
        fact
        for fact in facts
        if any(PurePath(item["article"]).stem == article for item in fact["evidence"])
    ]


def find_leaks(article: GoldArticle, facts: Iterable[FactRecord]) -> list[Leak]:
    """One leak for every quote of the article that holds a phrase of its page's chrome."""
    marks = [fold(mark) for mark in article.boilerplate]
    return [
        Leak(article.name, fact["predicate"], quote)
        for fact in _facts_of(facts, article.name)
        for quote in _quotes(fact, article.name)
        if any(mark in fold(quote) for mark in marks)
    ]


def match_facts(
    gold: Gold, wanted: Sequence[GoldFact], predicted: Sequence[FactRecord]
) -> dict[int, int]:
    """Positions of gold facts to positions of predicted facts; each used once, first come first."""
    matches: dict[int, int] = {}
    used: set[int] = set()
    for position, want in enumerate(wanted):
        for candidate, fact in enumerate(predicted):
            if candidate not in used and _is_match(gold, want, fact):
                used.add(candidate)
                matches[position] = candidate
                break
    return matches


def find_matches(
    gold: Gold, article: GoldArticle, facts: Iterable[FactRecord]
) -> tuple[list[FactRecord], dict[int, int]]:
    """The facts read in an article, and which gold fact (by position) each of them matches."""
    predicted = _facts_of(facts, article.name)
    return predicted, match_facts(gold, article.facts, predicted)


def _is_match(gold: Gold, want: GoldFact, fact: FactRecord) -> bool:
    if local_name(fact["predicate"]) != want.predicate:
        return False
    subject, target = fact["subject"], fact["object"]
    if gold.is_entity(subject, want.subject) and gold.is_object(target, want.object):
        return True
    if want.predicate not in _SYMMETRIC or "label" not in target or "entity" not in want.object:
        return False
    return gold.is_entity(target, want.subject) and gold.is_entity(subject, want.object["entity"])


def score_article(
    gold: Gold, article: GoldArticle, facts: Iterable[FactRecord], is_a: IsA = str.__eq__
) -> dict[str, Score]:
    """The scores of one article by predicate; their sum is the score of the article.

    `is_a(name, ancestor)` says whether a class is another one or below it.
    """
    predicted, matches = find_matches(gold, article, facts)
    vocabulary = gold.predicates
    scores: dict[str, Score] = {}

    def add(predicate: str, score: Score) -> None:
        scores[predicate] = scores.get(predicate, Score()) + score

    for position, want in enumerate(article.facts):
        add(
            want.predicate, Score(gold=int(want.core), found=int(want.core and position in matches))
        )
        if position in matches:
            fact = predicted[matches[position]]
            add(want.predicate, _score_match(gold, want, fact, article.name))
            add(want.predicate, _score_types(gold, want, fact, is_a))
    for fact in predicted:
        inside = local_name(fact["predicate"]) in vocabulary
        add(local_name(fact["predicate"]), Score(predicted=int(inside), outside=int(not inside)))
    return scores


def _score_match(gold: Gold, want: GoldFact, fact: FactRecord, article: str) -> Score:
    mine = fact.get("qualifiers", {})
    return Score(
        right=1,
        modality=int(fact.get("modality", "asserted") == want.modality),
        speaker=int(_same_speaker(gold, want.attributed_to, fact.get("attributed_to"))),
        evidence=int(quotes_overlap(_quotes(fact, article), want.evidence)),
        qualifiers=len(want.qualifiers),
        qualifiers_right=sum(
            _same_qualifier(gold, value, mine.get(name)) for name, value in want.qualifiers.items()
        ),
    )


def _score_types(gold: Gold, want: GoldFact, fact: FactRecord, is_a: IsA) -> Score:
    """Classes of subject and object; the two ends of a symmetric fact may stand either way."""
    target = want.object.get("entity")
    ends = [(fact["subject"], want.subject)]
    if target is not None and "type" in fact["object"]:
        ends.append((fact["object"], target))
        if not gold.is_entity(fact["subject"], want.subject):
            ends = [(fact["subject"], target), (fact["object"], want.subject)]
    known = [
        (end.get("type", ""), gold.types[entity]) for end, entity in ends if entity in gold.types
    ]
    return Score(typed=len(known), typed_right=sum(is_a(got, wanted) for got, wanted in known))


def _same_speaker(gold: Gold, want: str | None, got: Any) -> bool:
    if want is None or not got:
        return want is None and not got
    return gold.is_entity(got if isinstance(got, dict) else {"label": got}, want)


def _same_qualifier(gold: Gold, want: Any, got: Any) -> bool:
    if isinstance(got, dict):
        got = got.get("label", got.get("value"))
    if got is None:
        return False
    if isinstance(want, str) and want in gold.names:
        return gold.is_entity({"label": str(got)}, want)
    return is_near(got, want) or str(got).startswith(str(want))
