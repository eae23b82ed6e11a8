"""Rules of shapes over the whole graph: SPARQL that an index answers faster than focus by focus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.rdf.trace import Triple

if TYPE_CHECKING:
    import rdflib

__all__ = ["Rule", "broken_rules", "take_rules"]

SH = "http://www.w3.org/ns/shacl#"


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
