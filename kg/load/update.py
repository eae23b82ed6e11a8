"""SPARQL 1.1 Update: a small graph is one request, a large one grows beside the old one first.

Sources: https://www.w3.org/TR/sparql11-protocol/#update-operation,
https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from kg.errors import LoadError
from kg.load.connection import Connection, Reply
from kg.load.parts import LoadedList, Part
from kg.model.statement import short_hash
from kg.rdf.terms import DCTERMS

__all__ = ["UpdateEndpoint"]

TRIPLES = 1_000  # in one request: Virtuoso compiles each, and refuses much larger ones
BYTES = 500_000
_TYPE = "application/sparql-update"


class UpdateEndpoint:
    """An Update endpoint."""

    what = "SPARQL Update endpoint"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._url = connection.target.url
        self._answers_pages = False

    def is_there(self) -> bool:
        """True when the address takes an update that inserts nothing, and refuses nonsense.

        A server that takes both answers every request so, for example with a page to log in.
        """
        empty = self._ask("INSERT DATA {}", patient=False)
        self._answers_pages = empty.is_page  # some stores do
        return 200 <= empty.status < 300 and self._ask("nonsense", patient=False).status >= 400

    def write(self, part: Part) -> None:
        """Sends a graph; what is there is replaced, or added to, in one request.

        A store that heeds SPARQL 1.1 Update, section 2.2, does each request whole or not at all.
        """
        place = "DEFAULT" if part.graph is None else f"GRAPH <{part.graph}>"
        pieces = list(part.pieces(TRIPLES, BYTES))
        if len(pieces) == 1:
            insert = _insertion(pieces[0], part.graph)
            self._run(insert if part.merges else f"DROP SILENT {place} ;\n{insert}")
            return
        staging = f"urn:x-newskg:loading:{short_hash(part.graph)}"
        drop = f"DROP SILENT GRAPH <{staging}>"
        self._run(drop)
        try:
            for piece in pieces:
                self._run(_insertion(piece, staging))
            # Not MOVE: sent twice, it would move a graph that is no more over the one just loaded.
            # For the same reason the staging graph goes only when the store has said yes.
            self._run(f"{'ADD' if part.merges else 'COPY'} GRAPH <{staging}> TO {place}")
        except LoadError:
            with suppress(LoadError):
                self._run(drop)
            raise
        self._run(drop)

    def drop_others(self, loaded: LoadedList, kept: Iterable[str]) -> None:
        """Empties each graph of the list that is not among those kept, without reading any."""
        these = ", ".join(f"<{graph}>" for graph in (*sorted(kept), loaded.graph))
        self._run(
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { "
            f"GRAPH <{loaded.graph}> {{ <{loaded.graph}> <{DCTERMS.iri}hasPart> ?g }} "
            f'FILTER (STRSTARTS(STR(?g), "{loaded.base}") && ?g NOT IN ({these})) '
            "GRAPH ?g { ?s ?p ?o } }"
        )

    def forget_others(self, loaded: LoadedList, kept: Iterable[str]) -> None:
        """Takes off the list what is not among those kept, but no mark of the default graph."""
        these = ", ".join(f"<{graph}>" for graph in (*sorted(kept), loaded.graph))
        entry = f"GRAPH <{loaded.graph}> {{ <{loaded.graph}> <{DCTERMS.iri}hasPart> ?g }}"
        self._run(
            f"DELETE {{ {entry} }} WHERE {{ {entry} "
            f"FILTER (?g NOT IN ({these}) && !{loaded.is_mark}) }}"
        )

    def _run(self, update: str) -> None:
        reply = self._ask(update)
        if not 200 <= reply.status < 300:
            raise self._connection.failure(reply)
        if reply.is_page and not self._answers_pages:
            raise LoadError(
                f"{self._url} answers with a web page, perhaps a login, where a store says that "
                "an update is done; check the address and the credentials"
            )

    def _ask(self, update: str, *, patient: bool = True) -> Reply:
        body = update.encode("utf-8")
        return self._connection.send("POST", self._url, body, type_=_TYPE, patient=patient)


def _insertion(triples: bytes, graph: str | None) -> str:
    """N-Triples are SPARQL, too, as pyoxigraph writes them: one escape for each control character.

    Source: https://www.w3.org/TR/sparql11-query/#grammarEscapes
    """
    text = triples.decode("utf-8")
    if graph is None:
        return f"INSERT DATA {{\n{text}}}"
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}"
