"""Posts: who works where, as what ("Acme's chief engineer, Jane Roe")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.arguments import subjects
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Employment", "employments"]

ORGANISATION = ("Organization",)


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
    """Posts with holder and organisation, in text order; notes employers in the reference."""
    pending: list[tuple[Place, Draft, str, int, int]] = []
    for post in reading.posts:
        doc = reading.annotated.blocks[post.block].doc
        head = doc[post.end - 1]
        held = _person(reading, doc, post, head)
        if held is None:
            continue
        person, at = held
        role_end, organisation, seat = _organisation(reading, reference, doc, post, head)
        role = _role(reading, doc, post, role_end)
        bounds = [post.start, role_end - 1, at]
        if organisation is None:
            pending.append((post, person, role, min(bounds), max(bounds)))
            continue
        if seat is not None:
            bounds.append(seat)
        reference.employers.setdefault(person, organisation)
        yield Employment(person, organisation, role, post.block, min(bounds), max(bounds), True)
    for post, person, role, first, last in pending:
        doc = reading.annotated.blocks[post.block].doc
        public = any(t.lower_ in reading.lexicon.public_posts for t in doc[post.start : post.end])
        if (
            person in reference.employers
            or reading.focus is None
            or post.end - post.start < 2
            or public
        ):
            continue
        reference.employers[person] = reading.focus
        yield Employment(person, reading.focus, role, post.block, first, last, False)


def _is_person(reading: Reading, token: Token) -> Draft | None:
    draft = reading.at(token)
    return draft if draft is not None and draft.type == "Person" else None


def _person(reading: Reading, doc: Doc, post: Place, head: Token) -> tuple[Draft, int] | None:
    """The holder beside the post or tied to it by apposition or copula, and its token."""
    right = post.end
    if right < len(doc) and (draft := _is_person(reading, doc[right])) is not None:
        return draft, right
    nodes = [head, *([head.head] if head.dep_ in ("compound", "nmod", "conj") else [])]
    for node in nodes:
        for token in (
            *[c for c in node.children if c.dep_ == "appos"],
            *([node.head] if node.dep_ in ("appos", "compound") else []),
        ):
            if (draft := _is_person(reading, token)) is not None:
                return draft, token.i
    if head.dep_ == "attr":
        for token in subjects(head.head, reading.lexicon):
            if (draft := _is_person(reading, token)) is not None:
                return draft, token.i
    for left in range(post.start - 1, max(post.start - 8, -1), -1):  # "Jane Roe, Acme's chief …"
        token = doc[left]
        draft = _is_person(reading, token)
        if draft is not None:
            return (draft, left) if left + 1 < len(doc) and doc[left + 1].text == "," else None
        if (
            token.text in ".;:"
            or token.pos_ in ("VERB", "AUX")
            or (token.text == "," and left < post.start - 6)
        ):
            break
    return None


def _organisation(
    reading: Reading, reference: Reference, doc: Doc, post: Place, head: Token
) -> tuple[int, Draft | None, int | None]:
    """(end of the role's text, organisation, its token)."""
    end = post.end
    found: Draft | None = None
    seat: int | None = None
    if post.start > 0:
        left = doc[post.start - 1]
        owner = (
            doc[post.start - 2] if left.text in ("'s", "’s", "'", "’") and post.start > 1 else left
        )
        for token in (owner,):
            draft = reading.at(token)
            if draft is not None and reading.is_a(draft, ORGANISATION):
                found, seat = draft, token.i
            elif token.dep_ == "poss" or token.lower_ in ("its", "their", "our"):
                draft = reference.resolve(token, ORGANISATION)
                if draft is not None and reading.is_a(draft, ORGANISATION):
                    found, seat = draft, token.i
    if found is None:
        for child in head.children:
            if child.dep_ == "poss":
                draft = reference.resolve(child, ORGANISATION)
                if draft is not None and reading.is_a(draft, ORGANISATION):
                    found, seat = draft, child.i
    if end < len(doc) and doc[end].lower_ in ("of", "at", "for", "with"):
        phrase = [t for t in doc[end].subtree if t.i >= end]
        for token in doc[end].children:
            if token.dep_ != "pobj":
                continue
            draft = reference.resolve(token, ORGANISATION)
            if found is None and draft is not None and reading.is_a(draft, ORGANISATION):
                found, seat = draft, token.i
            elif doc[end].lower_ in ("of", "for") and len(phrase) <= 9:
                end = _phrase_end(doc, end)
    return end, found, seat


def _phrase_end(doc: Doc, start: int) -> int:
    end = start + 1
    while (
        end < len(doc) and doc[end].text not in ',.;()”"' and doc[end].pos_ not in ("VERB", "AUX")
    ):
        end += 1
    return end


def _role(reading: Reading, doc: Doc, post: Place, end: int) -> str:
    text = re.sub(r"\s+", " ", doc[post.start : end].text).strip()
    last = doc[post.end - 1].text
    full = reading.lexicon.role_names.get(last)
    joined = any(t.lower_ in ("and", "&") for t in doc[post.start : post.end])
    if full is not None and end == post.end and not joined:
        return full
    return text
