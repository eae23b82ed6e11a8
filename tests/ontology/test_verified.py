"""Links to others are only those that were verified, and terms of others only those that exist."""

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib.namespace

from kg.ontology.domain import load_ontology

ONTOLOGY = load_ontology("olympics")
VERIFIED = tomllib.loads((ONTOLOGY.folders[0].parent / "verified.toml").read_text("utf-8"))
ITEMS = VERIFIED["wikidata"]["items"]
WIKIDATA = "http://www.wikidata.org/entity/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def iris() -> set[str]:
    """Every IRI in the Turtle files of the domains."""
    found = set()
    for folder in ONTOLOGY.folders:
        for name in ("ontology.ttl", "names.ttl", "shapes.ttl"):
            path = str(folder / name)
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri="urn:base/"):
                terms = (quad.subject, quad.predicate, quad.object)
                found |= {t.value for t in terms if isinstance(t, ox.NamedNode)}
                found |= {t.datatype.value for t in terms if isinstance(t, ox.Literal)}
    return found


IRIS = iris()


def test_every_link_to_wikidata_was_verified() -> None:
    items = {i.removeprefix(WIKIDATA) for i in IRIS if i.startswith(f"{WIKIDATA}Q")}
    assert items
    assert items <= set(ITEMS)
    assert not items & set(VERIFIED["wikidata"]["wrong"])
    properties = {i.removeprefix(WIKIDATA) for i in IRIS if i.startswith(f"{WIKIDATA}P")}
    assert properties <= set(VERIFIED["wikidata"]["properties"]["verified"])


def test_every_link_stands_at_the_thing_it_was_verified_for() -> None:
    linked = {
        iri.removeprefix(WIKIDATA): name
        for name in ONTOLOGY.names.values()
        for iri in name.same_as
        if iri.startswith(WIKIDATA)
    }
    assert linked
    for item, name in linked.items():
        assert ITEMS[item]["label"] in name.labels, (item, name.label)


def test_links_say_the_same_thing_and_no_more() -> None:
    """skos:exactMatch would make a company a concept, owl:sameAs would merge all that is said."""
    strong = {
        "http://www.w3.org/2004/02/skos/core#exactMatch",
        "http://www.w3.org/2002/07/owl#sameAs",
    }
    assert not IRIS & strong


@pytest.mark.parametrize("namespace", sorted(VERIFIED["terms"]))
def test_terms_that_no_library_knows_are_those_that_were_read(namespace: str) -> None:
    used = {i.removeprefix(namespace) for i in IRIS if i.startswith(namespace)} - {""}
    assert used
    assert used <= set(VERIFIED["terms"][namespace]["verified"])


def test_no_namespace_is_used_that_nobody_can_look_up() -> None:
    shipped = {
        str(value._NS)
        for value in vars(rdflib.namespace).values()
        if isinstance(value, rdflib.namespace.DefinedNamespaceMeta) and "_NS" in vars(value)
    }
    known = (*shipped, *VERIFIED["terms"], *ONTOLOGY.prefixes.values(), WIKIDATA, "urn:base/")
    whole = {folder.name for folder in ONTOLOGY.folders}
    for iri in sorted(IRIS):
        ours = any(iri.startswith(f"https://w3id.org/newskg/{name}") for name in whole)
        allowed = (
            "https://creativecommons.org/",
            "http://www.w3.org/2004/02/skos/core",
            "http://purl.org/",
        )
        assert ours or iri.startswith((*known, *allowed)), iri


def test_the_list_is_packaged_with_the_domains() -> None:
    assert (Path(ONTOLOGY.folders[0]).parent / "verified.toml").is_file()
