"""The classes, relations and names of a new domain: named, labelled, tied to the newsroom's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.labels import (
    best_definition,
    best_label,
    camel_case,
    datatype_of,
    last_part,
    slug,
    unique_label,
    with_article,
)
from kg.ontology.scaffold.pairing import paired
from kg.ontology.scaffold.schema import (
    Schema,
    SchemaClass,
    SchemaRelation,
    Text,
    english,
)
from kg.ontology.scaffold.words import english_table, noun_entry, singular, split_label
from kg.ontology.terms import local_name

__all__ = ["DomainClass", "DomainName", "DomainRelation", "DomainTerms", "name_terms"]

DATES = ("gYear", "gYearMonth", "date")
NUMBERS = ("integer", "decimal")
KINDS = {"person": "Person", "group": "Organization", "location": "Place", "event": "Event"}
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OPAQUE = re.compile(r"[A-Za-z]{0,10}[_-]?\d+")


@dataclass(frozen=True, slots=True)
class DomainClass:
    """A class to be written; `parents` are names, own or of the newsroom; `words` denote it."""

    name: str
    iri: str
    label: Text
    definition: Text
    synonyms: tuple[Text, ...] = ()
    parents: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainRelation:
    """A relation to be written. `range` holds names of classes, or of XSD datatypes if `value`.

    `value` is "date", "number", "text" or "boolean" for a relation to literals, else None;
    `sayings` are its labels and synonyms in the language that frames are proposed for.
    """

    name: str
    iri: str
    label: Text
    synonyms: tuple[Text, ...]
    definition: Text
    domain: tuple[str, ...]
    range: tuple[str, ...]
    value: str | None = None
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    functional: bool = False
    symmetric: bool = False
    transitive: bool = False
    pattern: str | None = None
    same_as: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainName:
    """A name to be written; `type` is the name of a class."""

    iri: str
    type: str
    label: Text
    synonyms: tuple[Text, ...] = ()
    hidden: tuple[Text, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class DomainTerms:
    """All that is to be written; `taken_over` are classes of the source that the newsroom has."""

    iri: str
    classes: tuple[DomainClass, ...]
    relations: tuple[DomainRelation, ...]
    names: tuple[DomainName, ...]
    taken_over: Mapping[str, str] = field(default_factory=dict)  # id in the source to class
    notes: tuple[str, ...] = ()


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
        self.by_label = _labels_of(base)
        self.taken_over = self._taken_over()
        self.classes = self._with_missing()
        kept = self._namespace() if not iri else ""
        self.iri = iri or kept or f"https://example.org/{domain}#"
        self.keeps = bool(kept)
        self.local: dict[str, str] = {}
        taken = {n.casefold() for n in (*base.classes, *base.relations)}
        for class_ in self.classes:
            self.local[class_.id] = self._name(class_.id, class_.labels, taken, upper=True)
        self.relation_names = {
            r.id: self._name(r.id, r.labels, taken, upper=False) for r in schema.relations
        }

    def terms(self) -> DomainTerms:
        parents = self._parents()
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

    # -- which classes there are ------------------------------------------------------------------

    def _taken_over(self) -> dict[str, str]:
        """Classes of the source that mean a class of the newsroom."""
        found = {}
        for class_ in self.schema.classes:
            labels = english(class_.labels, self.language) or (last_part(class_.id),)
            words = (" ".join(split_label(label)) for label in labels)
            same = next((self.by_label[w] for w in words if w in self.by_label), None)
            same = same or _newsroom(class_.id, self.base)
            if same is not None:
                found[class_.id] = same
        return found

    def _with_missing(self) -> list[SchemaClass]:
        """The classes to be minted: those declared, and those only named as domain or range."""
        found = {c.id: c for c in self.schema.classes if c.id not in self.taken_over}
        for relation in self.schema.relations:
            for id_ in (*relation.domain, *relation.range):
                words = split_label(last_part(id_))
                if id_ in found or id_ in self.taken_over or datatype_of(id_) or not words:
                    continue
                same = self.by_label.get(" ".join(words))
                if same is not None:
                    self.taken_over[id_] = same
                elif _OPAQUE.fullmatch(last_part(id_)):
                    self.notes.append(f"{id_} is no class of the source: taken for any entity")
                    self.taken_over[id_] = "Entity"
                else:
                    found[id_] = SchemaClass(id=id_)
        same_words: dict[str, str] = {}
        for id_, class_ in sorted(found.items()):
            key = " ".join(split_label(best_label(class_.id, class_.labels, self.language).value))
            if key in same_words and not class_.parents:
                self.taken_over[id_] = same_words[key]  # an id; resolved when names are known
            else:
                same_words.setdefault(key, id_)
        return [c for i, c in sorted(found.items()) if i not in self.taken_over]

    def class_name(self, id_: str) -> str:
        """The name, here or in the newsroom, of a class of the source."""
        seen = self.taken_over.get(id_, id_)
        return self.local.get(seen, seen)

    def _parents(self) -> dict[str, list[str]]:
        """Superclasses of each class; those that close a cycle are left out and noted."""
        ids = {c.id for c in self.classes}
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

        for class_ in self.classes:
            above[class_.id] = []
            for parent in class_.parents:
                if parent not in ids and parent not in self.taken_over:
                    continue
                if parent in ids and reaches(parent, class_.id):
                    self.notes.append(f"{class_.id} below {parent} closes a cycle: left out")
                else:
                    above[class_.id].append(parent)
        return above

    # -- IRIs and names ---------------------------------------------------------------------------

    def _namespace(self) -> str:
        """The namespace of all terms where their names can be kept, else ""."""
        ids = [c.id for c in self.classes] + [r.id for r in self.schema.relations]
        spaces = {i.removesuffix(local_name(i)) for i in ids}
        taken = {n.casefold() for n in (*self.base.classes, *self.base.relations)}
        names = [local_name(i) for i in ids]
        fit = all(_LOCAL.fullmatch(n) and not _OPAQUE.fullmatch(n) for n in names)
        distinct = len({n.casefold() for n in names}) == len(names)
        free = not any(n.casefold() in taken for n in names)
        space = next(iter(spaces), "")
        one = len(spaces) == 1 and space.startswith(("http://", "https://", "urn:"))
        return space if one and fit and distinct and free and space[-1:] in "#/" else ""

    def _name(self, id_: str, labels: Iterable[Text], taken: set[str], *, upper: bool) -> str:
        name = last_part(id_)
        if not self.keeps:
            if not _LOCAL.fullmatch(name) or _OPAQUE.fullmatch(name):
                told = best_label(id_, tuple(labels), self.language).value
                words = split_label(told if _OPAQUE.fullmatch(name) else name)
                words = words if _camel_fits(words) else split_label(told)
                name = camel_case(words, upper=upper) or ("Class" if upper else "relation")
            elif upper != name[0].isupper():
                name = name[0].upper() + name[1:] if upper else name[0].lower() + name[1:]
            if name.casefold() in taken:
                name = camel_case([*split_label(self.domain), *split_label(name)], upper=upper)
            number, stem = 2, name
            while name.casefold() in taken:
                name, number = f"{stem}{number}", number + 1
        taken.add(name.casefold())
        return name

    def _iri(self, name: str, id_: str) -> tuple[str, tuple[str, ...]]:
        own = self.iri + name
        foreign = id_ if ":" in id_ and id_ != own else None
        return own, (foreign,) if foreign and re.match(r"(https?|urn):\S+$", foreign) else ()

    # -- terms ------------------------------------------------------------------------------------

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
        above = own or (_above(words, self.base),)
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
        types = [d for r in relation.range if r not in self.local and (d := datatype_of(r))]
        if classes and relation.is_literal is not True:
            return None, self._sides(classes)
        last = (split_label(label) or [""])[-1]
        first = (split_label(label) or [""])[0]
        words = english_table()["labels"]
        if not types and relation.is_literal is not False:
            entry = noun_entry(last)
            if {last, first} & set(words["times"]) or (entry and entry.kind == "time"):
                types = ["date"]
            elif singular(last) in words["measures"] or first in ("number", "amount"):
                types = ["decimal"]
            elif relation.is_literal or singular(last) in words["names"]:
                types = ["string"]
        if not types:
            return None, ("Entity",)
        if any(t in ("date", "gYear", "gYearMonth", "dateTime") for t in types):
            return "date", DATES if "date" in types or "dateTime" in types else ("gYear",)
        if any(t in NUMBERS for t in types):
            return "number", NUMBERS if "decimal" in types else ("integer",)
        return ("boolean", ("boolean",)) if types == ["boolean"] else ("text", ("string",))

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


def _camel_fits(words: list[str]) -> bool:
    """True where letters of ASCII are left to name a term with."""
    return bool(camel_case(words, upper=True))


def _labels_of(base: Ontology) -> dict[str, str]:
    """Words of labels to the newsroom's class that they mean; records are nothing to talk about."""
    found: dict[str, str] = {}
    for name, words in english_table()["same"].items():
        found |= {" ".join(split_label(w)): name for w in words if name in base.classes}
    for class_ in base.classes.values():
        if base.is_a(class_.name, "Entity"):
            found.setdefault(" ".join(split_label(class_.label)), class_.name)
    return found


def _newsroom(id_: str, base: Ontology) -> str | None:
    return next((c.name for c in base.classes.values() if c.iri == id_), None)


def _above(words: tuple[str, ...], base: Ontology) -> str:
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
        if entry is not None and entry.kind in KINDS:
            return KINDS[entry.kind]
    return "Entity"
