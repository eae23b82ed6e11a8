"""Facts survive the trip through RDF; what no query may mistake for a fact is no plain triple."""

import dataclasses

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from kg.errors import InvalidGraphError
from kg.model.graph import Entity, Fact, KnowledgeGraph, SameAs
from kg.model.statement import Literal, Modality, Voice
from kg.model.text import Article
from kg.rdf.codec import flatten, from_quads, read_graph, to_quads
from kg.rdf.terms import DCTERMS, NR, OA, PROV, RDF, SCHEMA, SKOS, XSD, runs_graph_iri
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit
from tests.rdf.strategies import ONTOLOGY, graphs

ACME, BETA = make_entity("Acme"), make_entity("Beta")
GAMES = make_entity("Games 2040", "OlympicGames")
ARTICLE = make_article("Acme sponsors Beta. Acme has more than 14 million riders.")
EVIDENCE = make_evidence(ARTICLE, "Acme sponsors Beta")


def quads_of(*facts: Fact) -> tuple[ox.Quad, ...]:
    return to_quads(make_graph([ARTICLE], facts), ONTOLOGY)


def objects(quads: tuple[ox.Quad, ...], subject: object, predicate: ox.NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def subjects(quads: tuple[ox.Quad, ...], predicate: ox.NamedNode, object_: object) -> set[object]:
    return {q.subject for q in quads if q.predicate == predicate and q.object == object_}


def plain(quads: tuple[ox.Quad, ...], fact: Fact) -> set[object]:
    return objects(quads, ox.NamedNode(fact.subject.id), NR[fact.predicate])


@settings(max_examples=50)  # a whole graph each
@given(graphs())
def test_facts_and_entities_survive_the_round_trip(graph: KnowledgeGraph) -> None:
    quads = to_quads(graph, ONTOLOGY)
    assert from_quads(quads, ONTOLOGY) == (graph.entities, graph.facts)
    assert from_quads(flatten(quads), ONTOLOGY) == (graph.entities, graph.facts)


@settings(max_examples=50)  # a whole graph each
@given(graphs())
def test_what_was_made_of_the_facts_survives_too(graph: KnowledgeGraph) -> None:
    back = read_graph(to_quads(graph, ONTOLOGY), ONTOLOGY)
    assert back.inferred == graph.inferred
    assert back.fulfilments == graph.fulfilments
    assert back.discrepancies == graph.discrepancies


@settings(max_examples=50)  # a whole graph each
@given(graphs())
def test_every_triple_is_in_one_graph_and_no_node_is_blank(graph: KnowledgeGraph) -> None:
    quads = to_quads(graph, ONTOLOGY)
    assert len(flatten(quads)) == len(quads) == len(set(quads))
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))


@settings(max_examples=50)  # a whole graph each
@given(graphs())
def test_only_plain_facts_are_plain_triples(graph: KnowledgeGraph) -> None:
    triples = {q.triple for q in to_quads(graph, ONTOLOGY)}
    node_of = {q.object.value: q.subject for q in triples if q.predicate == DCTERMS["identifier"]}
    allowed, seen = set(), set()
    for fact in graph.facts:
        (object_,) = {
            t.object for t in triples
            if t.subject == node_of[fact.id] and t.predicate == RDF["object"]
        }  # fmt: skip
        triple = ox.Triple(ox.NamedNode(fact.subject.id), NR[fact.predicate], object_)
        if ONTOLOGY.relations[fact.predicate].iri.startswith(NR.iri):
            seen.add(triple)
            if fact.is_plain:
                allowed.add(triple)
    assert seen & triples == allowed


@pytest.mark.parametrize(
    ("modality", "speaker", "is_plain"),
    [
        (Modality.ASSERTED, None, True),
        (Modality.PLANNED, None, True),
        (Modality.HEDGED, None, False),
        (Modality.NEGATED, None, False),
        (Modality.ASSERTED, BETA, False),
        (Modality.PLANNED, BETA, False),
    ],
)
def test_a_claim_is_plain_when_the_article_says_it_itself(
    modality: Modality, speaker: Entity | None, is_plain: bool
) -> None:
    fact = make_fact(ACME, "sponsorOf", GAMES, EVIDENCE, modality=modality, attributed_to=speaker)
    quads = quads_of(fact)
    assert plain(quads, fact) == ({ox.NamedNode(GAMES.id)} if is_plain else set())
    (node,) = subjects(quads, RDF["type"], NR["Statement"])
    assert objects(quads, node, NR["stance"]) == {NR["stance" + modality.value.capitalize()]}
    assert objects(quads, node, NR["speaker"]) == ({ox.NamedNode(BETA.id)} if speaker else set())


def test_a_date_is_a_plain_literal_at_its_precision() -> None:
    fact = make_fact(GAMES, "startDate", lit("2040-02", "gYearMonth", "February 2040"), EVIDENCE)
    quads = quads_of(fact)
    assert plain(quads, fact) == {ox.Literal("2040-02", datatype=XSD["gYearMonth"])}
    (node,) = subjects(quads, RDF["type"], NR["Statement"])
    assert objects(quads, node, NR["verbatim"]) == {ox.Literal("February 2040")}


