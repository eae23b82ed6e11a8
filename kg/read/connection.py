"""Connections to addresses that were checked before."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import SplitResult, quote, urlsplit

from kg.errors import InputError
from kg.model.wording import without_user

__all__ = [
    "PinnedConnection",
    "checked_address",
    "is_loopback",
    "is_public",
    "port_of",
    "target_of",
]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses in IPv6 ones, RFC 6052


class PinnedConnection(http.client.HTTPConnection):
    """A connection to addresses that were checked, whatever the name says by now."""

    def __init__(self, parts: SplitResult, addresses: Sequence[str], timeout_s: float) -> None:
        super().__init__(parts.hostname or "", port_of(parts), timeout=timeout_s)
        self._addresses = addresses
        self._secure = parts.scheme == "https"
        self._open: socket.socket | None = None  # `sock` is gone once the answer is being read
        self.aborted = False

    def connect(self) -> None:
        """Opens the connection; the certificate must be that of the name."""
        self.sock = self._open = self._first_that_answers()
        if self._secure:
            # no handshake yet: `abort` must find the socket that the handshake waits for
            secure = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._open = secure
            secure.do_handshake()

    def _first_that_answers(self) -> socket.socket:
        failed: OSError = TimeoutError("took too long")
        for address in self._addresses:
            if self.aborted:
                break
            try:
                return socket.create_connection((address, self.port), self.timeout)
            except OSError as error:
                failed = error
        raise failed

    def abort(self) -> None:
        """Ends it from another thread; what is being read then ends or fails."""
        self.aborted = True
        if self._open is not None:
            with contextlib.suppress(OSError):  # it may just have ended by itself
                socket.socket.shutdown(self._open, socket.SHUT_RDWR)


def checked_address(url: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises InputError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{without_user(url)!r} is no address ({error}); check it") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InputError(f"{without_user(url)!r} is no http or https address; check it")
    if parts.username is not None:
        raise InputError(
            f"{parts.hostname}: an address with a password is not fetched; leave it out"
        )
    if any(char.isspace() or not char.isprintable() for char in url):
        raise InputError(f"{url!r} has a space or control character in it; write it as %20")
    return parts


def port_of(parts: SplitResult) -> int:
    """The port of an address, that of its scheme where it names none."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def target_of(parts: SplitResult) -> str:
    """Path and query of an address as a request names them."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def is_loopback(host: str) -> bool:
    """Whether a name or address, in brackets or not, is one of this machine for itself."""
    host = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, also where an IPv4 one hides in it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour
        if hidden is None and found in _NAT64:
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo is not None:
            return False
        if hidden is not None:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast
