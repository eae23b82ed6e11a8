"""Names of one entity within an article: surnames, short forms, acronyms, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.classify import NER_CAP
from kg.extract.drafts import Draft, Reading
from kg.extract.names import Gazetteer

__all__ = ["unite_aliases"]


def unite_aliases(reading: Reading, gazetteer: Gazetteer) -> None:
    """Merges the drafts of the reading that are names of one entity."""
    _acronyms(reading)
    for draft in sorted(reading.drafts, key=lambda d: (len(d.label.split()), d.first)):
        if draft not in reading.drafts or not draft.named:
            continue
        into = _person(reading, draft) or _short_form(reading, draft)
        if into is not None:
            reading.merge(draft, into)
    _slips(reading, gazetteer)


def words(label: str) -> tuple[str, ...]:
    """Lower-case words of a name."""
    return tuple(re.findall(r"[\w&'-]+", label.lower().replace("’", "'")))


def _acronyms(reading: Reading) -> None:
    """ "International Widget Board (IWB)": the capitals in brackets are the name before them."""
    for draft, doc, place in list(_places(reading)):
        if place.end + 2 >= len(doc) or doc[place.end].text != "(":
            continue
        inner = doc[place.end + 1]
        if doc[place.end + 2].text != ")" or not inner.text.isupper() or len(inner.text) < 2:
            continue
        initials = "".join(
            w[0] for w in re.findall(r"[\w]+", reading.text(place)) if w[0].isupper()
        )
        short = inner.text.replace(".", "")
        if not (initials.endswith(short) or short in initials or _is_subsequence(short, initials)):
            continue
        other = reading.at(inner)
        if other is not None and other is not draft:
            if draft.known is None and other.known is not None:
                other.known = None if other.known.label != draft.label else other.known
            reading.merge(other, draft)


def _is_subsequence(short: str, text: str) -> bool:
    letters = iter(text)
    return all(c in letters for c in short)


def _places(reading: Reading) -> Iterator[tuple[Draft, object, object]]:  # type: ignore[type-arg]
    for draft in reading.drafts:
        for place in draft.places:
            yield draft, reading.annotated.blocks[place.block].doc, place


def _person(reading: Reading, draft: Draft) -> Draft | None:
    """The person whose surname, first name or turned-round name this is."""
    mine = words(draft.label)
    if draft.known is not None or len(mine) > 3:
        return None
    found = [
        other
        for other in reading.drafts
        if other is not draft
        and other.type == "Person"
        and len(words(other.label)) > len(mine) - (len(mine) > 1)
        and len(words(other.label)) > 1
        and (
            (len(mine) == 1 and mine[0] in (words(other.label)[-1], words(other.label)[0]))
            or (len(mine) > 1 and set(mine) == set(words(other.label)))
        )
    ]
    return found[0] if len(found) == 1 and not _is_organisation(reading, draft) else None


def _is_organisation(reading: Reading, draft: Draft) -> bool:
    return (
        draft.is_firm
        and draft.type != "Person"
        and reading.is_a(draft, ("Organization", "Place"))
        and (max(draft.votes.values()) > 5)
    )


def _short_form(reading: Reading, draft: Draft) -> Draft | None:
    """The longer name that this is short for, if the article has just one."""
    mine = words(draft.label)
    if draft.known is not None or not mine or (draft.type == "Person" and draft.is_firm):
        return None
    found = [o for o in reading.drafts if o is not draft and _shortens(reading, draft, mine, o)]
    suffixed = [o for o in found if _adds_suffix_only(reading, mine, words(o.label))]
    for other in suffixed[1:]:  # "Acme", "Acme AG" and "Acme Group" are one
        reading.merge(other, suffixed[0])
    if suffixed:
        return suffixed[0]
    if len(found) > 1:
        found = [min(found, key=lambda o: o.first)]
    return found[0] if found else None


def _shortens(reading: Reading, draft: Draft, mine: tuple[str, ...], other: Draft) -> bool:
    theirs = words(other.label)
    person = other.type == "Person" and other.is_firm
    if len(theirs) <= len(mine) or not other.named or person:
        return False
    at = next((i for i in range(len(theirs)) if theirs[i : i + len(mine)] == mine), None)
    if at is None:
        return False
    if _adds_suffix_only(reading, mine, theirs):
        return True
    if other.known is not None or _later(draft, other):
        return False
    if at > 0 and draft.votes.get("City", 0) >= 2:
        return False  # a town in the name of an event is still a town
    rest = theirs[at + len(mine) :]
    heads = reading.lexicon
    if at == 0:  # a brand and its product share a beginning: "Acme" is not the "Acme Card"
        return not (rest[-1] in heads.name_heads or rest[-1] in heads.heads) and _alike(
            reading, draft, other
        )
    return len(mine[0]) > 3 and _alike(reading, draft, other)


def _later(draft: Draft, other: Draft) -> bool:
    return draft.first < other.first


def _alike(reading: Reading, draft: Draft, other: Draft) -> bool:
    """False where both have firm classes of different kinds."""
    if not (draft.is_firm and other.is_firm) or draft.type is None or other.type is None:
        return True
    kinds = ("Organization", "Place", "Person", "Event", "Offering")
    return (
        any(
            reading.ontology.is_a(draft.type, k) and reading.ontology.is_a(other.type, k)
            for k in kinds
        )
        or max(draft.votes.values()) <= NER_CAP
    )


def _adds_suffix_only(reading: Reading, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """ "Acme" and "Acme Holdings Ltd" """
    suffixes = {w.rstrip(".") for w, c in reading.lexicon.name_heads.items() if c == "Company"}
    legal = suffixes & {
        "inc",
        "corp",
        "corporation",
        "ltd",
        "limited",
        "plc",
        "llc",
        "ag",
        "gmbh",
        "sa",
        "nv",
        "co",
        "company",
        "group",
        "holdings",
        "holding",
    }
    return theirs[: len(mine)] == mine and all(w.rstrip(".") in legal for w in theirs[len(mine) :])


def _slips(reading: Reading, gazetteer: Gazetteer) -> None:
    """A name that is one edit from a name of the domain, of a class that its context admits."""
    for draft in list(reading.drafts):
        if draft.known is not None or not draft.named or draft not in reading.drafts:
            continue
        kinds = _kinds(reading, draft)
        near = gazetteer.near(draft.label, kinds)
        if near is None:
            continue
        into = next((d for d in reading.drafts if d.known == near), None)
        if into is not None:
            reading.merge(draft, into)
        else:
            draft.known = near
            draft.label = near.label


def _kinds(reading: Reading, draft: Draft) -> tuple[str, ...]:
    kinds = ("Organization", "Place", "Person", "Event", "Offering")
    if not draft.is_firm or draft.type is None:
        return kinds
    if max(draft.votes.values()) < 5:  # the recogniser alone: it confuses companies and places
        return kinds
    return tuple(k for k in kinds if reading.ontology.is_a(draft.type, k)) or kinds
