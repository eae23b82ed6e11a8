"""What the extractors know of one article while they read it: its entities and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon_of
from kg.model.statement import MentionKind
from kg.ontology.domain import KnownName, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.read.annotate import AnnotatedArticle

__all__ = ["FIRM", "Draft", "Place", "Reading", "Votes"]

_Token = tuple[int, int]  # number of the block, and of the token in it

RECOGNISER_CAP = 5.0  # fifty equal mistakes must not outvote one apposition
FIRM = 4.5  # votes below which a type is a guess that a frame may overrule


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Tokens [start, end) of block number `block`."""

    block: int
    start: int
    end: int
    kind: MentionKind = MentionKind.NAME


class Votes(dict[str, float]):
    """Weight of the contexts that speak for a class, by class; 0 for one without any."""

    def __missing__(self, name: str) -> float:
        return 0.0

    @property
    def heaviest(self) -> float:
        """Weight of the class with most votes; 0 where there is no vote."""
        return max(self.values(), default=0.0)

    def add(self, other: Votes) -> None:
        """Adds the votes of another name of the same thing."""
        for name, weight in other.items():
            self[name] += weight


@dataclass(eq=False)
class Draft:
    """An entity of the article while its mentions are still being gathered.

    `votes` weigh the classes that its contexts speak for, `recognised` those that the statistical
    recogniser gives its mentions; `known` is the domain's name for it.
    """

    label: str
    named: bool = True
    known: KnownName | None = None
    votes: Votes = field(default_factory=Votes)
    recognised: Votes = field(default_factory=Votes)
    places: list[Place] = field(default_factory=list)
    hidden: bool = False  # a place holder that must not surface as an entity

    @property
    def weights(self) -> Votes:
        """All votes by class; those of the recogniser count up to a cap, over all mentions."""
        out = Votes(self.votes)
        for name, weight in self.recognised.items():
            out[name] += min(weight, RECOGNISER_CAP)
        return out

    @property
    def type(self) -> str | None:
        """The class with most votes; the first by name where two are even."""
        if self.known is not None:
            return self.known.type
        weights = self.weights
        if not weights:
            return None
        return min(weights.items(), key=lambda item: (-item[1], item[0]))[0]

    @property
    def is_firm(self) -> bool:
        """False where the type is a mere guess."""
        return self.known is not None or self.weights.heaviest >= FIRM

    @property
    def first(self) -> Place:
        """Where it is first mentioned."""
        return min(self.places)


class Reading:
    """One annotated article, the entities found so far, and which token belongs to which."""

    def __init__(self, annotated: AnnotatedArticle, ontology: Ontology) -> None:
        self.annotated = annotated
        self.ontology = ontology
        self.lexicon = lexicon_of(ontology)
        self.drafts: dict[Draft, None] = {}  # in their order; a page may name thousands
        self._at: dict[_Token, Draft] = {}
        self._held: dict[Draft, set[_Token]] = {}  # the tokens of `_at`, by draft
        self._block_of = {id(b.doc): n for n, b in enumerate(annotated.blocks)}
        self.posts: list[Place] = []  # titles of posts, as "vice president"

    @cached_property
    def focus(self) -> Draft | None:
        """The organisation that the article is about: named most often, first where even."""
        organisations = [
            d
            for d in self.drafts
            if d.named and d.places and self.is_a(d, ("Company", "SportsOrganization"))
        ]
        if not organisations:
            return None
        return min(organisations, key=lambda d: (-self._weight(d), d.first))

    def _weight(self, draft: Draft) -> float:
        """Mentions, those of the first two blocks and of companies counting double."""
        factor = 2.0 if self.is_a(draft, ("Company",)) else 1.0
        return factor * sum(2 if p.block < 2 else 1 for p in draft.places)

    def block_of(self, token: Token) -> int:
        """Number of the block whose doc holds the token."""
        return self._block_of[id(token.doc)]

    def at(self, token: Token) -> Draft | None:
        """The entity whose mention covers the token, or None."""
        return self._at.get((self.block_of(token), token.i))

    def is_in_post(self, token: Token) -> bool:
        """True for a word in the title of a post."""
        return (self.block_of(token), token.i) in self._in_posts

    @cached_property
    def _in_posts(self) -> frozenset[_Token]:
        return frozenset((p.block, i) for p in self.posts for i in range(p.start, p.end))

    def keep(self, draft: Draft) -> None:
        """Makes a draft the last of the article's, unless it is one of them."""
        self.drafts.setdefault(draft)

    def add(self, draft: Draft, place: Place) -> None:
        """Records a mention; tokens that another mention covers stay with that one."""
        self.keep(draft)
        draft.places.append(place)
        for i in range(place.start, place.end):
            if (place.block, i) not in self._at:
                self._hold((place.block, i), draft)

    def claim(self, token: Token, draft: Draft) -> None:
        """Makes a token stand for an entity without being a mention of its own."""
        self._hold((self.block_of(token), token.i), draft)

    def _hold(self, token: _Token, draft: Draft) -> None:
        before = self._at.get(token)
        if before is not None:
            self._held[before].discard(token)
        self._at[token] = draft
        self._held.setdefault(draft, set()).add(token)

    def merge(self, draft: Draft, into: Draft) -> None:
        """Makes two drafts one; the second keeps its label."""
        if draft is into:
            return
        into.places.extend(draft.places)
        into.votes.add(draft.votes)
        into.recognised.add(draft.recognised)
        into.known = into.known or draft.known
        for token in self._held.pop(draft, ()):
            self._at[token] = into
            self._held.setdefault(into, set()).add(token)
        del self.drafts[draft]

    def move(self, place: Place, draft: Draft, into: Draft) -> None:
        """Gives one mention to another draft."""
        draft.places.remove(place)
        self.keep(into)
        into.places.append(place)
        for i in range(place.start, place.end):
            if self._at.get((place.block, i)) is draft:
                self._hold((place.block, i), into)
        if not draft.places:
            del self.drafts[draft]

    def is_a(self, draft: Draft, types: tuple[str, ...]) -> bool:
        """True when the entity's class is one of these or below one; no types admit any."""
        if not types:
            return True
        return draft.type is not None and self.ontology.is_any(draft.type, types)

    def text(self, place: Place) -> str:
        """The characters of a mention as they stand in the article."""
        block = self.annotated.blocks[place.block]
        return self.annotated.surface(block, block.doc[place.start : place.end])
