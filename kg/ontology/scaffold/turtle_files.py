"""ontology.ttl, shapes.ttl and names.ttl of a new domain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ontology.domain import Ontology
from kg.ontology.scaffold.schema import Text
from kg.ontology.scaffold.terms import DomainClass, DomainRelation, DomainTerms

__all__ = ["names_turtle", "ontology_turtle", "shapes_turtle"]

NEWSROOM = "https://w3id.org/newskg/newsroom"
PREFIXES = {
    "nr": NEWSROOM + "#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SUBJECT, _OBJECT = "rdf:subject", "rdf:object"
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")


class _Writer:
    """Terms of the domain and of the newsroom as Turtle writes them."""

    def __init__(self, terms: DomainTerms, base: Ontology, prefix: str) -> None:
        self.terms, self.base, self.prefix = terms, base, prefix
        self.iris = {c.name: c.iri for c in terms.classes} | {
            r.name: r.iri for r in terms.relations
        }
        self.labels = {c.name: c.label.value for c in terms.classes}

    def head(self) -> Iterator[str]:
        """The prefixes."""
        yield f"@prefix {self.prefix}: <{self.terms.iri}> ."
        yield from (f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())
        yield ""

    def term(self, name: str) -> str:
        """A class or relation by name; a datatype by its local name."""
        if name in self.iris:
            return self.short(self.iris[name])
        if name in self.base.classes:
            return self.short(self.base.classes[name].iri)
        return f"xsd:{name}"

    def short(self, iri: str) -> str:
        """An IRI, with the prefix of the domain or the newsroom where that is possible."""
        for prefix, space in ((self.prefix, self.terms.iri), ("nr", NEWSROOM + "#")):
            local = iri.removeprefix(space)
            if local != iri and re.fullmatch(r"[A-Za-z_][\w-]*", local, re.ASCII):
                return f"{prefix}:{local}"
        return f"<{iri}>"

    def label(self, name: str) -> str:
        """What to call a class in a message."""
        return self.labels.get(name) or self.base.classes[name].label


def ontology_turtle(terms: DomainTerms, base: Ontology, prefix: str, title: str, said: str) -> str:
    """The classes and relations; `said` is the description of the ontology."""
    writer = _Writer(terms, base, prefix)
    iri = terms.iri.rstrip("#/")
    lines = [*writer.head(), f"<{iri}> a owl:Ontology ;"]
    lines += _body(
        [
            ("dcterms:title", [literal(Text(title, "en"))]),
            ("dcterms:description", [literal(Text(said, "en"))] if said else []),
            ("owl:imports", [f"<{NEWSROOM}>"]),
            ("owl:versionInfo", ['"0.1.0"']),
            ("vann:preferredNamespacePrefix", [f'"{prefix}"']),
            ("vann:preferredNamespaceUri", [literal(Text(terms.iri))]),
        ]
    )
    for class_ in terms.classes:
        lines += ["", *_class(class_, writer)]
    for relation in terms.relations:
        lines += ["", *_relation(relation, writer)]
    return "\n".join(lines) + "\n"


def _class(class_: DomainClass, writer: _Writer) -> Iterator[str]:
    yield f"{writer.short(class_.iri)} a owl:Class ;"
    yield from _body(
        [
            *_labels(class_.label, class_.synonyms),
            ("skos:definition", [literal(class_.definition)]),
            ("rdfs:subClassOf", [writer.term(p) for p in class_.parents]),
            ("owl:equivalentClass", nodes(class_.same_as)),
            ("rdfs:isDefinedBy", [f"<{writer.terms.iri.rstrip('#/')}>"]),
        ]
    )


def _relation(relation: DomainRelation, writer: _Writer) -> Iterator[str]:
    kinds = ["owl:DatatypeProperty" if relation.value else "owl:ObjectProperty"]
    kinds += ["owl:SymmetricProperty"] if relation.symmetric else []
    kinds += ["owl:TransitiveProperty"] if relation.transitive else []
    inverse = [writer.term(relation.inverse)] if relation.inverse else []
    yield f"{writer.short(relation.iri)} a {' , '.join(kinds)} ;"
    yield from _body(
        [
            *_labels(relation.label, relation.synonyms),
            ("skos:definition", [literal(relation.definition)]),
            ("skos:example", [literal(Text(e)) for e in relation.examples]),
            ("rdfs:domain", [_union(relation.domain, writer, "owl:Class")]),
            ("rdfs:range", [
                _union(relation.range, writer, "rdfs:Datatype" if relation.value else "owl:Class")
            ]),
            ("rdfs:subPropertyOf", [writer.term(p) for p in relation.parents]),
            ("owl:inverseOf", inverse),
            ("owl:equivalentProperty", nodes(relation.same_as)),
            ("nr:singleValued", ["true"] if relation.functional else []),
            ("rdfs:isDefinedBy", [f"<{writer.terms.iri.rstrip('#/')}>"]),
        ]
    )  # fmt: skip


def _union(names: tuple[str, ...], writer: _Writer, kind: str) -> str:
    if len(names) == 1:
        return writer.term(names[0])
    return f"[ a {kind} ; owl:unionOf ( {' '.join(map(writer.term, names))} ) ]"


def _labels(label: Text, synonyms: Iterable[Text]) -> list[tuple[str, list[str]]]:
    """One rdfs:label in each language, the other names as skos:altLabel."""
    labels, others = [label], []
    languages = {label.language}
    for text in synonyms:
        if text.language and text.language not in languages:
            languages.add(text.language)
            labels.append(text)
        else:
            others.append(Text(text.value, text.language or label.language))
    return [
        ("rdfs:label", [literal(t) for t in labels]),
        ("skos:altLabel", list(dict.fromkeys(literal(t) for t in others))),
    ]


def shapes_turtle(terms: DomainTerms, base: Ontology, prefix: str) -> str:
    """A shape for each relation: classes or datatypes of subject and object, and its pattern."""
    writer = _Writer(terms, base, prefix)
    lines = list(writer.head())
    for relation in terms.relations:
        own = writer.short(relation.iri)
        shape = f"{own}Shape" if ":" in own and own[0] != "<" else f"<{relation.iri}Shape>"
        subject = [f"sh:class {writer.term(n)}" for n in relation.domain]
        of_object = "sh:datatype" if relation.value else "sh:class"
        object_ = [f"{of_object} {writer.term(n)}" for n in relation.range]
        what = _list(relation.range if relation.value else map(writer.label, relation.range))
        pattern = [f"sh:pattern {literal(Text(relation.pattern))} ;"] if relation.pattern else []
        lines += [
            f"{shape} a sh:NodeShape ;",
            f"    sh:targetNode {own} ;",
            "    sh:property [",
            *_side(_SUBJECT, subject, f"the subject of {relation.name} must be of "
                   f"{_list(map(writer.label, relation.domain))}", []),
            "    ] , [",
            *_side(_OBJECT, object_, f"the object of {relation.name} must be of {what}", pattern),
            "    ] .",
            "",
        ]  # fmt: skip
    return "\n".join(lines)


def _side(which: str, admitted: list[str], message: str, more: list[str]) -> Iterator[str]:
    yield f"        sh:path ( [ sh:inversePath rdf:predicate ] {which} ) ;"
    if len(admitted) == 1:
        yield f"        {admitted[0]} ;"
    else:
        yield f"        sh:or ( {' '.join(f'[ {a} ]' for a in admitted)} ) ;"
    yield from (f"        {line}" for line in more)
    yield f"        sh:message {literal(Text(message))}"


def names_turtle(terms: DomainTerms, base: Ontology, prefix: str) -> str:
    """The entities that the domain knows by name."""
    writer = _Writer(terms, base, prefix)
    lines = list(writer.head())
    for name in sorted(terms.names, key=lambda n: n.iri):
        lines.append(f"<{name.iri}> a {writer.term(name.type)} ;")
        lines += _body(
            [
                ("skos:prefLabel", [literal(name.label)]),
                ("skos:altLabel", [literal(t) for t in name.synonyms]),
                ("skos:hiddenLabel", [literal(t) for t in name.hidden]),
                ("schema:sameAs", nodes(name.same_as)),
            ]
        )
        lines.append("")
    return "\n".join(lines)


def _body(rows: Iterable[tuple[str, list[str]]]) -> list[str]:
    said = [f"    {key} {' , '.join(values)}" for key, values in rows if values]
    return [*(f"{line} ;" for line in said[:-1]), f"{said[-1]} ."]


def literal(text: Text) -> str:
    """A literal as Turtle writes it; without language where its tag is none."""
    if _LANGUAGE.fullmatch(text.language):
        return str(ox.Literal(text.value, language=text.language))
    return str(ox.Literal(text.value))


def nodes(iris: Iterable[str]) -> list[str]:
    """IRIs as Turtle writes them; what is no IRI is left out."""
    found = []
    for iri in iris:
        try:
            found.append(str(ox.NamedNode(iri)))
        except ValueError:
            continue
    return found


def _list(names: Iterable[str]) -> str:
    return " or ".join(names)
