"""A store of the test, on this machine, that misbehaves as it is told to."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

__all__ = ["Fault", "LocalStore", "Request", "answering", "dropping", "dropping_after"]

N_TRIPLES = "application/n-triples"


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


# Takes a request before the store does. True: it has answered, or hung up.
Fault = Callable[["Handler", Request], bool]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    local: LocalStore

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        cut = self.local.cut_upload_after
        if cut is not None and length > cut:
            self.local.cut_upload_after = None
            self.rfile.read(cut)
            self.hang_up()
            return
        body = self.rfile.read(length) if not self.local.upload_pause_s else self.slowly(length)
        request = Request(self.command, self.path, dict(self.headers), body)
        with self.local.lock:
            self.local.requests.append(request)
            fault = next((f for f in self.local.faults if f(self, request)), None)
            if fault is None and self.local.lets_in(self, request):
                self.local.serve(self, request)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 - as http.server calls them

    def slowly(self, length: int) -> bytes:
        """The body, a megabyte at a time."""
        pieces = []
        for start in range(0, length, 1_000_000):
            time.sleep(self.local.upload_pause_s)
            pieces.append(self.rfile.read(min(1_000_000, length - start)))
        return b"".join(pieces)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """One whole answer; `Content_Type` names the header Content-Type."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        """Resets the connection without an answer."""
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of connections that were reset: tests do that."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


@dataclass
class LocalStore:
    """Graph Store at /store, Update at /update, queries at /query, over a real store; else 404.

    With `union` a plain query asks all graphs together, which the Graph Store does not show.

    With `password` it lets in "ann" only, by `scheme` Basic or Digest, or with that bearer token.
    """

    password: str | None = None
    scheme: str = "Basic"
    token: str | None = None
    faults: list[Fault] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    cut_upload_after: int | None = None  # bytes of one body, once
    upload_pause_s: float = 0.0  # between the megabytes of a body
    union: bool = False
    store: ox.Store = field(default_factory=ox.Store)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __enter__(self) -> Self:
        handler = type("Bound", (Handler,), {"local": self})
        self._server = Server(("127.0.0.1", 0), handler)
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def quads(self) -> set[ox.Quad]:
        """All that it holds."""
        return set(self.store)

    def sent(self, *methods: str) -> list[Request]:
        """The requests with one of these methods."""
        return [request for request in self.requests if request.method in methods]

    def lets_in(self, handler: Handler, request: Request) -> bool:
        """False after it has answered that it does not."""
        given = request.headers.get("Authorization", "")
        if self.token is not None and given != f"Bearer {self.token}":
            handler.answer(401, WWW_Authenticate="Bearer")
            return False
        if self.password is None or self._is_right(given, request):
            return True
        challenge = 'Basic realm="x"'
        if self.scheme == "Digest":
            challenge = 'Digest realm="x", nonce="n", qop="auth", algorithm="MD5"'
        handler.answer(401, WWW_Authenticate=challenge)
        return False

    def _is_right(self, given: str, request: Request) -> bool:
        if self.scheme == "Basic":
            return given == "Basic " + base64.b64encode(f"ann:{self.password}".encode()).decode()
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', given))
        first = _md5(f"ann:x:{self.password}")
        second = _md5(f"{request.method}:{request.path}")
        parts = (first, "n", said.get("nc"), said.get("cnonce"), "auth", second)
        return said.get("response") == _md5(":".join(map(str, parts)))

    def serve(self, handler: Handler, request: Request) -> None:
        """The answer of a store that does as it should."""
        parts = urlsplit(request.path)
        if parts.path == "/store":
            self._graph(handler, request, parse_qs(parts.query, keep_blank_values=True))
        elif parts.path == "/query" and request.method == "GET":
            self._query(handler, parse_qs(parts.query)["query"][0])
        elif parts.path == "/update" and request.method == "POST":
            try:
                self.store.update(request.body.decode("utf-8"))
            except (SyntaxError, RuntimeError) as error:
                handler.answer(400, str(error).encode(), Content_Type="text/plain")
            else:
                handler.answer(204)
        else:
            handler.answer(404, b"nothing here", Content_Type="text/plain")

    def _query(self, handler: Handler, text: str) -> None:
        found = self.store.query(text, use_default_graph_as_union=self.union)
        assert not isinstance(found, ox.QueryTriples)
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        handler.answer(200, body, Content_Type="application/sparql-results+json")

    def _graph(self, handler: Handler, request: Request, query: dict[str, list[str]]) -> None:
        name: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
        if "graph" in query:
            name = ox.NamedNode(query["graph"][0])
        held = list(self.store.quads_for_pattern(None, None, None, name))
        if request.method in ("GET", "DELETE") and not held and "graph" in query:
            handler.answer(404, b"no such graph", Content_Type="text/plain")
        elif request.method == "GET":
            triples = [quad.triple for quad in held]
            body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            handler.answer(200, body, Content_Type=N_TRIPLES)
        elif request.method == "DELETE":
            self.store.clear_graph(name)
            handler.answer(204)
        else:
            if request.headers.get("Content-Type") != N_TRIPLES:
                handler.answer(415)
                return
            new = [quad.triple for quad in ox.parse(request.body, format=ox.RdfFormat.N_TRIPLES)]
            if request.method != "POST":
                self.store.clear_graph(name)
            self.store.extend(ox.Quad(*triple, name) for triple in new)
            handler.answer(204)


def answering(
    status: int, body: bytes = b"", *, to: str = "PUT", times: int = 10**9, **headers: str
) -> Fault:
    """Answers so to the next requests of a method."""
    left = [times]

    def fault(handler: Handler, request: Request) -> bool:
        if request.method not in to.split() or not left[0]:
            return False
        left[0] -= 1
        handler.answer(status, body, **headers)
        return True

    return fault


def dropping(*, to: str = "PUT", after: int = 0, times: int = 10**9) -> Fault:
    """Hangs up instead of an answer to the requests of a method, but for the first ones."""
    seen = [0]

    def fault(handler: Handler, request: Request) -> bool:
        if request.method not in to.split():
            return False
        seen[0] += 1
        if not after < seen[0] <= after + times:
            return False
        handler.hang_up()
        return True

    return fault


def dropping_after(words: bytes, *, times: int = 1) -> Fault:
    """Does what is asked, where the body holds these words, and hangs up before the answer."""
    left = [times]

    def fault(handler: Handler, request: Request) -> bool:
        if words not in request.body or not left[0]:
            return False
        left[0] -= 1
        handler.local.store.update(request.body.decode("utf-8"))
        handler.hang_up()
        return True

    return fault


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
