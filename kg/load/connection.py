"""Requests to one store over HTTP: patient, as the user it is told, and to no other host."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from importlib.metadata import version
from io import BufferedReader, BytesIO
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from kg.errors import LoadError
from kg.load.body import PIECE, Body
from kg.load.refusals import explained, unreachable
from kg.load.target import Credentials, Target
from kg.read.connection import is_loopback

__all__ = ["Connection", "Reply"]

TRIES = 5
BACK_OFF_S = 0.5  # before the second repetition; doubled before each further one
_LONGEST_WAIT_S = 60  # that a busy server may ask for
_CONNECT_S = 10.0
_MAX_BYTES = 100_000_000  # of an answer: no list of graphs is larger
_AGAIN = (429, 500, 502, 503, 504)
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the store answered."""

    status: int
    type: str  # media type, lower case; "" where none is said
    body: bytes = field(repr=False)

    @property
    def is_page(self) -> bool:
        """True for a web page that says something: made for people, perhaps a login."""
        return self.type in ("text/html", "application/xhtml+xml") and bool(self.body.strip())


class _Patience(Retry):
    """Repeats what was refused or broken off, but not what got no answer in time."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, ReadTimeoutError) and _pool is not None:
            raise MaxRetryError(_pool, url or "", error)  # the store may still be at it
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Nobody(AuthBase):
    """Sends no credentials: without it, those in ~/.netrc would be taken."""

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        return r


@dataclass(frozen=True, slots=True)
class _Bearer(AuthBase):
    token: str = field(repr=False)

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        r.headers["Authorization"] = f"Bearer {self.token}"
        return r


class Connection:
    """A store at an address. Every request sent through it may be sent twice without harm.

    A request that is refused for the moment (429, 5xx) or broken off is repeated after growing
    pauses. User and password go out only after the store has asked for them, by Digest where it
    offers that, else by Basic. A redirect is not followed. Use it in a `with`.
    """

    def __init__(self, target: Target, timeout_s: float) -> None:
        self.target = target
        self.timeout_s = timeout_s
        self._auth = _first(target.credentials)
        self._asked = False  # for the password
        self._sessions = {patient: _session(patient) for patient in (True, False)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for session in self._sessions.values():
            session.close()

    @property
    def is_overheard(self) -> bool:
        """True when a secret goes to another machine as anybody on the way can read it."""
        parts = urlsplit(self.target.url)
        plain = parts.scheme == "http" and not is_loopback(parts.hostname or "")
        return plain and isinstance(self._auth, HTTPBasicAuth | _Bearer)

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        *,
        type_: str | None = None,
        accept: str = "*/*",
        patient: bool = True,
    ) -> Reply:
        """The answer of the store, whatever it is but a redirect or a refusal of who asks.

        `type_` is the media type of the body. Raises LoadError where no answer comes.
        """
        headers = {"Accept": accept} | ({} if type_ is None else {"Content-Type": type_})
        reply, said = self._once(method, url, body, headers, patient)
        if reply.status in (401, 403) and self._take_up(said):
            reply, said = self._once(method, url, body, headers, patient)
        if reply.status in (401, 403):
            raise self.failure(reply)
        if 300 <= reply.status < 400:
            place = urljoin(url, said.get("Location", ""))
            raise LoadError(
                f"{self.target.url} redirects to {place}; give that address if you trust it"
            )
        return reply

    @contextmanager
    def stream(self, url: str, *, accept: str) -> Iterator[tuple[Reply, BinaryIO]]:
        """The answer to a GET, its body to be read as it comes and as far as it is wanted.

        For after a `send`, which finds out who asks. Raises LoadError as that does, also in the
        `with`.
        """
        try:
            with self._request("GET", url, None, {"Accept": accept}, patient=True) as answer:
                type_ = _media_type(answer.headers.get("Content-Type", ""))
                body = BufferedReader(Body(answer, self.timeout_s), PIECE)
                yield Reply(answer.status_code, type_, b""), body
        except (requests.RequestException, HTTPError, OSError) as error:
            raise LoadError(unreachable(error, self.target.url, self.timeout_s)) from error

    def failure(self, reply: Reply) -> LoadError:
        """What to tell of an answer that is no success."""
        sent = (reply.status, reply.body, reply.type, self.target.url, self._sent)
        return LoadError(explained(*sent))

    @property
    def _sent(self) -> str | None:
        """What was sent to say who asks, in words; None for nothing."""
        if isinstance(self._auth, _Nobody):
            return None
        user = self.target.credentials.user
        return "the token" if user is None else f"the password of {user}"

    def _take_up(self, said: requests.structures.CaseInsensitiveDict[str]) -> bool:
        """True when there is a password that the store has not seen yet."""
        known = self.target.credentials
        if self._asked or known.user is None or known.password is None:
            return False
        self._asked = True
        if "digest" in said.get("WWW-Authenticate", "").lower():
            self._auth = HTTPDigestAuth(known.user, known.password)
        else:
            self._auth = HTTPBasicAuth(known.user.encode(), known.password.encode())
        return True

    def _once(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], patient: bool
    ) -> tuple[Reply, requests.structures.CaseInsensitiveDict[str]]:
        try:
            with self._request(method, url, body, headers, patient) as answer:
                return self._read(answer), answer.headers
        except (requests.RequestException, HTTPError, OSError) as error:
            raise LoadError(unreachable(error, self.target.url, self.timeout_s)) from error

    def _request(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], patient: bool
    ) -> requests.Response:
        # Bytes must all be sent within the limit, of a file each block must. Until all is sent the
        # limit for connecting holds, and a busy store needs the longer one.
        connect_s = self.timeout_s if body else min(_CONNECT_S, self.timeout_s)
        return self._sessions[patient].request(
            method,
            url,
            data=BytesIO(body) if body else None,
            headers={"User-Agent": f"newskg/{version('newskg')}", **headers},
            auth=self._auth,
            timeout=(connect_s, self.timeout_s),
            allow_redirects=False,
            stream=True,
        )

    def _read(self, answer: requests.Response) -> Reply:
        """The answer with its body, as far as that comes in time and is of use."""
        type_ = _media_type(answer.headers.get("Content-Type", ""))
        chunks: list[bytes] = []
        until, size = time.monotonic() + self.timeout_s, 0
        try:
            while chunk := answer.raw.read1(PIECE, decode_content=True):
                chunks.append(chunk)
                size += len(chunk)
                if size > _MAX_BYTES or time.monotonic() > until:
                    break
        except (HTTPError, OSError):
            if answer.request.method == "GET":  # elsewhere the status tells all
                raise
        return Reply(answer.status_code, type_, b"".join(chunks))


def _first(credentials: Credentials) -> AuthBase:
    token = credentials.token
    if token is None:
        return _Nobody()
    if not token.isascii() or not token.isprintable() or not token or " " in token:
        raise LoadError("the token in KG_LOAD_TOKEN is empty or holds a character that none has")
    return _Bearer(token)


def _session(patient: bool) -> requests.Session:
    """`patient`: also waits for a store that is not there, or that may only seem to have failed."""
    again = _Patience(
        total=TRIES - 1,
        connect=None if patient else 0,
        status_forcelist=_AGAIN if patient else _BUSY,
        allowed_methods=None,  # all that is sent may be repeated
        backoff_factor=BACK_OFF_S,
        backoff_max=_LONGEST_WAIT_S,
        retry_after_max=_LONGEST_WAIT_S,
        raise_on_status=False,
        redirect=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def _media_type(header: str) -> str:
    message = Message()
    message["Content-Type"] = header or "application/octet-stream"
    return message.get_content_type() if header else ""
