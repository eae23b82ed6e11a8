"""What is a copy of what: planted copies and near misses, order, short texts, many copies."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.statement import Voice
from kg.model.text import Article
from kg.report import report_build
from kg.resolve.copies import LEAST_WORDS, near_copies
from tests.resolve.builders import Page, resolved
from tests.resolve.copies_corpus import article_of, pairs_of, planted

ARTICLES, COPIES = planted()
WORDS = ("ridge", "lamp", "ferry", "quota", "north", "amber", "clerk", "water", "stone", "early")


def prose(seed: int, words: int) -> str:
    """Words of a seed, no four of which are likely to come again."""
    draw = random.Random(seed)  # noqa: S311
    return " ".join(f"{draw.choice(WORDS)}{draw.randrange(90)}" for _ in range(words))


def test_planted_copies_are_found_and_near_misses_are_not() -> None:
    found = near_copies(ARTICLES)
    assert dict(found) == COPIES
    assert pairs_of(dict(found)) == pairs_of(COPIES)
    assert len(COPIES) == 7
    assert len(ARTICLES) == 22


@given(st.permutations(ARTICLES))
def test_the_order_of_articles_does_not_show(articles: list[Article]) -> None:
    assert near_copies(articles) == near_copies(ARTICLES)


@given(st.lists(st.sampled_from(ARTICLES), unique_by=lambda a: a.name))
def test_an_original_is_no_copy(articles: list[Article]) -> None:
    found = near_copies(articles)
    names = {a.name for a in articles}
    assert {original for _, original in found} <= names - {copy for copy, _ in found}


@pytest.mark.parametrize(
    ("dates", "original"),
    [
        ({"a": "2030-02-02", "b": "2030-01-01", "c": None}, "b"),
        ({"a": None, "b": "2030", "c": "2031"}, "b"),
        ({"a": None, "b": None, "c": None}, "a"),
    ],
)
def test_the_original_is_the_first_published(dates: dict[str, str], original: str) -> None:
    found = near_copies(article_of(name, [prose(1, 80)], date) for name, date in dates.items())
    assert found == tuple((name, original) for name in dates if name != original)


def test_of_undated_texts_the_longer_is_the_original() -> None:
    whole, part = prose(1, 120), " ".join(prose(1, 120).split()[30:90])
    assert near_copies([article_of("a", [part]), article_of("b", [whole])]) == (("a", "b"),)


@pytest.mark.parametrize("every", [12, 20, 40])
def test_single_words_may_be_changed(every: int) -> None:
    words = prose(1, 200).split()
    changed = " ".join("other" if n % every == 0 else word for n, word in enumerate(words))
    assert near_copies([article_of("a", [" ".join(words)]), article_of("b", [changed])])


def test_chrome_and_headline_do_not_count() -> None:
    menu = "CHROME " + prose(7, 200)
    one = article_of("a", [f"HEADLINE {prose(2, 9)}", prose(1, 40), menu])
    two = article_of("b", [f"HEADLINE {prose(3, 9)}", prose(1, 40)])
    other = article_of("c", [f"HEADLINE {prose(2, 9)}", prose(4, 40), menu])
    assert near_copies([one, two, other]) == (("b", "a"),)


def test_short_texts_are_copies_of_the_same_words_only() -> None:
    said = prose(1, LEAST_WORDS - 1)
    almost = said + " indeed"
    texts = [said, said.upper() + ".", almost.replace(" ", " very ", 1)]
    short = [article_of(str(n), [text]) for n, text in enumerate(texts)]
    assert near_copies(short) == (("1", "0"),)


def test_articles_without_words_are_no_copies() -> None:
    empty = [article_of("a", []), article_of("b", ["…"]), article_of("c", ["CHROME Menu"])]
    assert near_copies(empty) == ()
    assert near_copies(()) == ()


def test_a_copy_of_a_copy_has_the_first_original() -> None:
    words = prose(1, 120).split()
    texts = {"a": words, "b": words[:90] + prose(2, 30).split()}
    texts["c"] = texts["b"][30:] + prose(3, 30).split()  # half of it is of the first
    assert near_copies(article_of(n, [" ".join(w)]) for n, w in texts.items()) == (
        ("b", "a"),
        ("c", "a"),
    )


def test_a_thousand_copies_have_one_original() -> None:
    text = prose(1, 300).split()
    many = []
    for number in range(1000):
        words = list(text)
        words[number % 300] = "changed" if number % 2 else text[number % 300]
        many.append(article_of(f"{number:04}", [" ".join(words)], f"2030-01-{number % 28 + 1:02}"))
    found = near_copies(many)
    assert len(found) == 999
    assert {original for _, original in found} == {"0000"}


def test_a_paragraph_that_every_article_ends_with_makes_no_copies() -> None:
    about = prose(1000, 60)
    assert near_copies(article_of(str(n), [prose(n, 90), about]) for n in range(300)) == ()


def launch(page: Page, quote: str, confidence: float = 0.5) -> None:
    """States that Halvor launched a ferry, on the words of `quote`."""
    page.state(
        page.entity("Halvor"), "launched", page.entity("Nordlys", "Product"), confidence=confidence
    )
    last = page._statements[-1]
    start = page.article.text.index(quote)
    span = replace(last.evidence.span, start=start, end=start + len(quote))
    page._statements[-1] = replace(last, evidence=replace(last.evidence, span=span, quote=quote))


def test_near_copies_are_one_source() -> None:
    text = "Halvor launched Nordlys. " + prose(1, 60)
    pages = [
        Page("a", text),
        Page("b", text + " More to come."),
        Page("c", prose(2, 50) + text[:24]),
    ]
    for page, confidence in zip(pages, (0.5, 0.6, 0.4), strict=True):
        launch(page, "Halvor launched Nordlys.", confidence)
    graph = resolved(*pages)
    assert graph.copies == (("a", "b"),)
    (fact,) = graph.facts
    assert (fact.sources, len(fact.evidence)) == (2, 3)
    assert fact.confidence == pytest.approx(1 - 0.4 * 0.6)


def test_a_long_passage_in_two_articles_is_one_source_for_its_fact() -> None:
    passage = "Halvor launched Nordlys, the first ferry on this coast that burns no oil at all."
    pages = [Page(name, f"{prose(n, 50)} {passage}") for n, name in enumerate("abc")]
    for page in pages[:2]:
        launch(page, passage)
    launch(pages[2], passage[:23])  # less than twelve words are anybody's
    graph = resolved(*pages)
    assert graph.copies == ()
    (fact,) = graph.facts
    assert (fact.sources, len(fact.evidence)) == (2, 3)


def test_the_voice_of_a_passage_does_not_matter() -> None:
    said = "Halvor launched Nordlys because the strait deserves a ferry without smoke, she said"
    pages = [Page(name, f"{prose(n, 50)} {said}") for n, name in enumerate("ab")]
    for page in pages:
        launch(page, said)
    page = pages[1]
    last = page._statements[-1]
    page._statements[-1] = replace(last, evidence=replace(last.evidence, voice=Voice.PARAPHRASE))
    (fact,) = resolved(*pages).facts
    assert fact.sources == 1


@given(
    st.lists(st.floats(0.1, 0.9), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), max_size=4),
)
def test_copies_add_evidence_and_nothing_else(sure: list[float], copied: list[int]) -> None:
    def page(number: int, name: str) -> Page:
        made = Page(name, f"Halvor launched Nordlys. {prose(number, 40)}")
        launch(made, "Halvor launched Nordlys.", sure[number])
        return made

    pages = [page(n, f"article {n}") for n in range(len(sure))]
    copies = [page(n % len(sure), f"copy {at}") for at, n in enumerate(copied)]
    (alone,) = resolved(*pages).facts
    (fact,) = resolved(*copies, *pages).facts
    assert (fact.sources, fact.confidence) == (alone.sources, alone.confidence)
    assert fact.sources == len(sure)
    assert len(fact.evidence) == len(pages) + len(copies)


def test_the_report_names_copies() -> None:
    text = prose(1, 60)
    pages = [Page("a", text), Page("b", text + " More to come."), Page("c", prose(2, 60))]
    report = report_build(resolved(*pages), (), (), {}, ())
    assert '"copies": {\n    "a": "b"\n  }' in report.to_json()
    assert "copies     1, each one source with its original\n" in report.summary()
    assert "copies " not in report_build(resolved(pages[0], pages[2]), (), (), {}, ()).summary()
