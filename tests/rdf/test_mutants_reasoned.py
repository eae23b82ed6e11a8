"""What was inferred, seen as partnerships, mentioned or found not to fit, broken in many ways.

And what the core shapes, which stores without SHACL-SPARQL use, find of all mutants.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Fact, KnowledgeGraph, SameAs
from kg.model.statement import ArticleEntity, Mention, MentionKind, Modality
from kg.ontology.core_shapes import CORE, core_shapes
from kg.ontology.domain import domain_folder, domain_names, load_ontology
from kg.rdf.codec import flatten, to_quads
from kg.rdf.terms import DCTERMS, NR, OA, RDF, SCHEMA
from kg.rdf.validate import validate_quads
from kg.reason import reason
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit
from tests.rdf import test_validate as plain
from tests.rdf.strategies import ONTOLOGY
from tests.rdf.test_validate import Quads, add, drop, node, put

CORE_FILE = "shapes-core.ttl"
SH = "http://www.w3.org/ns/shacl#"
ARTICLE = make_article("Acme and Beta began a deal in 2017. Beta may hold the Fjord Cup.")
COPY = make_article("Acme and Beta began a deal.", name="b.txt")
ACME, BETA = make_entity("Acme", members=("urn:m1",)), make_entity("Beta")
CUP, LEE = make_entity("Fjord Cup 2028", "SportsEvent"), make_entity("Ann Lee", "Person")
DEAL = make_fact(
    ACME, "partnerOf", BETA, make_evidence(ARTICLE, "Acme and Beta began"),
    qualifiers={"start": lit("2017", "gYear"), "duration": lit("P12Y", "duration", "12-year"),
                "level": lit("Gold Partner")},
)  # fmt: skip
COVERED = make_fact(ACME, "sponsorOf", CUP, make_evidence(ARTICLE, "Acme and Beta"))
HOLDS = make_fact(BETA, "organizes", CUP, make_evidence(ARTICLE, "Beta may hold the Fjord Cup"))
RUMOUR = make_fact(
    LEE, "worksFor", BETA, make_evidence(ARTICLE, "may hold"), modality=Modality.HEDGED
)
MENTION = Mention(ARTICLE.span(0, 4), "Acme", MentionKind.NAME)
ODD = Discrepancy(
    "d1", DiscrepancyKind.SLIP, CUP.id, "startDate", "Two dates.",
    (Side("2028", COVERED.evidence, COVERED.id), Side("2029", reference="urn:reference")),
)  # fmt: skip
GRAPH: KnowledgeGraph = replace(
    reason(make_graph([ARTICLE, COPY], [DEAL, COVERED, HOLDS, RUMOUR]), ONTOLOGY),
    discrepancies=(ODD,),
    article_entities=(ArticleEntity("urn:m1", "Acme", "Company", (MENTION,)),),
    candidates=(SameAs(ACME.id, BETA.id, 0.5, "similar"),),
    copies=(("b.txt", "a.txt"),),
)
QUADS = list(flatten(to_quads(GRAPH, ONTOLOGY)))


def the(class_: str, predicate: str | None = None) -> ox.NamedNode:
    """The first node of the class (with the property, when given)."""
    found = [q.subject for q in QUADS if (q.predicate, q.object) == (RDF["type"], NR[class_])]
    having = {q.subject for q in QUADS if predicate is None or q.predicate == NR[predicate]}
    first = next(n for n in found if n in having)
    assert isinstance(first, ox.NamedNode)
    return first


def inferred_from(fact: Fact) -> ox.NamedNode:
    (number,) = (q.subject for q in QUADS if q.object == ox.Literal(fact.id))
    return next(q.subject for q in QUADS if q.predicate == NR["premise"] and q.object == number)  # type: ignore[return-value]


DEAL_NODE, INFERRED, WRONG = the("Sponsorship"), the("InferredStatement"), the("Discrepancy")
SIDE, REFERRING = the("Side", "evidence"), the("Side", "reference")
MENTIONED = next(q.object for q in QUADS if q.predicate == NR["mention"])
Mutant = Callable[[Quads], Quads]


def both(*mutations: Mutant) -> Mutant:
    def mutate(quads: Quads) -> Quads:
        for mutation in mutations:
            quads = mutation(quads)
        return quads

    return mutate


MUTANTS: dict[str, tuple[Mutant, str]] = {
    "partnership of nobody": (
        both(*(drop(NR[p], DEAL_NODE) for p in ("hasPartner", "hasSponsor", "hasRightsHolder"))),
        "two partners or more",
    ),
    "partnership with a person": (
        add(DEAL_NODE, NR["hasPartner"], node(LEE.id)), "a partner is an organisation",
    ),
    "sponsorship without sponsor": (drop(NR["hasSponsor"], DEAL_NODE), "has a sponsor"),
    "sponsorship without rights holder": (
        drop(NR["hasRightsHolder"], DEAL_NODE), "has a rights holder",
    ),
    "sponsor that is the rights holder": (
        put(NR["hasSponsor"], node(BETA.id), DEAL_NODE), "and not the sponsor",
    ),
    "partnership that starts twice": (
        add(DEAL_NODE, NR["start"], ox.Literal("2018")), "starts once",
    ),
    "partnership at two levels": (
        add(DEAL_NODE, NR["level"], ox.Literal("Silver")), "has one level",
    ),
    "covers a company": (put(NR["coversEvent"], node(BETA.id), DEAL_NODE), "covers events"),
    "partnership based on an entity": (
        put(NR["basedOn"], node(BETA.id), DEAL_NODE), "is based on statements",
    ),
    "inference without rule": (drop(NR["derivedBy"], INFERRED), "names its one rule"),
    "inference by two rules": (
        add(INFERRED, NR["derivedBy"], ox.Literal("another")), "names its one rule",
    ),
    "inference without premise": (drop(NR["premise"], INFERRED), "has premises"),
    "inference without evidence": (drop(NR["evidence"]), "premises of an inferred statement have"),
    "premise that is no statement": (
        put(NR["premise"], node(ACME.id), INFERRED), "has premises",
    ),
    "stated fact with a rule": (
        add(next(q.subject for q in QUADS if q.object == ox.Literal(DEAL.id)), NR["derivedBy"],
            ox.Literal("rule")), "is an inferred statement, and no stated one",
    ),
    "hedged inference as plain": (
        add(node(BETA.id), NR["employs"], node(LEE.id)), "must not also be a plain triple",
    ),
    "inferred plain triple without a statement": (
        add(node(CUP.id), NR["organizedBy"], node(ACME.id)), "must have a statement",
    ),
    "inference of a wrong class": (
        put(RDF["object"], node(CUP.id), inferred_from(RUMOUR)), "the object of employs must be",
    ),
    "discrepancy with one side": (
        lambda quads: [q for q in quads if q.object != REFERRING], "two sides or more",
    ),
    "discrepancy of no kind": (drop(NR["discrepancyKind"], WRONG), "is of one kind"),
    "discrepancy of an unknown kind": (
        put(NR["discrepancyKind"], NR["discrepancyWhim"], WRONG), "is of one kind",
    ),
    "discrepancy about nothing": (drop(NR["concerns"], WRONG), "concerns one entity"),
    "discrepancy without words": (drop(SCHEMA["description"], WRONG), "told in a sentence"),
    "discrepancy without identifier": (drop(DCTERMS["identifier"], WRONG), "one identifier"),
    "side without evidence or reference": (
        drop(NR["reference"], REFERRING), "words of an article or a reference",
    ),
    "side without quote": (drop(NR["evidence"], SIDE), "words of an article or a reference"),
    "side that says nothing": (drop(NR["says"], SIDE), "a side says something"),
    "mention without selector": (drop(OA["hasSelector"], MENTIONED), "a position and a quotation"),
    "mention of no article": (drop(OA["hasSource"], MENTIONED), "part of one article"),
    "mention that is no passage": (
        put(NR["mention"], node(BETA.id)), "a mention is a passage",
    ),
    "merge candidate without reason": (
        drop(NR["reason"], the("MergeCandidate")), "a merge candidate says why",
    ),
    "merge candidate above 1": (
        put(NR["score"], plain.typed("2", "decimal")), "one decimal from 0 to 1",
    ),
    "copy of a company": (put(NR["copyOf"], node(BETA.id)), "a copy of an article"),
    "fulfilled by an entity": (
        add(INFERRED, NR["fulfilledBy"], node(BETA.id)), "fulfilled by what a statement says",
    ),
}  # fmt: skip
# What a store without SPARQL constraints, sh:or and paths of several steps cannot see.
BEYOND_CORE = frozenset(
    {
        *("speaker of a wrong class", "start after end", "beyond the article", "shifted end"),
        *("empty passage", "another quote", "hedged as plain", "attributed as plain"),
        *("plain fact lost", "plain triple without a statement", "subject of a wrong class"),
        *("object of a wrong class", "literal for an entity", "entity for a date"),
        *("impossible date", "bounded yet exact", "partnership with a person"),
        *("stated fact with a rule", "hedged inference as plain"),
        *("inferred plain triple without a statement", "inference of a wrong class"),
        *("side without evidence or reference", "side without quote"),
    }
)
ALL = {n: (plain.QUADS, m) for n, m in plain.MUTANTS.items()}
ALL |= {n: (QUADS, m) for n, m in MUTANTS.items()}


def test_the_graph_has_every_kind_of_node() -> None:
    assert validate_quads(QUADS, ONTOLOGY).violations == ()
    kinds = {q.object for q in QUADS if q.predicate == RDF["type"]}
    assert {NR[k] for k in ("Sponsorship", "InferredStatement", "Side", "MergeCandidate")} <= kinds


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_graph_is_found(name: str) -> None:
    mutate, message = MUTANTS[name]
    mutant = mutate(list(QUADS))
    assert set(mutant) != set(QUADS)
    report = validate_quads(mutant, ONTOLOGY)
    assert message in " ".join(v.message for v in report.violations)


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("sponsorship without sponsor", True),
        ("inference without premise", True),
        ("discrepancy without words", True),
        ("side that says nothing", True),
        ("mention of no article", False),
    ],
)
def test_a_violation_of_a_view_names_what_it_is_based_on(name: str, fact: bool) -> None:
    mutate, message = MUTANTS[name]
    report = validate_quads(mutate(list(QUADS)), ONTOLOGY)
    found = next(v for v in report.violations if message in v.message)
    assert (found.fact is not None) == fact
    if fact:
        assert (found.article, found.quote in ARTICLE.text) == ("a.txt", True)  # type: ignore[operator]
        assert ARTICLE.text[found.start : found.end] == found.quote


def test_a_violation_of_a_mention_names_its_place() -> None:
    mutant = add(MENTIONED, RDF["type"], OA["SpecificResource"])(list(QUADS))
    mutant = add(MENTIONED, OA["hasSelector"], node("urn:third"))(mutant)
    (found,) = validate_quads(mutant, ONTOLOGY).violations
    assert (found.fact, found.article, found.start, found.end) == (None, "a.txt", 0, 4)
    assert found.quote == "Acme"


@pytest.mark.parametrize("quads", [plain.QUADS, QUADS])
def test_a_good_graph_conforms_to_the_core_shapes(quads: Quads) -> None:
    assert validate_quads(quads, ONTOLOGY, file=CORE_FILE).violations == ()


@pytest.mark.parametrize("name", ALL)
def test_core_shapes_find_what_they_can(name: str) -> None:
    quads, (mutate, _) = ALL[name]
    mutant = mutate(list(flatten(quads)))
    conforms = validate_quads(mutant, ONTOLOGY, file=CORE_FILE).conforms
    assert conforms == (name in BEYOND_CORE)


def test_core_shapes_check_what_plain_triples_point_to() -> None:
    wrong = add(node(CUP.id), NR["heldIn"], node(ACME.id))(list(QUADS))
    messages = [v.message for v in validate_quads(wrong, ONTOLOGY, file=CORE_FILE).violations]
    assert messages == ["the object of heldIn is of a wrong kind"]


@pytest.mark.parametrize("domain", domain_names())
def test_core_shapes_use_only_what_small_engines_know(domain: str) -> None:
    path = domain_folder(domain) / CORE_FILE
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    used = {q.predicate.value for q in quads if q.predicate.value.startswith(SH)}
    assert used <= CORE
    paths = [q.object for q in quads if q.predicate.value == SH + "path"]
    assert all(isinstance(path, ox.NamedNode) for path in paths)
    assert not [q for q in quads if "sparql" in q.predicate.value or q.predicate.value == SH + "or"]


@pytest.mark.parametrize("domain", domain_names())
def test_core_shapes_are_those_of_the_full_ones(domain: str) -> None:
    """`make shapes-core` writes them anew."""
    folder: Path = domain_folder(domain)
    fresh = core_shapes(load_ontology(domain), folder)
    assert (folder / CORE_FILE).read_text("utf-8") == fresh
