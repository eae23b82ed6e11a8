"""How each export grows: `python -m tools.scale_export [--quads 200000] [FORMAT ...]`.

Makes a graph of about so many quads, and exports it to each format in a process of its own. Seconds
are processor time: of opening graph.trig, and of making the contents of the files. Memory is the
most that the process held.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from kg.export.formats import FORMATS, FormatOptions, format_named
from kg.export.rdf import render_trig
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal, Modality, Voice, short_hash
from kg.model.text import Article
from kg.ontology.domain import Ontology, load_ontology
from kg.rdf.terms import XSD, entity_iri
from kg.rdf.written import open_written
from kg.reason import reason
from tools.scale import SYLLABLES, TRADES

A_FACT = 58  # quads, about
FACTS_AN_ARTICLE = 10


def made_graph(facts: int, ontology: Ontology) -> KnowledgeGraph:
    """Facts between companies and about them, ten an article, each stance among them."""
    chance = random.Random(7)  # noqa: S311 - no secret
    entities = []
    for number in range(max(2, facts // 3)):
        label = (
            f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)} {chance.choice(TRADES)} {number}"
        )
        iri = entity_iri(ontology.base_iri, "Company", label)
        entities.append(Entity(iri, label, "Company", (label,)))
    articles: list[Article] = []
    found: list[Fact] = []
    for number in range(facts // FACTS_AN_ARTICLE):
        pairs = [(chance.choice(entities), chance.choice(entities)) for _ in range(10)]
        lines = [
            f"{one.label} works with {other.label} for {number} years." for one, other in pairs
        ]
        text = "\n".join(lines)
        article = Article(f"{number:06}.txt", text, title=lines[0], published="2027-03-01")
        articles.append(article)
        for index, (line, pair) in enumerate(zip(lines, pairs, strict=True)):
            start = text.index(line)
            place = article.span(start, start + len(line))
            found.append(
                _fact(index, number, pair, Evidence(place, line, Voice.NARRATOR, "made/up"))
            )
    graph = KnowledgeGraph(
        articles=tuple(articles),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(found, key=lambda f: f.id)),
        settings={"base_iri": ontology.base_iri, "domain": ontology.name},
    )
    return reason(graph, ontology)


def _fact(index: int, number: int, pair: tuple[Entity, Entity], evidence: Evidence) -> Fact:
    one, other = pair
    years = Literal(str(number + index), XSD["integer"].value, f"{number + index} years")
    object_ = years if index % 5 == 4 else other
    predicate = "hasMeasure" if object_ is years else "partnerOf"
    stance = tuple(Modality)[index % 4]
    return Fact(
        id=short_hash(number, index),
        subject=one,
        predicate=predicate,
        object=object_,
        modality=stance,
        attributed_to=other if index % 3 == 2 else None,
        confidence=0.9,
        evidence=(evidence,),
        sources=1,
        qualifiers=(("duration", years),) if predicate == "partnerOf" else (),
    )


def main(arguments: Sequence[str]) -> None:
    """Prints one line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FORMAT")
    parser.add_argument("--quads", type=int, default=200_000)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        _measure(Path(options.child), *options.names)
        return
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.trig"
        path.write_text(render_trig(made_graph(options.quads // A_FACT, ontology), ontology))
        print(  # noqa: T201
            f"{'format':12} {'quads':>9} {'open s':>7} {'write s':>8} {'MB':>7} {'peak MB':>8}"
        )
        for name in options.names or [item.name for item in FORMATS]:
            command = [sys.executable, "-m", "tools.scale_export", name, "--child", str(path)]
            subprocess.run(command, check=True)


def _measure(path: Path, name: str) -> None:
    before = time.process_time()
    written = open_written(path)
    opened = time.process_time()
    format_ = format_named(name)
    contents = format_.write(written, FormatOptions(format_.target))
    size = 0
    for content in contents.values():
        if isinstance(content, str):
            size += len(content.encode())
        else:
            size += len(content) if isinstance(content, bytes) else sum(map(len, content))
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(  # noqa: T201
        f"{name:12} {len(written.quads):9,} {opened - before:7.1f} {done - opened:8.1f} "
        f"{size / 1e6:7.1f} {peak:8.0f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
