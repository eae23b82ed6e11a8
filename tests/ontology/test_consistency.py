"""The ontologies and a graph under them are consistent; every term is used, or says why not."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.ontology.domain import Ontology, domain_names, load_ontology
from kg.rdf.codec import to_quads
from tests.rdf import test_mutants_reasoned as reasoned
from tests.showcase import showcase_graph

ROOT = Path(__file__).resolve().parent.parent.parent
NR = "https://w3id.org/newskg/newsroom#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SKOS = "http://www.w3.org/2004/02/skos/core#"
ONTOLOGY: Ontology = load_ontology("olympics")


def declared(folder: Path) -> list[ox.Quad]:
    """The triples of a folder's ontology.ttl."""
    path = str(folder / "ontology.ttl")
    return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


# every packaged domain at once: they must not contradict one another either
FOLDERS = sorted({f for name in domain_names() for f in load_ontology(name).folders})
DECLARED = [quad for folder in FOLDERS for quad in declared(folder)]


def errors(quads: Iterable[ox.Quad]) -> list[str]:
    """What the closure under OWL 2 RL finds inconsistent."""
    owlrl = pytest.importorskip("owlrl")
    graph = rdflib.Graph()
    lines = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in [*DECLARED, *quads])
    graph.parse(data=lines, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(o) for _, p, o in graph if str(p).endswith("#error"))


def a(name: str, *classes: str) -> list[ox.Quad]:
    return [ox.Quad(ox.NamedNode(f"urn:{name}"), RDF_TYPE, ox.NamedNode(NR + c)) for c in classes]


def test_ontologies_and_a_graph_with_every_kind_of_node_are_consistent() -> None:
    assert errors(reasoned.QUADS) == []


def test_what_excludes_each_other_is_found_in_the_closure() -> None:
    """Directly, by the class above, by a domain, and among records."""
    ann = ox.NamedNode("urn:ann")
    wrong = [
        *a("pairwise", "Event", "Quantity"),
        *a("above", "Company", "Person"),
        *a("ann", "Event"),
        ox.Quad(ann, ox.NamedNode(NR + "employs"), ox.NamedNode("urn:bob")),
        ox.Quad(ox.NamedNode("urn:bob"), ox.NamedNode(NR + "worksFor"), ox.NamedNode("urn:x")),
        *a("bob", "City"),
        *a("record", "Statement", "Passage"),
        *a("both", "Evidence", "Company"),
    ]
    found = " ".join(errors(wrong))
    for name in ("pairwise", "above", "bob", "record", "both"):
        assert f"urn:{name}" in found


def own_terms(ontology: Ontology, quads: list[ox.Quad]) -> dict[str, str]:
    """Local name of each term that the domains declare, with its kind."""
    kinds = {"Class", "ObjectProperty", "DatatypeProperty", "Concept", "ConceptScheme"}
    spaces = tuple(ontology.prefixes.values())
    return {
        q.subject.value.rpartition("#")[2]: kind
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
        if q.predicate == RDF_TYPE and q.subject.value.startswith(spaces)
        if (kind := q.object.value.rpartition("#")[2]) in kinds
    }


def test_every_term_of_ours_in_a_graph_is_declared() -> None:
    spaces = tuple(ONTOLOGY.prefixes.values())
    terms = {q.subject.value for q in DECLARED if isinstance(q.subject, ox.NamedNode)}
    for graph in (reasoned.QUADS, to_quads(showcase_graph(), ONTOLOGY)):
        used = {
            t.value
            for q in graph
            for t in (q.subject, q.predicate, q.object)
            if isinstance(t, ox.NamedNode) and t.value.startswith(spaces)
        }
        assert used
        assert used <= terms


@pytest.mark.parametrize("domain", domain_names())
def test_every_declared_term_is_used_or_says_why_not(domain: str) -> None:
    """Used: in code, frames, words, names, rules or queries, or above such a term."""
    ontology = load_ontology(domain)
    quads = [q for folder in ontology.folders for q in declared(folder)]
    files = [
        *(p for p in (ROOT / "kg").rglob("*.py")),
        *(p for f in ontology.folders for p in f.rglob("*") if p.suffix in (".toml", ".rq")),
        *(f / "names.ttl" for f in ontology.folders),
    ]
    words = set(re.findall(r"\w+", "\n".join(p.read_text("utf-8") for p in files)))
    explained = {
        q.subject.value.rpartition("#")[2]
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal)
        if q.predicate.value == SKOS + "scopeNote"
        and "not used by the builder" in q.object.value.lower()
    }
    made = {"stance", "voice", "discrepancy"}  # prefixes that the encoder puts before a value
    unused = {
        name
        for name in own_terms(ontology, quads)
        if name not in words | explained
        if not any(name.startswith(p) and name[len(p) :].lower() in words for p in made)
        if not any(name in below.parents for below in ontology.classes.values())
        if not name.endswith("Scheme")  # of the concepts, which are looked at themselves
        if not (name in ontology.relations and ontology.relations[name].inverse in words)
    }
    assert sorted(unused) == []


def test_no_graph_has_a_blank_node_or_the_other_address_of_schema_org() -> None:
    for graph in (reasoned.QUADS, to_quads(showcase_graph(), ONTOLOGY)):
        for quad in graph:
            assert not isinstance(quad.subject, ox.BlankNode)
            assert not isinstance(quad.object, ox.BlankNode)
            assert "http://schema.org/" not in str(quad)
