"""The classes that a new domain gets of a source, and which stand above which."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.labels import OPAQUE, best_label, datatype_of, last_part
from kg.ontology.scaffold.newsroom import classes_by_label, taken_over
from kg.ontology.scaffold.schema import Schema, SchemaClass
from kg.ontology.scaffold.words import split_label

__all__ = ["classes_of", "superclasses"]


def classes_of(
    schema: Schema, base: Ontology, language: str, notes: list[str]
) -> tuple[list[SchemaClass], dict[str, str]]:
    """The classes to be minted, declared or only named as domain or range; and those that are not.

    The latter are by id the class of the newsroom that they mean, or the id of a class called
    alike. What is no class is added to the notes.
    """
    by_label = classes_by_label(base)
    taken = taken_over(schema, base, by_label, language)
    found = {c.id: c for c in schema.classes if c.id not in taken}
    for relation in schema.relations:
        for id_ in (*relation.domain, *relation.range):
            words = split_label(last_part(id_))
            if id_ in found or id_ in taken or datatype_of(id_) or not words:
                continue
            same = by_label.get(" ".join(words))
            if same is not None:
                taken[id_] = same
            elif OPAQUE.fullmatch(last_part(id_)):
                notes.append(f"{id_} is no class of the source: taken for any entity")
                taken[id_] = "Entity"
            else:
                found[id_] = SchemaClass(id=id_)
    same_words: dict[str, str] = {}
    for id_, class_ in sorted(found.items()):
        key = " ".join(split_label(best_label(class_.id, class_.labels, language).value))
        if key in same_words and not class_.parents:
            taken[id_] = same_words[key]  # an id; resolved when names are known
        else:
            same_words.setdefault(key, id_)
    return [c for i, c in sorted(found.items()) if i not in taken], taken


def superclasses(
    classes: Sequence[SchemaClass], taken: Container[str], notes: list[str]
) -> dict[str, list[str]]:
    """Superclasses of each class; those that close a cycle are left out and noted."""
    ids = {c.id for c in classes}
    above: dict[str, list[str]] = {}

    def reaches(start: str, goal: str) -> bool:
        todo, seen = [start], set()
        while todo:
            at = todo.pop()
            if at == goal:
                return True
            if at not in seen:
                seen.add(at)
                todo += above.get(at, ())
        return False

    for class_ in classes:
        above[class_.id] = []
        for parent in class_.parents:
            if parent not in ids and parent not in taken:
                continue
            if parent in ids and reaches(parent, class_.id):
                notes.append(f"{class_.id} below {parent} closes a cycle: left out")
            else:
                above[class_.id].append(parent)
    return above
