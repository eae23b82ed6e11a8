"""Articles and how the graph was made, read back."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model.graph import SameAs
from kg.model.text import Article
from kg.rdf.decode.nodes import Nodes
from kg.rdf.terms import NR, SCHEMA

__all__ = ["read_articles", "read_copies", "read_pairs", "read_settings"]


def read_articles(nodes: Nodes) -> tuple[Article, ...]:
    """The articles by name, without the text, which no graph holds; `sha256` is that of the text.

    An article that evidence cites and that was not at hand is not among them.
    """
    known = [iri for iri in nodes.instances(NR["Article"]) if nodes.all(iri, SCHEMA["sha256"])]
    return tuple(sorted((_article(nodes, iri) for iri in known), key=lambda item: item.name))


def _article(nodes: Nodes, iri: str) -> Article:
    article = Article(
        name=nodes.one(iri, SCHEMA["name"]).value,
        text="",
        title=nodes.text(iri, SCHEMA["headline"]),
        author=nodes.text(iri, SCHEMA["author"]),
        publisher=nodes.text(iri, SCHEMA["publisher"]),
        published=nodes.text(iri, SCHEMA["datePublished"]),
        language=nodes.text(iri, SCHEMA["inLanguage"]),
        url=nodes.text(iri, SCHEMA["url"]),
        format=nodes.one(iri, SCHEMA["encodingFormat"]).value,
    )
    # Cached, so that it is not made of the text that is missing: the run is named after it.
    vars(article)["sha256"] = nodes.one(iri, SCHEMA["sha256"]).value
    return article


def read_copies(nodes: Nodes) -> tuple[tuple[str, str], ...]:
    """Names of a copy and of its original, sorted."""
    return tuple(
        sorted(
            (nodes.one(iri, SCHEMA["name"]).value, nodes.one(node.value, SCHEMA["name"]).value)
            for iri in nodes.instances(NR["Article"])
            for node in nodes.all(iri, NR["copyOf"])
        )
    )


def read_settings(nodes: Nodes) -> dict[str, str]:
    """What the graph says it was built with; of several runs, those of the last IRI win."""
    return {
        nodes.one(node.value, SCHEMA["name"]).value: nodes.one(node.value, SCHEMA["value"]).value
        for run in sorted(nodes.instances(NR["Run"]))
        for node in nodes.all(run, NR["setting"])
    }


def read_pairs(nodes: Nodes, class_: ox.NamedNode) -> tuple[SameAs, ...]:
    """The judgements or the open candidates of sameness, whichever have that class, in order."""
    found = (
        SameAs(
            left=nodes.one(iri, NR["left"]).value,
            right=nodes.one(iri, NR["right"]).value,
            score=float(nodes.one(iri, NR["score"]).value),
            reason=nodes.one(iri, NR["reason"]).value,
        )
        for iri in nodes.instances(class_)
    )
    return tuple(sorted(found, key=lambda p: (p.left, p.right, -p.score, p.reason)))
