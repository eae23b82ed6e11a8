"""What the endpoint says of itself, as RDF.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.answers import TRIPLE_TYPES
from kg.rdf.terms import RDF, XSD, Namespace
from kg.serve.site import Site

__all__ = ["describe"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_RESULTS = ("JSON-LD", "N-Triples", "RDF_XML", "Turtle")
_TABLES = ("SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV", "SPARQL_Results_XML")


def describe(site: Site, endpoint: str, media_type: str) -> bytes:
    """The description of the endpoint at that address, the same bytes each time."""
    quads = list(_quads(site, ox.NamedNode(endpoint)))
    format_ = TRIPLE_TYPES[media_type]
    if format_ != ox.RdfFormat.TURTLE:
        return ox.serialize(quads, format=format_) or b""
    prefixes = {"sd": SD.iri, "void": VOID.iri, "formats": FORMATS.iri, "xsd": XSD.iri}
    return ox.serialize(quads, format=format_, prefixes=prefixes) or b""


def _quads(site: Site, service: ox.NamedNode) -> Iterator[ox.Triple]:
    data, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(service, RDF["type"], SD["Service"])
    yield ox.Triple(service, SD["endpoint"], service)
    yield ox.Triple(service, SD["supportedLanguage"], SD["SPARQL11Query"])
    for written in (*_RESULTS, *_TABLES):
        yield ox.Triple(service, SD["resultFormat"], FORMATS[written])
    yield ox.Triple(service, SD["defaultDataset"], data)
    yield ox.Triple(data, RDF["type"], SD["Dataset"])
    yield ox.Triple(data, SD["defaultGraph"], default)
    ((count,),) = site.store.result(_DEFAULT).rows
    yield from _graph(default, count)
    for number, (name, triples) in enumerate(site.store.result(_GRAPHS).rows):
        if isinstance(name, ox.NamedNode):
            entry, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
            yield ox.Triple(data, SD["namedGraph"], entry)
            yield ox.Triple(entry, RDF["type"], SD["NamedGraph"])
            yield ox.Triple(entry, SD["name"], name)
            yield ox.Triple(entry, SD["graph"], graph)
            yield from _graph(graph, triples)


def _graph(graph: ox.BlankNode, count: object) -> Iterator[ox.Triple]:
    yield ox.Triple(graph, RDF["type"], SD["Graph"])
    if isinstance(count, ox.Literal):
        yield ox.Triple(graph, VOID["triples"], count)
