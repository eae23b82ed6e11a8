"""Triples by predicate and subject, as the strings that N-Triples writes for their terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kg.rdf.ntriples import Row, Term
from kg.rdf.terms import RDF, RDFS

__all__ = ["Index", "Uncertain", "lexical"]

_TYPE, _SUBCLASS = f"<{RDF['type'].value}>", f"<{RDFS['subClassOf'].value}>"
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))", re.S)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_NOTHING: Mapping[Term, Sequence[Term]] = {}


class Uncertain(Exception):  # noqa: N818 - nothing is wrong: another checker is to be asked
    """Another checker has to be asked."""


class Index:
    """Triples under a hierarchy of classes."""

    def __init__(self, below: Mapping[Term, Iterable[Term]]) -> None:
        """`below` has the subclasses of each class, at any depth."""
        self._below = below
        self._found: dict[Term, dict[Term, Sequence[Term]]] = {}
        # Every term, and every set of classes, as one object: most stand in several triples.
        self._alone: dict[Term, tuple[Term]] = {}
        self._classes: dict[tuple[Term, ...], tuple[Term, ...]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Adds triples, some of them twice; to be called before anything is asked."""
        found, alone, classes = self._found, self._alone, self._classes
        for subject, predicate, object_ in rows:
            of_predicate = found.get(predicate)
            if of_predicate is None:
                of_predicate = found[predicate] = {}
            one = alone.setdefault(object_, (object_,))
            objects = of_predicate.get(subject)
            if objects is None:
                of_predicate[alone.setdefault(subject, (subject,))[0]] = one
            elif isinstance(objects, list):
                if len(objects) > _MANY or object_ not in objects:
                    objects.append(one[0])
            elif object_ not in objects:
                more = (*objects, one[0])
                is_class = predicate == _TYPE
                of_predicate[subject] = classes.setdefault(more, more) if is_class else [*more]

    def check(self) -> None:
        """Raises Uncertain for blank nodes, triple terms and classes that the data arrange.

        Nothing can be added after it.
        """
        is_plain = not any(term[0] == "_" or term[:2] == "<<" for term in self._alone)
        self._alone.clear()
        self._classes.clear()
        if not is_plain or _SUBCLASS in self._found:
            raise Uncertain

    def objects(self, predicate: Term) -> Mapping[Term, Sequence[Term]]:
        """The objects of a predicate by subject; one with very many may repeat some."""
        return self._found.get(predicate, _NOTHING)

    @property
    def predicates(self) -> Iterable[Term]:
        """Every predicate that is used."""
        return self._found

    @cached_property
    def _members(self) -> dict[Term, set[Term]]:
        members: dict[Term, set[Term]] = {}
        for subject, classes in self.objects(_TYPE).items():
            for class_ in classes:
                members.setdefault(class_, set()).add(subject)
        return members

    def classed(self, class_: Term) -> Iterable[Term]:
        """The nodes that are said to be of a class, those of classes below it left out."""
        return self._members.get(class_, ())

    def instances(self, class_: Term) -> set[Term]:
        """The nodes of a class or of one below it."""
        if class_ not in self._instances:
            classes = {class_, *self._below.get(class_, ())}
            self._instances[class_] = set().union(*(self._members.get(c, ()) for c in classes))
        return self._instances[class_]

    @cached_property
    def _instances(self) -> dict[Term, set[Term]]:
        return {}

    @cached_property
    def uses(self) -> Mapping[Term, list[Term]]:
        """The statements about each predicate, by the predicate."""
        found: dict[Term, list[Term]] = {}
        for statement, predicates in self.objects(f"<{RDF['predicate'].value}>").items():
            for predicate in predicates:
                found.setdefault(predicate, []).append(statement)
        return found


_MANY = 50  # objects, beyond which looking for a repeated one takes longer than a set later on


def lexical(term: Term) -> str:
    """The characters of a literal, or the IRI."""
    if term[0] == "<":
        return term[1:-1]
    inner = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescaped, inner) if "\\" in inner else inner


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
