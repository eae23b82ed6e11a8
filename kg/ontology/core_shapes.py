"""The part of SHACL shapes that stores without SPARQL constraints understand, as shapes of its own.

Neosemantics, among others, knows targetClass and, for a property, class, datatype, in, hasValue,
pattern, counts, ranges, lengths, nodeKind and disjoint, but no sh:sparql, sh:or or path of several
steps. What is lost is said by weaker constraints where there are any: one of several datatypes is a
literal, and a relation of one range is checked on its plain triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.domain import Ontology
from kg.ontology.turtle import Term, listed, objects_of

__all__ = ["CORE", "core_shapes"]

SH = "http://www.w3.org/ns/shacl#"
_VALUES = (
    *("class", "datatype", "hasValue", "pattern", "nodeKind", "disjoint", "minCount", "maxCount"),
    *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "minLength", "maxLength"),
)
# What the result may use, besides sh:NodeShape and the lists of sh:in.
CORE = frozenset(
    SH + name for name in (*_VALUES, "in", "targetClass", "property", "path", "message")
)
_HEADER = """\
# Made from shapes.ttl by `kg ontology core-shapes`; do not edit. For stores that know no sh:sparql,
# no sh:or and no path of several steps, such as neosemantics: it finds less than shapes.ttl.
"""

_Constraints = list[tuple[str, str]]


def core_shapes(ontology: Ontology, folder: Path) -> str:
    """The core of the shapes.ttl of one folder of the domain, as Turtle; the same text each time.

    Raises OntologyError when the file is missing or does not parse.
    """
    path = folder / "shapes.ttl"
    if not path.is_file():
        raise OntologyError(f"{path}: file is missing; every domain folder needs it")
    store = ox.Store()
    try:
        parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        store.extend(parsed)
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: not valid Turtle: {error}") from error
    shapes = [
        *(_class_shape(store, shape) for shape in _subjects(store, "targetClass")),
        *_relation_shapes(store, ontology),
    ]
    prefixes = {**parsed.prefixes, "sh": SH}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    return _HEADER + head + _shortened("".join(shapes), prefixes)


def _shortened(text: str, prefixes: Mapping[str, str]) -> str:
    """The Turtle with prefixes for IRIs and with numbers as such; messages hold neither."""
    for name, iri in prefixes.items():
        text = re.sub(rf"<{re.escape(iri)}(\w+)>", rf"{name}:\1", text)
    return re.sub(r'"(\d+)"\^\^xsd:integer', r"\1", text)


def _class_shape(store: ox.Store, shape: ox.NamedNode) -> str:
    """The shape of a class without what only richer engines know; "" when nothing is left."""
    own = _constraints(store, shape)
    properties = []
    for node in _objects(store, shape, "property"):
        for path in _objects(store, node, "path"):
            found = _constraints(store, node)
            if found and isinstance(path, ox.NamedNode):
                messages = [("message", str(m)) for m in _objects(store, node, "message")]
                properties.append(_block(str(path), [*found, *messages]))
    targets = [str(t) for t in _objects(store, shape, "targetClass")]
    return _written(str(shape), targets, own, properties) if own or properties else ""


def _relation_shapes(store: ox.Store, ontology: Ontology) -> Iterator[str]:
    """For each relation with a shape, what its plain triples must point to."""
    entities = [c.iri for c in ontology.classes.values() if c.name == "Entity"]
    shaped = {
        str(o) for s in _subjects(store, "targetNode") for o in _objects(store, s, "targetNode")
    }
    for relation in sorted(ontology.relations.values(), key=lambda r: r.iri):
        if f"<{relation.iri}>" not in shaped or not entities:
            continue
        if relation.is_datatype and len(relation.range) == 1:
            found = [("datatype", f"<{relation.range[0]}>")]
        elif relation.is_datatype:
            found = [("nodeKind", f"<{SH}Literal>")]
        elif len(relation.range) == 1 and relation.range[0] in ontology.classes:
            found = [("class", f"<{ontology.classes[relation.range[0]].iri}>")]
        else:
            found = [("class", f"<{entities[0]}>")]
        message = f"the object of {relation.name} is of a wrong kind"
        text = _block(f"<{relation.iri}>", [*found, ("message", _string(message))])
        yield _written(f"<{relation.iri}CoreShape>", [f"<{entities[0]}>"], [], [text])


def _constraints(store: ox.Store, node: Term) -> _Constraints:
    """The constraints on one shape that a core engine knows, and weaker ones for some others."""
    found = [(name, str(o)) for name in _VALUES for o in _objects(store, node, name)]
    for members in _objects(store, node, "in"):
        found.append(("in", "( " + " ".join(map(str, listed(store, members))) + " )"))
    for members in _objects(store, node, "or"):
        choices = [_constraints(store, m) for m in listed(store, members)]
        if choices and all(c and c[0][0] == "datatype" for c in choices):
            found.append(("nodeKind", f"<{SH}Literal>"))
        elif choices and all(c and c[0][0] == "class" for c in choices):
            found.append(("nodeKind", f"<{SH}IRI>"))
    return sorted(set(found))


def _block(path: str, found: _Constraints) -> str:
    return f"[ sh:path {path} ; " + " ; ".join(f"sh:{n} {value}" for n, value in found) + " ]"


def _written(shape: str, targets: list[str], own: _Constraints, properties: list[str]) -> str:
    lines = [f"\n{shape} a sh:NodeShape", *(f"sh:targetClass {target}" for target in targets)]
    lines += [f"sh:{name} {value}" for name, value in own]
    lines += [f"sh:property {text}" for text in sorted(properties)]
    return " ;\n    ".join(lines) + " .\n"


def _string(text: str) -> str:
    return str(ox.Literal(text))


def _subjects(store: ox.Store, name: str) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, ox.NamedNode(SH + name), None)
    return sorted({q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}, key=str)


def _objects(store: ox.Store, node: Term, name: str) -> list[Term]:
    return [] if isinstance(node, ox.Literal) else objects_of(store, node, SH + name)
