"""A real language model proposes facts. Its facts are nonsense: only their shape is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.llm.asking import Asker
from kg.llm.cache import Answers
from kg.llm.client import Client
from kg.llm.extractor import ArticleReader
from kg.llm.patience import Patience
from kg.llm.prompt import Prompt
from kg.llm.settings import LlmSettings
from kg.llm.terms import Terms
from kg.ontology.domain import load_ontology
from kg.read.annotate import load_annotator
from tests.engines.local_model import local_model
from tests.extract.builders import make_page

# Neither `engine` nor `model`: CI does without, for on a busy machine it takes minutes.
pytestmark = pytest.mark.local_model

TEXT = "Vexil Corp bought Tarn Group in 2031. Tarn Group has its seat in Oslo."
MODEL = "SmolLM2-135M-Instruct"


def test_what_a_real_model_proposes_is_in_the_text_or_is_not_stated(tmp_path: Path) -> None:
    ontology = load_ontology("newsroom")
    relations = {name: ontology.relations[name] for name in ("acquired", "basedIn")}
    terms = Terms(relations, ("City", "Company"))  # all of them would take it minutes to read
    annotated = load_annotator().annotate(make_page(TEXT))

    def read(url: str) -> tuple[object, Asker]:
        asker = Asker(
            Patience(Client.of(LlmSettings(url, MODEL, timeout_s=120))),
            Prompt(ontology, terms, MODEL),
            Answers(tmp_path),
        )
        reader = ArticleReader(lambda a: asker.replies((a.text,), a.sha256), terms, MODEL)
        found = extract(annotated, ontology, extractors=("llm",), proposers=[reader])
        use = reader.use
        assert use.passages == 1
        assert use.candidates == use.accepted + sum(use.rejected.values())
        if use.unread:
            assert use.unread[0].reason == "the answer was cut off at its limit"
        else:
            assert use.prompt_tokens > 300
        for statement in found.statements:
            span = statement.evidence.span
            assert statement.evidence.quote == TEXT[span.start : span.end]
            assert statement.evidence.extractor == f"llm:{MODEL}"
            assert statement.predicate in relations
        for entity in found.entities:
            assert entity.label in TEXT
        return found, asker

    with local_model(most_tokens=160) as url:
        first, asker = read(url)
        assert asker.asked == 1
        assert asker.stopped is None
    if list(tmp_path.iterdir()):
        again, asker = read(url)  # the model is gone, its answer is known
        assert (again, asker.asked, asker.cached) == (first, 0, 1)
