"""A graph against the SHACL shapes of its domain, with each violation led back to the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError, QueryError
from kg.model.graph import KnowledgeGraph
from kg.model.violation import Violation
from kg.ontology.domain import Ontology
from kg.rdf.conform import Index, Uncertain, compile_shapes
from kg.rdf.conform.compiled import Result
from kg.rdf.conform.graph_rules import GRAPH_RULES, digest_of_rule
from kg.rdf.conform.index import lexical
from kg.rdf.encode import to_quads
from kg.rdf.ntriples import Row, rows_of
from kg.rdf.pieces import rows_on_the_way
from kg.rdf.queries import FROM, NAME, OPAQUE, refuse_what_reaches_out
from kg.rdf.rules import SH, broken_rules, hand_down_targets, take_rules
from kg.rdf.terms import RDF, RDFS
from kg.rdf.trace import Trace, Triple

if TYPE_CHECKING:
    import rdflib

__all__ = ["ValidationReport", "validate", "validate_quads"]


_QUERIES = {SH + form for form in ("select", "ask", "construct", "update")}


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
    checking = _Checking(ontology)
    for rows in rows_on_the_way(graph, ontology):
        checking.add(rows)
    return checking.report(lambda: to_quads(graph, ontology))


def validate_quads(
    quads: Iterable[ox.Quad], ontology: Ontology, *, file: str = "shapes.ttl"
) -> ValidationReport:
    """As `validate`, for quads that were read or made elsewhere; graph names do not matter.

    `file` names the shapes in each folder of the domain; shapes-core.ttl are the lesser ones.
    """
    quads = tuple(quads)
    checking = _Checking(ontology, file)
    checking.add(rows_of(quads))
    return checking.report(lambda: quads)


class _Checking:
    """A check of triples that come some at a time and need not stay.

    Raises OntologyError for shapes that cannot be used.
    """

    def __init__(self, ontology: Ontology, file: str = "shapes.ttl") -> None:
        self._ontology = ontology
        self._shapes = _shapes(ontology, file)
        self._compiled = compile_shapes(self._shapes)
        self._index = None if self._compiled is None else Index(_classes_below(ontology))

    def add(self, rows: Iterable[Row]) -> None:
        """Takes note of some triples."""
        if self._index is not None:
            self._index.add(rows)

    def report(self, quads: Callable[[], Iterable[ox.Quad]]) -> ValidationReport:
        """What is broken. All quads are asked for once more where that is not nothing, or unsure.

        It can be asked for once: what was noted is forgotten.
        """
        broken = self._quickly(quads)
        if broken is None:
            broken = _with_pyshacl(tuple(quads()), self._shapes, self._ontology)
        if not broken:
            return ValidationReport()
        trace = Trace((quad.subject, quad.predicate, quad.object) for quad in quads())
        found = {trace.violation(*result) for result in broken}
        return ValidationReport(tuple(sorted(found, key=str)))

    def _quickly(self, quads: Callable[[], Iterable[ox.Quad]]) -> list[Result] | None:
        """The results a hundred times as fast as pySHACL has them; None where it is to be asked."""
        index, self._index = self._index, None
        if self._compiled is None or index is None:
            return None
        others = []
        try:
            index.check()
            broken = list(self._compiled.results(index))
            for rule in self._compiled.rules:
                quick = GRAPH_RULES.get(digest_of_rule(rule.select))
                if quick is None:
                    others.append(rule)
                else:
                    broken += [(rule.focus, lexical(value), rule.message) for value in quick(index)]
        except Uncertain:
            return None
        if others:
            triples = ((quad.subject, quad.predicate, quad.object) for quad in quads())
            broken += broken_rules(others, triples)
        return broken


def _classes_below(ontology: Ontology) -> dict[str, set[str]]:
    """The classes below each, at any depth, as N-Triples writes them."""
    below: dict[str, set[str]] = {}
    for class_ in ontology.classes.values():
        todo, seen = list(class_.parents), set[str]()
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                known = ontology.classes.get(name)
                below.setdefault(f"<{known.iri if known else name}>", set()).add(f"<{class_.iri}>")
                todo += known.parents if known else ()
    return below


def _with_pyshacl(
    quads: tuple[ox.Quad, ...], shape_triples: list[Triple], ontology: Ontology
) -> list[Result]:
    # pySHACL takes a second to import: whoever does not validate need not wait for it.
    import pyshacl

    triples: list[Triple] = [(quad.subject, quad.predicate, quad.object) for quad in quads]
    shapes = _rdflib_graph(shape_triples)
    broken = list(broken_rules(take_rules(shapes), triples))  # first: its index is gone by then
    hand_down_targets(shapes)
    data = _rdflib_graph(triples)
    for class_ in ontology.classes.values():  # sh:class needs to know what is below a class
        for parent in class_.parents:
            iri = ontology.classes[parent].iri if parent in ontology.classes else parent
            data.add((_uri(class_.iri), _uri(RDFS["subClassOf"].value), _uri(iri)))
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    if isinstance(results, Exception | bytes | str):
        raise OntologyError(f"the shapes of domain {ontology.name!r} cannot be used: {results!s}")
    if not conforms:
        broken += _results(results)
    return broken


def _results(graph: rdflib.Graph) -> Iterator[tuple[str, str | None, str]]:
    """Focus node, value and message of each result of a validation report."""
    for result in graph.subjects(_uri(RDF["type"].value), _uri(SH + "ValidationResult")):
        focus = graph.value(result, _uri(SH + "focusNode"))
        value = graph.value(result, _uri(SH + "value"))
        messages = sorted(map(str, graph.objects(result, _uri(SH + "resultMessage"))))
        yield str(focus), None if value is None else str(value), messages[0] if messages else ""


def _shapes(ontology: Ontology, file: str) -> list[Triple]:
    triples: list[Triple] = []
    for folder in ontology.folders:
        path = folder / file
        if not path.is_file():
            raise OntologyError(f"{path}: file is missing; every domain folder needs it")
        try:
            parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            found: list[Triple] = [(q.subject, q.predicate, q.object) for q in parsed]
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: not valid Turtle: {error}") from error
        _check_queries(path, found)
        triples += found
    return triples


def _check_queries(path: Path, triples: Iterable[Triple]) -> None:
    """Raises OntologyError where a query of the shapes would reach out of this machine.

    Of the engines that run them one calls other servers (SERVICE), the other also loads what FROM
    names; a shape is over the graph that it is given.
    """
    for _, predicate, query in triples:
        if isinstance(query, ox.Literal) and predicate.value in _QUERIES:
            try:
                refuse_what_reaches_out(query.value)
            except QueryError as error:
                raise OntologyError(f"{path}: a query of the shapes: {error}") from error
            if FROM.search(NAME.sub(" ", OPAQUE.sub(" ", query.value))):
                raise OntologyError(
                    f"{path}: a query of the shapes names another graph by FROM; take it out"
                )


def _rdflib_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """The same triples for rdflib; handing terms over is faster than parsing a text again."""
    import rdflib

    graph = rdflib.Graph()
    made: dict[
        object, rdflib.term.Node
    ] = {}  # one object for each term: less memory, faster look-up
    for triple in triples:
        for term in triple:
            if term not in made:
                made[term] = _node(term)
        subject, predicate, object_ = triple
        graph.add((made[subject], made[predicate], made[object_]))
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
