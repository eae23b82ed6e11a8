"""The IRIs of the terms of a new domain: those of the source where they can stay, else its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.labels import OPAQUE, best_label, camel_case, last_part
from kg.ontology.scaffold.schema import Text
from kg.ontology.scaffold.words import split_label
from kg.ontology.terms import local_name

__all__ = ["LocalNames", "kept_namespace"]

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def kept_namespace(ids: list[str], base: Ontology) -> str:
    """The namespace of all terms where their names can be kept, else ""."""
    spaces = {i.removesuffix(local_name(i)) for i in ids}
    taken = {n.casefold() for n in (*base.classes, *base.relations)}
    names = [local_name(i) for i in ids]
    fit = all(_LOCAL.fullmatch(n) and not OPAQUE.fullmatch(n) for n in names)
    distinct = len({n.casefold() for n in names}) == len(names)
    free = not any(n.casefold() in taken for n in names)
    space = next(iter(spaces), "")
    one = len(spaces) == 1 and space.startswith(("http://", "https://", "urn:"))
    return space if one and fit and distinct and free and space[-1:] in "#/" else ""


class LocalNames:
    """Gives each term a name that no other term of the domain or of `base` has.

    With `keeps` it is the last part of the id in the source.
    """

    def __init__(self, base: Ontology, domain: str, language: str, *, keeps: bool) -> None:
        self._domain, self._language, self._keeps = domain, language, keeps
        self._taken = {n.casefold() for n in (*base.classes, *base.relations)}

    def name(self, id_: str, labels: Iterable[Text], *, upper: bool) -> str:
        """The name of the next term; that of a class begins in upper case."""
        name = last_part(id_)
        if not self._keeps:
            if not _LOCAL.fullmatch(name) or OPAQUE.fullmatch(name):
                told = best_label(id_, tuple(labels), self._language).value
                words = split_label(told if OPAQUE.fullmatch(name) else name)
                words = words if _camel_fits(words) else split_label(told)
                name = camel_case(words, upper=upper) or ("Class" if upper else "relation")
            elif upper != name[0].isupper():
                name = name[0].upper() + name[1:] if upper else name[0].lower() + name[1:]
            if name.casefold() in self._taken:
                name = camel_case([*split_label(self._domain), *split_label(name)], upper=upper)
            number, stem = 2, name
            while name.casefold() in self._taken:
                name, number = f"{stem}{number}", number + 1
        self._taken.add(name.casefold())
        return name


def _camel_fits(words: list[str]) -> bool:
    """True where letters of ASCII are left to name a term with."""
    return bool(camel_case(words, upper=True))
