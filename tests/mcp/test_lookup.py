"""Names and paths, compared with what a plain search and networkx find."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UnknownNameError
from kg.mcp.lookup import Lookup
from kg.mcp.paths import path_between
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.rdf.strategies import ONTOLOGY

ARTICLE = make_article()
EVIDENCE = make_evidence(ARTICLE, "Acme")
ALL = ("asserted", "planned", "hedged", "negated")


def looked_up(*pairs: tuple[int, int]) -> Lookup:
    people = [make_entity(f"E{number}") for number in range(8)]
    facts = {
        fact.id: fact
        for a, b in pairs
        for fact in [make_fact(people[a], "partnerOf", people[b], EVIDENCE)]
    }
    return Lookup(make_graph([ARTICLE], facts.values(), people), ONTOLOGY)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14), st.integers(1, 8))
def test_paths_are_as_short_as_any(pairs: list[tuple[int, int]], longest: int) -> None:
    lookup = looked_up(*pairs)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"E{number}" for number in range(8))
    graph.add_edges_from((f"E{a}", f"E{b}") for a, b in pairs)
    found = path_between(lookup, "E0", "E7", stances=ALL, longest=longest)
    try:
        length = nx.shortest_path_length(graph, "E0", "E7")
    except nx.NetworkXNoPath:
        length = 99
    assert found.found == (length <= longest)
    assert found.length == len(found.steps) == (length if found.found else 0)
    for step in found.steps:
        assert graph.has_edge(step.start.label, step.end.label)
        assert step.facts
    for before, after in pairwise(found.steps):
        assert before.end == after.start
    if found.steps:
        assert (found.steps[0].start.label, found.steps[-1].end.label) == ("E0", "E7")


def test_names_that_several_have_are_listed_by_iri() -> None:
    twins = [make_entity("Acme"), make_entity("Acme", "Person")]
    lookup = Lookup(make_graph(entities=twins), ONTOLOGY)
    with pytest.raises(InputError, match="2 entities are called 'acme'; ask for one") as caught:
        lookup.entity("acme")
    for twin in twins:
        assert twin.id in str(caught.value)
        assert lookup.entity(twin.id) == twin


def test_a_label_outranks_other_names_and_an_alias_is_an_iri() -> None:
    label = make_entity("Birk", aliases=("https://old.example/birk",))
    other = make_entity("Studio Birk", mentions=("Birk", "Studio Birk"))
    lookup = Lookup(make_graph(entities=[label, other]), ONTOLOGY)
    assert lookup.entity(" birk ") == label
    assert lookup.entity("https://old.example/birk") == label
    assert lookup.entity("studio  BIRK") == other
    found = [entity.label for entity in lookup.search("Birk", None, 10).entities]
    assert found == ["Birk", "Studio Birk"]


def test_an_empty_graph_has_no_names_and_no_matches() -> None:
    lookup = Lookup(make_graph(), ONTOLOGY)
    with pytest.raises(UnknownNameError, match="there are: none"):
        lookup.entity("x")
    assert lookup.search("", None, 5).total == 0


def test_misspelt_names_find_and_are_not_shown() -> None:
    entity = make_entity(
        "Lumenworks", mentions=("Lumenworks", "Lumenwroks"), hidden_labels=("Lumenwroks",)
    )
    lookup = Lookup(make_graph(entities=[entity]), ONTOLOGY)
    assert lookup.entity("lumenwroks") == entity
    assert lookup.search("Lumenwroks", None, 5).entities[0].names == []
    with pytest.raises(UnknownNameError, match=r"there are: Lumenworks$"):
        lookup.entity("Lumenwrokss")
