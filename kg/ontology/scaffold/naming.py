"""The classes, relations and names of a new domain: named, labelled, tied to the newsroom's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.classes import classes_of, superclasses
from kg.ontology.scaffold.labels import (
    best_definition,
    best_label,
    datatype_of,
    slug,
    unique_label,
    with_article,
)
from kg.ontology.scaffold.local_names import LocalNames, kept_namespace
from kg.ontology.scaffold.newsroom import class_above
from kg.ontology.scaffold.object_kinds import literal_range
from kg.ontology.scaffold.pairing import paired
from kg.ontology.scaffold.schema import (
    Schema,
    SchemaClass,
    SchemaRelation,
    Text,
    english,
)
from kg.ontology.scaffold.terms import DomainClass, DomainName, DomainRelation, DomainTerms
from kg.ontology.scaffold.words import singular, split_label

__all__ = ["name_terms"]


def name_terms(
    schema: Schema, base: Ontology, domain: str, *, iri: str = "", language: str = "en"
) -> DomainTerms:
    """The terms of a domain that imports `base`.

    IRIs of the source stay where they share one namespace and can be told by their last part; else
    terms get IRIs in `iri` and say what they are the same as. The same schema gives the same terms.
    """
    return _Namer(schema, base, domain, iri, language).terms()


class _Namer:
    def __init__(
        self, schema: Schema, base: Ontology, domain: str, iri: str, language: str
    ) -> None:
        self.schema, self.base, self.domain, self.language = schema, base, domain, language
        self.notes: list[str] = list(schema.notes)
        self.classes, self.taken_over = classes_of(schema, base, language, self.notes)
        ids = [c.id for c in self.classes] + [r.id for r in schema.relations]
        kept = kept_namespace(ids, base) if not iri else ""
        self.iri = iri or kept or f"https://example.org/{domain}#"
        names = LocalNames(base, domain, language, keeps=bool(kept))
        self.local = {c.id: names.name(c.id, c.labels, upper=True) for c in self.classes}
        self.relation_names = {
            r.id: names.name(r.id, r.labels, upper=False) for r in schema.relations
        }

    def terms(self) -> DomainTerms:
        parents = superclasses(self.classes, self.taken_over, self.notes)
        class_labels = {c.label.casefold() for c in self.base.classes.values()}
        classes = tuple(self._class(c, parents, class_labels) for c in self.classes)
        relation_labels = {r.label.casefold() for r in self.base.relations.values()}
        relations = tuple(self._relation(r, relation_labels) for r in self.schema.relations)
        return DomainTerms(
            iri=self.iri,
            classes=classes,
            relations=paired(relations, self.notes),
            names=tuple(self._names()),
            taken_over=self.taken_over,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def class_name(self, id_: str) -> str:
        """The name, here or in the newsroom, of a class of the source."""
        seen = self.taken_over.get(id_, id_)
        return self.local.get(seen, seen)

    def _iri(self, name: str, id_: str) -> tuple[str, tuple[str, ...]]:
        own = self.iri + name
        foreign = id_ if ":" in id_ and id_ != own else None
        return own, (foreign,) if foreign and re.match(r"(https?|urn):\S+$", foreign) else ()

    def _class(
        self, class_: SchemaClass, parents: Mapping[str, list[str]], taken: set[str]
    ) -> DomainClass:
        name = self.local[class_.id]
        iri, same = self._iri(name, class_.id)
        label = unique_label(
            best_label(class_.id, class_.labels, self.language), self.domain, taken
        )
        synonyms = tuple(
            t for t in (*class_.labels, *class_.synonyms) if t != label and t.value != label.value
        )
        own = tuple(dict.fromkeys(self.class_name(p) for p in parents[class_.id]))
        words = tuple(
            dict.fromkeys(
                w[-1] if len(w) == 1 else "-".join(w)
                for w in (
                    split_label(t)
                    for t in english((label, *synonyms), self.language) or (label.value,)
                )
                if w
            )
        )
        above = own or (class_above(words, self.base),)
        return DomainClass(
            name=name,
            iri=iri,
            label=label,
            synonyms=synonyms,
            definition=best_definition(class_.definitions, label, self.language)
            or Text(f"Anything that is called {with_article(label.value)}.", "en"),
            parents=tuple(p for p in above if p != name),
            same_as=(*same, *(s for s in class_.same_as if s not in same and ":" in s)),
            words=tuple(singular(w) for w in words),
        )

    def _relation(self, relation: SchemaRelation, taken: set[str]) -> DomainRelation:
        name = self.relation_names[relation.id]
        iri, same = self._iri(name, relation.id)
        plain = best_label(relation.id, relation.labels, self.language)
        label = unique_label(plain, self.domain, taken)
        synonyms = tuple(
            t
            for t in (*relation.labels, *relation.synonyms)
            if t.value not in (label.value, plain.value)
        )
        value, range_ = self._range(relation, plain.value)
        domain = self._sides(d for d in relation.domain if not datatype_of(d) or d in self.local)
        sayings = english((plain, *synonyms), self.language)
        return DomainRelation(
            name=name,
            iri=iri,
            label=label,
            synonyms=synonyms,
            definition=best_definition(relation.definitions, label, self.language)
            or Text(f"The source gives no definition; its label is “{plain.value}”.", "en"),
            domain=domain,
            range=range_,
            value=value,
            parents=tuple(
                self.relation_names[p] for p in relation.parents if p in self.relation_names
            ),
            inverse=self.relation_names.get(relation.inverse or ""),
            functional=relation.functional,
            symmetric=relation.symmetric and value is None and set(domain) == set(range_),
            transitive=relation.transitive and value is None and set(domain) == set(range_),
            pattern=relation.pattern,
            same_as=same,
            sayings=tuple(dict.fromkeys(sayings)),
            examples=relation.examples,
        )

    def _sides(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Classes by name; any entity where none is left."""
        names = dict.fromkeys(self.class_name(i) for i in ids)
        known = {*self.base.classes, *self.local.values()}
        return tuple(n for n in names if n in known) or ("Entity",)

    def _range(self, relation: SchemaRelation, label: str) -> tuple[str | None, tuple[str, ...]]:
        """What the object is: kind of literal and datatypes, or classes."""
        classes = [r for r in relation.range if not datatype_of(r) or r in self.local]
        if classes and relation.is_literal is not True:
            return None, self._sides(classes)
        types = [d for r in relation.range if r not in self.local and (d := datatype_of(r))]
        return literal_range(types, label, is_literal=relation.is_literal) or (None, ("Entity",))

    def _names(self) -> Iterable[DomainName]:
        labels: dict[str, str] = {}
        for name in self.schema.names:
            type_ = self.class_name(name.type) if name.type else "Entity"
            if type_ not in self.base.classes and type_ not in self.local.values():
                self.notes.append(f"{name.id} has no class of the source: left out")
                continue
            label = best_label(name.id, name.labels, self.language)
            if label.value.casefold() in labels:
                other = labels[label.value.casefold()]
                self.notes.append(f"{name.id} is called like {other}: left out")
                continue
            iri = name.id if re.match(r"(https?|urn):\S+$", name.id) else ""
            synonyms = [
                t
                for t in dict.fromkeys((*name.labels, *name.synonyms))
                if t.value != label.value and t.value.casefold() not in labels
            ]
            for text in (label, *synonyms):
                labels.setdefault(text.value.casefold(), name.id)
            yield DomainName(
                iri=iri or f"id/{slug(label.value)}",
                type=type_,
                label=label,
                synonyms=tuple(synonyms),
                hidden=name.hidden,
                same_as=name.same_as,
            )
