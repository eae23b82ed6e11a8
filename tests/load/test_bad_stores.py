"""Stores that refuse, break off, lie or vanish: one sentence each, and no graph half loaded."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.load import connection, update
from kg.load.target import read_target
from tests.load.graphs import BASE, arrived, article, expected, shared, write_graph
from tests.load.service import (
    Fault,
    Handler,
    LocalStore,
    Request,
    answering,
    dropping,
    dropping_after,
)

PLACED = {"store": shared, "update": expected}  # what must arrive
PAGE = b"<!DOCTYPE html><html><body><form>Please log in</form></body></html>"


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BACK_OFF_S", 0.001)
    monkeypatch.setattr(update, "TRIPLES", 10)
    for name in ("KG_LOAD_PASSWORD", "KG_LOAD_TOKEN", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore() as local:
        yield local


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_graph(tmp_path / "out")
    return tmp_path / "out"


def run(out: Path, url: str, *options: str, **variables: str) -> Result:
    arguments = ["load", str(out), "--to", url, *options]
    return CliRunner(env=variables).invoke(cli, arguments)


def refused(result: Result) -> str:
    """The one sentence of an error, after the lines of progress."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    *progress, told = result.stderr.splitlines()
    assert all(line[0].isdigit() for line in progress)
    assert told.startswith("Error: ")
    return told.removeprefix("Error: ")


def test_nobody_is_let_in_without_a_user(out: Path) -> None:
    with LocalStore(password="right") as store:
        told = refused(run(out, f"{store.url}/store"))
        assert "give --user NAME and its password in KG_LOAD_PASSWORD" in told


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
@pytest.mark.parametrize("way", ["store", "update"])
def test_user_and_password_go_in_the_way_the_store_asks_for(
    out: Path, scheme: str, way: str
) -> None:
    quads = write_graph(out)
    with LocalStore(password="rïght pass:word", scheme=scheme) as store:
        result = run(out, f"{store.url}/{way}", "--user", "ann", KG_LOAD_PASSWORD="rïght pass:word")
        assert result.exit_code == 0, result.output
        assert arrived(store.quads) == PLACED[way](quads)
        assert "Authorization" not in store.requests[0].headers
        sent = [request.headers.get("Authorization", scheme) for request in store.requests]
        assert all(header.startswith(scheme) for header in sent)
        assert "rïght" not in result.output


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_a_wrong_password_is_told_and_not_repeated(out: Path, scheme: str) -> None:
    with LocalStore(password="right", scheme=scheme) as store:
        result = run(out, f"{store.url}/store", "--user", "ann", KG_LOAD_PASSWORD="opensesame")
        assert "does not accept the password of ann (status 401)" in refused(result)
        assert "opensesame" not in result.output
        assert store.quads == set()
        assert len(store.requests) <= 3


def test_a_token_is_sent_and_a_wrong_one_told(out: Path) -> None:
    with LocalStore(token="abc.DEF-1") as store:
        assert run(out, f"{store.url}/store", KG_LOAD_TOKEN="abc.DEF-1").exit_code == 0
        result = run(out, f"{store.url}/store", KG_LOAD_TOKEN="stolen")
        assert "does not accept the token (status 401)" in refused(result)
        assert "stolen" not in result.output
        for bad in ("", "two words", "line\nbreak", "naïve"):
            told = refused(run(out, f"{store.url}/store", KG_LOAD_TOKEN=bad))
            assert told.startswith("the token in KG_LOAD_TOKEN is empty or holds a character")


def test_without_a_terminal_no_password_is_asked_for(out: Path, store: LocalStore) -> None:
    told = refused(run(out, f"{store.url}/store", "--user", "ann"))
    assert "set the environment variable KG_LOAD_PASSWORD" in told
    assert store.requests == []


