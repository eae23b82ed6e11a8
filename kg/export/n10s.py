"""RDF for neosemantics (n10s), which reads RDF into Neo4j, and the Cypher that tells it how.

Without being told, it keeps one of several values of a property, invents prefixes, and numbers them
in the order that it meets them. What it is told here depends on the ontology before the data, so
that the next build fits a database that was made for this one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ontology.domain import Ontology
from kg.rdf.codec import flatten
from kg.rdf.serialize import serialize
from kg.rdf.terms import PREFIXES, RDF, SKOS

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["multivalued", "namespace", "vocabulary_prefixes", "write_n10s"]

_SEVERAL = (SKOS["altLabel"].value, SKOS["hiddenLabel"].value)
_LEGAL = re.compile(r"[A-Za-z][A-Za-z0-9]*")  # what n10s and a name in Cypher both take

_CONFIGURE = """\
// Tells neosemantics (n10s 5) how to read graphs of newskg. Run it once, in a database that n10s
// has not yet read anything into:
//   cypher-shell -f configure.cypher
"""
_LOAD = """\
// Reads graph.ttl, then says where it breaks shapes.ttl. Copy this folder to where Neo4j may read
// files, as a rule its folder import, and run
//   cypher-shell -f load.cypher --param "{folder: 'file:///var/lib/neo4j/import/n10s/'}"
CALL n10s.rdf.import.fetch($folder + 'graph.ttl', 'Turtle');
"""
_VALIDATE = """\
CALL n10s.validation.shacl.import.fetch($folder + 'shapes.ttl', 'Turtle');
CALL n10s.validation.shacl.validate();
"""


def write_n10s(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes | str]:
    """The graph and its core shapes as Turtle, and two scripts: to run once, and at each load."""
    quads = flatten(written.quads) if options.inferred else written.stated
    triples = [quad.triple for quad in quads]
    shapes = _shapes(written.ontology)
    return {
        "load.cypher": _LOAD + (_VALIDATE if shapes else ""),
        "configure.cypher": _CONFIGURE
        + "".join(f"{line};\n" for line in _configuration(written, triples)),
        "graph.ttl": serialize(triples, ox.RdfFormat.TURTLE, written.prefixes),
        **({"shapes.ttl": shapes} if shapes else {}),
    }


def _configuration(written: WrittenGraph, triples: list[ox.Triple]) -> Iterator[str]:
    yield (
        "CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE"
    )
    several = ",\n".join(f"    {_text(iri)}" for iri in multivalued(written.ontology, triples))
    # STRICT: a prefix that is missing below is an error of the load, and no ns0 in the database.
    yield (
        "CALL n10s.graphconfig.init({\n"
        "  handleVocabUris: 'SHORTEN_STRICT',\n"
        "  handleRDFTypes: 'LABELS',\n"
        "  keepLangTag: true,\n"
        "  handleMultival: 'ARRAY',\n"
        f"  multivalPropList: [\n{several}\n  ]\n}})"
    )
    for prefix, iri in vocabulary_prefixes(written, triples).items():
        yield f"CALL n10s.nsprefixes.add({_text(prefix)}, {_text(iri)})"


def multivalued(ontology: Ontology, triples: Iterable[ox.Triple]) -> tuple[str, ...]:
    """IRIs of the properties of which a node may have several literals, sorted.

    These are those that have them in the graph, and those of which the ontology does not say that
    there is one: other labels, and relations to literals that are not functional. The qualifiers of
    a claim have one value unless the graph shows more.
    """
    counts = Counter((t.subject, t.predicate) for t in triples if isinstance(t.object, ox.Literal))
    found = {predicate.value for (_, predicate), count in counts.items() if count > 1}
    found |= {
        relation.iri
        for relation in ontology.relations.values()
        if relation.is_datatype and not relation.functional and relation.use != "qualifier"
    }
    return tuple(sorted(found.union(_SEVERAL)))


def vocabulary_prefixes(written: WrittenGraph, triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Prefix to namespace for all that becomes a label, type or property name, by prefix.

    That is the vocabularies of the package and of the domain, and what else is used as property or
    class. A prefix has letters and digits only; one that is not so, or is missing, is made up.
    """
    known = {**PREFIXES, **written.ontology.prefixes}
    prefix_of = {iri: name for name, iri in sorted(written.prefixes.items())}
    used = {namespace(t.predicate.value) for t in triples} | {
        namespace(t.object.value)
        for t in triples
        if t.predicate == RDF["type"] and isinstance(t.object, ox.NamedNode)
    }
    result: dict[str, str] = {}
    for iri in (*known.values(), *sorted(used - set(known.values()))):
        prefix = _free(prefix_of.get(iri, "ns"), result)
        result[prefix] = iri
    return dict(sorted(result.items()))


def namespace(iri: str) -> str:
    """All of an IRI up to its local name, as RDF4J and so n10s splits it.

    >>> namespace("http://a.example/b#c/d"), namespace("http://a.example/b/c"), namespace("urn:a:b")
    ('http://a.example/b#', 'http://a.example/b/', 'urn:a:')
    """
    for mark, find in (("#", iri.find), ("/", iri.rfind), (":", iri.rfind)):
        end = find(mark)
        if end >= 0:
            return iri[: end + 1]
    return iri


def _free(prefix: str, taken: Iterable[str]) -> str:
    """The prefix, or one like it that is legal and not taken."""
    taken = set(taken)
    plain = re.sub("[^A-Za-z0-9]", "", prefix)
    plain = plain if _LEGAL.fullmatch(plain) else f"ns{plain}"
    number = 1
    name = plain
    while name in taken:
        number += 1
        name = f"{plain}{number}"
    return name


def _shapes(ontology: Ontology) -> str:
    """The core shapes of the domain and of those it imports; the only ones that n10s knows."""
    paths = (folder / "shapes-core.ttl" for folder in ontology.folders)
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())


def _text(value: str) -> str:
    """A string of Cypher; IRIs and prefixes hold no control characters."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
