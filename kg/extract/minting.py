"""Claims over drafts to statements over article entities, checked against the ontology."""

from __future__ import annotations

import re

from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Draft, Reading
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
    MentionKind,
    Qualifier,
    Statement,
)
from kg.model.text import Span
from kg.rdf.terms import entity_iri

__all__ = ["Minter"]

MAX_LABEL = 80  # characters; a longer "name" is a sentence that the parser mistook


class Minter:
    """Turns what was gathered of one article into its entities and statements."""

    def __init__(self, reading: Reading, claims: list[Claim], rejections: Rejections) -> None:
        self._reading = reading
        self._claims = claims
        self._rejections = rejections
        self._ids: dict[Draft, str] = {}

    def mint(self) -> Extraction:
        """Entities that a statement or a name mentions, and the statements that hold."""
        kept = [c for c in self._claims if self._holds(c)]
        used: dict[Draft, None] = {}
        for claim in kept:
            for part in (claim.subject, claim.object, claim.speaker, *claim.qualifiers.values()):
                if isinstance(part, Draft):
                    used.setdefault(part)
        entities: dict[str, ArticleEntity] = {}
        for draft in [
            *used,
            *(d for d in self._reading.drafts if d.known is not None and d.places),
        ]:
            entity = self._entity(draft)
            entities.setdefault(entity.id, entity)
        statements: dict[str, Statement] = {}
        for claim in kept:
            statement = self._statement(claim)
            before = statements.get(statement.id)
            if before is None or before.confidence < statement.confidence:
                statements[statement.id] = statement
        return Extraction(
            entities=tuple(sorted(entities.values(), key=lambda e: (_start(e), e.id))),
            statements=tuple(
                sorted(statements.values(), key=lambda s: (s.evidence.span, s.predicate, s.id))
            ),
            rejected=dict(sorted(self._rejections.counts.items())),
        )

    def _holds(self, claim: Claim) -> bool:
        parts = [claim.subject, *([claim.object] if isinstance(claim.object, Draft) else [])]
        if any(p.hidden for p in parts):
            self._rejections.add(f"{claim.predicate}: too general to be an entity")
            return False
        if any(len(p.label) > MAX_LABEL for p in parts):
            self._rejections.add(f"{claim.predicate}: name too long")
            return False
        if claim.subject is claim.object:
            self._rejections.add(f"{claim.predicate}: subject and object are one")
            return False
        relation = self._reading.ontology.relations.get(claim.predicate)
        if relation is None:
            self._rejections.add(f"{claim.predicate}: not a relation of the domain")
            return False
        for part, classes, side in (
            (claim.subject, relation.domain, "subject"),
            (claim.object, relation.range, "object"),
        ):
            if isinstance(part, Literal) or not classes or "Entity" in classes:
                continue
            if part.type is None or not self._reading.ontology.is_any(part.type, classes):
                self._rejections.add(f"{claim.predicate}: {side} of class {part.type}")
                return False
        return True

    def _entity(self, draft: Draft) -> ArticleEntity:
        article = self._reading.annotated.article
        mentions = []
        for place in sorted(draft.places):
            block = self._reading.annotated.blocks[place.block]
            start, end = block.offset(block.doc[place.start : place.end])
            mentions.append(
                Mention(Span(article.name, start, end), article.text[start:end], place.kind)
            )
        return ArticleEntity(
            id=self._id(draft),
            label=self._label(draft),
            type=draft.type or "Entity",
            mentions=tuple(mentions),
            known_as=draft.known.iri if draft.known is not None else None,
            named=draft.named,
            owner=self._id(draft.owner) if draft.owner is not None else None,
        )

    def _label(self, draft: Draft) -> str:
        if draft.known is not None:
            return draft.known.label
        return re.sub(r"\s+", " ", draft.label).strip()

    def _id(self, draft: Draft) -> str:
        if draft not in self._ids:
            article = self._reading.annotated.article
            self._ids[draft] = entity_iri(
                self._reading.ontology.base_iri,
                draft.type or "Entity",
                self._label(draft),
                article.name,
            )
        return self._ids[draft]

    def _statement(self, claim: Claim) -> Statement:
        article = self._reading.annotated.article
        block = self._reading.annotated.blocks[claim.place.block]
        start, end = block.offset(block.doc[claim.place.start : claim.place.end])
        qualifiers = tuple(
            Qualifier(name, self._id(value) if isinstance(value, Draft) else value)
            for name, value in sorted(claim.qualifiers.items())
        )
        return Statement(
            subject=self._id(claim.subject),
            predicate=claim.predicate,
            object=self._id(claim.object) if isinstance(claim.object, Draft) else claim.object,
            evidence=Evidence(
                Span(article.name, start, end),
                article.text[start:end],
                claim.voice,
                claim.extractor,
            ),
            confidence=round(min(claim.confidence, 1.0), 4),
            qualifiers=qualifiers,
            modality=claim.modality,
            speaker=self._id(claim.speaker) if claim.speaker is not None else None,
        )


def _start(entity: ArticleEntity) -> tuple[int, MentionKind]:
    first = min(entity.mentions, default=None)
    return (first.span.start, first.kind) if first is not None else (1 << 60, MentionKind.NAME)
