"""Namespaces, and the only place that mints IRIs.

Every function that mints is injective (two things never share an IRI, up to a collision of SHA-256
where a hash is used), needs no network and no clock, and gives a valid IRI for any Unicode text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import InputError
from kg.model.statement import Evidence, short_hash
from kg.model.text import Article, Span

__all__ = [
    "DCTERMS",
    "NR",
    "OA",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "XSD",
    "Namespace",
    "article_iri",
    "candidate_iri",
    "checked_base_iri",
    "default_graph_iri",
    "discrepancies_graph_iri",
    "discrepancy_iri",
    "entity_iri",
    "evidence_iri",
    "facts_graph_iri",
    "inferred_graph_iri",
    "judgement_iri",
    "loaded_graph_iri",
    "nanopub_iri",
    "partnership_iri",
    "passage_iri",
    "qualification_iri",
    "resource_prefixes",
    "run_iri",
    "runs_graph_iri",
    "scoped_name",
    "selector_iri",
    "setting_iri",
    "side_iri",
    "statement_iri",
    "value_iri",
]

MAX_SEGMENT = 160  # characters; file systems and some stores stop at 255 bytes for a whole key


@dataclass(frozen=True, slots=True)
class Namespace:
    """A vocabulary; `SCHEMA["name"]` is its term of that local name."""

    iri: str

    def __getitem__(self, name: str) -> ox.NamedNode:
        return _node(self.iri + name)


@cache
def _node(iri: str) -> ox.NamedNode:
    """A term of a vocabulary, made once: there are few, and every quad has one."""
    return ox.NamedNode(iri)


# The vocabulary of records (statement, evidence, run); every domain is written with it.
NR = Namespace("https://w3id.org/newskg/newsroom#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OA = Namespace("http://www.w3.org/ns/oa#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: Mapping[str, str] = {
    "dcterms": DCTERMS.iri,
    "nr": NR.iri,
    "oa": OA.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "skos": SKOS.iri,
    "xsd": XSD.iri,
}


def resource_prefixes(base: str) -> dict[str, str]:
    """Prefixes for what is minted under that base."""
    kinds = (
        "article",
        "candidate",
        "discrepancy",
        "evidence",
        "id",
        "judgement",
        "partnership",
        "qualification",
        "statement",
        "value",
    )
    return {kind: f"{base}{kind}/" for kind in kinds}


def checked_base_iri(base: str) -> str:
    """The base as given, once it is known that IRIs can be built on it.

    Raises InputError when it is not an absolute http(s) IRI that ends in / or #.
    """
    try:
        ox.NamedNode(base)
        parts = urlsplit(base)
    except ValueError as error:
        raise InputError(f"base IRI {base!r} is not a valid IRI: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.netloc or base[-1] not in "/#":
        raise InputError(
            f"base IRI {base!r} cannot be built on; give an http or https address that ends in / "
            "or #, for example https://example.org/kg/"
        )
    return base


def entity_iri(base: str, type_: str, label: str, scope: str | None = None) -> str:
    """The IRI of an entity of that class and name.

    `scope` keeps apart what has no proper name: "a gallery" of two articles is two galleries.

    >>> entity_iri("https://w3id.org/newskg/", "Company", "Acme Rail")
    'https://w3id.org/newskg/id/Company/Acme_Rail'
    """
    iri = f"{base}id/{_segment(type_)}/{_segment(label)}"
    return iri if scope is None else f"{iri}@{_segment(scope)}"


def scoped_name(iri: str, scope: str, other: str) -> str:
    """The IRI that `entity_iri` gives with the scope `other`, of one that it gave with `scope`."""
    end = f"@{_segment(scope)}"
    return f"{iri.removesuffix(end)}@{_segment(other)}" if iri.endswith(end) else iri


def article_iri(base: str, name: str) -> str:
    """The IRI of the article that evidence cites as `name`."""
    return f"{base}article/{_segment(name)}"


def passage_iri(base: str, span: Span) -> str:
    """The IRI of the characters [start, end) of an article.

    Source: https://www.rfc-editor.org/rfc/rfc5147#section-2.2 (positions count the gaps between
    characters from 0, which is [start, end) of a Python string).
    """
    return f"{article_iri(base, span.article)}#char={span.start},{span.end}"


def selector_iri(base: str, span: Span, kind: str) -> str:
    """The IRI of one selector of a passage; `kind` is "position" or "quote"."""
    return f"{base}selector/{_segment(kind)}/{_segment(span.article)}/{span.start}-{span.end}"


def statement_iri(base: str, fact_id: str) -> str:
    """The IRI of the statement node of a fact."""
    return f"{base}statement/{_segment(fact_id)}"


def nanopub_iri(base: str, fact_id: str) -> str:
    """The IRI of the nanopublication of a fact; its graphs are #head, #assertion and so on."""
    return f"{base}nanopub/{_segment(fact_id)}"