def measure(**qualifiers: Literal) -> tuple[tuple[ox.Quad, ...], object]:
    fact = make_fact(
        ACME, "hasMeasure", lit("14000000", "integer", "14 million"), EVIDENCE,
        qualifiers=qualifiers,
    )  # fmt: skip
    quads = quads_of(fact)
    (node,) = plain(quads, fact)
    assert isinstance(node, ox.NamedNode)
    return quads, node


def test_a_bounded_number_is_never_an_exact_value() -> None:
    quads, node = measure(unit=lit("riders"), comparator=lit("more than"))
    assert objects(quads, node, SCHEMA["value"]) == set()
    assert objects(quads, node, NR["bound"]) == {ox.Literal("more than")}
    assert objects(quads, node, NR["statedValue"]) == {
        ox.Literal("14000000", datatype=XSD["integer"])
    }
    assert objects(quads, node, SCHEMA["unitText"]) == {ox.Literal("riders")}
    assert objects(quads, node, SCHEMA["name"]) == {ox.Literal("more than 14 million riders")}
    assert objects(quads, node, RDF["type"]) == {NR["Quantity"], NR["Entity"]}


def test_a_number_without_bound_is_an_exact_value() -> None:
    quads, node = measure(unit=lit("riders"))
    assert objects(quads, node, SCHEMA["value"]) == {
        ox.Literal("14000000", datatype=XSD["integer"])
    }
    assert objects(quads, node, NR["bound"]) == set()


def test_an_amount_in_words_has_no_exact_value() -> None:
    fact = make_fact(ACME, "partnershipValue", lit("several millions"), EVIDENCE)
    quads = quads_of(fact)
    assert not [q for q in quads if q.predicate == SCHEMA["value"]]


def test_spoken_words_are_a_quotation_node() -> None:
    person = make_entity("Ann Lee", "Person")
    fact = make_fact(person, "said", lit("We will win."), EVIDENCE)
    (node,) = plain(quads_of(fact), fact)
    assert NR["Quotation"] in objects(quads_of(fact), node, RDF["type"])


def test_a_qualifier_is_one_step_away_and_keeps_its_words() -> None:
    fact = make_fact(
        ACME, "partnerOf", BETA, EVIDENCE,
        qualifiers={"duration": lit("P8Y", "duration", "eight-year"), "with": GAMES},
    )  # fmt: skip
    quads = quads_of(fact)
    (node,) = subjects(quads, RDF["type"], NR["Statement"])
    assert objects(quads, node, NR["duration"]) == {ox.Literal("P8Y", datatype=XSD["duration"])}
    assert objects(quads, node, NR["with"]) == {ox.NamedNode(GAMES.id)}
    (item,) = objects(quads, node, NR["qualification"])
    assert objects(quads, item, NR["verbatim"]) == {ox.Literal("eight-year")}


def test_an_entity_has_its_class_and_all_above_it() -> None:
    types = objects(quads_of(), ox.NamedNode(GAMES.id), RDF["type"])
    assert types == set()
    quads = to_quads(make_graph(entities=[GAMES]), ONTOLOGY)
    types = objects(quads, ox.NamedNode(GAMES.id), RDF["type"])
    olympics = ox.NamedNode(ONTOLOGY.classes["OlympicGames"].iri)
    assert types == {olympics, NR["SportsEvent"], NR["Event"], NR["Entity"]}


def test_labels_are_in_their_skos_properties_and_links_are_schema_same_as() -> None:
    entity = make_entity(
        "Acme", alt_labels=("Acme Inc.",), hidden_labels=("Akme",), same_as=("urn:a:b",)
    )
    quads = to_quads(make_graph(entities=[entity]), ONTOLOGY)
    node = ox.NamedNode(entity.id)
    assert objects(quads, node, SCHEMA["name"]) == {ox.Literal("Acme")}
    assert objects(quads, node, SKOS["prefLabel"]) == {ox.Literal("Acme")}
    assert objects(quads, node, SKOS["altLabel"]) == {ox.Literal("Acme Inc.")}
    assert objects(quads, node, SKOS["hiddenLabel"]) == {ox.Literal("Akme")}
    assert objects(quads, node, SCHEMA["sameAs"]) == {ox.NamedNode("urn:a:b")}


def test_evidence_is_in_the_graph_of_its_article_and_the_claim_in_the_default_graph() -> None:
    other = make_article("They say that Acme sponsors Beta.", "b.txt")
    places = (EVIDENCE, make_evidence(other, "Acme sponsors Beta", Voice.PARAPHRASE))
    fact = make_fact(ACME, "sponsorOf", BETA, places)
    quads = to_quads(make_graph([ARTICLE, other], [fact]), ONTOLOGY)
    quoted = {(q.graph_name, q.object.value) for q in quads if q.predicate == NR["quote"]}
    used = {q.object for q in quads if q.predicate == PROV["used"]}
    assert quoted == {(graph, "Acme sponsors Beta") for graph in used}
    assert len(used) == 2
    claims = {q.graph_name for q in quads if q.predicate == NR["stance"]}
    assert claims == {ox.DefaultGraph()}


