"""From the graph to nodes and relationships.

A bare relationship type holds only what an article says in its own voice: what is claimed by
somebody, hedged, denied or inferred has a type of its own, so that a query which looks at no
property takes no rumour for a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.partnership import Partnership
from kg.model.statement import Literal
from kg.ontology.domain import Ontology
from kg.property_graph.claims import claim_properties, evidence_arrays, prefix_of, without_gaps
from kg.property_graph.entities import entity_node, own_values, partnership_node, value_node
from kg.property_graph.model import EvidenceForm, Node, PropertyGraph, PropertyValue, Relationship
from kg.property_graph.names import Names
from kg.property_graph.records import (
    article_nodes,
    copy_links,
    discrepancy_nodes,
    evidence_links,
    link,
)
from kg.rdf.encode.context import Context
from kg.rdf.encode.statements import value_owner
from kg.rdf.terms import discrepancy_iri, statement_iri, value_iri
from kg.rdf.written import WrittenGraph

__all__ = ["property_graph", "written_view"]


def property_graph(
    graph: KnowledgeGraph, ontology: Ontology, *, evidence: EvidenceForm = EvidenceForm.NODES
) -> PropertyGraph:
    """The graph as a property graph, the same for the same graph.

    Raises InvalidGraphError naming the class, relation, fact or entity that the ontology or the
    graph does not have.
    """
    view = _View(graph, ontology, EvidenceForm(evidence))
    nodes: dict[str, Node] = {}
    relationships: dict[tuple[str, str], Relationship] = {}
    for found in view.items():
        if isinstance(found, Node):
            nodes.setdefault(found.id, found)
        else:
            relationships.setdefault((found.type, found.id), found)
    for item in relationships.values():
        for end in {item.start, item.end} - nodes.keys():
            raise InvalidGraphError(f"{item.id}: {item.type} has the end {end}, which is no node")
    return PropertyGraph(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.key, node.id))),
        relationships=tuple(sorted(relationships.values(), key=lambda item: (item.type, item.id))),
    )


def written_view(written: WrittenGraph, evidence: str) -> PropertyGraph:
    """The property graph of a written graph; `evidence` is a value of EvidenceForm."""
    return property_graph(written.graph, written.ontology, evidence=EvidenceForm(evidence))


class _View:
    def __init__(self, graph: KnowledgeGraph, ontology: Ontology, form: EvidenceForm) -> None:
        self.graph = graph
        self.form = form
        self.base = ontology.base_iri
        self.names = Names(ontology)
        self.context = Context(graph, ontology)  # of the RDF, whose IRIs the nodes have
        self.fulfilled: dict[str, list[str]] = defaultdict(list)
        for plan, happening in graph.fulfilments:
            self.fulfilled[plan].append(happening)

    def items(self) -> Iterator[Node | Relationship]:
        """All that there is; what comes first under an id stays."""
        sides = [side for item in self.graph.discrepancies for side in item.sides]
        disputed = {side.fact for side in sides if side.fact is not None}
        own = own_values(self.names, self.graph.facts, disputed)
        for entity in self._entities():
            yield entity_node(self.names, entity, own.get(entity.id, {}))
        for fact in (*self.graph.facts, *self.graph.inferred):
            yield from self._fact(fact)
        for partnership in self.graph.partnerships:
            yield from self._partnership(partnership)
        if self.form is EvidenceForm.NODES:
            yield from article_nodes(self.base, self.graph)
            yield from copy_links(self.base, self.graph.copies)
        for item in self.graph.discrepancies:
            yield from discrepancy_nodes(self.base, item, self.form)
            yield link("CONCERNS", discrepancy_iri(self.base, item.id), item.subject)

    def _entities(self) -> Iterator[Entity]:
        yield from self.graph.entities
        for fact in (*self.graph.facts, *self.graph.inferred):
            ends = (fact.subject, fact.object, fact.attributed_to, *(v for _, v in fact.qualifiers))
            yield from (end for end in ends if isinstance(end, Entity))
        for item in self.graph.partnerships:
            yield from (*item.partners, *item.sponsors, *item.rights_holders, *item.covers)

    def _fact(self, fact: Fact) -> Iterator[Node | Relationship]:
        """The relationship, the node of its value, and the statement with its evidence."""
        statement = statement_iri(self.base, fact.id)
        claim = without_gaps(
            dict(claim_properties(self.names, fact, self.fulfilled.get(fact.id, ())))
        )
        type_ = self.names.type(fact.predicate, prefix_of(fact))
        end = self._end(fact)
        if isinstance(fact.object, Literal):
            yield value_node(self.names, end, fact, fact.object)
        arrays: dict[str, PropertyValue] = {}
        if self.form is EvidenceForm.PROPERTIES:
            arrays = evidence_arrays(fact.evidence)
        properties = without_gaps(claim | arrays)
        yield Relationship(statement, type_, fact.subject.id, end, properties)
        if self.form is EvidenceForm.NODES:
            yield from self._statement(fact, statement, end, claim)

    def _end(self, fact: Fact) -> str:
        if isinstance(fact.object, Entity):
            return fact.object.id
        return value_iri(self.base, value_owner(self.context, fact))

    def _statement(
        self, fact: Fact, node: str, end: str, claim: dict[str, PropertyValue]
    ) -> Iterator[Node | Relationship]:
        yield Node(node, ("Statement" if fact.derived_by is None else "InferredStatement",), claim)
        yield link("SUBJECT", node, fact.subject.id)
        yield link("OBJECT", node, end)
        if fact.attributed_to is not None:
            yield link("SPEAKER", node, fact.attributed_to.id)
        for type_, facts in (
            ("PREMISE", fact.premises),
            ("FULFILLED_BY", self.fulfilled.get(fact.id, ())),
        ):
            for other in facts:
                yield link(type_, node, statement_iri(self.base, other))
        yield from evidence_links(self.base, fact.id, node, fact.evidence)

    def _partnership(self, item: Partnership) -> Iterator[Node | Relationship]:
        yield partnership_node(self.names, item)
        for type_, entities in (
            ("HAS_PARTNER", item.partners),
            ("HAS_SPONSOR", item.sponsors),
            ("HAS_RIGHTS_HOLDER", item.rights_holders),
            ("COVERS_EVENT", item.covers),
        ):
            for entity in entities:
                yield link(type_, item.id, entity.id)
        if item.value is not None:
            yield link("WORTH", item.id, self._end(self.context.facts[item.value]))
        if self.form is EvidenceForm.NODES:
            for fact in (*item.facts, *item.inferred):
                yield link("BASED_ON", item.id, statement_iri(self.base, fact))
