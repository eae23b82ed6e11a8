"""The default graph of a Graph Store: used where queries need it, and never with data of others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LoadError
from kg.load import LoadOptions, LoadPlan, connection, load
from kg.load.mark import Mark
from kg.load.parts import LoadedList
from kg.rdf.terms import XSD, facts_graph_iri
from tests.load.graphs import BASE, arrived, expected, shared, write_graph
from tests.load.service import LocalStore, answering, dropping

FACTS = facts_graph_iri(BASE)
THEIRS = ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:p"), ox.Literal("theirs"))


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore() as local:
        yield local


def into(store: LocalStore, out: Path, *, dry_run: bool = False, **more: object) -> LoadPlan:
    options = LoadOptions(**more)  # type: ignore[arg-type]
    return load(out, f"{store.url}/store", options=options, dry_run=dry_run)


def names(plan: LoadPlan) -> list[str]:
    return [step.name for step in plan.steps]


def test_an_empty_one_gets_all_that_is_stated_and_a_second_load_changes_nothing(
    tmp_path: Path, store: LocalStore
) -> None:
    quads = write_graph(tmp_path)
    plan = into(store, tmp_path)
    assert arrived(store.quads) == shared(quads)
    assert names(plan)[-1] == "the default graph"
    assert f"<{FACTS}>" not in names(plan)
    assert plan.notes == ()
    held = store.quads
    assert into(store, tmp_path) == plan
    assert store.quads == held


def test_a_newer_build_replaces_what_a_load_put_there(tmp_path: Path, store: LocalStore) -> None:
    write_graph(tmp_path, names=("old",))
    into(store, tmp_path)
    quads = write_graph(tmp_path, names=("new", "newer"))
    plan = into(store, tmp_path)
    assert arrived(store.quads) == shared(quads)
    held = store.quads
    assert into(store, tmp_path).notes == plan.notes == ()
    assert store.quads == held


@pytest.mark.parametrize("change", ["more", "less", "other"])
def test_what_others_changed_there_since_is_not_lost(
    tmp_path: Path, store: LocalStore, change: str
) -> None:
    first = write_graph(tmp_path, names=("old",))
    into(store, tmp_path)
    if change != "more":
        store.store.remove(next(q for q in shared(first) if q.graph_name == ox.DefaultGraph()))
    if change != "less":
        store.store.add(THEIRS)
    default = {q for q in store.quads if q.graph_name == ox.DefaultGraph()}
    quads = write_graph(tmp_path, names=("new",))
    for prune in (False, True):
        plan = into(store, tmp_path, prune=prune)
        held = {q for q in store.quads if "graph/loaded" not in str(q.graph_name)}
        assert held == {q for q in expected(quads) if q.graph_name != ox.DefaultGraph()} | default
        assert "changed since, so it is left alone" in plan.notes[-1]
    store.store.remove_graph(ox.DefaultGraph())
    into(store, tmp_path, prune=True)
    assert arrived(store.quads) == shared(quads)


def test_data_of_others_stay_as_they_are(tmp_path: Path, store: LocalStore) -> None:
    store.store.add(THEIRS)
    quads = write_graph(tmp_path)
    plan = into(store, tmp_path)
    assert arrived(store.quads) == expected(quads) | {THEIRS}
    assert "that no load put there" in plan.notes[0]
    assert into(store, tmp_path) == plan


def test_where_plain_queries_ask_all_graphs_nothing_is_there_twice(tmp_path: Path) -> None:
    quads = write_graph(tmp_path)
    with LocalStore(union=True) as store:
        plan = into(store, tmp_path)
        assert arrived(store.quads) == expected(quads)
        assert plan.notes[0].startswith("Plain queries ask all graphs of this store together")
        assert into(store, tmp_path) == plan
        assert into(store, tmp_path, dry_run=True) == plan


@pytest.mark.parametrize("status", [404, 401, 500, 200])
def test_where_nobody_can_be_asked_it_is_left_alone(
    tmp_path: Path, store: LocalStore, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BACK_OFF_S", 0.001)
    quads = write_graph(tmp_path)
    answer = answering(status, b"<html>log in</html>", to="GET", Content_Type="text/html")
    store.faults.append(lambda handler, got: "query=" in got.path and answer(handler, got))
    plan = into(store, tmp_path, dry_run=True)
    assert into(store, tmp_path) == plan
    assert arrived(store.quads) == expected(quads)
    assert "default graph only" in plan.notes[0]


def test_a_dry_run_says_what_it_can_know(tmp_path: Path, store: LocalStore) -> None:
    write_graph(tmp_path)
    plan = into(store, tmp_path, dry_run=True)
    assert names(plan)[-1] == "the default graph"
    assert "which shows only when something is there" in plan.notes[0]
    assert store.quads == set()
    assert store.sent("PUT", "POST", "DELETE") == []
    done = into(store, tmp_path)
    assert done.steps == plan.steps
    assert into(store, tmp_path, dry_run=True) == done


@pytest.mark.parametrize("place", ["named", "auto"])
def test_what_an_earlier_load_put_there_is_told_of_and_pruned(
    tmp_path: Path, store: LocalStore, place: str
) -> None:
    quads = write_graph(tmp_path)
    into(store, tmp_path)
    store.union = place == "auto"  # the server was started anew
    plan = into(store, tmp_path, default_graph=place)
    assert "put into the default graph stays; --prune takes it away" in plan.notes[0]
    assert arrived(store.quads) == shared(quads) | expected(quads)
    plan = into(store, tmp_path, default_graph=place, prune=True)
    assert arrived(store.quads) == expected(quads)
    assert ("drop", "the default graph") in [(step.action, step.name) for step in plan.steps]
    store.store.add(THEIRS)
    into(store, tmp_path, default_graph=place, prune=True)
    assert THEIRS in store.quads


def test_the_graph_of_facts_of_an_earlier_load_is_left_over(
    tmp_path: Path, store: LocalStore
) -> None:
    quads = write_graph(tmp_path)
    into(store, tmp_path, default_graph="named")
    plan = into(store, tmp_path)
    assert FACTS in plan.notes[0]
    into(store, tmp_path, prune=True)
    assert arrived(store.quads) == shared(quads)


def test_a_flat_load_is_the_default_graph_alone(tmp_path: Path, store: LocalStore) -> None:
    quads = write_graph(tmp_path)
    plan = into(store, tmp_path, flat=True)
    assert arrived(store.quads) == {q for q in shared(quads) if q.graph_name == ox.DefaultGraph()}
    assert into(store, tmp_path, flat=True) == plan


@pytest.mark.parametrize("way", ["store", "update"])
def test_what_was_replaced_on_request_is_known_again(
    tmp_path: Path, store: LocalStore, way: str
) -> None:
    store.store.add(THEIRS)
    write_graph(tmp_path, names=("old",))
    options = LoadOptions(default_graph="replace", prune=True)
    load(tmp_path, f"{store.url}/{way}", options=options)
    quads = write_graph(tmp_path, names=("new",))
    if way == "update":  # keeps the mark of what it cannot read
        load(tmp_path, f"{store.url}/update", options=LoadOptions(prune=True))
    into(store, tmp_path, prune=True)
    assert arrived(store.quads) == shared(quads)


@pytest.mark.parametrize("after", range(8))
def test_a_load_that_broke_off_is_completed_there_as_well(
    tmp_path: Path, store: LocalStore, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BACK_OFF_S", 0.001)
    write_graph(tmp_path, names=("old",))
    into(store, tmp_path)
    write_graph(tmp_path, names=("lost",))
    store.faults.append(dropping(after=after))
    if after < 7:  # the list, four named graphs, the default graph and the list once more
        with pytest.raises(LoadError, match="run again to complete" if after else "nothing was"):
            into(store, tmp_path)
    store.faults.clear()
    quads = write_graph(tmp_path, names=("new",))
    assert into(store, tmp_path).notes == ()
    assert arrived(store.quads) == shared(quads)


def test_only_as_much_is_read_as_is_needed(tmp_path: Path, store: LocalStore) -> None:
    write_graph(tmp_path, names=("few",))
    line = b"<urn:x> <urn:p> <urn:%d> .\n"
    sent = 0

    def endless(handler: object, request: object) -> bool:
        nonlocal sent
        path, answer = request.path, handler  # type: ignore[attr-defined]
        if request.method != "GET" or not path.endswith("?default"):  # type: ignore[attr-defined]
            return False
        answer.send_response(200)  # type: ignore[attr-defined]
        answer.send_header("Content-Type", "application/n-triples")  # type: ignore[attr-defined]
        answer.end_headers()  # type: ignore[attr-defined]
        answer.close_connection = True  # type: ignore[attr-defined]
        try:
            while sent < 10_000_000:
                answer.wfile.write(line % sent)  # type: ignore[attr-defined]
                sent += 1
        except OSError:
            return True
        return True

    store.faults.append(endless)
    plan = into(store, tmp_path)
    assert "is left alone" in plan.notes[-1]
    assert sent < 1_000_000


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(texts, unique=True, max_size=4))
def test_a_mark_depends_on_the_triples_and_not_on_their_order(names: list[str]) -> None:
    node = ox.NamedNode("urn:x")
    triples = [ox.Triple(node, node, ox.Literal(name)) for name in names]
    mark = Mark.of(triples)
    assert {Mark.of(order) for order in permutations(triples)} == {mark}
    assert mark.count == len(names)
    assert Mark.read(str(mark)) == mark
    other = ox.Triple(node, node, ox.NamedNode("urn:y"))
    assert Mark.of([*triples, other]) != mark
    assert Mark.of([*triples[1:], other]) != mark


def test_a_mark_stays_where_a_store_writes_numbers_its_own_way() -> None:
    node = ox.NamedNode("urn:x")

    def mark(text: str, type_: str) -> Mark:
        return Mark.of([ox.Triple(node, node, ox.Literal(text, datatype=XSD[type_]))])

    assert mark("1.50", "decimal") == mark("1.5", "decimal")
    assert mark("07", "nonNegativeInteger") == mark("7", "integer")
    assert mark("7", "integer") != mark("8", "integer")


def test_nonsense_on_the_list_is_no_mark() -> None:
    loaded = LoadedList(BASE)
    good = Mark.of(())
    listed = loaded.part((), [good]).triples
    bad = [f"{BASE}graph/default#{text}" for text in ("", "7", f"{good}0", f"-{good}", "x-y")]
    assert loaded.marks([*listed, *loaded.part(bad).triples]) == {good}
    assert loaded.read([*listed, *loaded.part(bad).triples]) == frozenset()