def test_both_selectors_find_the_passage() -> None:
    quads = quads_of(make_fact(ACME, "hasMeasure", lit("14"), make_evidence(ARTICLE, "14 million")))
    values = {q.predicate: q.object.value for q in quads if q.predicate.value.startswith(OA.iri)
              and isinstance(q.object, ox.Literal)}  # fmt: skip
    start, end = int(values[OA["start"]]), int(values[OA["end"]])
    assert ARTICLE.text[start:end] == values[OA["exact"]] == "14 million"
    assert ARTICLE.text.endswith(values[OA["suffix"]])
    assert values[OA["prefix"]] + "14 million" + values[OA["suffix"]] in ARTICLE.text


def test_articles_say_what_they_are() -> None:
    article = Article(
        "a.txt", "text", title="T", author="A", publisher="P", published="2030-04", language="en",
        url="https://example.org/ä b", format="html",
    )  # fmt: skip
    quads = to_quads(KnowledgeGraph(articles=(article,)), ONTOLOGY)
    found = {q.predicate.value.rpartition("/")[2]: q.object for q in quads}
    assert found["sha256"].value == article.sha256
    assert found["headline"].value == "T"
    assert found["datePublished"] == ox.Literal("2030-04", datatype=XSD["gYearMonth"])
    assert found["url"].value == "https://example.org/ä b"


def test_a_run_keeps_its_settings_and_judgements_apart_from_what_articles_say() -> None:
    graph = KnowledgeGraph(
        judgements=(SameAs("urn:a:b", "urn:a:c", 0.5, "same name"),), settings={"model": "m 1"}
    )
    quads = to_quads(graph, ONTOLOGY)
    assert {q.graph_name.value for q in quads} == {runs_graph_iri(ONTOLOGY.base_iri)}
    assert objects(quads, next(iter(subjects(quads, SCHEMA["name"], ox.Literal("model")))),
                   SCHEMA["value"]) == {ox.Literal("m 1")}  # fmt: skip
    (node,) = subjects(quads, RDF["type"], NR["Judgement"])
    assert objects(quads, node, NR["score"]) == {ox.Literal("0.5", datatype=XSD["decimal"])}


def test_order_of_input_does_not_show() -> None:
    one = make_fact(ACME, "sponsorOf", BETA, EVIDENCE)
    two = make_fact(ACME, "sponsorOf", GAMES, EVIDENCE)
    graph = make_graph([ARTICLE], [one, two])
    turned = dataclasses.replace(graph, facts=graph.facts[::-1], entities=graph.entities[::-1])
    assert to_quads(graph, ONTOLOGY) == to_quads(turned, ONTOLOGY)


def test_a_lone_surrogate_is_replaced_and_not_fatal() -> None:
    quads = to_quads(make_graph(entities=[make_entity("a\ud800b")]), ONTOLOGY)
    assert ox.Literal("a\ufffdb") in {q.object for q in quads}


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (make_fact(make_entity("X", "Spaceship"), "sponsorOf", BETA, EVIDENCE), "Spaceship"),
        (make_fact(ACME, "adores", BETA, EVIDENCE), "'adores'"),
        (make_fact(ACME, "clusterMember", BETA, EVIDENCE), "is a record and no claim"),
        (make_fact(ACME, "sponsorOf", BETA, EVIDENCE, qualifiers={"colour": lit("red")}), "colour"),
        (make_fact(make_entity("X", id="not an iri"), "sponsorOf", BETA, EVIDENCE), "not an iri"),
        (make_fact(GAMES, "year", Literal("2040", "gYear", "2040"), EVIDENCE), "gYear"),
    ],
)
def test_what_cannot_be_written_is_named(fact: Fact, message: str) -> None:
    with pytest.raises(InvalidGraphError, match=message):
        quads_of(fact)


@pytest.mark.parametrize(
    "lost", [RDF["subject"], RDF["object"], NR["stance"], NR["confidence"], OA["hasTarget"]]
)
def test_reading_a_graph_that_lacks_something_names_it(lost: ox.NamedNode) -> None:
    quads = [
        q for q in quads_of(make_fact(ACME, "sponsorOf", BETA, EVIDENCE)) if q.predicate != lost
    ]
    with pytest.raises(InvalidGraphError, match=lost.value):
        from_quads(quads, ONTOLOGY)


def test_reading_an_entity_without_a_known_class_names_it() -> None:
    quads = [
        q for q in to_quads(make_graph(entities=[ACME]), ONTOLOGY) if q.predicate != RDF["type"]
    ]
    with pytest.raises(InvalidGraphError, match="no class"):
        from_quads(quads, ONTOLOGY)
