"""What the graph says of one entity, as plain data for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.model.wording import spaced
from kg.rdf.guarded import GuardedStore
from kg.rdf.terms import NR, OA, OWL, RDF, SCHEMA, SKOS
from kg.serve.classes import local_name, narrow_first

__all__ = ["PAGE", "EntityView", "FactView", "QuoteView", "entity_view"]

PAGE = 100  # facts on a page

_ABOUT = """CONSTRUCT {{ {e} ?p ?o }} WHERE {{ {e} ?p ?o FILTER (?p IN (
  rdf:type, schema:name, skos:prefLabel, skos:altLabel, nr:surfaceForm, schema:sameAs, owl:sameAs
)) }}"""
_STATEMENTS = """SELECT DISTINCT ?st WHERE {{
  ?st ?role {e} ; a rdf:Statement ; rdf:predicate ?p ; dcterms:identifier ?id
}} ORDER BY ?p ?id LIMIT {limit} OFFSET {offset}"""
_DETAILS = """CONSTRUCT {{ ?a ?b ?c }} WHERE {{
  {{ VALUES ?a {{ {st} }} ?a ?b ?c }}
  UNION {{ VALUES ?st {{ {st} }} ?st nr:evidence|nr:qualification ?a . ?a ?b ?c }}
  UNION {{ VALUES ?st {{ {st} }} ?st rdf:subject|rdf:object|nr:speaker ?a .
    ?a ?b ?c FILTER (?b IN (rdf:type, schema:name)) }}
  UNION {{ VALUES ?st {{ {st} }} ?st nr:qualification/rdf:value ?a .
    ?a ?b ?c FILTER (?b IN (rdf:type, schema:name)) }}
}}"""
_INFERRED = """SELECT DISTINCT ?s ?sn ?p ?o ?on ?rule WHERE {{
  GRAPH ?g {{ ?st a nr:InferredStatement ; ?role {e} ;
    rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; nr:derivedBy ?rule }}
  OPTIONAL {{ ?s schema:name ?sn }} OPTIONAL {{ ?o schema:name ?on }}
}} ORDER BY ?p ?s ?o LIMIT 200"""
_DISCREPANCIES = """SELECT ?id ?text ?kind ?says WHERE {{
  ?d nr:concerns {e} ; dcterms:identifier ?id ; schema:description ?text ;
     nr:discrepancyKind ?kind ; nr:side/nr:says ?says
}} ORDER BY ?kind ?id ?says LIMIT 200"""
_VALUES = {NR["Quotation"], NR["Quantity"]}

Values = Mapping[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]
Node = dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(frozen=True, slots=True)
class End:
    """An end of a fact: its words, and its IRI when it has a page."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The words that say a fact; `start` and `end` are code points of the article, -1: unknown."""

    quote: str
    voice: str
    article: str  # IRI
    name: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with what it takes to judge it."""

    subject: End
    relation: str
    object: End
    stance: str
    speaker: End | None
    confidence: str
    sources: str
    qualifiers: tuple[tuple[str, End], ...]
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class InferredView:
    """A fact that no article states."""

    subject: End
    relation: str
    object: End
    rule: str


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """What does not fit together, and what each side says."""

    kind: str
    text: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity and a page of its facts, in groups by relation."""

    iri: str
    label: str
    types: tuple[str, ...]  # the narrowest first
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    groups: tuple[tuple[str, tuple[FactView, ...]], ...]
    inferred: tuple[InferredView, ...]
    discrepancies: tuple[DiscrepancyView, ...]
    more: bool  # there are facts on another page


def entity_view(store: GuardedStore, iri: str, offset: int = 0) -> EntityView | None:
    """The entity of that IRI with its facts from that one on; None where the graph has none.

    Raises QueryError as the store does, also for what is no IRI.
    """
    entity = str(ox.NamedNode(iri))
    about = _nodes(store, _ABOUT.format(e=entity)).get(iri)
    if about is None or NR["Entity"] not in about.get(RDF["type"], []):
        return None
    listed = store.result(_STATEMENTS.format(e=entity, limit=PAGE + 1, offset=offset)).rows
    statements = [str(row[0]) for row in listed[:PAGE]]
    nodes = _nodes(store, _DETAILS.format(st=" ".join(statements))) if statements else {}
    groups: dict[str, list[FactView]] = defaultdict(list)
    for statement in statements:
        fact = _fact(nodes[statement[1:-1]], nodes)
        groups[fact.relation].append(fact)
    names = [*_texts(about, SKOS["altLabel"]), *_texts(about, NR["surfaceForm"])]
    label = (_texts(about, SCHEMA["name"]) or _texts(about, SKOS["prefLabel"]) or [iri])[0]
    return EntityView(
        iri=iri,
        label=label,
        types=tuple(
            spaced(local_name(iri)) for iri in narrow_first(store, _texts(about, RDF["type"]))
        ),
        names=tuple(dict.fromkeys(name for name in names if name != label)),
        same_as=tuple(_texts(about, SCHEMA["sameAs"]) + _texts(about, OWL["sameAs"])),
        groups=tuple((relation, tuple(facts)) for relation, facts in groups.items()),
        inferred=tuple(_inferred(row) for row in store.result(_INFERRED.format(e=entity)).rows),
        discrepancies=_discrepancies(store.result(_DISCREPANCIES.format(e=entity)).rows),
        more=len(listed) > PAGE,
    )


