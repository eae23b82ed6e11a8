"""`manifest.json`: what the outputs of a build were made of, and their digests.

It names no clock and no path of the machine, so that the same inputs give the same manifest. It is
not signed: whoever can change the outputs can change it too, unless its own digest is kept
elsewhere (`kg verify` prints it).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.ontology.domain import Ontology
from kg.state.codec import encode, from_bytes
from kg.state.keys import package_digest
from kg.state.record import BuildRecord

__all__ = [
    "MANIFEST",
    "InputDigest",
    "Made",
    "Manifest",
    "digest_of_file",
    "input_line",
    "listed_inputs",
    "load_manifest",
    "manifest_file",
    "manifest_of",
]

MANIFEST = "manifest.json"
"""Where it lies in the folder of the outputs."""

_INPUTS = "manifest/"  # where those of a build in parts are listed
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Made:
    """Something that the outputs were made with; `sha256` is over all its files."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, order=True)
class InputDigest:
    """An input: `kg.state.keys.input_digest`, and the kind of reason where it is not in the graph.

    The reason itself may name a place of the machine; report.json has it.
    """

    name: str
    sha256: str | None  # None: it could not be read
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build read, what it read it with, and what it wrote; `outputs` is SHA-256 by name.

    The files of `state/` are no outputs: they hold what the next build need not read again. A build
    in parts lists its inputs in parts too, which are outputs, and none here.
    """

    newskg: Made
    model: Made
    domain: Made
    options: dict[str, str]
    inputs: tuple[InputDigest, ...]  # sorted by name
    outputs: dict[str, str]
    format: int = _FORMAT

    @property
    def in_parts(self) -> bool:
        """Whether a build in parts wrote it."""
        return not self.inputs


def manifest_of(
    record: BuildRecord,
    ontology: Ontology,
    settings: Mapping[str, str],
    outputs: Mapping[str, str],
) -> Manifest:
    """The manifest of outputs, SHA-256 by name; `settings` are those of the graph."""
    model, _, number = settings.get("model", "").rpartition(" ")
    used = [InputDigest(item.name, item.sha256) for item in record.articles]
    left = [InputDigest(item.name, item.sha256, item.kind) for item in record.skipped]
    return Manifest(
        newskg=Made("newskg", version("newskg"), package_digest()),
        model=Made(model or number, number if model else "", record.model_digest),
        domain=Made(ontology.name, "", record.domain_digest),
        options=_options(record, settings),
        inputs=tuple(sorted([*used, *left], key=lambda item: (item.name, item.skipped or ""))),
        outputs=dict(outputs),
    )


def manifest_file(manifest: Manifest) -> bytes:
    """The content of the file."""
    text = json.dumps(encode(manifest), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "surrogatepass")


def input_line(item: InputDigest) -> str:
    """The line of an input in the list of a build in parts."""
    return json.dumps(encode(item), sort_keys=True) + "\n"


def listed_inputs(out: Path, manifest: Manifest) -> Iterator[InputDigest]:
    """The inputs, of a build in parts from its lists. Raises InputError for a damaged one."""
    yield from manifest.inputs
    if not manifest.in_parts:
        return
    for name in sorted(manifest.outputs):
        if not name.startswith(_INPUTS) or not (out / name).is_file():
            continue
        try:
            with (out / name).open("rb") as file:
                yield from (from_bytes(line, InputDigest) for line in file)
        except (OSError, ValueError) as error:
            raise InputError(f"{out / name} is damaged ({error}); run `kg build` again") from error


def load_manifest(out: Path) -> tuple[Manifest, str]:
    """The manifest of the build that wrote to this folder, and the SHA-256 of its file.

    Raises InputError where there is none or it is damaged.
    """
    path = out / MANIFEST
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{out} holds no {MANIFEST}, so nothing says what a build wrote there; "
            "run `kg build` again into it"
        ) from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); check its rights"
        ) from error
    try:
        manifest = from_bytes(data, Manifest)
    except ValueError as error:
        raise InputError(
            f"{path} is damaged or of another version of kg ({error}); run `kg build` again"
        ) from error
    if manifest.format != _FORMAT or not all(map(_is_inside, manifest.outputs)):
        raise InputError(f"{path} is damaged or of another version of kg; run `kg build` again")
    return manifest, hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """SHA-256 of its bytes. Raises InputError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); check its rights"
        ) from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _options(record: BuildRecord, settings: Mapping[str, str]) -> dict[str, str]:
    """The options of the build as text; those that were not given are left out."""
    given: dict[str, object] = {
        "base_iri": record.base_iri,
        "built_at": record.built_at,
        "extractors": ", ".join(record.extractors),
        "llm": record.llm_model,
        "llm_price": record.llm_price and " ".join(map(str, record.llm_price)),
        "max_chars": record.max_chars,
        "min_confidence": record.min_confidence,
        "page_text": settings.get("page_text"),
        "review": settings.get("review"),
    }
    return {name: str(value) for name, value in given.items() if value is not None}
