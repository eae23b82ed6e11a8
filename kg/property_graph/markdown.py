"""The data dictionary as a text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.property_graph.dictionary import DataDictionary, Property

__all__ = ["render_dictionary"]


def render_dictionary(dictionary: DataDictionary, *, level: int = 1) -> str:
    """Markdown: a heading of that level, and tables of labels, types and properties."""
    return "\n".join(_lines(dictionary, "#" * level)) + "\n"


def _lines(dictionary: DataDictionary, mark: str) -> Iterator[str]:
    yield f"{mark} Data dictionary"
    yield ""
    yield f"{mark}# Nodes"
    yield ""
    yield from _table(
        ("label", "with", "nodes", "meaning"),
        (
            (f"`{item.name}`", _keys(item.name, item.keys), str(item.count), item.meaning)
            for item in dictionary.labels
        ),
    )
    for key, properties in dictionary.node_properties.items():
        yield f"{mark}# Properties of `{key}`"
        yield ""
        yield from _properties(properties)
    yield f"{mark}# Relationships"
    yield ""
    yield from _table(
        ("type", "from → to", "relation", "number", "meaning"),
        (
            (
                f"`{item.name}`",
                ", ".join(f"{start} → {end}" for start, end in item.ends),
                item.relation or "",
                str(item.count),
                item.meaning,
            )
            for item in dictionary.types
        ),
    )
    for type_, properties in dictionary.relationship_properties.items():
        if type_ and len(properties) == 1:
            continue  # nothing but its id
        yield f"{mark}# Properties of {f'`{type_}`' if type_ else 'facts: types with a relation'}"
        yield ""
        yield from _properties(properties)


def _keys(name: str, keys: Sequence[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys if key != name)


def _properties(properties: Iterable[Property]) -> Iterator[str]:
    return _table(
        ("property", "type", "number", "meaning"),
        ((f"`{item.name}`", item.type, str(item.count), item.meaning) for item in properties),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(text: str) -> str:
    """The text as one cell: no markup of its own, since a definition may come from anywhere."""
    plain = " ".join(text.split()).replace("|", "&#124;").replace("<", "&lt;")
    return plain.replace("](", "&#93;(")  # a link or a picture
