"""The server: its socket, its end, and what it says at the start."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
import uvicorn

from kg.errors import InputError
from kg.rdf.guarded import GuardedStore, Limits
from kg.read.connection import is_loopback
from kg.serve.app import make_app
from kg.serve.site import open_site

__all__ = ["serve"]

_LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})
_HEADERS = 1 << 19  # bytes of the headers of a request; a query may be in its address
_PATIENCE = 2  # seconds for what is under way at the end


def serve(
    out: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    cors: str | None = None,
    limits: Limits | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> None:
    """Serves the build in `out` until SIGINT or SIGTERM; `tell` gets the address once it listens.

    Port 0 is a free one. Raises InputError for a graph that cannot be opened and a port that cannot
    be listened on.
    """
    with _listen(host, port) as listener, GuardedStore(out, limits) as store:
        loopback = is_loopback(host)
        app = make_app(
            open_site(store, out), hosts=_LOOPBACK | {host.lower()} if loopback else None, cors=cors
        )
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
            limit_concurrency=1000,
            h11_max_incomplete_event_size=_HEADERS,
        )
        shown = f"[{host}]" if ":" in host else host
        tell(
            f"serving {store.quads} quads at http://{shown}:{listener.getsockname()[1]}/ "
            "(SPARQL at /sparql); Ctrl-C ends it"
        )
        if not loopback:
            tell(f"who reaches {host} can read the whole graph and ask it queries")
        # uvicorn raises the signal again once all is closed, and there is nothing left to end.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        _Server(config, store).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that first ends the queries under way, so that nobody has to be waited for."""

    def __init__(self, config: uvicorn.Config, store: GuardedStore) -> None:
        super().__init__(config)
        self._store = store

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the queries, then the connections."""
        await anyio.to_thread.run_sync(self._store.close)
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"port {port} of {host} is taken by another program; give another with --port, or "
                "--port 0 for a free one"
            ) from error
        raise InputError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); give another "
            "--host or --port"
        ) from error
    return listener
