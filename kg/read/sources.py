"""Paths, patterns and addresses to the inputs of a run, each with the name that evidence cites."""

from __future__ import annotations

import glob
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urldefrag

from kg.model.wording import without_user

__all__ = [
    "BUILD_RECORD",
    "PARTS",
    "PARTS_RECORD",
    "SUFFIXES",
    "Kind",
    "Source",
    "find_sources",
    "shortest_names",
]


class Kind(Enum):
    """What a source is read as; sources of a kind in `STREAMS` hold many articles."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    JSONL = "jsonl"
    WARC = "warc"
    FEED = "feed"
    STDIN = "stdin"
    URL = "url"


_KINDS = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".jsonl": Kind.JSONL,
    ".jsonl.gz": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".xml": Kind.FEED,
}
SUFFIXES = tuple(sorted(_KINDS))
STDIN = Path("-")
_STREAMS = frozenset({Kind.JSONL, Kind.WARC, Kind.FEED, Kind.STDIN, Kind.URL})
_PATTERN = frozenset("*?[")
BUILD_RECORD = "state/build.json"
"""What tells a folder that a build wrote to; its `files` names what it wrote."""
PARTS_RECORD = "state/parts.json"
"""What tells a folder that a build in parts wrote to, from its begin on."""
PARTS = ("facts", "inferred", "manifest", "parquet", "quads")
"""The folders there that hold the parts, and nothing else."""
_BESIDE_A_BUILD = ("links.jsonl",)  # of `kg link`
_OUTPUTS = ("facts.jsonl", "inferred.jsonl", "graph.html")  # with a suffix of an article


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One input of a run: the name that evidence cites, and where it lies.

    The path "-" is standard input. With an address in `url` the path means nothing. One that is
    `astray` was found in a folder as a link that leads out of it, and is not read.
    """

    name: str
    path: Path
    url: str = ""
    astray: bool = False

    @property
    def kind(self) -> Kind:
        """What it is, told by its name alone; a suffix nobody knows is plain text."""
        if self.url:
            return Kind.URL
        if self.path == STDIN:
            return Kind.STDIN
        name = self.path.name.lower()
        return next((_KINDS[s] for s in reversed(SUFFIXES) if name.endswith(s)), Kind.TEXT)

    @property
    def is_stream(self) -> bool:
        """True where it may hold many articles, or can be read by one process only."""
        return self.kind in _STREAMS


def find_sources(paths: Iterable[str | Path], urls: Iterable[str] = ()) -> tuple[Source, ...]:
    """Every input under `paths` and every address, sorted by name, each once.

    A folder stands for the files with a suffix of `SUFFIXES` below it, hidden ones and what builds
    wrote left out; a pattern (*, ?, [...], ** for folders) for what it matches; "-" for standard
    input; a file is taken whatever its suffix. A path that does not exist, a pattern that matches
    nothing and a folder without such a file are entries too: reading says so, so that one bad path
    does not stop the others. A name is the address, or the file name, or as much of the path as
    tells two files of one name apart.
    """
    files: dict[str, Path] = {}
    addresses = (urldefrag(url.strip()).url for url in urls)
    others = {Source(without_user(url), Path(), url) for url in addresses}
    astray: dict[str, bool] = {}
    for path in map(Path, paths):
        if path == STDIN:
            others.add(Source("stdin", STDIN))
            continue
        for match in _matches(path):
            home = os.path.realpath(match)
            for file in _expand(match):
                real = os.path.realpath(file)
                files.setdefault(real, file)
                # a link in a folder that came from elsewhere may lead to what is nobody's business
                out = not Path(real).is_relative_to(home)
                astray[real] = astray.get(real, True) and out
    # by real path, so that names and order do not depend on how the paths were given
    names = shortest_names({real: _parts(real) for real in sorted(files)})
    named = (Source(names[real], files[real], astray=astray[real]) for real in names)
    return tuple(sorted([*named, *others]))


def shortest_names(paths: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """For each path, by its parts, the name of its file, or as much more as tells it from others.

    The names depend on which paths there are, and not on their order. A name that was given so can
    stand for the parts of its path: it has all that a part of the paths needs.

    >>> shortest_names({"1": ("x", "a.txt"), "2": ("y", "a.txt"), "3": ("y", "b.txt")})
    {'1': 'x/a.txt', '2': 'y/a.txt', '3': 'b.txt'}
    """
    depth = dict.fromkeys(paths, 1)
    while clashes := _clashes(paths, depth):
        for path in clashes:
            depth[path] += 1
    return {path: "/".join(parts[-depth[path] :]) for path, parts in paths.items()}


def _matches(path: Path) -> list[Path]:
    """What a pattern stands for; any other path, and a pattern without a match, is itself."""
    text = str(path)
    if not _PATTERN & set(text) or os.path.lexists(path):
        return [path]
    found = glob.glob(text, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [Path(match) for match in sorted(found)] or [path]


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    closed: list[Path] = []  # folders that may not be listed: reading them will say so
    written = _written(path.resolve())
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(_where(error))):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_built(Path(folder, name))
        )
        found += [
            Path(folder, name)
            for name in sorted(names)
            if not name.startswith(".") and name.lower().endswith(SUFFIXES)
        ]
    found = [file for file in found if not written & _with_folders(file.relative_to(path))]
    return [*found, *closed] or [path]


def _is_built(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (BUILD_RECORD, PARTS_RECORD))


def _with_folders(file: Path) -> set[Path]:
    return {file, *file.parents}


def _written(folder: Path) -> set[Path]:
    """What builds wrote to this folder and to those around it, so that outputs are no articles.

    Relative to the folder.
    """
    return {
        (out / name).relative_to(folder)
        for out in (folder, *folder.parents)
        for name in _outputs(out)
        if (out / name).is_relative_to(folder)
    }


def _outputs(out: Path) -> tuple[str, ...]:
    """What a build wrote to a folder, files or whole folders; nothing where none did."""
    if (out / PARTS_RECORD).is_file():
        return (*_BESIDE_A_BUILD, *PARTS)
    try:
        files = json.loads((out / BUILD_RECORD).read_bytes())["files"]
        return (*_BESIDE_A_BUILD, *map(str, files))
    except OSError:
        return ()
    except (ValueError, KeyError, TypeError, RecursionError):  # damaged
        return (*_BESIDE_A_BUILD, *_OUTPUTS)


def _where(error: OSError) -> Path:
    return Path(str(error.filename))


def _parts(real: str) -> tuple[str, ...]:
    # a name that is no valid Unicode must still fit into a JSON file, and be no other's
    return tuple(os.fsencode(part).decode("utf-8", "backslashreplace") for part in Path(real).parts)


def _clashes(parts: Mapping[str, tuple[str, ...]], depth: dict[str, int]) -> list[str]:
    by_name: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for real, names in parts.items():
        by_name[names[-depth[real] :]].append(real)
    return [
        real
        for group in by_name.values()
        if len(group) > 1
        for real in group
        if depth[real] < len(parts[real])
    ]
