"""What JSON-LD calls the properties, classes and IRIs of a graph, and the context that says so.

Source: https://www.w3.org/TR/json-ld11/#the-context
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import DCTERMS, NR, OA, PREFIXES, PROV, RDF, SCHEMA, SKOS, XSD, resource_prefixes

__all__ = ["JsonLdNames"]

_STRING = XSD["string"]
# Short names for what is not of the newsroom vocabulary; the others have their prefix.
_TERMS = {
    name: namespace[name]
    for namespace, names in (
        (DCTERMS, "identifier"),
        (OA, "exact hasBody hasSelector hasSource hasTarget prefix suffix"),
        (PROV, "endedAtTime used wasGeneratedBy"),
        (RDF, "object predicate subject"),
        (SCHEMA, "author datePublished description encodingFormat headline inLanguage name"),
        (SCHEMA, "publisher sameAs sha256 unitText url"),
        (SKOS, "altLabel hiddenLabel prefLabel"),
    )
    for name in names.split()
}
_SHORT = {iri: name for name, iri in _TERMS.items()}
_KEYWORDS: Mapping[str, Any] = {"id": "@id", "type": "@type", "facts": {"@reverse": "rdf:subject"}}
# Prefixes that would hide a key: a term is the one or the other.
_RENAMED = {"id": "entity", "evidence": "ev", "qualification": "qual"}


class JsonLdNames:
    """The context of a graph: what its properties, classes and IRIs are called.

    `coercions` says of a property what all its values are read as: @id, @vocab or a datatype.
    """

    def __init__(self, quads: Iterable[ox.Quad], base: str, prefixes: Mapping[str, str]) -> None:
        minted = resource_prefixes(base)
        minted |= {name: f"{base}{name}/" for name in ("run", "selector")}
        others = {n: iri for n, iri in prefixes.items() if n not in {*minted, *PREFIXES}}
        quads = tuple(quads)
        own = _safe(others, quads)
        self._prefixes = {
            **own,
            **PREFIXES,
            **{_RENAMED.get(name, name): iri for name, iri in minted.items()},
        }
        self._by_iri = sorted(self._prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._known: dict[str, str] = {}
        self.coercions = _coercions(quads, (NR.iri, *own.values()))
        self.context = self._context()

    def _context(self) -> dict[str, Any]:
        terms = {name: self._defined(iri) for name, iri in _TERMS.items()}
        terms |= {self.term(iri): self._defined(iri) for iri in self.coercions}
        return {
            "@version": 1.1,
            "@vocab": NR.iri,
            **{name: _prefix(self._prefixes[name]) for name in sorted(self._prefixes)},
            **_KEYWORDS,
            **{name: terms[name] for name in sorted(terms)},
        }

    def term(self, iri: ox.NamedNode) -> str:
        """A property or class as a key, or where the vocabulary is meant."""
        if iri in _SHORT:
            return _SHORT[iri]
        local = iri.value.removeprefix(NR.iri)
        taken = local in _TERMS or local in self._prefixes or local in _KEYWORDS
        if local != iri.value and re.fullmatch(r"\w+", local) and not taken:
            return local
        return self.iri(iri.value)

    def iri(self, iri: str) -> str:
        """An IRI by the longest prefix that fits, or whole."""
        if iri not in self._known:
            fitting = (
                f"{name}:{iri[len(start) :]}"
                for name, start in self._by_iri
                if iri.startswith(start) and not iri.startswith("//", len(start))
            )
            self._known[iri] = next(fitting, iri)
        return self._known[iri]

    def _defined(self, predicate: ox.NamedNode) -> Any:
        iri, coercion = self.iri(predicate.value), self.coercions.get(predicate)
        if coercion is None:
            return iri
        type_ = coercion if coercion.startswith("@") else self.iri(coercion)
        return {"@id": iri, "@type": type_}


def _coercions(quads: Iterable[ox.Quad], vocabulary: tuple[str, ...]) -> dict[ox.NamedNode, str]:
    """What the values of a property are all read as: @id, @vocab or a datatype.

    A value is read as one of the vocabulary where its IRI begins as one of these does.
    """
    kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
    for quad in quads:
        predicate, object_ = quad.predicate, quad.object
        if predicate == RDF["type"]:
            continue
        if isinstance(object_, ox.Literal):
            kinds[predicate].add("" if object_.language else object_.datatype.value)
        elif isinstance(object_, ox.NamedNode):
            kinds[predicate].add("@vocab" if object_.value.startswith(vocabulary) else "@id")
    single = {predicate: min(found) for predicate, found in kinds.items() if len(found) == 1}
    return {p: kind for p, kind in single.items() if kind not in ("", _STRING.value)}


def _safe(prefixes: Mapping[str, str], quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Those that hide no key and are not the scheme of an IRI, which would then be prefixed."""
    schemes = {
        node.value.partition(":")[0]
        for quad in quads
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode)
    }
    taken = {"", *schemes, *_TERMS, *_KEYWORDS}
    return {n: iri for n, iri in prefixes.items() if n not in taken and iri}


def _prefix(iri: str) -> Any:
    """How a prefix is declared; one that ends like a name has to say that it is one.

    Source: https://www.w3.org/TR/json-ld11/#compact-iris
    """
    return iri if iri[-1:] in tuple(":/?#[]@") else {"@id": iri, "@prefix": True}