def test_credentials_of_netrc_are_not_taken(
    out: Path, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login ann password opensesame\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert run(out, f"{store.url}/store").exit_code == 0
    assert all("Authorization" not in request.headers for request in store.requests)


def test_a_redirect_is_told_and_takes_nothing_along(out: Path, store: LocalStore) -> None:
    with LocalStore() as other:
        to = f"{other.url}/store"
        store.faults.append(answering(307, to="GET PUT POST", Location=to))
        result = run(out, f"{store.url}/store", KG_LOAD_TOKEN="abc")
        assert f"redirects to {to}" in refused(result)
        assert other.requests == []


def test_a_login_page_in_place_of_a_store_is_seen(out: Path, store: LocalStore) -> None:
    store.faults.append(answering(200, PAGE, to="GET PUT POST", Content_Type="text/html"))
    assert "does not answer as a SPARQL Graph Store or Update" in refused(run(out, store.url))
    for method in ("graph-store", "update"):
        told = refused(run(out, f"{store.url}/store", "--method", method))
        assert "check" in told
    assert store.quads == set()


@pytest.mark.parametrize(("way", "method"), [("store", "PUT"), ("update", "POST")])
def test_a_login_that_runs_out_half_way_is_seen(
    out: Path, store: LocalStore, way: str, method: str
) -> None:
    store.faults.append(after(6, method, answering(200, PAGE, to=method, Content_Type="text/html")))
    told = refused(run(out, f"{store.url}/{way}"))
    assert "answers with a web page, perhaps a login" in told
    assert "run again to complete them: no graph is loaded in part" in told


def after(number: int, method: str, then: Fault) -> Fault:
    """The fault, but not for the first requests of the method."""
    seen = [0]

    def fault(handler: Handler, request: Request) -> bool:
        if request.method != method:
            return False
        seen[0] += 1
        return seen[0] >= number and then(handler, request)

    return fault


@pytest.mark.parametrize(
    ("status", "body", "expected_words"),
    [
        (403, b"The server is read-only", 'says "The server is read-only"; it may be read-only'),
        (404, b"", "check its path"),
        (405, b"", "try another --method"),
        (413, b"", "raise its limit, or use --method update"),
        (400, b"<p>bad <b>data</b></p>", "answers with status 400"),
        (507, b"", "it has no room left; free some"),
        (500, b"write failed: No space left on device\n\nstack", "free some room on it"),
        (503, b"", "it is busy or shut down; try again later"),
    ],
)
def test_each_refusal_is_one_sentence(
    out: Path, store: LocalStore, status: int, body: bytes, expected_words: str
) -> None:
    store.faults.append(answering(status, body, Content_Type="text/plain"))
    told = refused(run(out, f"{store.url}/store"))
    assert expected_words in told
    assert told.endswith("; nothing was loaded")
    assert "stack" not in told
    assert store.quads == set()


@pytest.mark.parametrize("way", ["store", "update"])
@pytest.mark.parametrize(
    "fault",
    [
        lambda method: answering(503, to=method, times=3, Retry_After="0"),
        lambda method: answering(429, to=method, times=2),
        lambda method: answering(500, to=method, times=1),
        lambda method: dropping(to=method, after=3, times=2),
    ],
)
def test_what_passes_is_waited_for(out: Path, store: LocalStore, way: str, fault: object) -> None:
    quads = write_graph(out)
    method = "PUT" if way == "store" else "POST"
    assert callable(fault)
    passing = fault(method)
    store.faults.append(after(4, method, passing))  # the search for the way is not repeated
    result = run(out, f"{store.url}/{way}")
    assert result.exit_code == 0, result.output
    assert arrived(store.quads) == PLACED[way](quads)


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_store_that_is_busy_at_first_is_waited_for(
    out: Path, store: LocalStore, way: str
) -> None:
    store.faults.append(answering(503, to="GET POST", times=3))
    assert run(out, f"{store.url}/{way}").exit_code == 0


def test_an_upload_that_breaks_off_is_repeated(out: Path, store: LocalStore) -> None:
    quads = write_graph(out)
    store.cut_upload_after = 1000
    assert run(out, f"{store.url}/store").exit_code == 0
    assert store.cut_upload_after is None
    assert arrived(store.quads) == shared(quads)


@pytest.mark.parametrize("way", ["store", "update"])
@pytest.mark.parametrize("after_requests", range(1, 12, 2))
def test_a_store_that_vanishes_holds_whole_graphs_and_a_second_run_completes_them(
    out: Path, store: LocalStore, way: str, after_requests: int
) -> None:
    old = write_graph(out, ("a.txt", "b.txt"), [f"old {n}" for n in range(15)])
    assert run(out, f"{store.url}/{way}").exit_code == 0
    new = write_graph(out, ("a.txt", "c.txt"), [f"new {n}" for n in range(15)])
    method = "PUT" if way == "store" else "POST"
    store.faults.append(dropping(to=method, after=after_requests))
    result = run(out, f"{store.url}/{way}")
    if result.exit_code:
        assert "cannot be reached" in refused(result)
    staged = {q for q in store.quads if str(q.graph_name).startswith("<urn:x-newskg:loading:")}
    for graph in {q.graph_name for q in store.quads - staged}:
        held = {q for q in store.quads if q.graph_name == graph}
        before, after_ = (
            {q for q in PLACED[way](quads) if q.graph_name == graph} for quads in (old, new)
        )
        assert held in (before, after_) or str(graph) == f"<{BASE}graph/loaded>"
    store.faults.clear()
    assert run(out, f"{store.url}/{way}", "--prune").exit_code == 0
    assert arrived(store.quads) == PLACED[way](new)


@pytest.mark.parametrize("words", [b"COPY GRAPH", b"DROP SILENT GRAPH", b"INSERT DATA { GRAPH"])
def test_an_answer_that_is_lost_after_the_deed_does_no_harm(
    out: Path, store: LocalStore, words: bytes
) -> None:
    quads = write_graph(out)
    store.faults.append(dropping_after(words, times=3))
    assert run(out, f"{store.url}/update").exit_code == 0
    assert arrived(store.quads) == expected(quads)


def test_no_answer_in_time_is_told_and_not_asked_for_again(out: Path, store: LocalStore) -> None:
    def slow(handler: Handler, request: Request) -> bool:
        if request.method == "PUT":
            time.sleep(0.6)
        return False

    store.faults.append(slow)
    told = refused(run(out, f"{store.url}/store", "--timeout", "0.3"))
    assert "does not answer within 0.3 s; give a longer --timeout" in told
    time.sleep(0.5)
    assert len(store.sent("PUT")) == 1


def test_a_large_graph_may_take_longer_than_the_limit_as_long_as_it_goes_on(
    store: LocalStore,
) -> None:
    def taking(handler: Handler, request: Request) -> bool:
        handler.answer(204)
        return True

    store.faults.append(taking)
    store.upload_pause_s = 0.05
    body = b"<u:s> <u:p> <u:o> .\n" * 1_500_000  # more than the system holds between two ends
    with connection.Connection(read_target(f"{store.url}/store"), timeout_s=0.6) as line:
        started = time.monotonic()
        reply = line.send("PUT", f"{store.url}/store?graph=u:g", body, type_="text/turtle")
    assert reply.status == 204
    assert time.monotonic() - started > 2 * line.timeout_s
    assert store.requests[-1].body == body


def test_an_answer_that_never_ends_is_ended(out: Path, store: LocalStore) -> None:
    def dripping(handler: Handler, request: Request) -> bool:
        if request.method != "PUT":
            return False
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)
        return True

    store.faults.append(dripping)
    begun = time.monotonic()
    run(out, f"{store.url}/store", "--timeout", "0.3")
    assert time.monotonic() - begun < 1.5


