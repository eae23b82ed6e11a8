"""Files here or in an object store: what lies below an address, and writing one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import InputError
from kg.export.files import write_temporary
from kg.read.extras import load_extra
from kg.read.sources import PARTS, PARTS_RECORD, SUFFIXES, Source, shortest_names

__all__ = ["is_address", "local_copy", "names_below", "remove_file", "stored_sources", "write_file"]

_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://")
_SCHEMES = ("abfs", "abfss", "file", "gs", "hdfs", "s3", "s3a", "s3n", "viewfs")
_SAME = {"s3a": "s3", "s3n": "s3"}  # what Hadoop calls it


def is_address(path: str) -> bool:
    """Whether a path is the address of a file or folder in a store."""
    return _ADDRESS.match(path) is not None


def stored_sources(address: str) -> list[Source]:
    """The files with a suffix of articles below an address, but hidden ones and parts of outputs.

    Each has its address in `url`, and as a name as much of it as tells it from the others. Raises
    InputError for an address that cannot be listed, and where there is no such file.
    """
    system, path, prefix = _system(address)
    fs = load_extra("pyarrow.fs", "spark", "reading from an object store")
    try:
        info = system.get_file_info(path)
        found = (
            [info]
            if info.type == fs.FileType.File
            else system.get_file_info(fs.FileSelector(path, recursive=True))
        )
    except OSError as error:
        raise InputError(
            f"{address}: cannot be listed ({error}); check address and rights"
        ) from error
    places = [item.path for item in found if item.type == fs.FileType.File]
    built = tuple(
        f"{place.removesuffix(PARTS_RECORD)}{name}/"
        for place in places
        if place.endswith(f"/{PARTS_RECORD}")
        for name in PARTS
    )
    files = sorted(
        place
        for place in places
        if place.lower().endswith(SUFFIXES)
        and not place.startswith(built)
        and not any(part.startswith((".", "_")) for part in Path(place).parts[1:])
    )
    if not files:
        raise InputError(f"{address}: holds no article; check the address")
    names = shortest_names({file: Path(file).parts for file in files})
    return [Source(names[file], Path(file), f"{prefix}{file}") for file in files]


@contextlib.contextmanager
def local_copy(source: Source) -> Iterator[Source]:
    """The source as a file of this machine for as long as it is read."""
    if not is_address(source.url):
        yield source
        return
    system, path, _ = _system(source.url)
    with TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder, source.path.name)
        try:
            with (
                system.open_input_stream(path, compression=None) as stream,
                file.open("wb") as target,
            ):
                while chunk := stream.read(1 << 20):
                    target.write(chunk)
        except OSError as error:
            raise InputError(f"{source.url}: cannot be read ({error}); check its rights") from error
        yield Source(source.name, file)


def write_file(out: str, name: str, data: bytes) -> None:
    """Writes a file below a folder or address. Raises InputError where that cannot be done."""
    with _told(f"{out}/{name}", "written"):
        if is_address(out):
            system, path, _ = _system(f"{out.rstrip('/')}/{name}")
            system.create_dir(path.rpartition("/")[0], recursive=True)
            with system.open_output_stream(path, compression=None) as stream:
                stream.write(data)
            return
        target = Path(out, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_temporary(target, (data,)).replace(target)


def names_below(out: str, folder: str) -> list[str]:
    """The files in a folder of `out` and the folders in it, relative to `out`; none without it."""
    if is_address(out):
        system, path, _ = _system(f"{out.rstrip('/')}/{folder}")
        fs = load_extra("pyarrow.fs", "spark", "writing to an object store")
        with _told(f"{out}/{folder}", "listed"):
            below = fs.FileSelector(path, recursive=True, allow_not_found=True)
            found = [i.path for i in system.get_file_info(below) if i.type == fs.FileType.File]
        return sorted(f"{folder}/{place.removeprefix(path).lstrip('/')}" for place in found)
    files = (path for path in Path(out, folder).rglob("*") if path.is_file())
    return sorted(path.relative_to(out).as_posix() for path in files)


def remove_file(out: str, name: str) -> None:
    """Removes a file below a folder or address, if it is there. Raises InputError."""
    with _told(f"{out}/{name}", "removed"), contextlib.suppress(FileNotFoundError):
        if is_address(out):
            system, path, _ = _system(f"{out.rstrip('/')}/{name}")
            system.delete_file(path)
        else:
            Path(out, name).unlink()


@contextlib.contextmanager
def _told(place: str, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{place}: cannot be {what} ({error.strerror or error}); "
            "free the place or choose another --out"
        ) from error


def _system(address: str) -> tuple[Any, str, str]:
    """The file system of an address, the path in it, and what makes an address of such a path."""
    match = _ADDRESS.match(address)
    scheme = match["scheme"] if match is not None else ""
    if scheme not in _SCHEMES:
        raise InputError(
            f"{address}: a store of this kind is not known; it is one of {', '.join(_SCHEMES)}"
        )
    fs = load_extra("pyarrow.fs", "spark", "reading from an object store")
    uri = f"{_SAME.get(scheme, scheme)}{address[len(scheme) :]}"
    try:
        system, path = fs.FileSystem.from_uri(uri)
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: cannot be opened ({error}); check the address") from error
    prefix = uri[: uri.index("://") + 3]
    if scheme == "hdfs" or scheme == "viewfs":
        prefix += uri[len(prefix) :].partition("/")[0]
    return system, path, prefix
