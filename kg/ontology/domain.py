"""A domain folder as one object: classes, relations, names, frames and words.

A folder holds `domain.toml` (its name, the domains it imports, its IRI), `ontology.ttl` (OWL),
`shapes.ttl` (SHACL), and, where it has them, `names.ttl` (SKOS labels of known entities),
`frames.toml` (how the relations are said), `rules.toml` (what follows from them) and `lexicon.toml`
(word lists). Imports are merged in order, the importing domain last, so that it can add to what it
imports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import OntologyError, UnknownNameError
from kg.ontology.frames import Frame, read_frames
from kg.ontology.rules import PartnershipTerms, Rule, read_partnership, read_rules
from kg.ontology.terms import KnownName, OntologyClass, Relation
from kg.ontology.turtle import (
    load_turtle,
    read_classes,
    read_disjoint,
    read_names,
    read_prefixes,
    read_relations,
)

__all__ = [
    "DEFAULT_BASE_IRI",
    "DEFAULT_DOMAIN",
    "KnownName",
    "Ontology",
    "OntologyClass",
    "Relation",
    "domain_folder",
    "domain_names",
    "load_folders",
    "load_ontology",
    "namespace_of",
]

# Nobody has registered this address: it identifies, it does not resolve. `--base-iri` replaces it.
DEFAULT_BASE_IRI = "https://w3id.org/newskg/"
DEFAULT_DOMAIN = "olympics"
_PLAIN_NAME = re.compile(r"\w[\w. -]*")  # no path: a domain reaches what lies beside it only


@dataclass(frozen=True, eq=False)
class Ontology:
    """A domain with all that it imports, checked enough to be used; equal to itself only."""

    name: str
    folders: tuple[Path, ...]  # imports first, the domain itself last
    base_iri: str
    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    names: Mapping[str, KnownName]  # by IRI
    frames: tuple[Frame, ...]
    lexicon: Mapping[str, Any]
    prefixes: Mapping[str, str] = field(default_factory=dict)  # prefix to namespace, own terms only
    disjoint: frozenset[frozenset[str]] = frozenset()  # pairs of classes that exclude each other
    rules: tuple[Rule, ...] = ()  # by name
    partnership: PartnershipTerms | None = None  # what makes a partnership; None: nothing does
    wanted: frozenset[str] | None = None  # relations that facts are stated of; None: all

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

    def disjoint_with(self, a: str, b: str) -> bool:
        """True when nothing can be of both classes: they, or classes above them, are disjoint."""
        if not self.disjoint:
            return False
        above_a = self._ancestors.get(a, frozenset((a,)))
        above_b = self._ancestors.get(b, frozenset((b,)))
        return any(frozenset((x, y)) in self.disjoint for x in above_a for y in above_b)


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


def load_folders(domain: str | Path) -> tuple[Path, ...]:
    """The folders of a domain and of all it imports, imports first; errors as of load_ontology."""
    return _import_order(domain_folder(domain))


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
        load_turtle(folder / "ontology.ttl", store, base_iri)
        if (folder / "names.ttl").exists():
            load_turtle(folder / "names.ttl", names_store, base_iri)
    own = tuple(namespace_of(folder) for folder in folders)
    classes = {c.name: c for c in read_classes(store, own)}
    relations = {r.name: r for r in read_relations(store, own)}
    lexicon: dict[str, Any] = {}
    for folder in folders:
        _merge(lexicon, _read_toml(folder / "lexicon.toml", required=False))
    rules, partnership = _rules(folders)
    wanted = _wanted(folders[-1], relations)
    frames = _frames(folders)
    ontology = Ontology(
        name=folders[-1].name,
        folders=folders,
        base_iri=base_iri,
        classes=classes,
        relations=relations,
        names={n.iri: n for n in read_names(names_store, classes)},
        frames=tuple(f for f in frames if wanted is None or f.predicate in wanted),
        lexicon=lexicon,
        prefixes=read_prefixes(store, own),
        disjoint=read_disjoint(store, own),
        rules=rules,
        partnership=partnership,
        wanted=wanted,
    )
    ontology.is_a("", "")  # finds a class that is its own ancestor, before any article is read
    return ontology


def _wanted(folder: Path, relations: Mapping[str, Relation]) -> frozenset[str] | None:
    """The relations that a domain states: those of its own where it says `relations = "own"`."""
    path = folder / "domain.toml"
    said = _read_toml(path).get("relations", "all")
    if said not in ("all", "own"):
        raise OntologyError(f'{path}: relations must be "all" or "own", not {said!r}')
    if said == "all":
        return None
    space = namespace_of(folder)
    return frozenset(r.name for r in relations.values() if r.iri.startswith(space))


def _import_order(folder: Path, path: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    if folder in path:
        chain = " > ".join(p.name for p in (*path, folder))
        raise OntologyError(
            f"{folder / 'domain.toml'}: imports itself ({chain}); remove one of these imports"
        )
    order: list[Path] = []
    for imported in _imports(folder):
        for found in _import_order(imported, (*path, folder)):
            if found not in order:
                order.append(found)
    return (*order, folder)


def _frames(folders: Iterable[Path]) -> tuple[Frame, ...]:
    """The frames; an importing domain may replace one by its id."""
    paths = (folder / "frames.toml" for folder in folders)
    found = (frame for p in paths for frame in read_frames(p, _read_toml(p, required=False)))
    return tuple({frame.id: frame for frame in found}.values())


def _rules(folders: Iterable[Path]) -> tuple[tuple[Rule, ...], PartnershipTerms | None]:
    """The rules by name, and the last [partnership]; an importing domain may replace either."""
    rules: dict[str, Rule] = {}
    partnership: PartnershipTerms | None = None
    for path in (folder / "rules.toml" for folder in folders):
        table = _read_toml(path, required=False)
        rules |= {rule.name: rule for rule in read_rules(path, table)}
        partnership = read_partnership(path, table) or partnership
    return tuple(rules[name] for name in sorted(rules)), partnership


def _imports(folder: Path) -> Iterator[Path]:
    """The folders that a domain names as its imports: beside it, or packaged."""
    path = folder / "domain.toml"
    names = _read_toml(path).get("imports", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise OntologyError(f'{path}: imports must be a list of names, such as ["newsroom"]')
    for name in names:
        if not _PLAIN_NAME.fullmatch(name):
            raise OntologyError(f"{path}: imports {name!r}, which is no name of a folder beside it")
        beside = (folder.parent / name).resolve()
        if (beside / "domain.toml").is_file():
            yield beside
        elif name in domain_names():
            yield domain_folder(name)
        else:
            raise OntologyError(
                f"{path}: imports {name!r}, but there is no {beside / 'domain.toml'} and no "
                f"packaged domain of that name ({', '.join(domain_names())}); mend the name or "
                "put the folder beside this one"
            )


def _read_toml(path: Path, *, required: bool = True) -> dict[str, Any]:
    if not path.exists():
        if required:
            raise OntologyError(f"{path}: file is missing; every domain folder needs it")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:  # of TOML, UTF-8, or numbers of 5,000 digits
        raise OntologyError(f"{path}: not valid TOML: {error}") from error


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds lists to lists and tables to tables; a scalar of the importing domain wins."""
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            into[key] = [*into.get(key, []), *(v for v in value if v not in into.get(key, []))]
        else:
            into[key] = value


def namespace_of(folder: Path) -> str:
    """The IRI that every term of the folder's ontology.ttl starts with."""
    iri = _read_toml(folder / "domain.toml").get("iri", "")
    if not iri:
        raise OntologyError(f"{folder / 'domain.toml'}: no iri; say what its terms start with")
    return str(iri)
