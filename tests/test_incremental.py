"""Builds into a folder that holds a build: what they read, and that they equal a fresh one."""

from __future__ import annotations

import json
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg.extract
import kg.pipeline.building as building
import kg.pipeline.stages as stages
import kg.pipeline.stored as stored
from kg.cli import cli
from kg.errors import InputError, UnknownNameError
from kg.model.statement import Extraction
from kg.model.text import Article
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline import Settings, build_with_report, load_graph, remove_articles, still_naming
from kg.pipeline.settings import moment
from tests.files import contents
from tests.state.corpus import CORPUS, ONLY_HERE, put

pytestmark = pytest.mark.model

ALL = dict.fromkeys(CORPUS, 0)
SEQUENCES = 50


def fresh(corpus: Path, **options: Any) -> dict[str, bytes]:
    """What a build from nothing writes."""
    out = corpus.parent / "fresh"
    shutil.rmtree(out, ignore_errors=True)
    build_with_report(corpus, out=out, **options)
    return contents(out)


def same(one: dict[str, bytes], other: dict[str, bytes]) -> bool:
    """Whether all bytes are equal; names the files that differ where they are not."""
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    return True


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The folder of articles, all of them in their first version."""
    folder = tmp_path / "corpus"
    put(folder, ALL)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the corpus; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    put(folder / "corpus", ALL)
    build_with_report(folder / "corpus", out=folder / "out")
    return folder / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """A copy of the folder of that build."""
    return shutil.copytree(built, tmp_path / "out")


def test_a_build_reads_only_what_changed(corpus: Path, out: Path) -> None:
    _, report = build_with_report(corpus, out=out)
    assert report.anew == 0
    put(corpus, ALL | {"partners.txt": 1})
    _, report = build_with_report(corpus, out=out)
    assert report.anew == 1
    assert f"(1 anew, {len(report.articles) - 1} unchanged)" in report.summary()
    same(contents(out), fresh(corpus))


def test_report_does_not_tell_known_from_new(corpus: Path, out: Path) -> None:
    before = (out / "report.json").read_bytes()
    build_with_report(corpus, out=out)
    assert (out / "report.json").read_bytes() == before
    assert b"anew" not in before


def test_fresh_reads_everything(corpus: Path, out: Path) -> None:
    before = contents(out)
    _, report = build_with_report(corpus, out=out, fresh=True)
    texts = {a.sha256 for a in report.articles}
    assert report.anew is not None
    assert report.anew >= len(texts)
    same(contents(out), before)


def test_a_changed_setting_reads_everything_that_depends_on_it(corpus: Path, out: Path) -> None:
    other = Settings(base_iri="https://other.example/")
    _, report = build_with_report(corpus, other, out=out)
    assert report.anew
    same(contents(out), fresh(corpus, settings=other))
    timed = Settings(base_iri=other.base_iri, min_confidence=0.8, built_at="2027-05-04T12:00:00")
    graph, report = build_with_report(corpus, timed, out=out)
    assert report.anew == 0
    assert graph.settings["built_at"] == "2027-05-04T12:00:00Z"
    same(contents(out), fresh(corpus, settings=timed))


def test_a_page_without_text_stays_one(corpus: Path, out: Path) -> None:
    quiet = Settings(page_text=False)
    graph, report = build_with_report(corpus, quiet, out=out)
    assert report.anew == 0
    assert not graph.is_text_shown
    assert report.settings["page_text"] == "quotes only"
    same(contents(out), fresh(corpus, settings=quiet))
    assert load_graph(out)[0] == graph
    shortened, _ = remove_articles(out, ["slip.md"])
    assert not shortened.is_text_shown
    (corpus / "slip.md").unlink()
    same(contents(out), fresh(corpus, settings=quiet))
    told, _ = build_with_report(corpus, out=out)
    assert told.is_text_shown


def test_nothing_changed_loads_no_model(corpus: Path, out: Path) -> None:
    script = (
        "import sys\nfrom kg.pipeline import build_with_report, load_graph\n"
        f"_, report = build_with_report({str(corpus)!r}, out={str(out)!r})\n"
        f"load_graph({str(out)!r})\n"
        "print(report.anew, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"0 False\n"


def test_graph_of_a_folder_is_the_one_that_was_built(corpus: Path, tmp_path: Path) -> None:
    settings = Settings("newsroom", min_confidence=0.7)
    built, _ = build_with_report(corpus, settings, out=tmp_path / "o")
    shutil.rmtree(corpus)
    graph, ontology = load_graph(tmp_path / "o")
    assert graph == built
    assert graph.facts
    assert ontology.name == "newsroom"


def test_moved_and_renamed_files_are_known(corpus: Path, out: Path) -> None:
    (corpus / "plant.html").rename(corpus / "factory.html")
    moved = corpus.rename(corpus.parent / "elsewhere")
    _, report = build_with_report(moved, out=out)
    assert report.anew == 0
    assert "articles/plant.html.txt" not in contents(out)
    same(contents(out), fresh(moved))


@pytest.mark.usefixtures("quick")
def test_a_thousand_copies_are_read_once(tmp_path: Path) -> None:
    for number in range(1000):
        path = tmp_path / f"corpus/{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CORPUS["ferry.txt"][0])
    graph, report = build_with_report(tmp_path / "corpus", out=tmp_path / "out")
    assert report.anew == 1
    assert len(graph.articles) == 1000
    assert {fact.sources for fact in graph.facts} == {1}
    assert len(list((tmp_path / "out/state/readings").iterdir())) == 1


def _damage(path: Path, data: bytes | None) -> None:
    for file in [path] if path.is_file() else path.iterdir():
        if data is None:
            file.unlink()
        else:
            file.write_bytes(data)


@pytest.mark.parametrize("data", [b"", b'{"key": "', b"\xff\xfe", None])
@pytest.mark.parametrize("place", ["state/readings", "state/build.json"])
def test_damaged_state_is_made_anew(
    corpus: Path, out: Path, place: str, data: bytes | None
) -> None:
    before = contents(out)
    _damage(out / place, data)
    with pytest.raises(InputError, match=r"no build wrote|damaged") as error:
        remove_articles(out, ["partners.txt"])
    assert "\n" not in str(error.value)
    build_with_report(corpus, out=out)
    same(contents(out), before)


def test_pages_that_no_longer_belong_go_and_own_files_stay(corpus: Path, out: Path) -> None:
    page = out / "articles/plant.html.txt"
    assert page.exists()
    (out / "review.yaml").write_text("merges: []\n")
    (out / "articles/note.txt").write_text("mine")
    (corpus / "plant.html").unlink()
    build_with_report(corpus, out=out)
    assert not page.exists()
    assert (out / "review.yaml").read_text() == "merges: []\n"
    assert (out / "articles/note.txt").read_text() == "mine"


@pytest.mark.parametrize("inside", ["", "out", "deep/out"])
def test_outputs_inside_the_corpus_are_no_articles(corpus: Path, inside: str) -> None:
    first, told = build_with_report(corpus, out=corpus / inside)
    (corpus / inside / "links.jsonl").write_text("\n")
    before = contents(corpus)
    graph, report = build_with_report(corpus, out=corpus / inside)
    assert [a.name for a in graph.articles] == [a.name for a in first.articles]
    assert report.skipped == told.skipped
    assert report.anew == 0
    same(contents(corpus), before)
    if not inside:
        return
    (corpus / inside / "state/build.json").write_text("{")  # damaged, it still tells the folder
    (corpus / "plant.html").unlink()
    graph, _ = build_with_report(corpus, out=corpus / inside)
    assert len(graph.articles) == len(first.articles) - 1


def test_a_build_that_fails_changes_nothing(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    put(corpus, ALL | {"slip.md": 1})

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kg.export.files.write_temporary", full)
        with pytest.raises(InputError, match="No space left on device"):
            build_with_report(corpus, out=out)
    same(contents(out), before)
    load_graph(out)


def stopped_after(renames: int, monkeypatch: pytest.MonkeyPatch, corpus: Path, out: Path) -> None:
    """A build that is stopped when so many of its files are in their places."""
    left = renames
    rename = Path.replace

    def stop(self: Path, target: Path) -> Path:
        nonlocal left
        if target.name != ".kg-changes" and (left := left - 1) < 0:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            build_with_report(corpus, out=out)


@pytest.mark.parametrize("renames", [0, 3])
def test_a_build_stopped_between_its_files_is_finished_by_whoever_comes_next(
    renames: int, corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corpus, ALL | {"slip.md": 1})
    (corpus / "plant.html").unlink()
    stopped_after(renames, monkeypatch, corpus, out)
    load_graph(out)
    same(contents(out), fresh(corpus))
    build_with_report(corpus, out=out)
    same(contents(out), fresh(corpus))


def test_no_page_stays_of_a_build_whose_record_is_lost_or_damaged(corpus: Path, out: Path) -> None:
    shutil.copy(corpus / "plant.html", corpus / "brief.html")
    build_with_report(corpus, out=out)
    (out / "state/build.json").unlink()
    assert (out / "articles/brief.html.txt").exists()
    (corpus / "brief.html").unlink()
    build_with_report(corpus, out=out)
    same(contents(out), fresh(corpus))
    (out / "state/build.json").write_text("{")
    (corpus / "plant.html").unlink()
    build_with_report(corpus, out=out)
    same(contents(out), fresh(corpus))


def test_what_another_run_took_away_meanwhile_is_written_again(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assemble = building.assemble

    def meanwhile(*given: Any) -> Any:
        shutil.rmtree(out / "state/readings")
        return assemble(*given)

    monkeypatch.setattr(building, "assemble", meanwhile)
    build_with_report(corpus, out=out)
    monkeypatch.undo()
    same(contents(out), fresh(corpus))


def test_articles_may_lie_in_the_folder_that_texts_go_to(corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    articles = shutil.copytree(corpus, home / "articles")
    first, _ = build_with_report(articles, out=home)
    assert (articles / "plant.html.txt").exists()
    again, _ = build_with_report(articles, out=home)
    assert [a.name for a in again.articles] == [a.name for a in first.articles]


def test_a_text_that_no_build_wrote_is_not_replaced(corpus: Path, out: Path) -> None:
    shutil.copy(corpus / "plant.html", corpus / "brief.html")
    (out / "articles/brief.html.txt").write_text("mine")
    before = contents(out)
    with pytest.raises(InputError, match=r"brief\.html\.txt is no file of a build"):
        build_with_report(corpus, out=out)
    same(contents(out), before)


def test_remove_leaves_no_trace(corpus: Path, out: Path) -> None:
    put(corpus, ALL | {"slip.md": 1})
    build_with_report(corpus, out=out)
    traces = [name for name, data in contents(out).items() if ONLY_HERE.encode() in data]
    assert len(traces) > 2
    remove_articles(out, ["slip.md"])
    everything = contents(out)
    assert not [name for name, data in everything.items() if ONLY_HERE.encode() in data]
    assert not [name for name, data in everything.items() if b"slip.md" in data]
    (corpus / "slip.md").unlink()
    same(everything, fresh(corpus))


def test_remove_needs_no_sources_and_keeps_what_was_skipped(corpus: Path, out: Path) -> None:
    (out / "review.yaml").write_text("merges: []  # wire-1\n")
    shutil.move(corpus, corpus.parent / "away")
    _, report = remove_articles(out, ["wire-1"])
    assert [s.name for s in report.skipped] == ["german.txt"]
    assert still_naming(out, ["wire-1"]) == ("review.yaml",)
    shutil.move(corpus.parent / "away", corpus)
    lines = CORPUS["wire.jsonl"][0].split("\n")
    (corpus / "wire.jsonl").write_text("\n".join(lines[1:]))
    after = contents(out)
    assert after.pop("review.yaml") == b"merges: []  # wire-1\n"
    same(after, fresh(corpus))


@pytest.mark.parametrize("gone", ["again/ferry.txt", "german.txt"])
def test_remove_renames_what_a_build_would_call_otherwise(
    corpus: Path, out: Path, gone: str
) -> None:
    remove_articles(out, [gone])
    (corpus / gone).unlink()
    same(contents(out), fresh(corpus))
    named = {a["name"] for a in json.loads((out / "report.json").read_bytes())["articles"]}
    assert ("ferry.txt" in named) == (gone == "again/ferry.txt")


def test_remove_refuses_where_a_page_would_be_called_otherwise(corpus: Path) -> None:
    lines = (json.dumps({"id": "one", "text": CORPUS[n][0]}) for n in ("ferry.txt", "copy.txt"))
    (corpus / "wire.jsonl").write_text("\n".join(lines))
    out = corpus.parent / "out"
    build_with_report(corpus, out=out)
    before = contents(out)
    with pytest.raises(InputError, match=r"wire\.jsonl#2 would have another name"):
        remove_articles(out, ["one"])
    same(contents(out), before)
    remove_articles(out, ["one", "wire.jsonl#2"])
    (corpus / "wire.jsonl").unlink()
    same(contents(out), fresh(corpus))


def test_remove_of_an_unknown_article_lists_close_names(out: Path) -> None:
    before = contents(out)
    with pytest.raises(UnknownNameError, match=r"'partner\.txt'; there are: .*partners\.txt"):
        remove_articles(out, ["wire-1", "partner.txt"])
    same(contents(out), before)


def test_remove_of_the_last_article_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "corpus", {"ferry.txt": 0, "german.txt": 0})
    build_with_report(tmp_path / "corpus", out=tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(InputError, match="no article would be left"):
        remove_articles(tmp_path / "out", ["ferry.txt"])
    same(contents(tmp_path / "out"), before)


def test_a_changed_or_vanished_domain_is_told(corpus: Path, tmp_path: Path) -> None:
    domain, out = tmp_path / "domain", tmp_path / "out"
    shutil.copytree(load_ontology("newsroom").folders[0], domain)
    build_with_report(corpus, Settings(domain), out=out)
    load_graph(out)
    with (domain / "shapes.ttl").open("a") as file:
        file.write("# changed\n")
    with pytest.raises(InputError, match="has changed since it was built; run `kg build` again"):
        remove_articles(out, ["copy.txt"])
    shutil.rmtree(domain)
    with pytest.raises(InputError, match="cannot be loaded"):
        load_graph(out)


def test_other_code_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "code_digest", lambda: "other")
    with pytest.raises(InputError, match="another version of kg"):
        load_graph(out)


def test_a_folder_of_no_build_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="no build wrote to it"):
            remove_articles(folder, ["a"])


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_a_folder_that_may_not_be_written_is_one_clear_error(corpus: Path, out: Path) -> None:
    import os

    if os.geteuid() == 0:
        # root writes anywhere: a file in the way of the folder stands in for missing rights
        shutil.rmtree(out / "state")
        (out / "state").write_text("in the way")
        with pytest.raises(InputError, match="in the way of this folder"):
            build_with_report(corpus, out=out)
        return
    before = contents(out)
    out.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(InputError, match="no permission to write here"):
            build_with_report(corpus, out=out)
    finally:
        out.chmod(stat.S_IRWXU)
    same(contents(out), before)


def test_two_processes_give_the_same(corpus: Path, out: Path) -> None:
    put(corpus, ALL | {"plant.html": 1, "slip.md": 1, "wire.jsonl": 2})
    _, report = build_with_report(corpus, out=out, processes=2)
    assert report.anew == 3
    same(contents(out), fresh(corpus))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2027-05-04T14:00+02:00", "2027-05-04T12:00:00Z"),
        ("2027-05-04 12:00:00.5", "2027-05-04T12:00:00Z"),
        ("now", "2001-09-09T01:46:40Z"),
        (None, None),
    ],
)
def test_time_of_a_build(
    when: str | None, told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert moment(when) == told


@pytest.mark.parametrize(
    "when", ["", "yesterday", "2027-05-04", "2027-13-01T00:00", "0001-01-01T00:00+09:00"]
)
def test_what_is_no_time_of_a_build(when: str) -> None:
    with pytest.raises(InputError, match="no time of a build"):
        moment(when)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def test_remove_on_the_command_line(out: Path) -> None:
    (out / "review.yaml").write_text("merges: []  # partners.txt\n")
    done = run("remove", out, "partners.txt", "german.txt")
    assert done.exit_code == 0, done.output
    assert "articles   7 read, 0 skipped" in done.stdout
    assert "removed from" in done.stdout
    assert done.stderr == f"Note: {out / 'review.yaml'} is not of a build and still names it\n"
    again = run("remove", out, "partners.txt")
    assert again.exit_code == 1
    assert again.stdout == ""
    assert again.stderr.startswith("Error: no article named 'partners.txt'; there are: ")
    assert run("remove", out, "copy.txt", "--quiet").stdout == ""


def test_remove_from_a_folder_of_no_build_on_the_command_line(tmp_path: Path) -> None:
    done = run("remove", tmp_path, "a.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {tmp_path} holds no state/build.json")
    assert list(tmp_path.iterdir()) == []


def test_fresh_and_the_time_of_a_build_on_the_command_line(corpus: Path, out: Path) -> None:
    known = run("build", corpus, "--out", out)
    assert "(0 anew, 8 unchanged)" in known.stdout
    timed = run("build", corpus, "--out", out, "--built-at", "2027-05-04T12:00Z", "--fresh")
    assert "(0 anew" not in timed.stdout
    settings = json.loads((out / "report.json").read_bytes())["settings"]
    assert settings["built_at"] == "2027-05-04T12:00:00Z"
    wrong = run("build", corpus, "--out", out, "--built-at", "soon")
    assert wrong.exit_code == 1
    assert "no time of a build" in wrong.stderr


@pytest.fixture(scope="module")
def extractions() -> dict[Article, Extraction]:
    """What the real reader found in each text so far."""
    return {}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, extractions: dict[Article, Extraction]) -> None:
    """Loads the domain once, reads each text once, checks no shapes: none sees what was known."""
    domains: dict[str, Ontology] = {}

    def load(domain: str, *, base_iri: str) -> Ontology:
        if domain not in domains:
            domains[domain] = load_ontology(domain, base_iri=base_iri)
        return domains[domain]

    monkeypatch.setattr(building, "load_ontology", load)
    monkeypatch.setattr(stored, "load_ontology", load)
    from kg.rdf.validate import ValidationReport

    monkeypatch.setattr("kg.rdf.validate.validate", lambda graph, ontology: ValidationReport())
    real = stages._annotator(None)
    extract = kg.extract.extract

    def once(article: Article, ontology: Ontology, **how: object) -> Extraction:
        if article not in extractions:
            extractions[article] = extract(real.annotate(article), ontology)
        return extractions[article]

    later = SimpleNamespace(name=real.name, version=real.version, annotate=lambda article: article)
    monkeypatch.setattr(stages, "_annotator", lambda model: later)
    monkeypatch.setattr("kg.extract.extract", once)


def step(dice: random.Random, state: dict[str, int]) -> tuple[str, dict[str, int]]:
    """A file that is added, changed or removed, and what the corpus is afterwards."""
    absent = sorted(CORPUS.keys() - state.keys())
    if absent and (len(state) < 3 or dice.random() < 0.4):
        name = dice.choice(absent)
        return name, state | {name: dice.randrange(len(CORPUS[name]))}
    name = dice.choice(sorted(state))
    if dice.random() < 0.5:
        return name, state | {name: (state[name] + 1) % len(CORPUS[name])}
    return name, {key: value for key, value in state.items() if key != name}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_sequence_of_changes_gives_what_a_build_from_nothing_gives(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    state = {"ferry.txt": 0} | {name: 0 for name in CORPUS if dice.random() < 0.5}
    put(corpus, state)
    build_with_report(corpus, out=out)
    for _ in range(3):
        name, after = step(dice, state)
        gone = name not in after
        put(corpus, after)
        if gone and dice.random() < 0.7 and after.keys() - {"german.txt"}:
            ids = [i for i in ("wire-1", "wire-2", "wire-3") if i in CORPUS[name][state[name]]]
            called = {a.name for a in load_graph(out)[0].articles}
            plain = {"ferry.txt": "corpus/ferry.txt", "again/ferry.txt": "again/ferry.txt"}
            known = name if name in called | {"german.txt"} else plain[name] if not ids else ""
            remove_articles(out, ids or [known])
        elif after.keys() - {"german.txt"}:
            build_with_report(corpus, out=out)
        else:
            put(corpus, state)
            continue
        state = after
    same(contents(out), fresh(corpus))
