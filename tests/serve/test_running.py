"""How the server starts and ends."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from tests.rdf.test_guarded import ENDLESS, alive, children, until
from tests.serve.outputs import deal_graph, write_outputs
from tests.serve.running import Server, serving, start


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_outputs(tmp_path_factory.mktemp("small"), deal_graph())


def descendants(pid: int) -> list[int]:
    below = children(pid)
    return [*below, *(one for child in below for one in descendants(child))]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_all_its_processes_also_in_a_query(
    small: Path, number: signal.Signals
) -> None:
    with serving(small) as server:
        asking = Thread(target=_ignored, args=(server,), daemon=True)
        asking.start()
        until(lambda: len(descendants(server.process.pid)) >= 2)
        time.sleep(0.3)
        below = descendants(server.process.pid)
        server.process.send_signal(number)
        _, said = server.process.communicate(timeout=15)
        assert server.process.returncode == 0
        assert said == ""
        until(lambda: not any(map(alive, below)))


def _ignored(server: Server) -> None:
    try:
        server.query(ENDLESS)
    except OSError:
        return


def test_a_worker_that_is_killed_costs_its_query_only(small: Path) -> None:
    with serving(small) as server:
        assert server.query("ASK {}").status == 200
        for pid in descendants(server.process.pid):
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        assert server.query("ASK {}").status == 200


def test_a_port_that_is_taken_is_one_clear_sentence(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = start(small, "--port", port)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"port {port} of 127.0.0.1 is taken" in said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--host", "no.such.host.invalid"], "cannot be listened on"),
        (["--host", "192.0.2.1"], "cannot be listened on"),
        (["--timeout", "0"], "is not in the range"),
    ],
)
def test_what_cannot_be_is_said(small: Path, options: list[str], expected: str) -> None:
    process = start(small, "--port", "0", *options)
    _, said = process.communicate(timeout=30)
    assert process.returncode != 0
    assert expected in said
    assert "Traceback" not in said


def test_a_folder_without_a_graph_is_said(tmp_path: Path) -> None:
    process = start(tmp_path, "--port", "0")
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "run kg build" in said


def test_a_new_build_is_served_after_a_restart_only(tmp_path: Path) -> None:
    out = write_outputs(tmp_path / "out", deal_graph())
    with serving(out) as server:
        before = server.query("SELECT ?n { ?s a nr:Company ; schema:name ?n } ORDER BY ?n").body
        shutil.rmtree(out)
        write_outputs(out, deal_graph("Another One"), viewer="<p>new</p>")
        for _ in range(3):
            after = server.query("SELECT ?n { ?s a nr:Company ; schema:name ?n } ORDER BY ?n").body
            assert after == before
        assert server.ask("/graph").body == b"<p>drawn</p>"
    with serving(out) as server:
        assert b"Another One" in server.query("SELECT ?n { ?s schema:name ?n }").body


def test_without_the_extra_one_line_says_what_to_install(small: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['starlette'] = sys.modules['uvicorn'] = None\n"
    )
    paths = [str(tmp_path), *(path for path in sys.path if path)]
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", str(small)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert re.fullmatch(r"Error: .*pip install 'newskg\[serve\]'\n", done.stderr)


def test_it_listens_on_the_other_loopback_too(small: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 on this machine")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 on this machine")
    process = start(small, "--host", "::1", "--port", "0")
    try:
        assert process.stderr
        address = re.search(r"http://\[::1\]:(\d+)/", process.stderr.readline())
        assert address
        connection = http.client.HTTPConnection("::1", int(address[1]), timeout=10)
        connection.request("GET", "/sparql?query=ASK%7B%7D")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        process.terminate()
        process.communicate(timeout=20)
