from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.fragment import fragment_text, titled


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b>\nthree.</p><p>Four.</p>", "One two three.\n\nFour."),
        ("plain words", "plain words"),
        ("a<br>b<br/>c", "a\n\nb\n\nc"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("AT&amp;T &lt;b&gt; &copy; &nbsp;x", "AT&T <b> © x"),
        ("a<script>b()</script>c<style>d{}</style>e<!-- f -->g", "aceg"),
        ("<p>open <i>and <b>never", "open and never"),
        ("</div></p>x", "x"),
        ("", ""),
        ("<img src=x onerror=alert(1)>", ""),
        ("a\x00b", "ab"),
    ],
)
def test_words_and_blocks_are_those_that_a_browser_shows(html: str, text: str) -> None:
    assert fragment_text(html) == text


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(["<p>", "<div", "</", "<!--", "&#", "]]>"]), st.text())))
def test_any_html_is_text(parts: list[str]) -> None:
    assert isinstance(fragment_text("".join(parts)), str)


def test_deep_nesting_ends() -> None:
    assert "x" in fragment_text("x" + "<div>" * 100_000) + "x"


def test_title_is_put_above_a_text_that_lacks_it() -> None:
    assert titled("A yard", "Text.") == "A yard\n\nText."
    assert titled("A Yard", "a yard opens.") == "a yard opens."
    assert titled(None, "Text.") == "Text."
