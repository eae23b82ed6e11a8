"""Shapes as data: targets, paths and the constraints of values.

Source: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.conform.index import Index, Uncertain, lexical
from kg.rdf.conform.values import COUNTS, PAIRS, VALUES, Values, value_test
from kg.rdf.ntriples import Term
from kg.rdf.rules import SH, Rule
from kg.rdf.terms import RDF

__all__ = ["Compiled", "Result", "compile_shapes"]

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_NODE_ONLY = frozenset((*_TARGETS, "property", "not"))
_FIRST, _REST, _NIL = RDF["first"], RDF["rest"], RDF["nil"]

Result = tuple[str, str | None, str]
"""Focus node, value and message."""

_Graph = Mapping[object, Mapping[str, list[object]]]
Step = tuple[Term, bool]  # a predicate, and whether it is followed against its direction


@dataclass(frozen=True, slots=True)
class Property:
    """What the values of one path must be."""

    path: tuple[Step, ...]
    least: int
    most: int | None
    values: tuple[tuple[str, object], ...]  # constraint and its argument
    pairs: tuple[tuple[str, Term], ...]  # constraint and the predicate compared with
    message: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """What nodes must be themselves, and their properties."""

    targets: tuple[tuple[str, Term], ...]
    values: tuple[tuple[str, object], ...]
    excluded: tuple[Property, ...]  # of sh:not: not all of these may hold
    either: tuple[tuple[Property, ...], ...]  # of sh:or: all of one of these must hold
    properties: tuple[Property, ...]
    message: str | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """Shapes that can be checked without pySHACL."""

    nodes: tuple[Node, ...]
    rules: tuple[Rule, ...]  # to be asked over the whole graph, not by `results`

    def results(self, index: Index) -> Iterator[Result]:
        """Each result of a validation. Raises Uncertain where pySHACL has to be asked."""
        for node in self.nodes:
            focus = set().union(*(_targeted(index, *target) for target in node.targets))
            if not focus:
                continue
            if node.values or node.excluded or node.either:
                yield from _of_nodes(index, node, focus)
            for shape in node.properties:
                yield from _of_property(index, shape, focus)


def _targeted(index: Index, kind: str, term: Term) -> Iterable[Term]:
    if kind == "targetClass":
        return index.instances(term)
    if kind == "targetNode":
        return (term,)
    if kind == "targetSubjectsOf":
        return index.objects(term).keys()
    return {item for items in index.objects(term).values() for item in items}


def _of_nodes(index: Index, node: Node, focus: set[Term]) -> Iterator[Result]:
    tests = [value_test(index, *value) for value in node.values]
    for one in focus:
        held = all(test(one) for test in tests)
        if node.excluded and _have(index, node.excluded, one):
            held = False
        if node.either and not any(_have(index, choice, one) for choice in node.either):
            held = False
        if not held:
            if node.message is None:
                raise Uncertain  # pySHACL has a message of its own
            yield lexical(one), lexical(one), node.message


def _have(index: Index, shapes: tuple[Property, ...], node: Term) -> bool:
    return all(next(_of_property(index, shape, {node}), None) is None for shape in shapes)


def _of_property(index: Index, shape: Property, focus: set[Term]) -> Iterator[Result]:
    message = shape.message or ""
    found = Values(index, shape.path, focus)
    if shape.least or shape.most is not None:
        for one in found.miscounted(focus, shape.least, shape.most):
            yield lexical(one), None, message
    for value in shape.values:
        test = value_test(index, *value)
        for one, item in found.failing(test):
            yield lexical(one), lexical(item), message
    for kind, predicate in shape.pairs:
        for one, item in found.unpaired(kind, predicate, focus):
            yield lexical(one), lexical(item), message


def compile_shapes(triples: Iterable[tuple[object, ox.NamedNode, object]]) -> Compiled | None:
    """The shapes; None where one of them cannot be compiled."""
    graph: dict[object, dict[str, list[object]]] = {}
    for subject, predicate, object_ in triples:
        graph.setdefault(subject, {}).setdefault(predicate.value, []).append(object_)
    try:
        shapes = [shape for shape, said in graph.items() if _is_targeted(said)]
        nodes = tuple(_node(graph, shape) for shape in shapes)
        rules = tuple(rule for shape in shapes for rule in _rules(graph, shape))
    except Uncertain:
        return None
    return Compiled(nodes, rules)


def _rules(graph: _Graph, shape: object) -> Iterator[Rule]:
    """As `kg.rdf.rules.take_rules`, which has the same of pySHACL's graph."""
    said = _own(graph, shape)
    targets = said.get("targetNode", [])
    for constraint in said.get("sparql", ()):
        rule = _own(graph, constraint)
        others = said.keys() & {*_TARGETS} - {"targetNode"}
        if others or not rule.keys() <= {"select", "message", "prefixes"}:
            raise Uncertain
        prefixes = {
            _value(one["prefix"]): _value(one["namespace"])
            for source in rule.get("prefixes", ())
            for declared in _own(graph, source).get("declare", ())
            for one in [_own(graph, declared)]
        }
        select, message = _value(rule.get("select", ())), _value(rule.get("message", ()))
        for target in targets:
            yield Rule(_value([target]), message, select, prefixes)


