"""links.jsonl: what was proposed and what of it is accepted, beside the outputs of a build."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.export.files import write_files
from kg.model.decision import Decision, DecisionKind
from kg.model.link import LinkCandidate

__all__ = ["LINKS_FILE", "accepted_links", "read_links", "write_links"]

LINKS_FILE = "links.jsonl"

_TYPES = {
    f.name: {"score": float, "accepted": bool}.get(f.name, str) for f in fields(LinkCandidate)
}


def read_links(out: Path) -> tuple[LinkCandidate, ...]:
    """The proposals in a folder, sorted; none without a file.

    Raises InputError naming file and line of what is no proposal.
    """
    return tuple(sorted({proposal for _, proposal in _lines(out / LINKS_FILE)}))


def accepted_links(out: Path, decided: Iterable[Decision] = ()) -> tuple[Decision, ...]:
    """What is accepted, as decisions; those `decided` otherwise by a person are left out."""
    settled = {d.about for d in decided if d.kind is DecisionKind.LINK}
    found: dict[tuple[str, str], Decision] = {}
    for place, proposal in _lines(out / LINKS_FILE):
        about = (proposal.entity, proposal.iri)
        if proposal.accepted and about not in settled:
            found.setdefault(about, Decision(DecisionKind.LINK, about, True, place))
    return tuple(found[about] for about in sorted(found))


def write_links(out: Path, proposals: Iterable[LinkCandidate]) -> Path:
    """Writes links.jsonl, one proposal a line, sorted; the file before it stays if that fails."""
    lines = (json.dumps(asdict(p), ensure_ascii=True) for p in sorted(proposals))
    (path,) = write_files(out, {LINKS_FILE: "".join(f"{line}\n" for line in lines)})
    return path


def _lines(path: Path) -> list[tuple[str, LinkCandidate]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); remove it or put it back") from error
    lines = enumerate(text.split("\n"), start=1)
    return [(f"{path}:{n}", _proposal(line, f"{path}:{n}")) for n, line in lines if line.strip()]


def _proposal(line: str, place: str) -> LinkCandidate:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not JSON ({error}); each line is one proposal") from error
    if not isinstance(record, dict) or record.keys() != _TYPES.keys():
        raise InputError(f"{place}: no proposal; one has {', '.join(_TYPES)}")
    if isinstance(record["score"], int) and not isinstance(record["score"], bool):
        record["score"] = float(record["score"])
    for name, type_ in _TYPES.items():
        if not isinstance(record[name], type_):
            raise InputError(f"{place}: {name!r} has the wrong type ({record[name]!r})")
    if not math.isfinite(record["score"]):
        raise InputError(f"{place}: 'score' is no number ({record['score']!r})")
    if not record["iri"].startswith(("http://", "https://")):
        raise InputError(f"{place}: 'iri' must begin with http:// or https://")
    return LinkCandidate(**record)
