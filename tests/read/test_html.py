from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.text import Article, BlockKind
from kg.read.clean import clean
from kg.read.load import RawPage

PARAGRAPHS = (
    "Korvex Marine will build four battery ferries for the strait, the transport office said.",
    "The contract runs until 2029 and is the largest order that the yard has taken since 1987.",
    "It wants to hire 140 people this year, and most of them are to be welders or electricians.",
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Korvex wins contract | Harbour Ledger</title>
<meta property="og:site_name" content="Harbour Ledger">
<meta property="article:published_time" content="2024-03-14T09:20:00+00:00">
<meta name="author" content="Petra Lindqvist">
<link rel="canonical" href="https://ledger.example/korvex">
<script>var x = "Pigeons stop the clock of the town hall in Gorham";</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Korvex wins contract</h1><!-- a remark that nobody shall read -->
<p>{PARAGRAPHS[0]}</p><p>Read more: Why yards close</p><p>{PARAGRAPHS[1]}</p>
<h2>More welders</h2><p>{PARAGRAPHS[2]}</p></article>
<footer>© Harbour Ledger</footer></body></html>"""


def article(html: str) -> Article:
    return clean(RawPage("page.html", html, "html"))


def test_paragraphs_title_and_subhead_are_marked() -> None:
    page = article(PAGE)
    parts = [(b.kind, page.quote(b.start, b.end)) for b in page.blocks]
    assert parts == [
        (BlockKind.HEADLINE, "Korvex wins contract"),
        (BlockKind.BODY, PARAGRAPHS[0]),
        (BlockKind.CHROME, "Read more: Why yards close"),
        (BlockKind.BODY, PARAGRAPHS[1]),
        (BlockKind.SUBHEAD, "More welders"),
        (BlockKind.BODY, PARAGRAPHS[2]),
    ]


def test_metadata_is_what_the_page_declares() -> None:
    page = article(PAGE)
    assert (page.title, page.author) == ("Korvex wins contract", "Petra Lindqvist")
    assert (page.publisher, page.published) == ("Harbour Ledger", "2024-03-14")
    assert (page.url, page.language) == ("https://ledger.example/korvex", "en")
    assert page.format == "html"


def test_same_page_gives_the_same_article() -> None:
    assert article(PAGE) == article(PAGE)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><head><title>Only a title</title></head><body><script>x()</script></body></html>",
        "<html>",
        "<!-- -->",
        "no markup",
    ],
)
def test_page_without_text_is_an_error_that_says_what_to_do(html: str) -> None:
    with pytest.raises(InputError, match=r"page\.html .*as plain text"):
        article(html)


def test_malformed_page_is_read() -> None:
    broken = PAGE.replace("</p>", "").replace("</article>", "</div></p>").replace("</html>", "")
    assert PARAGRAPHS[2] in article(broken).text


@settings(max_examples=40)
@given(st.lists(st.one_of(st.sampled_from(["<p>", "<div", "</", "<!--", "&#", ">"]), st.text())))
def test_any_html_is_an_article_or_an_input_error(parts: list[str]) -> None:
    try:
        page = article("".join(parts))
    except InputError:
        return
    assert page.text.strip()
    covered = {n for block in page.blocks for n in range(block.start, block.end)}
    assert all(n in covered or char.isspace() for n, char in enumerate(page.text))


def test_plain_text_needs_no_html_parser() -> None:
    code = (
        "import sys; from kg.read.clean import clean; from kg.read.load import RawPage; "
        "clean(RawPage('a', 'Korvex builds ferries.')); "
        "sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Korvex wins contract",
    "author": [
        {"@type": "Person", "name": "Petra Lindqvist"},
        {"@type": "Person", "name": "Jonas Berg"},
    ],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Ledger"},
    "datePublished": "2024-03-14T09:20:00+01:00",
    "dateModified": "2024-03-20T10:00:00Z",
}


def page_with(head: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html><head>{head}</head><body><nav>Home</nav>"
        f"<article><h1>Korvex wins contract</h1>{body}</article></body></html>"
    )


@pytest.mark.parametrize(
    "data",
    [
        LINKED,
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, LINKED]},
        [{"@type": "Organization", "name": "Korvex Advertising"}, LINKED],
        LINKED | {"@type": ["NewsArticle", "ReportageNewsArticle"]},
    ],
)
def test_metadata_is_what_linked_data_declares(data: object) -> None:
    page = article(page_with(f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert page.title == "Korvex wins contract"
    assert page.author == "Petra Lindqvist; Jonas Berg"
    assert page.publisher == "Harbour Ledger"
    assert page.published == "2024-03-14"
    assert PARAGRAPHS[2] in page.text
    assert "Advertising" not in page.text


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": }',
        "null",
        "[[[[]]]]",
        '{"@type": 3, "author": {}}',
        "{" * 9_000,
    ],
)
def test_broken_linked_data_does_no_harm(script: str) -> None:
    head = '<title>Korvex wins contract</title><meta name="author" content="Petra Lindqvist">'
    page = article(page_with(f'<script type="application/ld+json">{script}</script>{head}'))
    assert (page.title, page.author) == ("Korvex wins contract", "Petra Lindqvist")
    assert PARAGRAPHS[0] in page.text


def test_page_that_declares_nothing_has_its_headline_and_language() -> None:
    page = article(page_with(""))
    assert (page.title, page.language) == ("Korvex wins contract", "en")
    assert (page.author, page.publisher, page.published, page.url) == (None, None, None, None)


def test_address_that_is_a_script_is_left_out() -> None:
    page = article(page_with('<link rel="canonical" href="javascript:alert(1)">'))
    assert page.url is None


@pytest.mark.parametrize("depth", [300, 20_000])
def test_deep_nesting_is_an_article_or_an_input_error(depth: int) -> None:
    html = f"<html><body>{'<div>' * depth}<p>{PARAGRAPHS[0]}</p></body></html>"
    try:
        page = article(html)
    except InputError:
        return
    assert page.text.strip()
