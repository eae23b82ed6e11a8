"""A way to a server that breaks: between the client and a port of this machine."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class BrokenLine:
    """Forwards to `target`; after `after` bytes of the client it breaks.

    `breaks` is how many connections break so; each starts to count anew. `mute`: nothing is
    forwarded any more, but the connection stays open. `gone`: nobody answers after the first break.
    With `tls` the client has to speak TLS.
    """

    target: int
    after: int
    breaks: int = 1
    mute: bool = False
    gone: bool = False
    tls: ssl.SSLContext | None = None
    port: int = 0
    broken: int = 0
    _sockets: list[socket.socket] = field(default_factory=list, repr=False)
    _closed: bool = False

    def serve(self, listener: socket.socket) -> None:
        while not self._closed:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self.gone and self.broken:
                reset(client)
                continue
            if self.tls is not None:
                try:
                    client = self.tls.wrap_socket(client, server_side=True)
                except OSError:  # a client that does not trust the certificate, or knows no TLS
                    continue
            server = socket.create_connection(("127.0.0.1", self.target))
            self._sockets += [client, server]
            threading.Thread(target=self.forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self.back, args=(server, client), daemon=True).start()

    def forward(self, client: socket.socket, server: socket.socket) -> None:
        seen = 0
        with suppress(OSError):
            while data := client.recv(4096):
                seen += len(data)
                if seen > self.after and self.broken < self.breaks:
                    self.broken += 1
                    if not self.mute:
                        reset(client)
                        reset(server)
                    return
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(4096):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._closed = True
        for item in self._sockets:
            item.close()


def reset(connection: socket.socket) -> None:
    """Closes at once and in the middle, as a machine that goes away does."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def broken_line(
    target: int,
    *,
    after: int = 0,
    breaks: int = 1,
    mute: bool = False,
    gone: bool = False,
    tls: ssl.SSLContext | None = None,
) -> Iterator[BrokenLine]:
    """The line, on a free port of 127.0.0.1; closed at the end."""
    line = BrokenLine(target, after, breaks, mute, gone, tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line.port = listener.getsockname()[1]
        threading.Thread(target=line.serve, args=(listener,), daemon=True).start()
        try:
            yield line
        finally:
            line.close()
