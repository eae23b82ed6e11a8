from __future__ import annotations

from functools import cached_property

import pytest

from kg.extract.lexicon import Lexicon
from kg.ontology.domain import load_ontology

LEXICON = Lexicon(load_ontology("olympics"))
LISTS = [name for name, value in vars(Lexicon).items() if isinstance(value, cached_property)]


@pytest.mark.parametrize("name", LISTS)
def test_every_word_list_that_is_looked_up_is_in_the_packaged_domain(name: str) -> None:
    # a list under the wrong heading of the file is empty where it is looked up
    assert getattr(LEXICON, name), f"{name} is empty: is it under the right heading?"


def test_nouns_are_classed_by_list_then_by_ending() -> None:
    assert LEXICON.head_type("gallery") == "Initiative"
    assert LEXICON.head_type("toymaker") == "Company"
    assert LEXICON.head_type("zzz") is None
    assert LEXICON.anaphor("carmaker") == "Company"
