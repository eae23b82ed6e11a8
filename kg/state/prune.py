"""Files of an earlier build that the present one does not have."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.state.readings import FOLDER
from kg.state.record import load_record

__all__ = ["prune"]

_READING = re.compile(r"[0-9a-f]{64}\.json")
_PAGES = "articles/"


def prune(out: Path, kept: Iterable[str]) -> None:
    """Removes what earlier builds wrote to `out` and is not among `kept`, and folders left empty.

    What a build wrote is known from its record, or from its report where the record is damaged or
    of a time before there was one. Nothing else is touched: a file that a person put there stays.
    Raises InputError for a file that cannot be removed.
    """
    stale = {*_recorded(out), *_readings(out)} - set(kept)
    for name in sorted(stale):
        path = out / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(
                f"{path}: the file of an earlier build cannot be removed "
                f"({error.strerror or error}); remove it"
            ) from error
        _remove_empty(out, path.parent)


def _recorded(out: Path) -> Iterator[str]:
    try:
        names: Iterable[str] = load_record(out).files
    except InputError:
        names = _reported(out)
    return (name for name in names if _is_inside(name))


def _reported(out: Path) -> list[str]:
    """The pages that report.json names."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        report = json.loads((out / "report.json").read_bytes())
        pages = [str(article["text"]) for article in report["articles"] if article["text"]]
        return [page for page in pages if page.startswith(_PAGES)]
    return []


def _readings(out: Path) -> list[str]:
    """Readings by their names, whoever wrote them: the folder is ours."""
    with contextlib.suppress(OSError):
        found = [entry.name for entry in (out / FOLDER).iterdir()]
        return [f"{FOLDER}/{name}" for name in found if _READING.fullmatch(name)]
    return []


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out and out in folder.parents:
        try:
            folder.rmdir()
        except OSError:  # not empty
            return
        folder = folder.parent
