"""Known mistakes in ontologies: the packaged domains make none; each query finds its own."""

import pyoxigraph as ox
import pytest

from kg.ontology.check import check_domain
from kg.ontology.domain import domain_names, load_ontology
from kg.ontology.pitfalls import find_pitfalls, pitfalls, unknown_terms

PREFIXES = """
@prefix t: <urn:toy#> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nr: <https://w3id.org/newskg/newsroom#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
"""
HEADER = """
<urn:toy> a owl:Ontology ; vann:preferredNamespacePrefix "t" ;
    vann:preferredNamespaceUri "urn:toy#" ; dcterms:title "Toy"@en ; dcterms:description "D."@en ;
    dcterms:license <urn:licence> ; dcterms:creator "Ann" ; dcterms:publisher "Ann" ;
    dcterms:created "2040" ; dcterms:issued "2040" ; bibo:status <urn:draft> ;
    dcterms:bibliographicCitation "Toy, version 1.2." ; owl:versionInfo "1.2" ;
    owl:versionIRI <urn:toy/1.2> .
dcterms:title rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:description rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:license rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:creator rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:publisher rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:created rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:issued rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
dcterms:bibliographicCitation rdfs:isDefinedBy dcterms: ; a owl:AnnotationProperty .
bibo:status rdfs:isDefinedBy bibo: ; a owl:AnnotationProperty .
vann:preferredNamespacePrefix rdfs:isDefinedBy vann: ; a owl:AnnotationProperty .
vann:preferredNamespaceUri rdfs:isDefinedBy vann: ; a owl:AnnotationProperty .
skos:definition rdfs:isDefinedBy skos: ; a owl:AnnotationProperty .
skos:prefLabel rdfs:isDefinedBy skos: ; a owl:AnnotationProperty .
skos:inScheme rdfs:isDefinedBy skos: ; a owl:ObjectProperty .
skos:hasTopConcept rdfs:isDefinedBy skos: ; a owl:ObjectProperty .
schema:Thing rdfs:isDefinedBy schema: ; a owl:Class .
"""
TERMS = """
t:Thing a owl:Class ; rdfs:label "thing"@en ; skos:definition "Whatever there is."@en ;
    rdfs:subClassOf schema:Thing ; rdfs:isDefinedBy <urn:toy> .
t:Box a owl:Class ; rdfs:label "box"@en ; skos:definition "A container."@en ;
    rdfs:subClassOf t:Thing ; owl:disjointWith t:Ball ; rdfs:isDefinedBy <urn:toy> .
t:Ball a owl:Class ; rdfs:label "ball"@en ; skos:definition "Something round."@en ;
    rdfs:subClassOf t:Thing ; rdfs:isDefinedBy <urn:toy> .
t:holds a owl:ObjectProperty ; rdfs:label "holds"@en ; skos:definition "Has in it."@en ;
    rdfs:domain t:Box ; rdfs:range t:Ball ; owl:inverseOf t:isIn ; rdfs:isDefinedBy <urn:toy> .
t:isIn a owl:ObjectProperty ; rdfs:label "is in"@en ; skos:definition "Lies inside."@en ;
    rdfs:domain t:Ball ; rdfs:range t:Box ; rdfs:isDefinedBy <urn:toy> .
t:touches a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "touches"@en ;
    skos:definition "Is next to it."@en ; rdfs:domain t:Thing ; rdfs:range t:Thing ;
    rdfs:isDefinedBy <urn:toy> .
t:Colours a skos:ConceptScheme ; rdfs:label "colours"@en ; skos:definition "How it looks."@en ;
    skos:hasTopConcept t:red ; rdfs:isDefinedBy <urn:toy> .
t:red a skos:Concept ; skos:prefLabel "red"@en ; skos:definition "Like blood."@en ;
    skos:inScheme t:Colours ; rdfs:isDefinedBy <urn:toy> .
"""
SOUND = HEADER + TERMS
# What to replace in the sound ontology ("" for nothing: append), and what stands there then.
MUTANTS: dict[str, tuple[str, str]] = {
    "annotation-properties": ("", "t:note a owl:AnnotationProperty ; rdfs:isDefinedBy <urn:toy> ."),
    "annotation-space": ('"box"', '"box "'),
    "citation-version": ("version 1.2", "version 1.1"),
    "concept-schemes": ("skos:hasTopConcept t:red ;", ""),
    "concepts": ("skos:inScheme t:Colours ;", ""),
    "defined-by": (
        "rdfs:subClassOf schema:Thing ; rdfs:isDefinedBy <urn:toy>", "rdfs:subClassOf schema:Thing",
    ),
    "definition-is-label": ("Something round", "Ball"),
    "definition-sentence": ("Something round.", "Something round"),
    "deprecated-reference": ("", "t:Ball owl:deprecated true ."),
    "header": ('dcterms:creator "Ann" ;', ""),
    "http-schema-org": ("", "t:Ball rdfs:seeAlso <http://schema.org/Product> ."),
    "imports-itself": ("", "<urn:toy> owl:imports <urn:b> . <urn:b> owl:imports <urn:toy> ."),
    "imports-missing": ("", "<urn:toy> owl:imports <urn:gone> ."),
    "kind-twice": ("", "t:holds a owl:DatatypeProperty ."),
    "label-language": ('"box"@en', '"box"'),
    "p04-unconnected": (
        "", 't:Lone a owl:Class ; rdfs:label "lone"@en ; skos:definition "A."@en ; '
        "rdfs:isDefinedBy <urn:toy> .",
    ),
    "p05-wrong-inverse": ("rdfs:range t:Box", "rdfs:range t:Thing"),
    "p10-no-disjointness": ("owl:disjointWith t:Ball ;", ""),
    "p13-no-inverse": ("owl:inverseOf t:isIn ;", ""),
    "p19-several-domains-or-ranges": ("", "t:holds rdfs:domain t:Thing ."),
    "p22-naming": ("t:isIn", "t:is-in"),
    "p24-recursive-definition": ("", "t:Box rdfs:subClassOf [ owl:unionOf ( t:Ball t:Box ) ] ."),
    "p25-own-inverse": ("owl:inverseOf t:isIn", "owl:inverseOf t:holds"),
    "p26-inverse-of-symmetric": ("", "t:touches owl:inverseOf t:isIn ."),
    "p27-foreign-equivalence": ("", "t:Thing owl:equivalentClass schema:Thing ."),
    "p28-symmetric-sides-differ": ("", "t:holds a owl:SymmetricProperty ."),
    "p29-transitive-sides-differ": ("", "t:holds a owl:TransitiveProperty ."),
    "p34-undeclared-term": ("rdfs:range t:Ball", "rdfs:range t:Bull"),
    "p34-untyped-reused-term": ("", "t:Ball rdfs:subClassOf schema:Product ."),
    "p36-file-extension": ("t:Box", "<urn:toy.owl#Box>"),
    "p39-namespace": ("<urn:toy> a owl:Ontology", "<urn:toys> a owl:Ontology"),
    "p40-redefined": ("", 'schema:Thing rdfs:label "mine" .'),
    "p41-licence": ("<urn:licence>", '"free"'),
    "several-definitions": ("", 't:Ball skos:definition "Other."@en .'),
    "several-labels": ("", 't:Ball rdfs:label "bulb"@en .'),
    "version-iri": ("owl:versionIRI <urn:toy/1.2>", "owl:versionIRI <urn:toy>"),
}  # fmt: skip


