"""Which language model is asked, where, and how much of it."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import InputError

__all__ = ["KEY", "LlmSettings", "api_key", "base_url"]

KEY = "KG_LLM_API_KEY"
"""The environment variable that holds the key of the endpoint."""

_OPENAI = ("OPENAI_API_KEY", "api.openai.com")  # its own key is sent to its own host only
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """A model behind an OpenAI-compatible endpoint. The key is no setting: see `api_key`.

    Raises InputError for a number that is out of its range.
    """

    url: str
    model: str
    max_tokens: int | None = None  # of prompts and answers of one build; None: no limit
    timeout_s: float = 60.0  # of one request, from first to last byte
    cache: Path | None = None  # folder of answers; None: state/llm of the outputs
    price: tuple[float, float] | None = None  # of a million tokens of prompts, and of answers
    kept_only: bool = False  # nobody is asked: answers that are not kept are missing
    at_once: int = 1  # requests; a server on this machine usually answers one after another

    def __post_init__(self) -> None:
        bounds = (
            ("max_tokens", self.max_tokens, 1),
            ("timeout_s", self.timeout_s, 0.1),
            ("at_once", self.at_once, 1),
            *(("price", price, 0) for price in self.price or ()),
        )
        for name, value, least in bounds:
            if value is not None and not value >= least:
                raise InputError(f"{name} of a language model is {value}; give {least} or more")


def base_url(url: str) -> str:
    """The address that `/chat/completions` is added to; `/v1` where the URL is a bare host.

    Raises InputError for what is no http address, or holds a name and password.

    >>> base_url("http://127.0.0.1:8080"), base_url("https://example.org/api/v1/chat/completions")
    ('http://127.0.0.1:8080/v1', 'https://example.org/api/v1')
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise InputError(
            "--llm takes the http address of an OpenAI-compatible endpoint, "
            "as http://127.0.0.1:8080/v1"
        )
    if parts.username is not None or parts.password is not None:
        raise InputError(f"--llm takes no name or password in its address; put the key into {KEY}")
    path = parts.path.rstrip("/").removesuffix(_PATH)
    return f"{parts.scheme}://{parts.netloc}{path or '/v1'}"


def api_key(url: str) -> str | None:
    """The key for an endpoint, from the environment; None where there is none.

    Raises InputError where it would go over an unencrypted line to another machine, or cannot be
    sent at all; the message does not hold it.
    """
    parts = urlsplit(url)
    name, host = _OPENAI
    source = KEY if os.environ.get(KEY) else name if parts.hostname == host else None
    key = os.environ.get(source, "").strip() if source is not None else ""
    if not key:
        return None
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"the environment variable {source} is no key: it has odd characters")
    if parts.scheme == "http" and not _is_here(parts.hostname or ""):
        raise InputError(
            f"the key in {source} would be sent unencrypted to {parts.hostname}; "
            "use an https address, or unset the key"
        )
    return key


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
