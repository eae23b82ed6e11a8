"""Errors that extractors of press articles typically make, from text to statements."""

from __future__ import annotations

import pytest

from tests.extract.builders import Stated
from tests.extract.conftest import ExtractFrom

LEAD = "Fjordix Group is a Norwegian company. Its chief executive, Jane Roe, sails.\n\n"
COMPANY, OTHER = "Fjordix Group", "Quillon Airlines"


def _facts(extract_from: ExtractFrom, text: str) -> list[Stated]:
    """What the text states beside what the lead and quotations as such do."""
    aside = ("worksFor", "basedIn", "said", "year")
    return [row for row in extract_from(LEAD + text) if row[1] not in aside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the agent of reported speech is not who reports it
            "Roe said Quillon Airlines launched a weather service.",
            (OTHER, "provides", "Weather service", "asserted", "Jane Roe"),
        ),
        (  # nor a speaker whom nobody names as such
            "“We acquired Quillon Airlines last year,” said Roe.",
            (COMPANY, "acquired", OTHER, "asserted", "Jane Roe"),
        ),
        (
            "According to Jane Roe, Fjordix Group acquired Quillon Airlines.",
            (COMPANY, "acquired", OTHER, "asserted", "Jane Roe"),
        ),
        (  # a negation is not lost
            "Fjordix Group did not launch a weather service.",
            (COMPANY, "provides", "Weather service", "negated", None),
        ),
        (
            "Fjordix Group has no partnership with Quillon Airlines.",
            (COMPANY, "partnerOf", OTHER, "negated", None),
        ),
        (  # nor a hedge
            "Fjordix Group reportedly acquired Quillon Airlines.",
            (COMPANY, "acquired", OTHER, "hedged", None),
        ),
        (
            "The 12-year partnership of Fjordix Group and Quillon Airlines is probably worth "
            "several hundred million dollars.",
            (COMPANY, "partnershipValue", "several hundred million dollars", "hedged", None),
        ),
        (  # a plan is none that came true
            "# Fjordix Group to launch weather service\n\nFjordix Group sails.",
            (COMPANY, "provides", "Weather service", "planned", None),
        ),
        (  # modifiers that carry the meaning stay
            "Fjordix Group is expected to launch a virtual reality tool.",
            (COMPANY, "provides", "Virtual reality tool", "planned", None),
        ),
    ],
)
def test_one_clause_gives_one_statement(
    text: str, expected: Stated, extract_from: ExtractFrom
) -> None:
    assert _facts(extract_from, text) == [expected]


def test_hyphens_and_seasons_stay_in_names(extract_from: ExtractFrom) -> None:
    text = "Fjordix Group will launch a real-time insight tool at the 2018 Winter Olympics."
    assert _facts(extract_from, text) == [
        (COMPANY, "provides", "Real-time insight tool", "planned", None),
        ("Real-time insight tool", "deployedAt", "2018 Winter Olympics", "planned", None),
    ]


def test_reported_deeds_of_others_are_not_the_company_s(extract_from: ExtractFrom) -> None:
    text = "Roe noted that ten brands launched a weather service."
    assert all(row[0] != COMPANY for row in _facts(extract_from, text))


def test_a_negated_relative_clause_leaves_its_sentence_alone(extract_from: ExtractFrom) -> None:
    text = "Fjordix Group, which did not acquire Quillon Airlines, launched a weather service."
    assert _facts(extract_from, text) == [
        (COMPANY, "acquired", OTHER, "negated", None),
        (COMPANY, "provides", "Weather service", "asserted", None),
    ]


def test_forms_of_a_name_are_one_entity(extract_from: ExtractFrom) -> None:
    text = "Fjordix acquired Quillon Airlines. Fjordix's tool, the weather app, sells."
    assert {row[0] for row in _facts(extract_from, text) if row[1] == "acquired"} == {COMPANY}


def test_what_is_denied_is_not_claimed(extract_from: ExtractFrom) -> None:
    text = "Fjordix Group denied that it acquired Quillon Airlines."
    assert not [row for row in _facts(extract_from, text) if row[3] == "asserted"]
