"""Pages from the web, only when asked: slowly, within limits, and never from private addresses."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from protego import Protego

from kg.errors import InputError
from kg.read.connection import (
    PinnedConnection,
    checked_address,
    is_public,
    port_of,
    target_of,
)
from kg.read.declared import declared_metadata
from kg.read.load import page_of_bytes
from kg.read.page import RawPage
from kg.read.sources import Source
from kg.read.unpack import gunzip

__all__ = ["Answer", "Fetcher", "NoAnswerError", "read_url"]

AGENT = "newskg"
MAX_BYTES = 10_000_000
TIMEOUT_S = 30.0
PAUSE_S = 1.0
_MAX_PAUSE_S = 30.0  # a site that asks for longer ones does not want to be read
_MAX_REDIRECTS = 5
_MAX_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = "text/html,application/xhtml+xml,text/plain,application/pdf"
_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/pdf"})


class NoAnswerError(InputError):
    """A server did not answer, or not in time; it may do so if asked again."""


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
            parts = checked_address(url)
            rules = self._robots(parts)
            if not rules.can_fetch(url, AGENT):
                raise InputError(f"{url} may not be fetched: robots.txt of the site forbids it")
            self._wait(parts.netloc, float(rules.crawl_delay(AGENT) or 0))
            answer = self._get(parts, self.max_bytes)
            if answer.status not in _REDIRECTS:
                break
            url = urljoin(url, answer.headers.get("Location") or "")
        else:
            raise InputError(f"{url} redirects more than {_MAX_REDIRECTS} times; check the address")
        if answer.status != 200:
            raise InputError(f"{url} answers with status {answer.status}; check the address")
        return answer

    def ask(self, url: str, fields: Mapping[str, str] | None = None) -> Answer:
        """The answer of a service to a form sent by POST, or to GET without `fields`.

        Any status is returned but a redirect, which raises InputError: what is sent goes to the
        address that the user gave and nowhere else. robots.txt is about crawlers, and not asked
        for. Raises NoAnswerError where nothing comes back.
        """
        parts = checked_address(url)
        self._wait(parts.netloc, 0.0)
        form = None if fields is None else urlencode(fields).encode("ascii")
        answer = self._get(parts, self.max_bytes, form=form, accept="application/json")
        if answer.status in _REDIRECTS:
            target = urljoin(url, answer.headers.get("Location") or "")
            raise InputError(f"{url} redirects to {target}; give that address if you trust it")
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
            answer = self._get(checked_address(url), _MAX_ROBOTS_BYTES, cut=True)
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

    def _wait(self, host: str, asked: float) -> None:
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

    def _get(
        self,
        parts: SplitResult,
        max_bytes: int,
        *,
        cut: bool = False,
        form: bytes | None = None,
        accept: str = _PAGES,
    ) -> Answer:
        """One answer; `cut` keeps the beginning of a content that is too long."""
        url = parts.geturl()
        connection = PinnedConnection(parts, self._addresses(parts), self.timeout_s)
        # a server that sends a byte now and then would outlast any timeout between two of them
        timer = threading.Timer(self.timeout_s, connection.abort)
        timer.daemon = True
        timer.start()
        try:
            method = "GET" if form is None else "POST"
            connection.request(method, target_of(parts), form, _headers(accept, form))
            response = connection.getresponse()
            body = response.read(max_bytes + 1)
            packed = (response.headers.get("Content-Encoding") or "").lower()
            if packed in ("gzip", "x-gzip", "deflate"):
                body = gunzip(body, max_bytes, 31 if "gzip" in packed else 15)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            reason = "took too long" if connection.aborted else f"{type(error).__name__}: {error}"
            raise NoAnswerError(f"{url} cannot be fetched ({reason}); try again later") from error
        finally:
            timer.cancel()
            connection.close()
        if connection.aborted:
            raise NoAnswerError(f"{url} cannot be fetched (took too long); try again later")
        if len(body) > max_bytes and not cut:
            raise InputError(f"{url} is larger than {max_bytes:,} bytes, so it is not read")
        return Answer(response.status, body[:max_bytes], response.headers, url)

    def _addresses(self, parts: SplitResult) -> list[str]:
        """What to connect to, looked up once, so that it cannot change behind the check."""
        host = parts.hostname or ""
        try:
            found = socket.getaddrinfo(host, port_of(parts), type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise InputError(f"{host} is not known ({error}); check the address") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self.allow_private:
            for address in addresses:
                if not is_public(address):
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


def _headers(accept: str, form: bytes | None) -> dict[str, str]:
    headers = {
        "User-Agent": f"{AGENT}/{version('newskg')} (+https://w3id.org/newskg)",
        "Accept": accept,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return headers
