"""A domain folder as one object: classes, relations, names, frames and words.

A folder holds `domain.toml` (its name, the domains it imports, its IRI), `ontology.ttl` (OWL),
`shapes.ttl` (SHACL), and, where it has them, `names.ttl` (SKOS labels of known entities),
`frames.toml` (how the relations are said) and `lexicon.toml` (word lists). Imports are merged in
order, the importing domain last, so that it can add to what it imports.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import OntologyError, UnknownNameError
from kg.ontology.frames import Frame, read_frames

__all__ = [
    "DEFAULT_BASE_IRI",
    "DEFAULT_DOMAIN",
    "KnownName",
    "Ontology",
    "OntologyClass",
    "Relation",
    "domain_folder",
    "domain_names",
    "load_ontology",
]

# Nobody has registered this address: it identifies, it does not resolve. `--base-iri` replaces it.
DEFAULT_BASE_IRI = "https://w3id.org/newskg/"
DEFAULT_DOMAIN = "olympics"

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDF_FIRST = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
RDF_REST = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
USE = "https://w3id.org/newskg/newsroom#use"
VANN = "http://purl.org/vocab/vann/"


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class; `parents` are the local names of its direct superclasses within the domain."""

    iri: str
    name: str
    label: str
    definition: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A property; domain and range are class local names or datatype IRIs (a union: any of them)."""

    iri: str
    name: str
    label: str
    definition: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    symmetric: bool = False
    functional: bool = False
    is_datatype: bool = False
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    use: str = "claim"  # "claim" of an article, "qualifier" of one, or "record" of the graph


@dataclass(frozen=True, slots=True, eq=False)
class KnownName:
    """An entity that the domain knows by name; `properties` are its other triples by local name."""

    iri: str
    type: str
    label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """All names, the preferred one first."""
        return (self.label, *self.alt_labels, *self.hidden_labels)


@dataclass(frozen=True)
class Ontology:
    """A domain with all that it imports, checked enough to be used."""

    name: str
    folders: tuple[Path, ...]  # imports first, the domain itself last
    base_iri: str
    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    names: Mapping[str, KnownName]  # by IRI
    frames: tuple[Frame, ...]
    lexicon: Mapping[str, Any]
    prefixes: Mapping[str, str] = field(default_factory=dict)  # prefix to namespace, own terms only

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}

        def walk(name: str, path: tuple[str, ...]) -> frozenset[str]:
            if name in path:
                raise OntologyError(
                    f"domain {self.name!r}: class {name} is its own ancestor "
                    f"({' > '.join((*path, name))}); remove one rdfs:subClassOf"
                )
            if name not in found:
                above: set[str] = {name}
                if name in self.classes:
                    for parent in self.classes[name].parents:
                        above |= walk(parent, (*path, name))
                found[name] = frozenset(above)
            return found[name]

        for name in self.classes:
            walk(name, ())
        return found

    def is_a(self, name: str, ancestor: str) -> bool:
        """True when class `name` is `ancestor` or below it."""
        return ancestor in self._ancestors.get(name, frozenset((name,)))

    def is_any(self, name: str, ancestors: Iterable[str]) -> bool:
        """True when class `name` is one of `ancestors` or below one."""
        above = self._ancestors.get(name, frozenset((name,)))
        return any(ancestor in above for ancestor in ancestors)

    def descendants(self, name: str) -> frozenset[str]:
        """`name` and every class below it."""
        return frozenset(n for n in self.classes if name in self._ancestors[n])

    def words(self, key: str) -> frozenset[str]:
        """A word list of the lexicon; empty when no domain has it."""
        value = self.lexicon.get(key, ())
        return frozenset(value)


def domain_names() -> tuple[str, ...]:
    """Names of the domains that come with the package, sorted."""
    return tuple(sorted(p.parent.name for p in _home().glob("*/domain.toml")))


def _home() -> Path:
    """The folder of the packaged domains: inside the wheel, or beside `kg/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "domains"
    return packaged if packaged.is_dir() else package.parent / "ontology"


def domain_folder(domain: str | Path) -> Path:
    """The folder of a domain given by name or by path.

    Raises UnknownNameError when it is neither a packaged domain nor a folder with a domain.toml.
    """
    packaged = _home() / str(domain)
    if str(domain) in domain_names():
        return packaged
    path = Path(domain)
    if (path / "domain.toml").is_file():
        return path.resolve()
    if path.is_dir():
        raise OntologyError(f"{path}: no domain.toml in this folder, so it is not a domain")
    raise UnknownNameError("domain", str(domain), domain_names())


def load_ontology(
    domain: str | Path = DEFAULT_DOMAIN, *, base_iri: str = DEFAULT_BASE_IRI
) -> Ontology:
    """The domain and all it imports.

    Relative IRIs in the domain's files are resolved against `base_iri`. Raises OntologyError
    naming file and line for what does not parse, and UnknownNameError for an unknown domain.
    """
    folders = _import_order(domain_folder(domain))
    store = ox.Store()
    names_store = ox.Store()
    for folder in folders:
        _parse(folder / "ontology.ttl", store, base_iri)
        if (folder / "names.ttl").exists():
            _parse(folder / "names.ttl", names_store, base_iri)
    own = tuple(_namespace(folder) for folder in folders)
    classes = {c.name: c for c in _read_classes(store, own)}
    relations = {r.name: r for r in _read_relations(store, own)}
    lexicon: dict[str, Any] = {}
    frames: dict[str, Frame] = {}
    for folder in folders:
        _merge(lexicon, _read_toml(folder / "lexicon.toml", required=False))
        for frame in read_frames(
            folder / "frames.toml", _read_toml(folder / "frames.toml", required=False)
        ):
            frames[frame.id] = frame  # an importing domain may replace a frame by its id
    return Ontology(
        name=folders[-1].name,
        folders=folders,
        base_iri=base_iri,
        classes=classes,
        relations=relations,
        names={n.iri: n for n in _read_names(names_store, classes)},
        frames=tuple(frames.values()),
        lexicon=lexicon,
        prefixes=_read_prefixes(store, own),
    )


def _import_order(folder: Path, path: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    if folder in path:
        chain = " > ".join(p.name for p in (*path, folder))
        raise OntologyError(f"{folder / 'domain.toml'}: imports itself ({chain})")
    settings = _read_toml(folder / "domain.toml")
    order: list[Path] = []
    for name in settings.get("imports", []):
        beside = folder.parent / name
        imported = beside if (beside / "domain.toml").is_file() else domain_folder(name)
        for found in _import_order(imported, (*path, folder)):
            if found not in order:
                order.append(found)
    return (*order, folder)


def _read_toml(path: Path, *, required: bool = True) -> dict[str, Any]:
    if not path.exists():
        if required:
            raise OntologyError(f"{path}: file is missing; every domain folder needs it")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: not valid TOML: {error}") from error


def _parse(path: Path, store: ox.Store, base_iri: str) -> None:
    if not path.exists():
        raise OntologyError(f"{path}: file is missing; every domain folder needs it")
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base_iri)
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: not valid Turtle: {error}") from error


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds lists to lists and tables to tables; a scalar of the importing domain wins."""
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            into[key] = [*into.get(key, []), *(v for v in value if v not in into.get(key, []))]
        else:
            into[key] = value


def local_name(iri: str) -> str:
    """What follows the last # or / of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _objects(store: ox.Store, subject: Any, predicate: str) -> list[Any]:
    quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
    return sorted((q.object for q in quads), key=str)


def _texts(store: ox.Store, subject: Any, predicate: str) -> tuple[str, ...]:
    found = _objects(store, subject, predicate)
    english = [o for o in found if isinstance(o, ox.Literal) and o.language in (None, "en")]
    return tuple(o.value for o in english or found)


def _first(store: ox.Store, subject: Any, predicate: str) -> str:
    return next(iter(_texts(store, subject, predicate)), "")


def _definition(store: ox.Store, subject: Any) -> str:
    return _first(store, subject, SKOS + "definition") or _first(store, subject, RDFS + "comment")


def _instances(store: ox.Store, *types: str) -> list[ox.NamedNode]:
    found = {
        q.subject
        for t in types
        for q in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(t), None)
        if isinstance(q.subject, ox.NamedNode)
    }
    return sorted(found, key=str)


def _namespace(folder: Path) -> str:
    """The IRI that every term of the folder's ontology.ttl starts with."""
    iri = _read_toml(folder / "domain.toml").get("iri", "")
    if not iri:
        raise OntologyError(f"{folder / 'domain.toml'}: no iri; say what its terms start with")
    return str(iri)


def _read_prefixes(store: ox.Store, own: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in _instances(store, OWL + "Ontology"):
        prefix = _first(store, node, VANN + "preferredNamespacePrefix")
        namespace = _first(store, node, VANN + "preferredNamespaceUri")
        if prefix and namespace in own:
            found[prefix] = namespace
    return found


def _own(terms: Iterable[ox.NamedNode], own: tuple[str, ...]) -> list[ox.NamedNode]:
    """The terms that the domains mint; the others are terms of other vocabularies they reuse."""
    return [term for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(own)]


def _read_classes(store: ox.Store, own: tuple[str, ...]) -> Iterator[OntologyClass]:
    for node in _own(_instances(store, OWL + "Class"), own):
        parents = _own(_objects(store, node, RDFS + "subClassOf"), own)
        yield OntologyClass(
            iri=node.value,
            name=local_name(node.value),
            label=_first(store, node, RDFS + "label"),
            definition=_definition(store, node),
            parents=tuple(local_name(p.value) for p in parents),
        )


def _members(store: ox.Store, node: Any) -> tuple[str, ...]:
    """Local names of a class, of the members of an owl:unionOf, or the IRI of a datatype."""
    if isinstance(node, ox.NamedNode):
        datatype = "XMLSchema#" in node.value or node.value.endswith("rdf-syntax-ns#langString")
        return (node.value if datatype else local_name(node.value),)
    found: list[str] = []
    for union in _objects(store, node, OWL + "unionOf"):
        cell = union
        while isinstance(cell, ox.BlankNode):
            for first in _objects(store, cell, RDF_FIRST.value):
                found.extend(_members(store, first))
            cell = next(iter(_objects(store, cell, RDF_REST.value)), None)
    return tuple(found)


def _read_relations(store: ox.Store, own: tuple[str, ...]) -> Iterator[Relation]:
    datatype = {n.value for n in _instances(store, OWL + "DatatypeProperty")}
    symmetric = {n.value for n in _instances(store, OWL + "SymmetricProperty")}
    functional = {n.value for n in _instances(store, OWL + "FunctionalProperty")}
    for node in _own(_instances(store, OWL + "ObjectProperty", OWL + "DatatypeProperty"), own):
        parents = _own(_objects(store, node, RDFS + "subPropertyOf"), own)
        inverse = _own(_objects(store, node, OWL + "inverseOf"), own)
        yield Relation(
            iri=node.value,
            name=local_name(node.value),
            label=_first(store, node, RDFS + "label"),
            definition=_definition(store, node),
            domain=tuple(
                m for o in _objects(store, node, RDFS + "domain") for m in _members(store, o)
            ),
            range=tuple(
                m for o in _objects(store, node, RDFS + "range") for m in _members(store, o)
            ),
            symmetric=node.value in symmetric,
            functional=node.value in functional,
            is_datatype=node.value in datatype,
            parents=tuple(local_name(p.value) for p in parents),
            inverse=local_name(inverse[0].value) if inverse else None,
            use=_first(store, node, USE) or "claim",
        )


def _read_names(store: ox.Store, classes: Mapping[str, OntologyClass]) -> Iterator[KnownName]:
    subjects = sorted(
        {
            q.subject
            for q in store.quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None, None)
        },
        key=str,
    )
    for node in subjects:
        types = [local_name(o.value) for o in _objects(store, node, RDF_TYPE.value)]
        known = [t for t in types if t in classes]
        if not known:
            raise OntologyError(
                f"names.ttl: {node.value} has no class of the domain (it says: {', '.join(types) or 'none'})"
            )
        properties: dict[str, list[str]] = {}
        for quad in store.quads_for_pattern(node, None, None, None):
            name = local_name(quad.predicate.value)
            if name not in ("type", "prefLabel", "altLabel", "hiddenLabel", "sameAs"):
                properties.setdefault(name, []).append(quad.object.value)
        yield KnownName(
            iri=node.value,
            type=known[0],
            label=_first(store, node, SKOS + "prefLabel"),
            alt_labels=_texts(store, node, SKOS + "altLabel"),
            hidden_labels=_texts(store, node, SKOS + "hiddenLabel"),
            same_as=tuple(o.value for o in _objects(store, node, SCHEMA + "sameAs")),
            properties={k: tuple(sorted(v)) for k, v in sorted(properties.items())},
        )
