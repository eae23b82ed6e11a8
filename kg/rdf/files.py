"""Graph files: where a build leaves its graph, and the quads of an RDF file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.terms import NR, RDF

__all__ = ["FORMATS", "graph_file", "inferred_graphs", "read_quads", "stated_quads"]

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}
_GRAPHS = ("graph.trig", "graph.ttl")  # the first holds more


def graph_file(out: Path) -> Path:
    """The graph of a build: the file `out` itself, or graph.trig or graph.ttl in that folder.

    Raises InputError where there is none.
    """
    if out.is_dir():
        found = next((out / name for name in _GRAPHS if (out / name).is_file()), None)
        if found is None:
            raise InputError(
                f"{out}: no graph.trig or graph.ttl here; run kg build ARTICLES --out {out} first"
            )
        return found
    if not out.is_file():
        raise InputError(f"{out}: no such folder or file; run kg build ARTICLES --out {out} first")
    return out


def read_quads(path: Path) -> tuple[list[ox.Quad], dict[str, str]]:
    """The quads of an RDF file in its order, and the prefixes it declares.

    Raises InputError for a file that is missing, of an unknown kind, or broken.
    """
    format_ = FORMATS.get(path.suffix.lower())
    if format_ is None:
        raise InputError(
            f"{path}: {path.suffix or 'no suffix'} is no RDF file; give one of {', '.join(FORMATS)}"
        )
    try:
        parser = ox.parse(path=str(path), format=format_)
        quads = list(parser)
    except (SyntaxError, ValueError, MemoryError) as error:  # the last of entities that expand
        raise InputError(f"{path}: not valid {format_.name}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    return quads, dict(parser.prefixes)


def inferred_graphs(quads: Iterable[ox.Quad]) -> frozenset[ox.NamedNode | ox.BlankNode]:
    """The names of the graphs that hold inferred statements."""
    names = {
        quad.graph_name
        for quad in quads
        if quad.predicate == RDF["type"] and quad.object == NR["InferredStatement"]
    }
    return frozenset(name for name in names if not isinstance(name, ox.DefaultGraph))


def stated_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads of all graphs but those that hold inferred statements, in the order given."""
    quads = tuple(quads)
    inferred = inferred_graphs(quads)
    return [quad for quad in quads if quad.graph_name not in inferred]
