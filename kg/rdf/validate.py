"""A graph against the SHACL shapes of its domain, with each violation led back to the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology
from kg.rdf.encode import to_quads
from kg.rdf.terms import DCTERMS, NR, OA, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    import rdflib

__all__ = ["ValidationReport", "Violation", "validate", "validate_quads"]

SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One rule that is broken, and where.

    `fact` is the id of the fact, `article` the name and `quote` the words of its first evidence;
    None where the node that breaks the rule belongs to no fact.
    """

    message: str
    node: str  # IRI or value that breaks the rule
    fact: str | None = None
    article: str | None = None
    quote: str | None = None

    def __str__(self) -> str:
        where = f"{self.message}: {self.node}"
        if self.fact is not None:
            where += f", fact {self.fact}"
        if self.article is not None:
            where += f", {self.article}"
        return f"{where}: “{self.quote}”" if self.quote is not None else where


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Whether a graph conforms; violations are sorted and unique."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """True when no shape is broken."""
        return not self.violations


def validate(graph: KnowledgeGraph, ontology: Ontology) -> ValidationReport:
    """What the graph breaks of the shapes of its domain and of the domains that one imports.

    Raises InvalidGraphError when the graph cannot be written as RDF at all, and OntologyError for
    shapes that cannot be used.
    """
    return validate_quads(to_quads(graph, ontology), ontology)


def validate_quads(quads: Iterable[ox.Quad], ontology: Ontology) -> ValidationReport:
    """As `validate`, for quads that were read or made elsewhere; graph names do not matter."""
    # pySHACL takes a second to import: whoever does not validate need not wait for it.
    import pyshacl

    triples = [(quad.subject, quad.predicate, quad.object) for quad in quads]
    data = _rdflib_graph(triples)
    for class_ in ontology.classes.values():  # sh:class needs to know what is below a class
        for parent in class_.parents:
            iri = ontology.classes[parent].iri if parent in ontology.classes else parent
            data.add((_uri(class_.iri), _uri(RDFS["subClassOf"].value), _uri(iri)))
    conforms, results, _ = pyshacl.validate(
        data, shacl_graph=_shapes(ontology), inplace=True, advanced=False
    )
    if conforms or isinstance(results, Exception | bytes | str):
        if not conforms:
            raise OntologyError(f"the shapes of domain {ontology.name!r} cannot be used: {results}")
        return ValidationReport()
    index = _Index(triples)
    found = {_violation(index, *result) for result in _results(results)}
    return ValidationReport(tuple(sorted(found, key=str)))


class _Index:
    """From a node to the statements it belongs to."""

    def __init__(self, triples: Iterable[tuple[object, ox.NamedNode, object]]) -> None:
        self.forward: dict[tuple[str, str], list[str]] = {}
        self.backward: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, object_ in sorted(triples, key=str):
            left, right = _text(subject), _text(object_)
            self.forward.setdefault((left, predicate.value), []).append(right)
            self.backward.setdefault((predicate.value, right), []).append(left)

    def objects(self, node: str, predicate: ox.NamedNode) -> list[str]:
        return self.forward.get((node, predicate.value), [])

    def subjects(self, predicate: ox.NamedNode, node: str) -> list[str]:
        return self.backward.get((predicate.value, node), [])

    def statement(self, focus: str, value: str | None) -> str | None:
        """The first statement that the two nodes of a result lead to."""
        if value is not None:
            for found in self.subjects(RDF["predicate"], focus):
                ends = self.objects(found, RDF["subject"]) + self.objects(found, RDF["object"])
                if value in ends:
                    return found
        for node in (focus, value):
            if node is not None:
                for found in self._around(node):
                    if NR["Statement"].value in self.objects(found, RDF["type"]):
                        return found
        return None

    def _around(self, node: str) -> Iterator[str]:
        """The node, then what is evidenced by it, then what mentions it."""
        yield node
        targets = [node, *self.subjects(OA["hasSelector"], node)]
        evidence = [node, *(e for t in targets for e in self.subjects(OA["hasTarget"], t))]
        for item in evidence:
            yield from self.subjects(NR["evidence"], item)
            yield from self.objects(item, OA["hasBody"])
        for predicate in (NR["qualification"], RDF["object"], RDF["subject"], NR["speaker"]):
            yield from self.subjects(predicate, node)


def _violation(index: _Index, focus: str, value: str | None, message: str) -> Violation:
    node = value if value is not None and focus in _GRAPH_WIDE else focus
    if value is not None and index.subjects(RDF["predicate"], focus):
        node = value
    statement = index.statement(focus, value)
    if statement is None:
        return Violation(message, node)
    fact = next(iter(index.objects(statement, DCTERMS["identifier"])), statement)
    for evidence in index.objects(statement, NR["evidence"]):
        quote = next(iter(index.objects(evidence, NR["quote"])), None)
        for passage in index.objects(evidence, OA["hasTarget"]):
            for article in index.objects(passage, OA["hasSource"]):
                name = next(iter(index.objects(article, SCHEMA["name"])), article)
                return Violation(message, node, fact, name, quote)
        return Violation(message, node, fact, None, quote)
    return Violation(message, node, fact)


# The one node that rules over the whole graph have as their focus.
_GRAPH_WIDE = frozenset((NR["StanceScheme"].value,))


def _results(graph: rdflib.Graph) -> Iterator[tuple[str, str | None, str]]:
    """Focus node, value and message of each result of a validation report."""
    for result in graph.subjects(_uri(RDF["type"].value), _uri(SH + "ValidationResult")):
        focus = graph.value(result, _uri(SH + "focusNode"))
        value = graph.value(result, _uri(SH + "value"))
        messages = sorted(map(str, graph.objects(result, _uri(SH + "resultMessage"))))
        yield str(focus), None if value is None else str(value), messages[0] if messages else ""


def _shapes(ontology: Ontology) -> rdflib.Graph:
    triples: list[tuple[object, ox.NamedNode, object]] = []
    for folder in ontology.folders:
        path = folder / "shapes.ttl"
        if not path.is_file():
            raise OntologyError(f"{path}: file is missing; every domain folder needs it")
        try:
            parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            triples += [(quad.subject, quad.predicate, quad.object) for quad in parsed]
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: not valid Turtle: {error}") from error
    return _rdflib_graph(triples)


def _rdflib_graph(triples: Iterable[tuple[object, ox.NamedNode, object]]) -> rdflib.Graph:
    """The same triples for rdflib; handing terms over is faster than parsing a text again."""
    import rdflib

    graph = rdflib.Graph()
    for subject, predicate, object_ in triples:
        graph.add((_node(subject), _uri(predicate.value), _node(object_)))
    return graph


def _node(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # Not normalised: an ill-typed or odd form must reach the shapes as it is.
        return rdflib.Literal(term.value, datatype=_uri(term.datatype.value), normalize=False)
    assert isinstance(term, ox.BlankNode)  # noqa: S101 - RDF 1.1 has no other
    return rdflib.BNode(term.value)


def _uri(iri: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(iri)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
