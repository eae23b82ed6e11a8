"""What holds of the property graph of any graph, and under any ontology."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.neo4j_csv import render_neo4j_csv
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import Ontology
from kg.ontology.terms import OntologyClass, Relation
from kg.property_graph import EvidenceForm, property_graph
from kg.property_graph.dictionary import data_dictionary, type_name, vocabulary
from kg.property_graph.names import PREFIXES, Names
from kg.property_graph.terms import KEYS, LINKS, PROPERTIES
from tests.export.neo4j_check import check
from tests.rdf.strategies import ONTOLOGY, graphs

FORMS = st.sampled_from(list(EvidenceForm))


@given(graphs(), FORMS)
@settings(max_examples=40)
def test_any_graph_can_be_imported_and_comes_back(
    graph: KnowledgeGraph, form: EvidenceForm
) -> None:
    view = property_graph(graph, ONTOLOGY, evidence=form)
    imported = check(render_neo4j_csv(view, ONTOLOGY))
    assert set(imported.nodes) == {node.id for node in view.nodes}
    assert len(imported.relationships) == len(view.relationships)


@given(graphs(), FORMS)
@settings(max_examples=40)
def test_each_fact_is_one_relationship_and_a_bare_type_is_vouched_for(
    graph: KnowledgeGraph, form: EvidenceForm
) -> None:
    view = property_graph(graph, ONTOLOGY, evidence=form)
    found = {r.properties["factId"]: r for r in view.relationships if r.type not in LINKS}
    facts = {fact.id: fact for fact in (*graph.facts, *graph.inferred)}
    assert found.keys() == facts.keys()
    for id_, fact in facts.items():
        prefix = next(p for p in reversed(PREFIXES) if found[id_].type.startswith(p))
        own_voice = fact.attributed_to is None
        assert (prefix == "DENIED_") == (fact.modality is Modality.NEGATED)
        if prefix == "":
            assert own_voice
            assert fact.derived_by is None
            assert fact.modality in (Modality.ASSERTED, Modality.PLANNED)


@given(graphs())
@settings(max_examples=40)
def test_with_nodes_every_statement_has_all_its_evidence(graph: KnowledgeGraph) -> None:
    view = property_graph(graph, ONTOLOGY)
    statements = {n.id: n for n in view.nodes if n.key in ("Statement", "InferredStatement")}
    quotes: dict[str, list[str]] = {}
    for item in view.relationships:
        if item.type == "EVIDENCE" and item.start in statements:
            fact_id = str(statements[item.start].properties["factId"])
            quotes.setdefault(fact_id, []).append(str(item.properties["quote"]))
    for fact in (*graph.facts, *graph.inferred):
        assert sorted(quotes[fact.id]) == sorted(item.quote for item in fact.evidence)


@given(graphs(), FORMS)
@settings(max_examples=40)
def test_the_dictionary_lists_all_that_is_there_and_no_more(
    graph: KnowledgeGraph, form: EvidenceForm
) -> None:
    view = property_graph(graph, ONTOLOGY, evidence=form)
    found = data_dictionary(view, ONTOLOGY)
    assert sum(item.count for item in found.types) == len(view.relationships)
    keys = {item.name: item.count for item in found.labels if item.name in KEYS}
    assert sum(keys.values()) >= len(view.nodes)  # a class may be called as a key label is
    for item in (*view.nodes, *view.relationships):
        for name, value in item.properties.items():
            assert found.property_types[name] == type_name(value)
    known = vocabulary(ONTOLOGY)
    assert {item.name for item in found.labels} <= set(known.labels)
    assert {item.name for item in found.types} <= set(known.types)
    assert set(found.property_types) <= set(known.properties)
    assert all(item.meaning for item in (*found.labels, *found.types))


terms = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["subject", "SUBJECT", "evidence", "name", "id", "value", "Value", "start", "startYear", "a b",
     "a_b", "aB", "AB", "1st", "`", "Statement", "labels", "source", "backs", "claimedBacks"]
)  # fmt: skip
RANGES = [(), ("Thing",), *((f"http://www.w3.org/2001/XMLSchema#{n}",) for n in
          ("date", "gYear", "integer", "decimal", "boolean", "string"))]  # fmt: skip


@st.composite
def ontologies(draw: st.DrawFn) -> Ontology:
    classes = draw(st.lists(terms, unique=True, min_size=1, max_size=6))
    relations = draw(st.lists(terms, unique=True, min_size=1, max_size=8))
    uses = st.sampled_from(["claim", "qualifier", "inference", "record"])
    made = {}
    for name in relations:
        range_ = draw(st.sampled_from(RANGES))
        is_datatype = bool(range_) and ":" in range_[0]
        iri = f"https://example.org/x#{name}"
        made[name] = Relation(
            iri, name, name, "", range=range_, is_datatype=is_datatype, use=draw(uses)
        )
    return Ontology(
        name="any",
        folders=(),
        base_iri="https://example.org/",
        classes={c: OntologyClass(f"https://example.org/x#{c}", c, c, "") for c in classes},
        relations=made,
        names={},
        frames=(),
        lexicon={},
    )


@given(ontologies())
@settings(max_examples=200)
def test_no_two_terms_share_a_name_and_none_takes_one_of_ours(ontology: Ontology) -> None:
    names = Names(ontology)
    labels = [names.labels(class_)[-1] for class_ in ontology.classes]
    assert len(labels) == len(set(labels))
    assert not set(labels) & set(KEYS) - {"Entity"}
    claims = [r.name for r in ontology.relations.values() if r.use in ("claim", "inference")]
    types = [prefix + names.type(name) for name in claims for prefix in PREFIXES]
    assert len(types) == len(set(types))
    assert not set(types) & set(LINKS)
    own = [r.name for r in ontology.relations.values() if r.use in ("claim", "qualifier")]
    properties = [
        names.property(name) + suffix for name in own for suffix in names.shape(name).suffixes
    ]
    assert len(properties) == len(set(properties))
    assert not set(properties) & set(PROPERTIES)
    for name in (*labels, *types, *properties):
        assert name.isidentifier() or name.replace("_", "a").isalnum()
