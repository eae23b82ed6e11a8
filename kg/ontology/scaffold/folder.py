"""The folder of a new domain: what `kg ontology new` writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.check import check_domain
from kg.ontology.core_shapes import core_shapes
from kg.ontology.domain import Ontology, domain_names, load_ontology
from kg.ontology.scaffold.frames import ProposedFrame, propose_frames
from kg.ontology.scaffold.naming import name_terms
from kg.ontology.scaffold.source import read_source
from kg.ontology.scaffold.terms import DomainTerms
from kg.ontology.scaffold.toml_files import domain_toml, frames_toml, lexicon_toml
from kg.ontology.scaffold.turtle_files import (
    PREFIXES,
    names_turtle,
    ontology_turtle,
    shapes_turtle,
)

__all__ = ["NewDomain", "new_domain"]

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_RESERVED = frozenset(PREFIXES) | {"id", "oly", "prov", "oa", "time", "bibo", "wd", "wdt"}


@dataclass(frozen=True, slots=True)
class NewDomain:
    """What was written where; `unsaid` are relations for which no frame could be proposed."""

    folder: Path
    terms: DomainTerms
    frames: tuple[ProposedFrame, ...]
    unsaid: tuple[str, ...]
    problems: tuple[str, ...]  # what `kg ontology check` has to say


def new_domain(
    name: str,
    source: Path,
    *,
    out: Path | None = None,
    iri: str = "",
    language: str = "en",
    force: bool = False,
) -> NewDomain:
    """Writes a domain folder made from a file; the same file gives the same bytes.

    Raises OntologyError for a name that is none or is taken, for a source that cannot be read, and
    where the folder holds something already, unless `force`d: then its files of a domain are
    replaced.
    """
    folder = out if out is not None else Path(name)
    _check_name(name, iri)
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise OntologyError(f"{folder}: is not empty; give another --out, or --force to replace it")
    if folder.exists() and not folder.is_dir():
        raise OntologyError(f"{folder}: is a file; give another --out")
    base = load_ontology("newsroom")
    schema = read_source(source, title=name)
    terms = name_terms(schema, base, name, iri=iri, language=language)
    frames = tuple(propose_frames(terms, base))
    title = schema.title or name
    files = _files(name, title, schema.definition, terms, frames, base)
    _write(folder, files)
    loaded = load_ontology(folder)
    _write(folder, {"shapes-core.ttl": core_shapes(loaded, loaded.folders[-1])})
    said = {str(f.table["predicate"]) for f in frames}
    return NewDomain(
        folder=folder,
        terms=terms,
        frames=frames,
        unsaid=tuple(r.name for r in terms.relations if r.name not in said),
        problems=tuple(str(p) for p in check_domain(folder)),
    )


def _check_name(name: str, iri: str) -> None:
    if not _NAME.fullmatch(name):
        raise OntologyError(
            f"{name!r} cannot be the name of a domain: use small letters, digits and hyphens, "
            "beginning with a letter"
        )
    if name in domain_names():
        raise OntologyError(f"{name!r} is the name of a packaged domain; take another")
    if iri and not re.fullmatch(r"(https?://|urn:)[^\s<>\"{}|\\^`]+[#/:]", iri):
        raise OntologyError(f"--iri {iri}: must be a namespace that ends in # or /")


def _files(
    name: str,
    title: str,
    said: str,
    terms: DomainTerms,
    frames: tuple[ProposedFrame, ...],
    base: Ontology,
) -> dict[str, str]:
    prefix = name if name not in _RESERVED else f"my-{name}"
    return {
        "domain.toml": domain_toml(title, terms.iri),
        "ontology.ttl": ontology_turtle(terms, base, prefix, title, said),
        "shapes.ttl": shapes_turtle(terms, base, prefix),
        "names.ttl": names_turtle(terms, base, prefix),
        "frames.toml": frames_toml(frames),
        "lexicon.toml": lexicon_toml(terms, base),
    }


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise OntologyError(f"{folder}: cannot be written: {error.strerror}") from error
