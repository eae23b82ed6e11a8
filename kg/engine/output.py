"""The parts of the output: facts in order, quads without repetition, tables.

Which part a line belongs to is told by itself, so that the parts are the same whatever engine
wrote them and on how many machines. Facts and inferences are in the order of their ids over all
parts: the parts, one after the other, are the files of the build in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from kg.engine.articles import Articles
from kg.engine.entities import Entities
from kg.engine.facts import Claims
from kg.engine.flow import Data, Flow
from kg.engine.report import Counts, of_claims, of_entity
from kg.engine.rows import article_row, entity_row, fact_row, packed, parquet_of
from kg.engine.setup import Setup
from kg.engine.stores import write_file
from kg.export.jsonl import fact_line, inferred_line
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.text import Article
from kg.rdf.codec import article_part, part_rows
from kg.rdf.ntriples import Graph, Row, to_nquads
from kg.rdf.terms import article_iri
from kg.state.manifest import InputDigest, input_line
from kg.state.reading import Reading

__all__ = ["Parts", "Wrote", "write_parts"]


_LISTED = {"manifest": "inputs"}  # what a folder holds that is not called by it

Outputs: TypeAlias = Iterator[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts go, and how many there are of each."""

    out: str
    settings: tuple[tuple[str, str], ...]  # that the run had
    facts: int = 1
    quads: int = 1
    inputs: int = 1


@dataclass(frozen=True, slots=True)
class Wrote:
    """What was written, and the counts of what is in it."""

    digests: dict[str, str]  # SHA-256 by name of the file
    written: Counter[str]  # by what it is
    found: Counts  # facts and entities


def write_parts(
    flow: Flow,
    articles: Articles,
    entities: Entities,
    copies: Data,
    claims: Data,
    setup: Setup,
    parts: Parts,
) -> Wrote:
    """Writes facts/, inferred/, manifest/, quads/ and parquet/ below `parts.out`.

    Each file is written by whoever has its part: `out` must be a place that all machines see.
    """
    told = flow.grouped(
        partial(_of_article, setup=setup, parts=parts),
        articles.readings,
        entities.mentioned,
        copies,
    )
    viewed = flow.mapped(partial(_of_entities, setup=setup, parts=parts), entities.entities)
    stated = flow.mapped(partial(_of_claims, setup=setup, parts=parts), claims)
    quads = flow.grouped(
        partial(_quads, out=parts.out), told["quads"], viewed["quads"], stated["quads"]
    )
    tables = flow.grouped(
        partial(_tables, out=parts.out), told["row"], viewed["row"], stated["row"]
    )
    inputs = flow.mapped(partial(_of_inputs, parts=parts), articles.inputs)["line"]
    lines = flow.grouped(partial(_lines, out=parts.out), stated["line"], inputs)
    wrote = Wrote({}, Counter(), Counter())
    for data in (quads["file"], tables["file"], lines["file"]):
        for name, digest, what, count in flow.records(data):
            wrote.digests[name] = digest
            wrote.written[what] += count
    for sums in (*flow.records(viewed["sum"]), *flow.records(stated["sum"])):
        wrote.found.update(sums)
    flow.drop(told["quads"], viewed["quads"], stated["quads"], stated["line"], inputs)
    return wrote


def _of_article(name: str, values: Sequence[list[Any]], *, setup: Setup, parts: Parts) -> Outputs:
    """What an article is and mentions."""
    reading: Reading = values[0][0]
    members: dict[str, list[str]] = defaultdict(list)
    views: dict[str, Entity] = {}
    for member, view in values[1]:
        members[view.id].append(member)
        views[view.id] = view
    original = values[2][0] if values[2] else None
    graph = KnowledgeGraph(
        articles=(reading.article,),
        article_entities=reading.extraction.entities,
        entities=tuple(replace(views[i], members=tuple(sorted(members[i]))) for i in sorted(views)),
        settings=dict(parts.settings),
        copies=() if original is None else ((name, original),),
    )
    yield from _quads_by_part(article_part(graph, setup.ontology, setup.run), parts)
    base = setup.ontology.base_iri
    row = article_row(
        reading.article,
        article_iri(base, name),
        None if original is None else article_iri(base, original),
    )
    yield "row", (_part(name, "articles", parts.facts), packed(row))


