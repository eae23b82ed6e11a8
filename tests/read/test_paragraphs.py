from __future__ import annotations

import pytest

from kg.read.paragraphs import PdfLine, find_title, join_lines, running_lines

WIDE = "x" * 30  # what makes the other lines of a page short or full


def column(*texts: str, page: int = 0, size: float = 10.0, pitch: float = 12.0) -> list[PdfLine]:
    """Lines one below the other in the middle of a page; "" leaves a gap."""
    lines = []
    for row, text in enumerate(texts):
        y = 600 - row * pitch
        if text:
            lines.append(PdfLine(text, 50.0, y, size, page, y / 842))
    return lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            ("The yard employs electri-", "cians and welders."),
            "The yard employs electricians and welders.",
        ),
        (("electricians and electri-", "cians again"), "electricians and electricians again"),
        (("It is state-of-", "the-art for its size"), "It is state-of-the-art for its size"),
        (("It is well-", "known in the trade of"), "It is well-known in the trade of"),
        (
            ("a co-op and the co-", "op of the island and"),
            "a co-op and the co-op of the island and",
        ),
        (("The Anglo-", "Dutch company that has"), "The Anglo-Dutch company that has"),
        (("the years 2019-", "2024 in which it was"), "the years 2019- 2024 in which it was"),
        (("soft elec\u00ad", "tric ferries that are"), "soft electric ferries that are"),
        (
            ("the yard - or what -", "is left of it today"),
            "the yard - or what - is left of it today",
        ),
    ],
)
def test_lines_are_joined_and_hyphens_undone(lines: tuple[str, ...], joined: str) -> None:
    assert join_lines([column(*lines)]) == [joined]


@pytest.mark.parametrize(
    "parts",
    [
        (("The first paragraph ends here and", "goes on."), ("", "The second one begins.")),
        (("A line that is as wide as a line", "can be."), ("Another that begins as a new one",)),
        (("The yard builds three kinds of boat:",), ("• ferries for the county of Vestland",)),
    ],
)
def test_paragraphs_stay_apart(parts: tuple[tuple[str, ...], ...]) -> None:
    lines = column(*(line for part in parts for line in part))
    expected = [" ".join(line for line in part if line) for part in parts]
    assert join_lines([lines]) == expected


def test_indent_begins_a_paragraph() -> None:
    first, second = column(
        "The yard was opened in the spring of", "2024, and it has grown ever since."
    )
    third = column("", "", "A second line of work are the tugs")[0]
    indented = PdfLine(third.text, third.x + 12, third.y, third.size, 0, third.place)
    assert len(join_lines([[first, second, indented]])) == 2
    assert len(join_lines([[first, second, third]])) == 1


def test_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    page = column("The yard employs 140 welders and a few", "dozen people who have been trained as")
    right = [PdfLine("electricians by the county, which pays", 300.0, 600.0, 10.0, 0, 0.7)]
    following = column("for it.", page=1)
    assert join_lines([[*page, *right], following]) == [
        "The yard employs 140 welders and a few dozen people who have been trained as electricians "
        "by the county, which pays for it."
    ]


def test_headline_in_larger_type_is_joined_and_stays_apart() -> None:
    head = column("Korvex opens a", "yard in Bergen", size=20.0, pitch=24.0)
    y = 540.0
    body = [PdfLine(WIDE, 50.0, y - 12 * n, 10.0, 0, y / 842) for n in range(4)]
    assert join_lines([[*head, *body]])[0] == "Korvex opens a yard in Bergen"
    assert find_title([[*head, *body]], frozenset(), None) == "Korvex opens a yard in Bergen"


def page(number: int, header: str, footer: str, *body: str) -> list[PdfLine]:
    top = PdfLine(header, 50.0, 820.0, 8.0, number, 0.97)
    bottom = PdfLine(footer, 50.0, 20.0, 8.0, number, 0.02)
    return [top, *column(*body, page=number), bottom]


def test_header_footer_and_page_number_are_found_on_most_pages() -> None:
    pages = [
        page(n, "Korvex press office", f"Page {n + 1} of 3", f"Paragraph {chr(97 + n)} of it.")
        for n in range(3)
    ]
    running = running_lines(pages)
    assert {line.text for line in running} == {
        "Korvex press office",
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    }


def test_line_that_stands_behind_the_text_of_the_page_is_no_header() -> None:
    same = [
        [
            PdfLine(f"Only on page {chr(97 + n)}", 50.0, 830.0, 8.0, n, 0.98),
            PdfLine("The same sentence.", 50.0, 820.0, 8.0, n, 0.97),
        ]
        for n in range(3)
    ]
    assert not running_lines(same)


def test_headline_that_comes_back_as_a_header_stays_a_headline() -> None:
    first = [PdfLine("Korvex opens a yard", 50.0, 820.0, 18.0, 0, 0.97), *column("Text.")]
    others = [page(n, "Korvex opens a yard", "", "More text.") for n in (1, 2)]
    running = running_lines([first, *others])
    assert first[0] not in running
    assert {line.page for line in running} == {1, 2}


def test_single_page_has_no_header_but_a_page_number() -> None:
    (number,) = running_lines([page(0, "Korvex press office", "- 1 -", "Text of it.")])
    assert number.text == "- 1 -"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("A YARD in Bergen", "A YARD in Bergen"),
        ("Microsoft Word - release.docx", None),
        (None, None),
    ],
)
def test_stated_title_counts_where_the_text_has_it(stated: str | None, title: str | None) -> None:
    assert find_title([column("A yard in Bergen", WIDE)], frozenset(), stated) == title


def test_empty_pages_are_nothing() -> None:
    assert join_lines([[], []]) == []
    assert running_lines([[], []]) == frozenset()
    assert find_title([[]], frozenset(), "x y") is None
