"""What makes a nanopublication well-formed, checked to the letter.

Source: https://nanopub.net/guidelines/working_draft/#well-formed-nanopublications
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf.terms import RDF, Namespace

NP = Namespace("http://www.nanopub.org/nschema#")
_PARTS = ("hasAssertion", "hasProvenance", "hasPublicationInfo")


def nanopubs_of(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    """The quads of each nanopublication of a file by its IRI, by the graphs its head names.

    Fails for a quad that belongs to none, as one in the default graph does, or to two.
    """
    quads = list(quads)
    by_graph: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name].append(quad)
    found: dict[str, list[ox.Quad]] = {}
    owner: dict[object, str] = {}
    for quad in quads:
        if quad.predicate != RDF["type"] or quad.object != NP["Nanopublication"]:
            continue
        head = by_graph[quad.graph_name]
        parts = [q.object for q in head if q.predicate in {NP[name] for name in _PARTS}]
        iri = str(quad.subject)
        assert iri not in found, f"{iri} is declared twice"
        found[iri] = []
        for graph in (quad.graph_name, *parts):
            assert owner.setdefault(graph, iri) == iri, f"{graph} is in two nanopublications"
            found[iri] += by_graph[graph]
    assert set(owner) == set(by_graph), f"in none: {set(by_graph) - set(owner)}"
    return found


def check_well_formed(quads: Iterable[ox.Quad]) -> None:
    """Fails, naming the rule, where the quads are not exactly one well-formed nanopublication."""
    quads = list(quads)
    assert len(set(quads)) == len(quads), "no quad is said twice"
    declared = [
        q for q in quads if q.predicate == RDF["type"] and q.object == NP["Nanopublication"]
    ]
    assert len(declared) == 1, "exactly one quad declares the nanopublication"
    nanopub, head = declared[0].subject, declared[0].graph_name
    assert isinstance(nanopub, ox.NamedNode), "the nanopublication has an IRI"
    parts = []
    for name in _PARTS:
        of_it = [q for q in quads if q.predicate == NP[name]]
        assert len(of_it) == 1, f"exactly one {name}"
        assert (of_it[0].subject, of_it[0].graph_name) == (nanopub, head), f"{name} in the head"
        parts.append(of_it[0].object)
    graphs = [head, *parts]
    assert all(isinstance(graph, ox.NamedNode) for graph in graphs), "graphs have IRIs"
    assert len({nanopub, *graphs}) == 5, "the IRIs of the nanopublication and its graphs differ"
    assert {q.graph_name for q in quads} == set(graphs), "all in the four graphs, and none is empty"
    assert len([q for q in quads if q.graph_name == head]) == 4, "the head holds nothing else"
    assertion, provenance, pubinfo = parts
    assert any(assertion in (q.subject, q.object) for q in quads if q.graph_name == provenance), (
        "the provenance refers to the assertion"
    )
    assert any(nanopub == q.subject for q in quads if q.graph_name == pubinfo), (
        "the publication info is about the nanopublication"
    )
