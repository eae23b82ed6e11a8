"""Random graphs of the olympics domain, with hostile texts; sorted as the model promises."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph, SameAs
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Literal,
    Mention,
    MentionKind,
    Modality,
    Voice,
    short_hash,
)
from kg.model.text import Article
from kg.ontology.domain import load_ontology
from kg.rdf.terms import XSD, entity_iri

ONTOLOGY = load_ontology("olympics")
CLASSES = sorted(name for name in ONTOLOGY.classes if ONTOLOGY.is_a(name, "Entity"))
PREDICATES = sorted(r.name for r in ONTOLOGY.relations.values() if r.use == "claim")
INFERENCES = sorted(r.name for r in ONTOLOGY.relations.values() if r.use == "inference")
QUALIFIERS = sorted(r.name for r in ONTOLOGY.relations.values() if r.use == "qualifier")

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
names = texts.filter(bool)
sorted_texts = st.lists(texts, unique=True, max_size=3).map(lambda found: tuple(sorted(found)))
probabilities = st.floats(0, 1)
iris = st.sampled_from(["https://www.wikidata.org/entity/Q0", "https://example.org/é#x", "urn:a:b"])


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    type_, label = draw(st.sampled_from(CLASSES)), draw(names)
    return Entity(
        id=entity_iri(ONTOLOGY.base_iri, type_, label),
        label=label,
        type=type_,
        mentions=draw(sorted_texts),
        same_as=tuple(sorted(draw(st.sets(iris)))),
        alt_labels=draw(sorted_texts),
        hidden_labels=draw(sorted_texts),
        members=tuple(sorted(draw(st.sets(iris)))),
        aliases=tuple(sorted(draw(st.sets(iris)))),
    )


@st.composite
def literals(draw: st.DrawFn) -> Literal:
    types = ("string", "integer", "decimal", "gYear", "gYearMonth", "date", "duration")
    return Literal(draw(texts), XSD[draw(st.sampled_from(types))].value, draw(texts))


@st.composite
def evidence(draw: st.DrawFn, articles: list[Article]) -> Evidence:
    article = draw(st.sampled_from(articles))
    start = draw(st.integers(0, len(article.text)))
    end = draw(st.integers(start, len(article.text)))
    voice = draw(st.sampled_from(list(Voice)))
    cues = draw(st.sets(names, max_size=2))
    return Evidence(
        article.span(start, end), article.text[start:end], voice, draw(names), tuple(sorted(cues))
    )


def _place(found: Evidence) -> tuple[object, ...]:
    """What the node of evidence is named after; one place has its cues once."""
    return found.span, found.voice, found.extractor


@st.composite
def facts(draw: st.DrawFn, pool: list[Entity], articles: list[Article]) -> Fact:
    entity = st.sampled_from(pool)
    predicate = draw(st.sampled_from(PREDICATES))
    datatype = ONTOLOGY.relations[predicate].is_datatype
    qualifiers = draw(st.dictionaries(st.sampled_from(QUALIFIERS), literals() | entity, max_size=3))
    found = draw(st.lists(evidence(articles), min_size=1, max_size=3, unique_by=_place))
    return Fact(
        id=short_hash(draw(st.integers())),
        subject=draw(entity),
        predicate=predicate,
        object=draw(literals() if datatype else literals() | entity),
        modality=draw(st.sampled_from(list(Modality))),
        attributed_to=draw(st.none() | entity),
        confidence=draw(probabilities),
        evidence=_sorted(found),
        sources=draw(st.integers(1, 9)),
        qualifiers=tuple(sorted(qualifiers.items())),
    )


def _sorted(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(found), key=lambda e: (e.span, e.extractor, e.voice, e.cues)))


@st.composite
def inferred(draw: st.DrawFn, stated: list[Fact], pool: list[Entity]) -> Fact:
    """What some rule makes of one or two facts; no text means that no article writes the value."""
    premises = draw(st.lists(st.sampled_from(stated), min_size=1, max_size=2, unique=True))
    predicate = draw(st.sampled_from([premises[0].predicate, *INFERENCES]))
    own = dict(premises[0].qualifiers) | {"end": Literal("2028", XSD["gYear"].value, "")}
    return replace(
        premises[0],
        id=short_hash("inferred", draw(st.integers())),
        predicate=predicate,
        object=draw(st.sampled_from(pool)) if predicate in INFERENCES else premises[0].object,
        evidence=_sorted(e for premise in premises for e in premise.evidence),
        qualifiers=draw(st.sampled_from([premises[0].qualifiers, tuple(sorted(own.items()))])),
        derived_by=draw(names),
        premises=tuple(sorted(premise.id for premise in premises)),
    )


@st.composite
def sides(draw: st.DrawFn, stated: list[Fact], articles: list[Article]) -> Side:
    found = draw(st.lists(evidence(articles), max_size=2, unique_by=_place))
    fact = draw(st.none() | st.sampled_from([fact.id for fact in stated])) if stated else None
    return Side(draw(texts), _sorted(found), fact, draw(st.none() | iris))


@st.composite
def discrepancies(
    draw: st.DrawFn, stated: list[Fact], pool: list[Entity], articles: list[Article]
) -> Discrepancy:
    return Discrepancy(
        id=draw(names),
        kind=draw(st.sampled_from(list(DiscrepancyKind))),
        subject=draw(st.sampled_from(pool)).id,
        predicate=draw(st.none() | st.sampled_from(PREDICATES)),
        message=draw(texts),
        sides=tuple(draw(st.lists(sides(stated, articles), min_size=2, max_size=12))),
    )


@st.composite
def article_entities(
    draw: st.DrawFn, pool: list[Entity], articles: list[Article]
) -> list[ArticleEntity]:
    """Readings of what the entities have for members, with mentions of each kind."""
    found = []
    for member in sorted({member for entity in pool for member in entity.members}):
        places = [draw(evidence(articles)) for _ in range(draw(st.integers(0, 2)))]
        kinds = [draw(st.sampled_from(list(MentionKind))) for _ in places]
        mentions = [Mention(p.span, p.quote, k) for p, k in zip(places, kinds, strict=True)]
        found.append(ArticleEntity(member, "x", "Company", tuple(sorted(mentions))))
    return found


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    articles = [
        Article(f"{index}{draw(texts)}", draw(texts), title=draw(st.none() | texts))
        for index in range(draw(st.integers(1, 3)))
    ]
    pool = draw(st.lists(entities(), min_size=1, max_size=4, unique_by=lambda e: e.id))
    found = draw(st.lists(facts(pool, articles), max_size=4, unique_by=lambda f: f.id))
    judgements = st.lists(st.builds(SameAs, iris, iris, probabilities, texts), max_size=2)
    drawn = draw(st.lists(inferred(found, pool), max_size=3)) if found else []
    ids = sorted(fact.id for fact in found)
    pairs = st.sets(st.tuples(st.sampled_from(ids or [""]), st.sampled_from(ids or [""])))
    clashes = st.lists(discrepancies(found, pool, articles), max_size=2, unique_by=lambda d: d.id)
    copies = [(articles[-1].name, articles[0].name)] if len(articles) > 1 else []
    return KnowledgeGraph(
        articles=tuple(articles),
        article_entities=tuple(draw(article_entities(pool, articles))),
        judgements=tuple(draw(judgements)),
        candidates=tuple(draw(judgements)),
        copies=tuple(draw(st.sampled_from([copies, []]))),
        fulfilments=tuple(sorted(draw(pairs))) if ids else (),
        inferred=tuple(sorted({f.id: f for f in drawn}.values(), key=lambda f: f.id)),
        discrepancies=tuple(sorted(draw(clashes), key=lambda d: d.id)),
        entities=tuple(sorted(pool, key=lambda e: e.id)),
        facts=tuple(sorted(found, key=lambda f: f.id)),
        settings=draw(st.dictionaries(texts, texts, max_size=2)),
    )