def value_iri(base: str, fact_id: str) -> str:
    """The IRI of the quantity or quotation that is the object of a fact."""
    return f"{base}value/{_segment(fact_id)}"


def qualification_iri(base: str, fact_id: str, name: str) -> str:
    """The IRI of one qualifier of a fact, with the words that state it."""
    return f"{base}qualification/{_segment(fact_id)}/{_segment(name)}"


def evidence_iri(base: str, fact_id: str, evidence: Evidence) -> str:
    """The IRI of one reading: this fact, at this place, by this rule."""
    span = evidence.span
    place = (fact_id, span.article, span.start, span.end, str(evidence.voice), evidence.extractor)
    return f"{base}evidence/{short_hash(repr(place))}"


def judgement_iri(base: str, left: str, right: str, score: float, reason: str) -> str:
    """The IRI of a judgement that two ids denote one thing."""
    return f"{base}judgement/{short_hash(repr((left, right, score, reason)))}"


def candidate_iri(base: str, left: str, right: str, score: float, reason: str) -> str:
    """The IRI of a pair of ids that may denote one thing and were not merged."""
    return f"{base}candidate/{short_hash(repr((left, right, score, reason)))}"


def partnership_iri(base: str, partners: Iterable[str]) -> str:
    """The IRI of the partnership of the entities with these ids, in any order."""
    return f"{base}partnership/{short_hash(repr(sorted(partners)))}"


def discrepancy_iri(base: str, discrepancy_id: str) -> str:
    """The IRI of a discrepancy."""
    return f"{base}discrepancy/{_segment(discrepancy_id)}"


def side_iri(base: str, discrepancy_id: str, number: int) -> str:
    """The IRI of one side of a discrepancy, counted from 1."""
    return f"{discrepancy_iri(base, discrepancy_id)}/{number}"


def run_iri(base: str, settings: Mapping[str, str], articles: Iterable[Article] = ()) -> str:
    """The IRI of a build: the same for the same settings and articles, in any order."""
    texts = sorted((article.name, article.sha256) for article in articles)
    return f"{base}run/{short_hash(repr((sorted(settings.items()), texts)))}"


def setting_iri(run: str, name: str) -> str:
    """The IRI of one setting of a run."""
    return f"{run}/{_segment(name)}"


def runs_graph_iri(base: str) -> str:
    """The named graph of the runs and of the judgements they made."""
    return f"{base}graph/runs"


def inferred_graph_iri(base: str) -> str:
    """The named graph of what no article states and rules draw from what they do."""
    return f"{base}graph/inferred"


def discrepancies_graph_iri(base: str) -> str:
    """The named graph of what does not fit together."""
    return f"{base}graph/discrepancies"


def facts_graph_iri(base: str) -> str:
    """The named graph that the default graph becomes in a store that others use as well."""
    return f"{base}graph/facts"


def default_graph_iri(base: str) -> str:
    """What stands for the default graph of a store on the list of what was loaded."""
    return f"{base}graph/default"


def loaded_graph_iri(base: str) -> str:
    """The named graph that lists what was loaded into a store."""
    return f"{base}graph/loaded"


@lru_cache(maxsize=4096)  # the names of articles and facts, again for each of their nodes
def _segment(text: str) -> str:
    """One path segment for any text: a space is _, all but unreserved characters are escaped.

    ~ never stands for itself: it marks an empty text and one cut at MAX_SEGMENT, which ends in a
    hash of the whole. So no two texts share a segment.
    Source: https://www.rfc-editor.org/rfc/rfc3986#section-2.3
    """
    if text in ("", ".", ".."):  # dot segments disappear when a relative IRI is resolved
        return "~" * (len(text) + 1)
    escaped = quote(text.encode("utf-8", "surrogatepass"), safe="")
    escaped = escaped.replace("_", "%5F").replace("%20", "_").replace("~", "%7E")
    if len(escaped) <= MAX_SEGMENT:
        return escaped
    head = re.sub(r"%[0-9A-F]?$", "", escaped[: MAX_SEGMENT // 2])  # no half escape at the cut
    return f"{head}~{short_hash(text)}"
