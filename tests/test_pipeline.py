"""The build itself, with small stand-ins for the stages that need the language model."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import InputError, ModelMissingError, UnknownNameError
from kg.export import Exporter
from kg.model.accounts import Tally
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Extraction
from kg.model.text import Article, Block, BlockKind
from kg.model.violation import Violation
from kg.ontology.domain import Ontology
from kg.pipeline import Settings, build, build_with_report, reading
from kg.pipeline import stages as stages_of_one
from kg.pipeline.settings import settled
from kg.pipeline.stages import Cleaned
from kg.rdf.validate import ValidationReport, validate
from kg.read.load import Source
from kg.report import Skipped, report_article
from kg.state.readings import Readings
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.showcase import showcase_graph

TEXT = "Acme buys Beta\n\nAcme Corp has bought Beta Ltd, a maker of small anvils.\n"


class FakeAnnotator:
    name = "fake_model"
    version = "1.0"

    def annotate(self, article: Article) -> Article:
        if "explode" in article.text:
            raise ValueError("a parser's own complaint")
        return article


def fake_clean(page: Any) -> Article:
    end = len(page.text.rstrip())
    language = "de" if "auf Deutsch" in page.text else None
    block = Block(0, end, BlockKind.BODY)
    return Article(page.name, page.text, (block,), format=page.format, language=language)


def fake_resolve(
    articles: list[Article],
    extractions: list[Any],
    ontology: Any,
    settings: dict[str, str],
    **options: Any,
) -> KnowledgeGraph:
    assert len(articles) == len(extractions)
    return KnowledgeGraph(articles=tuple(articles), settings=settings)


def stand_in(monkeypatch: pytest.MonkeyPatch, module: str, **names: Any) -> None:
    """Puts a module of these names in the place of `module`."""
    fake = ModuleType(module)
    for name, value in names.items():
        setattr(fake, name, value)
    monkeypatch.setitem(sys.modules, module, fake)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Stand-ins for every stage but reading, reporting and writing."""
    model = {"DEFAULT_MODEL": "none", "load_annotator": lambda model: FakeAnnotator()}
    stand_in(monkeypatch, "kg.read.annotate", **model)
    stand_in(monkeypatch, "kg.read.clean", clean=fake_clean)
    stand_in(
        monkeypatch,
        "kg.extract",
        extract=lambda annotated, ontology, **how: Extraction((), (), {"odd": 2}, 2),
    )
    stand_in(monkeypatch, "kg.resolve", resolve=fake_resolve)
    stand_in(monkeypatch, "kg.rdf.validate", validate=lambda graph, ontology: ValidationReport())
    monkeypatch.setattr("kg.export.EXPORTERS", ())
    stages_of_one._annotator.cache_clear()
    yield monkeypatch
    stages_of_one._annotator.cache_clear()  # the next test may want the real ones


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    return tmp_path


@pytest.mark.usefixtures("stages")
def test_build_puts_articles_in_the_order_of_their_names(folder: Path) -> None:
    graph = build([folder / "b.txt", folder / "a.txt"])
    assert [article.name for article in graph.articles] == ["a.txt", "b.txt"]
    assert graph.settings == build(folder).settings
    assert graph.settings["model"] == "fake_model 1.0"
    assert graph.settings["domain"] == "olympics"


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"", "unreadable", "empty"),
        (b"\x00\x01\x02", "unreadable", "not a text file"),
        (b"explode", "failed", "ValueError: a parser's own complaint"),
        (b"auf Deutsch geschrieben", "other language", "language is 'de'"),
    ],
)
def test_one_bad_article_is_skipped_with_its_reason(
    folder: Path, content: bytes, kind: str, reason: str
) -> None:
    (folder / "bad.txt").write_bytes(content)
    graph, report = build_with_report(folder, out=folder / "out")
    assert [article.name for article in graph.articles] == ["a.txt", "b.txt"]
    assert [skipped.name for skipped in report.skipped] == ["bad.txt"]
    assert reason in report.skipped[0].reason
    assert not report.is_complete
    written = json.loads((folder / "out/report.json").read_text("utf-8"))
    told = {"name": "bad.txt", "reason": report.skipped[0].reason, "kind": kind}
    assert written["skipped"] == [told]
    assert written["inputs"] == {"read": 3, "used": 2, "skipped": {kind: 1}}


