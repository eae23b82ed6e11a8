"""Pieces of HTML without a page around them (feeds, databases) to plain text."""

from __future__ import annotations

import re

__all__ = ["fragment_text", "titled"]

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_UNSEEN = re.compile(
    "audio|button|embed|head|iframe|input|math|noscript|object|script|select|style|svg|template"
    "|textarea|title|video"
)
_CELL = re.compile("td|th")
_SPACE = re.compile(r"[^\S\n]+")


def fragment_text(html: str) -> str:
    """The words that a browser would show, a line for each block, an empty line between blocks."""
    from lxml import etree

    # the parser's own limits on depth and size stay on; entities and DTDs are those of HTML only
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(f"<div>{html.replace(chr(0), '')}</div>", parser)
    if root is None:
        return ""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if _BLOCK.fullmatch(tag):
            parts.append("\n")
        if event == "start":
            if _UNSEEN.fullmatch(tag):
                walk.skip_subtree()
            else:
                parts.append(_inline(node.text))
        else:
            if _CELL.fullmatch(tag):
                parts.append("\t")
            parts.append(_inline(node.tail))
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


def titled(title: str | None, text: str) -> str:
    """The text below its title, unless it begins with it."""
    if title is None or text.casefold().startswith(title.casefold()):
        return text
    return f"{title}\n\n{text}"


def _inline(text: str | None) -> str:
    return text.replace("\n", " ").replace("\r", " ") if text else ""
