"""A domain that cannot be used: check and build say what, where and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.ontology.test_check import FILES, TOY

Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound domains; `toy` imports `base`."""
    for name in ("toy", "base"):
        (tmp_path / name).mkdir()
        for file, text in FILES.items():
            if name == "base":
                text = text.replace("urn:toy", "urn:base").replace("id:", "base:")
                text = text.replace("frame.hold", "frame.keep")
            if name == "base" and file in ("names.ttl", "frames.toml"):
                continue
            (tmp_path / name / file).write_text(text, "utf-8")
    settings(tmp_path, "toy", '["base"]')
    return tmp_path


def settings(folder: Path, name: str, imports: str) -> None:
    (folder / name / "domain.toml").write_text(
        f'title = "T"\niri = "urn:{name}#"\nimports = {imports}\n', "utf-8"
    )


def extend(folder: Path, text: str, file: str = "ontology.ttl") -> None:
    path = folder / "toy" / file
    path.write_text(path.read_text("utf-8") + text, "utf-8")


BROKEN: dict[str, tuple[Break, tuple[str, ...]]] = {
    "imports itself": (
        lambda f: settings(f, "toy", '["toy"]'),
        ("toy/domain.toml", "imports itself (toy > toy)", "remove one of these imports"),
    ),
    "imports in a circle": (
        lambda f: settings(f, "base", '["toy"]'),
        ("domain.toml", "imports itself (toy > base > toy)", "remove one of these imports"),
    ),
    "imports what is not there": (
        lambda f: settings(f, "toy", '["bass"]'),
        ("toy/domain.toml", "imports 'bass'", "newsroom, olympics", "mend the name"),
    ),
    "imports as text": (
        lambda f: settings(f, "toy", '"base"'),
        ("toy/domain.toml", "imports must be a list of names"),
    ),
    "file that is missing": (
        lambda f: (f / "base" / "ontology.ttl").unlink(),
        ("base/ontology.ttl", "file is missing", "every domain folder needs it"),
    ),
    "prefix that nobody declared": (
        lambda f: extend(f, "t:Box rdfs:seeAlso nowhere:x ."),
        ("toy/ontology.ttl", "not valid Turtle", "nowhere", "line 15"),
    ),
    "class above itself": (
        lambda f: extend(f, "t:Thing rdfs:subClassOf t:Box ."),
        ("is its own ancestor", "Box > Thing", "remove one rdfs:subClassOf"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("verb", ["check", "build"])
def test_a_domain_that_cannot_be_used_stops_with_one_clear_line(
    folder: Path, name: str, verb: str
) -> None:
    break_it, expected = BROKEN[name]
    break_it(folder)
    (folder / "a.txt").write_text("Acme bought Beta in Oslo on Monday.", "utf-8")
    domain, out = str(folder / "toy"), folder / "out"
    build = ["build", str(folder / "a.txt"), "--domain", domain, "--out", str(out)]
    result = CliRunner().invoke(cli, ["ontology", "check", domain] if verb == "check" else build)
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    for part in expected:
        assert part in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<urn:toy> owl:imports <urn:toy> .", "imports itself; remove one of the owl:imports"),
        ("<urn:toy> owl:imports <urn:base> . <urn:base> owl:imports <urn:toy> .", "imports itself"),
        ("<urn:toy> owl:imports <urn:gone> .", "which no domain brings in"),
        ("t:holds rdfs:subPropertyOf t:holds .", "is defined by itself"),
    ],
)
def test_what_only_the_ontology_file_says_is_found_by_the_check(
    folder: Path, text: str, message: str
) -> None:
    extend(folder, text)
    result = CliRunner().invoke(cli, ["ontology", "check", str(folder / "toy")])
    assert result.exit_code == 1
    assert message in result.output


def test_the_sound_pair_has_no_problem(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["ontology", "check", str(folder / "toy")])
    assert (result.exit_code, TOY in (folder / "toy/ontology.ttl").read_text()) == (0, True)
