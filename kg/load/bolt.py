"""A graph into a property-graph store that speaks Bolt."""

from __future__ import annotations

from pathlib import Path

from kg.errors import LoadError
from kg.load.plan import LoadPlan, Progress
from kg.load.target import LoadOptions, Target

__all__ = ["load_bolt"]


def load_bolt(
    out: Path,
    target: Target,
    options: LoadOptions,
    *,
    dry_run: bool,
    progress: Progress | None,
) -> LoadPlan:
    """What was loaded, or would be. Raises LoadError."""
    raise LoadError(f"{target.url}: loading over Bolt is not there yet")
