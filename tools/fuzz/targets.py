"""What is fuzzed: each target takes bytes and ends in a result or in a KgError."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.read.page import MAX_CHARS, RawPage, Unreadable
from kg.read.sources import Source

__all__ = ["TARGETS", "WEIGHTS", "Target", "check"]

Target = Callable[[bytes, Path], None]
"""Takes an input and a folder of its own to write files to."""


def check(target: Target, data: bytes, folder: Path) -> bool:
    """Whether the input was taken; raises whatever is no KgError."""
    try:
        target(data, folder)
    except KgError as error:
        _check_message(str(error))
        return False
    return True


def _check_message(message: str) -> None:
    if not message.strip():
        raise AssertionError("an error without a message")


def _article(page: RawPage) -> None:
    """Cleans a page, and sees that what is said of its text is true of it."""
    from kg.read.clean import clean

    article = clean(page)
    before = 0
    for block in article.blocks:
        if not before <= block.start < block.end <= len(article.text):
            raise AssertionError(f"block {block} after {before} of {len(article.text)}")
        if article.text[before : block.start].strip():
            raise AssertionError(f"words before {block} are in no block")
        before = block.end
    if article.text[before:].strip():
        raise AssertionError("the last words are in no block")


def _file(suffix: str) -> Target:
    def read(data: bytes, folder: Path) -> None:
        from kg.read.load import read_source

        _article(read_source(Source("a", Path(f"a{suffix}")), data=data))

    return read


def _stream(suffix: str) -> Target:
    def read(data: bytes, folder: Path) -> None:
        from kg.read.load import read_pages

        path = folder / f"a{suffix}"
        path.write_bytes(data)
        for page in read_pages(Source(path.name, path)):
            if isinstance(page, Unreadable):
                _check_message(page.reason)
                if "cannot be read: " in page.reason and "check the file" in page.reason:
                    raise AssertionError(f"no reader expected this: {page.reason}")
            else:
                with contextlib.suppress(KgError):
                    _article(page)

    return read


def _bytes(data: bytes, folder: Path) -> None:
    from kg.read.load import page_of_bytes

    charset, _, rest = data.partition(b"\n")
    types = ("", "text/html", "text/plain")
    name = charset[:20].decode("latin-1") or None
    _article(page_of_bytes(rest, "a", MAX_CHARS, charset=name, media_type=types[len(data) % 3]))


def _fragment(data: bytes, folder: Path) -> None:
    from kg.read.fragment import fragment_text, titled

    text = data.decode("utf-8", "replace")
    titled(text[:20], fragment_text(text))


def _cleaner(data: bytes, folder: Path) -> None:
    """Any code points at all, lone surrogates too."""
    from kg.read.declared import declared_metadata

    title, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
    declared, _odd = declared_metadata(
        {"title": title, "date": title, "url": title, "author": text}
    )
    _article(RawPage("a", text, ("txt", "md", "pdf")[len(data) % 3], declared=declared))


_PARTS = (
    "domain.toml", "ontology.ttl", "names.ttl", "frames.toml", "rules.toml", "lexicon.toml",
    "shapes.ttl", "questions/a.rq",
)  # fmt: skip


def _parted(data: bytes, parts: Iterable[str]) -> tuple[str, bytes]:
    """The part that the first byte asks for, and the rest."""
    names = tuple(parts)
    return names[(data[0] - 48) % len(names) if data else 0], data[1:]


def _domain(data: bytes, folder: Path) -> None:
    from kg.ontology.check import check_domain
    from kg.ontology.domain import load_ontology
    from kg.ontology.questions import read_questions
    from tools.fuzz.seeds import seeds_of

    name, content = _parted(data, _PARTS)
    home = folder / "domain"
    (home / "questions").mkdir(parents=True, exist_ok=True)
    for part, seed in zip(_PARTS, seeds_of("domain"), strict=True):
        (home / part).write_bytes(content if part == name else seed[1:])
    ontology = load_ontology(home)
    read_questions(ontology.folders)
    check_domain(home)


def _new_domain(data: bytes, folder: Path) -> None:
    from kg.ontology.scaffold.folder import new_domain

    suffix, content = _parted(data, (".ttl", ".json", ".yaml", ".rdf", ".jsonld"))
    path = folder / f"source{suffix}"
    path.write_bytes(content)
    new_domain("fuzzed", path, out=folder / "new", force=True)


def _review(data: bytes, folder: Path) -> None:
    from kg.review.items import read_decisions
    from kg.review.write import write_review

    path = folder / "review.yaml"
    path.write_bytes(data)
    before = read_decisions([path])
    write_review(path, ())
    if before != () and {(d.kind, d.about, d.answer) for d in read_decisions([path])} != {
        (d.kind, d.about, d.answer) for d in before
    }:
        raise AssertionError("an answer was lost")


def _gold(data: bytes, folder: Path) -> None:
    from kg.evaluate.gold import read_gold
    from tools.fuzz.seeds import seeds_of

    name, content = _parted(data, ("a.json", "entities.json"))
    home = folder / "gold"
    home.mkdir(exist_ok=True)
    for part, seed in zip(("a.json", "entities.json"), seeds_of("gold"), strict=True):
        (home / part).write_bytes(content if part == name else seed[1:])
    read_gold(home)


@cache
def _graph() -> object:
    import pyoxigraph as ox

    from kg.rdf.store import OpenGraph
    from kg.rdf.terms import PREFIXES

    store = ox.Store()
    name = ox.NamedNode("https://schema.org/name")
    store.add(ox.Quad(ox.NamedNode("urn:a"), name, ox.Literal("Fjord"), ox.DefaultGraph()))
    return OpenGraph(store, PREFIXES)


def _query(data: bytes, folder: Path) -> None:
    from kg.rdf.store import OpenGraph

    graph = _graph()
    assert isinstance(graph, OpenGraph)  # noqa: S101 (for the type)
    found = graph.query(data.decode("utf-8", "surrogateescape"))
    for text in (found.to_table(40), found.to_csv(), found.to_json()):
        text.encode("utf-8")


def _examples(data: bytes, folder: Path) -> None:
    from kg.learn.examples import read_examples

    path = folder / "examples.jsonl"
    path.write_bytes(data)
    read_examples(path)


def _own_outputs(data: bytes, folder: Path) -> None:
    """What verbs read back from the folder of a build, where anybody may have changed it."""
    from kg.export.jsonl import read_discrepancies, read_facts
    from kg.link.proposals import read_links
    from kg.rdf.store import open_graph
    from kg.read.sources import find_sources
    from kg.state.prune import written_before
    from kg.state.record import load_record

    name, content = _parted(
        data,
        ("facts.jsonl", "links.jsonl", "state/build.json", "graph.trig", "discrepancies.jsonl"),
    )
    home = folder / "out"
    (home / "state").mkdir(parents=True, exist_ok=True)
    (home / name).write_bytes(content)
    match name:
        case "facts.jsonl":
            read_facts(home / name)
        case "links.jsonl":
            read_links(home)
        case "graph.trig":
            open_graph(home / name)
        case "discrepancies.jsonl":
            read_discrepancies(home / name)
        case _:
            find_sources([home])
            written_before(home)
            load_record(home)


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "text": _file(".txt"),
        "markdown": _file(".md"),
        "html": _file(".html"),
        "pdf": _file(".pdf"),
        "bytes": _bytes,
        "jsonl": _stream(".jsonl"),
        "feed": _stream(".rss"),
        "warc": _stream(".warc"),
        "fragment": _fragment,
        "cleaner": _cleaner,
        "domain": _domain,
        "new domain": _new_domain,
        "review": _review,
        "gold": _gold,
        "query": _query,
        "examples": _examples,
        "own outputs": _own_outputs,
    }
)

WEIGHTS: Mapping[str, int] = MappingProxyType(  # of all inputs, by how fast a target is
    dict.fromkeys(TARGETS, 8)
    | {"examples": 560, "query": 540, "fragment": 460, "gold": 300, "cleaner": 50}
    | {"own outputs": 20, "pdf": 16, "text": 12, "markdown": 12, "review": 10, "html": 6}
    | {"jsonl": 3, "new domain": 1}
)
