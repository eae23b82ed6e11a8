"""JSON-LD for people: one object an entity, its facts and their evidence nested in it.

The tree is what framing gives (https://www.w3.org/TR/json-ld11-framing/, `@embed: @once`), made in
one pass over the triples: a frame by the subject of the facts is a frame by a reverse property,
which a general framer repeats at each place and searches all nodes for (docs/decisions/1502).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InvalidGraphError
from kg.rdf.encode import flatten
from kg.rdf.terms import DCTERMS, NR, OA, PREFIXES, PROV, RDF, SCHEMA, SKOS, XSD, resource_prefixes

if TYPE_CHECKING:
    from kg.export.formats import Content, FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["write_jsonld"]

Properties = Mapping[ox.NamedNode, list[ox.NamedNode | ox.Literal]]

_STRING = XSD["string"]
_COUNT = XSD["nonNegativeInteger"]
_NUMBER = re.compile(r"0|[1-9]\d{0,14}")  # what any JSON reader keeps to the digit
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
# What is told of the node that points to it, and not on its own.
_NESTED = frozenset(
    {NR[name] for name in ("evidence", "mention", "qualification", "setting", "side")}
    | {OA["hasSelector"], OA["hasTarget"]}
)
_FIRST = ("name", "predicate", "object", "stance", "speaker", "quote", "exact")
_LAST = ("facts", "mention")  # of an entity
# Prefixes that would hide a key: a term is the one or the other.
_RENAMED = {"id": "entity", "evidence": "ev", "qualification": "qual"}
# What stands on its own, in this order; then whatever is left.
_ROOTS = (NR["Entity"], NR["Article"], NR["Discrepancy"], NR["Run"])


def write_jsonld(written: WrittenGraph, options: FormatOptions) -> Mapping[str, Content]:
    """One graph as a tree, with its context in it, and the context once more beside it."""
    quads = flatten(written.quads) if options.inferred else written.stated
    names = _Names(quads, written)
    beside = f"{PurePosixPath(options.name).stem}.context.jsonld"
    context = json.dumps({"@context": names.context}, ensure_ascii=False, indent=1)
    return {options.name: _lines(_Tree(quads, names)), beside: f"{context}\n"}


def _lines(tree: _Tree) -> Iterator[bytes]:
    context = json.dumps(tree.names.context, ensure_ascii=False, indent=1)
    yield f'{{\n"@context": {context},\n"@graph": ['.encode()
    for number, node in enumerate(tree.roots()):
        text = json.dumps(node, ensure_ascii=False, indent=1)
        yield f"{',' if number else ''}\n{text}".encode()
    yield b"\n]\n}\n"


class _Names:
    """The context of a graph: what its properties, classes and IRIs are called."""

    def __init__(self, quads: Iterable[ox.Quad], written: WrittenGraph) -> None:
        minted = resource_prefixes(written.base_iri)
        quads = tuple(quads)
        own = _safe({n: iri for n, iri in written.prefixes.items() if n not in minted}, quads)
        minted |= {name: f"{written.base_iri}{name}/" for name in ("run", "selector")}
        resources = {_RENAMED.get(name, name): iri for name, iri in minted.items()}
        self._prefixes = {**own, **PREFIXES, **resources}
        self._by_iri = sorted(self._prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._vocabulary = tuple(
            iri for name, iri in own.items() if iri == NR.iri or name not in PREFIXES
        )
        self._short = {iri.value: name for name, iri in _TERMS.items()}
        self._known: dict[str, str] = {}
        self.coercions = self._coerced(quads)
        terms: dict[str, Any] = {
            name: self._defined(iri, self.coercions.get(iri)) for name, iri in _TERMS.items()
        }
        for predicate, coercion in self.coercions.items():
            terms[self.term(predicate)] = self._defined(predicate, coercion)
        self.context: dict[str, Any] = {
            "@version": 1.1,
            "@vocab": NR.iri,
            **{name: _prefix(self._prefixes[name]) for name in sorted(self._prefixes)},
            "id": "@id",
            "type": "@type",
            "facts": {"@reverse": "rdf:subject"},
            **{name: terms[name] for name in sorted(terms)},
        }

    def term(self, iri: ox.NamedNode) -> str:
        """A property or class as a key, or where the vocabulary is meant."""
        if iri.value in self._short:
            return self._short[iri.value]
        local = iri.value.removeprefix(NR.iri)
        taken = local in _TERMS or local in self._prefixes or local in ("facts", "id", "type")
        if local != iri.value and re.fullmatch(r"\w+", local) and not taken:
            return local
        return self.iri(iri.value)

    def iri(self, iri: str) -> str:
        """An IRI by the longest prefix that fits, or whole."""
        if iri not in self._known:
            fitting = (
                f"{name}:{iri[len(start) :]}"
                for name, start in self._by_iri
                if start and iri.startswith(start) and not iri.startswith("//", len(start))
            )
            self._known[iri] = next(fitting, iri)
        return self._known[iri]

    def _coerced(self, quads: Iterable[ox.Quad]) -> dict[ox.NamedNode, str]:
        """What the values of a property are all read as: @id, @vocab or a datatype."""
        kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
        for quad in quads:
            if quad.predicate == RDF["type"]:
                continue
            object_ = quad.object
            if isinstance(object_, ox.Literal):
                kinds[quad.predicate].add("" if object_.language else object_.datatype.value)
            elif isinstance(object_, ox.NamedNode):
                named = object_.value.startswith(self._vocabulary)
                kinds[quad.predicate].add("@vocab" if named else "@id")
        single = {predicate: min(found) for predicate, found in kinds.items() if len(found) == 1}
        return {p: kind for p, kind in single.items() if kind not in ("", _STRING.value)}

    def _defined(self, predicate: ox.NamedNode, coercion: str | None) -> Any:
        iri = self.iri(predicate.value)
        if coercion is None:
            return iri
        type_ = coercion if coercion.startswith("@") else self.iri(coercion)
        return {"@id": iri, "@type": type_}


def _safe(prefixes: Mapping[str, str], quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Those that are no key of JSON-LD, nor the scheme of an IRI, which would then be prefixed."""
    schemes = {
        node.value.partition(":")[0]
        for quad in quads
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode)
    }
    return {n: iri for n, iri in prefixes.items() if n and n[0] != "@" and n not in schemes}


