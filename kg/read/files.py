"""Files of the disk: whether they can be read, and their bytes."""

from __future__ import annotations

import glob
import os
import stat
from pathlib import Path

from kg.errors import InputError
from kg.read.decode import too_long
from kg.read.sources import SUFFIXES

__all__ = ["check_file", "read_bytes"]


def read_bytes(path: Path, max_bytes: int, max_chars: int) -> bytes:
    """The content of a file. Raises InputError where there is none, or more than `max_bytes`."""
    check_file(path)
    try:
        if path.stat().st_size > max_bytes:
            raise too_long(path, max_chars)
        return path.read_bytes()
    except PermissionError:
        raise InputError(f"{path} may not be read; change its permissions") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error}); check the path") from None


def check_file(path: Path) -> None:
    """Raises InputError for a path that is missing, no regular file, or an empty folder."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            next(os.scandir(path), None)  # tells a folder one may not list from an empty one
            raise InputError(
                f"the folder {path} holds no {', '.join(SUFFIXES)} file; "
                "put articles into it or name the files themselves"
            )
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path} is no regular file; save its content to a file first")
    except FileNotFoundError:
        if glob.has_magic(str(path)):
            raise InputError(f"no file matches {path}; check the pattern") from None
        raise InputError(f"{path} does not exist; check the path") from None
    except PermissionError:
        raise InputError(f"{path} may not be read; change its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"{path} cannot be read ({error}); check the path") from None
