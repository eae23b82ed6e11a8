"""What stands between the network and the pages: host names, headers, and how errors look."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["PAGE_POLICY", "Shields"]

# Nothing runs and nothing is loaded but the style sheet. Source: https://www.w3.org/TR/CSP3/
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Shields:
    """Refuses host names that are not this server's, and adds the headers that protect pages.

    A page elsewhere whose name is made to point to this machine ("DNS rebinding") sends its own
    name as the host. `hosts` are the names that are taken, in lower case and without port; None:
    any. `shared`: another origin may read the answers.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None, shared: bool) -> None:
        self.app = app
        self.hosts = hosts
        self.shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = _name(Headers(scope=scope).get("host", ""))

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not self.shared:
                    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        if self.hosts is not None and host not in self.hosts:
            response = PlainTextResponse(
                f"no host {host!r} here; there are {', '.join(sorted(self.hosts))}. "
                "To serve under another name, start kg serve with --host\n",
                421,
            )
            await response(scope, receive, shielded)
            return
        await self.app(scope, receive, shielded)


def _name(host: str) -> str:
    """The name of a Host header without its port, in lower case; [::1] keeps its brackets."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]
