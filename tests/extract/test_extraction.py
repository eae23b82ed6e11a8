"""What holds for everything that is extracted, and the claims that are no frame's."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model.statement import Extraction, Literal, MentionKind
from kg.model.text import Article, Block, BlockKind
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from kg.resolve import resolve
from tests.extract.builders import make_page
from tests.extract.conftest import ExtractFrom

PAGE = "\n\n".join(
    (
        "# Halvor Motors Renews Deal With Brask Sailing Federation",
        "Halvor Motors will supply the Brask Sailing Federation until 2031, chief executive Ada "
        "Lindqvist said on Monday.",
        "The Danish carmaker, founded in 1991, launched the Nordlys Card and a weather service at "
        "the Tokyo Games. It reaches more than 40 million customers in Norway.",
        "“Nobody has done this before,” Lindqvist said. Zorvex Bank, a subsidiary of Halvor "
        "Motors, did not sponsor the Brask Marathon and may open the Harbour Gallery.",
    )
)


@pytest.fixture(scope="module")
def page(annotator: Annotator, olympics: Ontology) -> tuple[Article, Extraction]:
    article = make_page(PAGE)
    return article, extract(annotator.annotate(article), olympics)


def test_the_page_states_enough_to_be_a_test(page: tuple[Article, Extraction]) -> None:
    _, extraction = page
    assert len({s.predicate for s in extraction.statements}) >= 6
    assert {str(s.modality) for s in extraction.statements} == {
        "asserted",
        "planned",
        "hedged",
        "negated",
    }


def test_every_quote_and_mention_is_the_text_of_its_span(
    page: tuple[Article, Extraction],
) -> None:
    article, extraction = page
    for statement in extraction.statements:
        span = statement.evidence.span
        assert span.article == article.name
        assert article.quote(span.start, span.end) == statement.evidence.quote != ""
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert article.quote(mention.span.start, mention.span.end) == mention.text != ""


def test_statements_name_entities_of_the_extraction_only(
    page: tuple[Article, Extraction], olympics: Ontology
) -> None:
    _, extraction = page
    ids = {e.id for e in extraction.entities}
    assert len(ids) == len(extraction.entities)
    for s in extraction.statements:
        used = [s.subject, s.object, s.speaker, *(q.value for q in s.qualifiers)]
        assert {u for u in used if isinstance(u, str)} <= ids
        assert s.predicate in olympics.relations
        assert 0 < s.confidence <= 1
    assert {e.type for e in extraction.entities} <= set(olympics.classes)


def test_the_order_is_that_of_the_text(page: tuple[Article, Extraction]) -> None:
    _, extraction = page
    spans = [s.evidence.span for s in extraction.statements]
    assert spans == sorted(spans)
    firsts = [min(e.mentions).span for e in extraction.entities if e.mentions]
    assert firsts == sorted(firsts)


def test_a_second_run_gives_the_same_ids(
    page: tuple[Article, Extraction], annotator: Annotator, olympics: Ontology
) -> None:
    article, extraction = page
    again = extract(annotator.annotate(article), olympics)
    assert again == extraction
    assert [s.id for s in again.statements] == [s.id for s in extraction.statements]


def test_statements_have_ids_of_their_own(page: tuple[Article, Extraction]) -> None:
    _, extraction = page
    ids = [s.id for s in extraction.statements]
    assert len(ids) == len(set(ids))


def test_chrome_states_nothing(annotator: Annotator, olympics: Ontology) -> None:
    body, chrome = "Halvor Motors grew.", "Zorvex Bank launched the Nordlys Card."
    text = f"{body}\n\n{chrome}"
    blocks = (
        Block(0, len(body), BlockKind.BODY),
        Block(len(body) + 2, len(text), BlockKind.CHROME),
    )
    article = Article("a.txt", text, blocks)
    assert extract(annotator.annotate(article), olympics).statements == ()
    as_body = replace(article, blocks=tuple(replace(b, kind=BlockKind.BODY) for b in blocks))
    assert extract(annotator.annotate(as_body), olympics).statements != ()


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        (BlockKind.BODY, "narrator"),
        (BlockKind.HEADLINE, "headline"),
        (BlockKind.SUBHEAD, "headline"),
        (BlockKind.STANDFIRST, "headline"),
        (BlockKind.CAPTION, "caption"),
    ],
)
def test_the_voice_is_that_of_the_block(
    annotator: Annotator, olympics: Ontology, kind: BlockKind, voice: str
) -> None:
    text = "Halvor Motors launched the Nordlys Card for sailors along their northern coast."
    article = Article("a.txt", text, (Block(0, len(text), kind),))
    found = extract(annotator.annotate(article), olympics).statements
    assert {str(s.evidence.voice) for s in found} == {voice}


def test_pronouns_are_mentions_of_their_kind_or_none(page: tuple[Article, Extraction]) -> None:
    _, extraction = page
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert mention.text.lower() != "it" or mention.kind is MentionKind.PRONOUN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Halvor Motors is a Danish carmaker.",
            None,  # the noun is no entity beside the name
        ),
        ("The Danish carmaker Halvor Motors grew.", ("Halvor Motors", "basedIn", "Denmark")),
        (
            "Halvor Motors grew. The Danish company sold cars.",
            ("Halvor Motors", "basedIn", "Denmark"),
        ),
        ("Halvor Motors sold Danish sails.", None),
    ],
)
def test_a_demonym_says_where_a_company_is_based(
    extract_from: ExtractFrom, text: str, expected: tuple[str, str, str] | None
) -> None:
    found = [s[:3] for s in extract_from(text) if s[1] == "basedIn"]
    assert found == ([expected] if expected is not None else [])


def test_parts_of_what_somebody_provides_are_provided(extract_from: ExtractFrom) -> None:
    text = (
        "Halvor Motors opened an exhibition. Innovations include a weather service and a mobile "
        "gallery."
    )
    found = {s[:3] for s in extract_from(text)}
    assert ("Halvor Motors", "provides", "Weather service") in found
    assert ("Halvor Motors", "provides", "Mobile gallery") in found


def test_a_part_has_the_stance_of_the_whole(extract_from: ExtractFrom) -> None:
    text = (
        "Halvor Motors will open a summer programme. "
        "The summer programme includes a mobile gallery."
    )
    stances = {s[2]: s[3] for s in extract_from(text) if s[1] == "provides"}
    assert stances["Summer programme"] == "planned"
    assert stances["Mobile gallery"] == "planned"


def test_a_quotation_is_said_by_its_speaker(annotator: Annotator, olympics: Ontology) -> None:
    text = "“We love this yard,” said Ada Lindqvist, president of Halvor Motors."
    extraction = extract(annotator.annotate(make_page(text)), olympics)
    labels = {e.id: e.label for e in extraction.entities}
    (said,) = (s for s in extraction.statements if s.predicate == "said")
    assert labels[said.subject] == "Ada Lindqvist"
    assert isinstance(said.object, Literal)
    assert said.object.value == "We love this yard"
    assert str(said.evidence.voice) == "quote"


def test_measures_keep_unit_and_comparator(annotator: Annotator, olympics: Ontology) -> None:
    text = "Halvor Motors has more than 300 employees."
    extraction = extract(annotator.annotate(make_page(text)), olympics)
    (measure,) = (s for s in extraction.statements if s.predicate == "hasMeasure")
    assert isinstance(measure.object, Literal)
    found = {q.name: q.value.value for q in measure.qualifiers if isinstance(q.value, Literal)}
    assert (measure.object.value, found) == (
        "300",
        {"comparator": "more than", "unit": "employees"},
    )


def test_shuffled_articles_give_the_same_graph(annotator: Annotator, olympics: Ontology) -> None:
    texts = {
        "a.txt": "Halvor Motors launched the Nordlys Card in Norway.",
        "b.txt": "The Nordlys Card was launched by Halvor Motors.",
        "c.txt": "Ada Lindqvist, president of Halvor Motors, may launch the Nordlys Card.",
    }
    articles = [make_page(text, name) for name, text in texts.items()]
    extractions = [extract(annotator.annotate(a), olympics) for a in articles]
    graph = resolve(articles, extractions, olympics)
    assert any(f.sources > 1 for f in graph.facts)
    for order in permutations(range(3)):
        shuffled = resolve([articles[i] for i in order], [extractions[i] for i in order], olympics)
        assert shuffled == graph


SCRAPS = st.sampled_from(
    [
        "Halvor Motors", "launched", "the Nordlys Card", "“", "”", '"', "(", ")", ",", ".", "\n",
        "said", "Ada Lindqvist", "will", "in 2031", "Tokyo Games", "&", "’s", "of", "and", "which",
        "$40 million", "İstanbul", "the", "partnership", "with", "\u2028", "🚢", "NYSE", ":", "by",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(scraps=st.lists(SCRAPS, max_size=40))
def test_no_text_breaks_the_invariants(
    annotator: Annotator, olympics: Ontology, scraps: list[str]
) -> None:
    text = " ".join(scraps)
    article = Article("a.txt", text, (Block(0, len(text), BlockKind.BODY),) if text else ())
    extraction = extract(annotator.annotate(article), olympics)
    ids = {e.id for e in extraction.entities}
    for s in extraction.statements:
        assert article.quote(s.evidence.span.start, s.evidence.span.end) == s.evidence.quote
        assert {u for u in (s.subject, s.object, s.speaker) if isinstance(u, str)} <= ids
    resolve([article], [extraction], olympics)


def test_their_takes_up_every_subject(extract_from: ExtractFrom) -> None:
    text = "Halvor Motors and Brask Electronics have not renewed their contracts with Kestrel Bank."
    found = extract_from(text)
    pairs = {(s, o, m) for s, p, o, m, _ in found if p == "partnerOf"}
    assert ("Halvor Motors", "Kestrel Bank", "negated") in pairs
    assert ("Brask Electronics", "Kestrel Bank", "negated") in pairs


def test_its_in_front_of_the_subject_is_the_subject(extract_from: ExtractFrom) -> None:
    text = "Brask Electronics praised the plan. Through its site Tmall, Halvor Motors sells boats."
    found = [s[:3] for s in extract_from(text) if s[1] == "operatesPlatform"]
    assert found == [("Halvor Motors", "operatesPlatform", "Tmall")]
