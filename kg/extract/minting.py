"""Claims over drafts to statements over article entities, checked against the ontology."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.claims import Claim, Rejections
from kg.extract.confidence import calibrated
from kg.extract.drafts import Draft, Reading
from kg.model.extractor import extractor_of
from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
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
        """The statements that hold, and the entities that they or the domain's names are about."""
        candidates = len(self._claims) + self._rejections.counts.total()
        kept = [c for c in self._claims if self._holds(c)]
        used = dict.fromkeys(draft for claim in kept for draft in _drafts(claim))
        known = [d for d in self._reading.drafts if d.known is not None and d.places]
        entities: dict[str, ArticleEntity] = {}
        for draft in (*used, *known):
            entity = self._entity(draft)
            before = entities.get(entity.id)
            if before is not None:  # two drafts of one class and label are one entity
                mentions = tuple(sorted({*before.mentions, *entity.mentions}))
                entity = replace(before, mentions=mentions)
            entities[entity.id] = entity
        repeated = 0
        statements: dict[tuple[str, str], Statement] = {}  # extractors that agree are both kept
        for claim in kept:
            statement = self._statement(claim)
            key = (statement.id, extractor_of(statement.evidence.extractor))
            earlier = statements.get(key)
            repeated += earlier is not None
            if earlier is None or earlier.confidence < statement.confidence:
                statements[key] = statement
        return Extraction(
            entities=tuple(sorted(entities.values(), key=lambda e: (_start(e), e.id))),
            statements=tuple(
                sorted(
                    statements.values(),
                    key=lambda s: (s.evidence.span, s.predicate, s.id, s.evidence.extractor),
                )
            ),
            rejected=dict(sorted(self._rejections.counts.items())),
            candidates=candidates,
            repeated=repeated,
        )

    def _holds(self, claim: Claim) -> bool:
        reason = self._objection(claim)
        if reason is not None:
            self._rejections.add(f"{claim.predicate}: {reason}")
        return reason is None

    def _is_shared(self, claim: Claim) -> bool:
        """True for "provides AI": what the domain's names call a technology is nobody's own."""
        technology = claim.subject if claim.predicate == "developedBy" else claim.object
        if claim.predicate not in self._reading.lexicon.shared_relations:
            return False
        if isinstance(technology, Literal) or technology.known is None:
            return False
        return self._reading.is_a(technology, ("Technology",))

    def _objection(self, claim: Claim) -> str | None:
        """Why the claim cannot be stated under the ontology; None where it can."""
        parts = [p for p in (claim.subject, claim.object) if isinstance(p, Draft)]
        if any(p.hidden for p in parts):
            return "too general to be an entity"
        if any(len(p.label) > MAX_LABEL for p in parts):
            return "name too long"
        if claim.subject is claim.object:
            return "subject and object are one"
        if self._is_shared(claim):
            return "a technology that is nobody's own"
        relation = self._reading.ontology.relations.get(claim.predicate)
        if relation is None:
            return "not a relation of the domain"
        wanted = self._reading.ontology.wanted
        if wanted is not None and relation.use == "claim" and relation.name not in wanted:
            return "not a relation that the domain asks for"
        if not self._admitted(claim.subject, relation.domain):
            return f"subject of class {claim.subject.type}"
        if isinstance(claim.object, Draft) and not self._admitted(claim.object, relation.range):
            return f"object of class {claim.object.type}"
        return None

    def _admitted(self, draft: Draft, classes: tuple[str, ...]) -> bool:
        return "Entity" in classes or self._reading.is_a(draft, classes)

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
        )

    def _label(self, draft: Draft) -> str:
        if draft.known is not None:
            return draft.known.label
        label = re.sub(r"\s+", " ", draft.label).strip()
        if label.isupper():  # a dateline shouts what the text says
            forms = (self._reading.text(place) for place in sorted(draft.places))
            same = (f for f in forms if f.casefold() == label.casefold() and not f.isupper())
            return next(same, label)
        return label

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
                tuple(sorted({cue.text for cue in claim.cues})),
            ),
            confidence=calibrated(
                claim.confidence, claim.extractor, self._reading.lexicon.confidence
            ),
            qualifiers=qualifiers,
            modality=claim.modality,
            speaker=self._id(claim.speaker) if claim.speaker is not None else None,
        )


def _drafts(claim: Claim) -> list[Draft]:
    parts = (claim.subject, claim.object, claim.speaker, *claim.qualifiers.values())
    return [p for p in parts if isinstance(p, Draft)]


def _start(entity: ArticleEntity) -> tuple[bool, int, str]:
    """Order of first mention; what is never mentioned comes last."""
    first = min(entity.mentions, default=None)
    return (False, first.span.start, first.kind) if first is not None else (True, 0, "")
