"""Passages cover what is read of an article, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.llm.passages import passages
from kg.model.text import Article, Block, BlockKind

KINDS = st.sampled_from([BlockKind.BODY, BlockKind.HEADLINE, BlockKind.CHROME])
TEXTS = st.text("ab. ”", min_size=1, max_size=60).filter(str.strip)


def article_of(parts: list[tuple[str, BlockKind]]) -> Article:
    text, blocks = "", []
    for part, kind in parts:
        blocks.append(Block(len(text), len(text) + len(part), kind))
        text += part + "\n\n"
    return Article("a.txt", text, tuple(blocks))


@given(st.lists(st.tuples(TEXTS, KINDS), max_size=8), st.integers(10, 40))
def test_each_character_that_is_read_is_in_one_passage_and_no_chrome_is(
    parts: list[tuple[str, BlockKind]], longest: int
) -> None:
    article = article_of(parts)
    found = passages(article, longest)
    counts = [0] * len(article.text)
    for passage in found:
        assert passage.text == article.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= longest
        for i in range(passage.start, passage.end):
            counts[i] += 1
    for block in article.blocks:
        wanted = 0 if block.kind is BlockKind.CHROME else 1
        assert set(counts[block.start : block.end]) == {wanted}


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    article = article_of([("Vexil grows. “It sells pumps.” Tarn shrinks.", BlockKind.BODY)])
    assert [p.text for p in passages(article, 36)] == [
        "Vexil grows. “It sells pumps.” ",
        "Tarn shrinks.",
    ]
