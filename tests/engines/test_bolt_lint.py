"""All Cypher that loading over Bolt sends, before the checker that Neo4j makes."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kg.load.bolt import load_property_graph
from kg.load.bolt.connection import Connection
from kg.ontology.domain import load_ontology
from kg.property_graph import Node, PropertyGraph, Relationship
from kg.property_graph.dictionary import vocabulary
from tests.engines.cypher_linter import lint

pytestmark = pytest.mark.engine

OURS = ("kgHash", "complete", "labels", "nodeProperties", "relationshipProperties", "articles")
ROW = ("start", "end", "properties", "relationships", "nodes")


class Recorder:
    """A store that holds one old node of ours and one of its relationships, and notes all it is
    asked and told."""

    url = server = "bolt://recorder"
    database = None

    def __init__(self) -> None:
        self.queries: dict[str, dict[str, Any]] = {}

    def read(self, query: str, **parameters: Any) -> list[Any]:
        self.queries[query] = parameters
        if query.startswith("MATCH (n:`Entity`) WHERE n.kgHash IS NOT NULL"):
            return [("urn:old", "h", ["Entity", "Company"]), ("urn:acme", "h", ["Entity", "City"])]
        if query.startswith("MATCH (a:`Entity`)-[r]->(b)"):
            return [("PARTNER_OF", "r", "urn:old", "urn:old", "h")]
        if query.startswith("UNWIND $ids"):
            return [(0,)]
        if "IS NULL LIMIT 1" in query:
            return [(True,)]
        return []

    def write(self, statement: str, **parameters: Any) -> list[Any]:
        self.queries[statement] = parameters
        return []


def test_the_checker_has_nothing_to_say_of_what_a_load_sends() -> None:
    ontology = load_ontology()
    acme = Node("urn:acme", ("Entity", "Company"), {"name": "Acme", "type": "Company"})
    beta = Node("urn:beta", ("Entity", "City"), {"name": "Beta"})
    link = Relationship("urn:r", "SPONSOR_OF", acme.id, beta.id, {})
    store = Recorder()
    with pytest.raises(Exception, match="after loading"):  # the recorder keeps nothing
        load_property_graph(PropertyGraph((acme, beta), (link,)), cast(Connection, store))
    forms = ("DELETE r", "DELETE n", "REMOVE n:", "REMOVE n.kgHash", "MERGE (a)", "MERGE (l:")
    forms += ("CREATE CONSTRAINT", "SHOW CONSTRAINTS", "UNWIND $ids", "labels(n)", "SET n:")
    for form in forms:
        assert any(form in query for query in store.queries), form
    known = vocabulary(ontology)
    findings = lint(
        {query: query for query in store.queries},
        labels=[*known.labels, "KgLoad"],
        types=known.types,
        properties=[*known.properties, *OURS, *ROW],
        parameters={"rows": [], "ids": [], "properties": {}},
    )
    assert findings == []
