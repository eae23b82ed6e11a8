"""Whether words of a text can say a relation at all: those that the domain says it with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.ontology.domain import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = ["Sayings"]

_STEM = 5  # letters that "acquire" and "acquisition", "sponsor" and "sponsorship" share
_EMPTY = frozenset({"be", "have", "do", "make", "take", "get", "that", "with", "from", "into"})


class Sayings:
    """The words of the frames and labels of a domain, by relation."""

    def __init__(self, ontology: Ontology) -> None:
        self._words: dict[str, set[str]] = {}
        self._wordless: set[str] = set()  # also said by prepositions alone: "the hall in Oslo"
        for frame in ontology.frames:
            words = {*frame.verbs, *frame.nouns, *frame.adjectives}
            if not words:
                self._wordless.add(frame.predicate)
            self._words.setdefault(frame.predicate, set()).update(_parts(words))
        for relation in ontology.relations.values():
            named = _parts((relation.label, re.sub(r"(?=[A-Z])", " ", relation.name)))
            self._words.setdefault(relation.name, set()).update(named)

    def can_say(self, relation: str, span: Span) -> bool:
        """True where a word of the span is, or is akin to, one that says the relation."""
        words = self._words.get(relation, set())
        if relation in self._wordless or not words:
            return True
        said = {form for token in span for form in (token.lemma_.lower(), token.lower_)}
        return any(_akin(one, other) for one in words for other in said)


def _parts(words: Iterable[str]) -> set[str]:
    found = {part for word in words for part in re.findall(r"[a-z]+", word.lower())}
    return {part for part in found if len(part) > 2 and part not in _EMPTY}


def _akin(one: str, other: str) -> bool:
    stem = max(_STEM, min(len(one), len(other)) - 3)
    return one == other or (len(one) >= stem and one[:stem] == other[:stem])