def _nodes(store: GuardedStore, query: str) -> dict[str, Node]:
    """The triples of an answer by IRI of the subject and by predicate, sorted."""
    found: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    answer = store.query(query, triples="application/n-triples")
    for triple in answer.result(store.prefixes).triples or ():
        if isinstance(triple.subject, ox.NamedNode):
            found[triple.subject.value][triple.predicate].append(triple.object)
    return found


def _fact(node: Values, nodes: Mapping[str, Values]) -> FactView:
    speakers = node.get(NR["speaker"], [])
    return FactView(
        subject=_end(node[RDF["subject"]][0], nodes),
        relation=(_locals(node, RDF["predicate"]) or ["?"])[0],
        object=_end(node[RDF["object"]][0], nodes),
        stance=(_locals(node, NR["stance"]) or [""])[0].removeprefix("stance "),
        speaker=_end(speakers[0], nodes) if speakers else None,
        confidence=(_texts(node, NR["confidence"]) or [""])[0],
        sources=(_texts(node, NR["sources"]) or [""])[0],
        qualifiers=tuple(sorted(_qualifiers(node, nodes), key=lambda q: q[0])),
        quotes=_quotes(node, nodes),
    )


def _qualifiers(node: Values, nodes: Mapping[str, Values]) -> Iterable[tuple[str, End]]:
    for qualification in node.get(NR["qualification"], []):
        said = nodes.get(getattr(qualification, "value", ""), {})
        for value in said.get(RDF["value"], []):
            yield (_locals(said, NR["qualifier"]) or ["?"])[0], _end(value, nodes)


def _quotes(node: Values, nodes: Mapping[str, Values]) -> tuple[QuoteView, ...]:
    found = []
    for evidence in node.get(NR["evidence"], []):
        said = nodes.get(getattr(evidence, "value", ""), {})
        place = (_texts(said, OA["hasTarget"]) or [""])[0]
        voice = (_locals(said, NR["voice"]) or [""])[0].removeprefix("voice ")
        found.append(quote_view((_texts(said, NR["quote"]) or [""])[0], voice, place))
    return tuple(sorted(found, key=lambda q: (q.article, q.start, q.end, q.voice)))


def quote_view(quote: str, voice: str, passage: str) -> QuoteView:
    """A quote at the IRI of a passage: an article's with #char=start,end (RFC 5147)."""
    article, _, fragment = passage.partition("#char=")
    name = unquote(article.rpartition("/")[2].replace("_", " "))
    start, _, end = fragment.partition(",")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return QuoteView(quote, voice, article, name)
    return QuoteView(quote, voice, article, name, int(start), int(end))


def _end(value: object, nodes: Mapping[str, Values]) -> End:
    if not isinstance(value, ox.NamedNode):
        return End(getattr(value, "value", str(value)))
    node = nodes.get(value.value, {})
    types = node.get(RDF["type"], [])
    named = _texts(node, SCHEMA["name"])
    if NR["Entity"] not in types or _VALUES & set(types):
        return End(named[0] if named else local_name(value.value))
    return End(named[0] if named else value.value, value.value)


def _inferred(row: tuple[object, ...]) -> InferredView:
    subject, subject_name, relation, obj, object_name, rule = (
        getattr(cell, "value", "") for cell in row
    )
    linked = isinstance(row[3], ox.NamedNode) and bool(object_name)
    return InferredView(
        End(subject_name or subject, subject),
        spaced(local_name(relation)),
        End(object_name or obj, obj if linked else None),
        rule,
    )


def _discrepancies(rows: Iterable[tuple[object, ...]]) -> tuple[DiscrepancyView, ...]:
    found: dict[str, tuple[str, str, list[str]]] = {}
    for row in rows:
        id_, text, kind, says = (getattr(cell, "value", "") for cell in row)
        name = spaced(local_name(kind)).removeprefix("discrepancy ")
        found.setdefault(id_, (name, text, []))[2].append(says)
    return tuple(DiscrepancyView(kind, text, tuple(said)) for kind, text, said in found.values())


def _texts(node: Values, predicate: ox.NamedNode) -> list[str]:
    return sorted(getattr(value, "value", "") for value in node.get(predicate, []))


def _locals(node: Values, predicate: ox.NamedNode) -> list[str]:
    return [spaced(local_name(iri)) for iri in _texts(node, predicate)]
