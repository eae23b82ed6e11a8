"""What lies in a folder, to compare it with another."""

from __future__ import annotations

from pathlib import Path

__all__ = ["contents"]


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below the folder, by name with / between folders."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
