"""Nothing that is read leaves its folder: names, links, imports, and what builds remove."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, OntologyError
from kg.export.changes import change_files
from kg.export.files import write_files
from kg.model.text import Article, Block, BlockKind
from kg.ontology.domain import load_ontology
from kg.read.load import Inputs, Unreadable, find_sources, read_source
from kg.report import report_article
from kg.state.answers import prune_answers
from kg.state.prune import written_before

WORDS = st.sampled_from(["..", ".", "/", "\\", "C:", "a", "~", "%2e%2e", "con", "\x00", " ", "..."])
NAMES = st.lists(WORDS, min_size=1, max_size=8).map("".join) | st.text(min_size=1, max_size=60)


@given(NAMES)
def test_no_name_of_an_article_leads_out_of_the_outputs(name: str) -> None:
    article = Article(name, "Words.", (Block(0, 6, BlockKind.BODY),))
    place = report_article(article, verbatim=False).text
    assert place is not None
    path = PurePosixPath(place)
    assert path.parts[0] == "articles"
    assert len(path.parts) > 1
    assert not path.is_absolute()
    assert not {"..", "."} & set(path.parts)
    assert not any(char in place for char in '\\:\x00*?"<>|')


def test_a_corpus_with_such_names_is_written_inside(tmp_path: Path) -> None:
    ids = ["../../evil", "/etc/evil", "C:\\evil", "a/../../evil", "..", "evil\u2215x"]
    corpus = tmp_path / "in/corpus.jsonl"
    corpus.parent.mkdir()
    lines = (json.dumps({"id": name, "text": "Words of an article."}) for name in ids)
    corpus.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    pages = list(Inputs(find_sources([corpus])))
    texts: dict[str, str] = {}
    for page in pages:
        assert not isinstance(page, Unreadable)
        place = report_article(Article(page.name, "Words.", ()), verbatim=False).text
        texts[str(place)] = "Words."
    out = tmp_path / "deep/er/out"
    written = write_files(out, texts)
    assert len(written) == len(ids)
    found = {p for p in tmp_path.rglob("*") if p.is_file() and p != corpus}
    assert found == set(written)
    assert all(p.resolve().is_relative_to(out.resolve()) for p in found)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of somebody, with a file that must stay."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "mine.txt").write_text("Mine.", "utf-8")
    return folder


def test_a_link_in_the_outputs_is_not_written_through(tmp_path: Path, elsewhere: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "articles").symlink_to(elsewhere)
    with pytest.raises(InputError, match="through a link"):
        write_files(out, {"articles/mine.txt": "Theirs.", "articles/new.txt": "New."})
    assert {p.name: p.read_text() for p in elsewhere.iterdir()} == {"mine.txt": "Mine."}


def test_a_link_in_place_of_an_output_is_replaced_and_not_followed(
    tmp_path: Path, elsewhere: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "facts.jsonl").symlink_to(elsewhere / "mine.txt")
    write_files(out, {"facts.jsonl": "{}"})
    assert (elsewhere / "mine.txt").read_text() == "Mine."
    assert not (out / "facts.jsonl").is_symlink()


@pytest.mark.parametrize("name", ["articles/mine.txt", "../elsewhere/mine.txt"])
def test_a_hostile_record_removes_nothing_elsewhere(
    tmp_path: Path, elsewhere: Path, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "articles").symlink_to(elsewhere)
    (out / "report.json").write_text(json.dumps({"articles": [{"text": name}]}), "utf-8")
    stale = written_before(out)
    if stale:
        with pytest.raises(InputError, match="through a link"):
            change_files(out, {}, stale)
    assert (elsewhere / "mine.txt").exists()


def test_answers_of_a_model_are_not_removed_elsewhere(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "out/state").mkdir(parents=True)
    (tmp_path / "out/state/llm").symlink_to(elsewhere)
    with pytest.raises(InputError, match="through a link"):
        prune_answers(tmp_path / "out", ())
    assert (elsewhere / "mine.txt").exists()


def test_a_link_out_of_a_folder_of_articles_is_not_read(tmp_path: Path, elsewhere: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "own.txt").write_text("Own.", "utf-8")
    (folder / "same.txt").symlink_to(folder / "own.txt")  # stays inside
    (folder / "passwords.txt").symlink_to(elsewhere / "mine.txt")
    (folder / "feed.jsonl").symlink_to(elsewhere / "mine.txt")
    (folder / "subfolder").symlink_to(elsewhere)
    found = find_sources([folder])
    assert {source.path.name for source in found if not source.astray} == {"own.txt"}
    (astray,) = (source for source in found if source.astray)
    with pytest.raises(InputError, match="link that leads out"):
        read_source(astray)
    (named,) = find_sources([folder / "passwords.txt"])  # asked for by name
    assert read_source(named).text == "Mine."


@pytest.mark.parametrize("name", ["../harbours", "/harbours", "a/../b", "..", "", "\\\\host\\x"])
def test_a_domain_imports_what_lies_beside_it_only(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "harbours"
    folder.mkdir()
    imports = f'title = "H"\niri = "http://x.example/h#"\nimports = [{json.dumps(name)}]\n'
    (folder / "domain.toml").write_text(imports, "utf-8")
    with pytest.raises(OntologyError, match="no name of a folder beside it"):
        load_ontology(folder)
