"""What is wrong with a domain folder, as far as its files can tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.core_shapes import core_shapes
from kg.ontology.domain import DEFAULT_DOMAIN, Ontology, load_ontology
from kg.ontology.frames import Frame
from kg.ontology.icons import icon_paths
from kg.ontology.pitfalls import find_pitfalls, unknown_terms
from kg.ontology.rule_check import rule_messages
from kg.ontology.terms import OntologyClass, Relation, local_name
from kg.ontology.turtle import load_turtle

__all__ = ["Problem", "check_domain"]

SH = "http://www.w3.org/ns/shacl#"
RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"  # paths of several steps are lists
SHAPE_LINKS = frozenset(
    SH + name for name in ("path", "targetNode", "targetSubjectsOf", "targetObjectsOf", "class")
) | {RDF_FIRST}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair; file and line where they are known."""

    message: str
    path: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.path}" if self.path else ""
        where += f":{self.line}" if self.line else ""
        return f"{where}: {self.message}" if where else self.message


def check_domain(
    domain: str | Path = DEFAULT_DOMAIN, *, published: bool = False
) -> tuple[Problem, ...]:
    """The problems of a domain and of what it imports, by file and line; empty when it is sound.

    `published` asks for all that an ontology needs before others cite it: header, licence,
    disjointness, inverses, naming, terms of others declared and existing. Files that do not parse
    are a problem too, and then the only one reported. Raises UnknownNameError when there is no such
    domain.
    """
    try:
        ontology = load_ontology(domain)
        checker = _Checker(ontology, published=published)
    except OntologyError as error:
        return (Problem(str(error)),)
    found = dict.fromkeys(checker.problems())
    return tuple(sorted(found, key=lambda p: (str(p.path or ""), p.line or 0, p.message)))


