"""A written graph opens to what was written, whatever form of RDF it is in."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given

from kg.errors import InputError, OntologyError
from kg.export.rdf import render_trig, render_turtle
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Literal
from kg.ontology.domain import load_ontology
from kg.rdf.codec import read_graph, to_quads
from kg.rdf.files import graph_file
from kg.rdf.terms import NR
from kg.rdf.written import open_written
from kg.reason import reason
from tests.factories import make_article, make_graph
from tests.rdf.strategies import ONTOLOGY, graphs
from tests.showcase import showcase_graph

SETTINGS = {"base_iri": ONTOLOGY.base_iri, "domain": ONTOLOGY.name}
SHOWCASE = reason(replace(showcase_graph(), settings=SETTINGS), ONTOLOGY)


def written(folder: Path, graph: KnowledgeGraph = SHOWCASE, name: str = "graph.trig") -> Path:
    render = render_trig if name.endswith("trig") else render_turtle
    (folder / name).write_text(render(graph, ONTOLOGY), "utf-8", newline="")
    return folder


def wordless(values: dict[str, Literal]) -> dict[str, tuple[str, str]]:
    return {name: (value.value, value.datatype) for name, value in values.items()}


@given(graphs())
def test_articles_copies_and_how_it_was_made_survive_the_round_trip(graph: KnowledgeGraph) -> None:
    back = read_graph(to_quads(graph, ONTOLOGY), ONTOLOGY)
    assert [replace(a, text="") for a in graph.articles] == list(back.articles)
    assert [a.sha256 for a in graph.articles] == [a.sha256 for a in back.articles]
    assert back.copies == graph.copies
    assert back.settings == graph.settings
    assert set(back.judgements) == set(graph.judgements)
    assert set(back.candidates) == set(graph.candidates)


def test_partnerships_survive_the_round_trip() -> None:
    back = read_graph(to_quads(SHOWCASE, ONTOLOGY), ONTOLOGY)
    assert SHOWCASE.partnerships
    assert any(p.derived for p in SHOWCASE.partnerships)
    assert any(p.value and p.level and p.sponsors and p.covers for p in SHOWCASE.partnerships)
    assert back.partnerships == SHOWCASE.partnerships


def test_what_is_decoded_encodes_to_the_same_but_for_the_texts() -> None:
    quads = set(to_quads(SHOWCASE, ONTOLOGY))
    again = set(to_quads(read_graph(quads, ONTOLOGY), ONTOLOGY))
    of_texts = {"prefix", "suffix", "characters", "firstReported", "lastReported"}
    assert {q.predicate.value.rpartition("#")[2] for q in quads ^ again} <= of_texts


def test_a_folder_opens_by_its_trig_and_the_file_by_itself(tmp_path: Path) -> None:
    written(written(tmp_path), name="graph.ttl")
    opened = open_written(tmp_path)
    assert opened.quads == to_quads(SHOWCASE, ONTOLOGY)
    assert opened.path == graph_file(tmp_path) == tmp_path / "graph.trig"
    assert opened.graph.facts == SHOWCASE.facts
    assert opened.graph.inferred == SHOWCASE.inferred
    assert (opened.base_iri, opened.settings, opened.ontology.name) == (
        ONTOLOGY.base_iri, SETTINGS, "olympics",
    )  # fmt: skip
    assert opened.prefixes["statement"] == f"{ONTOLOGY.base_iri}statement/"
    assert opened.inferred_graph is not None
    turtle = open_written(tmp_path / "graph.ttl")
    assert turtle.quads == opened.stated == turtle.stated
    assert turtle.inferred_graph is None
    assert not [q for q in turtle.quads if q.object == NR["InferredStatement"]]
    assert turtle.graph.partnerships[0].partners == SHOWCASE.partnerships[0].partners


def test_the_period_that_only_a_rule_knows_stays_with_the_inferences(tmp_path: Path) -> None:
    opened = open_written(written(tmp_path)).graph
    assert [wordless(p.derived) for p in opened.partnerships] == [
        wordless(p.derived) for p in SHOWCASE.partnerships
    ]


def test_a_folder_without_the_graph_of_a_build(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no graph.trig or graph.ttl here; run kg build"):
        open_written(tmp_path)
    with pytest.raises(InputError, match="no such folder or file; run kg build"):
        open_written(tmp_path / "none")
    (tmp_path / "graph.ttl").write_text("<https://a.test/x> <https://a.test/y> 1 .")
    with pytest.raises(InputError, match=r"graph.ttl: no graph of a build.*nr:Run"):
        open_written(tmp_path)
    (tmp_path / "graph.trig").write_text("<https://a.test/x> <https://a.test/y> ")
    with pytest.raises(InputError, match=r"graph.trig: not valid TriG"):
        open_written(tmp_path)


@pytest.mark.parametrize("domain", ["invented", "../../ontology/olympics", ""])
def test_a_domain_that_is_not_packaged_is_asked_for(domain: str, tmp_path: Path) -> None:
    graph = replace(make_graph([make_article()]), settings=SETTINGS | {"domain": domain})
    opened = open_written(written(tmp_path, graph))
    with pytest.raises(InputError, match=r"built under the domain.*its folder with --domain"):
        _ = opened.ontology
    given = open_written(tmp_path, load_ontology().folders[-1])
    assert given.ontology.name == "olympics"
    assert len(given.graph.articles) == 1
    with pytest.raises(OntologyError, match=r"no domain.toml"):
        _ = open_written(tmp_path, tmp_path).ontology


def test_a_base_that_nothing_can_be_built_on(tmp_path: Path) -> None:
    graph = replace(make_graph(), settings=SETTINGS | {"base_iri": "nowhere"})
    with pytest.raises(InputError, match="base IRI 'nowhere'"):
        open_written(written(tmp_path, graph))


def test_every_format_that_holds_graphs_opens_to_the_same_quads(tmp_path: Path) -> None:
    quads = to_quads(SHOWCASE, ONTOLOGY)
    for suffix, format_ in ((".nq", ox.RdfFormat.N_QUADS), (".jsonld", ox.RdfFormat.JSON_LD)):
        path = tmp_path / f"graph{suffix}"
        path.write_bytes(ox.serialize(quads, format=format_) or b"")
        assert open_written(path).quads == quads
