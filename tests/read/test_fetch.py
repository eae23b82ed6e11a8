"""Fetching, against a server on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.errors import InputError
from kg.read.clean import clean
from kg.read.fetch import Fetcher, read_url
from kg.read.load import MAX_CHARS, Inputs, RawPage, Source, Unreadable, find_sources, read_pages

SENTENCE = "Korvex Marine will build four ferries for the strait, the office said on Thursday. "
PAGE = f"<!doctype html><html><body><article><p>{SENTENCE * 4}</p></article></body></html>".encode()

Route = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web site of the test: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {"/robots.txt": (404, {}, b"")}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                route = site.routes.get(self.path, (404, {}, b"gone"))
                if callable(route):
                    route(self)
                    return
                status, headers, body = route
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path: str, body: bytes = PAGE, **headers: str) -> str:
        fields = {"Content-Type": "text/html"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        self.routes[path] = (200, fields, body)
        return self.url + path

    def redirect(self, path: str, target: str) -> str:
        self.routes[path] = (302, {"Location": target}, b"")
        return self.url + path

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def fetcher(pauses: list[float]) -> Fetcher:
    return Fetcher(allow_private=True, sleep=pauses.append, timeout_s=5)


def read(url: str, fetcher: Fetcher) -> RawPage:
    return read_url(Source(url, find_sources([], [url])[0].path, url), MAX_CHARS, fetcher)


def test_page_is_an_article_named_by_its_address(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/news?id=1")
    article = clean(read(url, fetcher))
    assert (article.name, article.url, article.format) == (url, url, "html")
    assert article.text.startswith("Korvex Marine will build")


def test_request_says_who_asks_and_sends_no_cookie(site: Site, fetcher: Fetcher) -> None:
    for path in ("/1", "/2"):
        read(site.page(path, Set_Cookie="a=b"), fetcher)
    for _, headers in site.asked:
        assert headers["User-Agent"].startswith("newskg/")
        assert "Cookie" not in headers
    assert site.paths == ["/robots.txt", "/1", "/2"]


def test_host_gets_a_pause_and_another_host_none(
    site: Site, fetcher: Fetcher, pauses: list[float]
) -> None:
    other = Site()
    read(site.page("/1"), fetcher)
    read(other.page("/1"), fetcher)
    assert len(pauses) == 2  # after robots.txt, each
    read(site.page("/2"), fetcher)
    assert len(pauses) == 3
    assert all(0 < pause <= 1 for pause in pauses)
    other.server.server_close()


@pytest.mark.parametrize("agent", ["*", "newskg"])
def test_robots_are_followed(site: Site, fetcher: Fetcher, agent: str, pauses: list[float]) -> None:
    rules = f"User-agent: {agent}\nDisallow: /private\nAllow: /private/open$\nCrawl-delay: 7\n"
    site.page("/robots.txt", rules.encode())
    with pytest.raises(InputError, match=r"may not be fetched: robots\.txt of the site forbids"):
        read(site.page("/private/1"), fetcher)
    read(site.page("/private/open"), fetcher)
    assert "/private/1" not in site.paths
    assert 6 < pauses[-1] <= 7


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)]
)
def test_robots_that_cannot_be_had(
    site: Site, fetcher: Fetcher, status: int, allowed: bool
) -> None:
    url = site.page("/1")
    site.routes["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /\n")
    if allowed:
        read(url, fetcher)
    else:
        with pytest.raises(InputError, match="cannot say what may be fetched"):
            read(url, fetcher)
        assert site.paths == ["/robots.txt"]


def test_site_that_asks_for_long_pauses_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 600\n")
    with pytest.raises(InputError, match="asks for 600 seconds between two pages"):
        read(site.page("/1"), fetcher)


def test_redirect_is_followed_and_asks_the_other_site_too(site: Site, fetcher: Fetcher) -> None:
    other = Site()
    target = other.page("/a")
    page = read(site.redirect("/1", target), fetcher)
    assert (page.name, page.declared.url) == (f"{site.url}/1", target)
    assert other.paths == ["/robots.txt", "/a"]
    other.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    with pytest.raises(InputError, match="forbids"):
        read(site.redirect("/1", target), Fetcher(allow_private=True, sleep=lambda _: None))
    other.server.server_close()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/1", "redirects more than 5 times"),
        ("file:///etc/hostname", "is no http or https address"),
        ("ftp://127.0.0.1/", "is no http or https address"),
        ("http://user:word@127.0.0.1/", "an address with a password"),
        ("http://127.0.0.1:99999/", "is no address"),
        ("/a b", "has a space or control character"),
    ],
)
def test_redirect_that_is_not_followed(
    site: Site, fetcher: Fetcher, target: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        read(site.redirect("/1", target), fetcher)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",  # 127.0.0.1 as one number
        "0x7f.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep credentials
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_private_address_is_refused_unasked(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connects"))
    with pytest.raises(InputError, match=r"is the private address .* give --allow-private"):
        Fetcher().fetch(f"http://{host}/")


def test_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = Site()
    site.redirect("/1", private.page("/a"))
    # the first site counts as public, so that only the check of the second one can stop it
    names = {"public.example": site.server.server_port}
    monkeypatch.setattr("kg.read.fetch.is_public", lambda address: address == "127.0.0.2")
    lookup = socket.getaddrinfo

    def resolve(host: str, port: Any, *rest: Any, **more: Any) -> Any:
        return lookup("127.0.0.2" if host in names else host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    connect = socket.create_connection
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, *rest: connect(("127.0.0.1", address[1]), *rest),
    )
    fetcher = Fetcher(sleep=lambda _: None)
    with pytest.raises(InputError, match=r"127\.0\.0\.1 is the private address"):
        fetcher.fetch(f"http://public.example:{site.server.server_port}/1")
    assert site.paths == ["/robots.txt", "/1"]
    assert private.paths == []
    private.server.server_close()


def test_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(0, 0, 0, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(InputError, match=r"is the private address 10\.0\.0\.1"):
        Fetcher().fetch("http://two-faced.example/")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/hostname", "is no http or https address"),
        ("gopher://ledger.example/", "is no http or https address"),
        ("ledger.example/1", "is no http or https address"),
        ("http:///1", "is no http or https address"),
        ("http://[::1", "is no address"),
    ],
)
def test_address_that_is_none(address: str, reason: str) -> None:
    (page,) = read_pages(find_sources([], [address])[0])
    assert isinstance(page, Unreadable)
    assert reason in page.reason


def test_large_page_is_given_up_early(site: Site) -> None:
    small = Fetcher(allow_private=True, sleep=lambda _: None, max_bytes=10_000)
    with pytest.raises(InputError, match="larger than 10,000 bytes"):
        read(site.page("/1", b"x" * 20_000), small)
    bomb = gzip.compress(b"x" * 50_000_000)
    with pytest.raises(InputError, match="larger than"):
        read(site.page("/2", bomb, Content_Encoding="gzip"), small)


def test_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/1", gzip.compress(PAGE), Content_Encoding="gzip")
    assert read(url, fetcher).text == PAGE.decode()


def test_server_that_drips_is_cut_off(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    site.routes["/1"] = drip
    impatient = Fetcher(allow_private=True, sleep=lambda _: None, timeout_s=0.5)
    begun = time.monotonic()
    with pytest.raises(InputError, match="took too long"):
        read(f"{site.url}/1", impatient)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500]
)
def test_server_that_talks_nonsense_is_an_error(
    site: Site, fetcher: Fetcher, answer: bytes
) -> None:
    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)

    site.routes["/1"] = talk
    with pytest.raises(InputError, match="cannot be fetched"):
        read(f"{site.url}/1", fetcher)


def test_server_that_is_not_there_is_an_error(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(InputError, match="cannot be fetched"):
        fetcher.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        ("Łódź opens a yard.".encode("iso-8859-2"), "text/plain; charset=iso-8859-2", "txt"),
        (PAGE, "application/xhtml+xml", "html"),
        (PAGE, "", "html"),
        (b"Korvex builds ferries.", "text/plain", "txt"),
    ],
)
def test_format_is_what_the_server_says(
    site: Site, fetcher: Fetcher, body: bytes, kind: str, expected: str
) -> None:
    site.routes["/1"] = (200, {"Content-Type": kind} if kind else {}, body)
    page = read(f"{site.url}/1", fetcher)
    assert page.format == expected
    assert "�" not in page.text


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/json"])
def test_what_is_no_page_is_an_error(site: Site, fetcher: Fetcher, kind: str) -> None:
    with pytest.raises(InputError, match=f"is {kind}, not a page"):
        read(site.page("/1", Content_Type=kind), fetcher)


def test_missing_page_is_an_error(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(InputError, match="answers with status 404; check the address"):
        read(f"{site.url}/none", fetcher)


def test_one_bad_address_does_not_stop_the_others(site: Site) -> None:
    good = site.page("/good")
    inputs = Inputs(find_sources([], [f"{site.url}/bad", good]), allow_private=True)
    bad, page = inputs
    assert isinstance(bad, Unreadable)
    assert (bad.name, page.name) == (f"{site.url}/bad", good)


def test_without_an_address_the_fetcher_is_not_even_loaded() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from kg.read.load import Inputs, find_sources; "
        "list(Inputs(find_sources(['pyproject.toml']))); "
        "sys.exit('kg.read.fetch' in sys.modules or 'http.client' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
