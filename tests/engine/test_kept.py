"""What a build in parts on the disk keeps: the next one reads what has changed, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.engine.build import build_on
from kg.engine.disk import DiskFlow
from kg.engine.report import EngineReport
from kg.engine.running import build_with_engine
from kg.model.statement import Extraction
from kg.model.text import Article
from kg.pipeline import Settings
from kg.pipeline.stages import Read
from kg.read.load import RawPage, Source, source_bytes
from kg.report import Skipped
from kg.state.keys import file_key, input_digest, page_key
from kg.state.reading import NAMELESS, Reading
from kg.state.readings import FOLDER
from kg.verify import verify_build
from tests.files import contents

SETTINGS = Settings("newsroom")


class Reader:
    """Stands in for the reading of an article, and notes which it was asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.stops_at: str | None = None

    def __call__(self, item: Source | RawPage, settings: Settings, digest: str) -> Read | Skipped:
        if item.name == self.stops_at:
            raise KeyboardInterrupt
        self.read.append(item.name)
        if isinstance(item, RawPage):
            key, text = page_key(item, digest), item.text
        else:
            data = source_bytes(item, settings.max_chars)
            key, text = file_key(item, data, digest), data.decode()
        if "broken" in text:
            return Skipped(item.name, "is broken")
        nothing = Extraction((), (), {})
        reading = Reading(Article(NAMELESS, text), nothing, (), "none", verbatim=False)
        return Read(key, reading, input_digest(item, settings.max_chars))

    def taken(self) -> list[str]:
        """Which were read since it was last asked."""
        read, self.read = self.read, []
        return read


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr("kg.engine.reading.read_one", reader)
    return reader


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    corpus = tmp_path / "in"
    corpus.mkdir()
    for name in "abcd":
        (corpus / f"{name}.txt").write_text(f"Of {name}.", "utf-8")
    lines = (json.dumps({"id": f"p{n}", "text": f"Page {n}."}) for n in range(3))
    (corpus / "pages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return corpus


@pytest.fixture
def out(corpus: Path, tmp_path: Path, reader: Reader) -> Path:
    """A build of the corpus, of which every article was read."""
    out = tmp_path / "out"
    assert built(corpus, out).anew == len(ALL)
    assert reader.taken() == ALL
    return out


ALL = ["a.txt", "b.txt", "c.txt", "d.txt", "p0", "p1", "p2"]


def built(corpus: Path, out: Path, *, fresh: bool = False) -> EngineReport:
    return build_with_engine("disk", [corpus], SETTINGS, out, fresh=fresh)


def readings(out: Path) -> list[Path]:
    return sorted((out / FOLDER).iterdir())


def test_nothing_is_read_or_written_again_where_nothing_has_changed(
    corpus: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = contents(out)
    (out / "report.json").unlink()
    first = built(corpus, out)
    assert contents(out) == written
    monkeypatch.setattr("kg.engine.running.build_on", None)  # nothing is built
    again = built(corpus, out)
    assert (reader.taken(), again, again.anew) == ([], first, 0)
    assert contents(out) == written


def test_what_has_changed_is_read_and_what_has_gone_is_forgotten(
    corpus: Path, out: Path, tmp_path: Path, reader: Reader
) -> None:
    (corpus / "a.txt").write_text("Another text.", "utf-8")
    (corpus / "b.txt").rename(corpus / "e.txt")
    (corpus / "c.txt").unlink()
    assert built(corpus, out).anew == 1
    assert reader.taken() == ["a.txt"]
    assert len(readings(out)) == 6
    built(corpus, tmp_path / "anew")
    assert contents(out) == contents(tmp_path / "anew")


def test_a_build_that_was_stopped_goes_on(corpus: Path, tmp_path: Path, reader: Reader) -> None:
    out = tmp_path / "out"
    reader.stops_at = "p1"
    with pytest.raises(KeyboardInterrupt):
        built(corpus, out)
    assert reader.taken() == ALL[:5]
    reader.stops_at = None
    assert built(corpus, out).anew == 2
    assert reader.taken() == ALL[5:]
    built(corpus, tmp_path / "anew")
    assert contents(out) == contents(tmp_path / "anew")


def test_with_fresh_all_is_read(corpus: Path, out: Path, reader: Reader) -> None:
    written = contents(out)
    assert built(corpus, out, fresh=True).anew == len(ALL)
    assert (reader.taken(), contents(out)) == (ALL, written)


def test_other_settings_read_all_anew(corpus: Path, out: Path, reader: Reader) -> None:
    other = Settings("newsroom", max_chars=1000)
    build_with_engine("disk", [corpus], other, out)
    assert reader.taken() == ALL
    assert len(readings(out)) == len(ALL)


def _cut(out: Path) -> None:
    path = readings(out)[0]
    path.write_bytes(path.read_bytes()[:-9])


def _alter_line(out: Path) -> None:
    path = out / "manifest" / "part-00000.jsonl"
    path.write_bytes(path.read_bytes().replace(b"a.txt", b"z.txt"))


def _alter_quads(out: Path) -> None:
    path = out / "quads" / "part-00000.nq.gz"
    path.write_bytes(path.read_bytes() + b" ")


def _alter_report(out: Path) -> None:
    path = out / "report.json"
    path.write_bytes(path.read_bytes().replace(b'"settings"', b'"setting"'))


def _add_part(out: Path) -> None:
    (out / "quads" / "part-00009.nq.gz").write_bytes(b"")


def _add_reading(out: Path) -> None:
    path = readings(out)[0]
    (out / FOLDER / f"{'0' * 64}.json").write_bytes(path.read_bytes())


def _leave_half_a_reading(out: Path) -> None:
    (out / FOLDER / f".{'0' * 64}.json.01234567.part").write_text("half", "utf-8")


def _leave_half_a_manifest(out: Path) -> None:
    for name in (".manifest.json", ".report.json", "state/.parts.json", "facts/.part-00000.jsonl"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / f"{name}.89abcdef.part").write_text("half", "utf-8")
    (out / "manifest.json").unlink()


def test_what_is_not_as_it_was_written_is_put_right_without_reading(
    corpus: Path, out: Path, reader: Reader
) -> None:
    written = contents(out)
    for change in (
        _alter_line,
        _alter_quads,
        _alter_report,
        _add_part,
        _add_reading,
        _leave_half_a_reading,
        _leave_half_a_manifest,
    ):
        change(out)
        assert contents(out) != written, change
        built(corpus, out)
        assert contents(out) == written, change
        assert reader.taken() == []


def test_a_damaged_reading_is_told_and_no_reading(corpus: Path, out: Path, reader: Reader) -> None:
    written = contents(out)
    assert verify_build(out, [corpus]).holds
    _cut(out)
    [finding] = verify_build(out, [corpus]).findings
    assert (finding.part, finding.how, finding.name) == (
        "kept",
        "altered",
        readings(out)[0].relative_to(out).as_posix(),
    )
    (corpus / "more.txt").write_text("More.", "utf-8")
    assert built(corpus, out).anew == len(reader.taken()) == 2
    (corpus / "more.txt").unlink()
    built(corpus, out)
    assert contents(out) == written


def test_what_was_skipped_is_tried_again(corpus: Path, tmp_path: Path, reader: Reader) -> None:
    (corpus / "a.txt").write_text("broken", "utf-8")
    for _ in range(2):
        report = built(corpus, tmp_path / "out")
        assert [s.name for s in report.skipped] == ["a.txt"]
        assert "a.txt" in reader.taken()
    assert reader.taken() == []
    assert len(readings(tmp_path / "out")) == len(ALL) - 1


def test_no_process_is_started_for_what_is_known(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "report.json").unlink()  # so that it builds
    monkeypatch.setattr("kg.engine.reading.readers", None)
    report = build_with_engine("disk", [corpus], Settings("newsroom", timeout=5.0), out)
    assert report.anew == 0


def test_who_does_not_ask_for_it_keeps_nothing(
    corpus: Path, tmp_path: Path, reader: Reader
) -> None:
    with DiskFlow(tmp_path / "spill") as flow:
        report = build_on(flow, [corpus], SETTINGS, tmp_path / "out")
    assert report.anew is None
    assert not (tmp_path / "out" / FOLDER).exists()


@pytest.mark.model
def test_real_articles_are_read_once(tmp_path: Path, examples: Path) -> None:
    def build(out: str, *options: str) -> str:
        command = ["build", str(tmp_path / "in"), "--engine", "disk", "--out", str(tmp_path / out)]
        result = CliRunner().invoke(cli, [*command, *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    (tmp_path / "in").mkdir()
    for file in sorted(examples.glob("*.txt"))[:2]:
        (tmp_path / "in" / file.name).write_bytes(file.read_bytes())
    assert "anew" not in build("out")
    assert "; 0 read anew, 2 unchanged; written in parts to" in build("out")
    told = "Tarn Rail has acquired Lund Optics, said Ada Brask, chief executive of Tarn Rail."
    (tmp_path / "in" / "more.txt").write_text(told, "utf-8")
    assert "; 1 read anew, 2 unchanged; written in parts to" in build("out", "--processes", "2")
    build("anew")
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")
