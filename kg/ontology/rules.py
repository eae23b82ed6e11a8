"""What follows from what: the rules of a domain's rules.toml.

The ontology itself says which relations are symmetric, inverse to each other or above another;
here stands what OWL cannot say. A rule draws one relation from another, or the end of a period:

    [rule.sponsor-is-partner]
    when = "sponsorOf"
    subject = ["Organization"]
    object = ["Organization"]
    then = "partnerOf"

    [rule.period-end]
    start = "start"
    duration = "duration"
    end = "end"

One table [partnership] names the relations that make a partnership (see kg.reason.partnerships).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OntologyError

__all__ = [
    "OWN_RULES",
    "Implication",
    "PartnershipTerms",
    "PeriodRule",
    "Rule",
    "read_partnership",
    "read_rules",
]

OWN_RULES = ("inverse", "super-property", "symmetric")  # drawn from ontology.ttl itself

_IMPLICATION = ("when", "then", "subject", "object", "keep")
_PERIOD = ("start", "duration", "end")
_PARTNERSHIP = ("partners", "sponsors", "value", "other_party", "organizes", "grants", "level")


@dataclass(frozen=True, slots=True)
class Implication:
    """A claim with one relation means one with another, where the classes fit.

    `subject` and `object` are classes of which any will do; none: whatever the relation admits.
    `keep` names the qualifiers that the new claim takes over; None: all of them.
    """

    name: str
    when: str
    then: str
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    keep: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A claim with the qualifiers `start` and `duration` and without `end` gets that `end`."""

    name: str
    start: str
    duration: str
    end: str


Rule = Implication | PeriodRule


@dataclass(frozen=True, slots=True)
class PartnershipTerms:
    """The relations of a domain that make a partnership, by local name.

    The ends of a relation of `partners` are partners; the subject of one of `sponsors` sponsors the
    object. `value` says what it is worth, with the partner as the qualifier `other_party`.
    `organizes` tells who holds the rights to an event or programme, and `grants`, a property of
    programmes in names.ttl, the words of the levels they grant. `level` and `period` name
    qualifiers.
    """

    partners: tuple[str, ...]
    sponsors: tuple[str, ...] = ()
    value: str | None = None
    other_party: str | None = None
    organizes: str | None = None
    grants: str | None = None
    level: str | None = None
    period: tuple[str, ...] = ()


def read_rules(path: Path, table: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of one parsed rules.toml, in the order of the file.

    Raises OntologyError naming file and rule for what is missing or unknown.
    """
    _only(f"{path}", table, ("rule", "partnership"))
    for name, rule in _table(f"{path}: [rule]", table.get("rule", {})).items():
        where = f"{path}: [rule.{name}]"
        fields = _table(where, rule)
        if name in OWN_RULES:
            raise OntologyError(f"{where}: this name is that of a rule of OWL; choose another")
        if "start" in fields or "duration" in fields:
            _only(where, fields, _PERIOD)
            yield PeriodRule(name, *(_text(where, fields, key) for key in _PERIOD))
            continue
        _only(where, fields, _IMPLICATION)
        yield Implication(
            name=name,
            when=_text(where, fields, "when"),
            then=_text(where, fields, "then"),
            subject=_texts(where, fields, "subject"),
            object=_texts(where, fields, "object"),
            keep=_texts(where, fields, "keep") if "keep" in fields else None,
        )


def read_partnership(path: Path, table: Mapping[str, Any]) -> PartnershipTerms | None:
    """The table [partnership] of one parsed rules.toml; None where it has none.

    Raises OntologyError naming file and key for what is missing or unknown.
    """
    if "partnership" not in table:
        return None
    where = f"{path}: [partnership]"
    fields = _table(where, table["partnership"])
    _only(where, fields, (*_PARTNERSHIP, "period"))
    if not fields.get("partners"):
        raise OntologyError(f"{where}: partners is missing; name at least one relation")
    return PartnershipTerms(
        partners=_texts(where, fields, "partners"),
        sponsors=_texts(where, fields, "sponsors"),
        period=_texts(where, fields, "period"),
        **{
            key: _text(where, fields, key) if key in fields else None
            for key in ("value", "other_party", "organizes", "grants", "level")
        },
    )


def _table(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise OntologyError(f"{where}: must be a table, not {value!r}")
    return value


def _only(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise OntologyError(
            f"{where}: unknown key {unknown[0]!r}; there are: {', '.join(sorted(known))}"
        )


def _text(where: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise OntologyError(f"{where}: {key} is missing; give it as a text")
    return value


def _texts(where: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise OntologyError(f"{where}: {key} must be a list of texts, not {value!r}")
    return tuple(value)
