"""How inferences, partnerships, mentions, discrepancies and open questions look as RDF."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InvalidGraphError
from kg.export.rdf import render_trig, render_turtle
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Fact, KnowledgeGraph, SameAs
from kg.model.statement import ArticleEntity, Mention, MentionKind, Modality
from kg.rdf.codec import read_graph, to_quads
from kg.rdf.store import run_query
from kg.rdf.terms import NR, RDF, article_iri, inferred_graph_iri, resource_prefixes
from kg.rdf.validate import validate, validate_quads
from kg.reason import reason
from kg.reason.partnerships import partnerships
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit
from tests.rdf.strategies import ONTOLOGY

ARTICLE = make_article(
    "Acme and Beta began a 12-year deal in 2017. Beta holds the Fjord Cup. Acme, they say, pays.",
    published="2020-03-01",
)
ACME, BETA = make_entity("Acme", members=("urn:m1",)), make_entity("Beta")
CUP = make_entity("Fjord Cup 2028", "SportsEvent")
SAYS = make_evidence(ARTICLE, "Acme and Beta began")
DEAL = make_fact(
    ACME, "partnerOf", BETA, SAYS,
    qualifiers={
        "start": lit("2017", "gYear"), "duration": lit("P12Y", "duration", "12-year"),
        "level": lit("Gold Partner"),
    },
)  # fmt: skip
RUMOUR = make_fact(
    ACME, "partnershipValue", lit("9000000", "integer", "9 million"), SAYS,
    modality=Modality.HEDGED, qualifiers={"with": BETA, "comparator": lit("more than")},
)  # fmt: skip
COVERED = make_fact(ACME, "sponsorOf", CUP, SAYS)
HOLDS = make_fact(BETA, "organizes", CUP, make_evidence(ARTICLE, "Beta holds the Fjord Cup"))
FACTS = (DEAL, RUMOUR, COVERED, HOLDS)
INFERRED = ox.NamedNode(inferred_graph_iri(ONTOLOGY.base_iri))
PREFIXES = "".join(
    f"PREFIX {name}: <{iri}> "
    for name, iri in {
        "nr": NR.iri,
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "schema": "https://schema.org/",
        **resource_prefixes(ONTOLOGY.base_iri),
    }.items()
)


def graph_of(*facts: Fact, **fields: object) -> KnowledgeGraph:
    return replace(reason(make_graph([ARTICLE], facts), ONTOLOGY), **fields)  # type: ignore[arg-type]


def rows(graph: KnowledgeGraph, query: str) -> set[tuple[str, ...]]:
    """Answers over the quads as they stand in TriG; plain values only."""
    store = ox.Store()
    store.extend(to_quads(graph, ONTOLOGY))
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(cell.value for cell in row) for row in found}  # type: ignore[union-attr]


def test_an_inferred_statement_says_by_which_rule_from_what_and_where_that_stands() -> None:
    query = """SELECT ?rule ?start ?end WHERE { GRAPH ?g {
        ?s a nr:InferredStatement ; nr:derivedBy ?rule ; nr:premise ?p ; nr:end ?end ;
          nr:evidence ?e }
      ?p a nr:Statement ; nr:start ?start . GRAPH ?article { ?p nr:evidence ?e } }"""
    assert rows(graph_of(*FACTS), query) == {("period-end", "2017", "2028")}


def test_inferred_plain_triples_are_only_in_the_graph_of_inferences() -> None:
    graph = graph_of(*FACTS)
    query = "SELECT ?g { GRAPH ?g { ?a nr:partnerOf ?b . ?a schema:name 'Beta' } }"
    assert rows(graph, query.replace(" . ?a schema:name 'Beta'", "")) == {(INFERRED.value,)}
    stated = "SELECT ?a ?b { ?a nr:partnerOf ?b }"
    assert rows(graph, stated) == {(ACME.id, BETA.id)}
    both = {q for q in to_quads(graph, ONTOLOGY) if q.predicate == NR["partnerOf"]}
    assert {(q.subject.value, q.graph_name == INFERRED) for q in both} == {
        (ACME.id, False),
        (BETA.id, True),
    }


def test_a_hedged_premise_gives_no_plain_triple_of_the_inferred_claim() -> None:
    graph = graph_of(replace(DEAL, modality=Modality.HEDGED))
    assert len(graph.inferred) == 2
    assert not [q for q in to_quads(graph, ONTOLOGY) if q.predicate == NR["partnerOf"]]
    assert validate(graph, ONTOLOGY).conforms


def test_an_inferred_amount_is_the_node_of_its_premise() -> None:
    quads = to_quads(graph_of(*FACTS, inferred=(inferred_amount(),)), ONTOLOGY)
    amounts = {q.subject for q in quads if q.predicate == NR["statedValue"]}
    assert len(amounts) == 1


def inferred_amount() -> Fact:
    return replace(RUMOUR, id="more", derived_by="some-rule", premises=(RUMOUR.id,))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"premises": ("gone",)}, "premise 'gone', which is no fact of the graph"),
        ({"evidence": HOLDS.evidence}, "evidence in a.txt that none of its premises has"),
    ],
)
def test_an_inference_without_its_premises_cannot_be_written(
    wrong: dict[str, object], message: str
) -> None:
    graph = graph_of(*FACTS, inferred=(replace(inferred_amount(), **wrong),))  # type: ignore[arg-type]
    with pytest.raises(InvalidGraphError, match=message):
        to_quads(graph, ONTOLOGY)


def test_an_inferred_fact_among_the_stated_ones_cannot_be_written() -> None:
    with pytest.raises(InvalidGraphError, match="derived by 'some-rule' and so no stated one"):
        to_quads(make_graph([ARTICLE], [replace(DEAL, derived_by="some-rule")]), ONTOLOGY)


def test_a_relation_that_is_only_inferred_cannot_be_stated() -> None:
    with pytest.raises(InvalidGraphError, match="'employs', which is an inference and no claim"):
        to_quads(make_graph([ARTICLE], [make_fact(ACME, "employs", BETA, SAYS)]), ONTOLOGY)


def test_a_partnership_has_roles_period_level_and_events() -> None:
    query = """SELECT ?name ?sponsor ?holder ?event ?start ?duration ?level WHERE {
      ?p a nr:Sponsorship , nr:Partnership , nr:Entity ; schema:name ?name ; nr:start ?start ;
        nr:hasSponsor/schema:name ?sponsor ; nr:hasRightsHolder/schema:name ?holder ;
        nr:coversEvent/schema:name ?event ; nr:duration ?duration ; nr:level ?level .
      FILTER NOT EXISTS { ?p nr:end ?end } FILTER NOT EXISTS { ?p nr:partnershipValue ?v } }"""
    assert rows(graph_of(*FACTS), query) == {
        ("Acme – Beta partnership", "Acme", "Beta", CUP.label, "2017", "P12Y", "Gold Partner")
    }  # fmt: skip


def test_the_end_of_a_partnership_that_a_rule_draws_is_among_the_inferences() -> None:
    query = """SELECT ?end ?rule WHERE { GRAPH ?g {
      ?p nr:end ?end ; nr:basedOn/nr:derivedBy ?rule } ?p a nr:Partnership }"""
    assert rows(graph_of(*FACTS), query) == {("2028", "period-end")}


def test_a_plain_value_is_reached_with_its_bound_and_a_hedged_one_through_its_statement() -> None:
    plain = replace(RUMOUR, modality=Modality.ASSERTED)
    query = """SELECT ?value ?bound { ?p nr:hasPartner ?x ; nr:partnershipValue ?v .
      ?v nr:statedValue ?value ; nr:bound ?bound }"""
    assert rows(graph_of(DEAL, plain), query) == {("9000000", "more than")}
    assert rows(graph_of(DEAL, RUMOUR), query) == set()


def test_partnerships_are_a_view_that_is_made_again_from_what_was_written() -> None:
    graph = graph_of(*FACTS)
    back = read_graph(to_quads(graph, ONTOLOGY), ONTOLOGY)
    assert partnerships(back, ONTOLOGY) == graph.partnerships


def test_all_names_of_an_entity_are_found_with_their_spans() -> None:
    names = [("Acme", MentionKind.NAME), ("they", MentionKind.PRONOUN)]
    places = [(ARTICLE.text.index(text), text, kind) for text, kind in names]
    places.append((ARTICLE.text.rindex("Acme"), "Acme", MentionKind.DESCRIPTION))
    mentions = tuple(Mention(ARTICLE.span(s, s + len(t)), t, k) for s, t, k in places)
    entity = ArticleEntity("urn:m1", "Acme", "Company", mentions)
    graph = graph_of(*FACTS, article_entities=(entity,))
    query = """SELECT ?form ?start ?end WHERE { GRAPH ?article { ?x nr:mention ?p .
      ?p oa:hasSelector [ oa:start ?start ; oa:end ?end ] , [ oa:exact ?form ] } }"""
    found = rows(graph, query.replace("?article", f"<{article_iri(ONTOLOGY.base_iri, 'a.txt')}>"))
    assert found == {("Acme", "0", "4"), ("Acme", "70", "74")}
    assert validate(graph, ONTOLOGY).conforms


def test_a_discrepancy_cites_both_sides() -> None:
    item = Discrepancy(
        "d1", DiscrepancyKind.SLIP, CUP.id, "startDate", "Two dates.",
        (Side("2028", (SAYS,), COVERED.id), Side("2029", reference="urn:ref")),
    )  # fmt: skip
    graph = graph_of(*FACTS, discrepancies=(item,))
    query = """SELECT ?kind ?says ?quote WHERE { GRAPH ?g { ?d a nr:Discrepancy ; nr:concerns ?x ;
      nr:discrepancyKind ?kind ; nr:atIssue nr:startDate ; nr:side ?s . ?s nr:says ?says }
      GRAPH ?a { ?s nr:evidence/nr:quote ?quote } ?x schema:name 'Fjord Cup 2028' }"""
    assert rows(graph, query) == {(NR["discrepancySlip"].value, "2028", SAYS.quote)}
    assert validate(graph, ONTOLOGY).conforms
    alone = replace(item, sides=item.sides[:1])
    assert not validate(replace(graph, discrepancies=(alone,)), ONTOLOGY).conforms


@pytest.mark.parametrize("kind", list(DiscrepancyKind))
def test_every_kind_of_discrepancy_is_a_concept_of_the_scheme(kind: DiscrepancyKind) -> None:
    item = Discrepancy("d", kind, CUP.id, None, "So.", (Side("a", (SAYS,)), Side("b", (SAYS,))))
    assert validate(graph_of(*FACTS, discrepancies=(item,)), ONTOLOGY).conforms


def test_open_questions_copies_and_times_of_the_build() -> None:
    copy = make_article("Acme and Beta began.", name="b.txt", published="2020-04")
    graph = graph_of(
        replace(DEAL, evidence=(*DEAL.evidence, make_evidence(copy, "Acme and Beta"))), COVERED,
        articles=(ARTICLE, copy), copies=(("b.txt", "a.txt"),),
        candidates=(SameAs(ACME.id, BETA.id, 0.5, "similar"),),
        fulfilments=((COVERED.id, DEAL.id),),
        settings={"built_at": "2026-01-02T03:04:05Z"},
    )  # fmt: skip
    assert validate(graph, ONTOLOGY).conforms
    original = "SELECT ?n { GRAPH ?c { ?c nr:copyOf ?o } GRAPH ?o { ?o schema:name ?n } }"
    assert rows(graph, original) == {("a.txt",)}
    assert rows(graph, "SELECT ?r { GRAPH ?g { ?c a nr:MergeCandidate ; nr:reason ?r } }") == {
        ("similar",)
    }
    assert rows(graph, "SELECT ?t { GRAPH ?g { ?run prov:endedAtTime ?t } }") == {
        ("2026-01-02T03:04:05Z",)
    }
    assert rows(graph, "SELECT ?a ?z { ?s nr:firstReported ?a ; nr:lastReported ?z }") == {
        ("2020-03-01", "2020-04"),
        ("2020-03-01", "2020-03-01"),
    }
    assert rows(graph, "SELECT ?s ?o { ?s nr:fulfilledBy ?o }") == {
        tuple(f"{ONTOLOGY.base_iri}statement/{fact.id}" for fact in (COVERED, DEAL))
    }


def test_a_plain_query_over_the_written_trig_finds_what_articles_state(tmp_path: Path) -> None:
    graph = graph_of(*FACTS)
    (tmp_path / "g.trig").write_text(render_trig(graph, ONTOLOGY), "utf-8")
    (tmp_path / "g.ttl").write_text(render_turtle(graph, ONTOLOGY), "utf-8")
    everything = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    answers = [run_query(tmp_path / name, everything).rows for name in ("g.trig", "g.ttl")]
    assert answers[0] == answers[1]
    inferred = "SELECT ?s WHERE { GRAPH ?g { ?s a nr:InferredStatement } }"
    assert len(run_query(tmp_path / "g.trig", inferred).rows) == len(graph.inferred)
    assert run_query(tmp_path / "g.ttl", inferred).rows == ()


BROKEN = {
    "an inferred statement names its one rule": ("InferredStatement", "derivedBy"),
    "an inferred statement has premises": ("InferredStatement", "premise"),
    "a statement needs evidence": ("InferredStatement", "evidence"),
    "a partnership has two partners or more": ("Partnership", "hasPartner"),
    "a sponsorship has a sponsor": ("Sponsorship", "hasSponsor"),
    "a sponsorship has a rights holder": ("Sponsorship", "hasRightsHolder"),
    "a discrepancy is of one kind": ("Discrepancy", "discrepancyKind"),
    "a discrepancy concerns one entity": ("Discrepancy", "concerns"),
    "a side says something": ("Side", "says"),
    "a side has the words of an article or a reference": ("Side", "evidence"),
    "a merge candidate says why": ("MergeCandidate", "reason"),
}
WHOLE = graph_of(
    *FACTS,
    candidates=(SameAs(ACME.id, BETA.id, 0.5, "similar"),),
    discrepancies=(
        Discrepancy(
            "d",
            DiscrepancyKind.TYPO,
            ACME.id,
            None,
            "So.",
            (Side("a", (SAYS,)), Side("b", (SAYS,))),
        ),
    ),
)


@pytest.mark.parametrize("message", BROKEN)
def test_a_node_that_lacks_something_breaks_its_shape(message: str) -> None:
    kind, predicate = (NR[name] for name in BROKEN[message])
    quads = to_quads(WHOLE, ONTOLOGY)
    assert validate_quads(quads, ONTOLOGY).conforms
    node = next(q.subject for q in quads if q.predicate == RDF["type"] and q.object == kind)
    mutant = [q for q in quads if not (q.subject == node and q.predicate == predicate)]
    assert len(mutant) < len(quads)
    found = {v.message for v in validate_quads(mutant, ONTOLOGY).violations}
    assert message in found


EXTRA = {
    "what a rule derives is an inferred statement, and no stated one": ("Statement", "derivedBy"),
    "a rights holder is an organisation, group or platform, and not the sponsor": (
        "Sponsorship",
        "hasRightsHolder",
    ),
}


@pytest.mark.parametrize("message", EXTRA)
def test_a_node_that_has_too_much_breaks_its_shape(message: str) -> None:
    kind, predicate = (NR[name] for name in EXTRA[message])
    quads = to_quads(WHOLE, ONTOLOGY)
    node = next(q.subject for q in quads if q.predicate == RDF["type"] and q.object == kind)
    sponsor = next(q.object for q in quads if q.predicate == NR["hasSponsor"])
    value = ox.Literal("some-rule") if predicate == NR["derivedBy"] else sponsor
    mutant = [*quads, ox.Quad(node, predicate, value)]
    assert message in {v.message for v in validate_quads(mutant, ONTOLOGY).violations}


def test_what_is_wrong_with_an_inference_is_told_with_its_fact_and_sentence() -> None:
    quads = to_quads(WHOLE, ONTOLOGY)
    (fact,) = (f for f in WHOLE.inferred if f.derived_by == "period-end")
    node = ox.NamedNode(f"{ONTOLOGY.base_iri}statement/{fact.id}")
    mutant = [q for q in quads if not (q.subject == node and q.predicate == NR["premise"])]
    found = validate_quads(mutant, ONTOLOGY).violations
    assert {(v.fact, v.article, v.quote) for v in found} == {(fact.id, "a.txt", SAYS.quote)}
