"""The packaged domains are sound; each way to break one is found, with file and line."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import UnknownNameError
from kg.ontology.check import Problem, check_domain
from kg.ontology.domain import domain_folder, domain_names

NR = "https://w3id.org/newskg/newsroom#"
TOY = """@prefix t: <urn:toy#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
<urn:toy> a owl:Ontology ; vann:preferredNamespacePrefix "t" ;
    vann:preferredNamespaceUri "urn:toy#" .
t:Thing a owl:Class ; rdfs:label "thing" ; skos:definition "A thing." .
t:Box a owl:Class ; rdfs:label "box" ; skos:definition "A box." ; rdfs:subClassOf t:Thing .
t:holds a owl:ObjectProperty ; rdfs:label "holds" ; skos:definition "Has in it." ;
    rdfs:domain t:Box ; rdfs:range t:Thing .
t:size a owl:DatatypeProperty ; rdfs:label "size" ; skos:definition "How big." ;
    <https://w3id.org/newskg/newsroom#use> "qualifier" ;
    rdfs:domain t:Thing ; rdfs:range <http://www.w3.org/2001/XMLSchema#string> .
"""
SHAPES = """@prefix t: <urn:toy#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
t:HoldsShape sh:targetNode t:holds ; sh:property [ sh:path t:size ; sh:class t:Box ] .
"""
NAMES = """@prefix t: <urn:toy#> .
@prefix id: <id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:crate a t:Box ; skos:prefLabel "Crate"@en ; skos:altLabel "Case"@en .
id:chest a t:Box ; skos:prefLabel "Chest"@en .
"""
FRAMES = """[frame.hold]
predicate = "holds"
verbs = ["hold"]
subject = { slots = ["agent"], types = ["Box"] }
object = { slots = ["patient"], types = ["Thing"] }
qualifiers.size = { slots = ["in"], value = "text" }
"""
FILES = {
    "domain.toml": 'title = "Toy"\niri = "urn:toy#"\n',
    "ontology.ttl": TOY,
    "shapes.ttl": SHAPES,
    "names.ttl": NAMES,
    "frames.toml": FRAMES,
}


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    folder = tmp_path / "toy"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", domain_names())
def test_every_packaged_domain_is_sound(name: str) -> None:
    assert [str(problem) for problem in check_domain(name)] == []


def test_a_sound_domain_of_ones_own_has_no_problem(toy: Path) -> None:
    assert check_domain(toy) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "line"),
    [
        ("ontology.ttl", ' rdfs:label "box" ;', "", "class Box: no rdfs:label", 9),
        ("ontology.ttl", ' skos:definition "A box." ;', "", "class Box: no definition", 9),
        ("ontology.ttl", ' rdfs:label "holds" ;', "", "relation holds: no rdfs:label", 10),
        (
            "ontology.ttl",
            ' skos:definition "Has in it." ;',
            "",
            "relation holds: no definition",
            10,
        ),
        ("ontology.ttl", "rdfs:domain t:Box ; ", "", "relation holds: no rdfs:domain", 10),
        ("ontology.ttl", " rdfs:range t:Thing ", " ", "relation holds: no rdfs:range", 10),
        ("ontology.ttl", "rdfs:range t:Thing", "rdfs:range t:Thong", "Thong in its domain", 10),
        ("ontology.ttl", '"size"', '"HOLDS"', "'holds' stands for several relations", 12),
        ("ontology.ttl", '"box"', '"thing"', "'thing' stands for several classes", 8),
        (
            "ontology.ttl",
            '"A box." ;',
            '"A box." ; <https://w3id.org/newskg/newsroom#icon> "dragon" ;',
            "'dragon' is none of the",
            9,
        ),
        ("ontology.ttl", '"qualifier"', '"ornament"', "its nr:use 'ornament' is unknown", 12),
        ("ontology.ttl", '"urn:toy#" .', '"urn:other#" .', "no owl:Ontology declares", None),
        ("shapes.ttl", "sh:targetNode t:holds ;", "", "relation holds: no shape", 10),
        ("shapes.ttl", "t:Box", "t:Bax", "Bax is no class or relation", None),
        ("names.ttl", '"Chest"', '"Case"', "'Case' stands for several names: chest, crate", 5),
        ("frames.toml", '"holds"', '"grips"', "there is no relation 'grips'", 1),
        ("frames.toml", '"holds"', '"size"', "'size' is a qualifier and no claim", 1),
        ("frames.toml", '["Thing"]', '["Thong"]', "there is no class 'Thong'", 1),
        ("frames.toml", "qualifiers.size", "qualifiers.holds", "no qualifier 'holds'", 1),
        ("frames.toml", 'types = ["Box"]', 'known = "id/none"', "no name of the domain", 1),
    ],
)
def test_a_broken_domain_says_what_and_where(
    toy: Path, file: str, old: str, new: str, message: str, line: int | None
) -> None:
    change(toy, file, old, new)
    (problem,) = [p for p in check_domain(toy) if message in p.message]
    if line is not None:
        assert (problem.path, problem.line) == (toy / file.replace("shapes", "ontology"), line)
        assert str(problem).startswith(f"{problem.path}:{line}: ")


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, "utf-8") and None


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (remove("ontology.ttl"), "ontology.ttl: file is missing"),
        (remove("shapes.ttl"), "shapes.ttl: file is missing"),
        (write("ontology.ttl", TOY + "t:Box a"), "ontology.ttl: not valid Turtle"),
        (write("shapes.ttl", "<a> <b>"), "shapes.ttl: not valid Turtle"),
        (write("names.ttl", "@prefix"), "names.ttl: not valid Turtle"),
        (write("domain.toml", "iri ="), "domain.toml: not valid TOML"),
        (write("domain.toml", 'title = "x"'), "domain.toml: no iri"),
        (write("frames.toml", "[frame.x"), "frames.toml: not valid TOML"),
        (write("frames.toml", "[frame.x]\nverbs = ['x']"), "[frame.x]: predicate is missing"),
        (write("domain.toml", 'iri = "urn:toy#"\nimports = ["toy"]'), "imports itself (toy > toy)"),
        (
            write("ontology.ttl", TOY + "t:Thing rdfs:subClassOf t:Box ."),
            "is its own ancestor",
        ),
        (write("names.ttl", NAMES.replace("a t:Box", "a t:Bax", 1)), "no class of the domain"),
    ],
)
def test_files_that_cannot_be_used_are_one_problem(
    toy: Path, break_it: Callable[[Path], None], message: str
) -> None:
    break_it(toy)
    (problem,) = check_domain(toy)
    assert message in str(problem)


def test_two_domains_that_import_each_other_are_found(toy: Path) -> None:
    other = toy.parent / "other"
    shutil.copytree(toy, other)
    (toy / "domain.toml").write_text('iri = "urn:toy#"\nimports = ["other"]')
    (other / "domain.toml").write_text('iri = "urn:other#"\nimports = ["toy"]')
    (problem,) = check_domain(toy)
    assert "toy > other > toy" in problem.message


def test_an_unknown_domain_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="newsroom, olympics"):
        check_domain("cricket")


def test_a_problem_without_a_place_is_its_message() -> None:
    assert str(Problem("m")) == "m"
    assert str(Problem("m", Path("a"), 3)) == "a:3: m"


@pytest.mark.parametrize("name", domain_names())
def test_problems_of_a_packaged_domain_have_a_line(name: str, tmp_path: Path) -> None:
    """Drops one definition after the other from a copy; each must be found where it was."""
    for packaged in domain_names():
        shutil.copytree(domain_folder(packaged), tmp_path / packaged)
    path = tmp_path / name / "ontology.ttl"
    lines = path.read_text("utf-8").splitlines()
    terms = [
        i for i, line in enumerate(lines) if re.match(r"(nr|oly|space):\w+ a owl:(Cl|Ob|Da)", line)
    ]
    for i in (terms[0], terms[len(terms) // 2], terms[-1]):
        j = next(k for k in range(i, len(lines)) if "skos:definition" in lines[k])
        path.write_text("\n".join([*lines[:j], "", *lines[j + 1 :]]), "utf-8")
        (problem,) = check_domain(tmp_path / name)
        assert (problem.path, problem.line) == (path, i + 1)
        assert "no definition" in problem.message
