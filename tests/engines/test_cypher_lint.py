"""All Cypher that we write or give to people, before the checker that Neo4j makes."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.export.cypher import render_cypher
from kg.ontology.domain import load_ontology
from kg.property_graph import property_graph
from kg.property_graph.dictionary import data_dictionary, vocabulary
from kg.property_graph.statements import steps
from tests.engines.cypher_linter import lint
from tests.engines.cypher_questions import CYPHER, quoted_on_the_page
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)
from tests.showcase import showcase_graph

pytestmark = pytest.mark.engine
PARAMETERS = {"entity": "", "rows": []}
ROW = ("id", "start", "end", "properties")  # of the rows of a template


def test_the_checker_has_nothing_to_say_of_questions_templates_and_documents() -> None:
    ontology = load_ontology()
    known = vocabulary(ontology)
    templates = {
        s.statement: s.statement for s in steps(property_graph(showcase_graph(), ontology))
    }
    wanted = ("CREATE CONSTRAINT", "SET n +=", "SET n:", "MERGE (a)-[r:")
    seen = Counter(part for text in templates for part in wanted if part in text)
    assert set(seen) == set(wanted), "a template is not looked at"
    # One of each form is enough: only names differ, and those are looked at in the graph itself.
    some = {part: next(text for text in templates if part in text) for part in wanted}
    questions = "\n".join(CYPHER.values())
    own = {
        f"page {n}": text for n, text in enumerate(quoted_on_the_page()) if text not in questions
    }
    assert own
    findings = lint(
        CYPHER | some | own,
        labels=known.labels,
        types=known.types,
        properties=known.properties,
        parameters=PARAMETERS,
    )
    assert findings == []


def test_the_checker_has_nothing_to_say_of_an_exported_script() -> None:
    """A small one: the checker is made for queries that people write, not for data."""
    ontology = load_ontology()
    article = make_article("It's Acme\\u0041.", published="2024-02-29")
    place = make_evidence(article, article.text)
    founded = make_fact(make_entity(), "foundedIn", make_literal("2001-02-03", "date"), place)
    graph = property_graph(make_graph([article], [founded]), ontology)
    found = data_dictionary(graph, ontology)
    findings = lint(
        {"script": render_cypher(graph)},
        labels=[item.name for item in found.labels],
        types=[item.name for item in found.types],
        properties=[*found.property_types, *ROW],
    )
    assert findings == []


def test_the_checker_sees_what_is_wrong() -> None:
    known = vocabulary(load_ontology())
    wrong = {
        "label": "MATCH (n:Entty) RETURN n.name",
        "type": "MATCH (:Entity)-[r:SPONSER_OF]->() RETURN r.id",
        "property": "MATCH (n:Entity) RETURN n.nam",
        "variable": "MATCH (n:Entity) RETURN m.name",
        "parameter": "MATCH (n:Entity {id: $id}) RETURN n.name",
        "function": "MATCH (n:Entity) RETURN lowered(n.name)",
        "deprecated": "MATCH (n:Entity) RETURN id(n)",
        "apoc": "MATCH (n:Entity) RETURN apoc.text.join([n.name], '')",
        "syntax": "MATCH (n:Entity RETURN n.name",
    }
    findings = lint(wrong, labels=known.labels, types=known.types, properties=known.properties)
    both = ("CYPHER 25", "CYPHER 5")
    assert {(item.name, item.version) for item in findings} == {
        (name, version) for name in wrong for version in both
    }
