"""Links to others are only those that were verified, and terms of others only those that exist."""

import tomllib

import pyoxigraph as ox
import pytest
import rdflib.namespace

from kg.ontology.domain import domain_folder, domain_names, load_ontology

DOMAINS = [load_ontology(name) for name in domain_names()]
HOME = domain_folder("newsroom").parent
VERIFIED = tomllib.loads((HOME / "verified.toml").read_text("utf-8"))
ITEMS = VERIFIED["wikidata"]["items"]
WIKIDATA = "http://www.wikidata.org/entity/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def iris() -> set[str]:
    """Every IRI in the Turtle files of the domains."""
    found = set()
    for folder in map(domain_folder, domain_names()):
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
        for domain in DOMAINS
        for name in domain.names.values()
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
    known = (
        *shipped,
        *VERIFIED["terms"],
        *(p for domain in DOMAINS for p in domain.prefixes.values()),
        WIKIDATA,
        "urn:base/",
    )
    for iri in sorted(IRIS):
        ours = any(iri.startswith(f"https://w3id.org/newskg/{name}") for name in domain_names())
        allowed = (
            "https://creativecommons.org/",
            "http://www.w3.org/2004/02/skos/core",
            "http://purl.org/",
        )
        assert ours or iri.startswith((*known, *allowed)), iri


def test_the_list_is_packaged_with_the_domains() -> None:
    assert (HOME / "verified.toml").is_file()
