"""Reads a source by what it is: RDF in any syntax, LinkML, or a list of relations in JSON."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.scaffold.schema import Schema

__all__ = ["RDF_SUFFIXES", "read_source"]

RDF_SUFFIXES = {
    ".ttl": "text/turtle",
    ".turtle": "text/turtle",
    ".n3": "text/n3",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".rdf": "application/rdf+xml",
    ".owl": "application/rdf+xml",
    ".xml": "application/rdf+xml",
    ".rdfs": "application/rdf+xml",
    ".skos": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}
MAX_BYTES = 200_000_000


def read_source(path: Path, *, title: str = "") -> Schema:
    """The schema of a file; `title` names it where it has no title of its own.

    Nothing is fetched: what a source imports is left out, and noted. Raises OntologyError with the
    line, where one is known, for what cannot be read.
    """
    data = _bytes(path)
    suffix = path.suffix.lower()
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if suffix in (".yaml", ".yml"):
        from kg.ontology.scaffold.linkml import read_linkml

        return read_linkml(path, _text(path, data), title=title)
    if suffix == ".json" or (suffix not in RDF_SUFFIXES and start in (b"{", b"[")):
        from kg.ontology.scaffold.listing import parse_json, read_listing

        parsed = parse_json(path, _text(path, data))
        if not _is_json_ld(parsed):
            return read_listing(path, parsed, title=title)
        suffix = ".jsonld"
    from kg.ontology.scaffold.graph import read_graph

    return read_graph(path, data, RDF_SUFFIXES.get(suffix, _guessed(start)), title=title)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OntologyError(f"{path}: larger than {MAX_BYTES // 10**6} MB; give a part of it")
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror}") from error


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise OntologyError(f"{path}:{line}: not UTF-8; save the file in that encoding") from error


def _is_json_ld(parsed: object) -> bool:
    rows = parsed if isinstance(parsed, list) else [parsed]
    return any(isinstance(r, dict) and {"@context", "@graph", "@id"} & set(r) for r in rows)


def _guessed(start: bytes) -> str:
    """The syntax of a file without a known ending: RDF/XML begins with "<?xml" or "<rdf"."""
    return "text/turtle" if start in (b"@", b"#", b"P", b"B") else "application/rdf+xml"
