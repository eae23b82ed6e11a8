"""The review file as a whole: new questions, and all that a person has written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.export.files import write_files
from kg.model.decision import DecisionKind
from kg.review.items import KINDS
from kg.review.layout import Kept, item_lines, with_status
from kg.review.page import Page, read_page
from kg.review.parse import SECTIONS
from kg.review.questions import AT_MOST, Question

__all__ = ["Reasons", "ReviewCounts", "write_review"]

# Why a decision is in force for nothing, or in doubt: by kind and ids.
Reasons = Mapping[tuple[DecisionKind, tuple[str, ...]], str]

_HEAD = """\
#: What the build was not sure of. Answer each question where it says `decision`:
#:   yes   it is so
#:   no    it is not so
#:   "?"   not decided: the build goes by its own score
#: and build again: answers outrank every score. `note: free text` is kept with its item, and so are
#: comments; only lines that begin with #: are written anew. No answer is ever dropped. What nobody
#: asked can be added by hand: docs/review.md."""
_TITLES = {
    "merges": "Two entities that may be one: yes merges them, no keeps them apart.",
    "links": "What an entity may be elsewhere: yes links it, no never does.",
    "facts": "Facts that the text may not say: yes confirms, no leaves the fact out of the graph.",
}
_DECIDED, _OPEN, _DROPPED = "decided", "open", "open, but not asked any more"


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """What a review file holds.

    `in_doubt` counts the decided items that are in force for nothing, or with new evidence;
    `left_out` the questions beyond the number asked for.
    """

    open: Mapping[str, int]  # by section
    decided: int
    in_doubt: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item of the new file; `order` sorts by what it is about, never by score or answer."""

    order: tuple[str, ...]
    lines: tuple[str, ...]
    decided: bool = False
    in_doubt: bool = False


def write_review(
    path: Path,
    questions: Iterable[Question],
    *,
    reasons: Reasons | None = None,
    at_most: int = AT_MOST,
) -> ReviewCounts:
    """Writes the questions to `path`, with every answer and comment that is in the file already.

    At most `at_most` unanswered questions of a section are new or written anew, the first of those
    given. The file is replaced in one step, and has the same bytes for the same questions and
    answers. Raises InputError for a file that cannot be read as a review file; it stays as it is.
    """
    page, asked = read_page(path), tuple(questions)
    kept = tuple(k for k in page.items if k.touched or k.item.answer is not None)
    known = {(k.item.kind, k.item.about) for k in kept}
    still = {(q.kind, q.about) for q in asked}
    lines: list[str] = [_HEAD]
    entries: list[_Entry] = []
    opened: dict[str, int] = {}
    left_out = 0
    for name in SECTIONS:
        new = [q for q in asked if q.kind is KINDS[name] and (q.kind, q.about) not in known]
        mine = [_Entry(_order(q.fields, q.about), item_lines(q.fields)) for q in new[:at_most]]
        mine += [_kept(k, still, reasons or {}) for k in kept if k.item.kind is KINDS[name]]
        mine.sort(key=lambda entry: entry.order)
        more = len(new) - len(new[:at_most])
        lines += _section(name, mine, page.comments.get(name, ()), more)
        entries += mine
        opened[name] = sum(not entry.decided for entry in mine)
        left_out += more
    lines += ["", *page.comments[""]] if page.comments.get("") else []
    text = "\n".join(lines) + "\n"
    _check_nothing_lost(path, kept, page, text)
    write_files(path.parent, {path.name: text})
    return ReviewCounts(
        opened, sum(e.decided for e in entries), sum(e.in_doubt for e in entries), left_out
    )


def _section(name: str, entries: Sequence[_Entry], comments: Iterable[str], more: int) -> list[str]:
    decided = sum(entry.decided for entry in entries)
    counted = f"{len(entries) - decided} open, {decided} decided"
    if more:
        counted += f"; {more} more open ones are left out, see `kg review --at-most`"
    head = ["", *comments, f"#: {_TITLES[name]}", f"#: {counted}."]
    if not entries:
        return [*head, f"{name}: []"]
    return [*head, f"{name}:", *(line for entry in entries for line in ("", *entry.lines))]


def _kept(kept: Kept, still: set[tuple[DecisionKind, tuple[str, ...]]], reasons: Reasons) -> _Entry:
    item = kept.item
    key, decided = (item.kind, item.about), item.answer is not None
    if decided:
        status = f"{_DECIDED}, but {reasons[key]}" if key in reasons else _DECIDED
    else:
        status = _OPEN if key in still else _DROPPED
    return _Entry(
        _order(kept.values, item.about),
        with_status(kept.lines, status),
        decided=decided,
        in_doubt=decided and key in reasons,
    )


def _order(fields: Mapping[str, object], about: tuple[str, ...]) -> tuple[str, ...]:
    """Facts by subject, relation and object; all else by its ids."""
    if len(about) > 1:
        return about
    return *(_id(fields.get(name)) for name in ("subject", "predicate", "object")), *about


def _id(end: object) -> str:
    if isinstance(end, Mapping):
        return str(end.get("id") or end.get("value") or "")
    return str(end or "")


def _check_nothing_lost(path: Path, kept: Iterable[Kept], page: Page, text: str) -> None:
    """Raises InputError before a person's words would be lost; the old file is then untouched."""
    lines = [line.strip() for line in text.split("\n")]
    wanted = {c for comments in page.comments.values() for c in comments}
    wanted |= {line.strip() for k in kept for line in k.lines if "status:" not in line}
    missing = sorted(wanted - set(lines))
    if missing:
        raise InputError(
            f"{path} is left as it was, since this line of it would be lost: {missing[0]!r}; move "
            "it, and please report this"
        )
