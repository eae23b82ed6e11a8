"""A graph as RDF 1.1 quads, without a blank node.

The default graph holds what the articles say taken together: the entities, the plain triples and
the merged statements. The named graph of an article holds what was read there: its evidence and
passages. The runs graph holds how it was made. Every triple is in exactly one graph, so dropping
the graph names loses and doubles nothing (docs/decisions/0102).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal
from kg.model.text import Article
from kg.ontology.domain import Ontology, Relation
from kg.rdf import literals, terms
from kg.rdf.terms import DCTERMS, NR, OA, PROV, RDF, SCHEMA, SKOS

__all__ = ["flatten", "to_quads"]

CONTEXT = 24  # characters before and after a quotation; enough to tell its repetitions apart
DEFAULT_GRAPH = ox.DefaultGraph()

Term = ox.NamedNode | ox.Literal
Graph = ox.NamedNode | ox.DefaultGraph


def to_quads(graph: KnowledgeGraph, ontology: Ontology) -> tuple[ox.Quad, ...]:
    """The whole graph as quads, sorted and without repetition.

    Raises InvalidGraphError for a class, relation, qualifier, datatype or IRI that cannot be
    written.
    """
    return tuple(sorted(set(_Encoder(graph, ontology).quads()), key=_order))


def flatten(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """The same triples, all in the default graph, sorted."""
    return tuple(sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads}, key=_order))


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    """By graph, subject, predicate and object; the class of a node comes before the rest of it."""
    predicate = "" if quad.predicate == RDF["type"] else str(quad.predicate)
    return str(quad.graph_name), str(quad.subject), predicate, str(quad.object)


class _Encoder:
    """The quads of one graph; each method yields those of one kind of node."""

    def __init__(self, graph: KnowledgeGraph, ontology: Ontology) -> None:
        self.graph = graph
        self.ontology = ontology
        self.base = ontology.base_iri
        self.run = literals.iri(terms.run_iri(self.base, graph.settings, graph.articles))

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {article.name: article for article in self.graph.articles}

    def quads(self) -> Iterator[ox.Quad]:
        entities = {entity.id: entity for entity in self.graph.entities}
        for fact in self.graph.facts:
            others = (fact.object, fact.attributed_to, *(value for _, value in fact.qualifiers))
            for value in (fact.subject, *others):
                if isinstance(value, Entity):
                    entities.setdefault(value.id, value)
        for entity in entities.values():
            yield from self._entity(entity)
        for fact in self.graph.facts:
            yield from self._fact(fact)
        for article in self.graph.articles:
            yield from self._article(article)
        yield from self._run()

    def _entity(self, entity: Entity) -> Iterator[ox.Quad]:
        node = literals.iri(entity.id)
        for class_ in self._classes(entity):
            yield _quad(node, RDF["type"], class_)
        yield _quad(node, SCHEMA["name"], literals.string(entity.label))
        yield _quad(node, SKOS["prefLabel"], literals.string(entity.label))
        for predicate, texts in (
            (SKOS["altLabel"], entity.alt_labels),
            (SKOS["hiddenLabel"], entity.hidden_labels),
            (NR["surfaceForm"], entity.mentions),
        ):
            for text in texts:
                yield _quad(node, predicate, literals.string(text))
        for iri in entity.same_as:
            yield _quad(node, SCHEMA["sameAs"], literals.iri(iri))
        for iri in entity.members:
            yield _quad(node, NR["clusterMember"], literals.iri(iri))

    def _classes(self, entity: Entity) -> list[ox.NamedNode]:
        """The class of the entity and all above it: a plain query needs no inference then."""
        if entity.type not in self.ontology.classes:
            raise InvalidGraphError(
                f"{entity.id} has the class {entity.type!r}, which domain "
                f"{self.ontology.name!r} does not have; add it to its ontology.ttl"
            )
        classes = self.ontology.classes.values()
        return [literals.iri(c.iri) for c in classes if self.ontology.is_a(entity.type, c.name)]

    def _fact(self, fact: Fact) -> Iterator[ox.Quad]:
        node = literals.iri(terms.statement_iri(self.base, fact.id))
        relation = self._relation(fact, fact.predicate)
        if relation.use != "claim":
            raise InvalidGraphError(
                f"fact {fact.id} uses {relation.name!r}, which is a {relation.use} and no claim"
            )
        subject, predicate = literals.iri(fact.subject.id), literals.iri(relation.iri)
        object_ = self._object(fact, relation)
        if fact.is_plain:
            yield _quad(subject, predicate, object_)
        yield _quad(node, RDF["type"], NR["Statement"])
        yield _quad(node, RDF["type"], RDF["Statement"])
        yield _quad(node, DCTERMS["identifier"], literals.string(fact.id))
        yield _quad(node, RDF["subject"], subject)
        yield _quad(node, RDF["predicate"], predicate)
        yield _quad(node, RDF["object"], object_)
        yield _quad(node, NR["stance"], NR["stance" + fact.modality.value.capitalize()])
        yield _quad(node, NR["confidence"], literals.decimal(fact.confidence))
        yield _quad(node, NR["sources"], literals.count(fact.sources))
        yield _quad(node, PROV["wasGeneratedBy"], self.run)
        if fact.attributed_to is not None:
            yield _quad(node, NR["speaker"], literals.iri(fact.attributed_to.id))
        if fact.derived_by is not None:
            yield _quad(node, NR["derivedBy"], literals.string(fact.derived_by))
        if isinstance(fact.object, Literal):
            yield from self._value(fact, fact.object, node, object_, relation)
        for name, value in fact.qualifiers:
            yield from self._qualifier(fact, node, name, value)
        for evidence in fact.evidence:
            yield from self._evidence(fact, node, evidence)

    def _relation(self, fact: Fact, name: str) -> Relation:
        if name not in self.ontology.relations:
            raise InvalidGraphError(
                f"fact {fact.id} uses {name!r}, which domain {self.ontology.name!r} does not have; "
                "add it to its ontology.ttl"
            )
        return self.ontology.relations[name]

    def _object(self, fact: Fact, relation: Relation) -> Term:
        if isinstance(fact.object, Entity):
            return literals.iri(fact.object.id)
        if relation.is_datatype:
            return literals.literal(fact.object)
        return literals.iri(terms.value_iri(self.base, fact.id))

    def _value(
        self, fact: Fact, value: Literal, statement: ox.NamedNode, node: Term, relation: Relation
    ) -> Iterator[ox.Quad]:
        """A date is a literal; what needs a unit or a bound to be read is a node of its own."""
        if isinstance(node, ox.Literal):
            yield _quad(statement, NR["verbatim"], literals.string(value.text))
            return
        classes = (self.ontology.classes.get(name) for name in relation.range)
        iris = [literals.iri(class_.iri) for class_ in classes if class_ is not None]
        yield _quad(node, RDF["type"], iris[0] if iris else NR["Quantity"])
        yield _quad(node, RDF["type"], NR["Entity"])
        yield _quad(node, NR["statedValue"], literals.literal(value))
        yield _quad(node, NR["verbatim"], literals.string(value.text))
        said = {name: v.text for name, v in fact.qualifiers if isinstance(v, Literal)}
        words = (said.get("comparator"), value.text, said.get("unit"))
        yield _quad(node, SCHEMA["name"], literals.string(" ".join(word for word in words if word)))
        if "unit" in said:
            yield _quad(node, SCHEMA["unitText"], literals.string(said["unit"]))
        if "comparator" in said:
            yield _quad(node, NR["bound"], literals.string(said["comparator"]))
        elif value.datatype in literals.NUMERIC:
            yield _quad(node, SCHEMA["value"], literals.literal(value))

    def _qualifier(
        self, fact: Fact, statement: ox.NamedNode, name: str, value: Entity | Literal
    ) -> Iterator[ox.Quad]:
        predicate = literals.iri(self._relation(fact, name).iri)
        if isinstance(value, Entity):
            yield _quad(statement, predicate, literals.iri(value.id))
            return
        node = literals.iri(terms.qualification_iri(self.base, fact.id, name))
        yield _quad(statement, predicate, literals.literal(value))
        yield _quad(statement, NR["qualification"], node)
        yield _quad(node, RDF["type"], NR["Qualification"])
        yield _quad(node, NR["qualifier"], predicate)
        yield _quad(node, RDF["value"], literals.literal(value))
        yield _quad(node, NR["verbatim"], literals.string(value.text))

    def _evidence(
        self, fact: Fact, statement: ox.NamedNode, evidence: Evidence
    ) -> Iterator[ox.Quad]:
        span = evidence.span
        article = literals.iri(terms.article_iri(self.base, span.article))
        node = literals.iri(terms.evidence_iri(self.base, fact.id, evidence))
        passage = literals.iri(terms.passage_iri(self.base, span))
        position = literals.iri(terms.selector_iri(self.base, span, "position"))
        quote = literals.iri(terms.selector_iri(self.base, span, "quote"))
        triples: tuple[tuple[ox.NamedNode, ox.NamedNode, Term], ...] = (
            (statement, NR["evidence"], node),
            (node, RDF["type"], NR["Evidence"]),
            (node, RDF["type"], OA["Annotation"]),
            (node, OA["hasBody"], statement),
            (node, OA["hasTarget"], passage),
            (node, NR["quote"], literals.string(evidence.quote)),
            (node, NR["voice"], NR["voice" + evidence.voice.value.capitalize()]),
            (node, NR["extractor"], literals.string(evidence.extractor)),
            (passage, RDF["type"], NR["Passage"]),
            (passage, RDF["type"], OA["SpecificResource"]),
            (passage, OA["hasSource"], article),
            (passage, OA["hasSelector"], position),
            (passage, OA["hasSelector"], quote),
            (position, RDF["type"], OA["TextPositionSelector"]),
            (position, OA["start"], literals.count(span.start)),
            (position, OA["end"], literals.count(span.end)),
            (quote, RDF["type"], OA["TextQuoteSelector"]),
            (quote, OA["exact"], literals.string(evidence.quote)),
            *_article_core(article, span.article),
        )
        for triple in triples:
            yield ox.Quad(*triple, article)
        if span.article in self.articles:
            text = self.articles[span.article].text
            before, after = (
                text[max(0, span.start - CONTEXT) : span.start],
                text[span.end :][:CONTEXT],
            )
            yield ox.Quad(quote, OA["prefix"], literals.string(before), article)
            yield ox.Quad(quote, OA["suffix"], literals.string(after), article)

    def _article(self, article: Article) -> Iterator[ox.Quad]:
        node = literals.iri(terms.article_iri(self.base, article.name))
        facts: list[tuple[ox.NamedNode, ox.NamedNode, Term]] = [
            *_article_core(node, article.name),
            (node, SCHEMA["sha256"], literals.string(article.sha256)),
            (node, SCHEMA["encodingFormat"], literals.string(article.format)),
            (node, NR["characters"], literals.count(len(article.text))),
        ]
        for predicate, text in (
            ("headline", article.title),
            ("author", article.author),
            ("publisher", article.publisher),
            ("inLanguage", article.language),
            ("url", article.url),
        ):
            if text is not None:
                facts.append((node, SCHEMA[predicate], literals.string(text)))
        if article.published is not None:
            facts.append((node, SCHEMA["datePublished"], literals.date(article.published)))
        for subject, predicate_, object_ in facts:
            yield ox.Quad(subject, predicate_, object_, node)

    def _run(self) -> Iterator[ox.Quad]:
        graph = literals.iri(terms.runs_graph_iri(self.base))
        yield _quad(self.run, RDF["type"], NR["Run"], graph)
        yield _quad(self.run, RDF["type"], PROV["Activity"], graph)
        for article in self.graph.articles:
            used = literals.iri(terms.article_iri(self.base, article.name))
            yield _quad(self.run, PROV["used"], used, graph)
        for name, value in self.graph.settings.items():
            node = literals.iri(terms.setting_iri(self.run.value, name))
            yield _quad(self.run, NR["setting"], node, graph)
            yield _quad(node, RDF["type"], NR["Setting"], graph)
            yield _quad(node, SCHEMA["name"], literals.string(name), graph)
            yield _quad(node, SCHEMA["value"], literals.string(value), graph)
        for item in self.graph.judgements:
            node = literals.iri(
                terms.judgement_iri(self.base, item.left, item.right, item.score, item.reason)
            )
            yield _quad(node, RDF["type"], NR["Judgement"], graph)
            yield _quad(node, NR["left"], literals.iri(item.left), graph)
            yield _quad(node, NR["right"], literals.iri(item.right), graph)
            yield _quad(node, NR["score"], literals.decimal(item.score), graph)
            yield _quad(node, NR["reason"], literals.string(item.reason), graph)
            yield _quad(node, PROV["wasGeneratedBy"], self.run, graph)


def _article_core(
    article: ox.NamedNode, name: str
) -> tuple[tuple[ox.NamedNode, ox.NamedNode, Term], ...]:
    """What every article has that evidence cites, also one whose text is not at hand."""
    return (
        (article, RDF["type"], NR["Article"]),
        (article, RDF["type"], NR["Entity"]),
        (article, RDF["type"], SCHEMA["NewsArticle"]),
        (article, SCHEMA["name"], literals.string(name)),
    )


def _quad(
    subject: ox.NamedNode, predicate: ox.NamedNode, object_: Term, graph: Graph = DEFAULT_GRAPH
) -> ox.Quad:
    return ox.Quad(subject, predicate, object_, graph)
