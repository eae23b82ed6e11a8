"""Known mistakes in ontologies, each a SPARQL query that must return no row.

The files of `sound/` hold for every ontology, those of `published/` for one that others shall
cite. The first line of a file is the message, with the variables of the query in braces, the second
says where the rule comes from. They are plain SPARQL 1.1, so that `robot verify` runs them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.ontology.terms import local_name

__all__ = ["Pitfall", "find_pitfalls", "pitfalls", "unknown_terms"]

SOUND, PUBLISHED = "sound", "published"


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One query; its level is "sound" or "published"."""

    name: str
    level: str
    message: str
    source: str
    query: str


@cache
def pitfalls() -> tuple[Pitfall, ...]:
    """All queries, by level and name."""
    found = []
    for level in (PUBLISHED, SOUND):
        for file in sorted(files(__name__).joinpath(level).iterdir(), key=lambda f: f.name):
            message, source, query = file.read_text("utf-8").split("\n", 2)
            found.append(
                Pitfall(
                    name=file.name.removesuffix(".rq"),
                    level=level,
                    message=message.removeprefix("# "),
                    source=source.removeprefix("# Source: "),
                    query=query,
                )
            )
    return tuple(found)


def find_pitfalls(store: ox.Store, *, published: bool = False) -> Iterator[tuple[str, str]]:
    """Term and message of each mistake in the store, by query and term."""
    for pitfall in pitfalls():
        if pitfall.level == PUBLISHED and not published:
            continue
        answers = store.query(pitfall.query)
        assert isinstance(answers, ox.QuerySolutions)  # noqa: S101 - they are all SELECT
        names = [variable.value for variable in answers.variables]
        for answer in answers:
            row = {name: _shown(answer[name]) for name in names if answer[name] is not None}
            term = answer["term"]
            yield (term.value if isinstance(term, ox.NamedNode) else ""), _filled(pitfall, row)


def unknown_terms(store: ox.Store) -> Iterator[tuple[str, str]]:
    """IRI and message of each used term that its own vocabulary does not have (OOPS! P40).

    The vocabularies are those that rdflib ships with their terms, schema.org, PROV-O, SKOS, Dublin
    Core, OWL-Time, ORG, FOAF, VANN and others: no network is needed.
    """
    import rdflib.namespace as shipped

    known = {
        str(value._NS): frozenset(value.__annotations__)
        for value in vars(shipped).values()
        if isinstance(value, shipped.DefinedNamespaceMeta) and "_NS" in vars(value)
    }
    used = {
        term.value
        for quad in store
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode)
    }
    for iri in sorted(used):
        name = local_name(iri)
        terms = known.get(iri.removesuffix(name)) if name else None
        if terms is not None and name not in terms and not name.startswith("_"):
            yield (
                iri,
                f"{name} is no term of {iri.removesuffix(name)}; nobody else may mint it there",
            )


def _filled(pitfall: Pitfall, row: dict[str, str]) -> str:
    text = pitfall.message
    for name, value in row.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return local_name(term.value) or term.value
    return repr(term.value) if isinstance(term, ox.Literal) else "an unnamed class"
