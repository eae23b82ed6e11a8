"""One request to an OpenAI-compatible endpoint, through the client library of OpenAI."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.llm.settings import LlmSettings, api_key, base_url

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["Client", "RefusedError", "SilentError"]

_BUSY = frozenset({408, 409, 425, 429})  # and all from 500 on
_LARGEST = 4_000_000  # bytes of one response
_LONGEST_WAIT_S = 60.0
_KEY_SENT = "[the key]"
_HINTS = {
    401: "check the key",
    403: "the key may not use it",
    404: "check the address and --llm-model",
}


class RefusedError(Exception):
    """The endpoint answered, and will not otherwise: `status`, and a reason to show."""

    def __init__(self, status: int) -> None:
        hint = _HINTS.get(status)
        super().__init__(
            f"the endpoint answers with status {status}" + (f"; {hint}" if hint else "")
        )
        self.status = status


class SilentError(Exception):
    """No answer, or that there is none now; `wait_s`: for how long the endpoint asks to wait."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_s = min(wait_s, _LONGEST_WAIT_S)


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests to one endpoint; follows no redirect, so that no text goes elsewhere."""

    library: OpenAI
    timeout_s: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def of(cls, settings: LlmSettings) -> Client:
        """The client for an endpoint. Raises InputError for a bad address or key, or no library."""
        url = base_url(settings.url)
        key = api_key(url)
        try:
            from openai import DefaultHttpxClient, OpenAI
        except ImportError as error:
            raise InputError(
                "--llm needs the client library; install it with: pip install 'newskg[llm]'"
            ) from error
        library = OpenAI(
            api_key=key or "none",
            organization="",
            project="",
            base_url=url,
            timeout=settings.timeout_s,
            max_retries=0,  # the caller's patience has a budget and a clock of its own
            http_client=DefaultHttpxClient(follow_redirects=False),
        )
        return cls(library, settings.timeout_s)

    def post(self, request: Mapping[str, Any]) -> bytes:
        """The body of the answer. Raises RefusedError or SilentError; neither holds the key."""
        import httpx2
        from openai import APIStatusError, APITimeoutError, OpenAIError

        until = self.clock() + self.timeout_s
        create: Any = self.library.chat.completions.with_streaming_response.create
        try:
            with create(**request) as response:
                return self._without_key(self._body(response.iter_bytes(), until))
        except APIStatusError as error:
            status = error.status_code
            if status in _BUSY or status >= 500:
                wait = _asked_for(error.response.headers)
                raise SilentError(f"the endpoint answers with status {status}", wait) from None
            raise RefusedError(status) from None
        except (APITimeoutError, httpx2.TimeoutException):
            raise SilentError(self._too_late) from None
        except (OpenAIError, httpx2.HTTPError, OSError, ValueError):
            raise SilentError("the endpoint cannot be reached or broke off") from None

    def _body(self, chunks: Any, until: float) -> bytes:
        body = b""
        for chunk in chunks:
            body += chunk
            if self.clock() > until:
                raise SilentError(self._too_late)
            if len(body) > _LARGEST:
                raise SilentError("the endpoint does not stop answering")
        return body

    def _without_key(self, body: bytes) -> bytes:
        """The answer, which is kept, without a key that the endpoint sent back."""
        key = self.library.api_key
        try:
            plain = json.dumps(json.loads(body), ensure_ascii=False)  # no letter as an escape
        except (ValueError, RecursionError):
            plain = body.decode("utf-8", "replace")  # of no use, but it must not show the key
        escaped = json.dumps(key)[1:-1]
        return body if escaped not in plain else plain.replace(escaped, _KEY_SENT).encode()

    @property
    def _too_late(self) -> str:
        return f"the endpoint gave no answer within {self.timeout_s:g} s"


def _asked_for(headers: Mapping[str, str]) -> float:
    """Seconds of Retry-After, given as such or as a date; 0 where there are none."""
    value = (headers.get("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:6])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):
        return 0.0
