"""Readings beside the parts of a build on one machine: the next one need not read them again.

They are the files that a build in memory keeps, under the same keys, but each is written as soon as
its article is read: a build that is stopped goes on from there.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path, PurePath

from kg.engine.setup import Setup
from kg.engine.stores import remove_file, write_file
from kg.pipeline.reading import known_read
from kg.pipeline.stages import Read
from kg.read.load import RawPage, Source
from kg.state.prune import readings_in
from kg.state.readings import Readings, reading_path

__all__ = ["forget_all_but", "keep", "kept_read"]


def kept_read(item: Source | RawPage, setup: Setup) -> Read | None:
    """What was read of an article before, under the same settings, without its name."""
    if setup.kept is None or setup.fresh:
        return None
    # one for each article, as it remembers all that it is asked for
    return known_read(item, setup.settings, setup.digest, Readings(Path(setup.kept)))


def keep(read: Read, setup: Setup) -> None:
    """Writes what was read, if it is to be kept. Raises InputError where that cannot be done."""
    if setup.kept is not None:
        readings = Readings()
        readings.add(read.key, read.reading, read.content)
        write_file(setup.kept, reading_path(read.key), readings.file(read.key))


def forget_all_but(keys: Container[str], out: str) -> None:
    """Removes the readings that have none of the keys, and what was half written of any."""
    stale = [name for name in readings_in(Path(out)) if PurePath(name).stem not in keys]
    for name in stale:
        remove_file(out, name)
