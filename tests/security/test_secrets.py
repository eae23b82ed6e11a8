"""Keys and passwords are in no name, no message, no output and no kept answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.llm.client import Client
from kg.llm.settings import KEY, LlmSettings
from kg.read.load import Inputs, Unreadable, find_sources
from tests.llm.server import Reply, scripted

HIDDEN = "quite-secret"


@pytest.mark.parametrize(
    "url",
    [f"https://me:{HIDDEN}@x.example/page", f"http://me:{HIDDEN}@[x", f"ftp://me:{HIDDEN}@x/y"],
)
def test_the_password_of_an_address_is_in_no_input(url: str) -> None:
    (found,) = Inputs(find_sources([], [url]))
    assert isinstance(found, Unreadable)
    assert HIDDEN not in found.name + found.reason


@pytest.mark.parametrize("escaped", [False, True])
def test_a_key_that_comes_back_is_not_kept(monkeypatch: pytest.MonkeyPatch, escaped: bool) -> None:
    monkeypatch.setenv(KEY, f"sk-{HIDDEN}")
    content = {"choices": [{"message": {"content": f"You sent sk-{HIDDEN}."}}]}
    body = json.dumps(content)
    if escaped:
        body = body.replace("sk-", "\\u0073k-")
    with scripted(lambda _: Reply(200, body.encode())) as endpoint:
        answer = Client.of(LlmSettings(endpoint.url, "m")).post({"model": "m", "messages": []})
    found = json.loads(answer)["choices"][0]["message"]["content"]
    assert found == "You sent [the key]."


def test_no_source_holds_a_key(root: Path) -> None:
    """What hosts of code look for before they take a push."""
    import re

    shapes = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}"
        r"|sk-(?:proj-|live-)?[A-Za-z0-9]{32,}|xox[bp]-[0-9]{10,}"
    )
    for folder in ("kg", "ontology", "tools", "examples", "docs"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".toml", ".ttl", ".json", ".sh", ".txt", ".yaml"}:
                assert not shapes.search(path.read_text("utf-8")), path
