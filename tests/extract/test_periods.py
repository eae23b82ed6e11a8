"""Start, end, duration and rank of what a predication is about, and dates of clauses."""

from __future__ import annotations

import pytest

from kg.extract.arguments import predications
from kg.extract.lexicon import Lexicon
from kg.extract.periods import clause_date, date_in, duration_of, level_of, period_of
from kg.extract.slots import Predication
from kg.read.annotate import Annotator
from tests.extract.builders import make_doc, make_page


def _predication(
    sentence: str, trigger: str, annotator: Annotator, lexicon: Lexicon
) -> Predication:
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    found = [p for s in doc.sents for p in predications(s, lexicon) if p.trigger.text == trigger]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "trigger", "period"),
    [
        (
            "Fjordix renewed its partnership with Quillon until 2028.",
            "partnership",
            {"end": "2028"},
        ),
        ("The partnership runs through 2028.", "partnership", {"end": "2028"}),
        (
            "Fjordix has been a partner of the regatta since 2017.",
            "partner",
            {"start": "2017"},
        ),
        ("The partnership began in 2017.", "partnership", {"start": "2017"}),
        ("Fjordix signed a deal with Quillon in May 2019.", "deal", {"start": "2019-05"}),
        ("Fjordix praised a deal with Quillon in May 2019.", "deal", {}),
        (
            "Fjordix sponsors the regatta for the 2031 and 2032 seasons.",
            "sponsors",
            {"start": "2031", "end": "2032"},
        ),
        ("Fjordix sponsors the regatta.", "sponsors", {}),
        (
            "Fjordix will sponsor the regatta from 2020 to 2024.",
            "sponsor",
            {"start": "2020", "end": "2024"},
        ),
    ],
)
def test_period(
    sentence: str, trigger: str, period: dict[str, str], annotator: Annotator, lexicon: Lexicon
) -> None:
    found = period_of(_predication(sentence, trigger, annotator, lexicon), None)
    assert {name: literal.value for name, literal in found.items()} == period


@pytest.mark.parametrize(
    ("sentence", "trigger", "value"),
    [
        ("Fjordix signed a 12-year deal with Quillon.", "deal", "P12Y"),
        ("Fjordix signed a deal of three years.", "deal", "P3Y"),
        ("Fjordix signed a deal with Quillon.", "deal", None),
        ("Fjordix signed a deal with Quillon for three years.", "deal", "P3Y"),
    ],
)
def test_duration(
    sentence: str, trigger: str, value: str | None, annotator: Annotator, lexicon: Lexicon
) -> None:
    found = duration_of(_predication(sentence, trigger, annotator, lexicon))
    assert (found.value if found is not None else None) == value


@pytest.mark.parametrize(
    ("sentence", "trigger", "level"),
    [
        ("Fjordix is a Platinum Sponsor of the regatta.", "Sponsor", "Platinum Sponsor"),
        ("Fjordix is a Worldwide Olympic Partner.", "Partner", "Worldwide Olympic Partner"),
        ("Fjordix became the Official Ferry partner.", "partner", "Official Ferry"),
        ("Fjordix signed a Gold level sponsorship.", "sponsorship", "Gold"),
        ("Fjordix is a sponsor of the regatta.", "sponsor", None),
        ("Fjordix is a generous sponsor of the regatta.", "sponsor", None),
    ],
)
def test_level(
    sentence: str, trigger: str, level: str | None, annotator: Annotator, lexicon: Lexicon
) -> None:
    found = level_of(_predication(sentence, trigger, annotator, lexicon))
    assert (found.text if found is not None else None) == level


@pytest.mark.parametrize(
    ("sentence", "word", "known", "unknown"),
    [
        ("It closed in May.", "May", "2021-05", "--05"),
        ("It closed on 5 May.", "May", "2021-05-05", "--05"),
        ("It closed on May 5.", "May", "2021-05-05", "--05"),
        ("It closed in May 2019.", "May", "2019-05", "2019-05"),
        ("It closed in 2019.", "2019", "2019", "2019"),
        ("It closed in the spring of 2019.", "spring", "2019", "2019"),
        ("It closes at the end of the year.", "end", "2021-12", None),
        ("It closes this year.", "year", "2021", None),
        ("It closed in Oslo.", "Oslo", None, None),
    ],
)
def test_dates_take_the_year_of_the_article_where_it_is_known(
    sentence: str, word: str, known: str | None, unknown: str | None, annotator: Annotator
) -> None:
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    token = next(t for t in doc if t.text == word)
    values = [
        found.value if found is not None else None
        for found in (date_in(token, 2021), date_in(token, None))
    ]
    assert values == [known, unknown]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("In 2019 Fjordix had 300 ships.", "2019"),
        ("As of 30 June 2024, Fjordix had 300 ships.", "2024-06-30"),
        ("Fjordix had 300 ships during the 2019 fair.", "2019"),
        ("Fjordix had 300 ships.", None),
    ],
)
def test_clause_date(sentence: str, value: str | None, annotator: Annotator) -> None:
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    found = clause_date(next(t for t in doc if t.text == "ships"), None)
    assert (found.value if found is not None else None) == value


def test_a_noun_without_a_clause_has_no_date() -> None:
    doc = make_doc("Big news", [1, 1], "amod ROOT", tags="JJ NN")
    assert clause_date(doc[1], 2021) is None


def test_a_date_in_apposition_is_no_crash() -> None:
    doc = make_doc("May , spring", [0, 0, 0], "ROOT punct appos", tags="NNP , NN")
    assert date_in(doc[2], 2021) is None


def test_days_beyond_the_month_are_no_days() -> None:
    for number in ("32", "²", "9" * 5000):
        doc = make_doc(["May", number], [0, 0], "ROOT nummod", tags="NNP CD", ents=[(0, 1, "DATE")])
        found = date_in(doc[0], 2021)
        assert found is not None
        assert found.value == "2021-05"
