"""Writing whole files: a reader finds the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kg.errors import InputError

__all__ = ["check_inside", "is_leftover", "write_files", "writing_alone"]

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
    contents = {folder / _checked(name): _encoded(name, text) for name, text in texts.items()}
    pending: dict[Path, Path] = {}
    try:
        for parent in {target.parent for target in contents}:
            check_inside(folder, parent)
            _make_folder(parent)
            _remove_leftovers(parent, {target.name for target in contents})
        for target, content in contents.items():
            pending[target] = _write_beside(target, content)
        for target in contents:
            pending[target].replace(target)
            del pending[target]
        for parent in {target.parent for target in contents}:
            _sync_folder(parent)
    except OSError as error:
        raise InputError(_explain(error, folder)) from error
    finally:
        for leftover in pending.values():
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    return tuple(contents)


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
def writing_alone(folder: Path) -> Iterator[None]:
    """Keeps what several calls of `write_files` write to `folder` from mixing with another run's.

    Waits for that run; a process that dies waits and blocks no more. Where the system or the disk
    has no locks of folders (Windows, some network disks) nothing is kept. Makes the folder; raises
    InputError where it cannot be used.
    """
    try:
        _make_folder(folder)
        if sys.platform == "win32":
            descriptor = None
        else:
            import fcntl

            descriptor = os.open(folder, os.O_RDONLY)
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        raise InputError(_explain(error, folder)) from error
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _checked(name: str) -> PurePosixPath:
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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(
            f"{folder}: a file is in the way of this folder; remove it or choose another --out"
        ) from error


def _remove_leftovers(parent: Path, names: set[str]) -> None:
    for entry in parent.iterdir():
        found = _TEMPORARY.fullmatch(entry.name)
        if found is not None and found["name"] in names:
            entry.unlink(missing_ok=True)


def _write_beside(target: Path, content: Iterable[bytes]) -> Path:
    """The temporary file; it carries the permissions that any new file gets."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            for chunk in content:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync_folder(folder: Path) -> None:
    """Makes the renames survive a power cut, where the system can sync a folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _explain(error: OSError, folder: Path) -> str:
    place = error.filename2 or error.filename or folder
    reason = error.strerror or str(error)
    if isinstance(error, PermissionError):
        return f"{place}: no permission to write here; choose another --out or change its rights"
    if isinstance(error, IsADirectoryError):
        return f"{place}: a folder is in the way of this file; remove it or choose another --out"
    return f"{place}: cannot be written ({reason}); free the place or choose another --out"
