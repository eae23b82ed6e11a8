"""A good graph conforms; each of many ways to break it is found and led back to its sentence."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.model.graph import KnowledgeGraph, SameAs
from kg.model.statement import Modality, Voice
from kg.model.violation import Violation
from kg.ontology.domain import load_ontology
from kg.rdf.codec import flatten, to_quads
from kg.rdf.terms import DCTERMS, NR, OA, PROV, RDF, SCHEMA, SKOS, XSD
from kg.rdf.validate import ValidationReport, validate, validate_quads
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit
from tests.rdf.strategies import ONTOLOGY

TEXT = (
    "Acme sponsors the Games 2040. It may buy Beta. “We will win,” said Ann Lee. "
    "Acme has more than 14 million riders. The games open on 3 May 2040."
)
ARTICLE = make_article(TEXT, "a.txt")
ACME = make_entity("Acme", alt_labels=("Acme Inc.",), hidden_labels=("Akme",), members=("urn:a:b",))
BETA, LEE = make_entity("Beta"), make_entity("Ann Lee", "Person")
GAMES, PARIS = make_entity("Games 2040", "OlympicGames"), make_entity("Paris", "City")
FACTS = {
    "plain": make_fact(
        ACME, "sponsorOf", GAMES, make_evidence(ARTICLE, "Acme sponsors the Games 2040"),
        qualifiers={"level": lit("gold"), "place": PARIS},
    ),
    "hedged": make_fact(
        ACME, "acquired", BETA, make_evidence(ARTICLE, "It may buy Beta"), modality=Modality.HEDGED
    ),
    "said": make_fact(LEE, "said", lit("We will win"), make_evidence(ARTICLE, "We will win")),
    "attributed": make_fact(
        ACME, "partnerOf", BETA, make_evidence(ARTICLE, "We will win", Voice.QUOTE),
        modality=Modality.PLANNED, attributed_to=LEE,
    ),
    "measure": make_fact(
        ACME, "hasMeasure", lit("14000000", "integer", "14 million"),
        make_evidence(ARTICLE, "Acme has more than 14 million riders"),
        qualifiers={"unit": lit("riders"), "comparator": lit("more than")},
    ),
    "date": make_fact(
        GAMES, "startDate", lit("2040-05-03", "date", "3 May 2040"),
        make_evidence(ARTICLE, "The games open on 3 May 2040"),
    ),
}  # fmt: skip
GRAPH = replace(
    make_graph([ARTICLE], FACTS.values()),
    judgements=(SameAs("urn:a:b", ACME.id, 0.9, "same name"),),
    settings={"domain": "olympics"},
)
QUADS = to_quads(GRAPH, ONTOLOGY)
Quads = list[ox.Quad]


def statement(name: str) -> ox.NamedNode:
    (node,) = {
        q.subject
        for q in QUADS
        if q.predicate == DCTERMS["identifier"] and q.object.value == FACTS[name].id
    }
    assert isinstance(node, ox.NamedNode)
    return node


def drop(predicate: ox.NamedNode, subject: object = None) -> Callable[[Quads], Quads]:
    return lambda quads: [
        q for q in quads if q.predicate != predicate or subject not in (None, q.subject)
    ]


def put(
    predicate: ox.NamedNode, object_: object, subject: object = None
) -> Callable[[Quads], Quads]:
    """Replaces the object of the triples of that predicate (and subject)."""
    return lambda quads: [
        ox.Quad(q.subject, q.predicate, object_)
        if q.predicate == predicate and subject in (None, q.subject)
        else q
        for q in quads
    ]


def add(subject: object, predicate: ox.NamedNode, object_: object) -> Callable[[Quads], Quads]:
    return lambda quads: [*quads, ox.Quad(subject, predicate, object_)]


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=XSD[datatype])


def node(entity_id: str) -> ox.NamedNode:
    return ox.NamedNode(entity_id)


QUANTITY = next(q.subject for q in QUADS if q.predicate == NR["bound"])
COUNT = "nonNegativeInteger"
MUTANTS: dict[str, tuple[Callable[[Quads], Quads], str]] = {
    "no evidence": (drop(NR["evidence"], statement("plain")), "needs evidence"),
    "no stance": (drop(NR["stance"], statement("hedged")), "is asserted, planned"),
    "two stances": (add(statement("plain"), NR["stance"], NR["stanceHedged"]), "is asserted"),
    "unknown stance": (put(NR["stance"], NR["stanceMaybe"], statement("said")), "is asserted"),
    "no subject": (drop(RDF["subject"], statement("plain")), "needs one subject"),
    "no object": (drop(RDF["object"], statement("hedged")), "needs one object"),
    "confidence above 1": (put(NR["confidence"], typed("1.5", "decimal")), "from 0 to 1"),
    "confidence as text": (put(NR["confidence"], ox.Literal("high")), "from 0 to 1"),
    "no sources": (put(NR["sources"], typed("0", COUNT)), "at least one independent source"),
    "no run": (drop(PROV["wasGeneratedBy"], statement("plain")), "comes from a run"),
    "no identifier": (drop(DCTERMS["identifier"], statement("plain")), "one identifier"),
    "literal speaker": (put(NR["speaker"], ox.Literal("Lee")), "at most one speaker"),
    "speaker of a wrong class": (put(NR["speaker"], node(GAMES.id)), "at most one speaker"),
    "start after end": (put(OA["start"], typed("999", COUNT)), "must start before it ends"),
    "empty passage": (put(OA["end"], typed("0", COUNT)), "must start before it ends"),
    "negative start": (put(OA["start"], typed("-1", COUNT)), "one start, counted from 0"),
    "beyond the article": (put(NR["characters"], typed("5", COUNT)), "end within its article"),
    "shifted end": (put(OA["end"], typed("88", COUNT)), "as long as its quotation"),
    "no quote": (drop(NR["quote"]), "quotes its characters"),
    "another quote": (put(NR["quote"], ox.Literal("other")), "must be that of the evidence"),
    "no selector": (drop(OA["hasSelector"]), "a position and a quotation"),
    "no passage": (drop(OA["hasTarget"]), "stands in one passage"),
    "no article": (drop(OA["hasSource"]), "part of one article"),
    "unknown voice": (put(NR["voice"], NR["voiceChoir"]), "one of the voices"),
    "no extractor": (drop(NR["extractor"]), "names the rule"),
    "hedged as plain": (
        add(node(ACME.id), NR["acquired"], node(BETA.id)), "must not also be a plain triple",
    ),
    "attributed as plain": (
        add(node(ACME.id), NR["partnerOf"], node(BETA.id)), "must not also be a plain triple",
    ),
    "plain fact lost": (
        drop(NR["sponsorOf"], node(ACME.id)), "must also be a plain triple",
    ),
    "plain triple without a statement": (
        add(node(ACME.id), NR["organizes"], node(GAMES.id)), "must have a statement",
    ),
    "subject of a wrong class": (
        put(RDF["subject"], node(GAMES.id), statement("said")), "the subject of said must be",
    ),
    "object of a wrong class": (
        put(RDF["object"], node(PARIS.id), statement("hedged")), "the object of acquired must be",
    ),
    "literal for an entity": (
        put(RDF["object"], ox.Literal("Beta"), statement("hedged")), "the object of acquired",
    ),
    "entity for a date": (
        put(RDF["object"], node(PARIS.id), statement("date")), "the object of startDate must be",
    ),
    "impossible date": (
        put(RDF["object"], typed("2040-13-45", "date"), statement("date")), "startDate must be",
    ),
    "qualifier of a wrong class": (
        put(NR["place"], node(BETA.id), statement("plain")), "the qualifier place must be",
    ),
    "qualifier without words": (drop(NR["verbatim"]), "keeps the words"),
    "bounded yet exact": (
        add(QUANTITY, SCHEMA["value"], typed("14000000", "integer")), "no exact schema:value",
    ),
    "quantity without value": (drop(NR["statedValue"], QUANTITY), "one stated value"),
    "nameless entity": (drop(SCHEMA["name"], node(BETA.id)), "an entity has one name"),
    "two names": (add(node(BETA.id), SCHEMA["name"], ox.Literal("B")), "an entity has one name"),
    "label both alternative and hidden": (
        add(node(ACME.id), SKOS["hiddenLabel"], ox.Literal("Acme Inc.")), "alternative or hidden",
    ),
    "hidden label that is the preferred one": (
        add(node(ACME.id), SKOS["hiddenLabel"], ox.Literal("Acme")), "none of its others",
    ),
    "link that is text": (
        add(node(ACME.id), SCHEMA["sameAs"], ox.Literal("Q1")), "links to an IRI",
    ),
    "short digest": (put(SCHEMA["sha256"], ox.Literal("ff")), "64 hexadecimal digits"),
    "judgement without reason": (drop(NR["reason"]), "a judgement says why"),
    "blank statement": (
        lambda quads: [
            ox.Quad(ox.BlankNode("b") if q.subject == statement("hedged") else q.subject,
                    q.predicate, q.object) for q in quads
        ], "Node Kind",
    ),
}  # fmt: skip


def test_a_good_graph_conforms() -> None:
    assert validate(GRAPH, ONTOLOGY) == ValidationReport()
    assert validate_quads(flatten(QUADS), ONTOLOGY).conforms


def test_an_empty_graph_conforms() -> None:
    assert validate(KnowledgeGraph(), ONTOLOGY).conforms


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_graph_is_found(name: str) -> None:
    mutate, message = MUTANTS[name]
    mutant = mutate(list(flatten(QUADS)))
    assert set(mutant) != set(flatten(QUADS))
    report = validate_quads(mutant, ONTOLOGY)
    assert not report.conforms
    assert message in " ".join(v.message for v in report.violations)


@pytest.mark.parametrize(
    ("mutant", "fact"),
    [
        ("confidence as text", "plain"),
        ("object of a wrong class", "hedged"),
        ("impossible date", "date"),
        ("start after end", "measure"),
        ("no extractor", "measure"),
        ("hedged as plain", "hedged"),
        ("bounded yet exact", "measure"),
        ("another quote", "said"),
    ],
)
def test_a_violation_names_fact_article_and_sentence(mutant: str, fact: str) -> None:
    report = validate_quads(MUTANTS[mutant][0](list(flatten(QUADS))), ONTOLOGY)
    of_fact = [v for v in report.violations if v.fact == FACTS[fact].id]
    assert of_fact
    expected = "other" if mutant == "another quote" else FACTS[fact].evidence[0].quote
    assert {(v.article, v.quote) for v in of_fact} == {("a.txt", expected)}
    assert all(part in str(of_fact[0]) for part in (FACTS[fact].id, "a.txt", expected))


def test_the_same_claim_may_be_stated_and_also_rumoured() -> None:
    rumour = make_fact(
        ACME, "sponsorOf", GAMES, make_evidence(ARTICLE, "It may buy"), modality=Modality.HEDGED
    )
    graph = make_graph([ARTICLE], [FACTS["plain"], rumour])
    assert validate(graph, ONTOLOGY).conforms


def test_a_violation_without_a_fact_still_names_its_node() -> None:
    assert str(Violation("an entity has one name", "urn:a:b")) == "an entity has one name: urn:a:b"


def test_violations_come_in_the_same_order_whatever_the_order_of_triples() -> None:
    mutant = MUTANTS["no extractor"][0](list(flatten(QUADS)))
    assert validate_quads(mutant, ONTOLOGY) == validate_quads(mutant[::-1], ONTOLOGY)


def test_a_hundred_and_fifty_facts_take_less_than_three_seconds() -> None:
    text = " ".join(f"Acme sponsors Beta {n}." for n in range(150))
    article = make_article(text, "long.txt")
    facts = [
        make_fact(ACME, "sponsorOf", make_entity(f"Beta {n}"),
                  make_evidence(article, f"Acme sponsors Beta {n}."),
                  qualifiers={"level": lit("gold")}) for n in range(150)
    ]  # fmt: skip
    graph = make_graph([article], facts)
    validate(KnowledgeGraph(), ONTOLOGY)  # imports, which are paid once
    began = time.process_time()
    assert validate(graph, ONTOLOGY).conforms
    assert time.process_time() - began < 3


def broken_shapes(tmp_path: Path, text: str | None) -> Path:
    shutil.copytree(ONTOLOGY.folders[0], tmp_path / "newsroom")
    shapes = tmp_path / "newsroom" / "shapes.ttl"
    shapes.unlink() if text is None else shapes.write_text(text)
    return tmp_path / "newsroom"


@pytest.mark.parametrize(
    ("text", "message"), [(None, "file is missing"), ("<a> <b> .", "not valid Turtle")]
)
def test_broken_shapes_are_named(tmp_path: Path, text: str | None, message: str) -> None:
    ontology = load_ontology(broken_shapes(tmp_path, text))
    with pytest.raises(OntologyError, match=message):
        validate(KnowledgeGraph(), ontology)


def test_importing_the_module_does_not_load_pyshacl_nor_rdflib() -> None:
    code = "import kg.rdf.validate, kg.rdf.store, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"pyshacl", "rdflib"} & set(done.stdout.split())