@pytest.mark.usefixtures("stages")
def test_missing_path_is_skipped(folder: Path) -> None:
    _, report = build_with_report([folder / "a.txt", folder / "none.txt"])
    assert [s.name for s in report.skipped] == ["none.txt"]
    assert "does not exist" in report.skipped[0].reason


def test_an_exporter_that_fails_leaves_the_outputs_of_the_run_before(
    folder: Path, stages: pytest.MonkeyPatch
) -> None:
    def fail(graph: KnowledgeGraph, ontology: Ontology) -> str:
        raise RuntimeError("no")

    out = folder / "out"
    good = Exporter("good", "good.txt", lambda graph, _: f"{len(graph.articles)} articles")
    stages.setattr("kg.export.EXPORTERS", (good,))
    build(folder / "a.txt", out=out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    bad = Exporter("bad", "bad.txt", fail)
    stages.setattr("kg.export.EXPORTERS", (good, bad))
    with pytest.raises(RuntimeError):
        build([folder / "a.txt", folder / "b.txt"], out=out)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


@pytest.mark.usefixtures("stages")
def test_library_build_warns_about_what_it_leaves_out(folder: Path) -> None:
    with pytest.warns(UserWarning, match=r"none\.txt: .*does not exist"):
        build([folder / "a.txt", folder / "none.txt"])


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize("names", [[], ["none.txt"], ["none.txt", "empty-folder"]])
def test_nothing_read_raises_and_writes_nothing(folder: Path, names: list[str]) -> None:
    (folder / "empty-folder").mkdir()
    out = folder / "out"
    build(folder / "a.txt", out=out)
    before = (out / "report.json").read_bytes()
    with pytest.raises(InputError, match="no article could be read, so nothing was written"):
        build([folder / name for name in names], out=out)
    assert (out / "report.json").read_bytes() == before


def test_missing_model_stops_the_build(stages: pytest.MonkeyPatch, folder: Path) -> None:
    def missing(model: str | None) -> None:
        raise ModelMissingError(f"no model {model}")

    stand_in(stages, "kg.read.annotate", DEFAULT_MODEL="xx", load_annotator=missing)
    with pytest.raises(ModelMissingError, match="no model xx"):
        build(folder, model="xx")


@pytest.mark.usefixtures("stages")
def test_unknown_domain_stops_the_build(folder: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"no domain named 'chess'; there are: .*olympics"):
        build(folder, domain="chess")


@pytest.mark.parametrize("iri", ["example", "https://example.org"])
def test_bad_base_iri_stops_the_build(folder: Path, iri: str) -> None:
    with pytest.raises(InputError, match=f"base IRI '{iri}'"):
        build(folder, base_iri=iri)


@pytest.mark.usefixtures("stages")
def test_unwritable_folder_is_one_clear_error(folder: Path) -> None:
    (folder / "file").write_text("in the way")
    with pytest.raises(InputError, match="in the way of this folder"):
        build(folder / "a.txt", out=folder / "file")


@pytest.mark.usefixtures("stages")
def test_text_of_a_page_is_kept_beside_the_graph(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html><body>{TEXT}</body></html>", "utf-8")
    (tmp_path / "plain.txt").write_text(TEXT, "utf-8")
    graph = build(tmp_path, out=tmp_path / "out")
    kept = tmp_path / "out/articles/page.html.txt"
    assert kept.read_bytes().decode() == graph.articles[0].text
    assert list(kept.parent.iterdir()) == [kept]


def test_progress_is_told_of_every_article(stages: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"")
    seen: list[tuple[int, int, str]] = []
    build_with_report(folder, progress=lambda *step: seen.append(step))
    assert seen == [(1, 3, "a.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]


@pytest.mark.usefixtures("stages")
def test_report_counts_every_character_and_rejected_candidate(folder: Path) -> None:
    graph, report = build_with_report(folder)
    for article, entry in zip(graph.articles, report.articles, strict=True):
        assert entry.sha256 == article.sha256
        assert sum(entry.kept.values()) + sum(entry.dropped.values()) == len(article.text)
    assert report.rejected == {"odd": 4}
    assert "rejected   4: 4 odd" in report.summary()


def test_report_of_an_article_tells_chrome_from_white_space() -> None:
    text = "Head\n\nBody text.\n\nSubscribe"
    blocks = (
        Block(0, 4, BlockKind.HEADLINE),
        Block(6, 16, BlockKind.BODY),
        Block(18, 27, BlockKind.CHROME),
    )
    entry = report_article(Article("a.txt", text, blocks), ["odd encoding"])
    assert entry.kept == {"headline": 4, "body": 10}
    assert entry.dropped == {"chrome": 9, "space": 4}
    assert entry.warnings == ("odd encoding",)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("page.html", "articles/page.html.txt"),
        ("one/page (2).html", "articles/one/page (2).html.txt"),
        ("c.jsonl#7", "articles/c.jsonl#7.txt"),
        ("Ärger & Co.html", "articles/Ärger & Co.html.txt"),
    ],
)
def test_text_of_an_article_is_kept_under_its_name(name: str, path: str) -> None:
    assert report_article(Article(name, "x"), verbatim=False).text == path
    assert report_article(Article(name, "x")).text is None


@pytest.mark.parametrize(
    "name",
    [
        *("https://ledger.example/a?b=1", "../../etc/passwd", "/etc/passwd", "..", ".", "a/../b"),
        *("a\\b", "C:a", "a\0b", "a\nb", ".hidden", "a//b", "a/", "x.txt/y", "n" * 400, "a*", "~"),
        *("語" * 80, "NUL", "aux.html", "com1/a", "a/LPT9.md"),
    ],
)
def test_text_of_an_article_leaves_no_folder_and_takes_no_place(name: str) -> None:
    path = report_article(Article(name, "x"), verbatim=False).text
    assert path is not None
    if name != "~":
        assert re.fullmatch(r"articles/[\w-]{0,61}-?[0-9a-f]{12}\.txt", path)
    assert (
        len({report_article(Article(n, ""), verbatim=False).text for n in (name, name + "!")}) == 2
    )


def test_broken_shapes_are_reported_and_the_graph_is_kept(
    stages: pytest.MonkeyPatch, folder: Path
) -> None:
    broken = ValidationReport((Violation("is odd", "b"), Violation("is odd", "a")))
    stand_in(stages, "kg.rdf.validate", validate=lambda graph, ontology: broken)
    graph, report = build_with_report(folder, out=folder / "out")
    assert len(graph.articles) == 2
    assert not report.conforms
    assert not report.is_complete
    record = json.loads((folder / "out/report.json").read_text("utf-8"))
    assert record["conforms"] is False
    assert [v["node"] for v in record["violations"]] == ["a", "b"]
    assert "is odd: a\n  is odd: b" in report.summary()


# In other processes: the functions are found there by their names, so they are not nested.


def read_or_die(source: Source, settings: Settings, digest: str) -> Skipped:
    """Stands in for reading; a killer takes its process along."""
    if source.name.startswith("killer"):
        os._exit(7)
    return Skipped(source.name, f"read with {settings.domain}")


def test_article_that_kills_its_process_is_the_only_one_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "read_one", read_or_die)
    sources = tuple(Source(name, Path(name)) for name in ("a", "killer", "killer 2", "y", "z"))
    results = list(reading._results(sources, Settings(), "", Readings(), 2))
    assert sorted(item.name for item, *_ in results) == [source.name for source in sources]
    assert all(is_new for *_, is_new in results)
    reasons = {item.name: got.reason for item, got, _ in results if isinstance(got, Skipped)}
    assert "died" in reasons.pop("killer")
    assert "died" in reasons.pop("killer 2")
    assert set(reasons.values()) == {"read with olympics"}


def read_or_hang(source: Source, settings: Settings, digest: str) -> Skipped:
    """Stands in for reading; one takes for ever."""
    if source.name.startswith("slow"):
        time.sleep(3600)
    return Skipped(source.name, "read")


def test_article_that_takes_too_long_is_the_only_one_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_one", read_or_hang)
    monkeypatch.setattr(reading, "prepare", print)
    sources = tuple(Source(name, Path(name)) for name in ("a", "slow", "z"))
    results = reading._results(sources, Settings(timeout=1.5), "", Readings(), 1)
    reasons = {item.name: got.reason for item, got, _ in results if isinstance(got, Skipped)}
    assert reasons.keys() == {"a", "slow", "z"}
    assert reasons["slow"] == (
        "reading it took longer than 1.5 seconds; raise --timeout, or split the file"
    )
    assert reasons["a"] == reasons["z"] == "read"


@pytest.mark.parametrize("timeout", [0.0, -1.0, float("nan"), float("inf")])
def test_time_limit_that_is_none(timeout: float) -> None:
    with pytest.raises(InputError, match="is no number of seconds"):
        settled(Settings(timeout=timeout))


@pytest.mark.usefixtures("stages")
def test_facts_less_confident_than_asked_for_are_left_out_and_counted(
    stages: pytest.MonkeyPatch, folder: Path
) -> None:
    whole = showcase_graph()
    stand_in(stages, "kg.resolve", resolve=lambda *_, **options: whole)
    least = sorted(f.confidence for f in whole.facts)[10]
    graph, report = build_with_report(folder, Settings(min_confidence=least))
    assert graph.facts == tuple(f for f in whole.facts if f.confidence >= least)
    dropped = len(whole.facts) - len(graph.facts)
    assert 0 < dropped <= 10
    assert report.rejected["less confident than asked for"] == dropped


def test_a_violation_is_reported_with_fact_article_and_characters(
    stages: pytest.MonkeyPatch, folder: Path
) -> None:
    """A graph whose fact has a subject of a wrong class, through the real validation."""
    article = make_article("Paris said that it bought Beta.", "broken.txt")
    wrong = make_fact(
        make_entity("Paris", "City"),
        "acquired",
        make_entity("Beta"),
        make_evidence(article, "it bought Beta"),
    )
    broken = replace(make_graph([article], [wrong]), settings={"domain": "olympics"})

    def merge_both(*_: Any, tally: Tally, **__: Any) -> KnowledgeGraph:
        tally.merged += 1
        return broken

    stand_in(stages, "kg.resolve", resolve=merge_both)
    stand_in(stages, "kg.extract", extract=lambda *_, **__: Extraction((), (), {}, 1))
    stand_in(stages, "kg.rdf.validate", validate=validate)  # the real one, which the fixture hides
    _, report = build_with_report(folder, out=folder / "out")
    record = json.loads((folder / "out/report.json").read_text("utf-8"))
    assert record["conforms"] is False
    (found,) = record["violations"]
    assert found["message"].startswith("the subject of acquired must be")
    assert (found["fact"], found["article"]) == (wrong.id, "broken.txt")
    assert (found["start"], found["end"], found["quote"]) == (16, 30, "it bought Beta")
    assert f"fact {wrong.id}, broken.txt [16, 30): “it bought Beta”" in " ".join(
        report.summary().split()
    )


def clean_or_die(source: Source, settings: Settings, digest: str) -> Cleaned | Skipped:
    """Stands in for cleaning, as `read_or_die` for reading."""
    if source.name.startswith("killer"):
        os._exit(7)
    if source.name.startswith("odd"):
        return Skipped(source.name, "odd")
    return Cleaned(Article(source.name, "text"), "", None, (), verbatim=True)


def tell_or_die(asked: tuple[Source, Cleaned, str], settings: Settings, digest: str) -> Skipped:
    """Stands in for extraction; says what it was told."""
    source, _, told = asked
    if source.name.startswith("later killer"):
        os._exit(7)
    return Skipped(source.name, told)


def test_a_model_is_asked_in_the_order_of_inputs_about_those_that_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    class Model:
        def told(self, article: Article) -> str:
            asked.append(article.name)
            return f"told of {article.name}"

    monkeypatch.setattr(reading, "clean_one", clean_or_die)
    monkeypatch.setattr(reading, "_read_told", tell_or_die)
    monkeypatch.setattr(reading, "prepare", print)
    sources = tuple(Source(n, Path(n)) for n in ("a", "killer", "later killer", "odd", "y", "z"))
    model: Any = Model()
    results = list(reading._results(sources, Settings(), "", Readings(), 2, model))
    assert asked == ["a", "later killer", "y", "z"]
    reasons = {item.name: got.reason for item, got, _ in results if isinstance(got, Skipped)}
    assert "died" in reasons.pop("killer")
    assert "died" in reasons.pop("later killer")
    assert reasons == {"a": "told of a", "odd": "odd", "y": "told of y", "z": "told of z"}
