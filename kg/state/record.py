"""`state/build.json`: what a build was asked for, what it read, and which files it wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.model.decision import Decision
from kg.model.extractor import ALWAYS
from kg.read.sources import BUILD_RECORD, PARTS_RECORD
from kg.state.codec import encode, from_bytes

__all__ = ["PARTS_RECORD", "RECORD", "BuildRecord", "Left", "Used", "load_record", "record_file"]

RECORD = BUILD_RECORD
"""Where it lies below the folder of the outputs; that of a build in parts is PARTS_RECORD."""

_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Used:
    """An article of the graph, the key of its reading, and where its name comes from."""

    name: str
    key: str
    is_file: bool  # it is one file, and the name as much of its path as tells it from others
    wanted: str | None = None  # its name, if another article had not taken it
    sha256: str | None = None  # of what was read: `kg.state.keys.input_digest`


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """An input that was left out, and why."""

    name: str
    reason: str
    is_file: bool
    kind: str = ""  # of `kg.report.Skipped`
    sha256: str | None = None  # as of an article


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """One build; one in parts lists no articles here.

    `code` and `domain_digest` tell whether its readings still hold.

    The same corpus and settings give the same record in any folder: no clock, and no path but that
    of a domain of one's own.
    """

    domain: str  # name, or absolute path of the folder
    base_iri: str
    model: str | None
    max_chars: int
    min_confidence: float
    built_at: str | None
    code: str
    domain_digest: str
    articles: tuple[Used, ...]  # sorted
    skipped: tuple[Left, ...]  # sorted
    decisions: tuple[Decision, ...] = ()  # of files elsewhere, sorted; their places without folders
    page_text: bool = True
    extractors: tuple[str, ...] = ALWAYS
    llm_model: str | None = None  # None: no language model was asked
    llm_price: tuple[float, float] | None = None
    model_digest: str = ""  # of the files of the spaCy pipeline
    files: tuple[str, ...] = ()  # relative to the folder of the outputs, sorted; itself left out
    version: int = _VERSION


def record_file(record: BuildRecord, files: tuple[str, ...]) -> bytes:
    """The content of the file of a build that wrote these files."""
    content = encode(replace(record, files=tuple(sorted(files))))
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "surrogatepass")


def load_record(out: Path, name: str = RECORD) -> BuildRecord:
    """What the build that wrote to this folder did.

    Raises InputError where no build wrote here, or its record is damaged or of another version.
    """
    try:
        data = (out / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if (out / PARTS_RECORD).is_file():
            raise InputError(
                f"{out}: a build with --engine wrote there, which holds parts and no graph to go "
                "on from; build into another folder without --engine"
            ) from None
        raise InputError(
            f"{out} holds no {name}, so no build wrote to it; give the folder of `kg build --out`"
        ) from None
    except OSError as error:
        raise InputError(
            f"{out / name}: cannot be read ({error.strerror or error}); check its rights"
        ) from error
    try:
        record = from_bytes(data, BuildRecord)
    except ValueError as error:
        raise InputError(
            f"{out / name} is damaged or of another version ({error}); run `kg build` again"
        ) from error
    if record.version != _VERSION:
        raise InputError(f"{out / name} is of another version of kg; run `kg build` again")
    return record
