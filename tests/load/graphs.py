"""Small written graphs, and what must arrive of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.load.mark import Mark
from kg.load.parts import LoadedList
from kg.rdf.terms import (
    DCTERMS,
    NR,
    RDF,
    SCHEMA,
    facts_graph_iri,
    inferred_graph_iri,
    loaded_graph_iri,
    runs_graph_iri,
)

__all__ = ["BASE", "HOSTILE", "arrived", "expected", "shared", "write_graph"]

BASE = "https://graphs.example/kg/"
HOSTILE = (
    "quotes \" and ' and `",
    "back\\slash \\n \\u0041",
    "line\nbreak\r\n\ttab",
    "comma, semicolon; } . <urn:x> # ?x",
    "שלום עולם \u202e mirrored",
    "emoji 👩‍🚀 \U0001f6f0",
    "bell\u0007 vertical\u000b escape\u001b[2J delete\u007f",
    "x" * 10_000,
    "",
)


def article(name: str) -> str:
    return f"{BASE}article/{name}"


def write_graph(
    out: Path, articles: Iterable[str] = ("a.txt", "b.txt"), names: Iterable[str] = HOSTILE
) -> list[ox.Quad]:
    """Writes graph.trig of a build as far as a store sees it; its quads."""
    runs = ox.NamedNode(runs_graph_iri(BASE))
    run, setting = ox.NamedNode(f"{BASE}run/1"), ox.NamedNode(f"{BASE}run/1/base_iri")
    quads = [
        ox.Quad(run, RDF["type"], NR["Run"], runs),
        ox.Quad(run, NR["setting"], setting, runs),
        ox.Quad(setting, SCHEMA["name"], ox.Literal("base_iri"), runs),
        ox.Quad(setting, SCHEMA["value"], ox.Literal(BASE), runs),
    ]
    for number, name in enumerate(names):
        entity = ox.NamedNode(f"{BASE}id/{number}")
        quads += [
            ox.Quad(entity, RDF["type"], NR["Entity"]),
            ox.Quad(entity, SCHEMA["name"], ox.Literal(name)),
            ox.Quad(entity, SCHEMA["description"], ox.Literal(name, language="en-gb")),
        ]
    for name in articles:
        graph = ox.NamedNode(article(name))
        text = ox.Literal(f"what {name} says")
        quads.append(ox.Quad(graph, SCHEMA["name"], text, graph))
    inferred = ox.NamedNode(inferred_graph_iri(BASE))
    statement = ox.NamedNode(f"{BASE}statement/1")
    quads.append(ox.Quad(statement, RDF["type"], NR["InferredStatement"], inferred))
    out.mkdir(exist_ok=True)
    (out / "graph.trig").write_bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG) or b"")
    return quads


def expected(quads: Iterable[ox.Quad], facts: str | None = facts_graph_iri(BASE)) -> set[ox.Quad]:
    """What a store must hold of these, with the facts in that graph; None: in its default graph."""
    place = ox.DefaultGraph() if facts is None else ox.NamedNode(facts)
    default = ox.DefaultGraph()
    return {ox.Quad(*q.triple, place) if q.graph_name == default else q for q in quads}


def shared(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """What a store must hold of these where plain queries ask its default graph only."""
    inferred = ox.NamedNode(inferred_graph_iri(BASE))
    stated = {ox.Quad(*q.triple) for q in quads if q.graph_name != inferred}
    return stated | {q for q in quads if q.graph_name != ox.DefaultGraph()}


def arrived(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """What a store holds, without the list of what was loaded, which must name each graph.

    It has a mark of the default graph, if any, that fits what is there.
    """
    held = set(quads)
    listing = ox.NamedNode(loaded_graph_iri(BASE))
    listed = {q.triple for q in held if q.graph_name == listing}
    assert {triple.predicate for triple in listed} <= {DCTERMS["hasPart"]}
    rest = {q for q in held if q.graph_name != listing}
    ours = {q.graph_name.value for q in rest if str(q.graph_name).startswith(f"<{BASE}")}
    loaded = LoadedList(BASE)
    assert loaded.read(listed) == ours
    marks, default = loaded.marks(listed), ox.DefaultGraph()
    assert marks <= {Mark.of(q.triple for q in rest if q.graph_name == default)}
    assert len(listed) == len(ours) + len(marks)
    return rest