class _Checker:
    def __init__(self, ontology: Ontology, *, published: bool) -> None:
        self.ontology = ontology
        self.published = published
        self.shaped = _shaped(ontology)
        self.lines: dict[Path, list[str]] = {}

    def problems(self) -> Iterator[Problem]:
        yield from self._header()
        yield from self._classes()
        for relation in self.ontology.relations.values():
            yield from self._relation(relation)
        yield from self._shapes()
        for frame in self.ontology.frames:
            yield from self._frame(frame)
        for term, message in rule_messages(self.ontology):
            yield self._at("rules.toml", term, message)
        yield from self._names()
        yield from self._pitfalls()
        yield from self._core_shapes()

    def _core_shapes(self) -> Iterator[Problem]:
        """Shapes that were made from others and are older than they."""
        for folder in self.ontology.folders:
            path = folder / "shapes-core.ttl"
            if path.is_file() and path.read_text("utf-8") != core_shapes(self.ontology, folder):
                yield Problem(
                    "is not what shapes.ttl gives; make it anew with "
                    f"`kg ontology core-shapes {folder.name}`",
                    path,
                )

    def _pitfalls(self) -> Iterator[Problem]:
        store = ox.Store()
        for folder in self.ontology.folders:
            load_turtle(folder / "ontology.ttl", store, self.ontology.base_iri)
        for term, message in find_pitfalls(store, published=self.published):
            yield self._at("ontology.ttl", term, message)
        if not self.published:
            return
        for folder in self.ontology.folders:
            if (folder / "names.ttl").is_file():
                load_turtle(folder / "names.ttl", store, self.ontology.base_iri)
        for term, message in unknown_terms(store):
            yield self._at("ontology.ttl", term, message)

    def _terms(self) -> tuple[OntologyClass | Relation, ...]:
        return (*self.ontology.classes.values(), *self.ontology.relations.values())

    def _header(self) -> Iterator[Problem]:
        known = self.ontology.prefixes.values()
        for namespace in sorted({t.iri.removesuffix(t.name) for t in self._terms()} - set(known)):
            yield Problem(
                f"no owl:Ontology declares the namespace {namespace}; add one with "
                "vann:preferredNamespaceUri and vann:preferredNamespacePrefix",
                self.ontology.folders[-1] / "ontology.ttl",
            )

    def _classes(self) -> Iterator[Problem]:
        classes = self.ontology.classes.values()
        for class_ in classes:
            for what, text in (("rdfs:label", class_.label), ("definition", class_.definition)):
                if not text:
                    yield self._at("ontology.ttl", class_.iri, f"class {class_.name}: no {what}")
            if class_.icon and class_.icon not in icon_paths():
                message = f"class {class_.name}: its nr:icon {class_.icon!r} is none of the icons: "
                yield self._at("ontology.ttl", class_.iri, message + ", ".join(icon_paths()))
        labels = [(class_.label, class_.name, class_.iri) for class_ in classes]
        yield from self._clashes("ontology.ttl", "classes", labels)
        labels = [(r.label, r.name, r.iri) for r in self.ontology.relations.values()]
        yield from self._clashes("ontology.ttl", "relations", labels)

    def _relation(self, relation: Relation) -> Iterator[Problem]:
        where, who = relation.iri, f"relation {relation.name}"
        for what, value in (
            ("rdfs:label", relation.label),
            ("definition", relation.definition),
            ("rdfs:domain", relation.domain),
            ("rdfs:range", relation.range),
        ):
            if not value:
                yield self._at("ontology.ttl", where, f"{who}: no {what}")
        if relation.iri not in self.shaped:
            yield self._at("ontology.ttl", where, f"{who}: no shape in shapes.ttl names it")
        if relation.use not in ("claim", "inference", "qualifier", "record"):
            yield self._at("ontology.ttl", where, f"{who}: its nr:use {relation.use!r} is unknown")
        if relation.use in ("claim", "inference"):
            for name in (*relation.domain, *relation.range):
                if "#" not in name and name not in self.ontology.classes:
                    message = f"{who}: {name} in its domain or range is no class"
                    yield self._at("ontology.ttl", where, message)

    def _shapes(self) -> Iterator[Problem]:
        """Shapes of terms that do not exist are never broken, so nobody would notice."""
        own = tuple(self.ontology.prefixes.values())
        known = {term.iri for term in self._terms()} | self._individuals()
        for iri in sorted(self.shaped - known):
            if own and iri.startswith(own):
                name = local_name(iri)
                yield self._at("shapes.ttl", iri, f"{name} is no class or relation of the domain")

    def _individuals(self) -> set[str]:
        """Named things of the vocabulary that are neither class nor relation, such as stances."""
        skos = "http://www.w3.org/2004/02/skos/core#"
        return {
            quad.subject.value
            for folder in self.ontology.folders
            for quad in ox.parse(path=str(folder / "ontology.ttl"), format=ox.RdfFormat.TURTLE)
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
            and quad.object.value in (f"{skos}Concept", f"{skos}ConceptScheme")
        }

    def _frame(self, frame: Frame) -> Iterator[Problem]:
        who = f"frame {frame.id}"
        relation = self.ontology.relations.get(frame.predicate)
        messages = []
        if relation is None:
            messages.append(f"{who}: there is no relation {frame.predicate!r}")
        elif relation.use != "claim":
            messages.append(f"{who}: {frame.predicate!r} is a {relation.use} and no claim")
        for name in frame.classes():
            if name not in self.ontology.classes:
                messages.append(f"{who}: there is no class {name!r}")
        for name in frame.qualifiers:
            if getattr(self.ontology.relations.get(name), "use", None) != "qualifier":
                messages.append(f"{who}: there is no qualifier {name!r}")
        for slot in (frame.subject, frame.object, *frame.qualifiers.values()):
            if slot.known is not None and not self._is_known(slot.known):
                messages.append(f"{who}: no name of the domain is {slot.known!r}")
        for message in messages:
            yield self._at("frames.toml", f"[frame.{frame.id}]", message)

    def _is_known(self, name: str) -> bool:
        """A frame names an entity by IRI, or by what follows the base IRI."""
        names = self.ontology.names
        return name in names or any(iri.endswith(f"/{name}") for iri in names)

    def _names(self) -> Iterator[Problem]:
        labels = [
            (label, local_name(name.iri), name.iri)
            for name in self.ontology.names.values()
            for label in (name.label, *name.alt_labels)
        ]
        yield from self._clashes("names.ttl", "names", labels)

    def _clashes(
        self, file: str, what: str, labels: Iterable[tuple[str, str, str]]
    ) -> Iterator[Problem]:
        """Labels of several things; capitals tell names apart, but not classes and relations."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for label, name, iri in labels:
            if label:
                found[label if what == "names" else label.casefold()][iri] = name
        for label, owners in found.items():
            if len(owners) > 1:
                message = f"label {label!r} stands for several {what}: {_list(owners.values())}"
                yield self._at(file, max(owners), message)

    def _at(self, file: str, term: str, message: str) -> Problem:
        """The problem with the file and line where the term is described, if that is found."""
        name = re.escape(local_name(term))
        start = re.compile(
            re.escape(term)
            if term.startswith("[")
            else rf"([\w-]*:{name}|<(.*[/#:])?{name}>)(?![\w-])"
        )
        for folder in reversed(self.ontology.folders):
            path = folder / file
            if path not in self.lines:
                self.lines[path] = path.read_text("utf-8").splitlines() if path.is_file() else []
            for number, line in enumerate(self.lines[path], 1):
                if start.match(line):
                    return Problem(message, path, number)
        return Problem(message)


def _shaped(ontology: Ontology) -> frozenset[str]:
    """IRIs of the classes and relations that some shape is about."""
    found: set[str] = set()
    for folder in ontology.folders:
        path = folder / "shapes.ttl"
        if not path.is_file():
            raise OntologyError(f"{path}: file is missing; every domain folder needs it")
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if quad.predicate.value in SHAPE_LINKS and isinstance(quad.object, ox.NamedNode):
                    found.add(quad.object.value)
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: not valid Turtle: {error}") from error
    return frozenset(found)


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
