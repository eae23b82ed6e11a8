"""A graph read back from quads; the inverse of kg.rdf.encode, as far as RDF holds it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.decode.facts import read_entities, read_facts
from kg.rdf.decode.nodes import Nodes
from kg.rdf.decode.runs import read_articles, read_copies, read_pairs, read_settings
from kg.rdf.decode.views import read_discrepancies, read_fulfilments, read_partnerships
from kg.rdf.terms import NR

__all__ = ["from_quads", "read_graph"]


def from_quads(
    quads: Iterable[ox.Quad], ontology: Ontology
) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """The entities and facts that quads written by this package hold, each sorted by id.

    Graph names do not matter: Turtle and TriG give the same. Raises InvalidGraphError naming the
    node that lacks something.
    """
    nodes = Nodes(quads, ontology)
    entities = read_entities(nodes)
    return tuple(entities.values()), read_facts(nodes, entities, NR["Statement"])


def read_graph(quads: Iterable[ox.Quad], ontology: Ontology) -> KnowledgeGraph:
    """The graph that quads written by this package hold, as far as RDF has it.

    Missing are the texts of the articles and what was read in each before it was merged
    (`article_entities`, `statements`), and external records that were proposed. Judgements and
    candidates are sorted by their ids. Raises InvalidGraphError naming the node that lacks
    something.
    """
    nodes = Nodes(quads, ontology)
    entities = read_entities(nodes)
    facts = read_facts(nodes, entities, NR["Statement"])
    inferred = read_facts(nodes, entities, NR["InferredStatement"])
    return KnowledgeGraph(
        articles=read_articles(nodes),
        judgements=read_pairs(nodes, NR["Judgement"]),
        entities=tuple(entities.values()),
        facts=facts,
        settings=read_settings(nodes),
        candidates=read_pairs(nodes, NR["MergeCandidate"]),
        copies=read_copies(nodes),
        fulfilments=read_fulfilments(nodes),
        inferred=inferred,
        partnerships=read_partnerships(nodes, entities, facts, inferred),
        discrepancies=read_discrepancies(nodes),
    )
