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
from kg.rdf.jsonld_names import JsonLdNames
from kg.rdf.order import flatten
from kg.rdf.terms import NR, OA, RDF, SCHEMA, XSD

if TYPE_CHECKING:
    from kg.export.formats import Content, FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["write_jsonld"]

Properties = Mapping[ox.NamedNode, list[ox.NamedNode | ox.Literal]]

_STRING = XSD["string"]
_COUNT = XSD["nonNegativeInteger"]
_NUMBER = re.compile(r"0|[1-9]\d{0,14}")  # what any JSON reader keeps to the digit
# What is told of the node that points to it, and not on its own.
_NESTED = frozenset(
    {NR[name] for name in ("evidence", "mention", "qualification", "setting", "side")}
    | {OA["hasSelector"], OA["hasTarget"]}
)
_FIRST = ("name", "predicate", "object", "stance", "speaker", "quote", "exact")
_LAST = ("facts", "mention")  # of an entity
# What stands on its own, in this order; then whatever is left.
_ROOTS = (NR["Entity"], NR["Article"], NR["Discrepancy"], NR["Run"])


def write_jsonld(written: WrittenGraph, options: FormatOptions) -> Mapping[str, Content]:
    """One graph as a tree, with its context in it, and the context once more beside it."""
    quads = flatten(written.quads) if options.inferred else written.stated
    names = JsonLdNames(quads, written.base_iri, written.prefixes)
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


class _Tree:
    """The nodes of a graph, each told once in full, at the first place that it belongs to."""

    def __init__(self, quads: Iterable[ox.Quad], names: JsonLdNames) -> None:
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
