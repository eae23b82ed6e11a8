"""Which extractor a claim comes from, and which are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.extractor import ALWAYS, EXTRACTORS, LLM, checked_extractors, extractor_of


@pytest.mark.parametrize(
    ("name", "extractor"),
    [
        ("frames/launch", "rules"),
        ("posts", "rules"),
        ("learned/foundedBy", "learned"),
        ("llm:house/small-3b", "llm"),
        ("llm", "rules"),  # a frame may be called that; it is no model
    ],
)
def test_the_name_of_a_claim_tells_its_extractor(name: str, extractor: str) -> None:
    assert extractor_of(name) == extractor


@given(st.lists(st.sampled_from(EXTRACTORS), min_size=1))
def test_extractors_run_in_their_own_order_each_once(names: list[str]) -> None:
    found = checked_extractors(names)
    assert set(found) == set(names)
    assert list(found) == [name for name in EXTRACTORS if name in names]


@pytest.mark.parametrize("names", [("rules", "magic"), ("",), ()])
def test_others_are_refused_and_the_known_ones_named(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="there are: rules, learned, llm"):
        checked_extractors(names)


def test_no_language_model_runs_unless_asked_for() -> None:
    assert LLM not in ALWAYS
