"""The sides of a discrepancy: what a fact, a mention or the domain says, in words and quotes."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal, Mention, Modality, Voice, short_hash
from kg.model.text import Article, BlockKind
from kg.ontology.domain import Ontology

__all__ = [
    "discrepancy",
    "fact_side",
    "mention_evidence",
    "reservation",
    "said",
    "shown",
    "told",
]

_VOICES = {
    BlockKind.HEADLINE: Voice.HEADLINE,
    BlockKind.STANDFIRST: Voice.HEADLINE,
    BlockKind.SUBHEAD: Voice.HEADLINE,
    BlockKind.CAPTION: Voice.CAPTION,
}


def discrepancy(
    kind: DiscrepancyKind,
    subject: str,
    predicate: str | None,
    message: str,
    sides: Iterable[Side],
) -> Discrepancy:
    """A discrepancy whose id depends on kind, subject, predicate and sides, not on the message."""
    ordered = tuple(sides)
    parts: list[object] = [kind, subject, predicate]
    for side in ordered:
        parts += [side.says, side.fact, side.reference]
        parts += [(e.span.article, e.span.start, e.span.end) for e in side.evidence]
    return Discrepancy(short_hash(*parts), kind, subject, predicate, message, ordered)


def fact_side(fact: Fact, ontology: Ontology, says: str | None = None) -> Side:
    """What a fact says, with all its evidence."""
    return Side(says or said(fact, ontology), fact.evidence, fact.id)


def mention_evidence(mention: Mention, article: Article) -> Evidence:
    """The place of a mention, in the voice of the block that it stands in."""
    span = mention.span
    kind = next((b.kind for b in article.blocks if b.start <= span.start < b.end), BlockKind.BODY)
    quote = article.quote(span.start, span.end)
    return Evidence(span, quote, _VOICES.get(kind, Voice.NARRATOR), "mentions")


def shown(value: Entity | Literal) -> str:
    """A value in words: the label, else the normal form, with the words of the article."""
    if isinstance(value, Entity):
        return value.label
    written = " ".join(value.text.split())
    return value.value if written in ("", value.value) else f"{value.value} (“{written}”)"


def told(predicate: str, ontology: Ontology) -> str:
    """A relation in words."""
    relation = ontology.relations.get(predicate)
    return relation.label if relation is not None else predicate


def reservation(fact: Fact) -> str:
    """Stance and speaker where the article does not itself say that it is so; else empty."""
    notes = [] if fact.modality is Modality.ASSERTED else [str(fact.modality)]
    if fact.attributed_to is not None:
        notes.append(f"according to {fact.attributed_to.label}")
    return f" [{', '.join(notes)}]" if notes else ""


def said(fact: Fact, ontology: Ontology) -> str:
    """The claim of a fact in words, with its stance and speaker."""
    relation = told(fact.predicate, ontology)
    return f"{fact.subject.label} {relation} {shown(fact.object)}{reservation(fact)}"
