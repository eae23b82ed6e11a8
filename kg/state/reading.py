"""What reading and extraction give for one article, with and without its name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model.model_use import ModelUse
from kg.model.statement import ArticleEntity, Extraction, Qualifier, Statement
from kg.model.text import Article, Span
from kg.rdf.terms import scoped_name

__all__ = ["NAMELESS", "Reading", "named"]

NAMELESS = "article"
"""What an article is called while it is read, so that a reading is the same under every name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, what it states, and what was odd about it."""

    article: Article
    extraction: Extraction
    warnings: tuple[str, ...]
    model: str  # name and version
    verbatim: bool  # its text is the file that was read
    llm: ModelUse | None = None  # of a language model, where one was asked

    @property
    def is_complete(self) -> bool:
        """False where a language model was asked and gave no usable answer about a passage."""
        return self.llm is None or not self.llm.unread


def named(reading: Reading, name: str) -> Reading:
    """The reading of an article called NAMELESS, as if it had been read under `name`."""
    extraction = reading.extraction
    ids = {e.id: scoped_name(e.id, NAMELESS, name) for e in extraction.entities}
    return replace(
        reading,
        article=replace(reading.article, name=name),
        extraction=replace(
            extraction,
            entities=tuple(_entity(e, ids, name) for e in extraction.entities),
            statements=tuple(_statement(s, ids, name) for s in extraction.statements),
        ),
    )


def _moved(span: Span, name: str) -> Span:
    return Span(name, span.start, span.end)


def _entity(entity: ArticleEntity, ids: dict[str, str], name: str) -> ArticleEntity:
    mentions = tuple(replace(m, span=_moved(m.span, name)) for m in entity.mentions)
    return replace(entity, id=ids[entity.id], mentions=mentions)


def _statement(statement: Statement, ids: dict[str, str], name: str) -> Statement:
    obj, speaker = statement.object, statement.speaker
    return replace(
        statement,
        subject=ids[statement.subject],
        object=ids[obj] if isinstance(obj, str) else obj,
        speaker=ids[speaker] if speaker is not None else None,
        evidence=replace(statement.evidence, span=_moved(statement.evidence.span, name)),
        qualifiers=tuple(
            Qualifier(q.name, ids[q.value]) if isinstance(q.value, str) else q
            for q in statement.qualifiers
        ),
    )
