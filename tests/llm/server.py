"""An OpenAI-compatible endpoint on loopback that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Reply", "Scripted", "completion", "fact", "facts", "passage_of", "scripted"]


@dataclass(frozen=True)
class Reply:
    """One answer; `after_s` is how long it takes, `dripping` sends it a byte at a time."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    hangs: bool = False
    dripping: bool = False


Answer = Callable[[dict[str, Any]], Reply]


@dataclass
class Scripted:
    """The address of a running endpoint, and the requests that came: (headers, body)."""

    url: str
    answer: Answer
    requests: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


def completion(text: str, *, finish: str = "stop", tokens: tuple[int, int] = (100, 20)) -> Reply:
    """A completion of that text."""
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": finish,
    }
    return Reply(body=json.dumps({"choices": [choice], "usage": usage}).encode())


def fact(
    evidence: str,
    subject: str,
    relation: str,
    obj: str,
    subject_type: str = "Company",
    object_type: str = "Company",
) -> dict[str, str]:
    """One fact as a model proposes it."""
    return {
        "evidence": evidence,
        "subject": subject,
        "subject_type": subject_type,
        "relation": relation,
        "object": obj,
        "object_type": object_type,
    }


def facts(*found: dict[str, str]) -> Reply:
    """A completion that proposes these facts."""
    return completion(json.dumps({"facts": found}))


def passage_of(request: dict[str, Any]) -> str:
    """The passage of a request, between its marks."""
    lines = str(request["messages"][-1]["content"]).split("\n")
    return "\n".join(lines[1:-1])


@contextmanager
def scripted(answer: Answer) -> Iterator[Scripted]:
    """A running endpoint; it is gone when the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(length))
            script.paths.append(self.path)
            script.requests.append((dict(self.headers.items()), request))
            reply = script.answer(request)
            if reply.hangs:
                script.released.wait(10)
                return
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            parts = [reply.body]
            if reply.dripping:
                parts = [reply.body[i : i + 1] for i in range(len(reply.body))]
            for part in parts:
                try:
                    self.wfile.write(part)
                except OSError:
                    return
                if reply.dripping and script.released.wait(0.05):
                    return

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script = Scripted(f"http://127.0.0.1:{server.server_address[1]}/v1", answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield script
    finally:
        script.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
