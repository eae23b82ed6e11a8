"""What a client gets, of what it says it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import choose

OFFERED = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/html;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/*;q=0.5, text/turtle;q=0.1", "text/html"),
        ("*/*;q=0.5, text/turtle;q=0", "application/ld+json"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/html;q=2, application/ld+json;q=0.1", "application/ld+json"),
        ("text/html;q=nan, application/ld+json;q=0.1", "application/ld+json"),
        ("text/html;q=x, application/ld+json;q=0.1", "application/ld+json"),
        ("nonsense, a/b/c, ;;, text/html;charset=utf-8", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_the_best_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@given(st.text(max_size=60))
def test_any_header_gives_an_offered_type_or_none(accept: str) -> None:
    assert choose(accept, OFFERED) in (*OFFERED, None)
