from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import Article, BlockKind
from kg.read.clean import clean
from kg.read.load import RawPage

PARAGRAPHS = (
    "Korvex Marine will build four battery ferries for the strait, the transport office said.",
    "The contract runs until 2029 and is the largest order that the yard has taken since 1987.",
    'The yard had waited eleven years for an order of this size, "and we nearly gave up", it said.',
    "It wants to hire 140 people this year, and most of them are to be welders or electricians.",
)
BODY = "\n\n".join(PARAGRAPHS)

# Pieces of pages, so that generated texts reach the rules that random characters never meet.
PIECES = st.sampled_from(
    [
        *PARAGRAPHS,
        "Korvex Marine wins ferry contract",
        "---",
        "title: Ferries",
        "Share:",
        "Latest News",
        "Comments",
        "About Korvex Marine",
        "Media Contacts",
        "Forward-Looking Statements",
        "- one point of the list;",
        "a | 1 | 2",
        "By Ann Moe",
        "14 March 2024",
        "OSTER, May 9 (Norpress) --",
        "(Photo: Ann Moe)",
        "【1】 【2】",
        "&gt;&gt;",
        "Read more: Ferries",
        "![](x.png)",
        "Sign up for our newsletter",
        "word " * 130,
        "A sentence of the page stands here. " * 40,
        "teaser that is cut off [...]",
        "\u200b",
        "\xa0",
        "",
    ]
)
PAGES = st.lists(
    st.tuples(st.one_of(PIECES, st.text(max_size=40)), st.sampled_from(["\n", "\n\n", "\r\n", " "]))
).map(lambda parts: "".join(piece + gap for piece, gap in parts))


def article(text: str) -> Article:
    return clean(RawPage("page.txt", text))


def kept(text: str) -> list[str]:
    page = article(text)
    return [page.quote(b.start, b.end) for b in page.blocks if b.kind is not BlockKind.CHROME]


def kind_of(text: str, part: str) -> BlockKind:
    page = article(text)
    start = text.index(part)
    (kind,) = {b.kind for b in page.blocks if b.start < start + len(part) and start < b.end}
    return kind


