"""The vocabularies: described, aligned with others, and as the contract wants them."""

import json
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ontology.domain import (
    Relation,
    domain_folder,
    domain_names,
    load_ontology,
    namespace_of,
)

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
ONTOLOGY = load_ontology("olympics")

CONTRACT = {
    "claim": "partnerOf sponsorOf partnershipValue worksFor basedIn foundedIn operatesIn "
    "operatesPlatform subsidiaryOf acquired memberOf organizes heldIn year startDate endDate "
    "provides developedWith deployedAt promotes locatedIn developedBy suppliesTo delivers "
    "usesTechnology supports replaces involves broadcasts targetsAudience hasMeasure said",
    "qualifier": "start end duration level unit comparator with role date place what about",
}
CLASSES = (
    "Company SportsOrganization MediaOutlet Person Group OlympicGames SportsEvent ShoppingFestival "
    "Platform Initiative Campaign Technology Service Product Place City Country Region Venue "
    "Airport Partnership Quantity Quotation Article"
)
VERIFIED = "P859 P580 P582 P585 P664 P276 P361 P749 P1830 P178 P137 P108 P39 P710"
HEADER = {
    "http://purl.org/dc/terms/": "title description creator publisher created issued license "
    "bibliographicCitation",
    OWL: "versionIRI versionInfo",
    "http://purl.org/vocab/vann/": "preferredNamespacePrefix preferredNamespaceUri",
    "http://purl.org/ontology/bibo/": "status",
}


def triples(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("use", CONTRACT)
def test_every_name_of_the_contract_is_there(use: str) -> None:
    for name in CONTRACT[use].split():
        assert ONTOLOGY.relations[name].use == use


def test_every_class_of_the_contract_is_there() -> None:
    assert set(CLASSES.split()) <= set(ONTOLOGY.classes)
    assert all(ONTOLOGY.is_a(name, "Entity") for name in CLASSES.split())


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("Company", "Organization"), ("MediaOutlet", "Agent"), ("Person", "Agent"),
        ("OlympicGames", "SportsEvent"), ("Campaign", "Initiative"), ("Airport", "Venue"),
        ("Airport", "Place"), ("Technology", "Offering"),
    ],
)  # fmt: skip
def test_the_class_tree(name: str, above: str) -> None:
    assert ONTOLOGY.is_a(name, above)
    assert not ONTOLOGY.is_a(above, name)


def test_only_partnership_is_symmetric() -> None:
    assert [r.name for r in ONTOLOGY.relations.values() if r.symmetric] == ["partnerOf"]


def test_dates_are_literals_and_measures_are_nodes() -> None:
    literal = [r for r in ONTOLOGY.relations.values() if r.is_datatype and r.use == "claim"]
    words = {r.name for r in literal if r.range == ("http://www.w3.org/2001/XMLSchema#string",)}
    dated = {"foundedIn", "listedIn", "year", "startDate", "endDate", "editionNumber", "timeTo"}
    assert {r.name for r in literal} - words == dated
    assert words >= {"hasMission", "hasObjective", "hasSlogan", "holdsPost"}
    assert ONTOLOGY.relations["hasMeasure"].range == ("Quantity",)


@pytest.mark.parametrize("domain", domain_names())
def test_the_header_is_that_of_a_published_ontology(domain: str) -> None:
    quads = triples(domain_folder(domain) / "ontology.ttl")
    (header,) = {q.subject for q in quads if q.object == ox.NamedNode(OWL + "Ontology")}
    said = {q.predicate.value: q.object.value for q in quads if q.subject == header}
    assert {ns + name for ns, names in HEADER.items() for name in names.split()} <= set(said)
    assert said[OWL + "versionIRI"] != header.value
    assert "not registered" in said[RDFS + "comment"]


@pytest.mark.parametrize("domain", domain_names())
@pytest.mark.parametrize("file", ["ontology.ttl", "shapes.ttl", "names.ttl"])
def test_schema_org_is_meant_by_its_https_address(domain: str, file: str) -> None:
    assert "http://schema.org/" not in (domain_folder(domain) / file).read_text("utf-8")


