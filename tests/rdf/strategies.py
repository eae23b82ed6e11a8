"""Random graphs of the olympics domain, with hostile texts; sorted as the model promises."""

from hypothesis import strategies as st

from kg.model.graph import Entity, Fact, KnowledgeGraph, SameAs
from kg.model.statement import Evidence, Literal, Modality, Voice, short_hash
from kg.model.text import Article
from kg.ontology.domain import load_ontology
from kg.rdf.terms import XSD, entity_iri

ONTOLOGY = load_ontology("olympics")
CLASSES = sorted(name for name in ONTOLOGY.classes if ONTOLOGY.is_a(name, "Entity"))
PREDICATES = sorted(r.name for r in ONTOLOGY.relations.values() if r.use == "claim")
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
        evidence=tuple(sorted(found, key=lambda e: (e.span, e.voice, e.extractor))),
        sources=draw(st.integers(1, 9)),
        qualifiers=tuple(sorted(qualifiers.items())),
        derived_by=draw(st.none() | names),
    )


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    articles = [
        Article(f"{index}{draw(texts)}", draw(texts), title=draw(st.none() | texts))
        for index in range(draw(st.integers(1, 3)))
    ]
    pool = draw(st.lists(entities(), min_size=1, max_size=4, unique_by=lambda e: e.id))
    found = draw(st.lists(facts(pool, articles), max_size=4, unique_by=lambda f: f.id))
    judgements = st.builds(SameAs, iris, iris, probabilities, texts)
    return KnowledgeGraph(
        articles=tuple(articles),
        judgements=tuple(draw(st.lists(judgements, max_size=2))),
        entities=tuple(sorted(pool, key=lambda e: e.id)),
        facts=tuple(sorted(found, key=lambda f: f.id)),
        settings=draw(st.dictionaries(texts, texts, max_size=2)),
    )
