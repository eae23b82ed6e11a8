"""The language model as an extractor: passages of an article to claims, and what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Reading
from kg.extract.reference import Reference
from kg.llm.answer import Candidate, candidates
from kg.llm.asking import Asker, Reply
from kg.llm.cache import Answers
from kg.llm.client import Client
from kg.llm.ground import Grounder, RejectedError
from kg.llm.passages import Passage, passages
from kg.llm.patience import KeptOnly, Patience
from kg.llm.prompt import VERSION, Prompt
from kg.llm.settings import LlmSettings
from kg.llm.terms import Terms, terms_of
from kg.model.extractor import LLM
from kg.model.model_use import ModelUse, Unread
from kg.model.text import Article
from kg.ontology.domain import Ontology

__all__ = ["ArticleReader", "ModelReader", "Told", "reading_parts"]

_MALFORMED = "malformed, or proposed twice"


def reading_parts(settings: LlmSettings) -> tuple[str, ...]:
    """What readings depend on besides code and ontology; where the model runs is not among it."""
    return settings.model, VERSION


@dataclass(frozen=True, slots=True)
class Told:
    """What a model replied about the passages of one article, in their order; can be pickled."""

    model: str
    replies: tuple[Reply, ...]

    def reader(self, ontology: Ontology) -> ArticleReader:
        """A proposer for that article."""
        return ArticleReader(lambda _: self.replies, terms_of(ontology), self.model)


class ModelReader:
    """One model for all articles of a build."""

    def __init__(self, model: str, asker: Asker) -> None:
        self._model = model
        self.asker = asker

    @classmethod
    def of(cls, settings: LlmSettings, ontology: Ontology, folder: Path | None) -> ModelReader:
        """The reader with the answers in `folder`; errors as `Client.of`."""
        client = KeptOnly() if settings.kept_only else Client.of(settings)
        prompt = Prompt(ontology, terms_of(ontology), settings.model)
        answers = Answers(settings.cache or folder)
        asker = Asker(Patience(client), prompt, answers, settings.max_tokens, settings.at_once)
        return cls(settings.model, asker)

    def reader(self, ontology: Ontology) -> ArticleReader:
        """A proposer for one article, which asks when it is called."""
        return ArticleReader(self._replies, terms_of(ontology), self._model)

    def told(self, article: Article) -> Told:
        """What the model says of an article, asked now."""
        return Told(self._model, tuple(self._replies(article)))

    def _replies(self, article: Article) -> Sequence[Reply]:
        return self.asker.replies((p.text for p in passages(article)), article.sha256)


class ArticleReader:
    """Proposes what the model finds in one article; `use` says afterwards what came of it."""

    def __init__(
        self, replies: Callable[[Article], Sequence[Reply]], terms: Terms, model: str
    ) -> None:
        self._replies = replies
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
        for passage, reply in zip(passages(article), self._replies(article), strict=True):
            self._counts["passages"] += 1
            if isinstance(reply, str):
                self._unread.append(Unread(passage.start, passage.end, reply))
                continue
            self._counts["prompt_tokens"] += reply.prompt_tokens
            self._counts["completion_tokens"] += reply.completion_tokens
            for candidate in candidates(reply):
                claim = self._claim(grounder, candidate, passage, rejections)
                if claim is not None:
                    yield claim
        for reason, count in sorted(grounder.left_out.items()):
            rejections.counts[f"{LLM}: {reason}"] += count

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
