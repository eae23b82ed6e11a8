"""One claim, read at one place, and the entities it is about as that article presents them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from kg.model.text import Span

__all__ = [
    "ArticleEntity",
    "Evidence",
    "Extraction",
    "Literal",
    "Mention",
    "MentionKind",
    "Modality",
    "Qualifier",
    "Statement",
    "Voice",
    "short_hash",
]


def short_hash(*parts: object) -> str:
    """Sixteen hexadecimal digits that depend on every part and on nothing else."""
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Modality(StrEnum):
    """How a text commits itself to a claim (contract/FACTS)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HEDGED = "hedged"
    NEGATED = "negated"


class Voice(StrEnum):
    """Who speaks at the place of the evidence."""

    NARRATOR = "narrator"
    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    HEADLINE = "headline"
    CAPTION = "caption"


class MentionKind(StrEnum):
    """How an entity is referred to."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that refers to one entity; `text` is the text of the span as written."""

    span: Span
    text: str
    kind: MentionKind = MentionKind.NAME


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: normalised lexical form, datatype IRI, and the words of the article."""

    value: str
    datatype: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticleEntity:
    """An entity as one article presents it, before resolution across articles.

    `id` is an IRI minted from article, type and label; `known_as` is the IRI of the domain's name
    list that the article's names matched, or None. `named` is False for what has no proper name
    ("a digital art gallery"). Mentions are in text order.
    """

    id: str
    label: str
    type: str
    mentions: tuple[Mention, ...]
    known_as: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim was read: `quote == article.text[span.start:span.end]`, always.

    `cues` are words of the article that take something from the claim, sorted: what hedges,
    plans or denies it, and a reporting verb that leaves it to its speaker ("claimed").
    """

    span: Span
    quote: str
    voice: Voice
    extractor: str  # the frame or rule that fired, for example "frames/launch"
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One name and value that narrows a claim; the value is a literal or an ArticleEntity id."""

    name: str
    value: Literal | str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim, read at one place. Resolution never edits it.

    Subject, object, speaker and entity qualifiers are ArticleEntity ids, as extracted; they become
    canonical only through the linker.
    """

    subject: str
    predicate: str  # local name of a property
    object: str | Literal
    evidence: Evidence
    confidence: float  # [0, 1]
    qualifiers: tuple[Qualifier, ...] = ()  # sorted by name
    modality: Modality = Modality.ASSERTED
    speaker: str | None = None  # None: the article itself says so

    @property
    def id(self) -> str:
        """Hash of claim and place; the same on every run and machine."""
        obj = self.object
        span = self.evidence.span
        return short_hash(
            self.subject,
            self.predicate,
            obj if isinstance(obj, str) else (obj.value, obj.datatype),
            self.modality,
            self.speaker,
            span.article,
            span.start,
            span.end,
        )


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article states.

    Entities and statements are in text order; `rejected` counts the candidates turned down, by
    reason. `repeated` are claims that one extractor made twice at one place: statements, repeated
    and rejected add up to `candidates`.
    """

    entities: tuple[ArticleEntity, ...]
    statements: tuple[Statement, ...]
    rejected: dict[str, int]
    candidates: int = 0
    repeated: int = 0
