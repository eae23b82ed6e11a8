"""Small builders of articles, entities, facts and graphs; nothing here is read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal, Modality, Voice, short_hash
from kg.model.text import Article, Block, BlockKind
from kg.ontology.domain import DEFAULT_BASE_IRI, Ontology, OntologyClass, Relation

BASE = "https://example.org/kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE_NAMES = (  # what breaks a format that is not escaped, one danger each
    "quotes \" ' ` \"\"\" and '''",
    "lines\nand\r\nreturns\r\ttabs \u0085 \u2028 \u2029",
    "commas, semi; colons: pipes| tabs\t=1+1",
    "back\\slash \\n \\u0041 \\",
    "markup <b>&amp;</b> ]]> <!-- --> {{ 1 }} ${x} $$ %s",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 \ufeff \u00a0",
    "controls \x00 \x01 \x08 \x0b \x1b[31m \x7f \x9f \ufffe \uffff",
    "long " + "x" * 9_995,
    " ",
)


def make_article(text: str = "Acme bought Beta.", name: str = "a.txt", **fields: object) -> Article:
    """An article whose paragraphs are its blocks; fields are those of Article."""
    blocks = []
    start = 0
    for paragraph in text.split("\n\n"):
        if paragraph:
            blocks.append(Block(start, start + len(paragraph), BlockKind.BODY))
        start += len(paragraph) + 2
    return Article(name=name, text=text, blocks=tuple(blocks), **fields)  # type: ignore[arg-type]


def make_entity(label: str = "Acme", type: str = "Company", **fields: object) -> Entity:
    """An entity whose IRI depends on its label and type."""
    values: dict[str, object] = {
        "id": f"{BASE}entity/{short_hash(label, type)}",
        "label": label,
        "type": type,
        "mentions": (label,),
    }
    return Entity(**(values | fields))  # type: ignore[arg-type]


def make_literal(value: str, datatype: str = "string", text: str | None = None) -> Literal:
    """A literal of an XML Schema datatype given by its local name."""
    return Literal(value, XSD + datatype, value if text is None else text)


def make_evidence(
    article: Article,
    quote: str,
    voice: Voice = Voice.NARRATOR,
    extractor: str = "frames/test",
) -> Evidence:
    """Evidence at the first place where the article says `quote`."""
    start = article.text.index(quote)
    return Evidence(article.span(start, start + len(quote)), quote, voice, extractor)


def make_fact(
    subject: Entity,
    predicate: str,
    object: Entity | Literal,
    evidence: Evidence | Iterable[Evidence],
    *,
    modality: Modality = Modality.ASSERTED,
    attributed_to: Entity | None = None,
    confidence: float = 0.9,
    qualifiers: Mapping[str, Entity | Literal] | None = None,
    derived_by: str | None = None,
) -> Fact:
    """A fact; its id depends on the claim, its sources are the articles of its evidence."""
    places = (evidence,) if isinstance(evidence, Evidence) else tuple(evidence)
    places = tuple(sorted(places, key=lambda item: item.span))
    value = object.id if isinstance(object, Entity) else f"{object.value}^^{object.datatype}"
    speaker = attributed_to.id if attributed_to else None
    return Fact(
        id=short_hash(subject.id, predicate, value, modality, speaker),
        subject=subject,
        predicate=predicate,
        object=object,
        modality=modality,
        attributed_to=attributed_to,
        confidence=confidence,
        evidence=places,
        sources=len({item.span.article for item in places}),
        qualifiers=tuple(sorted((qualifiers or {}).items())),
        derived_by=derived_by,
    )


def make_graph(
    articles: Iterable[Article] = (),
    facts: Iterable[Fact] = (),
    entities: Iterable[Entity] = (),
) -> KnowledgeGraph:
    """A graph of these facts and of every entity in them, in the order that the model promises."""
    facts = tuple(sorted(facts, key=lambda fact: fact.id))
    found = {entity.id: entity for entity in entities}
    for fact in facts:
        values = (fact.subject, fact.object, fact.attributed_to, *(v for _, v in fact.qualifiers))
        found.update({value.id: value for value in values if isinstance(value, Entity)})
    return KnowledgeGraph(
        articles=tuple(sorted(articles, key=lambda article: article.name)),
        entities=tuple(found[key] for key in sorted(found)),
        facts=facts,
    )


def make_hostile_graph() -> KnowledgeGraph:
    """A graph whose every text is hostile: names, quotes, values, the name of the article.

    It is one of the domain olympics, with its base, and each fact has another kind of object.
    """
    article = make_article("\n\n".join(HOSTILE_NAMES), HOSTILE_NAMES[0], title=HOSTILE_NAMES[1])
    people = [make_entity(name, "Person", mentions=(name,)) for name in HOSTILE_NAMES]
    companies = [
        make_entity(name, alt_labels=HOSTILE_NAMES[:3], hidden_labels=HOSTILE_NAMES[3:])
        for name in HOSTILE_NAMES
    ]
    facts = []
    for name, person, company, other in zip(
        HOSTILE_NAMES, people, companies, companies[1:] + companies[:1], strict=True
    ):
        evidence = make_evidence(article, name, extractor=name)
        said, level = make_literal(name), {"level": make_literal(name)}
        facts += [
            make_fact(company, "partnerOf", other, evidence, qualifiers=level),
            make_fact(company, "provides", other, evidence, attributed_to=person),
            make_fact(person, "said", said, evidence, modality=Modality.HEDGED),
            make_fact(company, "hasMeasure", said, evidence, modality=Modality.NEGATED),
        ]
    return replace(
        make_graph([article], facts),
        settings={"base_iri": DEFAULT_BASE_IRI, "domain": "olympics", "kg": HOSTILE_NAMES[4]},
    )


def make_ontology(
    classes: Mapping[str, tuple[str, ...]] | None = None,
    relations: Mapping[str, str] | None = None,
    *,
    symmetric: Iterable[str] = (),
) -> Ontology:
    """An ontology of classes (name to parents) and relations (name to label); no file behind it."""
    symmetric = frozenset(symmetric)
    return Ontology(
        name="test",
        folders=(),
        base_iri=BASE,
        classes={
            name: OntologyClass(f"{BASE}{name}", name, name, "", parents)
            for name, parents in (classes or {}).items()
        },
        relations={
            name: Relation(f"{BASE}{name}", name, label, "", symmetric=name in symmetric)
            for name, label in (relations or {}).items()
        },
        names={},
        frames=(),
        lexicon={},
    )
