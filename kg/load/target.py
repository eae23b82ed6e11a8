"""Where a graph is loaded to, and as whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import LoadError

__all__ = ["Credentials", "LoadOptions", "Target", "read_target"]

_BOLT = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_SPARQL = ("http", "https")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who loads. Neither secret is ever printed, also not by repr."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)  # a bearer token, instead of the other two


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Choices of the user; each target heeds those that concern it.

    A Bolt store heeds `evidence`, `database` and `domain` (the domain or its folder, where the
    graph names one that is not packaged). A SPARQL store heeds `method` ("auto", "graph-store",
    "update"), `default_graph` ("auto", "named", "merge", "replace") and `flat` (one graph, as in
    graph.ttl). With `prune` more of earlier loads goes: from a SPARQL store the graphs that this
    one does not have, from a Bolt store what was loaded from other articles.
    """

    evidence: str = "nodes"
    database: str | None = None
    method: str = "auto"
    default_graph: str = "auto"
    flat: bool = False
    prune: bool = False
    timeout_s: float = 120.0  # without an answer
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address without credentials, and the credentials for it."""

    url: str
    scheme: str
    credentials: Credentials

    @property
    def is_bolt(self) -> bool:
        """True for a store that speaks Bolt, False for one that speaks SPARQL over HTTP."""
        return self.scheme in _BOLT


def read_target(url: str, credentials: Credentials | None = None) -> Target:
    """The target at an address. Raises LoadError for one that is none, or that holds a password."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise LoadError(f"the address is not valid ({error}); check --to") from error
    if "@" in parts.netloc:
        raise LoadError(
            "the address holds a user or password, which others could read from the command line; "
            "give --user NAME, and the password in the environment variable KG_LOAD_PASSWORD"
        )
    if parts.scheme.lower() not in (*_BOLT, *_SPARQL) or not host:
        raise LoadError(
            f"{url!r} is no address of a store; give bolt://HOST:PORT or neo4j://HOST:PORT, or "
            "http://HOST:PORT/PATH of a SPARQL Graph Store or Update endpoint"
        )
    if any(char.isspace() or not char.isprintable() for char in url):
        raise LoadError(f"{url!r} holds a space or a control character; check --to")
    return Target(
        parts._replace(fragment="").geturl(), parts.scheme.lower(), credentials or Credentials()
    )
