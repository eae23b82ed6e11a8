"""domain.toml, frames.toml and lexicon.toml of a new domain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.frames import ProposedFrame, frame_key
from kg.ontology.scaffold.terms import DomainTerms
from kg.ontology.scaffold.words import english_table

__all__ = ["domain_toml", "frames_toml", "lexicon_toml"]

LISTS = ("heads", "name_heads", "anaphors", "descriptors")
_FRAMES = """\
# How the relations are said. Every frame that is `proposed` was made from a label or a synonym and
# general words (see the comment above it); its facts are called "proposed/…" and have less
# confidence. `kg ontology explain --domain . "A sentence."` shows what each makes of a sentence.
# Remove what is wrong, mend what is nearly right, take `proposed = true` off what you have read.
# The keys are explained in kg/ontology/frames.py, the slots in docs/constructions.md.
"""
_LEXICON = """\
# Nouns that denote the classes, as the labels give them. `heads`: "a film"; `name_heads`: the last
# word of a name; `anaphors`: "the film" points back; `descriptors`: "Acme film". What stands in
# `own` means something else in what the domain imports.
"""


def domain_toml(title: str, iri: str) -> str:
    """Title, namespace and imports; only the relations of the source are stated at first."""
    return (
        f'title = {_value(title)}\niri = {_value(iri)}\nimports = ["newsroom"]\n'
        '# "all" also states what the newsroom has relations for, such as partnerships and posts\n'
        'relations = "own"\n'
    )


def frames_toml(frames: Iterable[ProposedFrame]) -> str:
    """The proposed frames, each with the label that it was made from."""
    lines = [_FRAMES]
    for frame in frames:
        lines += [f"# from “{_plain(frame.label)}”", f"[frame.{frame_key(frame.id)}]"]
        lines += [f"{key} = {_value(value)}" for key, value in frame.table.items()]
        lines.append("")
    return "\n".join(lines)


def lexicon_toml(terms: DomainTerms, base: Ontology) -> str:
    """The words for the classes, without those that would tell nothing in a text."""
    people = _people(terms, base)
    tables: dict[str, dict[str, list[str]]] = {}
    given: dict[str, str] = {}
    for class_ in terms.classes:
        words = [w for w in class_.words if w.replace("-", "").isalpha() and "-" not in w]
        words = [w for w in words if given.setdefault(w, class_.name) == class_.name]
        words = [w for w in words if w not in _empty()]
        for key in LISTS:
            if not words or (key in ("name_heads", "descriptors") and class_.name in people):
                continue
            listed = {w: n for n, ws in base.lexicon.get(key, {}).items() for w in ws}
            for word in words:
                own = f"own.{key}" if word in listed else key
                tables.setdefault(own, {}).setdefault(class_.name, []).append(word)
    lines = [_LEXICON, '# "X is a film" says what X is\ncopulas_tell = true\n']
    for key, table in sorted(tables.items()):
        lines.append(f"[{key}]")
        lines += [f"{frame_key(name)} = {_value(words)}" for name, words in sorted(table.items())]
        lines.append("")
    return "\n".join(lines)


def _empty() -> frozenset[str]:
    """Words of classes that are too common to tell anything in a text."""
    return frozenset(english_table()["labels"]["empty"]) | {
        "type",
        "class",
        "kind",
        "concept",
        "order",
    }


def _people(terms: DomainTerms, base: Ontology) -> frozenset[str]:
    """The classes below Person: a person's name does not end in the word for one."""
    parents = {c.name: c.parents for c in terms.classes}
    found: set[str] = set()
    for name in parents:
        todo, seen = [name], set()
        while todo:
            at = todo.pop()
            if at in base.classes and base.is_a(at, "Person"):
                found.add(name)
            if at not in seen:
                seen.add(at)
                todo += parents.get(at, ())
    return frozenset(found)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value.replace("\x7f", ""), ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return str(value)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
