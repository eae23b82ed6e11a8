"""`kg verify`: what it proves of a folder of outputs, and every way in which it must not hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.errors import InputError
from kg.pipeline import build_with_report, remove_articles
from kg.state.manifest import MANIFEST, load_manifest
from kg.verify import Finding, verify_build
from tests.state.corpus import CORPUS, put

pytestmark = pytest.mark.model

ALL = dict.fromkeys(CORPUS.keys() - {"partners.txt", "copy.txt"}, 0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus` and the build of it in `out`; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    put(folder / "corpus", ALL)
    build_with_report(folder / "corpus", out=folder / "out")
    return folder


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verb(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["verify", *map(str, arguments)])


def rewritten(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the manifest as a program would that knows its format."""
    record = json.loads((out / MANIFEST).read_bytes())
    change(record)
    (out / MANIFEST).write_text(json.dumps(record), "utf-8")


def test_a_build_belongs_to_its_inputs_and_gives_its_bytes_again(corpus: Path, out: Path) -> None:
    (out / "notes.txt").write_text("My own.", "utf-8")
    (out / "exports").mkdir()
    (out / "exports/graph.nq").write_text("", "utf-8")
    found = verify_build(out, [corpus], rebuild=True)
    assert found.findings == ()
    manifest, own = load_manifest(out)
    assert (found.outputs, found.rebuilt) == (len(manifest.outputs), len(manifest.outputs) + 1)
    assert (found.inputs, found.others) == (len(manifest.inputs), 2)
    assert found.manifest == own == digest(out / MANIFEST)
    written = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert {n for n in written - manifest.outputs.keys() if not n.startswith("state/")} == {
        MANIFEST,
        "notes.txt",
        "exports/graph.nq",
    }
    assert {name: digest(out / name) for name in manifest.outputs} == manifest.outputs


def test_manifest_names_the_bytes_of_every_input(corpus: Path, out: Path) -> None:
    manifest, _ = load_manifest(out)
    named = {item.name: item for item in manifest.inputs}
    files = {"again/ferry.txt", "corpus/ferry.txt", "german.txt", "plant.html", "slip.md"}
    assert files < named.keys()
    for name in files:
        assert named[name].sha256 == digest(
            corpus.parent / name if "corpus" in name else corpus / name
        )
    assert named["wire-1"].sha256 != named["wire-2"].sha256
    assert named["german.txt"].skipped == "other language"
    assert [item.name for item in manifest.inputs if item.skipped] == ["german.txt"]
    assert manifest.model.version
    assert str(corpus.parent) not in (out / MANIFEST).read_text("utf-8")


@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_one_changed_byte_of_any_output_shows(out: Path, place: float) -> None:
    manifest, _ = load_manifest(out)
    for name in manifest.outputs:
        data = bytearray((out / name).read_bytes())
        if not data:
            continue
        data[round(place * (len(data) - 1))] ^= 1
        (out / name).write_bytes(data)
    full = {name for name in manifest.outputs if (out / name).stat().st_size}
    found = verify_build(out)
    assert set(found.findings) == {Finding("output", "altered", name) for name in full}
    assert len(full) >= 8


def test_missing_and_extra_files_show(out: Path) -> None:
    (out / "graph.ttl").unlink()
    (out / "articles/planted.txt").write_text("Planted.", "utf-8")
    (kept, *_) = sorted((out / "state/readings").iterdir())
    kept.write_bytes(kept.read_bytes()[:-9] + b'"planted"')
    result = verb(out)
    assert result.exit_code == 1
    assert "missing    output: graph.ttl" in result.output
    assert "extra      output: articles/planted.txt" in result.output
    assert f"altered    kept: state/readings/{kept.name}" in result.output
    assert "inputs     not compared" in result.output


def test_an_empty_output_that_was_filled_shows(out: Path) -> None:
    names = [p.name for p in out.iterdir() if p.is_file() and not p.stat().st_size]
    for name in names:
        (out / name).write_text("{}\n", "utf-8")
    assert {f.name for f in verify_build(out).findings} == set(names)


