"""Nanopublications: each fact on its own, with where it is from, so that it can be cited.

Of each fact four named graphs: what is published (head), the claim (assertion), where it was read
(provenance), and what is known of the publication itself (pubinfo). Source:
https://nanopub.net/guidelines/working_draft/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.rdf import literals
from kg.rdf.order import flatten, in_order
from kg.rdf.serialize import serialize
from kg.rdf.terms import DCTERMS, NR, OA, PROV, RDF, RDFS, SCHEMA, Namespace, nanopub_iri

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["write_nanopub"]

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

NP = Namespace("http://www.nanopub.org/nschema#")
_PLAIN = (NR["stanceAsserted"], NR["stancePlanned"])
# Of a statement: how sure it is and what it rests on, which is not part of the claim.
_OF_PROVENANCE = frozenset(
    {NR[name] for name in ("confidence", "evidence", "sources", "fulfilledBy")}
    | {NR[name] for name in ("derivedBy", "premise", "firstReported", "lastReported")}
    | {PROV["wasGeneratedBy"]}
)
_TO_PASSAGE = (NR["evidence"], OA["hasTarget"], OA["hasSelector"], OA["hasSource"])
_KINDS = (NR["Statement"], NR["InferredStatement"])


def write_nanopub(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """One nanopublication a fact, in the order of their IRIs, as TriG.

    Inferred facts are among them only when asked for. Nobody has signed them, and they have a time
    only where the build was given one.
    """
    nodes = _Nodes(flatten(written.quads) if options.inferred else written.stated)
    built_at = written.settings.get("built_at")
    quads: list[ox.Quad] = []
    for statement in nodes.statements():
        quads += _nanopub(nodes, statement, written.base_iri, built_at)
    prefixes = {**written.prefixes, "np": NP.iri, "nanopub": f"{written.base_iri}nanopub/"}
    return {options.name: serialize(quads, ox.RdfFormat.TRIG, prefixes)}


class _Nodes:
    """Triples by subject."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._of: dict[ox.NamedNode, list[Triple]] = {}
        for quad in quads:
            subject, object_ = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(object_, ox.NamedNode | ox.Literal):
                self._of.setdefault(subject, []).append((subject, quad.predicate, object_))

    def of(self, node: ox.NamedNode) -> list[Triple]:
        """The triples of a node."""
        return self._of.get(node, [])

    def values(
        self, node: ox.NamedNode, predicate: ox.NamedNode
    ) -> list[ox.NamedNode | ox.Literal]:
        """The values of a property."""
        return [object_ for _, found, object_ in self.of(node) if found == predicate]

    def nodes(self, node: ox.NamedNode, *predicates: ox.NamedNode) -> list[ox.NamedNode]:
        """The values of properties that are nodes."""
        return [
            object_
            for _, found, object_ in self.of(node)
            if found in predicates and isinstance(object_, ox.NamedNode)
        ]

    def one(self, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal:
        """The only value of a property. Raises InvalidGraphError where it has none or many."""
        found = self.values(node, predicate)
        if len(found) != 1:
            raise InvalidGraphError(
                f"{node.value}: {len(found)} values of {predicate.value}, need one"
            )
        return found[0]

    def statements(self) -> list[ox.NamedNode]:
        """What has a claim, by IRI."""
        return [
            node
            for node, triples in self._of.items()
            if any(p == RDF["type"] and o in _KINDS for _, p, o in triples)
        ]

    def name(self, node: ox.NamedNode | ox.Literal) -> str:
        """What a person calls it."""
        if isinstance(node, ox.Literal):
            return node.value
        names = [n.value for n in self.values(node, SCHEMA["name"])]
        return names[0] if names else node.value.removeprefix(NR.iri)


def _nanopub(
    nodes: _Nodes, statement: ox.NamedNode, base: str, built_at: str | None
) -> Iterator[ox.Quad]:
    identifier = nodes.one(statement, DCTERMS["identifier"])
    iri = nanopub_iri(base, identifier.value)
    nanopub = ox.NamedNode(iri)
    head, assertion, provenance, pubinfo = (
        ox.NamedNode(f"{iri}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield ox.Quad(nanopub, RDF["type"], NP["Nanopublication"], head)
    yield ox.Quad(nanopub, NP["hasAssertion"], assertion, head)
    yield ox.Quad(nanopub, NP["hasProvenance"], provenance, head)
    yield ox.Quad(nanopub, NP["hasPublicationInfo"], pubinfo, head)
    claim = list(_assertion(nodes, statement))
    for graph, triples in (
        (assertion, claim),
        (provenance, _provenance(nodes, statement, assertion)),
        (pubinfo, _pubinfo(nodes, statement, nanopub, claim, built_at)),
    ):
        yield from in_order(ox.Quad(*triple, graph) for triple in triples)


def _assertion(nodes: _Nodes, statement: ox.NamedNode) -> Iterator[Triple]:
    """The claim with its stance, speaker and qualifiers; a triple of its own where it is plain."""
    subject = nodes.one(statement, RDF["subject"])
    predicate = nodes.one(statement, RDF["predicate"])
    object_ = nodes.one(statement, RDF["object"])
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        raise InvalidGraphError(f"{statement.value}: its subject or predicate is a literal")
    plain = nodes.one(statement, NR["stance"]) in _PLAIN
    if plain and not nodes.values(statement, NR["speaker"]):
        yield subject, predicate, object_
    yield from (triple for triple in nodes.of(statement) if triple[1] not in _OF_PROVENANCE)
    for node in nodes.nodes(statement, NR["qualification"]):
        yield from nodes.of(node)
    if isinstance(object_, ox.NamedNode) and nodes.values(object_, NR["statedValue"]):
        yield from nodes.of(object_)


def _provenance(
    nodes: _Nodes, statement: ox.NamedNode, assertion: ox.NamedNode
) -> Iterator[Triple]:
    """The articles, the words and the rule that the claim was read by; who says it."""
    for run in nodes.nodes(statement, PROV["wasGeneratedBy"]):
        yield assertion, PROV["wasGeneratedBy"], run
    for speaker in nodes.nodes(statement, NR["speaker"]):
        yield assertion, PROV["wasAttributedTo"], speaker
    for premise in nodes.nodes(statement, NR["premise"]):
        yield assertion, PROV["wasDerivedFrom"], premise
    yield from (triple for triple in nodes.of(statement) if triple[1] in _OF_PROVENANCE)
    todo = nodes.nodes(statement, NR["evidence"])
    seen: set[ox.NamedNode] = set()
    while todo:
        node = todo.pop(0)
        if node in seen:
            continue
        seen.add(node)
        yield from nodes.of(node)
        for article in nodes.nodes(node, OA["hasSource"]):
            yield assertion, PROV["wasDerivedFrom"], article
        todo += nodes.nodes(node, *_TO_PASSAGE)


def _pubinfo(
    nodes: _Nodes,
    statement: ox.NamedNode,
    nanopub: ox.NamedNode,
    claim: Iterable[Triple],
    built_at: str | None,
) -> Iterator[Triple]:
    """How the publication came about, and what the things in it are called."""
    identifier = nodes.one(statement, DCTERMS["identifier"])
    yield nanopub, DCTERMS["identifier"], identifier
    claimed = (nodes.one(statement, RDF[part]) for part in ("subject", "predicate", "object"))
    label = " – ".join(nodes.name(node) for node in claimed)
    yield nanopub, RDFS["label"], literals.string(label)
    if built_at is not None and literals.is_date(built_at):
        yield nanopub, DCTERMS["created"], literals.date(built_at)
    for run in nodes.nodes(statement, PROV["wasGeneratedBy"]):
        yield nanopub, PROV["wasGeneratedBy"], run
        for setting in nodes.nodes(run, NR["setting"]):
            yield run, NR["setting"], setting
            yield from nodes.of(setting)
    told = {node for triple in claim for node in triple if isinstance(node, ox.NamedNode)}
    for node in sorted(told - {statement}, key=str):
        if NR["Entity"] in nodes.values(node, RDF["type"]) and NR["statedValue"] not in {
            predicate for _, predicate, _ in nodes.of(node)
        }:
            yield from (t for t in nodes.of(node) if t[1] in (RDF["type"], SCHEMA["name"]))
