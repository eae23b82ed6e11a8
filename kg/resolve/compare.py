"""Whether two name groups are one thing: a score, and the reasons for it.

The scores order what was observed by how rarely it misleads; they were set by reading, not fitted.
A score of MERGE or more joins; one of SHOW or more is for a person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.resolve.block import max_edits
from kg.resolve.corpus import Corpus
from kg.resolve.groups import Group
from kg.resolve.names import digits, initials, parts
from kg.resolve.neighbours import Neighbours

__all__ = ["MERGE", "SHOW", "Comparer", "Comparison", "users_of"]

MERGE, SHOW = 0.85, 0.5
# One name; the rest of the evidence cannot make it certain.
_KNOWN, _SAME, _TURNED = 0.9, 0.6, 0.87
_STATED, _ACRONYM, _TYPO, _PART, _ALIAS = 0.7, 0.55, 0.6, 0.45, 0.55
_PLACE, _ONE, _MANY = 0.1, 0.2, 0.3  # neighbours in common: one place, one other, more
_CONTEXT = 0.08  # articles about them name the same things
_ONLY = 0.18  # no other name is shortened so
_KNOWN_TYPO = 0.25  # the right name is one of the domain
_KIN = -0.1  # classes that are neither one nor above each other
_BESIDE = -0.2  # one article mentions both
_COMMON = -0.1  # many articles use either
_MANY_ARTICLES = 3
_LONG = 8  # letters of a name that is no other's misspelling
_VERY_LONG = 12  # letters of a name that may be misspelt beside its right form
_SHOWN = 3  # neighbours named in a reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two groups are one thing, and why; `never` outranks every score."""

    score: float
    reasons: tuple[str, ...]
    never: bool = False

    @property
    def reason(self) -> str:
        """The reasons in one line."""
        return "; ".join(self.reasons)


