"""Reading a review file: what was decided, at which line, and the lines as the person left them.

The YAML is composed to nodes and never constructed, so that no tag can make an object and each
message can name a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from kg.errors import InputError

__all__ = ["MAX_BYTES", "SECTIONS", "Section", "Source", "fail", "read_sections", "scalar"]

MAX_BYTES = 10_000_000  # about a minute of parsing, and more answers than one person gives
SECTIONS = ("merges", "links", "facts")
# A bare "?" opens a complex key in YAML and would be a syntax error; people write it all the same.
_BARE_QUESTION = re.compile(r"^(\s*(?:-\s+)?(?:.*[{,]\s*)?decision:[ \t]*)\?(?=[ \t]*(?:[,}]|#|$))")


@dataclass(frozen=True, slots=True)
class Source:
    """One review file: its path as given, and its lines without their ends."""

    path: str
    lines: tuple[str, ...]

    def at(self, node: Node) -> str:
        """File and line of a node, as messages name it."""
        return f"{self.path}:{node.start_mark.line + 1}"


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one list of the file, in its order; None where the file has no such section."""

    key: ScalarNode | None = None
    sequence: SequenceNode | None = None
    items: tuple[MappingNode, ...] = field(default=())


def fail(source: Source, node: Node, problem: str) -> InputError:
    """The error to raise about one place of the file."""
    return InputError(f"{source.at(node)}: {problem}")


def scalar(source: Source, node: Node, what: str) -> str:
    """The text of a node that must be one plain value."""
    if not isinstance(node, ScalarNode):
        raise fail(source, node, f"{what} must be one value, not a list or a mapping")
    return str(node.value)


def read_sections(path: Path) -> tuple[Source, dict[str, Section]]:
    """The file's lines and its sections, every section of SECTIONS among them.

    Raises InputError, with file and line, for what is no review file.
    """
    text = _text(path)
    try:
        root = _composed(path, text)
    except InputError:
        quoted = _with_quoted_questions(text)
        if quoted == text:
            raise
        root, text = _composed(path, quoted), quoted
    source = Source(str(path), tuple(text.split("\n")))
    if root is None:
        raise InputError(
            f"{path} is empty, so it decides nothing; delete it, or write it anew with `kg review`"
        )
    _refuse_anchors(source, root)
    if not isinstance(root, MappingNode):
        raise fail(
            source, root, f"the file must have sections ({', '.join(SECTIONS)}), each a list"
        )
    sections = dict.fromkeys(SECTIONS, Section())
    for key, value in root.value:
        name = scalar(source, key, "the name of a section")
        if name not in sections:
            known = ", ".join(SECTIONS)
            raise fail(source, key, f"there is no section {name!r}; the sections are: {known}")
        if sections[name].key is not None:
            raise fail(source, key, f"the section {name!r} is there twice; put its items into one")
        sections[name] = Section(key, *_items(source, name, value))
    return source, sections


def _items(
    source: Source, name: str, value: Node
) -> tuple[SequenceNode | None, tuple[MappingNode, ...]]:
    if isinstance(value, ScalarNode) and value.tag == "tag:yaml.org,2002:null":
        return None, ()
    if not isinstance(value, SequenceNode):
        raise fail(source, value, f"the section {name!r} must be a list of items that begin with -")
    for item in value.value:
        if not isinstance(item, MappingNode):
            raise fail(source, item, "an item must have keys and values, such as `decision: yes`")
    return value, tuple(value.value)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path} has {size:,} bytes, more than the {MAX_BYTES:,} that a review file may "
                "have; split it and give each part with --review"
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"the review file {path} cannot be read: {reason}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: this is not UTF-8; save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_quoted_questions(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(_BARE_QUESTION.sub(r'\1"?"', line) for line in lines)


def _composed(path: Path, text: str) -> Any:
    """The root node, None for a file without content."""
    try:
        return YAML(pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark is not None else ""
        problem = error.problem or error.context or "cannot be read"
        raise InputError(
            f"{path}{line}: this is not YAML: {problem}; put text that has : # or quotes in it "
            "between quotes, and indent with spaces"
        ) from error
    except ReaderError as error:
        line_number = text.count("\n", 0, error.position) + 1
        raise InputError(
            f"{path}:{line_number}: the character U+{ord(text[error.position]):04X} may not stand "
            "in YAML; delete it"
        ) from error
    except (YAMLError, ValueError) as error:
        raise InputError(f"{path}: this is not YAML: {error}") from error
    except RecursionError as error:
        raise InputError(f"{path}: the file nests too deeply to be a review file") from error


def _refuse_anchors(source: Source, root: Node) -> None:
    """Items are moved and kept as lines, which an alias or a tag would not survive."""
    for node in _nodes(root):
        if node.anchor is not None:
            raise fail(source, node, "a review file has no anchors (&); write the value out")
        if not str(node.tag).startswith("tag:yaml.org,2002:") or "python" in str(node.tag):
            raise fail(source, node, f"a review file has no tags; delete {node.tag}")


def _nodes(root: Node) -> Iterator[Node]:
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        yield node
        if node.anchor is not None:
            continue  # refused; it may hold itself
        children: Sequence[Any] = () if isinstance(node, ScalarNode) else node.value
        for child in children:
            stack.extend(child if isinstance(child, tuple) else (child,))
