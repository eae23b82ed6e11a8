"""What the server knows: the guarded graph, the addresses of its things, and what lies beside it.

All is read at the start, so that a build into the same folder changes nothing until a restart. The
texts of articles are the exception: they are read when asked for, under the hash of their content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import anyio
import pyoxigraph as ox

from kg.ask import questions_of
from kg.errors import InputError
from kg.ontology.questions import Question
from kg.rdf.guarded import GuardedGraph, GuardedStore
from kg.state.readings import Readings
from kg.state.record import load_record

__all__ = ["Site", "open_site"]

_SETTING = """SELECT ?value WHERE {
  ?run a nr:Run ; nr:setting ?setting . ?setting schema:name "base_iri" ; schema:value ?value
} ORDER BY ?value LIMIT 1"""
_PLAIN = "/%@:~!$&'()*+,;=-._"  # what a path holds as it is, beside letters and digits
_AT_ONCE = 64  # requests that wait for an answer; the others wait for their turn


@dataclass(frozen=True)
class Site:
    """A build, opened. `base_iri` is what its IRIs begin with; "" where the graph does not say."""

    store: GuardedStore
    base_iri: str
    title: str
    viewer: bytes | None  # graph.html
    questions: Mapping[str, Question]
    texts: Mapping[str, str]  # name of an article to the key of its reading
    readings: Readings
    limiter: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_AT_ONCE))

    def page_of(self, iri: str) -> str:
        """The address of the page of an entity."""
        return self._address("entity", "id", iri)

    def data_of(self, iri: str, suffix: str) -> str:
        """The address of the RDF about an entity."""
        rest = self._rest("id", iri)
        return (
            f"/data{suffix}?iri={quote(iri, safe='')}" if rest is None else f"/data/{rest}{suffix}"
        )

    def article_of(self, iri: str) -> str:
        """The address of the page of an article."""
        return self._address("article", "article", iri)

    def text_of(self, name: str) -> str | None:
        """The text of an article of that name, None where the build did not keep it."""
        key = self.texts.get(name)
        reading = self.readings.get(key) if key is not None else None
        return reading.article.text if reading is not None else None

    def _address(self, page: str, kind: str, iri: str) -> str:
        rest = self._rest(kind, iri)
        return f"/{page}?iri={quote(iri, safe='')}" if rest is None else f"/{page}/{rest}"

    def _rest(self, kind: str, iri: str) -> str | None:
        """What follows the start of all IRIs of that kind; None where no path can hold it."""
        start = f"{self.base_iri}{kind}/"
        if not self.base_iri or not iri.startswith(start):
            return None
        rest = iri[len(start) :]
        whole = rest == quote(rest, safe=_PLAIN) and not {"", ".", ".."} & set(rest.split("/"))
        return rest if whole else None


def open_site(store: GuardedStore, out: Path) -> Site:
    """What lies in the folder of a build beside its graph; a graph file has nothing beside it."""
    rows = store.result(_SETTING).rows
    base = rows[0][0].value if rows and isinstance(rows[0][0], ox.Literal) else ""
    folder = out if out.is_dir() else None
    viewer = folder / "graph.html" if folder else None
    texts: dict[str, str] = {}
    if folder is not None:
        try:
            texts = {used.name: used.key for used in load_record(folder).articles}
        except InputError:
            texts = {}  # not needed for anything but the words around the quotes
    return Site(
        store=store,
        base_iri=base,
        title=out.resolve().name,
        viewer=viewer.read_bytes() if viewer and viewer.is_file() else None,
        questions=questions_of(GuardedGraph(store)),
        texts=texts,
        readings=Readings(folder),
    )
