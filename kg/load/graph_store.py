"""The SPARQL 1.1 Graph Store HTTP Protocol: a graph is sent whole, and replaced as a whole.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from itertools import islice
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import LoadError
from kg.load.connection import Connection, Reply
from kg.load.mark import Mark
from kg.load.parts import Part

__all__ = ["GraphStore"]

N_TRIPLES = "application/n-triples"
_RDF = f"{N_TRIPLES}, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_NOWHERE = "urn:x-newskg:a-graph-that-nobody-has"


class GraphStore:
    """A Graph Store."""

    what = "SPARQL Graph Store"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._url = connection.target.url

    def is_there(self) -> bool:
        """True when the address answers as a Graph Store does, told by reading alone.

        One that has no such graph says 404, or gives no triple; a server that does not heed the
        parameter `graph` gives other triples, and would lose them when a graph is replaced.
        """
        if urlsplit(self._url).path.rstrip("/").endswith("/statements"):
            return False  # of RDF4J: PUT there replaces the whole repository
        url = self._of(_NOWHERE)
        reply = self._connection.send("GET", url, accept=_RDF, patient=False)
        if reply.status == 404:  # also where nothing is at all
            whole = self._connection.send("GET", self._url, accept=_RDF, patient=False)
            return whole.status not in (404, 410)
        return reply.status == 200 and _triples(reply) == frozenset()

    def read(self, graph: str) -> frozenset[ox.Triple]:
        """The triples of a graph; none where there is no such graph."""
        url = self._of(graph)
        reply = self._connection.send("GET", url, accept=_RDF)
        if reply.status == 404:
            return frozenset()
        found = _triples(reply) if reply.status == 200 else None
        if found is None:
            raise self._connection.failure(reply)
        return found

    def mark(self, at_most: int) -> Mark | None:
        """The mark of the default graph; None where it holds more triples, or gives no RDF."""
        with self._connection.stream(self._of(None), accept=_RDF) as (reply, body):
            if reply.status == 404:
                return Mark.of(())
            format_ = ox.RdfFormat.from_media_type(reply.type) if reply.type else None
            if reply.status != 200 or format_ is None:
                return None
            try:
                quads = ox.parse(body, format=format_)
                found = Mark.of(quad.triple for quad in islice(quads, at_most + 1))
            except (SyntaxError, ValueError):
                return None
        return found if found.count <= at_most else None

    def write(self, part: Part) -> None:
        """Sends a graph."""
        method, url = "POST" if part.merges else "PUT", self._of(part.graph)
        reply = self._connection.send(method, url, part.body, type_=N_TRIPLES)
        if not 200 <= reply.status < 300:
            raise self._connection.failure(reply)
        if reply.is_page:
            raise LoadError(
                f"{self._url} answers with a web page, perhaps a login, where a store says that it "
                "has the graph; check the address and the credentials"
            )

    def check(self, part: Part) -> None:
        """Raises LoadError where the graph just written is not there, or turns up in another."""
        if self.read(part.graph or "") != frozenset(part.triples):
            raise LoadError(
                f"{self._url} took a graph and does not give it back; check the address"
            )
        if self.read(_NOWHERE):
            raise LoadError(
                f"{self._url} does not tell graphs apart, so it is no Graph Store; try --method "
                "update"
            )

    def drop(self, graph: str | None) -> None:
        """Drops a graph, or empties the default graph; one that is not there is no error."""
        url = self._of(graph)
        reply = self._connection.send("DELETE", url)
        if reply.status != 404 and not 200 <= reply.status < 300:
            raise self._connection.failure(reply)

    def _of(self, graph: str | None) -> str:
        """The address of a graph, of the default graph for None."""
        joint = "&" if urlsplit(self._url).query else "?"
        named = "default" if graph is None else f"graph={quote(graph, safe='')}"
        return f"{self._url}{joint}{named}"


def _triples(reply: Reply) -> frozenset[ox.Triple] | None:
    """The triples of an answer; None where it is no RDF."""
    format_ = ox.RdfFormat.from_media_type(reply.type) if reply.type else None
    if format_ is None:
        return None
    try:
        return frozenset(quad.triple for quad in ox.parse(reply.body, format=format_))
    except (SyntaxError, ValueError):
        return None
