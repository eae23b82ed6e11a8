"""Where a page opens: what is read of a written one, and the address of one entity in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kg.errors import InputError, UnknownNameError
from kg.model.wording import close_names, entities_named

__all__ = ["entity_address", "read_page"]

_DATA = re.compile(r'<script type="application/json" id="graph-data">(.*?)</script>', re.S)


def entity_address(page: Path, name: str) -> str:
    """The part of the page's address behind # that opens it on an entity.

    `name` is a label, another name or an IRI; case does not matter, a label comes first. Raises
    UnknownNameError with close names where there is none, InputError where several have the name or
    the file is no page of this package.
    """
    data = read_page(page)
    entities = data["entities"]
    found = entities_named(name, ((e["iri"], e["label"], e.get("names", ())) for e in entities))
    if not found:
        known = [form for e in entities for form in (*e.get("names", ()), e["label"])]
        raise UnknownNameError("entity", name, close_names(name, known))
    if len(found) > 1:
        raise InputError(
            f"{len(found)} entities are called {name!r}; give one of them by its IRI: "
            f"{', '.join(found)}"
        )
    return urlencode({"e": found[0].removeprefix(data["base"])})  # as state.js reads it


def read_page(page: Path) -> dict[str, Any]:
    """The data of a written page, see viewer/README.md. Raises InputError for another file."""
    try:
        match = _DATA.search(page.read_text("utf-8"))
        found: dict[str, Any] = json.loads(match[1] if match else "")["page"]
        found["entities"], found["base"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{page}: is no page of this version of kg, so no entity can be looked up in it; "
            "build it again, or leave --entity out"
        ) from error
    return found
