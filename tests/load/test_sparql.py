"""Loading into stores that do as they should, by both protocols."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LoadError
from kg.load import LoadOptions, LoadPlan, load, update
from kg.load.parts import Part
from kg.rdf.terms import facts_graph_iri
from tests.load.graphs import BASE, arrived, article, expected, write_graph
from tests.load.service import LocalStore

WAYS = ("store", "update")
FACTS = facts_graph_iri(BASE)
FOREIGN = {
    ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:p"), ox.Literal("theirs")),
    ox.Quad(
        ox.NamedNode("urn:x"),
        ox.NamedNode("urn:p"),
        ox.Literal("theirs"),
        ox.NamedNode("urn:their-graph"),
    ),
}


@pytest.fixture
def store() -> Iterator[LocalStore]:
    """A store that others use as well."""
    with LocalStore() as local:
        local.store.extend(FOREIGN)
        yield local


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "TRIPLES", 10)


def into(
    store: LocalStore, way: str, out: Path, *, dry_run: bool = False, **more: object
) -> LoadPlan:
    options = LoadOptions(**more)  # type: ignore[arg-type]
    return load(out, f"{store.url}/{way}", options=options, dry_run=dry_run)


@pytest.mark.parametrize("way", WAYS)
def test_all_graphs_arrive_as_they_are_and_others_stay(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    quads = write_graph(tmp_path)
    plan = into(store, way, tmp_path)
    assert arrived(store.quads) == expected(quads) | FOREIGN
    assert [step.name for step in plan.steps] == [
        f"<{BASE}graph/loaded>",
        f"<{article('a.txt')}>",
        f"<{article('b.txt')}>",
        f"<{BASE}graph/inferred>",
        f"<{BASE}graph/runs>",
        f"<{FACTS}>",
    ]
    assert [step.count for step in plan.steps] == [5, 1, 1, 1, 4, 27]
    held = store.quads
    assert into(store, way, tmp_path) == plan
    assert store.quads == held


@pytest.mark.parametrize("way", WAYS)
def test_a_dry_run_says_the_same_and_changes_nothing(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    write_graph(tmp_path)
    plan = into(store, way, tmp_path, dry_run=True)
    assert store.quads == FOREIGN
    assert {r.body for r in store.sent("POST")} <= {b"INSERT DATA {}", b"nonsense"}
    assert store.sent("PUT", "DELETE") == []
    shown = plan.summary(done=False)
    assert "\n39 triples; no data was sent\n" in shown
    assert shown.endswith("\n".join(plan.notes))
    assert into(store, way, tmp_path) == plan


@pytest.mark.parametrize("way", WAYS)
def test_the_default_graph_is_replaced_or_added_to_only_when_asked(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    quads = write_graph(tmp_path)
    into(store, way, tmp_path, default_graph="merge")
    assert arrived(store.quads) == expected(quads, None) | FOREIGN
    into(store, way, tmp_path, default_graph="replace")
    kept = {quad for quad in FOREIGN if quad.graph_name != ox.DefaultGraph()}
    assert arrived(store.quads) == expected(quads, None) | kept


@pytest.mark.parametrize("way", WAYS)
def test_a_flat_load_is_one_graph_without_what_no_article_states(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    quads = write_graph(tmp_path)
    stated = {q for q in quads if "graph/inferred" not in str(q.graph_name)}
    into(store, way, tmp_path, flat=True)
    one = {ox.Quad(*q.triple, ox.NamedNode(FACTS)) for q in stated}
    assert arrived(store.quads) == one | FOREIGN


@pytest.mark.parametrize("way", WAYS)
def test_graphs_that_are_gone_stay_until_they_are_pruned(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    write_graph(tmp_path, ("a.txt", "gone.txt"))
    into(store, way, tmp_path)
    quads = write_graph(tmp_path, ("a.txt", "b.txt"), ("other",))
    plan = into(store, way, tmp_path)
    gone = ox.NamedNode(article("gone.txt"))
    assert gone in {quad.graph_name for quad in store.quads}
    assert "--prune drops them" in plan.notes[0]
    assert ("default graph only" if way == "update" else "left alone") in plan.notes[-1]
    assert (way == "update") == (gone.value not in plan.notes[0])
    into(store, way, tmp_path, prune=True)
    assert arrived(store.quads) == expected(quads) | FOREIGN
    held = store.quads
    into(store, way, tmp_path, prune=True)
    assert store.quads == held


def test_pruning_drops_nothing_outside_the_base(tmp_path: Path, store: LocalStore) -> None:
    listing, part = f"{BASE}graph/loaded", "http://purl.org/dc/terms/hasPart"
    for way in WAYS:
        store.store.update(
            f"INSERT DATA {{ GRAPH <{listing}> {{ <{listing}> <{part}> <urn:their-graph> }} }}"
        )
        quads = write_graph(tmp_path)
        into(store, way, tmp_path, prune=True)
        assert arrived(store.quads) == expected(quads) | FOREIGN


def test_the_way_is_found_and_can_be_named(tmp_path: Path, store: LocalStore) -> None:
    write_graph(tmp_path)
    assert into(store, "store", tmp_path, dry_run=True).found == "SPARQL Graph Store"
    assert into(store, "update", tmp_path, dry_run=True).found == "SPARQL Update endpoint"
    with pytest.raises(LoadError, match="does not answer as an Update endpoint; check its path"):
        into(store, "store", tmp_path, method="update")
    with pytest.raises(LoadError, match="SPARQL Graph Store or Update endpoint; check its path"):
        into(store, "nowhere", tmp_path)
    assert store.quads == FOREIGN


@pytest.mark.parametrize("way", WAYS)
def test_a_graph_without_facts_empties_what_was_there(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    write_graph(tmp_path)
    into(store, way, tmp_path)
    quads = write_graph(tmp_path, (), ())
    into(store, way, tmp_path, prune=True)
    held = {quad for quad in store.quads if "graph/loaded" not in str(quad.graph_name)}
    assert held == expected(quads) | FOREIGN


def test_a_graph_with_blank_nodes_is_sent_in_one_request(tmp_path: Path, store: LocalStore) -> None:
    quads = write_graph(tmp_path)
    node = ox.BlankNode("n")
    chain = [ox.Quad(node, ox.NamedNode(f"urn:p{n}"), ox.Literal(str(n))) for n in range(30)]
    trig = ox.serialize([*quads, *chain], format=ox.RdfFormat.TRIG) or b""
    (tmp_path / "graph.trig").write_bytes(trig)
    into(store, "update", tmp_path)
    subjects = {q.subject for q in store.quads if isinstance(q.subject, ox.BlankNode)}
    assert len(subjects) == 1


@given(
    texts=st.lists(st.text(max_size=20), unique=True, max_size=20),
    triples=st.integers(1, 8),
    size=st.integers(1, 200),
)
def test_pieces_are_the_whole_in_order(texts: list[str], triples: int, size: int) -> None:
    node = ox.NamedNode("urn:x")
    part = Part("urn:g", tuple(ox.Triple(node, node, ox.Literal(text)) for text in texts))
    pieces = list(part.pieces(triples, size))
    assert b"".join(pieces) == part.body
    assert all(piece.count(b" .\n") <= triples for piece in pieces)
    assert all(len(piece) <= size or piece.count(b"\n") == 1 for piece in pieces)
