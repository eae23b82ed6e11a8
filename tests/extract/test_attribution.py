"""Attributions by construction: source, cue, contents and manner, as characters of the article."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.attribution import Attribution, Manner, attributions
from kg.model.text import Article, Span
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

Found = tuple[str, str, tuple[str, ...], str, str]
FindIn = Callable[[str], list[Found]]


def _text(article: Article, span: Span) -> str:
    return article.quote(span.start, span.end)


@pytest.fixture(scope="module")
def find(annotator: Annotator, olympics: Ontology) -> Callable[[Article], list[Attribution]]:
    """Article to its attributions."""
    return lambda article: list(attributions(annotator.annotate(article), olympics))


@pytest.fixture(scope="module")
def find_in(find: Callable[[Article], list[Attribution]]) -> FindIn:
    """Text to (source, cue, contents, kind, rule) of its attributions outside quotations."""

    def run(text: str) -> list[Found]:
        article = make_page(text)
        return [
            (
                _text(article, a.source),
                _text(article, a.cue),
                tuple(_text(article, c) for c in a.contents),
                str(a.kind),
                a.rule,
            )
            for a in find(article)
            if not a.quoted
        ]

    return run


DIRECT = [
    ("“We will open a dock in Bergen,” said Jane Roe.", "Jane Roe", "said"),
    ("“We will open a dock in Bergen,” she said.", "she", "said"),
    ('"We will open a dock in Bergen," Roe said.', "Roe", "said"),
    ("''We will open a dock in Bergen,'' Mr. Roe said.", "Mr. Roe", "said"),
    ("“We will open a dock in Bergen,” thundered Roe.", "Roe", "thundered"),
    ("Roe told The Coast Times: “We will open a dock in Bergen.”", "Roe", "told"),
]


@pytest.mark.parametrize(("text", "source", "cue"), DIRECT)
def test_direct(text: str, source: str, cue: str, find_in: FindIn) -> None:
    ((found_source, found_cue, (content,), kind, _),) = find_in(text)
    assert (found_source, found_cue, kind) == (source, cue, "direct")
    assert content.strip("“”\"',.") == "We will open a dock in Bergen"


def test_marks_belong_to_the_content(find_in: FindIn) -> None:
    ((_, _, contents, _, _),) = find_in("“We will open a dock,” Roe said.")
    assert contents == ("“We will open a dock,”",)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "“We will open a dock,” Roe said. “It will serve the whole coast.”",
            ("“We will open a dock,”", "“It will serve the whole coast.”"),
        ),
        (
            "“Our plan,” Roe said, “is to open a dock in Bergen.”",
            ("“Our plan,”", "“is to open a dock in Bergen.”"),
        ),
        (
            "“We will open a dock,” said Roe.\n\n“It will serve the whole coast.”",
            ("“We will open a dock,”", "“It will serve the whole coast.”"),
        ),
        (
            "“The ferry is slow.\n\n“The dock is worse,” said Roe.",
            ("“The ferry is slow.", "“The dock is worse,”"),
        ),
    ],
    ids=["two sentences", "interrupted", "next paragraph", "tag in the last paragraph"],
)
def test_pieces_of_one_quotation(text: str, contents: tuple[str, ...], find_in: FindIn) -> None:
    ((source, cue, found, kind, _),) = find_in(text)
    assert (source, cue, kind) == ("Roe", "said", "direct")
    assert found == contents


INDIRECT = [
    ("Roe said that the dock is safe.", "Roe", "said", "that the dock is safe", "clause"),
    ("Acme has suggested that the dock could close.", "Acme", "has suggested",
     "that the dock could close", "clause"),
    ("Acme issued a statement saying the dock was safe.", "Acme", "saying",
     "the dock was safe", "clause"),
    ("Roe, who said the dock was safe, left.", "who", "said", "the dock was safe", "clause"),
    ("She noted 300 ferries took part.", "She", "noted", "300 ferries took part", "clause"),
    ("As Roe noted, the dock is old.", "Roe", "noted", "the dock is old", "inserted"),
    ("The dock, Roe explained, will open in May.", "Roe", "explained",
     "The dock|will open in May", "inserted"),
    ("Acme will open a dock in May, according to Jane Roe.", "Jane Roe", "according to",
     "Acme will open a dock in May", "according"),
    ("According to the regulator, Acme closed the dock.", "the regulator", "According to",
     "Acme closed the dock", "according"),
    ("The ferries, according to the regulator, are old.", "the regulator", "according to",
     "The ferries|are old", "according"),
    ("Acme's claim that the dock is safe was tested.", "Acme", "claim",
     "that the dock is safe", "noun"),
    ("The warning by the regulator that docks may close was ignored.", "the regulator", "warning",
     "that docks may close", "noun"),
    ("Roe made the claim that the dock is safe.", "Roe", "claim", "that the dock is safe", "noun"),
    ("Roe's criticism of the plan was sharp.", "Roe", "criticism", "the plan", "noun"),
    ("Roe vowed to keep the dock.", "Roe", "vowed", "to keep the dock", "infinitive"),
    ("The mayor called for talks.", "The mayor", "called", "talks", "prepositional"),
    ("Roe was critical of the plan.", "Roe", "critical", "the plan", "adjective"),
    ("# Acme: no plans to sell the dock\n\nAcme runs ferries.", "Acme", ":",
     "no plans to sell the dock", "colon"),
    ("JONES: I never saw the dock.\n\nMr. Jones runs ferries.", "JONES", ":",
     "I never saw the dock", "colon"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "contents", "rule"), INDIRECT)
def test_indirect(
    text: str, source: str, cue: str, contents: str, rule: str, find_in: FindIn
) -> None:
    assert find_in(text) == [(source, cue, tuple(contents.split("|")), "indirect", rule)]


def test_quoted_part_makes_the_content_mixed(find_in: FindIn) -> None:
    text = "Roe said the dock was “a gift to the coast and its people”."
    assert find_in(text) == [
        (
            "Roe",
            "said",
            ("the dock was “a gift to the coast and its people”",),
            "mixed",
            "clause",
        )
    ]


def test_participle_has_the_subject_of_its_verb(find_in: FindIn) -> None:
    found = find_in("Ferries are slow, Roe said, adding that docks are worse.")
    assert [(source, cue, contents) for source, cue, contents, _, _ in found] == [
        ("Roe", "said", ("Ferries are slow",)),
        ("Roe", "adding", ("that docks are worse",)),
    ]


def test_attributions_nest(find_in: FindIn) -> None:
    found = find_in("Roe said the regulator had warned that docks may close.")
    assert [(source, contents) for source, _, contents, _, _ in found] == [
        ("Roe", ("the regulator had warned that docks may close",)),
        ("the regulator", ("that docks may close",)),
    ]


def test_cue_in_a_quotation_is_marked(find: Callable[[Article], list[Attribution]]) -> None:
    article = make_page("“The regulator says that the dock is old,” said Roe.")
    found = [(_text(article, a.source), a.quoted, a.kind) for a in find(article)]
    assert found == [("The regulator", True, Manner.DIRECT), ("Roe", False, Manner.DIRECT)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme opened a dock. Ferries sail there.",
        "Acme opened a dock according to plan.",
        "It was said that the dock is safe.",
        "Q: Who owns the dock?",
        "Availability: the dock opens in May.",
        "Roe read a book called “A day in the life of docks”.",
    ],
)
def test_what_nobody_says(text: str, find_in: FindIn) -> None:
    assert find_in(text) == []


def test_speech_in_a_name_is_not_what_is_said(find_in: FindIn) -> None:
    found = find_in("In “The Last Ferry to Bergen,” Roe pointed to a dock.")
    assert [contents for _, _, contents, _, _ in found] == [("a dock",)]


def test_speaker_does_not_reach_over_other_paragraphs(find_in: FindIn) -> None:
    text = "“We will open a dock,” said Roe.\n\nFerries are old.\n\n“It will serve the coast.”"
    ((_, _, contents, _, _),) = find_in(text)
    assert contents == ("“We will open a dock,”",)


_PIECES = st.lists(
    st.sampled_from(
        ["“", "”", '"', "''", ",", ".", ":", "Roe", "said", "that", "Acme", "the dock", "is old",
         "according to", "claim", "who", "\n\n", "—", "(", "he", "told", "as", "will open it"]
    ),
    max_size=14,
)  # fmt: skip


@given(pieces=_PIECES)
def test_any_text_gives_spans_in_order(
    pieces: list[str], annotator: Annotator, olympics: Ontology
) -> None:
    article = make_page(" ".join(pieces))
    for found in attributions(annotator.annotate(article), olympics):
        spans = [found.source, found.cue, *found.contents]
        assert found.contents
        assert all(0 <= s.start < s.end <= len(article.text) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(found.contents))
        assert all(c.end <= found.cue.start or found.cue.end <= c.start for c in found.contents)


@pytest.mark.model
def test_the_document_shows_what_its_code_prints(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = (root / "docs" / "attribution.md").read_text("utf-8")
    code, printed = re.findall(r"```(?:python|text)\n(.*?)```", document, flags=re.DOTALL)[:2]
    exec(compile(code, "docs/attribution.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out == printed
