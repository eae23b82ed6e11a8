"""What plain queries to a store see: asked of the SPARQL endpoint that goes with the address.

Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import LoadError
from kg.load.connection import Connection

__all__ = ["is_asked", "sees_all_graphs"]

_JSON = "application/sparql-results+json"
_RDF4J = "/rdf-graphs/service"
_BESIDE = ("query", "sparql")  # Oxigraph, Fuseki, Stardog; Virtuoso, Fuseki


def sees_all_graphs(connection: Connection, graph: str) -> bool | None:
    """True when a plain query finds what stands in that named graph only, which must be there.

    A Graph Store cannot be asked this: its default graph is empty also where queries ask all graphs
    together. None where no endpoint is found that has the graph.
    """
    pattern = f"{{ <{graph}> ?p ?o }}"
    for url in _endpoints(connection.target.url):
        if _ask(connection, url, f"ASK {{ GRAPH <{graph}> {pattern} }}"):
            return _ask(connection, url, f"ASK {pattern}")
    return None


def is_asked(connection: Connection) -> bool:
    """True when there is an endpoint to ask."""
    return any(_ask(connection, url, "ASK {}") for url in _endpoints(connection.target.url))


def _endpoints(url: str) -> Iterator[str]:
    """Where stores have it: in place of the last name of the path, above it, or at the same one."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.endswith(_RDF4J):
        yield parts._replace(path=path.removesuffix(_RDF4J)).geturl()
        return
    above = path.rpartition("/")[0]
    for beside in dict.fromkeys((*(f"{above}/{name}" for name in _BESIDE), path)):
        yield parts._replace(path=beside).geturl()


def _ask(connection: Connection, url: str, query: str) -> bool | None:
    """The answer to an ASK; None where the address gives none."""
    joint = "&" if urlsplit(url).query else "?"
    with suppress(LoadError, SyntaxError, ValueError):
        url = f"{url}{joint}query={quote(query, safe='')}"
        reply = connection.send("GET", url, accept=_JSON, patient=False)
        if reply.status == 200 and reply.type == _JSON:
            found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
            return bool(found) if isinstance(found, ox.QueryBoolean) else None
    return None
