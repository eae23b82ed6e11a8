"""Pages from the web, only when asked: slowly, within limits, and never from private addresses."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from protego import Protego

from kg.errors import InputError
from kg.read.declared import declared_metadata
from kg.read.load import page_of_bytes
from kg.read.page import RawPage
from kg.read.sources import Source
from kg.read.unpack import gunzip

__all__ = ["Answer", "Fetcher", "read_url"]

AGENT = "newskg"
MAX_BYTES = 10_000_000
TIMEOUT_S = 30.0
PAUSE_S = 1.0
_MAX_PAUSE_S = 30.0  # a site that asks for longer ones does not want to be read
_MAX_REDIRECTS = 5
_MAX_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses in IPv6 ones, RFC 6052


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the status, the content unpacked, and where it came from in the end."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage
    url: str


@dataclass
class Fetcher:
    """Fetches pages one after the other, with a pause between two of one host.

    Follows robots.txt (RFC 9309). Sends no cookies and keeps none. With `allow_private` it also
    connects to loopback, link-local and private addresses, which it refuses otherwise, whatever
    name, redirect or notation leads to them. Times in seconds, sizes in bytes.
    """

    allow_private: bool = False
    timeout_s: float = TIMEOUT_S
    pause_s: float = PAUSE_S
    max_bytes: int = MAX_BYTES
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Protego] = field(default_factory=dict, repr=False)
    _last: dict[str, float] = field(default_factory=dict, repr=False)

    def fetch(self, url: str) -> Answer:
        """The answer to GET, redirects followed. Raises InputError where there is none, or no 200.

        Asks for robots.txt of each site first and raises where that forbids the page.
        """
        for _ in range(_MAX_REDIRECTS + 1):
            parts = _checked(url)
            rules = self._robots(parts)
            if not rules.can_fetch(url, AGENT):
                raise InputError(f"{url} may not be fetched: robots.txt of the site forbids it")
            self._wait(parts.netloc, rules)
            answer = self._get(parts, self.max_bytes)
            if answer.status not in _REDIRECTS:
                break
            url = urljoin(url, answer.headers.get("Location") or "")
        else:
            raise InputError(f"{url} redirects more than {_MAX_REDIRECTS} times; check the address")
        if answer.status != 200:
            raise InputError(f"{url} answers with status {answer.status}; check the address")
        return answer

    def _robots(self, parts: SplitResult) -> Protego:
        """The rules of a site, asked for once: 4xx allows all, no answer and 5xx forbid all."""
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = Protego.parse(self._robots_text(site))
        return self._rules[site]

    def _robots_text(self, site: str) -> str:
        url = f"{site}/robots.txt"
        for _ in range(_MAX_REDIRECTS + 1):
            answer = self._get(_checked(url), _MAX_ROBOTS_BYTES, cut=True)
            if answer.status not in _REDIRECTS:
                break
            url = urljoin(url, answer.headers.get("Location") or "")
        else:
            return ""
        self._last[urlsplit(site).netloc] = time.monotonic()
        if answer.status >= 500:
            raise InputError(
                f"{site} cannot say what may be fetched (robots.txt answers with status "
                f"{answer.status}); try again later, or save the page and give the file"
            )
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _wait(self, host: str, rules: Protego) -> None:
        asked = float(rules.crawl_delay(AGENT) or 0)
        if asked > _MAX_PAUSE_S:
            raise InputError(
                f"{host} asks for {asked:g} seconds between two pages; save the page and give the "
                "file"
            )
        if host in self._last:
            rest = self._last[host] + max(self.pause_s, asked) - time.monotonic()
            if rest > 0:
                self.sleep(rest)
        self._last[host] = time.monotonic()

    def _get(self, parts: SplitResult, max_bytes: int, *, cut: bool = False) -> Answer:
        """One answer; `cut` keeps the beginning of a content that is too long."""
        url = parts.geturl()
        connection = _Pinned(parts, self._addresses(parts), self.timeout_s)
        # a server that sends a byte now and then would outlast any timeout between two of them
        timer = threading.Timer(self.timeout_s, connection.abort)
        timer.daemon = True
        timer.start()
        try:
            connection.request("GET", _target(parts), headers=_headers())
            response = connection.getresponse()
            body = response.read(max_bytes + 1)
            packed = (response.headers.get("Content-Encoding") or "").lower()
            if packed in ("gzip", "x-gzip", "deflate"):
                body = gunzip(body, max_bytes, 31 if "gzip" in packed else 15)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            reason = "took too long" if connection.aborted else f"{type(error).__name__}: {error}"
            raise InputError(f"{url} cannot be fetched ({reason}); try again later") from error
        finally:
            timer.cancel()
            connection.close()
        if connection.aborted:
            raise InputError(f"{url} cannot be fetched (took too long); try again later")
        if len(body) > max_bytes and not cut:
            raise InputError(f"{url} is larger than {max_bytes:,} bytes, which no article is")
        return Answer(response.status, body[:max_bytes], response.headers, url)

    def _addresses(self, parts: SplitResult) -> list[str]:
        """What to connect to, looked up once, so that it cannot change behind the check."""
        host = parts.hostname or ""
        try:
            found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise InputError(f"{host} is not known ({error}); check the address") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self.allow_private:
            for address in addresses:
                if not _is_public(address):
                    raise InputError(
                        f"{host} is the private address {address}, which is not fetched; "
                        "give --allow-private if you mean it"
                    )
        return addresses


def read_url(source: Source, max_chars: int, fetcher: Fetcher) -> RawPage:
    """The page at an address: HTML, plain text or PDF. Raises InputError."""
    answer = fetcher.fetch(source.url)
    media_type = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
    if media_type not in _TYPES:
        raise InputError(
            f"{source.url} is {media_type}, not a page; pages of HTML, text and PDF are fetched"
        )
    page = page_of_bytes(
        answer.body,
        source.name,
        max_chars,
        charset=answer.headers.get_content_charset(),
        media_type=media_type,
    )
    declared, _ = declared_metadata({"url": answer.url, "title": page.declared.title})
    return RawPage(
        page.name,
        page.text,
        page.format,
        page.warnings,
        declared,
        place=f"{source.name}#1",
        chrome_start=page.chrome_start,
    )


class _Pinned(http.client.HTTPConnection):
    """A connection to addresses that were checked, whatever the name says by now."""

    def __init__(self, parts: SplitResult, addresses: Sequence[str], timeout_s: float) -> None:
        super().__init__(parts.hostname or "", _port(parts), timeout=timeout_s)
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


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises InputError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{url!r} is no address ({error}); check it") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InputError(f"{url!r} is no http or https address; check it")
    if parts.username is not None:
        raise InputError(
            f"{parts.hostname}: an address with a password is not fetched; leave it out"
        )
    if any(char.isspace() or not char.isprintable() for char in url):
        raise InputError(f"{url!r} has a space or control character in it; write it as %20")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"{AGENT}/{version('newskg')} (+https://w3id.org/newskg)",
        "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, also where an IPv4 one hides in it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour
        if hidden is None and found in _NAT64:
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo is not None:
            return False
        if hidden is not None:
            return _is_public(str(hidden))
    return found.is_global and not found.is_multicast
