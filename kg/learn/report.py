"""What `kg learn` tells: figures by relation, calibration, and what could not be learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.learn.crossval import Counts, CrossValidation
from kg.learn.domain import Learned, origin_of

__all__ = ["figures", "told"]

FEW = 5  # triples of a relation, below which its figures say little
SHOWN = 3  # triples that are shown for each reason


def told(learned: Learned) -> str:
    """The report as text, one line a finding."""
    return "\n".join(_lines(learned)) + "\n"


def figures(learned: Learned) -> dict[str, Any]:
    """The same as a JSON object."""
    return {
        **origin_of(learned),
        "without example": list(learned.without_example),
        "calibration": [
            {"confidence": round(mean, 3), "right": round(share, 3), "proposals": number}
            for mean, share, number in (
                learned.validation.calibration if learned.validation else ()
            )
        ],
    }


def _lines(learned: Learned) -> Iterator[str]:
    triples = sum(learned.triples.values())
    yield (
        f"learned {_count(len(learned.triples), 'relation')} from "
        f"{_count(triples, 'triple')} in {_count(learned.examples, 'text')}"
    )
    if learned.validation is not None:
        yield from _figures(learned, learned.validation)
    else:
        yield "not cross-validated: too few texts, or --folds below 2"
    few = [f"{name} ({n})" for name, n in learned.triples.items() if n < FEW]
    if few:
        yield f"fewer than {FEW} triples, so that the figures say little: {', '.join(few)}"
    if learned.without_example:
        yield f"no example, so not learned: {', '.join(learned.without_example)}"
    yield from _unlearned(learned)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _figures(learned: Learned, validation: CrossValidation) -> Iterator[str]:
    yield f"{validation.folds}-fold cross-validated, on texts that were not learned from:"
    width = max(len(name) for name in (*validation.relations, "relation"))
    yield f"  {'relation':{width}}  precision  recall     F1  triples"
    rows = sorted(validation.relations.items())
    for name, counts in (*rows, ("all", validation.total)):
        yield f"  {name:{width}}  {_row(counts)}"
    for mean, share, number in validation.calibration:
        yield f"  confidence {mean:.2f}: {share:.2f} right, of {number:,}"


def _row(c: Counts) -> str:
    return f"{c.precision:9.3f}  {c.recall:6.3f}  {c.f1:5.3f}  {c.right + c.missed:7,}"


def _unlearned(learned: Learned) -> Iterator[str]:
    reasons = Counter(u.reason for u in learned.unlearned)
    if reasons:
        yield f"{_count(len(learned.unlearned), 'triple')} that nothing was learned from:"
    for reason, number in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {number:,}: {reason}"
        shown = [u for u in learned.unlearned if u.reason == reason][:SHOWN]
        for u in shown:
            t = u.triple
            yield f"    example {u.example}: {t.subject} · {t.relation} · {t.object}"
