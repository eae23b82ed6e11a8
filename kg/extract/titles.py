"""Titles: every name of a post by which an article calls a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.posts import Employment, employer_of
from kg.extract.reference import Reference

__all__ = ["Title", "find_titles"]

_NAMING = ("compound", "nmod")  # a title before a name: "President Roe"


@dataclass(frozen=True, slots=True)
class Title:
    """A person's title as the article writes it, and where that stands."""

    person: Draft
    text: str
    place: Place
    named: bool  # False where the title stands alone for its holder


def find_titles(
    reading: Reading, reference: Reference, held: Sequence[Employment]
) -> Iterator[Title]:
    """The titles of the holders of posts that are not the role of a post as it stands there.

    In text order.
    A title that stands alone ("the marketing chief") is that of the one person in the article who
    holds a post for the same, at the same organisation where it names one.
    """
    for post in reading.posts:
        if _is_of_others(reading, post):
            continue
        named = next((e for e in held if _covers(e, post)), None)
        if named is not None:
            if reading.text(post).lower() in named.role.lower():
                continue  # the post says so
            place = Place(post.block, named.first, named.last + 1)
            yield Title(named.person, reading.text(post), place, True)
            continue
        person = _holder(reading, reference, held, post)
        if person is not None:
            yield Title(person, reading.text(post), post, False)


def _is_of_others(reading: Reading, post: Place) -> bool:
    """True where the words are no title of whom they stand beside.

    So a part of a name ("the AFL-CIO"), what is sought ("for president"), and what another holds
    ("President Roe's adviser").
    """
    doc = reading.annotated.blocks[post.block].doc
    head = doc[post.end - 1]
    if post.start and doc[post.start - 1].lower_ in ("-", "for"):
        return True
    return head.dep_ in _NAMING and head.head.dep_ == "poss"


def _covers(employment: Employment, post: Place) -> bool:
    inside = employment.first <= post.start and post.end - 1 <= employment.last
    return employment.block == post.block and inside


def _holder(
    reading: Reading, reference: Reference, held: Sequence[Employment], post: Place
) -> Draft | None:
    doc = reading.annotated.blocks[post.block].doc
    head = doc[post.end - 1]
    organisation = employer_of(reading, reference, doc, post, head)
    definite = any(c.lower_ in ("the", "its", "their") for c in head.children)
    if head.tag_ in ("NNS", "NNPS") or (organisation is None and not definite):
        return None
    if organisation is None and any(c.dep_ == "prep" for c in head.children):
        return None  # "the president of the club": of which nothing more is known
    wanted = _remit(reading, reading.text(post))
    found = {
        e.person
        for e in held
        if _remit(reading, e.role) == wanted
        and (organisation is None or e.organisation is organisation)
    }
    return found.pop() if len(found) == 1 and wanted else None


def _remit(reading: Reading, title: str) -> frozenset[str]:
    """What a post is about: its words, abbreviations in full, without those of rank."""
    full = reading.lexicon.role_names
    written = (full.get(word, word) for word in title.split())
    words = {word.lower() for part in written for word in part.split()}
    return frozenset(words - reading.lexicon.roles - reading.lexicon.title_ranks)
