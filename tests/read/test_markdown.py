from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import BlockKind
from kg.read.clean import clean
from kg.read.load import RawPage, Source, read_source
from kg.read.markdown import plain_text, soft_wrapped

POST = """---
title: "Korvex opens a yard"
author: Petra Lindqvist
date: 2027-03-14
publisher: Harbour Ledger
url: https://ledger.example/korvex
---

# Korvex opens a yard

![The new yard](https://ledger.example/yard.jpg)

**Korvex Marine** has opened a yard in [Bergen](https://bergen.example) that will build
electric ferries for the crossings of the county, the company said on Thursday.

> "We have waited for this since 2019," said *Petra Olsen*, who leads the company and
> wants to hire 140 people.
"""


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("**Korvex** _Marine_ and *IBM*", "Korvex Marine and IBM"),
        ("***Korvex*** ~~sold~~ `Fjord Link`", "Korvex sold Fjord Link"),
        ("a [yard](https://a.example/b_(c) 'x') in [Bergen][1]", "a yard in Bergen"),
        ("[**Korvex** Marine](<https://a.example>)", "Korvex Marine"),
        ("![alt](a.png) Korvex[^1] builds", " Korvex builds"),
        ("<b>Korvex</b><br/> builds <!-- never --> ferries", "Korvex builds  ferries"),
        ("see <https://a.example/b> or not", "see  or not"),
        ("## Korvex builds", "Korvex builds"),
        ("> > - **Korvex** builds", "Korvex builds"),
        ("> one\n> two", "one\ntwo"),
        ("1. Korvex builds", "Korvex builds"),
        (r"3 \* 4 \# 5", "3 * 4 # 5"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("it is 3 < 4 and 5 > 4", "it is 3 < 4 and 5 > 4"),
        ("[sic] stays and (so does this)", "[sic] stays and (so does this)"),
        ("1987 was a year. - So was 1988", "1987 was a year. - So was 1988"),
        ("**", ""),
        ("", ""),
    ],
)
def test_words_are_seen_without_markup(markup: str, words: str) -> None:
    assert plain_text(markup)[0] == words


@given(st.text(st.sampled_from(list("ab *_[]()!<>`~\\#->\n1.^|"))))
def test_every_word_knows_its_place(markup: str) -> None:
    words, places = plain_text(markup)
    assert [markup[place] for place in places] == list(words)
    assert list(places) == sorted(set(places))


@given(st.text(st.sampled_from(list("ab *[]#->|`~\n\r1.\\"))))
def test_joining_lines_moves_nothing(text: str) -> None:
    joined = soft_wrapped(text)
    assert len(joined) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, joined, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "# Title\nText",
        "Text\n# Title",
        "Text\n\nText",
        "Text\n- item\n- item",
        "Text\n1. item",
        "Text\n---\nText",
        "| a | b |\n| c | d |",
        "```\na\nb\n```\nText",
        "hard  \nbreak",
        "hard\\\nbreak",
        "Text\n> quote",
        "[a]: https://a.example\nText",
        "![a](b.png)\nText",
    ],
)
def test_lines_of_different_blocks_stay_apart(text: str) -> None:
    assert soft_wrapped(text) == text


@pytest.mark.parametrize(
    "text", ["one\ntwo\r\nthree", "- one\n  two", "> one\n> two", "> one\ntwo"]
)
def test_lines_of_one_paragraph_are_joined(text: str) -> None:
    assert "\n" not in soft_wrapped(text)


@pytest.mark.parametrize("text", ["[" * 50_000, "*" * 50_000, "a](" * 20_000, "<a " * 20_000])
def test_hostile_markup_takes_no_time(text: str) -> None:
    plain_text(text)
    soft_wrapped(text)


def test_front_matter_is_metadata_and_the_text_stays_as_written(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(POST.encode())
    page = read_source(Source("post.md", path))
    article = clean(page)
    assert (article.text, article.format, page.verbatim) == (POST, "md", True)
    assert (article.title, article.author) == ("Korvex opens a yard", "Petra Lindqvist")
    assert (article.publisher, article.published) == ("Harbour Ledger", "2027-03-14")
    assert article.url == "https://ledger.example/korvex"
    kept = [
        (block.kind, plain_text(article.quote(block.start, block.end))[0])
        for block in article.blocks
        if block.kind is not BlockKind.CHROME
    ]
    assert [kind for kind, _ in kept] == [BlockKind.HEADLINE, BlockKind.BODY, BlockKind.BODY]
    assert kept[0][1] == "Korvex opens a yard"
    assert kept[1][1].startswith("Korvex Marine has opened a yard in Bergen that")
    assert kept[2][1].endswith("who leads the company and\nwants to hire 140 people.")


def test_address_in_front_matter_cannot_be_a_script() -> None:
    text = POST.replace("https://ledger.example/korvex", "javascript:alert(1)")
    assert clean(RawPage("post.md", text, "md")).url is None


@pytest.mark.model
def test_markup_gets_into_no_name_and_quotes_are_as_written(tmp_path: Path) -> None:
    import kg

    text = (
        "# IBM and Nordlys start Fjord Link\n\n**IBM** has launched "
        "[Fjord Link](https://ledger.example/fjord), a ticketing platform,\ntogether with "
        "_Siemens_.\n\n<b>Siemens</b> acquired **Nordlys Power** in [2019](https://a.example).\n"
    )
    (tmp_path / "post.md").write_text(text, "utf-8")
    graph = kg.build([tmp_path])
    assert graph.facts
    labels = {entity.label for entity in graph.entities}
    assert labels >= {"IBM", "Siemens", "Nordlys Power"}
    assert not any(set(label) & set("*_[]()<>") for label in labels)
    for fact in graph.facts:
        for evidence in fact.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
