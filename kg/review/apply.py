"""Decisions about facts in force, and an account of every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import PurePath

from kg.errors import InputError
from kg.model.decision import Decision, DecisionKind, FactContent, ReviewOutcome, Unmatched
from kg.model.graph import Entity, Fact, KnowledgeGraph, SameAs
from kg.model.link import LinkCandidate
from kg.model.statement import Literal, Statement
from kg.model.text import Span
from kg.review.questions import shown

__all__ = ["CONFIRMED", "apply_decisions"]

CONFIRMED = 1.0  # the confidence of a fact that a person confirmed; no extractor gives it

_Ids = Mapping[str, frozenset[str]]


def apply_decisions(
    graph: KnowledgeGraph, decisions: Sequence[Decision]
) -> tuple[KnowledgeGraph, ReviewOutcome]:
    """The graph without the facts that were turned down, and what became of each decision.

    A confirmed fact has the confidence CONFIRMED. Decisions about merges and links are those of
    `resolve`, which the graph must come from; here it is only told which of them are in force for
    nothing. Raises InputError for two answers about what is one fact by now.
    """
    ids = _ids(graph)
    graph, answered, lost, reconsider = _decide_facts(
        graph, [d for d in decisions if d.kind is DecisionKind.FACT], ids
    )
    for decision in decisions:
        if decision.kind is not DecisionKind.FACT:
            why = _why_not(graph, decision, ids)
            if why is not None:
                lost.append(_unmatched(decision, why))
    graph = replace(
        graph,
        candidates=_unanswered_merges(graph, decisions, ids),
        link_candidates=_unanswered_links(graph, decisions, ids),
    )
    return graph, ReviewOutcome(
        applied=len(decisions) - len(lost),
        turned_down=sum(not answer for answer in answered.values()),
        unmatched=tuple(sorted(lost)),
        reconsider=tuple(sorted(reconsider)),
    )


def _unanswered_merges(
    graph: KnowledgeGraph, decisions: Iterable[Decision], ids: _Ids
) -> tuple[SameAs, ...]:
    answered = {
        frozenset(pair)
        for d in decisions
        if d.kind is DecisionKind.MERGE
        for pair in product(*(ids.get(iri, ()) for iri in d.about))
    }
    return tuple(c for c in graph.candidates if frozenset((c.left, c.right)) not in answered)


def _unanswered_links(
    graph: KnowledgeGraph, decisions: Iterable[Decision], ids: _Ids
) -> tuple[LinkCandidate, ...]:
    answered = {
        (entity, d.about[1])
        for d in decisions
        if d.kind is DecisionKind.LINK
        for entity in ids.get(d.about[0], ())
    }
    return tuple(c for c in graph.link_candidates if (c.entity, c.iri) not in answered)


def _unmatched(decision: Decision, why: str) -> Unmatched:
    """Names the file only: a report tells nothing of the folders of a machine."""
    folder, _, line = decision.place.rpartition(":")
    place = f"{PurePath(folder).name}:{line}" if folder else decision.place
    return Unmatched(decision.kind, decision.about, decision.answer, place, why)


def _ids(graph: KnowledgeGraph) -> _Ids:
    """Each id that an entity has or had to the ids of the entities it stands for now.

    An id of the graph stands for itself alone; one that a merge took away for what it went into.
    """
    names = {e.id: e.known_as for e in graph.article_entities if e.known_as is not None}
    out: dict[str, set[str]] = defaultdict(set)
    for entity in graph.entities:
        for iri in (*entity.aliases, *entity.members):
            out[iri].add(entity.id)
        for iri in (names[m] for m in entity.members if m in names):
            out[iri].add(entity.id)
    own = {entity.id: frozenset({entity.id}) for entity in graph.entities}
    return {iri: frozenset(found) for iri, found in out.items()} | own


def _why_not(graph: KnowledgeGraph, decision: Decision, ids: _Ids) -> str | None:
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


def _decide_facts(
    graph: KnowledgeGraph, decisions: Sequence[Decision], ids: _Ids
) -> tuple[KnowledgeGraph, dict[str, bool], list[Unmatched], list[Unmatched]]:
    """The graph, the answer by id of fact, and the decisions not matched or in doubt."""
    finder = _Finder(graph, ids)
    found: dict[str, Decision] = {}
    lost: list[Unmatched] = []
    doubtful: list[Unmatched] = []
    for decision in decisions:
        facts = finder.facts(decision)
        if not facts:
            lost.append(_unmatched(decision, finder.why_not(decision)))
        for fact in facts:
            other = found.setdefault(fact.id, decision)
            if other.answer != decision.answer:
                raise InputError(
                    f"{decision.place}: the answer contradicts that of {other.place}: both are "
                    f"about the fact {fact.id} by now; decide which of the two holds"
                )
        new = _new_articles(decision, facts)
        if new:
            why = f"evidence that was not there then is in {', '.join(new)}; look at it again"
            doubtful.append(_unmatched(decision, why))
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

    def __init__(self, graph: KnowledgeGraph, ids: _Ids) -> None:
        self._ids = ids
        self._by_id = {fact.id: fact for fact in graph.facts}
        self._by_place: dict[tuple[str, Span], list[Fact]] = defaultdict(list)
        for fact in graph.facts:
            for span in dict.fromkeys(item.span for item in fact.evidence):
                self._by_place[fact.predicate, span].append(fact)

    def facts(self, decision: Decision) -> tuple[Fact, ...]:
        """The fact of that id; else all with its relation and ends, and a place of its evidence.

        A merge or a split gives a fact another id, or makes several of one.
        """
        (fact_id,) = decision.about
        if fact_id in self._by_id:
            return (self._by_id[fact_id],)
        content = decision.content
        if content is None:
            return ()
        near = {f.id: f for s in content.spans for f in self._by_place[content.predicate, s]}
        return tuple(near[key] for key in sorted(near) if self._is(near[key], content))

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
