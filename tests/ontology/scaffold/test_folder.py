"""What `kg ontology new` writes is sound at once, says what the source says, and is repeatable."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import OntologyError
from kg.ontology.check import check_domain
from kg.ontology.domain import domain_names, load_ontology
from kg.ontology.scaffold.folder import new_domain
from tests.ontology.scaffold.sources import LINKML, LISTING, OWL, made

XSD = "http://www.w3.org/2001/XMLSchema#"
SOURCES = {"railways.ttl": OWL, "railways.json": LISTING, "railways.yaml": LINKML}


@pytest.mark.parametrize("file", SOURCES)
def test_check_finds_nothing_in_what_is_made(tmp_path: Path, file: str) -> None:
    domain = made(tmp_path, SOURCES[file], file)
    assert domain.problems == ()
    assert check_domain(domain.folder) == ()
    assert domain.frames


def test_owl_is_taken_over_as_it_is(tmp_path: Path) -> None:
    domain = made(tmp_path, OWL, "railways.ttl")
    loaded = load_ontology(domain.folder)
    assert loaded.classes["Line"].iri == "https://rail.example/ns#Line"
    assert loaded.classes["Line"].definition == "A track between places."
    assert loaded.classes["Tramway"].parents == ("Line",)
    assert loaded.is_a("Engineer", "Person")
    built = loaded.relations["builtBy"]
    assert built.domain == ("Line",)
    assert set(built.range) == {"Organization", "Engineer"}
    assert loaded.relations["openingDate"].functional
    assert loaded.relations["openingDate"].is_datatype
    assert set(loaded.relations["trackLength"].range) == {XSD + "integer", XSD + "decimal"}
    assert domain.terms.taken_over["https://rail.example/ns#Settlement"] == "City"
    name = loaded.names["https://rail.example/ns#northern"]
    assert (name.type, name.label, name.alt_labels) == ("Line", "Northern Loop", ("the Loop",))


def test_labels_in_other_languages_stay(tmp_path: Path) -> None:
    domain = made(tmp_path, OWL, "railways.ttl")
    text = (domain.folder / "ontology.ttl").read_text("utf-8")
    assert '"Bahnstrecke"@de' in text
    assert '"Eigentümer"@de' in text
    assert not any("eigentümer" in str(f.table).lower() for f in domain.frames)


def test_frames_for_another_language_are_made_when_told(tmp_path: Path) -> None:
    domain = made(tmp_path, OWL, "railways.ttl", language="de")
    assert any(f.label == "Eigentümer" for f in domain.frames)


def test_what_is_imported_is_not_fetched_and_said(tmp_path: Path) -> None:
    domain = made(tmp_path, OWL, "railways.ttl")
    assert any("https://other.example/base" in note for note in domain.terms.notes)


@pytest.mark.parametrize("suffix", [".nt", ".rdf", ".jsonld", ".trig", ".n3"])
def test_every_syntax_gives_the_same_domain(tmp_path: Path, suffix: str) -> None:
    formats = {
        ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML, ".n3": ox.RdfFormat.N3,
        ".jsonld": ox.RdfFormat.JSON_LD, ".trig": ox.RdfFormat.TRIG,
    }  # fmt: skip
    quads = list(ox.parse(OWL, format=ox.RdfFormat.TURTLE))
    text = ox.serialize([q.triple for q in quads], format=formats[suffix]).decode()
    first = made(tmp_path, OWL, "railways.ttl", name="railways").folder
    (tmp_path / "second").mkdir()
    second = made(tmp_path / "second", text, f"railways{suffix}", name="railways").folder
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes(), file.name


def test_the_same_source_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    first = made(tmp_path, OWL, "railways.ttl").folder
    command = [sys.executable, "-m", "kg", "ontology", "new", "railways", "--from"]
    command += [str(tmp_path / "railways.ttl"), "--out", str(tmp_path / "again")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    for file in first.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_a_list_gets_classes_synonyms_definitions_and_examples(tmp_path: Path) -> None:
    domain = made(tmp_path, LISTING, "railways.json")
    loaded = load_ontology(domain.folder)
    built = loaded.relations["builtBy"]
    assert built.definition == "Who laid the track."
    assert set(built.range) == {"Organization", "Engineer"}
    assert loaded.relations["openingDate"].is_datatype
    assert loaded.relations["numberOfStations"].is_datatype
    assert any("construct" in f.table.get("verbs", ()) for f in domain.frames)
    assert "The line was built by Ada Voss." in (domain.folder / "ontology.ttl").read_text("utf-8")
    assert [n.label for n in loaded.names.values() if n.type == "RailwayLine"] == ["Northern Loop"]


def test_linkml_gives_slots_attributes_and_values(tmp_path: Path) -> None:
    domain = made(tmp_path, LINKML, "railways.yaml")
    loaded = load_ontology(domain.folder)
    assert loaded.relations["built_by"].domain == ("Line",)
    assert loaded.relations["built_by"].range == ("Person",)
    assert loaded.relations["opening_date"].functional
    assert not loaded.relations["built_by"].functional
    assert "line_id" not in loaded.relations
    assert {n.label for n in loaded.names.values() if n.type == "Gauge"} == {
        "Narrow Gauge",
        "Broad Gauge",
    }


def test_terms_that_the_newsroom_has_keep_apart(tmp_path: Path) -> None:
    """A relation of the same name and label as one of the newsroom is a relation of its own."""
    text = '[{"name": "locatedIn", "label": "is located in", "domain": "company", "range": "city"}]'
    domain = made(tmp_path, text, "own.json")
    assert domain.problems == ()
    loaded = load_ontology(domain.folder)
    assert loaded.relations["locatedIn"].iri.startswith("https://w3id.org/newskg/newsroom#")
    assert loaded.relations["railwaysLocatedIn"].domain == ("Company",)


def test_only_its_own_relations_are_stated(tmp_path: Path) -> None:
    loaded = load_ontology(made(tmp_path, OWL, "railways.ttl").folder)
    assert loaded.wanted == {"builtBy", "owner", "openingDate", "trackLength", "nickname"}
    assert {f.predicate for f in loaded.frames} <= loaded.wanted
    assert all(f.proposed for f in loaded.frames)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    folder = made(tmp_path, OWL, "railways.ttl").folder
    (folder / "frames.toml").write_text("# mine\n", "utf-8")
    with pytest.raises(OntologyError, match="--force"):
        made(tmp_path, OWL, "railways.ttl")
    assert (folder / "frames.toml").read_text("utf-8") == "# mine\n"
    made(tmp_path, OWL, "railways.ttl", force=True)
    assert "proposed" in (folder / "frames.toml").read_text("utf-8")


@pytest.mark.parametrize("name", [*domain_names(), "Ünfit", "a b", "../up", ""])
def test_a_name_that_is_taken_or_none_is_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / "s.ttl"
    source.write_text(OWL, "utf-8")
    with pytest.raises(OntologyError):
        new_domain(name, source, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_it_made_and_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "r.ttl").write_text(OWL, "utf-8")
    arguments = ["ontology", "new", "railways", "--from", str(tmp_path / "r.ttl")]
    result = CliRunner().invoke(cli, [*arguments, "--out", str(tmp_path / "railways")])
    assert result.exit_code == 0, result.output
    assert "3 classes, 5 relations, 1 names" in result.output
    assert "taken from the newsroom: City, Organization" in result.output
    assert "kg ontology explain --domain" in result.output
