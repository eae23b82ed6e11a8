"""How likely a proposal is right, given what else is proposed for the same text.

A logistic model over a few numbers: the proposal's own probability, its rank and its share among
the proposals of the text, of its relation and of its pair, and how often its relation is right.
Fitted on proposals for texts that were held out, so that its probabilities are calibrated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log1p

from kg.extract.learned.proposal import Proposal

__all__ = ["COMPETITION", "Judge", "competition", "judged"]

COMPETITION = (
    "constant",
    "own log-odds",
    "rank",
    "rank in relation",
    "share of text",
    "share of relation",
    "share of pair",
    "proposals",
)


@dataclass(frozen=True, eq=False)
class Judge:
    """Weights by COMPETITION, and one a relation."""

    weights: tuple[float, ...]
    relations: Mapping[str, float]


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))


def competition(found: Sequence[Proposal]) -> list[tuple[float, ...]]:
    """The numbers of COMPETITION for each proposal of one text; they are in falling probability."""
    total = sum(p.probability for p in found)
    by_relation: dict[str, list[float]] = {}
    by_pair: dict[tuple[object, object], float] = {}
    for p in found:
        by_relation.setdefault(p.relation, []).append(p.probability)
        pair = (p.subject, p.object)
        by_pair[pair] = by_pair.get(pair, 0.0) + p.probability
    rows: list[tuple[float, ...]] = []
    seen: dict[str, int] = {}
    for rank, p in enumerate(found):
        among = seen[p.relation] = seen.get(p.relation, -1) + 1
        rows.append(
            (
                1.0,
                _log_odds(p.probability),
                log1p(rank),
                log1p(among),
                p.probability / total,
                p.probability / sum(by_relation[p.relation]),
                p.probability / by_pair[p.subject, p.object],
                log1p(total),
            )
        )
    return rows


def judged(found: Sequence[Proposal], judge: Judge) -> list[Proposal]:
    """The proposals of one text with calibrated probabilities, the likeliest first."""
    rows = competition(found)
    out = []
    for p, row in zip(found, rows, strict=True):
        z = judge.relations.get(p.relation, 0.0)
        z += sum(w * x for w, x in zip(judge.weights, row, strict=True))
        out.append(replace(p, probability=1 / (1 + exp(-min(max(z, -30.0), 30.0)))))
    return sorted(out, key=lambda p: (-p.probability, p.subject, p.object, p.relation))
