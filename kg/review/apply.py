"""All decisions in force, and an account of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import PurePath

from kg.model.decision import Decision, DecisionKind, ReviewOutcome
from kg.model.graph import KnowledgeGraph, SameAs
from kg.model.link import LinkCandidate
from kg.review.facts import decide_facts
from kg.review.ids import Ids, check_agreement, ids_of, unmatched

__all__ = ["apply_decisions", "unanswered_links"]


def apply_decisions(
    graph: KnowledgeGraph, decisions: Sequence[Decision]
) -> tuple[KnowledgeGraph, ReviewOutcome]:
    """The graph without the facts that were turned down, and what became of each decision.

    A confirmed fact has the confidence CONFIRMED. Decisions about merges and links are those of
    `resolve`, which the graph must come from; here it is only told which of them are in force for
    nothing. Raises InputError for two answers to what is one question by now.
    """
    ids = ids_of(graph)
    _refuse_two_answers(decisions, ids)
    graph, answered, lost, reconsider = decide_facts(
        graph, [d for d in decisions if d.kind is DecisionKind.FACT], ids
    )
    for decision in decisions:
        if decision.kind is not DecisionKind.FACT:
            why = _why_not(decision, ids)
            if why is not None:
                lost.append(unmatched(decision, why))
    graph = replace(
        graph,
        candidates=_unanswered_merges(graph, decisions, ids),
        link_candidates=unanswered_links(graph, graph.link_candidates, decisions),
    )
    return graph, ReviewOutcome(
        applied=len(decisions) - len(lost),
        turned_down=sum(not answer for answer in answered.values()),
        unmatched=tuple(sorted(lost)),
        reconsider=tuple(sorted(reconsider)),
    )


def _unanswered_merges(
    graph: KnowledgeGraph, decisions: Iterable[Decision], ids: Ids
) -> tuple[SameAs, ...]:
    answered = {
        frozenset(pair)
        for d in decisions
        if d.kind is DecisionKind.MERGE
        for pair in product(*(ids.get(iri, ()) for iri in d.about))
    }
    return tuple(c for c in graph.candidates if frozenset((c.left, c.right)) not in answered)


def unanswered_links(
    graph: KnowledgeGraph, links: Iterable[LinkCandidate], decisions: Iterable[Decision]
) -> tuple[LinkCandidate, ...]:
    """Those of the links that no decision is about, by any id of their entity."""
    ids = ids_of(graph)
    answered = {
        (entity, d.about[1])
        for d in decisions
        if d.kind is DecisionKind.LINK
        for entity in ids.get(d.about[0], ())
    }
    return tuple(
        link
        for link in links
        if not any((entity, link.iri) in answered for entity in ids.get(link.entity, ()))
    )


def _refuse_two_answers(decisions: Iterable[Decision], ids: Ids) -> None:
    """Raises InputError where a link is both wanted and not, by two ids of one entity."""
    found: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        if decision.kind is DecisionKind.LINK and not _is_proposal(decision):
            for entity in ids.get(decision.about[0], ()):
                other = found.setdefault((entity, decision.about[1]), decision)
                check_agreement(decision, other, f"the link of {entity}")


def _is_proposal(decision: Decision) -> bool:
    """True for a link that nobody but the service said yes to; any person outranks it."""
    return PurePath(decision.place).name.startswith("links.jsonl:")


def _why_not(decision: Decision, ids: Ids) -> str | None:
    """Why a decision about a merge or a link is in force for nothing; None when it is."""
    named = decision.about if decision.kind is DecisionKind.MERGE else decision.about[:1]
    gone = [iri for iri in named if iri not in ids]
    if gone:
        return f"no entity of the graph has the id {' or '.join(gone)} any more"
    if decision.kind is DecisionKind.LINK:
        return None
    left, right = (ids[iri] for iri in decision.about)
    one = not left.isdisjoint(right)
    if decision.answer and not one:
        return "the two entities are still apart"
    if not decision.answer and left == right and len(left) == 1:
        return "the two ids are of one entity by now; name what to keep apart by other ids"
    return None
