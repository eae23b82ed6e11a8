"""Statements to facts, and what follows from them, by the pair that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from kg.engine.flow import Data, Flow, key_of
from kg.engine.packing import pack
from kg.engine.setup import Setup
from kg.model.accounts import ONE, UNSURE, Tally
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Literal, Statement
from kg.model.text import Article, Span
from kg.rdf.encode.passages import surroundings
from kg.reason.fulfilments import fulfilments
from kg.reason.inference import infer
from kg.resolve.merge import merge_statements
from kg.state.reading import Reading

__all__ = ["Claims", "merged_facts"]

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Claims:
    """The facts about one pair, stated and inferred, and what plans among them came true.

    `merged` statements are part of a fact of another one, `rejected` ones, by reason, of none.
    `published` is when the articles were that say so, by name; for those with a date.
    """

    facts: tuple[Fact, ...]
    inferred: tuple[Fact, ...]
    fulfilments: tuple[tuple[str, str], ...]
    published: tuple[tuple[str, str], ...]
    around: tuple[tuple[Span, str, str], ...]  # what stands before and after each evidence
    merged: int
    rejected: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A statement with the entities that it is about, and what is known of its article."""

    article: str
    number: int  # of the statement in it
    statement: Statement
    entities: tuple[tuple[str, Entity], ...]
    original: str | None  # of which the article is a copy
    published: str | None
    around: tuple[str, str]


def merged_facts(flow: Flow, readings: Data, mentioned: Data, copies: Data, setup: Setup) -> Data:
    """Claims, one for each pair.

    Rules draw from one fact another about the same two things, so that what is merged, inferred and
    fulfilled depends on nothing but the statements about a pair.
    """
    stated = flow.grouped(_stated, readings, mentioned, copies)["stated"]
    return flow.grouped(partial(_claims, setup=setup), stated)["claims"]


def _stated(name: str, values: Sequence[list[Any]]) -> Outputs:
    reading: Reading = values[0][0]
    entity_of: dict[str, Entity] = dict(values[1])
    original = values[2][0] if values[2] else None
    for number, statement in enumerate(reading.extraction.statements):
        about = [statement.subject, statement.object, statement.speaker]
        about += [q.value for q in statement.qualifiers]
        entities = {one: entity_of[one] for one in about if isinstance(one, str)}
        stated = _Stated(
            name,
            number,
            statement,
            tuple(entities.items()),
            original,
            reading.article.published,
            surroundings(reading.article, statement.evidence.span),
        )
        yield "stated", (_pair(statement, entity_of), stated)


def _pair(statement: Statement, entity_of: dict[str, Entity]) -> str:
    obj = statement.object
    other = f"{obj.value}\x1e{obj.datatype}" if isinstance(obj, Literal) else entity_of[obj].id
    return key_of(*sorted((entity_of[statement.subject].id, other)))


def _claims(_: str, values: Sequence[list[_Stated]], *, setup: Setup) -> Outputs:
    stated = sorted(values[0], key=lambda s: (s.article, s.number))
    entity_of = {id_: entity for one in stated for id_, entity in one.entities}
    copies = {(one.article, one.original) for one in stated if one.original is not None}
    tally = Tally()
    facts = merge_statements(
        (one.statement for one in stated), entity_of, setup.ontology, sorted(copies), tally
    )
    least = setup.settings.min_confidence
    sure = tuple(fact for fact in facts if fact.confidence >= least)
    published = {one.article: one.published for one in stated if one.published is not None}
    articles = tuple(Article(n, "", published=published[n]) for n in sorted(published))
    graph = KnowledgeGraph(articles=articles, facts=sure)
    cited = {item.span for fact in sure for item in fact.evidence}
    around = {one.statement.evidence.span: one.around for one in stated}
    claims = Claims(
        sure,
        infer(sure, setup.ontology),
        fulfilments(graph),
        tuple(sorted(published.items())),
        tuple((span, *around[span]) for span in sorted(cited)),
        tally.merged,
        ((ONE, tally.one), (UNSURE, len(facts) - len(sure))),
    )
    yield "claims", claims


pack(Claims, _Stated)
