"""The files of a folder changed as a whole: a run that is killed leaves all old ones or all new.

Every new file is written beside its place. Then a list of what is to be renamed and removed is
written in one step: from that moment on the change holds, and whoever comes next finishes it. A
reader finds each file old or new, and only while the renames run some old and some new.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.export.files import (
    check_inside,
    checked_name,
    discard,
    explained,
    is_leftover,
    make_folder,
    sync_folders,
    write_beside,
    write_files,
)

__all__ = ["alone_in", "change_files", "finish_changes"]

_LIST = ".kg-changes"


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps other runs out of the folder, and finishes first what one that was killed began.

    Makes the folder, and takes it away again where nothing was put into it. A process that dies
    keeps nobody out. Raises InputError where another run works there, and where nothing can be
    written. Where the system or the disk has no locks of folders (Windows, some network disks) two
    runs are not told apart.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    with explained(folder):
        make_folder(folder)
    lock = _lock(folder)
    if lock is None:
        raise InputError(
            f"{folder}: another run of kg is writing here; wait until it has ended, or choose "
            "another --out"
        )
    try:
        with explained(folder):
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(0, "", str(folder))
        _finish(folder)
        yield
    finally:
        for path in made:
            with contextlib.suppress(OSError):  # not empty, as a rule
                path.rmdir()
        lock.close()


def change_files(
    folder: Path, texts: Mapping[str, str | bytes | Iterable[bytes]], stale: Iterable[str] = ()
) -> None:
    """Writes the texts as `write_files` does and removes the stale files, all of it or nothing.

    To be called within `alone_in`. Folders that are empty then go as well. Raises InputError where
    it cannot be done; nothing has changed then, or the next run finishes it.
    """
    gone = sorted(str(checked_name(name)) for name in stale)
    for name in gone:
        check_inside(folder, (folder / name).parent)
    pending = write_beside(folder, texts)
    try:
        in_the_way = next((target for target in pending if target.is_dir()), None)
        if in_the_way is not None:
            with explained(folder):
                raise IsADirectoryError(0, "", str(in_the_way))
        changes = {
            "replace": {_name(folder, new): _name(folder, old) for old, new in pending.items()},
            "remove": gone,
        }
        with explained(folder):
            sync_folders({target.parent for target in pending})
        write_files(folder, {_LIST: json.dumps(changes)})
    except BaseException:
        if not (folder / _LIST).exists():
            discard(pending.values())
        raise
    _finish(folder)


def finish_changes(folder: Path) -> None:
    """Finishes what a run that was killed began to change, unless another is about to do so.

    Raises InputError where it cannot be finished.
    """
    if (folder / _LIST).exists():
        lock = _lock(folder)
        if lock is not None:
            with lock:
                _finish(folder)


def _finish(folder: Path) -> None:
    """Does what the list says, as far as it is not done."""
    path = folder / _LIST
    with explained(folder):
        try:
            found = _read(path)
        except FileNotFoundError:
            return
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InputError):
            path.unlink()  # no run wrote this
            return
        parents = {
            (folder / name).parent for name in (*found["replace"].values(), *found["remove"])
        }
        for parent in parents:
            check_inside(folder, parent)
        for new, old in found["replace"].items():
            with contextlib.suppress(FileNotFoundError):  # renamed already
                (folder / new).replace(folder / old)
        for name in found["remove"]:
            _remove(folder, folder / name)
        sync_folders(parent for parent in parents if parent.is_dir())
        path.unlink()


def _read(path: Path) -> dict[str, Any]:
    """What is to be done. Raises ValueError and others for what no run has written."""
    found: dict[str, Any] = json.loads(path.read_bytes())
    for new, old in found["replace"].items():
        checked_name(old)
        if not is_leftover(checked_name(new).name):
            raise ValueError(f"{new!r} is no file of a run")
    for name in found["remove"]:
        checked_name(name)
    return found


def _remove(folder: Path, path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:  # what was its folder is a file now
        return
    except OSError as error:
        raise InputError(
            f"{path}: the file of an earlier build cannot be removed "
            f"({error.strerror or error}); remove it"
        ) from error
    for parent in path.parents:
        if parent == folder or not parent.is_relative_to(folder):
            return
        try:
            parent.rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # not empty
            return


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _lock(folder: Path) -> contextlib.ExitStack | None:
    """What keeps others out until it is closed; None where another run does."""
    stack = contextlib.ExitStack()
    if sys.platform == "win32":
        return stack
    import fcntl

    with explained(folder):
        descriptor = os.open(folder, os.O_RDONLY)
    stack.callback(os.close, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stack.close()
        return None
    except OSError:  # a disk without locks
        pass
    return stack
