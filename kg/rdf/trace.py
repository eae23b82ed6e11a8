"""From a node of a graph to the fact, the article and the words it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.model.violation import Violation
from kg.rdf.terms import DCTERMS, NR, OA, RDF, SCHEMA

__all__ = ["Trace", "Triple"]

Triple = tuple[object, ox.NamedNode, object]

# Rules over the whole graph have this node as their focus; what breaks them is the value.
GRAPH_WIDE = frozenset((NR["StanceScheme"].value,))

# Ways from a node to what it belongs to; "<" is against the direction of the property.
WAYS: tuple[tuple[ox.NamedNode, str], ...] = (
    *((NR[name], "<") for name in ("evidence", "qualification", "side")),
    *((NR[name], ">") for name in ("basedOn", "sideStatement", "side", "evidence", "premise")),
    (OA["hasSelector"], "<"),
    (OA["hasTarget"], "<"),
    (OA["hasBody"], ">"),
    (RDF["object"], "<"),
    (RDF["subject"], "<"),
    (NR["speaker"], "<"),
)
STATEMENTS = frozenset((NR["Statement"].value, NR["InferredStatement"].value))
STEPS = 4  # of a way: a selector, its passage, the evidence there, the statement


class Trace:
    """The links of a graph in both directions."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.forward: dict[tuple[str, str], list[str]] = {}
        self.backward: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, object_ in sorted(triples, key=str):
            left, right = _text(subject), _text(object_)
            self.forward.setdefault((left, predicate.value), []).append(right)
            self.backward.setdefault((predicate.value, right), []).append(left)

    def violation(self, focus: str, value: str | None, message: str) -> Violation:
        """The result of a validation with fact, article and quotation, as far as they are known."""
        node = value if value is not None and focus in GRAPH_WIDE else focus
        if value is not None and self._subjects(RDF["predicate"], focus):
            node = value
        statement = self._statement(focus, value)
        if statement is not None:
            fact = next(iter(self._objects(statement, DCTERMS["identifier"])), statement)
            evidence = next(iter(self._objects(statement, NR["evidence"])), None)
            return self._placed(message, node, fact, evidence)
        near = [n for n in self._around(node) if self._objects(n, OA["hasSource"])]
        near += [
            passage
            for passage in self._objects(node, NR["mention"])
            if self._objects(passage, OA["hasSource"])
        ]
        return self._placed(message, node, None, None, near[0] if near else None)

    def _placed(
        self,
        message: str,
        node: str,
        fact: str | None,
        evidence: str | None,
        passage: str | None = None,
    ) -> Violation:
        """With the article and the words of the evidence, or of a passage without any."""
        quote = None
        if evidence is not None:
            quote = next(iter(self._objects(evidence, NR["quote"])), None)
            passage = next(iter(self._objects(evidence, OA["hasTarget"])), None)
        if passage is None:
            return Violation(message, node, fact, None, quote)
        article = next(iter(self._objects(passage, OA["hasSource"])), None)
        if article is not None:
            article = next(iter(self._objects(article, SCHEMA["name"])), article)
        selectors = self._objects(passage, OA["hasSelector"])
        found = {
            name: next((v for s in selectors for v in self._objects(s, OA[name])), None)
            for name in ("start", "end", "exact")
        }
        return Violation(
            message,
            node,
            fact,
            article,
            found["exact"] if evidence is None else quote,
            _number(found["start"]),
            _number(found["end"]),
        )

    def _statement(self, focus: str, value: str | None) -> str | None:
        """The first statement that the two nodes of a result lead to."""
        if value is not None:
            for found in self._subjects(RDF["predicate"], focus):
                ends = self._objects(found, RDF["subject"]) + self._objects(found, RDF["object"])
                if value in ends:
                    return found
        for node in (focus, value):
            if node is not None:
                for found in self._around(node):
                    if self._is_statement(found):
                        return found
        return None

    def _around(self, node: str) -> Iterator[str]:
        """The node, then what it belongs to, nearest first."""
        seen, edge = {node}, [node]
        for _ in range(STEPS + 1):
            yield from edge
            edge = [other for one in edge for other in self._next(one) if other not in seen]
            seen.update(edge)
            edge = list(dict.fromkeys(edge))

    def _next(self, node: str) -> Iterator[str]:
        if self._is_statement(node):
            return  # what lies behind a statement is no part of the node
        for predicate, direction in WAYS:
            yield from (
                self._subjects(predicate, node)
                if direction == "<"
                else self._objects(node, predicate)
            )

    def _is_statement(self, node: str) -> bool:
        """Whether the node is a fact, stated or inferred."""
        return not STATEMENTS.isdisjoint(self._objects(node, RDF["type"]))

    def _objects(self, node: str, predicate: ox.NamedNode) -> list[str]:
        return self.forward.get((node, predicate.value), [])

    def _subjects(self, predicate: ox.NamedNode, node: str) -> list[str]:
        return self.backward.get((predicate.value, node), [])


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