class TestAnyText:
    @given(st.one_of(st.text(), PAGES))
    def test_blocks_cover_what_is_not_white_space_once_and_in_order(self, text: str) -> None:
        page = article(text)
        assert page.text == text
        covered = bytearray(len(text))
        end = 0
        for block in page.blocks:
            assert end <= block.start < block.end <= len(text)
            end = block.end
            covered[block.start : block.end] = b"\1" * (block.end - block.start)
            assert not text[block.start].isspace()
            assert not text[block.end - 1].isspace()
        assert all(covered[n] or char.isspace() for n, char in enumerate(text))

    @given(PAGES)
    def test_cleaning_an_article_again_changes_nothing(self, text: str) -> None:
        once = article(text)
        assert clean(RawPage(once.name, once.text)) == once

    @pytest.mark.parametrize(
        "unit", ["a", "(", ".", "漢", "a\t", "Mar ", "By ", "A, ", "- ", "[a](", "“", "12:30 "]
    )
    def test_runaway_line_takes_time_in_proportion(self, unit: str) -> None:
        text = unit * (100_000 // len(unit))
        assert article(text).blocks[-1].end == len(text.rstrip())


class TestBody:
    def test_paragraphs_alone_are_body(self) -> None:
        assert {b.kind for b in article(BODY).blocks} == {BlockKind.BODY}

    def test_single_line_without_a_stop_is_body(self) -> None:
        assert kind_of("Korvex Marine wins ferry contract", "Korvex") is BlockKind.BODY

    @pytest.mark.parametrize(
        "line",
        [
            "Share this article",
            "Read more: Why yards close along the coast",
            "Follow the Ledger on Twitter: @ledger",
            "Advertisement",
            "Photo: Ann Moe",
            "Sign up for our daily newsletter and read all about ferries every morning.",
            "(Reporting by Ann Moe; editing by Jon Rye)",
            "press@korvex.example",
            "Subscribe",
        ],
    )
    def test_chrome_between_paragraphs_does_not_end_the_body(self, line: str) -> None:
        text = "\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])
        assert kept(text) == list(PARAGRAPHS)

    @pytest.mark.parametrize(
        "line",
        [
            "Follow korvex.example for the dates of the open days at the yard in the spring.",
            "Share prices of the yard fell by 4 percent after the news had been made public.",
            "“Sign up for our newsletter,” the yard tells all who ask for a job at the gate.",
            "Comments by the minister on the ferries were taken back an hour after he had spoken.",
        ],
    )
    def test_sentence_that_begins_like_chrome_is_body(self, line: str) -> None:
        text = "\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])
        assert line in kept(text)

    @pytest.mark.parametrize("heading", ["Latest News", "Most read", "3 comments", "Blog Posts"])
    def test_prose_behind_other_headlines_and_comments_is_chrome(self, heading: str) -> None:
        foreign = "The council of Gorham has decided to evict the pigeons from its old clock."
        text = "\n\n".join([BODY, heading, "Pigeons stop clock", foreign])
        assert kind_of(text, foreign) is BlockKind.CHROME
        assert kept(text) == list(PARAGRAPHS)

    def test_body_goes_on_behind_a_box_of_links(self) -> None:
        box = ["Related articles", "Why yards close", "Battery prices fall"]
        text = "\n\n".join([*PARAGRAPHS[:3], *box, *PARAGRAPHS[:3]])
        assert kept(text) == [*PARAGRAPHS[:3], *PARAGRAPHS[:3]]

    def test_teasers_that_are_cut_off_are_chrome(self) -> None:
        teaser = PARAGRAPHS[0][:60] + "[…]"
        assert kind_of(f"{BODY}\n\nPigeons stop clock\n\n{teaser}", teaser) is BlockKind.CHROME

    def test_list_that_a_colon_announces_is_body(self) -> None:
        text = f"{BODY}\n\nThe yard builds:\n- ferries\n- tugs\n\nTags\n- sea"
        assert kept(text)[-3:] == ["The yard builds:", "- ferries", "- tugs"]

    def test_long_paragraph_full_of_names_stays_whole(self) -> None:
        names = "Korvex Marine LLC and Oster Yards Ltd. belong to Velm Holding AG, Harbo."
        text = f"{BODY}\n\n{' '.join([*PARAGRAPHS, names] * 3)}"
        assert len(article(text).blocks) == len(PARAGRAPHS) + 1

    def test_dateline_stands_apart_from_the_first_sentence(self) -> None:
        text = f"OSTER, Velm, May 9, 2024 (Norpress) -- {BODY}"
        page = article(text)
        assert page.quote(page.blocks[0].start, page.blocks[0].end).endswith("--")
        assert page.blocks[0].kind is BlockKind.BODY
        assert page.published == "2024-05-09"


class TestHead:
    def test_headline_speaks_of_the_body_and_the_menu_does_not(self) -> None:
        text = f"RETAIL   PAYMENTS   EVENTS\n\nKorvex wins ferry contract\n\n{BODY}"
        assert kind_of(text, "RETAIL   PAYMENTS") is BlockKind.CHROME
        assert kind_of(text, "Korvex wins") is BlockKind.HEADLINE
        assert article(text).title == "Korvex wins ferry contract"

    @pytest.mark.parametrize(
        "glue", ["Sign in {}", "{} Sign in", "Menu | {}", "{} | Harbour Ledger"]
    )
    def test_word_of_the_page_is_cut_off_the_headline(self, glue: str) -> None:
        headline = "Korvex Marine wins ferry contract"
        text = f"{glue.format(headline)}\n\n{BODY}"
        assert article(text).title == headline
        assert kept(text) == [headline, *PARAGRAPHS]

    def test_of_two_copies_the_lower_one_is_the_headline(self) -> None:
        headline = "Korvex Marine wins ferry contract"
        kinds = [b.kind for b in article(f"{headline}\n\nUPDATE\n\n{headline}\n\n{BODY}").blocks]
        assert kinds[:3] == [BlockKind.CHROME, BlockKind.CHROME, BlockKind.HEADLINE]

    def test_summary_without_a_stop_is_the_standfirst(self) -> None:
        standfirst = "The yard gets the largest order since 1987 and wants to hire welders"
        text = f"Korvex Marine wins ferry contract\n\n{standfirst}\n\n{BODY}"
        assert kind_of(text, standfirst) is BlockKind.STANDFIRST

    @pytest.mark.parametrize(
        ("caption", "behind"),
        [
            ("Chief engineer Tor Vik in front of the Korvex yard at Oster.", "SHARE\nTHIS"),
            ("Tor Vik (left) and Eva Stroem on the first ferry", "By Ann Moe"),
            ("Pictured: the yard of Korvex Marine", ""),
        ],
    )
    def test_description_of_a_picture_is_a_caption(self, caption: str, behind: str) -> None:
        text = f"Korvex Marine wins ferry contract\n\n{caption}\n{behind}\n\n{BODY}"
        assert kind_of(text, caption) is BlockKind.CAPTION
        assert PARAGRAPHS[0] in kept(text)

    def test_line_below_an_image_is_its_caption(self) -> None:
        text = f"Korvex Marine wins ferry contract\n\n![](x.jpg)\n\nThe yard at Oster\n\n{BODY}"
        assert kind_of(text, "The yard at Oster") is BlockKind.CAPTION
        assert kind_of(text, "![](x.jpg)") is BlockKind.CHROME


class TestPressRelease:
    def test_notices_and_contacts_are_chrome_and_the_companies_are_not(self) -> None:
        about = (
            "Korvex Marine builds ferries. It was founded in 1987 and employs 600 people at Oster."
        )
        legal = (
            "This release holds statements on the future, and the future may turn out otherwise."
        )
        text = "\n\n".join(
            [
                BODY,
                "Media Contact",
                "Nora Byrne",
                "nora@korvex.example",
                "Forward-Looking Statements",
                legal,
                "About Korvex Marine",
                about,
                "SOURCE Korvex Marine",
            ]
        )
        assert kept(text) == [*PARAGRAPHS, "About Korvex Marine", about]
        assert article(text).publisher == "Korvex Marine"

    def test_legal_paragraph_without_a_heading_is_chrome(self) -> None:
        legal = (
            "Forward-looking statements in this text hold many risks and uncertainties, "
            "and Korvex Marine has no obligation to update them."
        )
        assert kept(f"{BODY}\n\n{legal}") == list(PARAGRAPHS)

    def test_report_on_a_safe_harbor_is_body(self) -> None:
        line = "The court found that the safe harbor rule did not cover what the yard had promised."
        assert line in kept(f"{BODY}\n\n{line}")


class TestMetadata:
    def test_front_matter_is_chrome_and_its_keys_count(self) -> None:
        text = (
            "---\ntitle: 'Ferries'\nauthor: Ann Moe\ndate: 2024-03-14\nsite: Harbour Ledger\n"
            f"url: https://ledger.example/1\n---\n{BODY}"
        )
        page = article(text)
        assert (page.title, page.author, page.published) == ("Ferries", "Ann Moe", "2024-03-14")
        assert (page.publisher, page.url) == ("Harbour Ledger", "https://ledger.example/1")
        assert kept(text) == ["Ferries", *PARAGRAPHS]

    def test_title_of_the_front_matter_is_no_second_headline(self) -> None:
        text = f"---\ntitle: Korvex wins contract | Ledger\n---\n# Korvex wins contract\n\n{BODY}"
        page = article(text)
        assert kept(text) == ["# Korvex wins contract", *PARAGRAPHS]
        assert (page.title, page.publisher) == ("Korvex wins contract", "Ledger")

    def test_rule_at_the_top_is_no_front_matter(self) -> None:
        assert kept(f"---\n{BODY}\n---\n") == list(PARAGRAPHS)

    def test_date_of_another_headline_is_not_that_of_the_article(self) -> None:
        text = f"Korvex Marine wins contract\n\n{BODY}\n\nLatest News\n\nThe week - 6 May 2021"
        assert article(text).published is None

    def test_date_between_two_copies_of_the_headline_counts(self) -> None:
        headline = "Korvex Marine wins ferry contract"
        text = f"{headline}\n\nJanuary 7, 2026\n\n{headline}\n\n{BODY}"
        assert article(text).published == "2026-01-07"

    def test_date_in_a_sentence_is_not_that_of_the_article(self) -> None:
        assert (
            article(f"Korvex was founded on 6 May 2021 by six welders.\n\n{BODY}").published is None
        )

    @pytest.mark.parametrize(
        ("line", "author"),
        [
            ("By Petra Lindqvist", "Petra Lindqvist"),
            ("by [Petra Lindqvist](https://ledger.example/petra)", "Petra Lindqvist"),
            ("Words by Petra Lindqvist, Oster", "Petra Lindqvist"),
            ("By the harbour", None),
        ],
    )
    def test_author_stands_in_the_byline(self, line: str, author: str | None) -> None:
        assert article(f"Korvex Marine wins contract\n\n{line}\n\n{BODY}").author == author

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            (BODY, "en"),
            (
                "Die Werft hat den Auftrag bekommen, und die Stadt ist mit dem Preis zufrieden.",
                "de",
            ),
            ("Le chantier a reçu la commande et la ville est contente du prix des navires.", "fr"),
            ("造船所は四隻の船を受注した。", "und"),
            ("Korvex Oster Velm 1987 Harbo", "und"),
        ],
    )
    def test_language_is_told_by_function_words(self, text: str, language: str) -> None:
        assert article(text).language == language


def test_a_sentence_that_lists_names_is_no_title() -> None:
    intro = (
        "The jury of the Nordic Bridge Prize met in Oslo on Monday and chose six of the entries."
    )
    names = (
        "The jury was Ada Lindqvist of Halvor Motors, Teo Brask of Zorvex Bank, Ida Holm of "
        "Kestrel Airlines, Ove Dahl of Brask Yard and Mia Strand of Nordvik Energy."
    )
    titles = "Ten Bridges Worth Seeing\nWhy Nordvik Energy Left Oslo\nAda Lindqvist Wins Again"
    assert kept(f"{intro}\n\n{names}\n\n{titles}") == [intro, names]
