"""Writing whole files: a reader finds the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from kg.errors import InputError

__all__ = [
    "check_inside",
    "checked_name",
    "discard",
    "explained",
    "is_leftover",
    "make_folder",
    "remove_leftovers",
    "sync_folders",
    "write_beside",
    "write_files",
    "write_temporary",
]

_AT_ONCE = 8  # files that wait for the disk: together they wait hardly longer than one
_TEMPORARY = re.compile(r"\.(?P<name>.*)\.[0-9a-f]{8}\.part", re.S)


def write_files(
    folder: Path, texts: Mapping[str, str | bytes | Iterable[bytes]]
) -> tuple[Path, ...]:
    """Writes each text as UTF-8 to its name below `folder`; the paths, in the order given.

    Bytes are written as they are, and so are chunks of them as they come.

    Names are relative, with / between folders. All files are written beside their places first,
    synced to the disk, and renamed only when the last one is whole; what an interrupted run left
    behind is removed. Raises InputError when the folder cannot be used or the disk is full; the
    files that were there before are then untouched, unless a rename itself fails.
    """
    pending = write_beside(folder, texts)
    targets = tuple(pending)
    try:
        with explained(folder):
            for target in targets:
                pending[target].replace(target)
                del pending[target]
            sync_folders({target.parent for target in targets})
    finally:
        discard(pending.values())
    return targets


def write_beside(
    folder: Path, texts: Mapping[str, str | bytes | Iterable[bytes]]
) -> dict[Path, Path]:
    """The places of the files and, beside each, the file that is to take it, whole and synced.

    Raises InputError as `write_files` does; nothing is left then.
    """
    contents = {folder / checked_name(name): _encoded(name, text) for name, text in texts.items()}
    pending: dict[Path, Path] = {}
    try:
        with explained(folder):
            for parent in {target.parent for target in contents}:
                check_inside(folder, parent)
                make_folder(parent)
                remove_leftovers(parent, {target.name for target in contents})
            for target, content in contents.items():
                pending[target] = write_temporary(target, content)
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(_sync, pending.values()))
    except BaseException:
        discard(pending.values())
        raise
    return pending


def discard(paths: Iterable[Path]) -> None:
    """Removes files that are not wanted any more, as far as they can be."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def check_inside(folder: Path, place: Path) -> None:
    """Raises InputError where a link on the way makes a place below a folder lie elsewhere."""
    if not place.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            f"{place} leads out of {folder} through a link; put a folder in the place of the link"
        )


def is_leftover(name: str) -> bool:
    """Whether `write_files`, killed, left a file of that name; which of its files, none can say."""
    return _TEMPORARY.fullmatch(name) is not None


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns an OSError inside into an InputError that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise InputError(_explain(error, folder)) from error


def checked_name(name: str) -> PurePosixPath:
    """The name of an output; raises InputError for one that would leave the folder."""
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\x00" in name:
        raise InputError(f"{name!r} is no name for an output: it must stay inside the folder")
    return path


def _encoded(name: str, text: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(text, bytes):
        return (text,)
    if not isinstance(text, str):
        return text
    try:
        return (text.encode("utf-8"),)
    except UnicodeEncodeError as error:
        character = ord(text[error.start])
        raise InputError(
            f"{name}: cannot be written as UTF-8, it holds the lone surrogate U+{character:04X}; "
            "read the article again with the right encoding"
        ) from error


def make_folder(folder: Path) -> None:
    """Makes a folder where there is none; raises InputError where a file is in the way."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(
            f"{folder}: a file is in the way of this folder; remove it or choose another --out"
        ) from error


def remove_leftovers(parent: Path, names: set[str]) -> None:
    """Removes what `write_files`, killed, left of files of these names in a folder."""
    for entry in parent.iterdir():
        found = _TEMPORARY.fullmatch(entry.name)
        if found is not None and found["name"] in names:
            entry.unlink(missing_ok=True)


def write_temporary(target: Path, content: Iterable[bytes]) -> Path:
    """A file beside the place that it is to take, of this writer alone; `is_leftover` knows it.

    It carries the permissions that any new file gets and is not synced to the disk. Raises OSError.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            for chunk in content:
                file.write(chunk)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sync_folders(folders: Iterable[Path]) -> None:
    """Makes renames survive a power cut, where the system can sync a folder."""
    if os.name != "posix":
        return
    for folder in folders:
        _sync(folder)


def _sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _explain(error: OSError, folder: Path) -> str:
    place = error.filename2 or error.filename or folder
    reason = error.strerror or str(error)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{place}: no permission to write here; choose another --out or change its rights"
    if isinstance(error, IsADirectoryError):
        return f"{place}: a folder is in the way of this file; remove it or choose another --out"
    return f"{place}: cannot be written ({reason}); free the place or choose another --out"
