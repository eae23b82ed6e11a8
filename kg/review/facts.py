"""Decisions about facts in force: confirmed, or left out of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model.decision import Decision, FactContent, Unmatched
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal, Statement
from kg.model.text import Span
from kg.review.ids import Ids, check_agreement, unmatched
from kg.review.questions import shown

__all__ = ["CONFIRMED", "decide_facts"]

CONFIRMED = 1.0  # the confidence of a fact that a person confirmed; no extractor gives it


def decide_facts(
    graph: KnowledgeGraph, decisions: Sequence[Decision], ids: Ids
) -> tuple[KnowledgeGraph, dict[str, bool], list[Unmatched], list[Unmatched]]:
    """The graph, the answer by id of fact, and the decisions not matched or in doubt."""
    finder = _Finder(graph, ids)
    found: dict[str, Decision] = {}
    lost: list[Unmatched] = []
    doubtful: list[Unmatched] = []
    for decision in decisions:
        facts = finder.facts(decision)
        if not facts:
            lost.append(unmatched(decision, finder.why_not(decision)))
        for fact in facts:
            other = found.setdefault(fact.id, decision)
            check_agreement(decision, other, f"the fact {fact.id}")
        new = _new_articles(decision, facts)
        if new:
            why = f"evidence that was not there then is in {', '.join(new)}; look at it again"
            doubtful.append(unmatched(decision, why))
    answers = {fact: decision.answer for fact, decision in found.items()}
    kept, down = [], []
    for fact in graph.facts:
        if answers.get(fact.id, True):
            kept.append(replace(fact, confidence=CONFIRMED) if fact.id in answers else fact)
        else:
            down.append(fact)
    rest = _without(graph, down)
    return replace(graph, facts=tuple(kept), statements=rest), answers, lost, doubtful


def _new_articles(decision: Decision, facts: Iterable[Fact]) -> list[str]:
    """Sorted names of articles that say a fact turned down without them; whose spans are known."""
    if decision.answer or decision.content is None or not decision.content.spans:
        return []
    known = {span.article for span in decision.content.spans}
    return sorted({e.span.article for f in facts for e in f.evidence} - known)


def _without(graph: KnowledgeGraph, facts: Sequence[Fact]) -> tuple[Statement, ...]:
    """The statements of the graph but those that these facts are made of."""
    if not facts:
        return graph.statements
    entity_of = {member: e.id for e in graph.entities for member in e.members}
    claims = {
        (e, f.predicate, frozenset((_identity(f.subject), _identity(f.object))))
        for f in facts
        for e in f.evidence
    }

    def claim(statement: Statement) -> frozenset[str]:
        obj = statement.object
        end = entity_of.get(obj, obj) if isinstance(obj, str) else _identity(obj)
        return frozenset((entity_of.get(statement.subject, statement.subject), end))

    return tuple(s for s in graph.statements if (s.evidence, s.predicate, claim(s)) not in claims)


def _identity(value: Entity | Literal) -> str:
    return value.id if isinstance(value, Entity) else f"{value.datatype} {value.value}"


class _Finder:
    """Finds the facts that a decision is about: by id, else by what the fact said and where."""

    def __init__(self, graph: KnowledgeGraph, ids: Ids) -> None:
        self._ids = ids
        self._by_id = {fact.id: fact for fact in graph.facts}
        self._by_place: dict[tuple[str, Span], list[Fact]] = defaultdict(list)
        for fact in graph.facts:
            for span in dict.fromkeys(item.span for item in fact.evidence):
                self._by_place[fact.predicate, span].append(fact)

    def facts(self, decision: Decision) -> tuple[Fact, ...]:
        """The fact of that id, with what a split took from it; else what it has become.

        A merge or a split gives a fact another id, or makes several of one. What a fact has become
        has its relation, its ends and a place of its evidence; what was taken from one that is
        still there has no other evidence.
        """
        (fact_id,) = decision.about
        found = {fact_id: self._by_id[fact_id]} if fact_id in self._by_id else {}
        content = decision.content
        if content is None:
            return tuple(found.values())
        seen = set(content.spans)
        near = {f.id: f for s in content.spans for f in self._by_place[content.predicate, s]}
        for key in sorted(near.keys() - found.keys()):
            taken = {item.span for item in near[key].evidence} <= seen
            if self._is(near[key], content) and (taken or fact_id not in self._by_id):
                found[key] = near[key]
        return tuple(found.values())

    def why_not(self, decision: Decision) -> str:
        """Why no fact was found."""
        if decision.content is None:
            return f"no fact has the id {decision.about[0]}, and nothing else tells which was meant"
        return "no fact with this relation and these ends has its evidence any more"

    def _is(self, fact: Fact, content: FactContent) -> bool:
        if content.stance and content.stance != str(fact.modality):
            return False
        ends = (fact.subject, fact.object)
        straight = all(map(self._end_is, ends, (content.subject, content.object)))
        return straight or all(map(self._end_is, ends, (content.object, content.subject)))

    def _end_is(self, value: Entity | Literal, end: tuple[str, str]) -> bool:
        if isinstance(value, Literal):
            return (value.datatype, shown(value.value)) == end
        if value.id in self._ids.get(end[0], ()):
            return True
        names = (value.label, *value.mentions, *value.alt_labels, *value.hidden_labels)
        return end[1].casefold() in {shown(name).casefold() for name in names}