def store(text: str) -> ox.Store:
    found = ox.Store()
    found.load(PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return found


def messages(text: str) -> list[str]:
    return [message for _, message in find_pitfalls(store(text), published=True)]


@pytest.mark.parametrize("domain", domain_names())
def test_every_packaged_domain_is_fit_to_be_published(domain: str) -> None:
    assert [str(problem) for problem in check_domain(domain, published=True)] == []


def test_a_sound_ontology_has_none() -> None:
    assert messages(SOUND) == []
    assert list(unknown_terms(store(SOUND))) == []


def test_every_query_has_its_mutant() -> None:
    assert sorted(MUTANTS) == sorted(pitfall.name for pitfall in pitfalls())


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_each_mistake_is_found(name: str) -> None:
    old, new = MUTANTS[name]
    assert old in SOUND
    mutant = SOUND.replace(old, new) if old else SOUND + new
    (pitfall,) = (p for p in pitfalls() if p.name == name)
    found = [m for m in messages(mutant) if m.endswith(pitfall.message.rpartition("}")[2])]
    assert found
    assert "{" not in found[0]


def test_only_what_is_wrong_for_everybody_is_asked_of_an_unpublished_ontology() -> None:
    assert list(find_pitfalls(store(SOUND.replace('dcterms:creator "Ann" ;', "")))) == []
    assert list(find_pitfalls(store(SOUND + "t:holds rdfs:domain t:Thing .")))


def test_every_query_says_where_its_rule_comes_from() -> None:
    for pitfall in pitfalls():
        assert pitfall.message
        assert pitfall.source
        assert pitfall.query.lstrip().startswith(("PREFIX", "SELECT"))


@pytest.mark.parametrize(
    "term", ["schema:Sponsor", "<http://www.w3.org/ns/prov#Robot>", "skos:label", "dcterms:licence"]
)
def test_a_term_that_its_vocabulary_does_not_have_is_found(term: str) -> None:
    (found,) = unknown_terms(store(f"t:x rdfs:seeAlso {term} ."))
    assert "nobody else may mint it there" in found[1]


@pytest.mark.parametrize(
    "term", ["schema:Corporation", "skos:prefLabel", "<http://www.w3.org/ns/prov#Entity>", "t:any"]
)
def test_a_term_that_exists_or_is_ones_own_is_not_found(term: str) -> None:
    assert list(unknown_terms(store(f"t:x rdfs:seeAlso {term} ."))) == []


def test_terms_are_looked_up_in_the_vocabularies_that_the_domains_reuse() -> None:
    """A vocabulary that nobody looked into would pass for lack of a list."""
    used = {"https://schema.org/", "http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/"}
    for namespace in used:
        (found,) = unknown_terms(store(f"t:x rdfs:seeAlso <{namespace}NoSuchTerm> ."))
        assert found[0] == f"{namespace}NoSuchTerm"
    assert load_ontology("olympics").prefixes["nr"].endswith("#")
