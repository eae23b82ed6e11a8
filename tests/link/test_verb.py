"""`kg link`: what it prints, writes and exits with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg.pipeline
from kg.cli import cli
from kg.link import read_links, write_links
from kg.model.link import LinkCandidate
from tests.factories import make_ontology
from tests.link.service import LocalService, candidate
from tests.resolve.builders import Page, resolved

ONTOLOGY = make_ontology({"Entity": (), "Company": ("Entity",), "Person": ("Entity",)})


@pytest.fixture
def server() -> Iterator[LocalService]:
    service = LocalService(
        {
            "Halvor": [candidate("R1", "Halvor", 97, True)],
            "Oriel": [candidate("R2", "Oriel", 50), candidate("R3", "Oriel Ltd", 40)],
        }
    )
    yield service
    service.close()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose build gave three entities, none of them with a link."""
    page = Page("a.txt")
    page.entity("Halvor")
    page.entity("Oriel")
    page.entity("Ada Brask", "Person")
    graph = resolved(page)
    monkeypatch.setattr(kg.pipeline, "load_graph", lambda out: (graph, ONTOLOGY))
    return tmp_path


def link(out: Path, server: LocalService, *options: str) -> Result:
    arguments = ["link", str(out), "--endpoint", server.url, "--allow-private", *options]
    return CliRunner().invoke(cli, arguments)


def accepted(out: Path) -> list[str]:
    return [p.label for p in read_links(out) if p.accepted]


def test_proposals_are_written_and_none_is_believed(out: Path, server: LocalService) -> None:
    result = link(out, server)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        f"asked for 3 of 3 entities: 3 proposals, 0 accepted; written to {out / 'links.jsonl'}\n"
    )
    assert {p.label for p in read_links(out)} == {"Halvor", "Oriel", "Oriel Ltd"}
    assert [path.name for path in out.iterdir()] == ["links.jsonl"]
    before = (out / "links.jsonl").read_bytes()
    assert link(out, server).exit_code == 0
    assert (out / "links.jsonl").read_bytes() == before


def test_accepted_links_are_not_asked_for_again(out: Path, server: LocalService) -> None:
    assert "1 accepted" in link(out, server, "--accept").stdout
    assert accepted(out) == ["Halvor"]
    assert "asked for 2 of 2" in link(out, server).stdout
    assert accepted(out) == ["Halvor"]
    assert sorted(server.names[0]) == ["Ada Brask", "Halvor", "Oriel"]
    assert sorted(server.names[1]) == ["Ada Brask", "Oriel"]


def test_classes_and_types(out: Path, server: LocalService) -> None:
    link(out, server, "--class", "Person", "--type", "Person=Q5")
    (query,) = server.asked[0].values()
    assert (query["query"], query["type"]) == ("Ada Brask", "Q5")
    assert link(out, server, "--type", "Person").exit_code == 2
    result = link(out, server, "--class", "Firm")
    assert result.exit_code == 1
    assert "no class named 'Firm'; there are: Company, Entity, Person" in result.stderr


def test_a_failing_service_costs_nothing_that_was_there(out: Path, server: LocalService) -> None:
    known = LinkCandidate("urn:e", "http://a.example/1", "E", 1.0, "a match", "http://b.example")
    write_links(out, [known])
    before = (out / "links.jsonl").read_bytes()
    server.replies = [(200, {}, b"<html>")]
    result = link(out, server)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "does not answer as a reconciliation service" in result.stderr
    assert (out / "links.jsonl").read_bytes() == before


def test_nothing_is_asked_without_permission(out: Path, server: LocalService) -> None:
    result = CliRunner().invoke(cli, ["link", str(out), "--endpoint", server.url])
    assert result.exit_code == 1
    assert "give --allow-private if you mean it" in result.stderr
    assert CliRunner().invoke(cli, ["link", str(out)]).exit_code == 2
    assert server.headers == []
    assert not (out / "links.jsonl").exists()


@pytest.mark.parametrize("address", ["ftp://a.example/", "a.example", "http://u:p@a.example/", ""])
def test_addresses_that_are_none(out: Path, address: str) -> None:
    result = CliRunner().invoke(cli, ["link", str(out), "--endpoint", address])
    assert result.exit_code == 1
    assert "Error: " in result.stderr
    assert not (out / "links.jsonl").exists()


def test_a_folder_that_no_build_wrote(tmp_path: Path, server: LocalService) -> None:
    result = link(tmp_path, server)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert server.headers == []
