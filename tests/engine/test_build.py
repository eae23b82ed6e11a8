"""Builds on an engine: what the build in memory gives, whatever the order and size of parts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.engine.build import build_on
from kg.engine.disk import DiskFlow
from kg.engine.flow import Flow
from kg.engine.report import EngineReport
from kg.engine.running import build_with_engine
from kg.errors import InputError
from kg.export.jsonl import render_inferred, render_jsonl
from kg.llm.settings import LlmSettings
from kg.model.accounts import ONE, UNSURE
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline import Settings, build_with_report
from kg.pipeline.assembly import assemble, report_on
from kg.pipeline.settings import settled
from kg.rdf.codec import to_quads
from kg.rdf.terms import NR, PROV, discrepancies_graph_iri
from kg.reason import reason
from kg.resolve import resolve
from kg.state.reading import Reading
from kg.verify import verify_build
from tests.engine.memory_flow import MemoryFlow
from tests.files import contents
from tools.scale import Maker
from tools.scale_engine import DOMAIN, record, recorded

SIZE = 60
SETTINGS = Settings(DOMAIN)


@cache
def ontology() -> Ontology:
    return load_ontology(DOMAIN)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    record(folder, SIZE, together=20)
    return folder


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    maker = Maker(SIZE, ontology().base_iri)
    made = [maker.article(n) for n in range(SIZE)]
    found = resolve([a for a, _ in made], [e for _, e in made], ontology())
    return reason(found, ontology())


def built(flow: Flow, readings: Path, out: Path) -> EngineReport:
    return build_on(flow, [readings], SETTINGS, out, step=recorded)


def lines(out: Path, name: str) -> str:
    files = sorted((out / name).glob("*.jsonl"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module")
def out(readings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    built(MemoryFlow(1), readings, out)
    return out


def test_facts_and_inferences_are_those_of_a_build_in_memory(
    out: Path, graph: KnowledgeGraph
) -> None:
    assert lines(out, "facts") == render_jsonl(graph, ontology())
    assert lines(out, "inferred") == render_inferred(graph, ontology())
    assert len(graph.facts) > SIZE
    clusters = {e.label: e for e in graph.entities if len(e.members) > len(e.mentions) > 1}
    assert clusters  # names that were written in several ways came together


@pytest.mark.parametrize("least", [0.0, 0.85])
def test_the_report_counts_what_that_of_a_build_in_memory_counts(
    least: float, readings: Path, tmp_path: Path
) -> None:
    settings = settled(replace(SETTINGS, min_confidence=least))
    maker = Maker(SIZE, ontology().base_iri)
    made = (maker.article(n) for n in range(SIZE))
    read = [odd(Reading(a, e, (), "recorded", verbatim=False)) for a, e in made]
    assembled = assemble(read, ontology(), settings)
    wanted = json.loads(report_on(settings, read, (), assembled, (), SIZE).to_json())
    build_on(MemoryFlow(2), [readings], settings, tmp_path, step=oddly_recorded)
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert found.pop("counts")["facts"] == wanted["facts"]["total"]
    assert found == {name: wanted[name] for name in found}
    assert found["rejected"].keys() == {"said twice", ONE} | ({UNSURE} if least else set())
    assert min(*found["rejected"].values(), found["candidates"]["merged"]) > 0


def odd(reading: Reading) -> Reading:
    """The reading of an article of which extraction turned something down."""
    stated = reading.extraction
    counts = {"rejected": {"said twice": 1}, "candidates": stated.candidates + 3, "repeated": 2}
    return replace(reading, extraction=replace(stated, **counts))


def oddly_recorded(*sources: Any, **options: Any) -> Iterator[tuple[str, Any]]:
    for output, (name, found) in recorded(*sources, **options):
        yield output, (name, replace(found, reading=odd(found.reading)))


def test_every_engine_writes_the_same_bytes(out: Path, readings: Path, tmp_path: Path) -> None:
    stale = tmp_path / "out" / "facts" / "part-00007.jsonl"  # of an earlier build
    stale.parent.mkdir(parents=True)
    stale.write_text("{}\n", encoding="utf-8")
    with DiskFlow(tmp_path / "spill", bucket_bytes=50_000) as flow:
        built(flow, readings, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(out)


def test_quads_are_those_of_a_build_in_memory_but_for_what_is_left_out(
    out: Path, graph: KnowledgeGraph
) -> None:
    found = set(_written(out))
    known = replace(graph, judgements=(), candidates=(), partnerships=(), discrepancies=())
    wanted = {q for q in to_quads(known, ontology()) if not _of_the_run(q)}
    assert {q for q in found if not _of_the_run(q)} == wanted
    assert discrepancies_graph_iri(ontology().base_iri) not in {str(q.graph_name) for q in found}
    runs = {q.object for q in found if q.predicate == PROV["wasGeneratedBy"]}
    assert len(runs) == 1
    assert sum(q.predicate == PROV["used"] and q.subject in runs for q in found) == SIZE


def _written(out: Path) -> Iterator[ox.Quad]:
    for file in sorted((out / "quads").iterdir()):
        yield from ox.parse(gzip.decompress(file.read_bytes()), format=ox.RdfFormat.N_QUADS)


def _of_the_run(quad: ox.Quad) -> bool:
    """Whether the IRI of the run is in it, which tells of the outputs that are left out."""
    run = PROV["wasGeneratedBy"] == quad.predicate or PROV["used"] == quad.predicate
    return run or "/run/" in str(quad.subject) or quad.predicate == NR["setting"]


def test_tables_hold_every_fact_entity_and_article(out: Path, graph: KnowledgeGraph) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    tables = {
        name: [
            row
            for file in sorted((out / "parquet" / name).glob("*.parquet"))
            for row in pq.read_table(file).to_pylist()
        ]
        for name in ("articles", "entities", "facts")
    }
    assert {row["name"] for row in tables["articles"]} == {a.name for a in graph.articles}
    assert {row["id"]: row["label"] for row in tables["entities"]} == {
        e.id: e.label for e in graph.entities
    }
    assert {row["id"] for row in tables["facts"]} == {
        fact.id for fact in (*graph.facts, *graph.inferred)
    }
    fact = next(fact for fact in graph.facts if fact.qualifiers)
    row = next(row for row in tables["facts"] if row["id"] == fact.id)
    assert (row["subject"], row["confidence"]) == (fact.subject.id, fact.confidence)
    assert [e["quote"] for e in row["evidence"]] == [e.quote for e in fact.evidence]
    assert json.loads(row["qualifiers"]).keys() == dict(fact.qualifiers).keys()


@pytest.mark.model
def test_articles_of_folders_lines_archives_and_addresses(tmp_path: Path, examples: Path) -> None:
    from tests.engine.sources import write_sources

    write_sources(tmp_path / "in", examples)
    graph, wanted = build_with_report(tmp_path / "in")
    report = build_with_engine("disk", [tmp_path / "in"], Settings(), tmp_path / "out")
    assert lines(tmp_path / "out", "facts") == render_jsonl(graph, load_ontology("olympics"))
    assert report.counts["articles"] == len(graph.articles) == 6
    assert [s.name for s in report.skipped] == ["lines.jsonl#3"]
    told, known = json.loads(report.to_json()), json.loads(wanted.to_json())
    assert known | told == known | {"counts": told["counts"]}
    assert sum(told["rejected"].values()) > 0
    checked = verify_build(tmp_path / "out", [tmp_path / "in"])
    assert (checked.findings, checked.inputs, checked.others) == ((), 7, 0)
    stored = (tmp_path / "in").as_uri()
    (tmp_path / "stored" / ".kg-spill-x").mkdir(parents=True)  # of a build that was killed
    build_with_engine("disk", [stored], Settings(), tmp_path / "stored")
    assert contents(tmp_path / "stored") == contents(tmp_path / "out")
    assert not list((tmp_path / "stored").glob(".*"))


@pytest.mark.parametrize(
    ("settings", "file", "told"),
    [
        (Settings(llm=LlmSettings("http://127.0.0.1:1", "small")), None, "--llm"),
        (Settings(), "state/build.json", "another --out"),
        (Settings(), "review.yaml", "decisions of people"),
        (Settings(), "links.jsonl", "kg link"),
    ],
)
def test_what_an_engine_does_not_do_is_refused(
    settings: Settings, file: str | None, told: str, tmp_path: Path, examples: Path
) -> None:
    if file is not None:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("{}", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(InputError, match=told):
        build_with_engine("disk", [examples], settings, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("path", "told"), [("-", "standard input"), ("ftp://example.org/a/", "not known")]
)
def test_sources_that_no_engine_reads_are_refused(path: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        build_with_engine("disk", [path], Settings(), tmp_path)
