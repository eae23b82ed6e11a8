"""What every format of `kg export` must do, whatever it writes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError, UnknownNameError
from kg.export.files import write_files
from kg.export.formats import FORMATS, Format, FormatOptions, export_graph, format_named
from tests.export.written import known_graphs, written_in

TURTLE = format_named("turtle")
every_format = pytest.mark.parametrize("item", FORMATS, ids=lambda item: item.name)


def files_in(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def exported(item: Format, out: Path, to: Path) -> dict[str, bytes]:
    done = CliRunner().invoke(
        cli, ["export", str(out), "--to", item.name, "--out", str(to / item.target)]
    )
    assert done.exit_code == 0, done.output
    return files_in(to)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    written_in(folder, known_graphs()["showcase"])
    return folder


@pytest.mark.parametrize("name", ["empty", "showcase", "hostile"])
@every_format
def test_the_second_run_writes_the_same_bytes(item: Format, name: str, tmp_path: Path) -> None:
    written_in(tmp_path, known_graphs()[name])
    first = exported(item, tmp_path, tmp_path / "a")
    assert first == exported(item, tmp_path, tmp_path / "b")
    assert first == exported(item, tmp_path, tmp_path / "a"), "over what was there"


def test_no_format_depends_on_the_hash_seed(out: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.export.formats import FORMATS, export_graph;"
        "from kg.rdf.written import open_written; out, to = map(Path, sys.argv[1:]);"
        "[export_graph(open_written(out), f, to / f.name / f.target) for f in FORMATS]"
    )
    found = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, out, tmp_path / seed],
            env={"PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2], check=True,
        )  # fmt: skip
        found.append(files_in(tmp_path / seed))
    assert found[0] == found[1]
    assert {name.partition("/")[0] for name in found[0]} == {item.name for item in FORMATS}


@every_format
def test_every_format_is_registered_as_a_reader_of_the_help_expects(item: Format) -> None:
    assert format_named(item.name) is item
    assert item.about
    assert len({f.target for f in FORMATS}) == len({f.name for f in FORMATS}) == len(FORMATS)
    assert ("." in item.target) != item.is_folder
    shown = CliRunner().invoke(cli, ["export", "--help"]).output
    assert f"  {item.name} " in shown
    assert item.about in shown


def test_an_unknown_format_lists_those_there_are(out: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"no format named 'pdf'; .*nquads, ntriples"):
        format_named("pdf")
    done = CliRunner().invoke(cli, ["export", str(out), "--to", "pdf"])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: no format named 'pdf'; there are: ")
    assert all(item.name in done.stderr for item in FORMATS)


def test_without_a_place_it_goes_beside_the_graph(out: Path) -> None:
    for path in (out, out / "graph.trig"):
        done = CliRunner().invoke(cli, ["export", str(path), "--to", "turtle"])
        assert done.output == f"{out / 'exports' / 'graph.ttl'}\n"
    assert (out / "exports" / "graph.ttl").is_file()


def test_folders_on_the_way_are_made(out: Path, tmp_path: Path) -> None:
    exported(TURTLE, out, tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "graph.ttl").is_file()


def fails(out: Path, *arguments: str | Path) -> str:
    before = files_in(out)
    done = CliRunner().invoke(cli, ["export", str(out), *map(str, arguments)])
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert files_in(out) == before
    return done.stderr


def test_what_is_in_the_way_is_told_and_stays(out: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "file").write_text("mine")
    turtle = ["--to", "turtle", "--out"]
    assert "a folder is in the way of this file" in fails(out, *turtle, tmp_path / "folder.ttl")
    assert "a file is in the way" in fails(out, *turtle, tmp_path / "file" / "graph.ttl")
    assert (tmp_path / "file").read_text() == "mine"
    assert "is the graph to export" in fails(out, *turtle, out / "graph.trig")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "x"), "no permission to write here"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
    ],
)
def test_a_place_that_takes_nothing(
    error: OSError, told: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", refuse)  # the first call of a file, and root may write all
    assert told in fails(out, "--to", "nquads", "--out", tmp_path / "to" / "graph.nq")
    assert files_in(tmp_path / "to") == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of processes there")
def test_a_disk_that_is_full_half_way(out: Path, tmp_path: Path) -> None:
    """A file that may not grow is what comes nearest to a disk without room."""
    old = tmp_path / "to" / "graph.nq"
    old.parent.mkdir()
    old.write_text("old")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9_999, 9_999));"
        "from kg.cli import main; sys.argv[0] = 'kg'; main()"
    )
    arguments = ["export", str(out), "--to", "nquads", "--out", str(old)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written (File too large); free the place or choose" in done.stderr
    assert files_in(old.parent) == {"graph.nq": b"old"}


def test_a_folder_that_no_build_wrote(tmp_path: Path) -> None:
    assert "no graph.trig or graph.ttl here; run kg build" in fails(tmp_path, "--to", "turtle")
    (tmp_path / "graph.trig").write_text("not RDF")
    assert "not valid TriG" in fails(tmp_path, "--to", "turtle")
    (tmp_path / "graph.trig").write_text("")
    assert "no graph of a build" in fails(tmp_path, "--to", "turtle")


def test_a_folder_format_does_not_mix_with_other_files(out: Path, tmp_path: Path) -> None:
    folder = Format("some", "some", "two files", lambda *_: {"a.csv": "1", "in/b.csv": "2"}, True)
    written = written_in(out, known_graphs()["empty"])
    for _ in range(2):
        export_graph(written, folder, tmp_path / "to")
    assert files_in(tmp_path / "to") == {"a.csv": b"1", "in/b.csv": b"2"}
    (tmp_path / "to" / "in" / "old.csv").write_text("3")
    with pytest.raises(InputError, match=r"old.csv: is in the folder of the export and not of it"):
        export_graph(written, folder, tmp_path / "to")
    assert files_in(tmp_path / "to")["in/old.csv"] == b"3"


def test_chunks_are_written_as_they_come_and_an_error_leaves_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": (part for part in (b"one", b"two"))})
    assert (tmp_path / "a").read_bytes() == b"onetwo"

    def half() -> object:
        yield b"half"
        raise InputError("a value that the format cannot hold")

    with pytest.raises(InputError, match="cannot hold"):
        write_files(tmp_path, {"a": half()})  # type: ignore[dict-item]
    assert files_in(tmp_path) == {"a": b"onetwo"}


def test_options_reach_the_format(out: Path, tmp_path: Path) -> None:
    seen: list[FormatOptions] = []

    def keep(_: object, options: FormatOptions) -> dict[str, str]:
        seen.append(options)
        return {options.name: "x"}

    written = written_in(out, known_graphs()["empty"])
    options = FormatOptions("", inferred=True, evidence="none")
    export_graph(written, Format("x", "x.y", "x", keep), tmp_path / "mine.z", options)
    assert seen == [FormatOptions("mine.z", inferred=True, evidence="none")]
    assert (tmp_path / "mine.z").read_text() == "x"


def test_the_registry_loads_no_heavy_library() -> None:
    code = (
        "import sys, kg.export.formats, kg.cli.export;"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'networkx', 'pyarrow', 'pyld', 'pyoxigraph', 'rdflib', 'spacy'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
