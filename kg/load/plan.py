"""What a load does, step by step, in words that hold before it (`--dry-run`) and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.model.wording import printable

__all__ = ["LoadPlan", "Progress", "Step"]

_SHOWN = 20
_REMOVE = "remove"

Progress = Callable[[int, int, str], None]  # how many of how many are done, and which one


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to the store, as a whole or not at all.

    `action` is a verb that goes with "would" ("replace", "merge", "drop"); `name` is what is
    meant, for example a graph or a label; `count` counts what is sent, in `unit`s, or taken away
    ("remove"); it is None where nothing is.
    """

    action: str
    name: str
    count: int | None
    unit: str  # in the plural: "triples", "nodes", "relationships"


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """The steps of a load in their order.

    `target` is the address; `found` says what is there and which way was taken; `notes` are
    sentences that the user should read. None of them holds a password.
    """

    target: str
    found: str
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    def summary(self, *, done: bool) -> str:
        """Lines for a person: what was done, or what would be. No newline at the end.

        What would be done is told to the last step; of what was, the first steps and the total.
        """
        shown = self.steps[:_SHOWN] if done else self.steps
        counts = ["" if step.count is None else f"{step.count:,}" for step in shown]
        units = ["" if step.count is None else step.unit for step in shown]
        widths = [max(map(len, column), default=0) for column in (counts, units)]
        lines = [f"{self.target}: {self.found}"]
        lines += [
            f"{'' if done else 'would '}{step.action:<8} {count:>{widths[0]}} "
            f"{unit:<{widths[1]}}  {step.name}"
            for step, count, unit in zip(shown, counts, units, strict=True)
        ]
        if len(shown) < len(self.steps):
            lines.append(f"… and {len(self.steps) - len(shown):,} more")
        sent = _total(step for step in self.steps if step.action != _REMOVE) or "nothing"
        removed = _total(step for step in self.steps if step.action == _REMOVE)
        if done:
            lines.append(f"{sent} loaded" + (f"; {removed} removed" if removed else ""))
        else:
            lines.append(f"{sent}; {removed and removed + ' to remove; '}no data was sent")
        lines += self.notes
        return "\n".join(map(printable, lines))


def _total(steps: Iterable[Step]) -> str:
    """How many of each unit, in words; "" for none."""
    totals: dict[str, int] = {}
    for step in steps:
        if step.count is not None:
            totals[step.unit] = totals.get(step.unit, 0) + step.count
    counted = [f"{count:,} {unit}" for unit, count in totals.items()]
    return " and ".join(filter(None, (", ".join(counted[:-1]), *counted[-1:])))