@pytest.mark.parametrize("domain", domain_names())
def test_every_term_of_others_is_declared_once_and_nothing_of_theirs_is_redefined(
    domain: str,
) -> None:
    ontology = load_ontology(domain)
    quads = [q for folder in ontology.folders for q in triples(folder / "ontology.ttl")]
    defined_by = RDFS + "isDefinedBy"
    homes = [q.subject for q in quads if q.predicate.value == defined_by]
    assert len(homes) == len(set(homes))
    used = {
        q.object
        for q in quads
        if q.predicate.value in (RDFS + "subClassOf", RDFS + "subPropertyOf")
    }
    assert used <= set(homes)
    own = tuple(ontology.prefixes.values())
    foreign = [h for h in homes if not h.value.startswith(own)]
    about = {q.predicate.value for q in quads if q.subject in foreign}
    assert about == {RDF + "type", defined_by}


@pytest.mark.parametrize("domain", domain_names())
def test_no_term_has_two_domains_or_ranges(domain: str) -> None:
    """Several rdfs:domain mean their intersection, which nobody wants."""
    quads = triples(domain_folder(domain) / "ontology.ttl")
    for predicate in (RDFS + "domain", RDFS + "range"):
        subjects = [q.subject for q in quads if q.predicate.value == predicate]
        assert len(subjects) == len(set(subjects))


def test_wikidata_properties_are_only_those_that_were_looked_up() -> None:
    found = {
        q.object.value.rpartition("/")[2]
        for domain in domain_names()
        for q in triples(domain_folder(domain) / "ontology.ttl")
        if q.predicate.value == RDFS + "seeAlso"
    }
    assert found <= set(VERIFIED.split())


@cache
def shapes(domain: str) -> ox.Store:
    """The shapes of a domain and of what it imports."""
    store = ox.Store()
    for folder in load_ontology(domain).folders:
        store.load(path=str(folder / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def shape_classes(domain: str, relation: Relation, end: str) -> set[str]:
    """Classes and datatypes that the shape of a relation admits as its subject or object."""
    query = f"""PREFIX sh: <{SH}> PREFIX rdf: <{RDF}>
    SELECT ?class WHERE {{
      ?shape sh:targetNode <{relation.iri}> ; sh:property ?p .
      ?p sh:path/rdf:rest/rdf:first rdf:{end} .
      ?p (sh:or/rdf:rest*/rdf:first)?/(sh:class|sh:datatype) ?class }}"""
    return {row["class"].value for row in shapes(domain).query(query)}  # type: ignore[index,union-attr]


CLAIMS = [
    (domain, relation.name)
    for domain in domain_names()
    for relation in load_ontology(domain).relations.values()
    if relation.use == "claim" and relation.iri.startswith(namespace_of(domain_folder(domain)))
]


@pytest.mark.parametrize(("domain", "name"), CLAIMS)
def test_shapes_agree_with_domain_and_range(domain: str, name: str) -> None:
    ontology = load_ontology(domain)
    relation = ontology.relations[name]
    for end, declared in (("subject", relation.domain), ("object", relation.range)):
        iris = {n if "#" in n else ontology.classes[n].iri for n in declared}
        assert shape_classes(domain, relation, end) == iris


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["gold", "gold-dev"])
def test_domain_and_range_admit_what_people_found_in_real_articles(
    shared: Path, folder: str
) -> None:
    records = json.loads((shared / folder / "entities.json").read_text("utf-8"))["entities"]
    types = {r["id"]: r["type"].replace("Publication", "MediaOutlet") for r in records}
    for path in sorted((shared / folder).glob("*.json")):
        for fact in json.loads(path.read_text("utf-8")).get("facts", ()):
            relation = ONTOLOGY.relations[fact["predicate"]]
            assert ONTOLOGY.is_any(types[fact["subject"]], relation.domain), fact
            if "entity" in fact["object"]:
                assert ONTOLOGY.is_any(types[fact["object"]["entity"]], relation.range), fact
            if fact["attributed_to"] in types:
                speakers = ONTOLOGY.relations["speaker"].range
                assert ONTOLOGY.is_any(types[fact["attributed_to"]], speakers), fact
            assert all(ONTOLOGY.relations[q].use == "qualifier" for q in fact["qualifiers"])