def test_altered_gone_and_unknown_inputs_show(corpus: Path, out: Path) -> None:
    lines = (corpus / "wire.jsonl").read_text("utf-8").splitlines()
    dated = json.loads(lines[0]) | {"date": "2027-01-02"}  # the text is the same
    (corpus / "wire.jsonl").write_text(f"{json.dumps(dated)}\n{lines[1]}\n", "utf-8")
    with (corpus / "slip.md").open("a", encoding="utf-8") as file:
        file.write(" ")
    (corpus / "plant.html").unlink()
    (corpus / "late.txt").write_text("Late news.", "utf-8")
    (corpus / "german.txt").write_text("Noch eine.", "utf-8")
    assert set(verify_build(out, [corpus]).findings) == {
        Finding("input", "altered", "wire-1"),
        Finding("input", "altered", "slip.md"),
        Finding("input", "altered", "german.txt"),
        Finding("input", "missing", "plant.html"),
        Finding("input", "extra", "late.txt"),
    }
    assert verify_build(out).holds  # no inputs, nothing to say about them


def test_outputs_with_a_forged_manifest_do_not_survive_a_rebuild(corpus: Path, out: Path) -> None:
    (out / "facts.jsonl").write_text("", "utf-8")
    rewritten(out, lambda record: record["outputs"].update(
        {"facts.jsonl": digest(out / "facts.jsonl")}
    ))  # fmt: skip
    assert verify_build(out, [corpus]).holds
    result = verb(out, corpus, "--rebuild", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["findings"] == [{"part": "rebuilt", "how": "differs", "name": "facts.jsonl"}]
    assert not told["holds"]


def test_another_version_model_or_domain_shows(out: Path) -> None:
    def older(record: dict[str, Any]) -> None:
        record["newskg"]["version"] = "0.0.9"
        record["model"]["sha256"] = "0" * 64
        record["domain"]["sha256"] = "1" * 64

    rewritten(out, older)
    found = verify_build(out)
    assert {(f.part, f.name.split()[0]) for f in found.findings} == {
        ("made", "newskg"),
        ("made", "model"),
        ("made", "domain"),
    }
    assert "not what is here" in found.to_text()


def test_a_manifest_of_other_inputs_than_the_kept_ones_shows(out: Path) -> None:
    rewritten(out, lambda record: record["inputs"].pop(0))
    assert verify_build(out).findings == (Finding("kept", "differs", "state/build.json"),)


def test_decisions_and_removals_belong_to_what_is_proved(corpus: Path, out: Path) -> None:
    review = corpus.parent / "answers.yaml"
    options = {"out": out, "review": [review]}
    from kg.pipeline import review_build

    review_build(out)
    text = (out / "review.yaml").read_text("utf-8")
    review.write_text(text.replace('decision: "?"', "decision: no"), "utf-8")
    (out / "review.yaml").unlink()
    build_with_report(corpus, **options)  # type: ignore[arg-type]
    assert "review" in load_manifest(out)[0].options
    remove_articles(out, ["slip.md"])
    (corpus / "slip.md").unlink()
    assert verify_build(out, [corpus], rebuild=True).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.clear(),
        lambda record: record.update(outputs={"../../etc/hostname": "0" * 64}),
        lambda record: record.update(outputs={"/etc/hostname": "0" * 64}),
        lambda record: record.update(format=99),
    ],
)
def test_a_damaged_manifest_is_told(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    rewritten(out, change)
    result = verb(out)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {out / MANIFEST} is damaged")


def test_what_cannot_be_checked_is_told(tmp_path: Path, out: Path, corpus: Path) -> None:
    assert verb(tmp_path).output.startswith(f"Error: {tmp_path} holds no {MANIFEST}")
    with pytest.raises(InputError, match="give the paths"):
        verify_build(out, rebuild=True)
    (out / "state/build.json").write_text("{", "utf-8")
    assert verify_build(out).findings == (Finding("kept", "altered", "state/build.json"),)
    with pytest.raises(InputError, match="damaged"):
        verify_build(out, [corpus], rebuild=True)
