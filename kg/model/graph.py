"""The graph: statements as read, judgements about what is the same, and views over both.

Entities and facts are computed from statements and judgements on reading, so that a merge can be
undone by dropping its judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.model.discrepancy import Discrepancy
from kg.model.link import LinkCandidate
from kg.model.statement import ArticleEntity, Evidence, Literal, Modality, Statement
from kg.model.text import Article

if TYPE_CHECKING:
    from kg.model.partnership import Partnership

__all__ = ["QUOTES_ONLY", "Entity", "Fact", "KnowledgeGraph", "SameAs"]

QUOTES_ONLY = {"page_text": "quotes only"}
"""The setting of a build whose page holds no more of its articles than the quotes of facts."""


_COUNTED = ("articles", "entities", "facts")


@dataclass(frozen=True, slots=True)
class Entity:
    """What several articles call by several names: one cluster of ArticleEntity."""

    id: str  # IRI
    label: str
    type: str  # class local name
    mentions: tuple[str, ...] = ()  # surface forms as written, sorted, without pronouns
    same_as: tuple[str, ...] = ()  # verified external IRIs, sorted
    alt_labels: tuple[str, ...] = ()  # other right names
    hidden_labels: tuple[str, ...] = ()  # typos and variants that one searches for, never shows
    members: tuple[str, ...] = ()  # ids of the ArticleEntity in the cluster, sorted
    aliases: tuple[str, ...] = ()  # other IRIs it would have without some of its articles, sorted

    def to_json(self) -> dict[str, Any]:
        """The entity as facts.jsonl writes it."""
        return {
            "id": self.id,
            "label": self.label,
            "type": self.type,
            "mentions": list(self.mentions),
            "same_as": list(self.same_as),
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim with all its evidence; one line of facts.jsonl."""

    id: str
    subject: Entity
    predicate: str
    object: Entity | Literal
    modality: Modality
    attributed_to: Entity | None
    confidence: float
    evidence: tuple[Evidence, ...]  # sorted by place
    sources: int
    qualifiers: tuple[tuple[str, Entity | Literal], ...] = ()  # sorted by name
    derived_by: str | None = None
    premises: tuple[str, ...] = ()  # ids of the facts it is inferred from, sorted

    def to_json(self) -> dict[str, Any]:
        """The record of the fact contract, keys in the contract's order."""
        return {
            "id": self.id,
            "subject": self.subject.to_json(),
            "predicate": self.predicate,
            "object": value_to_json(self.object),
            "qualifiers": {name: value_to_json(value) for name, value in self.qualifiers},
            "modality": str(self.modality),
            "attributed_to": self.attributed_to.to_json() if self.attributed_to else None,
            "confidence": round(self.confidence, 4),
            "evidence": [
                {
                    "article": item.span.article,
                    "start": item.span.start,
                    "end": item.span.end,
                    "quote": item.quote,
                    "voice": str(item.voice),
                    "extractor": item.extractor,
                }
                for item in self.evidence
            ],
            "sources": self.sources,
            "derived_by": self.derived_by,
        }

    @property
    def is_plain(self) -> bool:
        """True when the article says it in its own voice, asserted or planned: a plain triple."""
        own_voice = self.attributed_to is None
        return own_voice and self.modality in (Modality.ASSERTED, Modality.PLANNED)


def value_to_json(value: Entity | Literal) -> dict[str, Any]:
    """An entity or a literal as facts.jsonl writes it."""
    if isinstance(value, Entity):
        return value.to_json()
    return {"value": value.value, "datatype": value.datatype, "text": value.text}


@dataclass(frozen=True, slots=True)
class SameAs:
    """A judgement that two ids (ArticleEntity or domain name) denote one thing, and why."""

    left: str
    right: str
    score: float  # [0, 1]
    reason: str


@dataclass(frozen=True)
class KnowledgeGraph:
    """Articles, what they state, and the views that the judgements give.

    `entities` are sorted by id, `facts` by id, `articles` by name. `settings` names what the build
    depended on (domain, model, versions): no clock, no path.
    """

    articles: tuple[Article, ...] = ()
    article_entities: tuple[ArticleEntity, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[SameAs, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    candidates: tuple[SameAs, ...] = ()  # pairs of canonical ids that may be one, unmerged
    link_candidates: tuple[LinkCandidate, ...] = ()  # external records, unsure, sorted
    copies: tuple[tuple[str, str], ...] = ()  # (name of a copy, name of its original), sorted
    fulfilments: tuple[tuple[str, str], ...] = ()  # (id of a plan, id of what came of it), sorted
    inferred: tuple[Fact, ...] = ()  # sorted by id; no article states them
    partnerships: tuple[Partnership, ...] = ()  # sorted by id
    discrepancies: tuple[Discrepancy, ...] = ()  # sorted by id

    @property
    def is_text_shown(self) -> bool:
        """False where the build was asked for a page without the text of its articles."""
        return not QUOTES_ONLY.items() <= self.settings.items()

    def __repr__(self) -> str:
        """How much there is; the texts of all articles would fill a screen or a notebook."""
        counts = ", ".join(f"{len(getattr(self, part))} {part}" for part in _COUNTED)
        return f"<KnowledgeGraph: {counts}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the page. Found by name, as exporters lie above the model."""
        shown: str = import_module("kg.export.html.notebook").notebook_html(self)
        return shown
