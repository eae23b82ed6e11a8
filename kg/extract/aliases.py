"""Names of one entity within an article: surnames, short forms, acronyms, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.drafts import RECOGNISER_CAP, Draft, Place, Reading
from kg.extract.names import Gazetteer, is_mistyped
from kg.ontology.domain import KnownName
from kg.ontology.terms import KINDS

__all__ = ["unite_aliases", "words"]

SURE = 5.0  # votes that the recogniser alone, which confuses companies and places, cannot reach
TOWN = 2.0  # votes of one clear recognition
_TELLING, _TELLING_BY_ITSELF = 5, 7  # letters of a name that stays the same name with a slip
MAX_PERSON = 3  # words of a surname or turned-round name


def unite_aliases(reading: Reading, gazetteer: Gazetteer) -> None:
    """Merges the drafts of the reading that are names of one entity."""
    _acronyms(reading)
    by_word: dict[str, list[Draft]] = {}
    for draft in reading.drafts:
        for word in dict.fromkeys(words(draft.label)):
            by_word.setdefault(word, []).append(draft)
    for draft in sorted(reading.drafts, key=lambda d: (len(d.label.split()), d.first)):
        if draft not in reading.drafts or not draft.named:
            continue
        # a name that holds this one has all its words: of thousands of names few have the rarest
        holders = (by_word[word] for word in words(draft.label))
        others = [
            other
            for other in min(holders, key=len, default=())
            if other is not draft and other in reading.drafts
        ]
        into = _person(reading, draft, others) or _short_form(reading, draft, others)
        if into is not None:
            reading.merge(draft, into)
    _slips(reading, gazetteer)


@lru_cache(maxsize=10_000)
def words(label: str) -> tuple[str, ...]:
    """Lower-case words of a name."""
    return tuple(re.findall(r"[\w&'-]+", label.lower().replace("’", "'")))


def _acronyms(reading: Reading) -> None:
    """In "International Widget Board (IWB)" the capitals in brackets are the name before them."""
    for draft, place in [(d, p) for d in reading.drafts for p in d.places]:
        other = _bracketed(reading, place)
        if other is None or other is draft:
            continue
        if draft.known is None and other.known is not None and other.known.label != draft.label:
            other.known = None  # the article gives the letters another meaning than the domain
        reading.merge(other, draft)


def _bracketed(reading: Reading, place: Place) -> Draft | None:
    """What stands in brackets behind a name and is made of its initials."""
    doc = reading.annotated.blocks[place.block].doc
    if place.end + 2 >= len(doc) or (doc[place.end].text, doc[place.end + 2].text) != ("(", ")"):
        return None
    inner = doc[place.end + 1]
    if not inner.text.isupper() or len(inner.text) < 2:
        return None
    parts = re.findall(r"\w+", reading.text(place))
    initials = "".join(w[0] for w in parts if w[0].isupper())
    return reading.at(inner) if _is_subsequence(inner.text.replace(".", ""), initials) else None


def _is_subsequence(short: str, text: str) -> bool:
    letters = iter(text)
    return all(c in letters for c in short)


def _person(reading: Reading, draft: Draft, others: Sequence[Draft]) -> Draft | None:
    """The one of the others whose surname, first name or turned-round name this is."""
    mine = words(draft.label)
    if draft.known is not None or len(mine) > MAX_PERSON or _is_organisation(reading, draft):
        return None
    found = [
        other
        for other in others
        if _is_part_of_person(mine, words(other.label)) and other.type == "Person"
    ]
    return found[0] if len(found) == 1 else None


def _is_part_of_person(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if len(theirs) < 2:
        return False
    if len(mine) == 1:
        return mine[0] in (theirs[0], theirs[-1])
    return len(mine) <= len(theirs) and set(mine) == set(theirs)


def _is_organisation(reading: Reading, draft: Draft) -> bool:
    return reading.is_a(draft, ("Organization", "Place")) and draft.weights.heaviest > SURE


def _short_form(reading: Reading, draft: Draft, others: Sequence[Draft]) -> Draft | None:
    """The longer name of the others that this is short for, the first if there are several."""
    mine = words(draft.label)
    if draft.known is not None or not mine or (draft.type == "Person" and draft.is_firm):
        return None
    found = [other for other in others if _shortens(reading, draft, other)]
    suffixed = [o for o in found if _adds_ending_only(reading, mine, words(o.label))]
    for other in suffixed[1:]:  # "Acme", "Acme AG" and "Acme Group" are one
        reading.merge(other, suffixed[0])
    if suffixed:
        return suffixed[0]
    return min(found, key=lambda o: o.first, default=None)


def _shortens(reading: Reading, draft: Draft, other: Draft) -> bool:
    mine, theirs = words(draft.label), words(other.label)
    if len(theirs) <= len(mine) or not other.named:
        return False
    at = next((i for i in range(len(theirs)) if theirs[i : i + len(mine)] == mine), None)
    if at is None or (other.type == "Person" and other.is_firm):
        return False
    if _adds_ending_only(reading, mine, theirs):
        return True
    if other.known is not None or draft.first < other.first or not _alike(reading, draft, other):
        return False
    if at == 0:  # a brand and its product share a beginning: "Acme" is not the "Acme Card"
        lexicon = reading.lexicon
        if len(theirs) == len(mine) + 1 and lexicon.name_heads.get(theirs[-1]) == "Company":
            return True  # "Kestrel" for Kestrel Airlines
        return theirs[-1] not in lexicon.name_heads and theirs[-1] not in lexicon.heads
    if draft.weights["City"] >= TOWN:
        return False  # a town in the name of an event is still a town
    return len(mine[0]) > 3


def _alike(reading: Reading, draft: Draft, other: Draft) -> bool:
    """False where both have firm classes of different kinds."""
    if not (draft.is_firm and other.is_firm) or draft.type is None or other.type is None:
        return True
    mine, theirs = draft.type, other.type
    same = any(reading.ontology.is_a(mine, k) and reading.ontology.is_a(theirs, k) for k in KINDS)
    return same or draft.weights.heaviest <= RECOGNISER_CAP


def _adds_ending_only(reading: Reading, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """True for "Acme" and "Acme Holdings Ltd"."""
    endings = reading.lexicon.company_endings
    rest = theirs[len(mine) :]
    return theirs[: len(mine)] == mine and all(w.rstrip(".") in endings for w in rest)


def _slips(reading: Reading, gazetteer: Gazetteer) -> None:
    """Names that are nearly a name of the domain, of a class that their context admits."""
    for draft in list(reading.drafts):
        if draft.known is not None or not draft.named:
            continue
        near = gazetteer.near(draft.label, _kinds(reading, draft))
        if near is None:
            continue
        into = next((d for d in reading.drafts if d.known == near), None)
        if not _is_slip(reading, draft, near, beside=into is not None):
            continue
        if into is not None:
            reading.merge(draft, into)
        else:
            draft.known = near
            draft.label = near.label


def _is_slip(reading: Reading, draft: Draft, name: KnownName, *, beside: bool) -> bool:
    """True where a name is a slip of another; `beside` it the article may have the right one.

    Of several words the others tell, but of a person: one letter makes another one. A word alone
    may be a name of its own, above all near the short name of a place: letters that are swapped, or
    one too few or too many, are a slip.
    """
    text = draft.label
    is_a = reading.ontology.is_a
    place, person = is_a(name.type, "Place"), is_a(name.type, "Person")
    if " " in text and (beside or not person):
        return True
    if beside and not place and len(text) >= _TELLING_BY_ITSELF:
        return True
    if place and not beside and not (draft.type is not None and is_a(draft.type, "Place")):
        return False
    least = 0 if beside else _TELLING_BY_ITSELF if place else _TELLING
    return any(len(label) >= least and is_mistyped(text, label) for label in name.labels)


def _kinds(reading: Reading, draft: Draft) -> tuple[str, ...]:
    """The broad classes that the entity may be of."""
    if draft.type is None or draft.weights.heaviest < SURE:
        return KINDS
    return tuple(k for k in KINDS if reading.ontology.is_a(draft.type, k)) or KINDS
