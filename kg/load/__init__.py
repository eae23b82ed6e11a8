"""A built graph into a store that runs elsewhere: `load` chooses the way by the address."""

from __future__ import annotations

from pathlib import Path

from kg.load.plan import LoadPlan, Progress, Step
from kg.load.target import Credentials, LoadOptions, Target, read_target

__all__ = [
    "Credentials",
    "LoadOptions",
    "LoadPlan",
    "Progress",
    "Step",
    "Target",
    "load",
    "read_target",
]


def load(
    out: str | Path,
    url: str,
    *,
    credentials: Credentials | None = None,
    options: LoadOptions | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LoadPlan:
    """Loads the graph of a build, or of a graph file, into the store at that address.

    Returns what was done, or with `dry_run` what would be, in which case no data is sent and
    nothing in the store changes. A second load of the same graph changes nothing. Raises InputError
    for a graph that cannot be read, and LoadError for an address or store that does not take it;
    its message says what is loaded by then.
    """
    target = read_target(url, credentials)
    options = options or LoadOptions()
    if target.is_bolt:
        from kg.load.bolt import load_bolt

        return load_bolt(Path(out), target, options, dry_run=dry_run, progress=progress)
    from kg.load.sparql import load_sparql

    return load_sparql(Path(out), target, options, dry_run=dry_run, progress=progress)
