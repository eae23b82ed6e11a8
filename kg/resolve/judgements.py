"""Which article entities denote one thing, and why.

A judgement is a record with a score and a reason; merging applies judgements on reading. So a merge
is undone by dropping its judgement, and the statements stay as they were extracted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.model.graph import SameAs
from kg.model.statement import ArticleEntity, Statement
from kg.ontology.domain import Ontology

__all__ = ["judge", "name_key"]

# Within one of these a name is one thing; outside of them, within one class.
KINDS = ("Person", "Organization", "Place", "Event", "Offering")
# Scores order the reasons by how rarely they mislead; found by reading, not fitted.
KNOWN, NAMED, DESCRIBED = 1.0, 0.95, 0.8


def name_key(label: str, legal_forms: Iterable[str] = ()) -> str:
    """A name without case, accents, punctuation, leading article and final legal form."""
    text = unicodedata.normalize("NFKD", label).casefold().replace("’", "'")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"'s\b|[^\w\s&]", " ", text)
    words = text.split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1 and words[-1] in legal_forms:
        del words[-1]
    return " ".join(words)


def judge(
    entities: Sequence[ArticleEntity], statements: Sequence[Statement], ontology: Ontology
) -> tuple[SameAs, ...]:
    """Judgements over article entities, sorted.

    What has one name of the domain, or one name and kind, is one thing; so is what has no name of
    its own, but one owner and description, or one kind and place.
    """
    found = {
        SameAs(e.id, e.known_as, KNOWN, "name of the domain")
        for e in entities
        if e.known_as is not None
    }
    found.update(_Judge(entities, statements, ontology).judgements())
    return tuple(sorted(found, key=lambda j: (j.left, j.right, j.reason)))


class _Judge:
    def __init__(
        self, entities: Sequence[ArticleEntity], statements: Sequence[Statement], ontology: Ontology
    ) -> None:
        self._entities = entities
        self._ontology = ontology
        forms = ontology.lexicon.get("company", {}).get("legal_forms", ())
        self._keys = {e.id: name_key(e.label, forms) for e in entities}
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, set[str]] = defaultdict(set)
        identity = {e.id: e.known_as or f"{e.type}/{self._keys[e.id]}" for e in entities}
        for statement in statements:
            if not isinstance(statement.object, str):
                continue
            if statement.predicate == "provides":
                self._owners[statement.object].add(identity[statement.subject])
            elif statement.predicate == "locatedIn":
                self._places[statement.subject].add(identity[statement.object])

    def judgements(self) -> Iterator[SameAs]:
        """What names, owners and places give, with repetitions."""
        for group in self._by_name().values():
            yield from _pairs(group, NAMED, "same name and class")
        for group in self._by_owner().values():
            if len({m.span.article for e in group for m in e.mentions}) > 1:
                yield from _pairs(group, DESCRIBED, "same description and owner")
        for group in self._by_place().values():
            yield from _pairs(group, DESCRIBED, "same kind in one place")

    def _by_name(self) -> dict[tuple[str, ...], list[ArticleEntity]]:
        groups: dict[tuple[str, ...], list[ArticleEntity]] = defaultdict(list)
        for entity in self._entities:
            if entity.named and entity.known_as is None:
                kinds = (k for k in KINDS if self._ontology.is_a(entity.type, k))
                groups[self._keys[entity.id], next(kinds, entity.type)].append(entity)
        return groups

    def _by_owner(self) -> dict[tuple[str, ...], list[ArticleEntity]]:
        groups: dict[tuple[str, ...], list[ArticleEntity]] = defaultdict(list)
        for entity in self._entities:
            if not entity.named:
                for owner in self._owners[entity.id]:
                    groups[entity.type, self._keys[entity.id], owner].append(entity)
        return groups

    def _by_place(self) -> dict[tuple[str, ...], list[ArticleEntity]]:
        groups: dict[tuple[str, ...], list[ArticleEntity]] = defaultdict(list)
        for entity in self._entities:
            head = self._keys[entity.id].rsplit(" ", 1)[-1]
            for place in self._places[entity.id]:
                groups[entity.type, head, place].append(entity)
        return groups


def _pairs(group: Iterable[ArticleEntity], score: float, reason: str) -> Iterator[SameAs]:
    """The group as a chain, so that dropping one judgement parts it in two."""
    for left, right in pairwise(sorted({e.id for e in group})):
        yield SameAs(left, right, score, reason)
