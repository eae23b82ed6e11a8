"""A build that would change nothing makes nothing, and any change makes it be made."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.pipeline import Settings, build_files, building
from kg.pipeline.unchanged import report_if_unchanged

pytestmark = pytest.mark.model

TEXTS = {
    "a.txt": "Fjordix has signed a partnership with Nordbank, said Ada Lund of Fjordix.\n",
    "b.txt": "Nordbank is based in Oslo. Nordbank acquired Fjordix in 2021.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unchanged")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text)
    build_files([folder / "in"], Settings(), out=folder / "out")
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def report(place: Path, settings: Settings | None = None) -> object:
    return report_if_unchanged([place / "in"], settings or Settings(), place / "out")


def test_nothing_is_made_where_nothing_changed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = (place / "out/report.json").read_text()
    seen: list[str] = []
    monkeypatch.setattr(building, "build_with_report", lambda *a, **k: pytest.fail("was made"))
    found = build_files(
        [place / "in"],
        Settings(),
        out=place / "out",
        progress=lambda done, total, name: seen.append(f"{done}/{total} {name}"),
    )
    assert found.to_json() == written
    assert found.anew == 0
    assert seen == ["1/2 a.txt", "2/2 b.txt"]


def altered(name: str, text: str) -> Callable[[Path], object]:
    return lambda place: (place / name).write_text(text)


def first_reading(place: Path) -> Path:
    return next((place / "out/state/readings").iterdir())


CHANGES: dict[str, Callable[[Path], object]] = {
    "an article": altered("in/a.txt", "Nordbank is based in Bergen.\n"),
    "a new article": altered("in/c.txt", "Nordbank is based in Bergen.\n"),
    "an article less": lambda place: (place / "in/a.txt").unlink(),
    "another name": lambda place: (place / "in/a.txt").rename(place / "in/z.txt"),
    "an output": altered("out/graph.ttl", "\n"),
    "a report": lambda place: (place / "out/report.json").unlink(),
    "a manifest": altered("out/manifest.json", "{"),
    "no record": lambda place: (place / "out/state/build.json").unlink(),
    "a reading": lambda place: first_reading(place).write_text("{"),
    "a reading too many": lambda place: shutil.copy(
        first_reading(place), place / "out/state/readings" / f"{'0' * 64}.json"
    ),
    "half a file": altered("out/state/readings/.x.json.01234567.part", ""),
    "a broken file of answers": altered("out/review.yaml", "{"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_noticed(change: str, place: Path) -> None:
    CHANGES[change](place)
    assert report(place) is None


@pytest.mark.parametrize(
    "settings",
    [
        Settings("newsroom"),
        Settings(base_iri="https://example.org/kg/"),
        Settings(min_confidence=0.5),
        Settings(max_chars=1000),
        Settings(page_text=False),
        Settings(built_at="2030-01-02T03:04:05Z"),
        Settings(extractors=("rules",)),
    ],
)
def test_other_settings_are_noticed(settings: Settings, built: Path) -> None:
    assert report(built, settings) is None
    assert report(built, replace(Settings(), timeout=60.0)) is not None


def test_another_version_of_the_package_is_noticed(place: Path) -> None:
    path = place / "out/manifest.json"
    manifest = json.loads(path.read_text())
    manifest["newskg"]["sha256"] = "0" * 64
    path.write_text(json.dumps(manifest))
    assert report(place) is None


def test_what_was_skipped_is_tried_again(place: Path) -> None:
    (place / "in/c.txt").write_bytes(b"")
    build_files([place / "in"], Settings(), out=place / "out")
    assert report(place) is None


def test_a_folder_without_a_build_is_left_to_a_build(tmp_path: Path) -> None:
    assert report_if_unchanged([tmp_path], Settings(), tmp_path / "out") is None
