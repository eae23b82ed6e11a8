"""`kg conflicts`: the discrepancies of a build as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.conflicts import list_conflicts
from kg.errors import InputError
from kg.export.jsonl import read_discrepancies, render_discrepancies
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from kg.report import report_build
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)

ONTOLOGY = make_ontology({"Company": ()}, {"foundedIn": "was founded in"})


def graph() -> KnowledgeGraph:
    """Two articles that differ, and a name that a third one misspells four times."""
    old = make_article("Acme was founded in 1999.\x1b[2J", "old.txt")
    new = make_article("Acme is said to go back to 2001.", "new.txt")
    odd = make_article("Akme, Akme, Akme, Akme", "odd.txt")
    acme, agency = make_entity(), make_entity("Oster Wire", "Company")
    one = make_fact(
        acme,
        "foundedIn",
        make_literal("1999", "gYear"),
        make_evidence(old, "founded in 1999.\x1b[2J"),
    )
    other = make_fact(
        acme,
        "foundedIn",
        make_literal("2001", "gYear"),
        make_evidence(new, "go back to 2001"),
        modality=Modality.HEDGED,
        attributed_to=agency,
    )
    mention = make_evidence(odd, "Akme")
    places = tuple(replace(mention, span=odd.span(n, n + 4)) for n in (0, 6, 12, 18))
    found = (
        Discrepancy(
            "b1",
            DiscrepancyKind.CONFLICT,
            acme.id,
            "foundedIn",
            "Two years.",
            (Side("1999", one.evidence, one.id), Side("2001", other.evidence, other.id)),
        ),
        Discrepancy(
            "a1",
            DiscrepancyKind.TYPO,
            acme.id,
            None,
            "Misspelt.",
            (Side("written “Akme”", places), Side("its name is “Acme”", reference="urn:acme")),
        ),
    )
    return replace(make_graph([old, new, odd], [one, other]), discrepancies=found)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    text = render_discrepancies(graph(), ONTOLOGY)
    (tmp_path / "discrepancies.jsonl").write_text(text, "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["conflicts", *map(str, arguments)])


def test_records_hold_both_sides_with_stance_speaker_and_place(out: Path) -> None:
    typo, conflict = read_discrepancies(out / "discrepancies.jsonl")
    assert (typo["kind"], conflict["kind"]) == ("typo", "conflict")  # sorted by id
    assert conflict["subject"]["label"] == "Acme"
    said, hedged = conflict["sides"]
    assert (said["modality"], said["attributed_to"]) == ("asserted", None)
    assert (hedged["modality"], hedged["attributed_to"]) == ("hedged", "Oster Wire")
    assert hedged["evidence"] == [
        {
            "article": "new.txt",
            "start": 16,
            "end": 31,
            "quote": "go back to 2001",
            "voice": "narrator",
        }
    ]
    assert typo["sides"][1] == {
        "says": "its name is “Acme”",
        "fact": None,
        "modality": None,
        "attributed_to": None,
        "reference": "urn:acme",
        "evidence": [],
    }


def test_text_shows_every_side_with_quote_article_voice_and_speaker(out: Path) -> None:
    text = run(out).stdout
    assert text.startswith("2 discrepancies: 1 conflict, 1 typo\n\nconflict: Two years.\n")
    assert (
        "  - 2001\n      “go back to 2001”\n      new.txt [16, 31), narrator, says Oster Wire\n"
        in text
    )
    assert "      reference: urn:acme\n" in text
    assert text.count("odd.txt") == 3
    assert "      and 1 more place\n" in text
    assert "\x1b" not in text  # a quote does not steer the terminal


def test_kinds_narrow_the_list_and_none_is_said_to_be_none(out: Path) -> None:
    assert run(out, "--kind", "typo").stdout.startswith("1 discrepancy: 1 typo\n")
    none = run(out, "--kind", "time", "--kind", "type")
    assert (none.exit_code, none.stdout) == (0, "no discrepancy of kind time or type found\n")
    (out / "discrepancies.jsonl").write_text("")
    assert run(out).stdout == "no discrepancy found\n"
    assert run(out, "--format", "json").stdout == "[]\n"


def test_json_is_the_records(out: Path) -> None:
    found = json.loads(run(out, "--format", "json").stdout)
    records = read_discrepancies(out / "discrepancies.jsonl")
    assert sorted(found, key=lambda r: r["id"]) == records


def test_a_folder_without_the_file_and_a_broken_file_are_one_clear_line(tmp_path: Path) -> None:
    missing = run(tmp_path)
    assert missing.exit_code == 1
    assert "no discrepancies.jsonl in it" in missing.stderr
    assert missing.stderr.count("\n") == 1
    for broken, reason in (
        ("{", "not a JSON object"),
        ("[]", "each line is one discrepancy"),
        ('{"id": "x"}', "no 'kind'"),
    ):
        (tmp_path / "discrepancies.jsonl").write_text(f"\n{broken}\n")
        with pytest.raises(InputError, match=reason) as caught:
            list_conflicts(tmp_path)
        assert "discrepancies.jsonl:2" in str(caught.value)


def test_the_report_counts_every_kind_and_the_summary_has_a_line() -> None:
    report = report_build(graph(), (), (), {}, ())
    counts = json.loads(report.to_json())["discrepancies"]
    assert counts == {kind: int(kind in ("conflict", "typo")) for kind in map(str, DiscrepancyKind)}
    assert "\nconflicts  2: 1 conflict, 1 typo\n" in report.summary()
    none = report_build(replace(graph(), discrepancies=()), (), (), {}, ())
    assert "\nconflicts  0\n" in none.summary()
