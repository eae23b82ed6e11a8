"""The folder of a build, made without a model: a graph of invented articles and their texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.export.rdf import render_trig
from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import KnowledgeGraph
from kg.model.statement import Extraction, Modality, Voice
from kg.rdf.terms import entity_iri
from kg.state.reading import NAMELESS, Reading
from kg.state.readings import Readings, reading_path
from kg.state.record import RECORD, BuildRecord, Used, record_file
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit
from tests.rdf.strategies import ONTOLOGY

BASE = ONTOLOGY.base_iri
TEXT = (
    "Grünwald & Söhne buys Orrin Rail\n\n"
    "Grünwald & Söhne, a maker of <trams>, has bought Orrin Rail, said Ida Holm. "
    "It does not own Lunt Buses 🚋, and wants to “run” in Tampere by 2031."
)
NAME = "2027 05/deal_one.txt"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>"\'&{{7*7}}'


def iri(type_: str, label: str) -> str:
    return entity_iri(BASE, type_, label)


def company(label: str, **fields: object):  # type: ignore[no-untyped-def]
    return make_entity(label, id=iri("Company", label), **fields)


def deal_graph(hostile: str | None = None) -> KnowledgeGraph:
    """A company in facts of several stances; `hostile` is one more name, of all kinds."""
    article = make_article(TEXT, NAME, title="Grünwald & Söhne buys Orrin Rail")
    maker = company("Grünwald & Söhne", same_as=("https://example.org/g", "javascript:alert(1)"))
    rail, buses = company("Orrin Rail"), company("Lunt Buses")
    ida = make_entity("Ida Holm", "Person", id=iri("Person", "Ida Holm"))
    bought = make_fact(
        maker,
        "acquired",
        rail,
        [
            make_evidence(article, "Grünwald & Söhne buys Orrin Rail", Voice.HEADLINE),
            make_evidence(article, "has bought Orrin Rail"),
        ],
        attributed_to=ida,
        qualifiers={"date": lit("2027", "gYear", "last year")},
    )
    denied = make_fact(
        maker,
        "partnerOf",
        buses,
        make_evidence(article, "It does not own Lunt Buses 🚋"),
        modality=Modality.NEGATED,
    )
    said = make_fact(ida, "said", lit("run"), make_evidence(article, "“run”"))
    inferred = make_fact(rail, "acquiredBy", maker, bought.evidence, derived_by="inverse")
    articles, facts = [article], [bought, denied, said]
    if hostile is not None:
        other = make_article(f"News: {hostile} is here.", f"{hostile}.txt", title=hostile)
        one = company(hostile, alt_labels=(hostile + "!",), same_as=(f"https://x/{len(hostile)}",))
        place = make_evidence(other, f"{hostile} is here")
        facts += [
            make_fact(one, "partnerOf", maker, place, attributed_to=one),
            make_fact(one, "said", lit(hostile), place, qualifiers={"level": lit(hostile)}),
        ]
        articles.append(other)
    conflict = Discrepancy(
        "d1",
        DiscrepancyKind.DENIAL,
        maker.id,
        "partnerOf",
        f"What was said does not fit {hostile or 'together'}",
        (Side("one side", denied.evidence, denied.id), Side(hostile or "the other")),
    )
    return replace(
        make_graph(articles, facts),
        settings={"base_iri": BASE, "domain": "olympics"},
        inferred=(replace(inferred, premises=(bought.id,)),),
        discrepancies=(conflict,),
    )


def write_outputs(folder: Path, graph: KnowledgeGraph, *, viewer: str = "<p>drawn</p>") -> Path:
    """What a build of that graph would have left, as far as the server reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.trig").write_text(render_trig(graph, ONTOLOGY), "utf-8")
    (folder / "graph.html").write_text(viewer, "utf-8")
    readings, used = Readings(), []
    for number, article in enumerate(graph.articles):
        key = f"{number:064x}"
        nameless = replace(article, name=NAMELESS)
        readings.add(key, Reading(nameless, Extraction((), (), {}), (), "none", True))
        path = folder / reading_path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(readings.file(key))
        used.append(Used(article.name, key, True))
    record = BuildRecord(
        domain="olympics",
        base_iri=BASE,
        model=None,
        max_chars=1,
        min_confidence=0.0,
        built_at=None,
        code="",
        domain_digest="",
        articles=tuple(sorted(used)),
        skipped=(),
    )
    (folder / RECORD).write_bytes(record_file(record, ()))
    return folder
