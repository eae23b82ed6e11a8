"""The text of one item: written anew from values, or kept line by line as a person left it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from kg.review.items import Item
from kg.review.parse import Section, Source

__all__ = ["OURS", "Kept", "is_comment", "item_lines", "kept_items", "with_status"]

OURS = "#:"  # begins each comment that kg review writes; all other comments are a person's
_WIDTH = 100
_ONE_LINE = 1_000_000
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"


@dataclass(frozen=True, slots=True)
class Kept:
    """An item of the file with the lines it stands on, the comments right above it among them.

    The lines are without the indentation of the list. `touched` is False where they are just what
    `item_lines` writes for the values, so that they hold no word of a person but the answer. `span`
    is [first, last + 1) of the lines in the file.
    """

    item: Item
    lines: tuple[str, ...]
    touched: bool
    span: tuple[int, int]
    from_block: bool = True  # False for an item of a list in brackets, which may share its line

    @property
    def values(self) -> Mapping[str, Any]:
        """The keys and values of the item."""
        out: dict[str, Any] = plain(self.item.node)
        return out


def item_lines(fields: Mapping[str, Any], *, width: int = _WIDTH) -> tuple[str, ...]:
    """The lines of one item, the first of which begins with "- "."""
    yaml = YAML(pure=True)
    yaml.width = width
    yaml.representer.ignore_aliases = lambda *_: True
    stream = io.StringIO()
    yaml.dump([_styled(dict(fields))], stream)
    # a space before a fold says nothing, and many editors take it away
    return tuple(line.rstrip() for line in stream.getvalue().rstrip("\n").split("\n"))


def _styled(value: Any) -> Any:
    """The value with each list of numbers marked to be written as [1, 2], and "?" in quotes.

    A bare "?" would open a key of several lines.
    """
    if value == "?":
        return DoubleQuotedScalarString(value)
    if isinstance(value, dict):
        return {key: _styled(part) for key, part in value.items()}
    if isinstance(value, list):
        out = CommentedSeq(map(_styled, value))
        if all(isinstance(part, int) for part in value):
            out.fa.set_flow_style()
        return out
    return value


def kept_items(source: Source, section: Section, items: Sequence[Item]) -> tuple[Kept, ...]:
    """The items of a section with their lines, in the order of the file."""
    sequence = section.sequence
    if sequence is None or not items:
        return ()
    if sequence.flow_style:
        return tuple(
            replace(_rewritten(i, (), _line_span(i.node)), from_block=False) for i in items
        )
    column = sequence.start_mark.column
    dashes = [_dash_line(source, column, item) for item in items]
    starts = [
        _first_comment(source, dash, after + 1, column)
        for dash, after in zip(dashes, [sequence.start_mark.line - 1, *dashes], strict=False)
    ]
    if section.key is not None:  # the comments above the first item, below the section's name
        starts[0] = _first_comment(source, dashes[0], section.key.start_mark.line + 1, column)
    ends = [*starts[1:], _last_line(source, items[-1].node) + 1]
    return tuple(
        _kept(source, item, (start, end), column)
        for item, start, end in zip(items, starts, ends, strict=True)
    )


def _kept(source: Source, item: Item, span: tuple[int, int], column: int) -> Kept:
    written = source.lines[span[0] : span[1]]
    lines = [_dedented(line, column) for line in written if not line.startswith(OURS)]
    if item.node.flow_style:
        return _rewritten(item, _comments(lines), span)
    while not lines[-1].strip():
        lines.pop()
    values = plain(item.node)
    by_hand = "question" not in values or bool(item.note)
    changed = tuple(line.rstrip() for line in lines) != item_lines(values)
    return Kept(item, tuple(lines), by_hand or changed, span)


def _rewritten(item: Item, comments: Iterable[str], span: tuple[int, int]) -> Kept:
    """An item in braces in block style, so that a status has a line to stand on."""
    return Kept(item, (*comments, *item_lines(plain(item.node))), True, span)


def _comments(lines: Iterable[str]) -> list[str]:
    """All that may be a comment: of a # within quotes there are two then, but none is lost."""
    found = (re.search(r"(?:^|\s)#(.*)$", line) for line in lines)
    return [f"#{match.group(1)}" for match in found if match]


def is_comment(line: str) -> bool:
    """True for a line that is nothing but a comment of a person."""
    return line.lstrip().startswith("#") and not line.startswith(OURS)


def _line_span(node: Node) -> tuple[int, int]:
    return node.start_mark.line, node.end_mark.line + 1


def _dash_line(source: Source, column: int, item: Item) -> int:
    """The line of the dash of an item of a list in block style."""
    line: int = item.node.start_mark.line
    while line > 0 and source.lines[line][column : column + 1] != "-":
        line -= 1
    return line


def _first_comment(source: Source, dash: int, least: int, column: int) -> int:
    """The first of the comment lines right above a dash; the dash's own line without any."""
    line = dash
    while line > least:
        above = source.lines[line - 1]
        if not is_comment(above) or len(above) - len(above.lstrip()) > column:
            break
        line -= 1
    return line


def _last_line(source: Source, node: Node) -> int:
    """The last line of an item, with the comments below it that are indented like its keys."""
    last: int = node.start_mark.line
    for part in _leaves(node):
        last = max(last, _end_line(part))
    column = node.start_mark.column
    while last + 1 < len(source.lines):
        line = source.lines[last + 1]
        if not is_comment(line) or len(line) - len(line.lstrip()) < column:
            break
        last += 1
    return last


def _leaves(node: Any) -> Iterable[Node]:
    """Scalars, and lists and mappings in one line or in brackets."""
    if isinstance(node, ScalarNode) or node.flow_style:
        yield node
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from _leaves(part)


def _end_line(leaf: Node) -> int:
    """The last line of a leaf; the mark of a block scalar is at what follows it."""
    line: int = leaf.end_mark.line
    if isinstance(leaf, ScalarNode) and leaf.style in ("|", ">"):
        return max(int(leaf.start_mark.line), line - 1)
    return line


def _dedented(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip() else line.lstrip()


def plain(node: Node) -> Any:
    """The values of a node: each scalar the number that `item_lines` writes, or else its text."""
    if isinstance(node, MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    text = str(node.value)
    if node.tag == _INT and re.fullmatch(r"0|[1-9][0-9]{0,11}", text):
        return int(text)
    if node.tag == _FLOAT and re.fullmatch(r"[0-9]\.[0-9]{1,6}", text):
        return float(text)
    return text


def with_status(lines: Sequence[str], status: str) -> tuple[str, ...]:
    """The lines of one item with this status: in place of the one it has, else below its answer."""
    root = YAML(pure=True).compose("\n".join(lines))
    fields = {str(key.value): (key, value) for key, value in root.value[0].value}
    (text,) = item_lines({"status": status}, width=_ONE_LINE)
    text = text.removeprefix("- ")
    if "status" in fields:
        key, value = fields["status"]
        first, last = key.start_mark.line, _last_of(key, value)
        after = lines[last][value.end_mark.column :] if last == value.end_mark.line else ""
        line = lines[first][: key.start_mark.column] + text + after
        return (*lines[:first], line, *lines[last + 1 :])
    key, value = fields["decision"]
    at = _last_of(key, value) + 1
    return (*lines[:at], " " * key.start_mark.column + text, *lines[at:])


def _last_of(key: ScalarNode, value: ScalarNode) -> int:
    """The last line of a key and its value; an empty value is marked at what follows it."""
    if not value.value and value.style is None:
        return int(key.end_mark.line)
    return _end_line(value)
