"""The table of combinations of extractors, with a model that is a recording."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate.gold import read_gold
from kg.llm.asking import Asker
from kg.llm.cache import Answers
from kg.llm.extractor import ModelReader
from kg.llm.patience import Patience
from kg.llm.prompt import Prompt
from kg.llm.terms import terms_of
from kg.ontology.domain import load_ontology
from tests.llm.server import fact, facts, passage_of
from tools.ablation import combined, measured, parsed, part_of, told_of

pytestmark = [pytest.mark.model, pytest.mark.shared]


class Copyist:
    """A model that takes the first sentence of each passage to tell of a sale between two firms."""

    def post(self, request: Mapping[str, Any]) -> bytes:
        first = passage_of(dict(request)).split(". ")[0]
        words = first.split()
        return facts(fact(first, words[0], "acquired", words[-1])).body


def test_each_combination_is_measured_and_a_bad_model_costs_precision_only(
    shared: Path, tmp_path: Path
) -> None:
    (name,) = sorted(a.name for a in read_gold(shared / "gold-dev").articles)[:1]
    gold = part_of(shared / "gold-dev", [name], tmp_path)
    articles = parsed(shared / "articles" / "dev", gold)
    assert len(articles) == 1
    ontology = load_ontology("olympics")
    terms = terms_of(ontology)
    asker = Asker(Patience(Copyist()), Prompt(ontology, terms, "copyist"), Answers())
    model = ModelReader("copyist", asker)
    assert list(combined(ontology, model)) == [("rules",), ("llm",), ("rules", "llm")]
    assert list(combined(ontology, None)) == [("rules",)]
    rules, alone, both = (
        measured(articles, gold, ontology, names, model) for names in combined(ontology, model)
    )
    assert rules.right >= 1
    assert alone.right <= alone.predicted
    assert both.right >= rules.right
    assert both.recall >= rules.recall
    assert asker.asked > 0
    name_read = articles[0].article.name
    assert [list(row.uses) for row in (rules, alone, both)] == [[], [name_read], [name_read]]
    (use,) = alone.uses.values()
    told = "\n".join(told_of(alone.uses))
    assert f"| {use.candidates} | {use.accepted} |" in told
    sure = measured(articles, gold, ontology, ("rules", "llm"), model, 1.0)
    assert sure.predicted == 0


def test_gold_facts_that_are_not_there_are_told(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no gold facts for nothing"):
        part_of(shared / "gold-dev", ["nothing"], tmp_path)
