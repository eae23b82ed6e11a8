"""The values of a path, and what a constraint asks of each: sections 4.1 to 4.8 of SHACL.

Source: https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import chain

from kg.rdf.conform.index import Index, Uncertain, lexical
from kg.rdf.ntriples import Term
from kg.rdf.terms import XSD

__all__ = ["COUNTS", "PAIRS", "VALUES", "Test", "Values", "value_test"]

COUNTS = ("minCount", "maxCount")
PAIRS = ("equals", "disjoint", "lessThan")
Test = Callable[[Term], bool]
_Objects = Mapping[Term, Sequence[Term]]

# Texts that are well formed for certain; of any other pySHACL is asked.
_WELL_FORMED = {
    "integer": r"[+-]?\d+",
    "nonNegativeInteger": r"\d+",
    "decimal": r"[+-]?\d+(?:\.\d+)?",
    "double": r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?",
    "gYear": r"[1-9]\d{3}",
    "gYearMonth": r"[1-9]\d{3}-(?:0[1-9]|1[0-2])",
    "date": r"[1-9]\d{3}-\d\d-\d\d",
    "duration": r"P\d+[YMD]",
}
_FORMS = {XSD[name].value: re.compile(form, re.A) for name, form in _WELL_FORMED.items()}
_NUMERIC = tuple(f'"^^<{XSD[n].value}>' for n in ("integer", "nonNegativeInteger", "decimal"))


class Values:
    """The values that a path leads to from each focus node that it leads anywhere from."""

    def __init__(self, index: Index, path: tuple[tuple[Term, bool], ...], focus: set[Term]) -> None:
        self._index = index
        (predicate, against), *rest = path
        if against:
            self._found: _Objects = _against(index, predicate, focus)
        else:
            self._found = _of(index.objects(predicate), focus)
        for step, is_against in rest:
            self._found = _followed(index, self._found, step, is_against)

    def miscounted(self, focus: set[Term], least: int, most: int | None) -> Iterator[Term]:
        """Focus nodes with fewer or more values."""
        if least == 1:
            yield from (one for one in focus if not self._found.get(one))
        elif least:
            yield from (one for one in focus if len(set(self._found.get(one, ()))) < least)
        if most is not None:
            for one, items in self._found.items():
                if len(items) > most and len(set(items)) > most:
                    yield one

    def failing(self, test: Test) -> Iterator[tuple[Term, Term]]:
        """Focus node and value where the value fails."""
        values = set(chain.from_iterable(self._found.values()))
        bad = {value for value in values if not test(value)}
        if bad:
            yield from ((one, i) for one, items in self._found.items() for i in items if i in bad)

    def unpaired(self, kind: str, predicate: Term, focus: set[Term]) -> Iterator[tuple[Term, Term]]:
        """Focus node and value where it does not go with the values of the predicate."""
        others = self._index.objects(predicate)
        for one in focus:
            here, there = self._found.get(one, ()), others.get(one, ())
            if kind == "equals":
                if len(here) != 1 or here != there:
                    yield from ((one, item) for item in set(here) ^ set(there))
            elif kind == "disjoint":
                yield from ((one, item) for item in {*here} & {*there})
            else:
                yield from ((one, i) for i in here for t in there if not _number(i) < _number(t))


def _of(objects: _Objects, focus: set[Term]) -> _Objects:
    """Those that focus nodes have; the same mapping where all are theirs."""
    if objects.keys() <= focus:
        return objects
    near = objects.keys() & focus if len(objects) > len(focus) else objects
    return {one: objects[one] for one in near if one in focus}


def _against(index: Index, predicate: Term, focus: set[Term]) -> _Objects:
    if predicate == "<http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate>":
        return {one: index.uses[one] for one in focus if one in index.uses}
    found: dict[Term, list[Term]] = {}
    for subject, objects in index.objects(predicate).items():
        for item in objects:
            if item in focus:
                found.setdefault(item, []).append(subject)
    return found


def _followed(index: Index, found: _Objects, predicate: Term, against: bool) -> _Objects:
    if against:
        raise Uncertain
    objects = index.objects(predicate)
    return {
        one: tuple(dict.fromkeys(o for item in items for o in objects.get(item, ())))
        for one, items in found.items()
    }


def value_test(index: Index, name: str, argument: object) -> Test:
    """What one constraint asks of a value."""
    return VALUES[name](index, argument)


def _class(index: Index, argument: object) -> Test:
    return index.instances(str(argument)).__contains__


def _datatype(_index: Index, argument: object) -> Test:
    iri = str(argument)[1:-1]
    if iri == XSD["string"].value:
        return lambda term: term[-1] == '"'
    end, form = f'"^^<{iri}>', _FORMS.get(iri)

    def test(term: Term) -> bool:
        if not term.endswith(end):
            return False
        text = term[1 : -len(end)]
        if form is None or not form.fullmatch(text):
            raise Uncertain
        if iri == XSD["date"].value:
            _date(text)
        return True

    return test


def _date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Uncertain from None


def _node_kind(_index: Index, argument: object) -> Test:
    kind = str(argument).rpartition("#")[2].rstrip(">")
    if kind not in ("IRI", "Literal", "IRIOrLiteral"):
        raise Uncertain
    if kind == "IRIOrLiteral":  # nothing else is in an index
        return lambda term: True
    begin = "<" if kind == "IRI" else '"'
    return lambda term: term[0] == begin


def _in(_index: Index, argument: object) -> Test:
    assert isinstance(argument, frozenset)  # noqa: S101 - as compiled
    return argument.__contains__


def _or(index: Index, argument: object) -> Test:
    assert isinstance(argument, tuple)  # noqa: S101 - as compiled
    choices = [[value_test(index, *one) for one in choice] for choice in argument]
    return lambda term: any(all(test(term) for test in choice) for choice in choices)


def _least(_index: Index, argument: object) -> Test:
    least = _number(str(argument))
    return lambda term: term[0] == '"' and least <= _number(term)


def _most(_index: Index, argument: object) -> Test:
    most = _number(str(argument))
    return lambda term: term[0] == '"' and _number(term) <= most


def _least_length(_index: Index, argument: object) -> Test:
    least = int(lexical(str(argument)))
    return lambda term: len(lexical(term)) >= least


def _pattern(_index: Index, argument: object) -> Test:
    form = re.compile(lexical(str(argument)))
    return lambda term: form.search(lexical(term)) is not None


@lru_cache(maxsize=50_000)  # positions, confidences: the same few again and again
def _number(term: Term) -> Decimal:
    """The number of a literal; Uncertain for what is none, which pySHACL has its own way with."""
    if not term.endswith(_NUMERIC):
        raise Uncertain
    try:
        return Decimal(lexical(term))
    except InvalidOperation:
        raise Uncertain from None


VALUES: Mapping[str, Callable[[Index, object], Test]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _in,
    "or": _or,
    "minInclusive": _least,
    "maxInclusive": _most,
    "minLength": _least_length,
    "pattern": _pattern,
}
"""The constraints of single values, by their local names."""
