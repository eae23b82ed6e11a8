"""What a build on an engine did: counted where it happens, part by part, and summed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from kg.model.accounts import CandidateCounts, InputCounts
from kg.model.statement import Modality
from kg.report import FactCounts, Skipped

if TYPE_CHECKING:
    from kg.engine.facts import Claims
    from kg.model.graph import Entity
    from kg.state.reading import Reading

__all__ = ["Counts", "EngineReport", "of_claims", "of_entity", "of_reading"]

Counts: TypeAlias = Counter[tuple[str, str]]
"""How many by what is counted and which kind of it; those of several parts are added."""


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What became of a build; what `kg.report.BuildReport` counts too has its name there."""

    inputs: InputCounts
    entities: dict[str, int]  # by type
    candidates: CandidateCounts
    facts: FactCounts
    rejected: dict[str, int]  # candidates that became no statement, by reason
    skipped: tuple[Skipped, ...]  # sorted by name
    settings: dict[str, str]
    counts: dict[str, int]  # of what was written
    anew: int | None = field(default=None, compare=False)
    """Articles that were read anew, where readings are kept; not in `to_json`, which tells what was
    built and not how."""

    @classmethod
    def of(
        cls,
        counts: Counts,
        written: Mapping[str, int],
        skipped: tuple[Skipped, ...],
        settings: Mapping[str, str],
    ) -> EngineReport:
        """The report of a build of which all parts were counted; `skipped` is sorted."""
        left = Counter(item.kind for item in skipped)
        return cls(
            inputs=InputCounts(counts["read", ""], counts["used", ""], dict(left)),
            entities=_kinds(counts, "entities"),
            candidates=CandidateCounts(counts["candidates", ""], counts["merged", ""]),
            facts=FactCounts(
                total=counts["facts", ""],
                attributed=counts["attributed", ""],
                by_predicate=_kinds(counts, "predicate"),
                by_stance=dict.fromkeys(map(str, Modality), 0) | _kinds(counts, "stance"),
            ),
            rejected=_kinds(counts, "rejected"),
            skipped=skipped,
            settings=dict(settings),
            counts=dict(written),
        )

    @property
    def exit_code(self) -> int:
        """0 where every article was read."""
        return 1 if self.skipped else 0

    def to_json(self) -> str:
        """The text of report.json, keys sorted, newline at the end."""
        record = asdict(self)
        del record["anew"]
        return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _kinds(counts: Counts, what: str) -> dict[str, int]:
    return {kind: count for (name, kind), count in counts.items() if name == what and count}


def of_reading(reading: Reading) -> Counts:
    """What an article gave, and what of it was no statement."""
    extraction = reading.extraction
    counts: Counts = Counter({("rejected", why): n for why, n in extraction.rejected.items()})
    counts["used", ""] = 1
    counts["candidates", ""] = extraction.candidates
    counts["merged", ""] = extraction.repeated
    return counts


def of_entity(entity: Entity) -> tuple[str, str]:
    """What an entity counts as."""
    return "entities", entity.type


def of_claims(claims: Claims) -> Counts:
    """The facts of one pair, and what became none."""
    counts: Counts = Counter({("rejected", why): n for why, n in claims.rejected})
    counts["merged", ""] = claims.merged
    counts.update(_of_facts(claims))
    return counts


def _of_facts(claims: Claims) -> Iterable[tuple[str, str]]:
    for fact in claims.facts:
        yield "facts", ""
        yield "predicate", fact.predicate
        yield "stance", str(fact.modality)
        if fact.attributed_to is not None:
            yield "attributed", ""
