"""Each fact is one well-formed nanopublication, with its claim, its words and no invented time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from kg.export.formats import FormatOptions, format_named
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from kg.rdf.codec import to_quads
from kg.rdf.terms import DCTERMS, NR, PROV, RDF, XSD, statement_iri
from kg.rdf.written import WrittenGraph
from tests.export.nanopub_rules import NP, check_well_formed, nanopubs_of
from tests.export.written import SETTINGS, known_graphs, written_in
from tests.rdf.strategies import ONTOLOGY, graphs

# rdflib warns of itself when it reads TriG.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TRIG = ox.RdfFormat.TRIG


def text_of(written: WrittenGraph, *, inferred: bool = False) -> bytes:
    options = FormatOptions("n.trig", inferred=inferred)
    content = format_named("nanopub").write(written, options)["n.trig"]
    assert isinstance(content, bytes)
    return content


def read(written: WrittenGraph, *, inferred: bool = False) -> dict[str, list[ox.Quad]]:
    return nanopubs_of(ox.parse(text_of(written, inferred=inferred), format=TRIG))


def of_graph(quads: list[ox.Quad], part: str) -> set[ox.Triple]:
    return {q.triple for q in quads if str(q.graph_name).endswith(f"#{part}>")}


@pytest.mark.parametrize("name", ["empty", "showcase", "hostile"])
def test_each_fact_is_one_and_well_formed(name: str, tmp_path: Path) -> None:
    written = written_in(tmp_path, known_graphs()[name])
    found = read(written)
    for quads in found.values():
        check_well_formed(quads)
    assert len(found) == len(written.graph.facts)
    everything = read(written, inferred=True)
    for quads in everything.values():
        check_well_formed(quads)
    assert len(everything) == len(found) + len(written.graph.inferred)


@given(graphs())
@settings(max_examples=25)
def test_any_graph_gives_well_formed_ones(graph: KnowledgeGraph) -> None:
    quads = to_quads(replace(graph, settings=SETTINGS), ONTOLOGY)
    written = WrittenGraph(Path("x"), quads, {}, ONTOLOGY.base_iri, SETTINGS)
    found = read(written)
    assert len(found) == len(graph.facts)
    for nanopub in found.values():
        check_well_formed(nanopub)


def test_an_assertion_holds_the_plain_triple_of_a_plain_fact_and_of_no_other(
    tmp_path: Path,
) -> None:
    written = written_in(tmp_path, known_graphs()["showcase"])
    by_id = {iri.rpartition("/")[2].rstrip(">"): quads for iri, quads in read(written).items()}
    assert {fact.modality for fact in written.graph.facts} == set(Modality)
    for fact in written.graph.facts:
        claims = of_graph(by_id[fact.id], "assertion")
        node = ox.NamedNode(statement_iri(written.base_iri, fact.id))
        parts = {t.predicate: t.object for t in claims if t.subject == node}
        subject, predicate = parts[RDF["subject"]], parts[RDF["predicate"]]
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        plain = ox.Triple(subject, predicate, parts[RDF["object"]])
        assert (plain in claims) == fact.is_plain
        assert parts[NR["stance"]] == NR["stance" + fact.modality.value.capitalize()]
        assert (NR["speaker"] in parts) == (fact.attributed_to is not None)
        sources = of_graph(by_id[fact.id], "provenance")
        quotes = {str(t.object.value) for t in sources if t.predicate == NR["quote"]}  # type: ignore[union-attr]
        assert quotes == {item.quote for item in fact.evidence}
        derived = [t for t in sources if t.predicate == PROV["wasDerivedFrom"]]
        assert len(derived) == len({item.span.article for item in fact.evidence})


def test_a_time_is_there_only_where_the_build_was_given_one(tmp_path: Path) -> None:
    graph = known_graphs()["showcase"]
    for built_at in (None, "2027-05-04T12:00:00Z"):
        asked = {} if built_at is None else {"built_at": built_at}
        text = text_of(written_in(tmp_path, graph, **asked))
        times = {q.object for q in ox.parse(text, format=TRIG) if q.predicate == DCTERMS["created"]}
        assert times == (
            set() if built_at is None else {ox.Literal(built_at, datatype=XSD["dateTime"])}
        )


def test_rdflib_reads_the_same_graphs(tmp_path: Path) -> None:
    text = text_of(written_in(tmp_path, known_graphs()["hostile"]))
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="trig")
    again = ox.parse(dataset.serialize(format="nquads").encode(), format=ox.RdfFormat.N_QUADS)
    assert set(again) == set(ox.parse(text, format=TRIG))


def without(predicate: ox.NamedNode) -> Callable[[list[ox.Quad]], list[ox.Quad]]:
    return lambda quads: [quad for quad in quads if quad.predicate != predicate]


def elsewhere(part: str) -> Callable[[list[ox.Quad]], list[ox.Quad]]:
    def moved(quads: list[ox.Quad]) -> list[ox.Quad]:
        return [
            ox.Quad(q.subject, q.predicate, q.object)
            if str(q.graph_name).endswith(f"#{part}>")
            else q
            for q in quads
        ]

    return moved


@pytest.mark.parametrize(
    "spoil",
    [
        without(RDF["type"]),
        without(NP["hasAssertion"]),
        without(NP["hasProvenance"]),
        without(NP["hasPublicationInfo"]),
        lambda quads: [*quads, quads[0]],
        lambda quads: [q for q in quads if not str(q.graph_name).endswith("#assertion>")],
        lambda quads: [q for q in quads if "#assertion" not in str(q.subject)],
        lambda quads: [q for q in quads if "nanopub/" not in str(q.subject)
                       or not str(q.graph_name).endswith("#pubinfo>")],
        *map(elsewhere, ("head", "assertion", "provenance", "pubinfo")),
    ],
)  # fmt: skip
def test_the_checker_finds_what_is_not_well_formed(
    spoil: Callable[[list[ox.Quad]], list[ox.Quad]], tmp_path: Path
) -> None:
    quads = next(iter(read(written_in(tmp_path, known_graphs()["showcase"])).values()))
    check_well_formed(quads)
    with pytest.raises(AssertionError):
        check_well_formed(spoil(quads))
