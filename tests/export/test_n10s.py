"""What neosemantics is told fits what it is given: prefixes, several values, shapes.

n10s itself runs nowhere but in Neo4j, which no registry of packages has: these tests do what its
manual says that it does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.formats import FormatOptions
from kg.export.n10s import multivalued, namespace, vocabulary_prefixes, write_n10s
from kg.model.graph import KnowledgeGraph
from kg.rdf.terms import RDF, SCHEMA
from kg.rdf.written import WrittenGraph
from tests.export.written import known_graphs, written_in
from tests.rdf.strategies import ONTOLOGY, graphs

SH = "http://www.w3.org/ns/shacl#"


def exported(written: WrittenGraph, *, inferred: bool = False) -> dict[str, str]:
    found = write_n10s(written, FormatOptions("n10s", inferred=inferred))
    return {
        name: content.decode("utf-8") if isinstance(content, bytes) else content
        for name, content in found.items()
        if isinstance(content, bytes | str)
    }


def triples_of(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


def told(configure: str) -> tuple[dict[str, str], set[str]]:
    """Prefixes and properties with several values, as the script says them."""
    prefixes = re.findall(r"^CALL n10s\.nsprefixes\.add\('(.*)', '(.*)'\);$", configure, re.M)
    assert len({name for name, _ in prefixes}) == len(prefixes)
    assert len({iri for _, iri in prefixes}) == len(prefixes)
    (several,) = re.findall(r"multivalPropList: \[\n(.*?)\n  \]", configure, re.S)
    return dict(prefixes), set(re.findall(r"'(.*)'", several))


def check(files: dict[str, str]) -> None:
    prefixes, several = told(files["configure.cypher"])
    triples = triples_of(files["graph.ttl"])
    counts = Counter((t.subject, t.predicate) for t in triples if isinstance(t.object, ox.Literal))
    assert {predicate.value for (_, predicate), n in counts.items() if n > 1} <= several
    names = {t.predicate.value for t in triples}
    names |= {t.object.value for t in triples if t.predicate == RDF["type"]}
    assert {namespace(name) for name in names} <= set(prefixes.values())
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]*", prefix) for prefix in prefixes)


@given(graphs(), st.booleans())
@settings(max_examples=25)
def test_whatever_the_graph_all_that_is_used_is_declared(
    graph: KnowledgeGraph, inferred: bool
) -> None:
    with TemporaryDirectory() as folder:
        check(exported(written_in(Path(folder), graph), inferred=inferred))


@pytest.mark.parametrize("name", ["empty", "showcase", "hostile"])
def test_the_graph_is_that_of_turtle_and_nothing_is_lost(name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    files = exported(written)
    check(files)
    assert set(triples_of(files["graph.ttl"])) == {quad.triple for quad in written.stated}
    assert exported(written) == files


def test_shapes_use_no_name_that_is_not_declared(tmp_path: Path) -> None:
    files = exported(written_in(tmp_path, known_graphs()["showcase"]))
    prefixes, _ = told(files["configure.cypher"])
    used = {
        t.object.value
        for t in triples_of(files["shapes.ttl"])
        if t.predicate.value in {SH + "path", SH + "class", SH + "targetClass"}
    }
    assert len(used) > 20
    assert {namespace(iri) for iri in used} <= set(prefixes.values())


def test_the_next_build_fits_a_database_made_for_an_empty_one(tmp_path: Path) -> None:
    """What is configured before any data comes from the ontology."""
    empty, full = (exported(written_in(tmp_path, known_graphs()[n])) for n in ("empty", "showcase"))
    _, before = told(empty["configure.cypher"])
    _, after = told(full["configure.cypher"])
    assert before == after
    assert told(empty["configure.cypher"])[0] == told(full["configure.cypher"])[0]


def test_a_functional_relation_has_one_value_and_a_qualifier_as_many_as_it_has() -> None:
    several = multivalued(ONTOLOGY, ())
    assert several == tuple(sorted(set(several)))
    for relation in ONTOLOGY.relations.values():
        if relation.functional or relation.use == "qualifier" or not relation.is_datatype:
            assert relation.iri not in several
    level, node = ox.NamedNode(ONTOLOGY.relations["level"].iri), ox.NamedNode("urn:a")
    twice = [ox.Triple(node, level, ox.Literal(text)) for text in ("gold", "silver")]
    assert level.value in multivalued(ONTOLOGY, twice)
    assert level.value not in multivalued(ONTOLOGY, twice[:1])


def test_prefixes_that_it_may_not_take_are_changed_and_missing_ones_made_up(
    tmp_path: Path,
) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    odd = {"a-b_c": "https://one.example/", "2x": "https://two.example/#", "nr2": SCHEMA.iri}
    written = replace(written, prefixes={**written.prefixes, **odd})
    node = ox.NamedNode("urn:a")
    properties = ["https://one.example/p", "https://two.example/#p", "https://three.example/p"]
    properties += ["urn:x:p"]
    triples = [ox.Triple(node, ox.NamedNode(iri), node) for iri in properties]
    found = vocabulary_prefixes(written, triples)
    assert found["abc"] == "https://one.example/"
    assert found["ns2x"] == "https://two.example/#"
    assert found["ns"] == "https://three.example/"
    assert found["ns2"] == "urn:x:"
    assert len(set(found.values())) == len(found)
