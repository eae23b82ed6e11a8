"""What the tools answer: plain records, whose fields are the schema that an assistant is told.

Those that a tool returns have no slots, in which the SDK would look for defaults.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Conflict",
    "ConflictSide",
    "Conflicts",
    "EntityFacts",
    "EntityRef",
    "FactRecord",
    "FoundEntities",
    "FoundEntity",
    "FoundPath",
    "PathStep",
    "Quote",
    "Rows",
]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity of the graph: its IRI, name and class."""

    id: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity that matches a search; `names` are other names that articles use for it."""

    id: str
    label: str
    type: str
    names: list[str]
    facts: int  # in which it is subject or object


@dataclass(frozen=True)
class FoundEntities:
    """The best matches first; `total` counts all."""

    total: int
    entities: list[FoundEntity]


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article that state a fact.

    `start` and `end` count characters (Unicode code points) of the article, [start, end). `voice`
    says who speaks there: narrator, quote, paraphrase, headline or caption. A quote that ends in …
    is cut.
    """

    article: str
    start: int
    end: int
    quote: str
    voice: str
    title: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A claim that articles make, or that a rule draws from such claims.

    `stance` is asserted, planned, hedged or negated (denied: the claim is said not to hold);
    `speaker` is who makes the claim, null where the articles say it in their own voice; `sources`
    counts independent articles. `inferred_by` names the rule where no article states the fact: its
    quotes are then those of the facts that it follows from, whose ids are the `premises`.
    """

    id: str
    subject: EntityRef
    relation: str
    object: EntityRef | str
    stance: str
    speaker: EntityRef | None
    confidence: float
    sources: int
    qualifiers: dict[str, str]
    quotes: list[Quote]
    more_quotes: int
    inferred_by: str | None = None
    premises: list[str] | None = None


@dataclass(frozen=True)
class EntityFacts:
    """The facts of which an entity is subject or object, surest first; `total` counts all."""

    entity: EntityRef
    total: int
    facts: list[FactRecord]


@dataclass(frozen=True, slots=True)
class PathStep:
    """Two neighbours on a path, and the facts between them in either direction."""

    start: EntityRef
    end: EntityRef
    facts: list[FactRecord]
    more_facts: int


@dataclass(frozen=True)
class FoundPath:
    """A shortest path; without one `found` is false and there are no steps."""

    found: bool
    length: int
    steps: list[PathStep]


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one side says; a side of the reference data has its IRI instead of quotes."""

    says: str
    fact: str | None
    reference: str | None
    quotes: list[Quote]
    more_quotes: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides or more that cannot all be right; neither is deleted from the graph."""

    id: str
    kind: str
    subject: EntityRef
    relation: str | None
    message: str
    sides: list[ConflictSide]


@dataclass(frozen=True)
class Conflicts:
    """What does not fit together; `total` counts all."""

    total: int
    conflicts: list[Conflict]


@dataclass(frozen=True)
class Rows:
    """The answer to a query.

    Of a SELECT: `columns` and `rows`, a cell being the IRI or the literal as text, null where the
    variable has no value. Of an ASK: `boolean`. Of a CONSTRUCT or DESCRIBE: rows of subject,
    predicate and object. `total` counts the rows there are, of which the first are given.
    """

    columns: list[str]
    rows: list[list[str | None]]
    total: int
    boolean: bool | None = None
