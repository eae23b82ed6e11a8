"""A store that anybody may query: what is refused, what is ended, what is told, what lives on."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import (
    AnswerTooLargeError,
    BusyError,
    InputError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    UnfitFormatError,
)
from kg.export.rdf import render_trig
from kg.rdf.answers import SOLUTION_TYPES, TRIPLE_TYPES
from kg.rdf.guarded import GuardedStore, Limits
from kg.rdf.queries import refuse_what_reaches_out
from kg.rdf.store import open_graph
from tests.rdf.strategies import ONTOLOGY
from tests.showcase import showcase_graph

# No engine can answer these within the life of the universe, and each is short.
NUMBERS = " ".join(str(number) for number in range(10))
CROSS = " ".join(f"VALUES ?v{i} {{ {NUMBERS} }}" for i in range(20))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(?v0 + ?v1 + ?v19 > 99) }}"
# Rows that are all kept, to be sorted.
HUNGRY = f"SELECT * {{ {CROSS} }} ORDER BY ?v7 ?v3"
DISGUISED = "SELECT * { ?s ?p ?a BIND(2 AS ?b) FILTER(?a<?b)SERVICE?z#>\n{ ?q ?w ?e } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    (out / "graph.trig").write_text(render_trig(showcase_graph(), ONTOLOGY), "utf-8")
    return out


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[GuardedStore]:
    limits = Limits(workers=3, memory=256 << 20, timeout_s=20, max_bytes=1 << 20)
    with GuardedStore(folder, limits) as opened:
        yield opened


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?name WHERE { ?s schema:name ?name } ORDER BY ?s ?name",
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "ASK { ?s nr:sponsorOf ?o }",
        "CONSTRUCT { ?s schema:name ?o } WHERE { ?s schema:name ?o }",
    ],
)
def test_answers_are_those_of_the_graph_in_process(
    store: GuardedStore, folder: Path, query: str
) -> None:
    expected = open_graph(folder / "graph.trig").query(query)
    found = store.result(query)
    assert found.rows == expected.rows
    assert found.columns == expected.columns
    assert found.boolean == expected.boolean
    assert set(found.triples or ()) == set(expected.triples or ())


@pytest.mark.parametrize("media_type", [*SOLUTION_TYPES, *TRIPLE_TYPES])
def test_every_media_type_is_written_by_a_process_that_can_open_no_file(
    store: GuardedStore, media_type: str
) -> None:
    if media_type in SOLUTION_TYPES:
        query = "SELECT ?name WHERE { ?s schema:name ?name }"
        answer = store.query(query, solutions=media_type)
    else:
        query = "CONSTRUCT { ?s schema:name ?name } WHERE { ?s schema:name ?name }"
        answer = store.query(query, triples=media_type)
    assert answer.media_type == media_type
    assert b"Halvor Group" in answer.body


def test_an_endless_query_is_ended_at_its_limit_and_its_process_with_it(
    store: GuardedStore,
) -> None:
    store.query("ASK {}")
    before = set(children(store._nursery.pid))
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"its limit of 0\.5 s"):
        store.query(ENDLESS, timeout_s=0.5)
    assert time.monotonic() - start < 3
    assert len(before - set(children(store._nursery.pid))) == 1
    assert store.result("ASK { ?s ?p ?o }").boolean is True


def test_endless_queries_do_not_hold_up_the_others(store: GuardedStore) -> None:
    with ThreadPoolExecutor(2) as pool:
        slow = [pool.submit(store.query, ENDLESS, timeout_s=2) for _ in range(2)]
        time.sleep(0.2)
        start = time.monotonic()
        assert store.result("ASK {}").boolean is True
        assert time.monotonic() - start < 1.5
        assert all(isinstance(done.exception(), QueryTimeoutError) for done in slow)


def test_when_all_are_busy_the_next_query_is_told_so(folder: Path) -> None:
    with GuardedStore(folder, Limits(workers=1)) as store, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(store.query, ENDLESS, timeout_s=2)
        time.sleep(0.3)
        with pytest.raises(BusyError, match="try again"):
            store.query("ASK {}", timeout_s=0.2)
        assert isinstance(slow.exception(), QueryTimeoutError)
        assert store.result("ASK {}").boolean is True


def test_a_query_that_takes_too_much_memory_ends_alone(folder: Path) -> None:
    with GuardedStore(folder, Limits(memory=64 << 20, timeout_s=60)) as store:
        with pytest.raises(QueryMemoryError, match="64 MB"):
            store.query(HUNGRY)
        assert store.result("ASK {}").boolean is True


def test_a_query_nested_beyond_the_stack_ends_alone(store: GuardedStore) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT * {" + "{" * 100_000 + "}" * 100_000 + "}")
    assert store.result("ASK {}").boolean is True


def test_a_worker_that_somebody_killed_is_replaced(store: GuardedStore) -> None:
    store.query("ASK {}")
    for pid in children(store._nursery.pid):
        os.kill(pid, 9)
    time.sleep(0.3)
    for _ in range(4):
        store.query("ASK {}")
    assert store.result("ASK {}").boolean is True


def test_when_the_process_of_the_graph_is_killed_the_graph_is_read_again(folder: Path) -> None:
    with GuardedStore(folder, Limits(workers=1, lifetime=1)) as store:
        assert store.result("ASK { ?s ?p ?o }").boolean is True
        store._nursery.kill()
        assert store.result("ASK { ?s ?p ?o }").boolean is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:%d/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o .service<http://127.0.0.1:%d/>{ ?a ?b ?c } }",
        'SELECT * { BIND("#" AS ?x) SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }',
        "SELECT * { BIND(<http://127.0.0.1:%d/> AS ?z) BIND(1 AS ?a) BIND(2 AS ?b) "
        "FILTER(?a<?b)SERVICE?z#>\n{ ?q ?w ?e } }",
    ],
)
def test_no_query_reaches_another_server(store: GuardedStore, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        port = listener.getsockname()[1]
        with pytest.raises(QueryError, match="SERVICE"):
            store.query(query.replace("%d", str(port)))
        with pytest.raises(TimeoutError):
            listener.accept()


def test_even_a_query_that_slips_through_finds_no_network(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        query = (
            f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        )
        # The process of the graph gets a package whose scanner lets everything through.
        start = (
            "import sys; sys.path[:] = {path}; import kg.rdf.answers as a; "
            "a.refuse_what_reaches_out = lambda query: None; "
            "from kg.rdf.nursery import main; main({args})"
        )
        monkeypatch.setattr("kg.rdf.guarded._START", start)
        with GuardedStore(folder) as store, pytest.raises(QueryError, match="Too many open files"):
            store.query(query)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <http://x/> { }" AS ?x) {}',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
        "SELECT ?service { ?service ?p <http://example.org/service> }",
        "SELECT * { ?s <http://example.org/a(b)c#service> ?o }",
        "PREFIX service: <http://x/> SELECT * { ?s service:service 'SERVICE' }",
        '''SELECT ("""a "SERVICE" b""" AS ?x) {}''',
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    refuse_what_reaches_out(query)


def test_a_disguised_call_is_seen() -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_what_reaches_out(DISGUISED)


@pytest.mark.parametrize("query", ["a" * 200_000, "<" * 200_000, '"' * 199_999, "a." * 100_000])
def test_looking_through_a_query_takes_no_longer_than_the_query_is_long(query: str) -> None:
    start = time.process_time()
    with contextlib.suppress(QueryError):  # two of them have more operators than are taken
        refuse_what_reaches_out(query)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:b> 1 }", "PREFIX x: <y:> CLEAR ALL", "LOAD <file:///etc/passwd>"],
)
def test_updates_are_refused(store: GuardedStore, update: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        store.query(update)


def test_a_file_is_no_graph(store: GuardedStore) -> None:
    query = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    assert store.result(query).rows == ()


def test_more_rows_than_allowed_are_an_error_and_as_many_are_not(store: GuardedStore) -> None:
    rows = "SELECT ?s { VALUES ?s { %s } }"
    assert len(store.result(rows % (NUMBERS + " 1 2"), max_rows=12).rows) == 12
    with pytest.raises(AnswerTooLargeError, match="more than 12 rows"):
        store.query(rows % (NUMBERS + " 1 2 3"), max_rows=12)
    empty = "SELECT ?none { VALUES ?v { %s } }"
    with pytest.raises(AnswerTooLargeError, match="more than 9 rows"):
        store.query(empty % NUMBERS, max_rows=9)
    triples = "CONSTRUCT { ?v <a:b> 1 } { VALUES ?v { <a:1> <a:2> <a:1> <a:2> } }"
    assert len(store.result(triples, max_rows=2).triples or ()) == 2
    with pytest.raises(AnswerTooLargeError, match="more than 1 triples"):
        store.query(triples, max_rows=1)


def test_more_bytes_than_allowed_are_an_error_long_before_all_are_made(
    store: GuardedStore,
) -> None:
    with pytest.raises(AnswerTooLargeError, match="1,048,576 bytes"):
        store.query(f"SELECT * {{ {CROSS} }}")


def test_an_answer_in_no_format_that_is_taken(store: GuardedStore) -> None:
    with pytest.raises(UnfitFormatError, match="application/sparql-results"):
        store.query("ASK {}", solutions=None)
    with pytest.raises(UnfitFormatError, match="text/turtle"):
        store.query("CONSTRUCT WHERE { ?s ?p ?o }", triples=None)


def test_the_graphs_that_are_handed_over_stand_in_for_those_of_the_query(
    store: GuardedStore,
) -> None:
    graphs = [str(row[0].value) for row in store.result(  # type: ignore[union-attr]
        "SELECT DISTINCT ?g { GRAPH ?g { ?claim nr:evidence ?e } } ORDER BY ?g"
    ).rows]  # fmt: skip
    count = "SELECT (COUNT(*) AS ?n) FROM <a:none> { ?s ?p ?o }"
    (alone,) = store.result(count, default_graphs=(graphs[0],), named_graphs=()).rows
    inside = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graphs[0]}> {{ ?s ?p ?o }} }}"
    assert (alone,) == store.result(inside).rows
    assert store.result(inside, default_graphs=(), named_graphs=()).rows != (alone,)
    with pytest.raises(QueryError, match="no IRI"):
        store.query(count, default_graphs=("not an iri",))


def test_errors_say_where(store: GuardedStore) -> None:
    with pytest.raises(QueryError, match=r"line 2, column \d+: prefix unknown: is not declared"):
        store.query("SELECT ?s {\n ?s unknown:x ?o }")
    with pytest.raises(QueryError, match="characters, more than"):
        store.query(" " * 300_000)
    with pytest.raises(InputError, match="no such folder"):
        GuardedStore(Path("nowhere"))


def test_a_broken_graph_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("this is no turtle")
    with pytest.raises(InputError, match="not valid Turtle"):
        GuardedStore(tmp_path)


def test_twenty_threads_each_get_their_own_answer(store: GuardedStore) -> None:
    def ask(number: int) -> str:
        (row,) = store.result(f"SELECT ?x {{ BIND({number} AS ?x) ?s ?p ?o }} LIMIT 1").rows
        return str(getattr(row[0], "value", ""))

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(ask, range(400))) == [str(number) for number in range(400)]


def test_a_worker_gives_way_after_its_lifetime(folder: Path) -> None:
    with GuardedStore(folder, Limits(workers=1, lifetime=5)) as store:
        pids = set()
        for _ in range(12):
            store.query("ASK {}")
            pids |= set(children(store._nursery.pid))
        assert len(children(store._nursery.pid)) <= 1
        assert len(pids) >= 2


def test_closing_ends_all_processes_also_those_that_answer(folder: Path) -> None:
    store = GuardedStore(folder)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(store.query, ENDLESS)
        until(lambda: children(store._nursery.pid))
        (worker,) = children(store._nursery.pid)
        store.close()
        assert isinstance(slow.exception(10), BusyError)
    until(lambda: not alive(worker))
    with pytest.raises(QueryError):
        store.query("ASK {}")


def test_when_the_parent_is_killed_nothing_runs_on(folder: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom kg.rdf.guarded import GuardedStore\n"
        f"store = GuardedStore(Path({str(folder)!r}))\n"
        "print(store._nursery.pid, flush=True)\n"
        f"store.query({ENDLESS!r})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment, text=True
    ) as parent:
        assert parent.stdout
        nursery = int(parent.stdout.readline())
        until(lambda: children(nursery))
        (worker,) = children(nursery)
        parent.kill()
        parent.wait()
    until(lambda: not alive(worker) and not alive(nursery))


@pytest.mark.parametrize("verb", ["query", "ask"])
def test_the_command_line_ends_a_query_at_its_limit(
    folder: Path, tmp_path: Path, verb: str
) -> None:
    domain = tmp_path / "slow"
    (domain / "questions").mkdir(parents=True)
    command = [sys.executable, "-m", "kg", verb]
    if verb == "query":
        command += [str(folder / "graph.trig"), ENDLESS]
    else:
        (domain / "domain.toml").write_text('title = "Slow"\niri = "https://example.org/slow#"\n')
        (domain / "questions" / "slow.rq").write_text(
            f"# title: Slow\n# question: How long?\n\n{ENDLESS}\n"
        )
        command += ["slow", str(folder), "--domain", str(domain)]
    start = time.monotonic()
    done = subprocess.run(
        [*command, "--timeout", "0.5"], capture_output=True, text=True, timeout=30, check=False
    )
    assert time.monotonic() - start < 10
    assert (done.returncode, done.stdout) == (1, "")
    assert "ran into its limit of 0.5 s" in done.stderr
