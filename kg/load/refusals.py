"""What a store says when it does not take something, in one sentence that says what to do."""

from __future__ import annotations

import re

import requests
from urllib3.exceptions import NameResolutionError, ReadTimeoutError

from kg.model.wording import shortened

__all__ = ["explained", "unreachable"]

_SHOWN = 200  # characters of what a store says
_FULL = re.compile(
    r"no space left|disk (?:is )?full|insufficient storage|out of disk", re.IGNORECASE
)
_HINTS = {
    404: "there is nothing at this address; check its path",
    405: "it does not take what was sent there; try another --method",
    411: "it does not take what was sent there; try another --method",
    413: "a graph is larger than it takes; raise its limit, or use --method update, which sends "
    "pieces",
    415: "it does not take what was sent there; try another --method",
    429: "it is busy; try again later",
    501: "it does not take what was sent there; try another --method",
    502: "it is not reachable behind its gateway; try again later",
    503: "it is busy or shut down; try again later",
    504: "it is not reachable behind its gateway; try again later",
    507: "it has no room left; free some",
}


def explained(status: int, body: bytes, type_: str, url: str, sent: str | None) -> str:
    """A sentence on an answer with that status. `sent` says which secret was sent, if any."""
    words = _words(body, type_)
    said = f' and says "{words}"' if words else ""
    if status == 401 and sent is None:
        return (
            f"{url} wants to know who asks (status 401); give --user NAME and its password in "
            "KG_LOAD_PASSWORD, or a token in KG_LOAD_TOKEN"
        )
    if status == 401:
        return f"{url} does not accept {sent} (status 401); check it"
    if status == 403:
        who = sent or "no user (see --user)"
        return (
            f"{url} does not let you write with {who} (status 403){said}; it may be read-only, or "
            "the user may lack the right"
        )
    if _FULL.search(words):
        return f"{url} answers with status {status}{said}; free some room on it"
    hint = _HINTS.get(status, "check the address and the log of the store")
    return f"{url} answers with status {status}{said}; {hint}"


def unreachable(error: Exception, url: str, timeout_s: float) -> str:
    """A sentence on why no answer came."""
    cause = _cause(error)
    if isinstance(cause, NameResolutionError):
        return f"{url}: the host is not known; check the address"
    if isinstance(error, requests.exceptions.SSLError):
        return (
            f"{url}: the certificate is not trusted ({_last_words(cause)}); add the authority that "
            "signed it with the environment variable REQUESTS_CA_BUNDLE"
        )
    if isinstance(error, requests.Timeout) or isinstance(cause, ReadTimeoutError):
        return f"{url} does not answer within {timeout_s:g} s; give a longer --timeout"
    if isinstance(error, requests.exceptions.InvalidURL):
        return f"{url} is no valid address; check --to"
    return f"{url} cannot be reached ({_last_words(cause)}); check the address and that it runs"


def _cause(error: BaseException) -> BaseException:
    """The innermost reason that the libraries wrapped."""
    while True:
        inside = (getattr(error, "reason", None), *error.args)
        reason = next((item for item in inside if isinstance(item, BaseException)), None)
        if reason is None:
            return error
        error = reason


def _last_words(error: BaseException) -> str:
    """What an error says, without the objects and numbers that libraries print before it."""
    text = str(error) or type(error).__name__
    return shortened(re.sub(r"^.*\[Errno -?\d+\] ", "", text).rstrip("."), _SHOWN)


def _words(body: bytes, type_: str) -> str:
    """The beginning of what a store says to people; nothing of a page that only a browser reads."""
    text = body[:4000].decode("utf-8", "replace")
    if "html" in type_:
        text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<[^>]*>", " ", text)
    first = text.split("\n\n")[0]
    return shortened(" ".join(first.split()).replace('"', "'").rstrip("."), _SHOWN)
