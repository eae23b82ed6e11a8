"""What a built graph can be exported to: `kg export OUT --to NAME`.

A format is one entry of FORMATS and one function from the written graph to the contents of files.
Its module is imported on first use, so that this one loads no heavy library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, UnknownNameError
from kg.export.files import is_leftover, write_files

if TYPE_CHECKING:
    from kg.rdf.written import WrittenGraph

__all__ = ["FORMATS", "Content", "Format", "FormatOptions", "export_graph", "format_named"]

Content = str | bytes | Iterable[bytes]
Write = Callable[["WrittenGraph", "FormatOptions"], Mapping[str, Content]]

_FOLDER = "exports"  # of the build, where no other place is asked for


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """What an export depends on besides the graph; most formats heed few of these.

    `name` is that of the file to write, or of the folder; other files of a one-file format lie
    beside it. `inferred` adds what no article states to formats that cannot keep it apart.
    `evidence` says where a property graph holds the words of articles: nodes, properties or none.
    `dark` makes pictures light on dark.
    """

    name: str
    inferred: bool = False
    evidence: str = "nodes"
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the file or folder it is written to, and what it is.

    `write` gives the same contents for the same graph on every run and machine, by the names of the
    files: of a one-file format `options.name` and what lies beside it, of a folder what is in it.
    """

    name: str
    target: str
    about: str
    write: Write
    is_folder: bool = False


def _from(module: str, function: str) -> Write:
    """The function of that module, imported when it is first called."""

    def write(written: WrittenGraph, options: FormatOptions) -> Mapping[str, Content]:
        found: Write = getattr(import_module(module), function)
        return found(written, options)

    return write


_RDF = "kg.export.rdf"
_PAGE = "kg.export.html.written"

FORMATS: tuple[Format, ...] = (
    Format("turtle", "graph.ttl", "RDF 1.1 Turtle, one graph", _from(_RDF, "write_turtle")),
    Format("trig", "graph.trig", "RDF 1.1 TriG, all graphs", _from(_RDF, "write_trig")),
    Format("nquads", "graph.nq", "RDF 1.1 N-Quads, all graphs", _from(_RDF, "write_nquads")),
    Format("ntriples", "graph.nt", "RDF 1.1 N-Triples, one graph", _from(_RDF, "write_ntriples")),
    Format(
        "jsonld",
        "graph.jsonld",
        "JSON-LD 1.1, one object an entity with its facts in it; a context file beside it",
        _from("kg.export.jsonld", "write_jsonld"),
    ),
    Format("rdfxml", "graph.rdf", "RDF/XML, one graph", _from(_RDF, "write_rdfxml")),
    Format(
        "rdfstar",
        "graph-rdf12.ttl",
        "extra: RDF 1.2 Turtle with triple terms, which few tools read yet",
        _from(_RDF, "write_rdfstar"),
    ),
    Format(
        "nanopub",
        "nanopubs.trig",
        "nanopublications as TriG, one a fact",
        _from("kg.export.nanopub", "write_nanopub"),
    ),
    Format(
        "jsonl",
        "jsonl",
        "JSON Lines: facts, inferred facts, entities, articles, partnerships, discrepancies",
        _from("kg.export.jsonl", "write_jsonl"),
        is_folder=True,
    ),
    Format(
        "neo4j-csv",
        "neo4j-csv",
        "a folder for neo4j-admin database import",
        _from("kg.export.neo4j_csv", "write_neo4j_csv"),
        is_folder=True,
    ),
    Format(
        "cypher",
        "graph.cypher",
        "a script for cypher-shell, which can be run again",
        _from("kg.export.cypher", "write_cypher"),
    ),
    Format(
        "n10s",
        "n10s",
        "a folder for neosemantics: RDF, core shapes, and Cypher that tells it how to read them",
        _from("kg.export.n10s", "write_n10s"),
        is_folder=True,
    ),
    Format(
        "graphml",
        "graph.graphml",
        "property graph for yEd, igraph, networkx",
        _from("kg.export.graphml", "write_graphml"),
    ),
    Format("gexf", "graph.gexf", "property graph for Gephi", _from("kg.export.gexf", "write_gexf")),
    Format(
        "csv",
        "csv",
        "a folder with nodes.csv and edges.csv",
        _from("kg.export.tables", "write_csv"),
        is_folder=True,
    ),
    Format(
        "parquet",
        "parquet",
        "a folder with nodes.parquet and edges.parquet, typed",
        _from("kg.export.tables", "write_parquet"),
        is_folder=True,
    ),
    Format(
        "html",
        "graph.html",
        "the page that a build writes, without the words around the quotes",
        _from(_PAGE, "write_html"),
    ),
    Format("svg", "graph.svg", "a picture of what the page opens with", _from(_PAGE, "write_svg")),
    Format("png", "graph.png", "the same picture as pixels", _from(_PAGE, "write_png")),
)


def format_named(name: str) -> Format:
    """The format of that name. Raises UnknownNameError, which lists the names there are."""
    for found in FORMATS:
        if found.name == name:
            return found
    raise UnknownNameError("format", name, (found.name for found in FORMATS))


def export_graph(
    written: WrittenGraph,
    format_: Format,
    path: Path | None = None,
    options: FormatOptions | None = None,
) -> tuple[Path, ...]:
    """Writes the graph to the file or folder `path`; the paths of the files, the main one first.

    Without a path they go to the folder exports/ beside the graph. All files are written, or none.
    The `name` of the options does not matter, the path gives it. Raises InputError for a place that
    cannot be used, and what the format raises for a graph that it cannot hold.
    """
    path = path if path is not None else written.path.parent / _FOLDER / format_.target
    if path.resolve() == written.path.resolve():
        raise InputError(f"{path}: is the graph to export; choose another --out")
    options = replace(options or FormatOptions(""), name=path.name)
    contents = format_.write(written, options)
    if not format_.is_folder:
        return write_files(path.parent, contents)
    _refuse_strangers(path, contents)
    return write_files(path, contents)


def _refuse_strangers(folder: Path, names: Iterable[str]) -> None:
    """Whoever reads all files of a folder must not find those of an earlier, larger graph."""
    if not folder.is_dir():
        return
    known = {folder / name for name in names}
    above = {parent for path in known for parent in path.parents}
    for path in sorted(folder.rglob("*")):
        if path not in known and path not in above and not is_leftover(path.name):
            raise InputError(
                f"{path}: is in the folder of the export and not of it; remove it or choose "
                "another --out"
            )
