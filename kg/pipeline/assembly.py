"""Readings to the graph of all of them: resolve, heed decisions, drop the unsure, reason.

What the graph depends on besides the readings is given here: a build and `load_graph` come to the
same graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from kg.model.accounts import ONE, UNSURE, CandidateCounts, Tally
from kg.model.decision import Decision, ReviewOutcome, digest_of_decisions
from kg.model.extractor import ALWAYS
from kg.model.graph import QUOTES_ONLY, KnowledgeGraph
from kg.model.model_use import report_uses
from kg.model.violation import Violation
from kg.ontology.domain import Ontology
from kg.pipeline.settings import Settings
from kg.report import BuildReport, Skipped, report_article, report_build
from kg.state.reading import Reading

__all__ = ["Assembled", "asked", "assemble", "recorded", "report_on"]

_TURNED_DOWN = "turned down in review"


@dataclass(frozen=True, slots=True)
class Assembled:
    """The graph, what became of all candidates on the way to it, and what decisions did."""

    graph: KnowledgeGraph
    candidates: CandidateCounts
    rejected: Counter[str]  # by reason
    review: ReviewOutcome


def assemble(
    readings: Sequence[Reading],
    ontology: Ontology,
    settings: Settings,
    decisions: Sequence[Decision] = (),
) -> Assembled:
    """The graph of all readings under the decisions of people.

    Raises InputError for decisions that contradict each other.
    """
    from kg.reason import reason
    from kg.resolve import resolve

    tally = Tally()
    graph = resolve(
        [r.article for r in readings],
        [r.extraction for r in readings],
        ontology,
        recorded(ontology, (r.model for r in readings)) | asked(settings, decisions),
        decisions=decisions,
        tally=tally,
    )
    graph, review = _reviewed(graph, decisions)
    rejected = sum((Counter(r.extraction.rejected) for r in readings), Counter[str]())
    sure = tuple(f for f in graph.facts if f.confidence >= settings.min_confidence)
    rejected += Counter(
        {
            UNSURE: len(graph.facts) - len(sure),
            _TURNED_DOWN: review.turned_down,
            ONE: tally.one,
        }
    )
    counts = CandidateCounts(
        total=sum(r.extraction.candidates for r in readings),
        merged=tally.merged + sum(r.extraction.repeated for r in readings),
    )
    return Assembled(reason(replace(graph, facts=sure), ontology), counts, rejected, review)


def _reviewed(
    graph: KnowledgeGraph, decisions: Sequence[Decision]
) -> tuple[KnowledgeGraph, ReviewOutcome]:
    if not decisions:
        return graph, ReviewOutcome()
    from kg.review.apply import apply_decisions

    return apply_decisions(graph, decisions)


def report_on(
    settings: Settings,
    readings: Sequence[Reading],
    skipped: Iterable[Skipped],
    assembled: Assembled,
    violations: Iterable[Violation],
    read: int,
) -> BuildReport:
    """What is to be said of a build of `read` inputs whose graph breaks these shapes."""
    graph = assembled.graph
    llm = settings.llm
    uses = {r.article.name: r.llm for r in readings if r.llm is not None}
    return report_build(
        graph,
        articles=(report_article(r.article, r.warnings, verbatim=r.verbatim) for r in readings),
        skipped=skipped,
        rejected=assembled.rejected,
        candidates=assembled.candidates,
        read=read,
        violations=violations,
        review=assembled.review,
        llm=None if llm is None else report_uses(llm.model, uses, llm.price),
    )


def recorded(ontology: Ontology, models: Iterable[str]) -> dict[str, str]:
    """What the graph says it was built with; `models` are those that read its articles."""
    return {
        "base_iri": ontology.base_iri,
        "domain": ontology.name,
        "kg": version("newskg"),
        "model": ", ".join(sorted(set(models))),
    }


def asked(settings: Settings, decisions: Sequence[Decision]) -> dict[str, str]:
    """What changes the graph only where it is asked for."""
    asked: dict[str, str] = {}
    if settings.min_confidence:
        asked["min_confidence"] = f"{settings.min_confidence:g}"
    if settings.extractors != ALWAYS:
        asked["extractors"] = ", ".join(settings.extractors)
    if settings.llm is not None:
        asked["llm"] = settings.llm.model
    if settings.built_at is not None:
        asked["built_at"] = settings.built_at
    if not settings.page_text:
        asked |= QUOTES_ONLY
    if decisions:
        asked["review"] = digest_of_decisions(decisions)
    return asked
