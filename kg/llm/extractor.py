"""The language model as an extractor: passages of an article to claims, and what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Reading
from kg.extract.reference import Reference
from kg.llm.answer import Candidate, UnusableError, candidates
from kg.llm.asking import Asker, KeptOnly
from kg.llm.cache import Answers
from kg.llm.client import Client
from kg.llm.ground import Grounder, RejectedError
from kg.llm.passages import Passage, passages
from kg.llm.prompt import VERSION, Prompt
from kg.llm.settings import LlmSettings
from kg.llm.terms import Terms, terms_of
from kg.model.extractor import LLM
from kg.model.model_use import ModelUse, Unread
from kg.ontology.domain import Ontology

__all__ = ["ArticleReader", "ModelReader", "reading_parts"]

_MALFORMED = "malformed, or proposed twice"


def reading_parts(settings: LlmSettings) -> tuple[str, ...]:
    """What readings depend on besides code and ontology; where the model runs is not among it."""
    return settings.model, VERSION


class ModelReader:
    """One model for all articles of a build."""

    def __init__(self, ontology: Ontology, model: str, asker: Asker, terms: Terms) -> None:
        self._ontology = ontology
        self._model = model
        self._terms = terms
        self.asker = asker

    @classmethod
    def of(cls, settings: LlmSettings, ontology: Ontology, folder: Path | None) -> ModelReader:
        """The reader with the answers in `folder`; errors as `Client.of`."""
        terms = terms_of(ontology)
        client = KeptOnly() if settings.kept_only else Client.of(settings)
        prompt = Prompt(ontology, terms, settings.model)
        asker = Asker(client, prompt, Answers(settings.cache or folder), settings.max_tokens)
        return cls(ontology, settings.model, asker, terms)

    def article(self) -> ArticleReader:
        """A proposer for one article."""
        return ArticleReader(self.asker, self._terms, self._model)


class ArticleReader:
    """Proposes what the model finds in one article; `use` says afterwards what came of it."""

    def __init__(self, asker: Asker, terms: Terms, model: str) -> None:
        self._asker = asker
        self._terms = terms
        self._model = model
        self._counts: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._unread: list[Unread] = []

    def __call__(
        self, reading: Reading, reference: Reference, rejections: Rejections
    ) -> Iterator[Claim]:
        """Claims that are grounded in the article, passage by passage."""
        article = reading.annotated.article
        grounder = Grounder(reading, reference, self._terms, self._model)
        for passage in passages(article):
            self._counts["passages"] += 1
            try:
                completion = self._asker.answer(passage.text, article.sha256)
                found = candidates(completion)
            except UnusableError as error:
                self._unread.append(Unread(passage.start, passage.end, str(error)))
                continue
            self._counts["prompt_tokens"] += completion.prompt_tokens
            self._counts["completion_tokens"] += completion.completion_tokens
            for candidate in found:
                claim = self._claim(grounder, candidate, passage, rejections)
                if claim is not None:
                    yield claim

    def _claim(
        self,
        grounder: Grounder,
        candidate: Candidate | None,
        passage: Passage,
        rejections: Rejections,
    ) -> Claim | None:
        self._counts["candidates"] += 1
        reason = _MALFORMED
        if candidate is not None:
            try:
                claim = grounder.claim(candidate, passage)
            except RejectedError as error:
                reason = str(error)
            else:
                self._counts["accepted"] += 1
                return claim
        self._rejected[reason] += 1
        rejections.add(f"{LLM}: {reason}")
        return None

    @property
    def use(self) -> ModelUse:
        """What the model was asked, and what became of it."""
        return ModelUse(
            **self._counts,
            rejected=dict(sorted(self._rejected.items())),
            unread=tuple(self._unread),
        )
