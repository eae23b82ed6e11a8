"""A reconciliation service of the test, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

__all__ = ["MANIFEST", "LocalService", "candidate"]

MANIFEST = {
    "versions": ["0.1", "0.2"],
    "name": "Test records",
    "identifierSpace": "https://records.example/id/",
    "schemaSpace": "https://records.example/type/",
}
Reply = tuple[int, Mapping[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


def candidate(
    id_: str, name: str, score: float, match: bool = False, **more: Any
) -> dict[str, Any]:
    """One record as a service sends it; a company, if nothing else is said."""
    types = [{"id": "T1", "name": "company"}]
    return {"id": id_, "name": name, "score": score, "match": match, "type": types} | more


class LocalService:
    """Answers by `records` (name to candidates), or by `replies` first, in their order."""

    def __init__(self, records: Mapping[str, list[dict[str, Any]]] | None = None) -> None:
        self.records = dict(records or {})
        self.manifest: Any = MANIFEST
        self.replies: list[Reply] = []  # to POST, before the records are asked
        self.asked: list[dict[str, dict[str, Any]]] = []  # queries of each request
        self.headers: list[dict[str, str]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.headers.append(dict(self.headers))
                service.send(self, 200, {}, json.dumps(service.manifest).encode())

            def do_POST(self) -> None:
                service.headers.append(dict(self.headers))
                form = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
                queries = json.loads(parse_qs(form)["queries"][0])
                service.asked.append(queries)
                if service.replies:
                    reply = service.replies.pop(0)
                    if callable(reply):
                        reply(self)
                    else:
                        service.send(self, *reply)
                    return
                found = {
                    key: {"result": service.records.get(query["query"], [])}
                    for key, query in queries.items()
                }
                service.send(self, 200, {}, json.dumps(found).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/api"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def send(
        handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes
    ) -> None:
        """One whole answer."""
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    @property
    def names(self) -> list[list[str]]:
        """The names of each request."""
        return [[q["query"] for q in queries.values()] for queries in self.asked]

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()
