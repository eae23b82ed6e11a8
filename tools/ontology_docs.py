"""HTML pages of the packaged ontologies, by pyLODE: `make ontology-docs`.

One page a domain, and an .htaccess for whoever registers the addresses at w3id.org. Nothing is
fetched, neither here nor by the pages, and the same ontology gives the same bytes.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
import re
import subprocess
import sys
import types
from html import escape
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.ontology.domain import domain_folder, domain_names, load_ontology

__all__ = ["ontology_page", "w3id_rules", "write_pages"]

_SEED = "PYTHONHASHSEED"  # pyLODE lists what it has in sets


def ontology_page(domain: str) -> str:
    """The page of one domain: its own terms, with links to those it imports."""
    own = next(p for p in load_ontology(domain).prefixes.values() if p.endswith(f"/{domain}#"))
    graph = _own_terms(domain, own)
    page = _pylode().OntPub(ontology=graph)
    page.fids = {str(s): str(s).removeprefix(own) for s in graph.subjects() if own in str(s)}
    text = str(page.make_html()).replace(
        '<div id="namespaces">', f'{_concepts(graph)}<div id="namespaces">', 1
    )
    for other in domain_names():
        if other != domain:  # pages that lie beside this one
            text = text.replace(f'href="{own.replace(domain, other)}', f'href="{other}.html#')
    return re.sub(r"[ \t]+$", "", _unique_ids(text), flags=re.MULTILINE)


def _unique_ids(text: str) -> str:
    """Without the ids that come again: pyLODE shows a functional property twice."""
    seen: set[str] = set()

    def first(match: re.Match[str]) -> str:
        known = match[1] in seen
        seen.add(match[1])
        return "" if known else match[0]

    return re.sub(r' id="([^"]*)"', first, text)


def _concepts(graph: rdflib.Graph) -> str:
    """A section on the concept schemes, which pyLODE leaves out of an ontology."""
    found = ['<div class="section" id="conceptschemes"><h2>Concept Schemes</h2>']
    for scheme in sorted(graph.subjects(rdflib.RDF.type, rdflib.SKOS.ConceptScheme)):
        found.append(_described("h3", graph, scheme, rdflib.RDFS.label))
        for concept in sorted(graph.subjects(rdflib.SKOS.inScheme, scheme)):
            found.append(_described("h4", graph, concept, rdflib.SKOS.prefLabel))
    return "\n".join([*found, "</div>\n"]) if found[1:] else ""


def _described(tag: str, graph: rdflib.Graph, node: rdflib.term.Node, label: rdflib.URIRef) -> str:
    name = str(node).rpartition("#")[2]
    title = escape(str(graph.value(node, label)))
    definition = escape(str(graph.value(node, rdflib.SKOS.definition)))
    return f'<{tag} id="{name}">{title}</{tag}><p><code>{escape(str(node))}</code> {definition}</p>'


def _pylode() -> types.ModuleType:
    """The package; 3.4.1 looks for its version in a pyproject.toml that its wheel does not have."""
    version = types.ModuleType("pylode.version")
    version.__dict__["__version__"] = importlib.metadata.version("pylode")
    sys.modules.setdefault("pylode.version", version)
    import pylode
    import pylode.utils

    # It collects the classes of a union in a set of objects, whose order is that of addresses.
    vars(pylode.utils)["set"] = _InOrder
    logging.getLogger().setLevel(logging.WARNING)  # it asks for all messages of all libraries

    return pylode


class _InOrder(dict[object, None]):
    """A set that keeps the order in which things were added."""

    def add(self, item: object) -> None:
        self[item] = None


def _own_terms(domain: str, namespace: str) -> rdflib.Graph:
    """The ontology without the terms of others; blank nodes are named in the order of the file."""
    names: dict[str, rdflib.BNode] = {}

    def node(term: object) -> rdflib.term.Node:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, rdflib.BNode(f"b{len(names):04}"))
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        assert isinstance(term, ox.Literal)  # noqa: S101 - RDF 1.1 has no other
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))

    graph = rdflib.Graph()
    path = domain_folder(domain) / "ontology.ttl"
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and not subject.value.startswith(namespace[:-1]):
            continue
        graph.add((node(subject), node(quad.predicate), node(quad.object)))
    return graph


def w3id_rules() -> str:
    """An .htaccess for https://w3id.org/newskg/, where HOST is yet to be chosen."""
    domains = "|".join(domain_names())
    return f"""\
# Example of content negotiation for https://w3id.org/newskg/ (Apache, mod_rewrite).
# NOT REGISTERED: nobody has asked w3id.org for this address yet, so the IRIs of the ontologies
# identify their terms and do not resolve. To register: put the pages and ontology.ttl files on a
# server, write its address for HOST.example, and propose this file as newskg/.htaccess at
# https://github.com/perma-id/w3id.org.
RewriteEngine On
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteRule ^({domains})(/[0-9.]+)?/?$ https://HOST.example/$1/ontology.ttl [R=303,L]
RewriteRule ^({domains})(/[0-9.]+)?/?$ https://HOST.example/$1.html [R=303,L]
"""


def write_pages(folder: Path) -> list[Path]:
    """Writes NAME.html for each packaged domain, and htaccess.txt; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{name}.html": ontology_page(name) for name in domain_names()}
    texts["htaccess.txt"] = w3id_rules()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return [folder / name for name in texts]


def main() -> None:
    """Writes the pages to the folder given, in a process whose sets have one order."""
    if os.environ.get(_SEED) != "0":
        command = [sys.executable, "-m", "tools.ontology_docs", *sys.argv[1:]]
        raise SystemExit(subprocess.run(command, env={**os.environ, _SEED: "0"}).returncode)
    for path in write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "out/ontology")):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
