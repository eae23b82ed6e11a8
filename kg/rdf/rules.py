"""Shapes put so that they are checked over the whole graph at once, not focus by focus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.rdf.trace import Triple

if TYPE_CHECKING:
    import rdflib

__all__ = ["Rule", "broken_rules", "hand_down_targets", "take_rules"]

SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Rule:
    """One sh:sparql constraint of a shape whose targets are single nodes."""

    focus: str
    message: str
    select: str
    prefixes: dict[str, str]


def take_rules(shapes: rdflib.Graph) -> tuple[Rule, ...]:
    """The rules of the shapes, which are removed from them.

    A constraint stays where its shape has other targets than sh:targetNode, or a path: those must
    run for each focus node, as SHACL says (https://www.w3.org/TR/shacl/#sparql-constraints).
    """
    import rdflib

    sh = rdflib.Namespace(SH)
    taken = []
    others = (sh.targetClass, sh.targetSubjectsOf, sh.targetObjectsOf, sh.target, sh.path)
    for shape, constraint in sorted(shapes.subject_objects(sh.sparql)):
        targets = sorted(map(str, shapes.objects(shape, sh.targetNode)))
        select = shapes.value(constraint, sh.select)
        if not targets or select is None or any(shapes.value(shape, p) is not None for p in others):
            continue
        prefixes = {
            str(shapes.value(declared, sh.prefix)): str(shapes.value(declared, sh.namespace))
            for source in shapes.objects(constraint, sh.prefixes)
            for declared in shapes.objects(source, sh.declare)
        }
        message = str(shapes.value(constraint, sh.message) or "a rule of the shapes is broken")
        taken += [Rule(target, message, str(select), prefixes) for target in targets]
        shapes.remove((shape, sh.sparql, constraint))
    return tuple(taken)


def hand_down_targets(shapes: rdflib.Graph) -> None:
    """Gives the property shapes of each node shape its targets, in place of sh:property.

    They say the same of each focus node (https://www.w3.org/TR/shacl/#PropertyConstraintComponent),
    but pySHACL checks a shape with targets once for all of them, and what sh:property leads to once
    for each. Shapes that others refer to, or that need to know their properties, stay as they are.
    """
    import rdflib

    sh = rdflib.Namespace(SH)
    for shape in set(shapes.subjects(sh.property)):
        targets = [
            (sh[name], node) for name in _TARGETS for node in shapes.objects(shape, sh[name])
        ]
        kept = (sh.path, sh.closed, sh.deactivated, sh.target)
        if any(shapes.value(shape, p) is not None for p in kept):
            continue
        if not targets or (None, None, shape) in shapes:
            continue
        for property_shape in list(shapes.objects(shape, sh.property)):
            shapes.remove((shape, sh.property, property_shape))
            for predicate, target in targets:
                shapes.add((property_shape, predicate, target))


def broken_rules(
    rules: Iterable[Rule], triples: Iterable[Triple]
) -> Iterator[tuple[str, str | None, str]]:
    """Focus node, value and message for each answer of a rule over the triples.

    Raises OntologyError for a rule whose query does not parse.
    """
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)  # type: ignore[arg-type]
    for rule in rules:
        try:
            answers = store.query(
                rule.select,
                prefixes=rule.prefixes,
                substitutions={ox.Variable("this"): ox.NamedNode(rule.focus)},
            )
        except SyntaxError as error:
            raise OntologyError(
                f"a SPARQL rule of the shapes does not parse ({rule.message}): {error}"
            ) from error
        assert isinstance(answers, ox.QuerySolutions)  # noqa: S101 - sh:select has no other form
        has_value = "value" in {variable.value for variable in answers.variables}
        for answer in answers:
            value = answer["value"] if has_value else None
            yield rule.focus, None if value is None else _text(value), rule.message


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
