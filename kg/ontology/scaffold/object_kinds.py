"""What kind of literal the objects of a relation are, told by its range or guessed by its label."""

from __future__ import annotations

from kg.ontology.scaffold.words import english_table, noun_entry, singular, split_label

__all__ = ["literal_range"]

_DATES = ("gYear", "gYearMonth", "date")
_NUMBERS = ("integer", "decimal")


def literal_range(
    datatypes: list[str], label: str, *, is_literal: bool | None
) -> tuple[str, tuple[str, ...]] | None:
    """The kind (as in DomainRelation) and the datatypes of the objects; None where they are things.

    `is_literal` is what the source says, None where it does not; the datatypes are XSD names.
    """
    types = datatypes or ([] if is_literal is False else _guessed(label, is_literal=is_literal))
    if not types:
        return None
    if any(t in ("date", "gYear", "gYearMonth", "dateTime") for t in types):
        return "date", _DATES if "date" in types or "dateTime" in types else ("gYear",)
    if any(t in _NUMBERS for t in types):
        return "number", _NUMBERS if "decimal" in types else ("integer",)
    return ("boolean", ("boolean",)) if types == ["boolean"] else ("text", ("string",))


def _guessed(label: str, *, is_literal: bool | None) -> list[str]:
    split = split_label(label) or [""]
    first, last = split[0], split[-1]
    words = english_table()["labels"]
    entry = noun_entry(last)
    if {last, first} & set(words["times"]) or (entry and entry.kind == "time"):
        return ["date"]
    if singular(last) in words["measures"] or first in ("number", "amount"):
        return ["decimal"]
    return ["string"] if is_literal or singular(last) in words["names"] else []