def test_a_server_that_does_not_tell_graphs_apart_loses_nothing(out: Path) -> None:
    class Whole(http.server.BaseHTTPRequestHandler):
        """As PUT to a whole repository: what is sent replaces all there is."""

        held = b""
        puts = 0

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/n-triples")
            self.end_headers()
            self.wfile.write(type(self).held)

        def do_PUT(self) -> None:
            type(self).held = self.rfile.read(int(self.headers["Content-Length"]))
            type(self).puts += 1
            self.send_response(204)
            self.end_headers()

        def do_POST(self) -> None:
            self.send_error(405)

        def log_message(self, *_: object) -> None:
            pass

    theirs = b"<urn:x> <urn:p> <urn:y> .\n"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Whole) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/store"
        Whole.held = theirs
        assert "check its path" in refused(run(out, url))
        assert Whole.held == theirs
        Whole.held = b""  # an empty one cannot be told beforehand
        assert "does not tell graphs apart" in refused(run(out, url))
        assert Whole.puts == 1
        server.shutdown()


def test_addresses_where_nobody_answers(out: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = refused(run(out, f"http://127.0.0.1:{port}/store"))
    assert told == (
        f"http://127.0.0.1:{port}/store cannot be reached (Connection refused); check the address "
        "and that it runs"
    )


def test_a_folder_without_a_graph_is_told_before_anything_is_sent(
    tmp_path: Path, store: LocalStore
) -> None:
    told = refused(run(tmp_path, f"{store.url}/store"))
    assert str(tmp_path) in told
    assert store.requests == []


def test_an_article_graph_is_named_in_progress_and_summary(out: Path, store: LocalStore) -> None:
    result = run(out, f"{store.url}/store")
    assert f"2/6 <{article('a.txt')}>\n" in result.stderr
    assert "45 triples loaded" in result.stdout
    assert run(out, f"{store.url}/store", "--quiet").output == ""