class Comparer:
    """Compares the groups of a corpus, with the neighbours they have."""

    def __init__(
        self,
        corpus: Corpus,
        neighbours: Neighbours,
        users: Mapping[tuple[str, str], int],
        labels: Mapping[str, str],
    ) -> None:
        self._ontology = corpus.ontology
        self._small_words = corpus.small_words
        self._neighbours = neighbours
        self._labels = labels  # of identities, for reasons
        self._users = users  # of a kind and further name: `users_of`
        self.excluded = lru_cache(maxsize=None)(corpus.ontology.disjoint_with)

    def compare(self, a: Group, b: Group) -> Comparison:
        """What speaks for and against a and b being one.

        Which neighbours they have in common is told from SHOW on.
        """
        against = self._never(a, b)
        if against is not None:
            return Comparison(0.0, (against,), never=True)
        short, long = sorted((a, b), key=lambda g: (len(g.key.split()), len(g.key), g.id))
        score, reason = self._names(short, long)
        if not score:
            return Comparison(0.0, ("nothing in their names",))
        reasons = [reason]
        told = "in common: "
        around = shared = self._neighbours.telling(a.features & b.features)
        if shared:
            score += self._weight(shared)
        elif len(beside := self._beside(a, b)) > 1:
            score += _CONTEXT
            told, around = "in articles with ", beside
        if not self._kin(a, b):
            score += _KIN
            reasons.append(f"classes {_classes(a)} and {_classes(b)}")
        if not a.articles.isdisjoint(b.articles):
            score += 0.0 if is_slip(short.key, long.key) else _BESIDE
            reasons.append("one article mentions both")
        least = min(len(a.articles), len(b.articles))
        if short.key != long.key and least >= _MANY_ARTICLES:
            score += _COMMON
            reasons.append("many articles use either name")
        score = min(score, self._ceiling(short, long, len(shared)), 0.95)
        score = round(max(score, 0.0), 2)
        if around and score >= SHOW:  # an article may name thousands, and most pairs are not shown
            reasons.insert(1, told + self._shown(around))
        return Comparison(score, tuple(reasons))

    def _never(self, a: Group, b: Group) -> str | None:
        if a.known is not None and b.known is not None:
            return "two names of the domain"
        if any(self.excluded(x, y) for x in a.types for y in b.types):
            return f"type conflict: {_classes(a)} and {_classes(b)}"
        if digits(a.key) != digits(b.key):
            return "different numbers in their names"
        identity = self._neighbours.identity
        mine = {identity[m] for m in a.members[:1]}, {identity[m] for m in b.members[:1]}
        if a.key != b.key and (mine[1] & a.features or mine[0] & b.features):
            return "an article relates one to the other"
        return None

    def _names(self, short: Group, long: Group) -> tuple[float, str]:
        """The score of the two names alone and what they have to do with each other."""
        one_word = " " not in short.key
        stated = short.key in long.others or long.key in short.others
        if short.key == long.key:
            if short.known is None and long.known is None:
                return _SAME, "same name, but the articles relate it to different things"
            return _KNOWN, "same name as one of the domain"
        if short.key in initials(long.key, self._small_words):
            alone = self._users.get((long.kind, short.key), 0) <= 1
            if stated:
                also = "" if alone else ", as of others"
                return _STATED + (_ONLY if alone else 0.0), f"acronym that an article states{also}"
            return _ACRONYM, "acronym, unstated"
        if sorted(short.key.split()) == sorted(long.key.split()):
            return _TURNED, "same words in another order"
        edits = OSA.distance(short.key, long.key, score_cutoff=max_edits(short.key))
        if edits <= min(max_edits(short.key), max_edits(long.key)):
            return self._typo(short, long, edits)
        if short.key in parts(long.key):
            if stated and not (one_word and short.kind == "Person"):
                return _TYPO, "short name that an article states"
            return _PART, "a part of the other name"
        return (_ALIAS, "an article uses both names") if stated else (0.0, "")

    def _typo(self, short: Group, long: Group, edits: int) -> tuple[float, str]:
        change = f"{edits} edit{'s' if edits > 1 else ''} between {short.key!r} and {long.key!r}"
        if short.key[:1] != long.key[:1]:
            return _PART, f"first letters differ: {change}"
        known = short.known or long.known
        sure = edits == 1 and len(short.key) >= _LONG and short.kind not in ("Person", "Place")
        if known is not None and sure:
            return _TYPO + _KNOWN_TYPO, f"typo of a name of the domain: {change}"
        if short.key in long.others or long.key in short.others:
            return _TYPO + _KNOWN_TYPO, f"typo: {change}; one article uses both"
        return _TYPO + (0.05 if edits == 1 else 0.0), f"typo: {change}"

    def _ceiling(self, short: Group, long: Group, shared: int) -> float:
        """The most that may come of it, whatever else there is."""
        if short.key == long.key:
            return 0.95 if short.known or long.known else 0.8
        one_word_person = short.kind == "Person" and " " not in short.key
        if one_word_person:
            return 0.85 if shared > 1 else 0.75
        if short.kind == "Person" and shared < 2 and is_typo(short.key, long.key):
            return 0.8
        unstated = short.key not in long.others and long.key not in short.others
        if short.key in parts(long.key) and unstated and short.kind != "Person":
            return 0.8  # a parent and its subsidiary have neighbours in common, too
        return 0.95

    def _weight(self, shared: frozenset[str]) -> float:
        """What neighbours in common are worth: many things have one place in common."""
        if len(shared) > 1:
            return _MANY if shared - self._neighbours.places else _ONE
        return _PLACE if shared <= self._neighbours.places else _ONE

    def _beside(self, a: Group, b: Group) -> frozenset[str]:
        """What is mentioned with either of them; the two themselves aside."""
        both = self._neighbours.beside(a.articles) & self._neighbours.beside(b.articles)
        identity = self._neighbours.identity
        return both - {identity[m] for m in (*a.members[:1], *b.members[:1])}

    def _kin(self, a: Group, b: Group) -> bool:
        is_a = self._ontology.is_a
        return any(is_a(x, y) or is_a(y, x) for x in a.types for y in b.types)

    def _shown(self, shared: frozenset[str]) -> str:
        names = sorted({self._label(feature) for feature in shared})
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return ", ".join(names[:_SHOWN]) + more

    def _label(self, feature: str) -> str:
        identity, _, role = feature.partition("\x1f")
        label = self._labels.get(identity, identity)
        return f"{label} as {role}" if role else label


def users_of(groups: Iterable[Group]) -> Counter[tuple[str, str]]:
    """How many groups of a kind articles give a further name."""
    return Counter((g.kind, alias) for g in groups for alias in g.others)


def is_slip(left: str, right: str) -> bool:
    """True for one edit in a name so long that hardly another one is so near."""
    letters = min(len(left), len(right))
    return letters >= _VERY_LONG and OSA.distance(left, right, score_cutoff=1) == 1


def is_typo(left: str, right: str) -> bool:
    """True when few enough edits lie between two names for one to be a misspelling."""
    limit = min(max_edits(left), max_edits(right))
    return left != right and OSA.distance(left, right, score_cutoff=limit) <= limit


def _classes(group: Group) -> str:
    return "/".join(sorted(group.types))
