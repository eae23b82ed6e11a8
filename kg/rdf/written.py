"""A graph that a build wrote, opened for those who hand it on: exporters, loaders, servers.

Everything is read from the RDF itself, so that it makes no difference which version built it, or
whether what lies beside it is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, domain_names, load_ontology
from kg.rdf.decode import read_graph
from kg.rdf.files import graph_file, inferred_graphs, read_quads, stated_quads
from kg.rdf.order import flatten, in_order
from kg.rdf.terms import NR, PREFIXES, RDF, SCHEMA, checked_base_iri, resource_prefixes

__all__ = ["WrittenGraph", "open_written"]


@dataclass(frozen=True, eq=False)
class WrittenGraph:
    """The quads of a built graph and, on first use, what they mean; equal to itself only."""

    path: Path
    quads: tuple[ox.Quad, ...]  # as in the file: by graph, subject, predicate and object
    prefixes: dict[str, str]  # of the project, of the file and of what is minted under the base
    base_iri: str
    settings: dict[str, str]  # what the graph says it was built with
    domain: str | Path | None = field(default=None, repr=False)  # None: the one of the settings

    @cached_property
    def stated(self) -> tuple[ox.Quad, ...]:
        """What articles say and how it was read, all in the default graph: the graph of Turtle."""
        return flatten(stated_quads(self.quads))

    @cached_property
    def inferred_graph(self) -> ox.NamedNode | None:
        """The graph of what no article states; None where there is none, as in graph.ttl."""
        names = (n for n in inferred_graphs(self.quads) if isinstance(n, ox.NamedNode))
        return min(names, key=lambda name: name.value, default=None)

    @cached_property
    def ontology(self) -> Ontology:
        """The domain that the graph was built under. Raises InputError when it cannot be found."""
        domain = self.domain if self.domain is not None else self.settings.get("domain", "")
        if self.domain is None and domain not in domain_names():
            raise InputError(
                f"{self.path}: built under the domain {str(domain)!r}, which does not come with "
                "this package; give its folder with --domain"
            )
        return load_ontology(domain, base_iri=self.base_iri)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The graph as far as RDF holds it, see `read_graph`. Raises as that and `ontology` do."""
        return read_graph(self.quads, self.ontology)


def open_written(out: Path, domain: str | Path | None = None) -> WrittenGraph:
    """The graph of a build: graph.trig, else graph.ttl, of the folder `out`, or the file `out`.

    `domain` names the domain or its folder where the graph names one that is not packaged. Raises
    InputError for what is missing, broken, or was made by no build.
    """
    path = graph_file(out)
    quads, prefixes = read_quads(path)
    settings = _settings(quads)
    if "base_iri" not in settings:
        raise InputError(
            f"{path}: no graph of a build, it does not say how it was built (nr:Run); run "
            "kg build ARTICLES --out OUT, and give OUT"
        )
    base = checked_base_iri(settings["base_iri"])
    return WrittenGraph(
        path=path,
        quads=in_order(_unfolded(quads)),
        prefixes={**PREFIXES, **prefixes, **resource_prefixes(base)},
        base_iri=base,
        settings=settings,
        domain=domain,
    )


def _settings(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Name to value of the settings of the run, or of the last run by IRI."""
    wanted = {RDF["type"], NR["setting"], SCHEMA["name"], SCHEMA["value"]}
    said: dict[tuple[str, ox.NamedNode], str] = {}
    runs: set[str] = set()
    nodes: list[tuple[str, str]] = []
    for quad in quads:
        subject, object_ = quad.subject, quad.object
        if quad.predicate not in wanted or not isinstance(subject, ox.NamedNode):
            continue
        if object_ == NR["Run"]:
            runs.add(subject.value)
        elif isinstance(object_, ox.NamedNode):
            nodes.append((subject.value, object_.value))
        elif isinstance(object_, ox.Literal):
            said[subject.value, quad.predicate] = object_.value
    name, value = SCHEMA["name"], SCHEMA["value"]
    return {
        said[node, name]: said[node, value]
        for run, node in sorted(nodes)
        if run in runs and (node, name) in said and (node, value) in said
    }


def _unfolded(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """What a triple term of RDF 1.2 claims, as RDF 1.1 says it: see `kg export --to rdfstar`."""
    for quad in quads:
        claim = quad.object
        if quad.predicate != RDF["reifies"] or not isinstance(claim, ox.Triple):
            yield quad
            continue
        for predicate, value in (
            (RDF["type"], RDF["Statement"]),
            (RDF["subject"], claim.subject),
            (RDF["predicate"], claim.predicate),
            (RDF["object"], claim.object),
        ):
            yield ox.Quad(quad.subject, predicate, value, quad.graph_name)
