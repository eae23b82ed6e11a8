"""Which class of the newsroom a class of a source is, or stands below."""

from __future__ import annotations

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.labels import last_part
from kg.ontology.scaffold.schema import Schema, english
from kg.ontology.scaffold.words import english_table, noun_entry, singular, split_label

__all__ = ["class_above", "classes_by_label", "taken_over"]

_KINDS = {"person": "Person", "group": "Organization", "location": "Place", "event": "Event"}


def taken_over(
    schema: Schema, base: Ontology, by_label: dict[str, str], language: str
) -> dict[str, str]:
    """Classes of the source, by id, that mean a class of the newsroom."""
    found = {}
    for class_ in schema.classes:
        labels = english(class_.labels, language) or (last_part(class_.id),)
        words = (" ".join(split_label(label)) for label in labels)
        same = next((by_label[w] for w in words if w in by_label), None)
        same = same or _newsroom(class_.id, base)
        if same is not None:
            found[class_.id] = same
    return found


def classes_by_label(base: Ontology) -> dict[str, str]:
    """Words of labels to the newsroom's class that they mean; records are nothing to talk about."""
    found: dict[str, str] = {}
    for name, words in english_table()["same"].items():
        found |= {" ".join(split_label(w)): name for w in words if name in base.classes}
    for class_ in base.classes.values():
        if base.is_a(class_.name, "Entity"):
            found.setdefault(" ".join(split_label(class_.label)), class_.name)
    return found


def class_above(words: tuple[str, ...], base: Ontology) -> str:
    """The newsroom's class above a class called so; Entity where nothing says which."""
    table = english_table()["above"]
    heads = {c.label.lower(): c.name for c in base.classes.values() if base.is_a(c.name, "Entity")}
    for word in words:
        same = heads.get(singular(word.rsplit("-", 1)[-1]))
        if same is not None:
            return same  # "film production company"
    for word in words:
        head = singular(word.rsplit("-", 1)[-1])
        for name, heads in table.items():
            if head in heads and name in base.classes:
                return str(name)
    for word in words:
        entry = noun_entry(word.rsplit("-", 1)[-1])
        if entry is not None and entry.kind in _KINDS:
            return _KINDS[entry.kind]
    return "Entity"


def _newsroom(id_: str, base: Ontology) -> str | None:
    return next((c.name for c in base.classes.values() if c.iri == id_), None)
