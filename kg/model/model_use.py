"""What a language model was asked about one article, and what became of its answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["Missing", "ModelReport", "ModelRun", "ModelUse", "Unread", "report_uses"]

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """Characters [start, end) of an article that the model gave no usable answer about, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class ModelUse:
    """The passages of one article, what their answers cost when they were given, and proposed.

    The same whether the answers came now or from a cache. `accepted` are candidates that were
    grounded in the text; `rejected` counts the others by reason.
    """

    passages: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    candidates: int = 0
    accepted: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()  # in text order


@dataclass(frozen=True, slots=True)
class ModelRun:
    """What one run asked of a model: requests sent, passages known before, tokens spent."""

    requests: int
    cached: int
    tokens: int


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """Characters [start, end) of an article that a model did not read, and why."""

    article: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What report.json says of a language model: the same for a build and its repetition.

    Tokens and cost are what the answers in the graph cost when they were given, whoever paid.
    """

    model: str
    passages: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None  # in the currency of the price; None where no price was named
    candidates: int
    accepted: int
    rejected: dict[str, int]  # by reason
    missing: tuple[Missing, ...]  # sorted

    def lines(self, run: ModelRun | None) -> Iterator[str]:
        """The same for a person, and what this run asked."""
        tokens = self.prompt_tokens + self.completion_tokens
        cost = "" if self.cost is None else f", cost {self.cost:g}"
        asked = f"; now {run.requests} requests, {run.tokens} tokens" if run is not None else ""
        yield (
            f"llm        {self.candidates} proposed, {self.accepted} grounded in the text; "
            f"{tokens} tokens{cost}{asked}"
        )
        if self.missing:
            yield f"warning    {self.told_of_missing}"

    @property
    def told_of_missing(self) -> str:
        """What the model did not read, in a sentence, with the commonest reason."""
        reasons = Counter(item.reason for item in self.missing)
        articles = len({item.article for item in self.missing})
        (most, _), *others = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        more = f", and {len(others)} other reasons" if others else ""
        passages = f"{len(self.missing)} of {self.passages} passages, of {articles} articles,"
        return f"{self.model} left {passages} unread ({most}{more}); build again to ask for them"


def report_uses(
    model: str, uses: Mapping[str, ModelUse], price: tuple[float, float] | None = None
) -> ModelReport:
    """The uses of a model by name of article as one report; `price` is of a million tokens each."""
    found = [uses[name] for name in sorted(uses)]
    prompt, completion = (
        sum(u.prompt_tokens for u in found),
        sum(u.completion_tokens for u in found),
    )
    cost = None
    if price is not None:
        cost = round((prompt * price[0] + completion * price[1]) / _MILLION, 6)
    rejected = sum((Counter(use.rejected) for use in found), Counter[str]())
    return ModelReport(
        model=model,
        passages=sum(use.passages for use in found),
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=cost,
        candidates=sum(use.candidates for use in found),
        accepted=sum(use.accepted for use in found),
        rejected=dict(sorted(rejected.items())),
        missing=tuple(
            sorted(
                Missing(name, part.start, part.end, part.reason)
                for name, use in uses.items()
                for part in use.unread
            )
        ),
    )
