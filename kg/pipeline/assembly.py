"""Readings to the graph of all of them: resolve, leave out what is not sure enough, reason.

What the graph depends on besides the readings is given here: a build and `load_graph` come to the
same graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.pipeline.settings import Settings
from kg.report import BuildReport, Skipped, report_article, report_build
from kg.state.reading import Reading

__all__ = ["assemble", "report_on"]

_UNSURE = "less confident than asked for"


def assemble(
    readings: Sequence[Reading], ontology: Ontology, settings: Settings
) -> tuple[KnowledgeGraph, Counter[str]]:
    """The graph, and how many candidates were rejected on the way to it, by reason."""
    from kg.reason import reason
    from kg.resolve import resolve

    graph = resolve(
        [r.article for r in readings],
        [r.extraction for r in readings],
        ontology,
        _recorded(ontology, readings) | _asked(settings),
    )
    rejected = sum((Counter(r.extraction.rejected) for r in readings), Counter[str]())
    sure = tuple(f for f in graph.facts if f.confidence >= settings.min_confidence)
    rejected += Counter({_UNSURE: len(graph.facts) - len(sure)})
    return reason(replace(graph, facts=sure), ontology), rejected


def report_on(
    graph: KnowledgeGraph,
    ontology: Ontology,
    readings: Iterable[Reading],
    skipped: Iterable[Skipped],
    rejected: Counter[str],
) -> BuildReport:
    """What is to be said of a build; the shapes are checked for it."""
    from kg.rdf.validate import validate

    return report_build(
        graph,
        articles=(report_article(r.article, r.warnings, verbatim=r.verbatim) for r in readings),
        skipped=skipped,
        rejected=rejected,
        violations=validate(graph, ontology).violations,
    )


def _recorded(ontology: Ontology, readings: Iterable[Reading]) -> dict[str, str]:
    """What the graph says it was built with."""
    return {
        "base_iri": ontology.base_iri,
        "domain": ontology.name,
        "kg": version("newskg"),
        "model": ", ".join(sorted({r.model for r in readings})),
    }


def _asked(settings: Settings) -> dict[str, str]:
    """What changes the graph only where it is asked for."""
    asked: dict[str, str] = {}
    if settings.min_confidence:
        asked["min_confidence"] = f"{settings.min_confidence:g}"
    if settings.built_at is not None:
        asked["built_at"] = settings.built_at
    return asked