def _of_entities(entities: Iterator[tuple[str, Entity]], *, setup: Setup, parts: Parts) -> Outputs:
    sums: Counts = Counter()
    for _, entity in entities:
        sums[of_entity(entity)] += 1
        graph = KnowledgeGraph(entities=(entity,))
        yield from _quads_by_part(part_rows(graph, setup.ontology, setup.run), parts)
        yield "row", (_part(entity.id, "entities", parts.facts), packed(entity_row(entity)))
    yield "sum", sums


def _of_claims(claims: Iterator[Claims], *, setup: Setup, parts: Parts) -> Outputs:
    sums: Counts = Counter()
    for one in claims:
        sums.update(of_claims(one))
        if not one.facts:
            continue
        graph = KnowledgeGraph(
            articles=tuple(Article(n, "", published=date) for n, date in one.published),
            facts=one.facts,
            inferred=one.inferred,
            fulfilments=one.fulfilments,
        )
        rows = part_rows(graph, setup.ontology, setup.run, one.around)
        yield from _quads_by_part(rows, parts)
        for folder, facts, line in (
            ("facts", one.facts, fact_line),
            ("inferred", one.inferred, inferred_line),
        ):
            for fact in facts:
                part = f"{folder}/part-{_share(fact.id, parts.facts):05}"
                yield "line", (part, (fact.id, line(fact)))
                yield "row", (f"facts/{part}", packed(fact_row(fact)))
    yield "sum", sums


def _of_inputs(inputs: Iterator[InputDigest], *, parts: Parts) -> Outputs:
    for item in inputs:
        part = f"manifest/part-{_number(item.name, parts.inputs):05}"
        yield "line", (part, (item.name, input_line(item)))


def _share(id_: str, parts: int) -> int:
    """Which part a fact goes to; ids of later parts are larger."""
    return int(id_[:8], 16) * parts >> 32


def _part(name: str, table: str, parts: int) -> str:
    return f"{table}/{table}/part-{_number(name, parts):05}"


def _number(name: str, parts: int) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % parts


def _quads_by_part(rows: Iterable[tuple[Graph, Iterable[Row]]], parts: Parts) -> Outputs:
    text = b"".join(to_nquads(graph, found) for graph, found in rows)
    found: dict[int, list[bytes]] = defaultdict(list)
    for line in text.splitlines(keepends=True):
        found[zlib.crc32(line) % parts.quads].append(line)
    for number in sorted(found):
        yield "quads", (f"quads/part-{number:05}", b"".join(found[number]))


def _quads(part: str, values: Sequence[list[bytes]], *, out: str) -> Outputs:
    lines = {line for those in values for text in those for line in text.splitlines(keepends=True)}
    data = gzip.compress(b"".join(sorted(lines)), compresslevel=6, mtime=0)
    yield "file", _file(out, f"{part}.nq.gz", data, "quads", len(lines))


def _tables(part: str, values: Sequence[list[Any]], *, out: str) -> Outputs:
    table, _, name = part.partition("/")
    rows = [row for those in values for row in those]
    folder, _, file = name.rpartition("/")
    kind = "" if folder == table else f"{folder}-"
    path = f"parquet/{table}/{kind}{file}.parquet"
    what = folder if kind else table
    yield "file", _file(out, path, parquet_of(table, rows), what, len(rows))


def _lines(part: str, values: Sequence[list[tuple[str, str]]], *, out: str) -> Outputs:
    lines = [line for _, line in sorted(one for those in values for one in those)]
    data = "".join(lines).encode("utf-8")
    folder = part.partition("/")[0]
    what = f"lines of {_LISTED.get(folder, folder)}"
    yield "file", _file(out, f"{part}.jsonl", data, what, len(lines))


def _file(out: str, name: str, data: bytes, what: str, count: int) -> tuple[str, str, str, int]:
    """Writes it; its name and digest, what it holds and how many."""
    write_file(out, name, data)
    return name, hashlib.sha256(data).hexdigest(), what, count
