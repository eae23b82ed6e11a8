"""What a reconciliation service sends, checked.

Reconciliation Service API 0.2 of a W3C Community Group:
https://reconciliation-api.github.io/specs/0.2/
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kg.errors import InputError

__all__ = ["Found", "Manifest", "read_answers", "read_manifest"]

_VERSIONS = frozenset({"0.1", "0.2"})
_IRI = re.compile(r"https?://[^\s/<>\"{}|\\^`]+/?[^\s<>\"{}|\\^`]*")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself."""

    name: str
    identifier_space: str
    view: str = ""  # address of a page about a record, with {{id}} in it

    def iri(self, id_: str) -> str | None:
        """The IRI of a record, or None where the service does not say how to make one."""
        escaped = quote(id_, safe="/:@!$&'()*+,;=~-._%")
        if _IRI.fullmatch(id_):
            return id_
        if self.identifier_space.endswith(("/", "#", "=", ":")):
            found = self.identifier_space + escaped
        else:
            found = self.view.replace("{{id}}", escaped) if "{{id}}" in self.view else ""
        return found if _IRI.fullmatch(found) else None


@dataclass(frozen=True, slots=True)
class Found:
    """One record that a service proposes for a name."""

    id: str
    name: str
    score: float
    match: bool  # the service itself is sure
    types: tuple[tuple[str, str], ...] = ()  # (id, name), as sent
    description: str = ""


def read_manifest(body: bytes, url: str) -> Manifest:
    """What the service says of itself. Raises InputError naming what is wrong with it."""
    record = _object(_json(body, url), url)
    versions = record.get("versions")
    if isinstance(versions, list) and not _VERSIONS & set(map(str, versions)):
        raise InputError(
            f"{url} speaks version {', '.join(map(str, versions))} of the reconciliation API; "
            f"kg speaks {' and '.join(sorted(_VERSIONS))}"
        )
    space, view = record.get("identifierSpace"), record.get("view")
    if not isinstance(space, str):
        raise _wrong(url, "its description has no `identifierSpace`")
    page = view.get("url") if isinstance(view, dict) else ""
    return Manifest(str(record.get("name", url)), space, page if isinstance(page, str) else "")


def read_answers(body: bytes, keys: Iterable[str], url: str) -> dict[str, tuple[Found, ...]]:
    """The records proposed for each query, the best first. Raises InputError as `read_manifest`."""
    record = _object(_json(body, url), url)
    out: dict[str, tuple[Found, ...]] = {}
    for key in keys:
        answer = record.get(key)
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
            raise _wrong(url, f"its answer has no list `result` for the query {key}")
        found = (_found(item, url) for item in answer["result"])
        out[key] = tuple(sorted(found, key=lambda f: (-f.score, f.id)))
    return out


def _found(item: Any, url: str) -> Found:
    if not isinstance(item, dict):
        raise _wrong(url, "a candidate is not an object")
    id_, name, score, match = (item.get(k) for k in ("id", "name", "score", "match"))
    if not isinstance(id_, str) or not id_.strip() or not isinstance(name, str):
        raise _wrong(url, f"a candidate has no `id` or no `name` ({_short(item)})")
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not math.isfinite(score):
        raise _wrong(url, f"the `score` of candidate {id_} is no number ({_short(score)})")
    if match is not None and not isinstance(match, bool):
        raise _wrong(url, f"`match` of candidate {id_} is neither true nor false")
    description = item.get("description")
    return Found(
        id=id_.strip(),
        name=" ".join(name.split()),
        score=float(score),
        match=match is True,
        types=tuple(_types(item.get("type"))),
        description=" ".join(description.split()) if isinstance(description, str) else "",
    )


def _types(sent: Any) -> Iterable[tuple[str, str]]:
    """Types as (id, name); older services send one, or ids only."""
    for item in sent if isinstance(sent, list) else [sent]:
        if isinstance(item, str):
            yield item, item
        elif isinstance(item, dict) and isinstance(item.get("id"), str):
            name = item.get("name")
            yield item["id"], name if isinstance(name, str) else item["id"]


def _json(body: bytes, url: str) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _wrong(url, f"it sends no JSON ({error})") from error


def _object(value: Any, url: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(url, f"it sends {_short(value)} instead of a JSON object")
    return value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _wrong(url: str, what: str) -> InputError:
    return InputError(
        f"{url} does not answer as a reconciliation service: {what}; check the address"
    )
