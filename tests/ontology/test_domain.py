"""Loading a domain folder: imports, Turtle, names, classes, and each way it can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError, UnknownNameError
from kg.ontology.domain import (
    DEFAULT_DOMAIN,
    Ontology,
    domain_folder,
    domain_names,
    load_ontology,
)
from kg.ontology.terms import local_name

BASE = "https://example.org/"
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix schema: <https://schema.org/> .
@prefix y: <urn:yard#> .
@prefix h: <urn:harbour#> .
"""
YARD = {
    "domain.toml": 'title = "Yard"\niri = "urn:yard#"\n',
    "ontology.ttl": PREFIXES
    + """
<urn:yard> a owl:Ontology ; vann:preferredNamespacePrefix "y" ;
    vann:preferredNamespaceUri "urn:yard#" .
<urn:other> a owl:Ontology ; vann:preferredNamespacePrefix "o" ;
    vann:preferredNamespaceUri "urn:other#" .
y:Thing a owl:Class ; rdfs:label "Ding"@de, "thing"@en ; rdfs:comment "Any thing." .
y:Ship a owl:Class ; rdfs:label "ship" ; skos:definition "What floats." ;
    rdfs:subClassOf y:Thing, schema:Vehicle, [ a owl:Restriction ] .
y:Ferry a owl:Class ; rdfs:label "ferry" ; rdfs:subClassOf y:Ship .
y:Crane a owl:Class ; rdfs:subClassOf y:Thing .
schema:Vehicle a owl:Class ; rdfs:label "vehicle" .
y:beside a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "beside" ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( y:Ship y:Crane ) ] ; rdfs:range y:Thing .
y:lifts a owl:ObjectProperty ; owl:inverseOf y:liftedBy ; rdfs:subPropertyOf y:beside .
y:built a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range xsd:gYear ;
    <https://w3id.org/newskg/newsroom#use> "qualifier" .
""",
    "names.ttl": PREFIXES
    + """
<id/nordlys> a y:Ferry ; skos:prefLabel "Nordlys"@en, "Nordlicht"@de ; skos:altLabel "MS Nordlys" ;
    skos:hiddenLabel "Nordlis" ; schema:sameAs <urn:wiki/1> ; y:beside <id/old-crane> ;
    y:built "1991"^^xsd:gYear .
<id/old-crane> a schema:Thing, y:Crane ; skos:prefLabel "Old Crane" .
""",
    "lexicon.toml": 'transparent = ["fleet"]\n[heads]\nShip = ["ship"]\n[stance]\nmark = "if"\n',
    "frames.toml": """
[frame.lift]
predicate = "lifts"
verbs = ["lift"]
subject = { slots = ["agent"] }
object = { slots = ["patient"] }
[frame.stand]
predicate = "beside"
verbs = ["stand"]
subject = { slots = ["agent"] }
object = { slots = ["beside"] }
""",
}
HARBOUR = {
    "domain.toml": 'title = "Harbour"\niri = "urn:harbour#"\nimports = ["yard"]\n',
    "ontology.ttl": PREFIXES + "h:Tug a owl:Class ; rdfs:subClassOf y:Ship .\n",
    "names.ttl": PREFIXES + '<id/puffin> a h:Tug ; skos:prefLabel "Puffin" .\n',
    "lexicon.toml": (
        'transparent = ["fleet", "flotilla"]\n[heads]\nTug = ["tug"]\n[stance]\nmark = "whether"\n'
    ),
    "frames.toml": """
[frame.lift]
predicate = "lifts"
verbs = ["hoist"]
subject = { slots = ["agent"] }
object = { slots = ["patient"] }
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def yard(tmp_path: Path) -> Path:
    return write(tmp_path / "yard", YARD)


@pytest.fixture
def harbour(yard: Path) -> Path:
    return write(yard.parent / "harbour", HARBOUR)


@pytest.fixture
def ontology(harbour: Path) -> Ontology:
    return load_ontology(harbour, base_iri=BASE)


def test_domain_and_imports_become_one_ontology(ontology: Ontology) -> None:
    assert ontology.name == "harbour"
    assert [f.name for f in ontology.folders] == ["yard", "harbour"]
    assert sorted(ontology.classes) == ["Crane", "Ferry", "Ship", "Thing", "Tug"]
    assert ontology.prefixes == {"y": "urn:yard#"}


def test_classes_have_english_labels_definitions_and_own_parents(ontology: Ontology) -> None:
    thing, ship = ontology.classes["Thing"], ontology.classes["Ship"]
    assert (thing.iri, thing.label, thing.definition) == ("urn:yard#Thing", "thing", "Any thing.")
    assert (ship.definition, ship.parents) == ("What floats.", ("Thing",))


def test_relations_say_what_they_admit_and_how_they_are_used(ontology: Ontology) -> None:
    beside, built = ontology.relations["beside"], ontology.relations["built"]
    assert (set(beside.domain), beside.range) == ({"Ship", "Crane"}, ("Thing",))
    assert (beside.symmetric, beside.functional, beside.is_datatype) == (True, False, False)
    assert (beside.use, built.use) == ("claim", "qualifier")
    assert (built.symmetric, built.functional, built.is_datatype) == (False, True, True)
    assert built.range == ("http://www.w3.org/2001/XMLSchema#gYear",)
    lifts = ontology.relations["lifts"]
    assert (lifts.parents, lifts.inverse) == (("beside",), "liftedBy")


def test_classes_exclude_each_other_as_owl_says_with_all_that_is_below_them() -> None:
    news = load_ontology("newsroom")
    assert news.disjoint_with("Person", "Organization")  # owl:disjointWith
    assert news.disjoint_with("Company", "Person")  # either way round, and from above
    assert news.disjoint_with("Campaign", "SportsEvent")  # owl:AllDisjointClasses
    assert not news.disjoint_with("Company", "Company")
    assert not news.disjoint_with("Company", "MediaOutlet")  # siblings are not said to be disjoint
    assert not news.disjoint_with("Venue", "Company")  # a stadium is often both
    assert not news.disjoint_with("Company", "Nothing")


def test_names_have_labels_links_and_properties_under_the_base_iri(ontology: Ontology) -> None:
    name = ontology.names[BASE + "id/nordlys"]
    assert (name.type, name.label, name.alt_labels) == ("Ferry", "Nordlys", ("MS Nordlys",))
    assert name.labels == ("Nordlys", "MS Nordlys", "Nordlis")
    assert name.same_as == ("urn:wiki/1",)
    assert name.properties == {"beside": (BASE + "id/old-crane",), "built": ("1991",)}
    assert ontology.names[BASE + "id/old-crane"].type == "Crane"  # of this domain, not schema:Thing
    assert ontology.names[BASE + "id/puffin"].type == "Tug"


def test_words_and_frames_of_the_importing_domain_add_or_replace(ontology: Ontology) -> None:
    assert ontology.lexicon["transparent"] == ["fleet", "flotilla"]
    assert ontology.lexicon["heads"] == {"Ship": ["ship"], "Tug": ["tug"]}
    assert ontology.lexicon["stance"] == {"mark": "whether"}
    frames = {f.id: f.verbs for f in ontology.frames}
    assert frames == {"lift": frozenset({"hoist"}), "stand": frozenset({"stand"})}


@pytest.mark.parametrize(
    ("name", "ancestor", "expected"),
    [
        ("Ferry", "Ferry", True),
        ("Ferry", "Thing", True),
        ("Tug", "Ship", True),  # across domains
        ("Ship", "Ferry", False),
        ("Crane", "Ship", False),
        ("Unknown", "Unknown", True),
        ("Unknown", "Thing", False),
    ],
)
def test_is_a_follows_the_class_tree(
    ontology: Ontology, name: str, ancestor: str, expected: bool
) -> None:
    assert ontology.is_a(name, ancestor) is expected
    assert ontology.is_any(name, ["Nothing", ancestor]) is expected


def test_is_any_of_nothing_is_false(ontology: Ontology) -> None:
    assert not ontology.is_any("Ferry", [])


def test_an_ontology_is_equal_to_itself_only(harbour: Path) -> None:
    one, two = load_ontology(harbour), load_ontology(harbour)
    assert one != two
    assert len({one, two, one}) == 2


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("domain.toml", None, "no domain.toml in this folder"),
        ("domain.toml", "title = ", "domain.toml: not valid TOML"),
        ("domain.toml", 'title = "Yard"', "domain.toml: no iri"),
        ("ontology.ttl", None, "ontology.ttl: file is missing"),
        ("ontology.ttl", "y:Thing a owl:Class .", "ontology.ttl: not valid Turtle"),
        ("names.ttl", "<a> <b> ", "names.ttl: not valid Turtle"),
        (
            "names.ttl",
            PREFIXES + '<id/x> a schema:Boat ; skos:prefLabel "X" .',
            "/x has no class of the domain (it says: Boat)",
        ),
        (
            "names.ttl",
            PREFIXES + '<id/x> skos:prefLabel "X" .',
            "/x has no class of the domain (it says: none)",
        ),
        (
            "names.ttl",
            PREFIXES + '[] a y:Ship ; skos:prefLabel "Eider" .',
            "'Eider' is a blank node; give it an IRI",
        ),
        ("lexicon.toml", "heads = [", "lexicon.toml: not valid TOML"),
        ("frames.toml", "[frame", "frames.toml: not valid TOML"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(
    yard: Path, file: str, text: str | None, message: str
) -> None:
    if text is None:
        (yard / file).unlink()
    else:
        (yard / file).write_text(text, "utf-8")
    with pytest.raises(OntologyError) as caught:
        load_ontology(yard)
    assert message in str(caught.value)


def test_invalid_utf8_in_a_file_is_named(yard: Path) -> None:
    (yard / "lexicon.toml").write_bytes(b'heads = ["\xff"]')
    with pytest.raises(OntologyError, match=r"lexicon\.toml: not valid TOML"):
        load_ontology(yard)


def test_a_domain_needs_neither_names_nor_frames_nor_words(yard: Path) -> None:
    for name in ("names.ttl", "frames.toml", "lexicon.toml"):
        (yard / name).unlink()
    ontology = load_ontology(yard)
    assert (ontology.names, ontology.frames, ontology.lexicon) == ({}, (), {})


def test_a_domain_that_imports_itself_is_refused(yard: Path, harbour: Path) -> None:
    text = YARD["domain.toml"] + 'imports = ["harbour"]\n'
    (yard / "domain.toml").write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=r"imports itself \(harbour > yard > harbour\)"):
        load_ontology(harbour)


def test_a_class_above_itself_is_refused(yard: Path) -> None:
    with (yard / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write("y:Thing rdfs:subClassOf y:Ferry .\n")
    with pytest.raises(OntologyError, match="is its own ancestor"):
        load_ontology(yard).is_a("Ferry", "Ship")


def test_an_unknown_domain_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no domain named 'olimpics'; there are: newsroom"):
        load_ontology("olimpics")
    with pytest.raises(UnknownNameError):
        domain_folder(tmp_path / "absent")


def test_an_import_beside_the_domain_comes_before_a_packaged_one(tmp_path: Path) -> None:
    write(tmp_path / "newsroom", YARD)
    text = HARBOUR["domain.toml"].replace('"yard"', '"newsroom"')
    harbour = write(tmp_path / "harbour", HARBOUR | {"domain.toml": text})
    assert "Ship" in load_ontology(harbour).classes


def test_packaged_domains_load_by_name() -> None:
    assert DEFAULT_DOMAIN in domain_names()
    assert list(domain_names()) == sorted(domain_names())
    for name in domain_names():
        assert load_ontology(name).name == name == domain_folder(name).name


@pytest.mark.parametrize(
    ("iri", "expected"), [("urn:a#b", "b"), ("https://a/b/c", "c"), ("https://a/b#c/d", "d")]
)
def test_local_name_is_what_follows_the_last_separator(iri: str, expected: str) -> None:
    assert local_name(iri) == expected
