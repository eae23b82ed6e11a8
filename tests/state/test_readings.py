"""Readings on the disk: what is damaged or foreign is as good as none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export.changes import change_files
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
    Qualifier,
    Statement,
    Voice,
)
from kg.model.text import Article, Span
from kg.ontology.domain import load_ontology
from kg.rdf.terms import entity_iri
from kg.read.page import RawPage
from kg.read.sources import Source, shortest_names
from kg.state.keys import (
    domain_digest,
    file_key,
    model_digest,
    odd_key,
    page_key,
    reading_digest,
)
from kg.state.prune import written_before
from kg.state.reading import NAMELESS, Reading, named
from kg.state.readings import FOLDER, Readings, reading_path
from kg.state.record import RECORD, BuildRecord, Used, load_record, record_file
from tests.factories import BASE

KEY = "ab" * 32


def reading_of(name: str) -> Reading:
    """A reading with everything in it that a name stands in."""
    text = "Acme hired Ada."
    acme, ada = (entity_iri(BASE, "Company", label, name) for label in ("Acme", "Ada"))
    span = Span(name, 0, 4)
    entities = (
        ArticleEntity(acme, "Acme", "Company", (Mention(span, "Acme"),)),
        ArticleEntity(ada, "Ada", "Person", (Mention(Span(name, 11, 14), "Ada"),), named=False),
    )
    evidence = Evidence(Span(name, 0, 15), text, Voice.NARRATOR, "frames/hire")
    qualifiers = (Qualifier("as", ada), Qualifier("role", Literal("boss", "x", "boss")))
    statements = (
        Statement(ada, "worksFor", acme, evidence, 0.9, qualifiers, speaker=acme),
        Statement(acme, "hasMeasure", Literal("1", "x", "1"), evidence, 0.5),
    )
    article = Article(name, text)
    return Reading(article, Extraction(entities, statements, {"odd": 1}), (), "m 1", True)


@pytest.mark.parametrize("name", ["a.txt", "b/ä é.txt", NAMELESS, "", "n" * 400, "\ud800"])
def test_a_reading_gets_the_name_that_it_could_have_been_read_under(name: str) -> None:
    assert named(reading_of(NAMELESS), name) == reading_of(name)


def stored(folder: Path) -> Readings:
    """The folder with one reading in it."""
    known = Readings()
    known.add(KEY, reading_of("a.txt"))
    path = folder / reading_path(KEY)
    path.parent.mkdir(parents=True)
    path.write_bytes(known.file(KEY))
    return Readings(folder)


def test_a_reading_comes_back_from_its_folder(tmp_path: Path) -> None:
    known = stored(tmp_path)
    assert known.get(KEY) == reading_of("a.txt")
    assert known.is_written(KEY)
    assert known.file(KEY) == (tmp_path / reading_path(KEY)).read_bytes()
    assert known.get("cd" * 32) is None


def test_a_file_with_any_byte_changed_or_cut_off_is_no_reading(tmp_path: Path) -> None:
    stored(tmp_path)
    path = tmp_path / reading_path(KEY)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert Readings(tmp_path).get(KEY) is None, place
        path.write_bytes(whole[:place])
        assert Readings(tmp_path).get(KEY) is None, place
    path.write_bytes(whole)
    assert Readings(tmp_path).get(KEY) is not None


def test_a_file_under_the_key_of_another_is_no_reading(tmp_path: Path) -> None:
    stored(tmp_path)
    other = "cd" * 32
    (tmp_path / reading_path(KEY)).rename(tmp_path / reading_path(other))
    assert Readings(tmp_path).get(other) is None


def test_a_folder_in_the_place_of_a_reading_is_no_reading(tmp_path: Path) -> None:
    (tmp_path / reading_path(KEY)).mkdir(parents=True)
    assert Readings(tmp_path).get(KEY) is None


def test_a_key_depends_on_the_content_and_its_kind_and_not_on_the_name() -> None:
    text, other = Source("a.txt", Path("a.txt")), Source("b/c.txt", Path("b/c.txt"))
    page = Source("a.html", Path("a.html"))
    assert file_key(text, b"x", "d") == file_key(other, b"x", "d")
    keys = {file_key(text, b"x", "d"), file_key(text, b"y", "d"), file_key(text, b"x", "e")}
    keys |= {file_key(page, b"x", "d"), odd_key("k", text), odd_key("k", other)}
    assert len(keys) == 6
    raw = RawPage("n", "text", place="c.jsonl#1")
    assert page_key(raw, "d") == page_key(replace(raw, name="m", place="c.jsonl#9"), "d")
    assert page_key(raw, "d") != page_key(replace(raw, text="texT"), "d")
    assert page_key(raw, "d") != page_key(replace(raw, warnings=("odd",)), "d")


def test_a_change_of_the_domain_or_of_a_setting_makes_other_keys(tmp_path: Path) -> None:
    for name in ("domain.toml", "ontology.ttl", "shapes.ttl"):
        source = load_ontology("newsroom").folders[0] / name
        (tmp_path / name).write_bytes(source.read_bytes())
    first = load_ontology(tmp_path)
    digest = domain_digest(first)
    assert domain_digest(load_ontology(tmp_path)) == digest
    assert domain_digest(load_ontology(tmp_path, base_iri=BASE)) != digest
    assert reading_digest(first, "none", 9) != reading_digest(first, "none", 10)
    assert reading_digest(first, "none", 9) != reading_digest(first, "other", 9)
    (tmp_path / "lexicon.toml").write_text("[words]\nodd = ['odd']\n")
    assert domain_digest(first) != digest


def test_a_model_is_told_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    before = model_digest(str(tmp_path))
    (tmp_path / "weights").write_bytes(b"\x00")
    assert model_digest(str(tmp_path)) != before
    assert model_digest("no_such_model") != model_digest("nor_this")
    assert model_digest("odd..name") != model_digest("")


def record() -> BuildRecord:
    return BuildRecord(
        *("olympics", BASE, None, 9, 0.5, None, "c", "d"),
        articles=(Used("a.txt", KEY, True),),
        skipped=(),
    )


def test_a_record_comes_back(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / RECORD).write_bytes(record_file(record(), ("b", "a")))
    assert load_record(tmp_path) == replace(record(), files=("a", "b"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "no build wrote to it"),
        (b"", "damaged or of another version"),
        (b'{"version": 1}', "damaged or of another version"),
        (record_file(replace(record(), version=99), ()), "another version"),
        (record_file(record(), ())[:-9], "damaged"),
    ],
)
def test_a_record_that_is_none_is_one_clear_error(
    tmp_path: Path, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / "state").mkdir()
        (tmp_path / RECORD).write_bytes(data)
    with pytest.raises(InputError, match=message):
        load_record(tmp_path)


def wrote(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_pruning_removes_what_a_build_wrote_and_nothing_else(tmp_path: Path) -> None:
    stale = ("articles/one/a.txt", "articles/b.txt", f"{FOLDER}/{'0' * 64}.json")
    mine = ("review.yaml", "articles/own.txt", f"{FOLDER}/notes.json")
    wrote(tmp_path, *stale, *mine, "facts.jsonl")
    (tmp_path / RECORD).write_bytes(record_file(record(), (*stale, "facts.jsonl", "gone.txt")))
    change_files(tmp_path, {}, written_before(tmp_path) - {"facts.jsonl", RECORD})
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == {*mine, "facts.jsonl", RECORD}
    assert not (tmp_path / "articles/one").exists()


@pytest.mark.parametrize("name", ["../own.txt", "/own.txt", "a/../../own.txt", ""])
def test_pruning_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    wrote(tmp_path, "own.txt", "out/state/x")
    (out / RECORD).write_bytes(record_file(record(), (name,)))
    change_files(out, {}, written_before(out))
    assert (tmp_path / "own.txt").exists()


def test_pages_of_a_build_whose_record_is_damaged_are_known_from_its_report(tmp_path: Path) -> None:
    wrote(tmp_path, "articles/a.txt", "articles/b.txt", "own.txt", RECORD)
    pages = '{"text": "articles/a.txt"}, {"text": null}, {"text": "own.txt"}'
    (tmp_path / "report.json").write_text(f'{{"articles": [{pages}]}}')
    change_files(tmp_path, {}, written_before(tmp_path))
    assert not (tmp_path / "articles/a.txt").exists()
    assert (tmp_path / "articles/b.txt").exists()
    assert (tmp_path / "own.txt").exists()


def test_what_a_killed_build_left_half_written_goes(tmp_path: Path) -> None:
    half = ("articles/deep/.b.txt.0badcafe.part", f"{FOLDER}/.{'0' * 64}.json.0badcafe.part")
    mine = ("articles/b.part", "articles/.b.txt.part", ".notes.txt.0badcafe.part")
    wrote(tmp_path, *half, *mine)
    change_files(tmp_path, {}, written_before(tmp_path))
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == set(mine)


def test_names_are_as_short_as_they_can_be() -> None:
    paths = {"1": ("r", "x", "a"), "2": ("r", "y", "a"), "3": ("r", "y", "b")}
    assert shortest_names(paths) == {"1": "x/a", "2": "y/a", "3": "b"}
    del paths["1"]
    assert shortest_names(paths) == {"2": "a", "3": "b"}


def test_code_that_reading_runs_is_part_of_every_key() -> None:
    """No module of this package that reading or extraction loads is left out of the digest."""
    import subprocess
    import sys

    from kg.state.keys import _CODE

    script = (
        "import pkgutil, sys, kg.read, kg.extract\n"
        "for package in kg.read, kg.extract:\n"
        "    for module in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):\n"
        "        __import__(module.name)\n"
        "print(*(m for m in sys.modules if m.startswith('kg.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    told = {f"kg.{place.removesuffix('.py').replace('/', '.')}" for place in _CODE}
    shells = {"kg.errors", "kg.rdf"}  # messages, and a package of modules of their own
    loaded = set(done.stdout.decode().split()) - shells
    assert "kg.extract.extraction" in loaded
    assert {m for m in loaded if not any(f"{m}.".startswith(f"{t}.") for t in told)} == set()


def test_bytes_of_an_earlier_reading_are_not_kept() -> None:
    known = Readings()
    known.add(KEY, reading_of("a.txt"), b"{}")
    assert b'"reading":{}}' in known.file(KEY)
    known.add(KEY, reading_of("a.txt"))
    assert b'"reading":{}}' not in known.file(KEY)
