"""Posts: who works where, as what ("Acme's chief engineer, Jane Roe")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses import VERBAL, prepositional_objects
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.participants import objects, subjects
from kg.extract.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Employment", "employer_of", "employments"]

ORGANISATION = ("Organization",)

_Seat = tuple[Draft, int]  # an entity and the token that stands for it
_REACH = 7  # tokens between a person and the post behind the name
_MAX_REMIT = 9  # tokens of "of global sales and services", which belong to the role


@dataclass(frozen=True, slots=True)
class Employment:
    """A person's post, and tokens [first, last] of the block that state it."""

    person: Draft
    organisation: Draft
    role: str
    block: int
    first: int
    last: int
    stated: bool  # False where the organisation is only the one that the article is about


def employments(reading: Reading, reference: Reference) -> Iterator[Employment]:
    """Posts with holder and organisation; notes employers in the reference.

    In text order, but those without an organisation of their own last: where nothing else is said
    of the holder, they are posts at the organisation that the article is about.
    """
    pending: list[Employment] = []
    for post in reading.posts:
        doc = reading.annotated.blocks[post.block].doc
        head = doc[post.end - 1]
        held = _person(reading, doc, post, head)
        if held is None:
            continue
        person, at = held
        role_end, seat = _organisation(reading, reference, doc, post, head)
        role = _role(reading, doc, post, role_end)
        bounds = [post.start, role_end - 1, at]
        if seat is not None:
            bounds.append(seat[1])
            reference.employers.setdefault(person, seat[0])
            yield Employment(person, seat[0], role, post.block, min(bounds), max(bounds), True)
        elif reading.focus is not None and _may_be_of_focus(reading, doc, post):
            first, last = min(bounds), max(bounds)
            pending.append(Employment(person, reading.focus, role, post.block, first, last, False))
    for employment in pending:
        if employment.person not in reference.employers:
            reference.employers[employment.person] = employment.organisation
            yield employment


def employer_of(
    reading: Reading, reference: Reference, doc: Doc, post: Place, head: Token
) -> Draft | None:
    """The organisation whose post it is, where the words beside the title name it."""
    seat = _organisation(reading, reference, doc, post, head)[1]
    return seat[0] if seat is not None else None


def _may_be_of_focus(reading: Reading, doc: Doc, post: Place) -> bool:
    """True for a full title that is not a public office."""
    words = doc[post.start : post.end]
    return len(words) > 1 and not any(t.lower_ in reading.lexicon.public_posts for t in words)


def _person(reading: Reading, doc: Doc, post: Place, head: Token) -> _Seat | None:
    """The holder of a post and the holder's token.

    Beside the post, tied to it by apposition or copula, or before it: "Jane Roe, Acme's chief …".
    """
    tied = [*doc[post.end : post.end + 1], *_apposed(head)]
    if head.dep_ == "attr":
        tied.extend(subjects(head.head, reading.lexicon))
    elif head.dep_ == "nsubj":  # "Its chief executive is Jane Roe"
        tied.extend(c for c in head.head.children if c.dep_ == "attr")
    tied.extend(_appointed(head, reading))
    for token in tied:
        draft = reading.at(token)
        if draft is not None and draft.type == "Person":
            return draft, token.i
    return _person_before(reading, doc, post)


def _appointment(head: Token, reading: Reading) -> Token | None:
    """The verb that gives the post: "appointed … as chief executive"; None for none."""
    prep = head.head
    if head.dep_ != "pobj" or prep.lower_ != "as" or prep.head.pos_ not in VERBAL:
        return None
    return prep.head if prep.head.lemma_.lower() in reading.lexicon.appointing_verbs else None


def _appointed(head: Token, reading: Reading) -> list[Token]:
    verb = _appointment(head, reading)
    return objects(verb, reading.lexicon) if verb is not None else []


def _apposed(head: Token) -> Iterator[Token]:
    nodes = [head, *([head.head] if head.dep_ in ("compound", "nmod", "conj") else [])]
    for node in nodes:
        yield from (c for c in node.children if c.dep_ == "appos")
        if node.dep_ in ("appos", "compound"):
            yield node.head


def _person_before(reading: Reading, doc: Doc, post: Place) -> _Seat | None:
    """A person followed by a comma, a few tokens before the post in the same clause."""
    for left in range(post.start - 1, max(post.start - 1 - _REACH, -1), -1):
        token = doc[left]
        draft = reading.at(token)
        if draft is not None and draft.type == "Person":
            followed = left + 1 < len(doc) and doc[left + 1].text == ","
            return (draft, left) if followed else None
        far = token.text == "," and left < post.start - 6
        if far or token.text in ".;:" or token.pos_ in VERBAL:
            return None
    return None


def _organisation(
    reading: Reading, reference: Reference, doc: Doc, post: Place, head: Token
) -> tuple[int, _Seat | None]:
    """End of the role's text, and the organisation with its token."""
    end = post.end
    seat = _owner(reading, reference, doc, post, head)
    if end >= len(doc) or doc[end].lower_ not in ("of", "at", "for", "with"):
        return end, seat
    prep = doc[end]
    phrase = [t for t in prep.subtree if t.i >= prep.i]
    nested = next((t for t in phrase[1:] if t.dep_ == "prep" and t.lower_ == "at"), None)
    if seat is None and nested is not None:  # "president of sales at Acme"
        seats = (_seat(reading, reference, t) for t in prepositional_objects(nested))
        seat = next((s for s in seats if s is not None), None)
        if seat is not None:
            return nested.i, seat
    for token in prepositional_objects(prep):
        found = _seat(reading, reference, token)
        if seat is None and found is not None:
            seat = found
        elif prep.lower_ in ("of", "for") and len(phrase) <= _MAX_REMIT:
            end = _phrase_end(doc, prep.i)
    return end, seat


def _owner(
    reading: Reading, reference: Reference, doc: Doc, post: Place, head: Token
) -> _Seat | None:
    """The organisation before the post: "Acme chief …", "its chief …", "Acme's new chief …"."""
    if post.start > 0:
        owner = doc[post.start - 1]
        if owner.tag_ == "POS" and post.start > 1:
            owner = doc[post.start - 2]
        draft = reading.at(owner)
        if draft is not None and reading.is_a(draft, ORGANISATION):
            return draft, owner.i
        if owner.dep_ == "poss" or owner.lower_ in ("its", "their", "our"):
            seat = _seat(reading, reference, owner)
            if seat is not None:
                return seat
    tokens = [c for c in head.children if c.dep_ == "poss"]
    verb = _appointment(head, reading)
    if verb is not None:
        tokens += subjects(verb, reading.lexicon)
    owners = (_seat(reading, reference, t) for t in tokens)
    return next((seat for seat in owners if seat is not None), None)


def _seat(reading: Reading, reference: Reference, token: Token) -> _Seat | None:
    draft = reference.resolve(token, ORGANISATION)
    return (draft, token.i) if draft is not None and reading.is_a(draft, ORGANISATION) else None


def _phrase_end(doc: Doc, start: int) -> int:
    end = start + 1
    while end < len(doc) and doc[end].text not in ',.;()”"' and doc[end].pos_ not in VERBAL:
        end += 1
    return end


def _role(reading: Reading, doc: Doc, post: Place, end: int) -> str:
    """The title as written; an abbreviation that stands alone in full."""
    full = reading.lexicon.role_names.get(doc[post.end - 1].text)
    joined = any(t.lower_ in ("and", "&") for t in doc[post.start : post.end])
    if full is not None and end == post.end and not joined:
        return full
    return re.sub(r"\s+", " ", doc[post.start : end].text).strip()
