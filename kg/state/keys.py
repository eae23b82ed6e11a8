"""What a reading depends on, as digests: two equal keys mean two equal readings."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from kg.errors import InputError
from kg.model.extractor import ALWAYS
from kg.ontology.domain import Ontology
from kg.read.load import RawPage, Source, Unreadable, source_bytes
from kg.state.codec import to_bytes

__all__ = [
    "code_digest",
    "domain_digest",
    "file_key",
    "input_digest",
    "model_digest",
    "odd_key",
    "package_digest",
    "page_key",
    "reading_digest",
]

_FORMAT = "1"  # of the files of readings; another number makes all of them be read anew
# What of this package a reading depends on: folders, and single modules.
_CODE = (
    "model",
    "ontology",
    "read",
    "extract",
    "llm",
    "state",
    "rdf/terms.py",
    "pipeline/reading.py",
    "pipeline/stages.py",
)
_CODE_SUFFIXES = (".py", ".toml")
_DOMAIN_SUFFIXES = (".toml", ".ttl", ".json", ".jsonl")
_BELOW_SPACY = ("numpy", "thinc")  # they compute what the parser decides by
_NAME = re.compile(r"[\w.-]+")


def reading_digest(
    ontology: Ontology,
    model: str,
    max_chars: int,
    extractors: Sequence[str] = ALWAYS,
    llm: Sequence[str] = (),
) -> str:
    """All that readings depend on besides their articles.

    `llm` is what they depend on of a language model (`kg.llm.extractor.reading_parts`).
    """
    settings = (str(max_chars), *extractors, *llm)
    parts = (code_digest(), domain_digest(ontology), model_digest(model), *settings)
    return _digest(part.encode() for part in parts)


def file_key(source: Source, data: bytes, digest: str) -> str:
    """The key of a file of this content; neither its name nor its place is in it.

    `digest` is that of `reading_digest`.
    """
    return _digest((digest.encode(), source.kind.value.encode(), data))


def page_key(page: RawPage, digest: str) -> str:
    """The key of a page that did not come as a file of its own."""
    return _digest((digest.encode(), b"page", _nameless(page)))


def odd_key(key: str, source: Source) -> str:
    """The key of a file that there are warnings about: they tell its name and its place."""
    return _digest((key.encode(), to_bytes((source.name, str(source.path)))))


def input_digest(
    item: Source | RawPage | Unreadable, max_chars: int, data: bytes | None = None
) -> str | None:
    """SHA-256 of an input: of a file its bytes, so that `sha256sum` gives the same.

    Of an article of a feed, a corpus, an archive, standard input or an address: of its text as it
    was decoded and what was declared about it, as JSON with sorted keys. None for what cannot be
    read. `data` is the content of a file that was read already.
    """
    if isinstance(item, Unreadable):
        return None
    if isinstance(item, RawPage):
        return hashlib.sha256(_nameless(item)).hexdigest()
    try:
        content = source_bytes(item, max_chars) if data is None else data
        return hashlib.sha256(content).hexdigest()
    except InputError:
        return None


def _nameless(page: RawPage) -> bytes:
    return to_bytes(replace(page, name="", place="", wanted=None))


@cache
def package_digest() -> str:
    """SHA-256 over names and contents of the code and data of this package, domains left out."""
    home = Path(__file__).parent.parent
    return _digest(_tree(home, leave_out=("__pycache__", "domains")))


@cache
def code_digest() -> str:
    """The code and the libraries that readings are made with.

    Once a process: a running one goes on with the code that it has loaded.
    """
    parts = [_FORMAT, sys.version, unicodedata.unidata_version, *_libraries()]
    home = Path(__file__).parent.parent
    contents = [part.encode() for part in parts]
    for place in _CODE:
        path = home / place
        contents += _tree(path, _CODE_SUFFIXES) if path.is_dir() else [path.read_bytes()]
    return _digest(contents)


def domain_digest(ontology: Ontology) -> str:
    """Every file of the domain and of what it imports, and the IRI that names are resolved by."""
    contents = [ontology.base_iri.encode()]
    for folder in ontology.folders:
        contents += [folder.name.encode(), *_tree(folder, _DOMAIN_SUFFIXES)]
    return _digest(contents)


def model_digest(name: str) -> str:
    """Every file of a spaCy pipeline, a package or a folder; of the name where there is none."""
    folder = Path(name)
    if not folder.is_dir():
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            spec = None
        if spec is None or spec.origin is None:
            return _digest((b"missing", name.encode("utf-8", "surrogatepass")))
        folder = Path(spec.origin).parent
    return _digest(_tree(folder))


def _libraries() -> list[str]:
    """The libraries this package asks for, each with the version that is installed."""
    names = {match[0] for line in requires("newskg") or () if (match := _NAME.match(line))}
    found = []
    for name in sorted({*names, *_BELOW_SPACY, "newskg"}):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # of a format that nobody asked for
            found.append(f"{name} none")
    return found


def _tree(
    folder: Path,
    suffixes: tuple[str, ...] = (),
    leave_out: Collection[str] = ("__pycache__",),
) -> list[bytes]:
    """Names and contents of the files below a folder, by name; compiled modules left out."""
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not set(leave_out) & set(path.relative_to(folder).parts)
    }
    found: list[bytes] = []
    for name in sorted(name for name in paths if not suffixes or name.endswith(suffixes)):
        found += [name.encode("utf-8", "surrogatepass"), paths[name].read_bytes()]
    return found


def _digest(parts: Iterable[bytes]) -> str:
    """SHA-256 of the parts; their bounds count."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()