def _value(found: Iterable[object]) -> str:
    return str(_one(found).value)


def _is_targeted(said: Mapping[str, list[object]]) -> bool:
    if any(SH + name in said for name in _TARGETS):
        return True
    # A class that is a shape is its own target, which no domain here makes use of.
    if ox.NamedNode(SH + "NodeShape") in said.get(RDF["type"].value, ()):
        raise Uncertain
    return False


def _node(graph: _Graph, shape: object) -> Node:
    said = _own(graph, shape)
    if not said.keys() <= {*_NODE_ONLY, *VALUES, "message", "sparql"}:
        raise Uncertain
    targets = [(name, str(node)) for name in _TARGETS for node in said.get(name, ())]
    excluded, either = said.get("not", []), said.pop("or", [])
    if len(excluded) > 1 or len(either) > 1:
        raise Uncertain
    return Node(
        tuple(targets),
        tuple(_constraints(graph, said)),
        tuple(p for one in excluded for p in _nested(graph, one)),
        tuple(_nested(graph, one) for head in either for one in _listed(graph, head)),
        tuple(_property(graph, p) for p in said.get("property", ())),
        _message(said),
    )


def _nested(graph: _Graph, shape: object) -> tuple[Property, ...]:
    """The properties of a shape inside another, which has nothing else."""
    said = _own(graph, shape)
    if said.keys() != {"property"}:
        raise Uncertain
    return tuple(_property(graph, p, nested=True) for p in said["property"])


def _own(graph: _Graph, shape: object) -> dict[str, list[object]]:
    """What SHACL says of a shape; Uncertain for what does not belong there."""
    said = dict(graph.get(shape, {}))
    said.pop(RDF["type"].value, None)
    if not all(name.startswith(SH) for name in said):
        raise Uncertain
    return {name.removeprefix(SH): values for name, values in said.items()}


def _property(graph: _Graph, shape: object, *, nested: bool = False) -> Property:
    said = _own(graph, shape)
    if not said.keys() <= {*VALUES, *COUNTS, *PAIRS, "path", "message"}:
        raise Uncertain
    message = _message(said)
    if message is None and not nested:
        raise Uncertain  # pySHACL has messages of its own
    counts = {name: int(_one(said[name]).value) for name in COUNTS if name in said}
    return Property(
        _path(graph, _one(said.get("path", ()))),
        counts.get("minCount", 0),
        counts.get("maxCount"),
        tuple(_constraints(graph, said)),
        tuple((name, str(node)) for name in PAIRS for node in said.get(name, ())),
        message,
    )


def _constraints(graph: _Graph, said: Mapping[str, list[object]]) -> Iterator[tuple[str, object]]:
    for name in VALUES:
        for argument in said.get(name, ()):
            if name == "in":
                yield name, frozenset(str(item) for item in _listed(graph, argument))
            elif name == "or":
                yield name, tuple(_alternative(graph, one) for one in _listed(graph, argument))
            else:
                yield name, str(argument)


def _alternative(graph: _Graph, shape: object) -> tuple[tuple[str, object], ...]:
    said = _own(graph, shape)
    if not said.keys() <= VALUES.keys():
        raise Uncertain
    return tuple(_constraints(graph, said))


def _path(graph: _Graph, path: object) -> tuple[Step, ...]:
    if isinstance(path, ox.NamedNode):
        return ((str(path), False),)
    if _FIRST.value in graph.get(path, {}):
        return tuple(step for one in _listed(graph, path) for step in _path(graph, one))
    said = _own(graph, path)
    if said.keys() != {"inversePath"}:
        raise Uncertain
    ((predicate, against),) = _path(graph, _one(said["inversePath"])) or ((None, False),)
    if predicate is None:
        raise Uncertain
    return ((predicate, not against),)


def _listed(graph: _Graph, head: object) -> Iterator[object]:
    while head != _NIL:
        said = graph.get(head, {})
        if _FIRST.value not in said:
            raise Uncertain
        yield said[_FIRST.value][0]
        head = said[_REST.value][0]


def _message(said: Mapping[str, list[object]]) -> str | None:
    messages = said.get("message", [])
    if len(messages) > 1:
        raise Uncertain
    return str(messages[0].value) if messages else None  # type: ignore[attr-defined]


def _one(found: Iterable[object]) -> ox.Literal | ox.NamedNode:
    items = list(found)
    if len(items) != 1:
        raise Uncertain
    return items[0]  # type: ignore[return-value]
