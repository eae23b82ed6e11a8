"""Quads as the text of an RDF format: the same bytes for the same quads, on every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import InputError

__all__ = ["REPLACEMENT", "rdf_xml", "serialize", "serialize_apart", "xml_text"]

# What XML 1.0 cannot hold even as a reference. Source: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
# What the name of an element ends in. Source: https://www.w3.org/TR/xml-names/#NT-NCName
_PREFIX = re.compile(r"(?!(?i:xml|rdf|its))[A-Za-z_][\w.\-]*", re.ASCII)
_LOCAL_NAME = re.compile(r"[^\W\d][\w.\-]*$")


def serialize(
    rows: Iterable[ox.Quad] | Iterable[ox.Triple],
    format_: ox.RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """The rows in their order; triples for a format without graphs."""
    head, rest = serialize_apart(rows, format_, prefixes)
    return head + rest if head else rest  # not copied without need: it may be a gigabyte


def serialize_apart(
    rows: Iterable[ox.Quad] | Iterable[ox.Triple],
    format_: ox.RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> tuple[bytes, bytes]:
    """As `serialize`: the lines of the prefixes, and all that follows."""
    names = dict(prefixes or {})
    text = ox.serialize(rows, format=format_, prefixes=names) or b""
    if not names:
        return b"", text
    # The serializer writes the prefixes in the order of a hash table, which changes with each run.
    lines = text.split(b"\n", len(names))
    header = [line for line in lines[:-1] if line.startswith(b"@prefix ")]
    return b"".join(line + b"\n" for line in sorted(header)), b"\n".join(lines[len(header) :])


def rdf_xml(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """The triples as RDF/XML; a character that XML cannot hold stands as U+FFFD.

    Of the prefixes, those are declared that a property needs. Raises InputError for a property
    whose IRI ends in no name that an element can have.
    Source: https://www.w3.org/TR/rdf-syntax-grammar/
    """
    triples = tuple(triples)
    predicates = sorted({triple.predicate.value for triple in triples})
    for predicate in predicates:
        if not _LOCAL_NAME.search(predicate):
            raise InputError(
                f"RDF/XML cannot hold the property {predicate}: its IRI must end in a name that "
                "does not start with a digit; choose another format"
            )
    names = {
        name: iri
        for name, iri in (prefixes or {}).items()
        if _PREFIX.fullmatch(name) and any(p.startswith(iri) for p in predicates)
    }
    text = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=names) or b""
    first, root, *rest = text.decode("utf-8").split("\n", 2)
    # The serializer declares the prefixes in the order of a hash table, as in `serialize`.
    tag, *declared = root.rstrip(">").split(" ")
    text_ = "\n".join([first, f"{' '.join([tag, *sorted(declared)])}>", *rest])
    # A parser turns a bare carriage return into a line feed; as a reference it stays.
    return xml_text(text_).replace("\r", "&#13;").encode("utf-8")


def xml_text(text: str) -> str:
    """The text with U+FFFD for what XML cannot hold."""
    return _NOT_XML.sub(REPLACEMENT, text)
