"""Files of earlier builds that the present one does not have; a file of a person stays."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.export.files import is_leftover
from kg.state.readings import FOLDER
from kg.state.record import load_record

__all__ = ["PAGES", "readings_in", "written_before"]

_READING = re.compile(r"[0-9a-f]{64}\.json")
PAGES = "articles/"
"""What the names of texts begin with that no plain file holds."""


def written_before(out: Path) -> frozenset[str]:
    """What earlier builds wrote to `out`, finished or not; relative to it, / between folders.

    It is known from the record, and from report.json, which tells of a build that was stopped
    before its record, or whose record is damaged. To be asked for before either is written anew.
    """
    found = {*_recorded(out), *_reported(out), *_leftovers(out)}
    return frozenset(readings_in(out)) | {name for name in found if _is_inside(name)}


def readings_in(out: Path) -> Iterator[str]:
    """Readings, whole or half written, by their names, whoever wrote them: the folder is ours."""
    with contextlib.suppress(OSError), os.scandir(out / FOLDER) as entries:
        for entry in entries:
            if _READING.fullmatch(entry.name) or is_leftover(entry.name):
                yield f"{FOLDER}/{entry.name}"


def _recorded(out: Path) -> tuple[str, ...]:
    try:
        return load_record(out).files
    except InputError:
        return ()


def _reported(out: Path) -> list[str]:
    """The pages that report.json names."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        report = json.loads((out / "report.json").read_bytes())
        pages = [str(article["text"]) for article in report["articles"] if article["text"]]
        return [page for page in pages if page.startswith(PAGES)]
    return []


def _leftovers(out: Path) -> Iterator[str]:
    """Pages of articles that are half written; they may hold words of any."""
    for path in (out / PAGES).rglob(".*.part"):
        if is_leftover(path.name) and path.is_file():
            yield path.relative_to(out).as_posix()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
