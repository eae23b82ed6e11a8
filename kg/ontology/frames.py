"""How the relations of a domain are said: the frames of its frames.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Frame", "read_frames"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say one relation."""

    id: str


def read_frames(path: Path, table: Mapping[str, Any]) -> Iterator[Frame]:
    """The frames of one parsed frames.toml, in the order of the file."""
    for key in table.get("frame", {}):
        yield Frame(key)