def _prefix(iri: str) -> Any:
    """How a prefix is declared; one that ends like a name has to say that it is one.

    Source: https://www.w3.org/TR/json-ld11/#compact-iris
    """
    return iri if iri[-1:] in tuple(":/?#[]@") else {"@id": iri, "@prefix": True}


class _Tree:
    """The nodes of a graph, each told once in full, at the first place that it belongs to."""

    def __init__(self, quads: Iterable[ox.Quad], names: _Names) -> None:
        self.names = names
        nodes: dict[ox.NamedNode, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]] = {}
        self._facts: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for quad in quads:
            subject, object_ = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(
                object_, ox.NamedNode | ox.Literal
            ):
                raise InvalidGraphError(
                    f"{quad}: has a blank node or a triple term, which no build writes"
                )
            nodes.setdefault(subject, {}).setdefault(quad.predicate, []).append(object_)
            if quad.predicate == RDF["subject"] and isinstance(object_, ox.NamedNode):
                self._facts[object_].append(subject)
        self._nodes: Mapping[ox.NamedNode, Properties] = nodes
        self._told: set[ox.NamedNode] = set()

    def roots(self) -> Iterator[dict[str, Any]]:
        """The top of the tree: entities, articles, discrepancies, runs, and what is left."""
        for class_ in _ROOTS:
            for node, properties in self._nodes.items():
                types = properties.get(RDF["type"], ())
                is_root = class_ in types and (class_ == _ROOTS[1] or _ROOTS[1] not in types)
                if is_root and NR["statedValue"] not in properties and node not in self._told:
                    yield self._object(node)
        for node in self._nodes:
            if node not in self._told:
                yield self._object(node)

    def _object(self, node: ox.NamedNode, *, within: ox.NamedNode | None = None) -> dict[str, Any]:
        """The node in full; `within` is the property that it need not repeat."""
        self._told.add(node)
        found: dict[str, Any] = {"id": self.names.iri(node.value)}
        told = {p: values for p, values in self._nodes[node].items() if p != within}
        types = [
            self.names.term(t) for t in told.pop(RDF["type"], ()) if isinstance(t, ox.NamedNode)
        ]
        if types:
            found["type"] = types if len(types) > 1 else types[0]
        properties = {self.names.term(predicate): predicate for predicate in told}
        facts = [fact for fact in self._facts.get(node, ()) if fact not in self._told]
        for key in sorted({*properties, "facts"}, key=_place):
            if key in properties:
                values = [self._value(properties[key], value) for value in told[properties[key]]]
                found[key] = values if len(values) > 1 else values[0]
            elif facts:
                found[key] = [self._object(fact, within=RDF["subject"]) for fact in facts]
        return found

    def _value(self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Any:
        coercion = self.names.coercions.get(predicate)
        if isinstance(value, ox.Literal):
            return self._literal(value, coercion)
        node = self._nodes.get(value, {})
        nested = predicate in _NESTED or (predicate == RDF["object"] and NR["statedValue"] in node)
        if nested and node and value not in self._told:
            return self._object(value)
        label = next((n for n in node.get(SCHEMA["name"], ()) if isinstance(n, ox.Literal)), None)
        if label is not None:  # said once more, so that one need not look it up
            return {"id": self.names.iri(value.value), "name": label.value}
        if coercion == "@vocab":
            return self.names.term(value)
        return self.names.iri(value.value) if coercion else {"id": self.names.iri(value.value)}

    def _literal(self, value: ox.Literal, coercion: str | None) -> Any:
        if value.datatype == _STRING and coercion is None:
            return value.value
        if value.datatype.value == coercion:
            is_count = value.datatype == _COUNT and _NUMBER.fullmatch(value.value)
            return int(value.value) if is_count else value.value
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return {"@value": value.value, "@type": self.names.iri(value.datatype.value)}


def _place(key: str) -> tuple[int, str]:
    """What a reader wants to know comes first, and what is long last."""
    if key in _FIRST:
        return _FIRST.index(key) - len(_FIRST), key
    return (_LAST.index(key) + 1 if key in _LAST else 0), key
