"""Named entities of an article: the domain's names, runs of capitals, names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.names import Gazetteer
from kg.model.statement import MentionKind
from kg.model.text import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_names"]

CALLED = frozenset({"call", "name", "dub", "title", "entitle", "brand", "nickname"})
OPENING = frozenset("‘'“\"")
CLOSING = frozenset("’'”\"")
_CAPITAL = re.compile(r"^[A-Z0-9À-Þ]")


def find_names(reading: Reading, gazetteer: Gazetteer) -> None:
    """Adds a draft for each named entity of the article, with its mentions, to the reading."""
    by_key: dict[str, Draft] = {}
    numbered = list(enumerate(reading.annotated.blocks))
    # headlines last: in Title Case everything looks like a name, so the body decides
    numbered.sort(key=lambda item: (item[1].block.kind is BlockKind.HEADLINE, item[0]))
    for number, block in numbered:
        _find_posts(reading, number, block.doc, gazetteer)
        headline = block.block.kind is BlockKind.HEADLINE and _is_title_case(block.doc)
        for place, known in _name_places(reading, number, block.doc, gazetteer, headline):
            text = _label(reading, place)
            key = known.iri if known is not None else _key(text)
            if not key or (known is None and key in reading.lexicon.demonyms):
                continue
            draft = by_key.get(key)
            if draft is None:
                draft = Draft(label=known.label if known else text, known=known)
                by_key[key] = draft
            reading.add(draft, place)
    reading.drafts.sort(key=lambda d: d.first)


def _label(reading: Reading, place: Place) -> str:
    text = re.sub(r"\s+", " ", reading.text(place)).strip()
    return re.sub(r"^[Tt]he ", "", text)


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.replace("’", "'")).strip().lower()


def _is_title_case(doc: Doc) -> bool:
    words = [t for t in doc if t.is_alpha and len(t) > 3]
    return bool(words) and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)


def _find_posts(reading: Reading, number: int, doc: Doc, gazetteer: Gazetteer) -> None:
    """Titles of posts: a head ("officer") with the modifiers before it ("chief marketing")."""
    lexicon = reading.lexicon
    taken = {i for m in gazetteer.matches(doc) for i in range(m.start, m.end)}
    i = len(doc) - 1
    while i >= 0:
        token = doc[i]
        word = token.lower_
        singular = word if word in lexicon.roles else token.lemma_.lower()
        if singular in lexicon.roles and i not in taken and token.pos_ in ("NOUN", "PROPN"):
            start = i
            while start > 0 and start - 1 not in taken and _is_modifier(doc[start - 1], lexicon):
                start -= 1
            while start < i and doc[start].lower_ in ("and", "&", "-"):
                start += 1
            reading.posts.append(Place(number, start, i + 1))
            i = start - 1
        else:
            i -= 1
    reading.posts.sort()


def _is_modifier(token: Token, lexicon: object) -> bool:
    words = lexicon.role_modifiers | lexicon.roles  # type: ignore[attr-defined]
    return token.lower_ in words or (token.text == "-" and token.nbor(1).lower_ in words)


def _name_places(
    reading: Reading, number: int, doc: Doc, gazetteer: Gazetteer, headline: bool
) -> Iterator[tuple[Place, object]]:
    posts = {i for p in reading.posts if p.block == number for i in range(p.start, p.end)}
    posts |= {t.i for t in doc if t.lemma_.lower() in reading.lexicon.level_nouns}
    matches = list(gazetteer.matches(doc))
    inside = {i: m for m in matches for i in range(m.start, m.end)}
    quoted = list(_quoted_names(doc))
    used: set[int] = set()
    for start, end in quoted:
        span = [inside.get(i) for i in range(start, end)]
        known = span[0].name if span and span[0] is not None and len(set(span)) == 1 else None
        used |= set(range(start, end))
        yield Place(number, start, end), known
    levels = reading.lexicon.level_nouns | reading.lexicon.partnership_nouns
    for start, end in _runs(doc, posts, inside):
        ranked = {t.lower_ for t in doc[start:end]} <= reading.lexicon.ranks
        if ranked and end < len(doc) and doc[end].lemma_.lower() in levels:
            continue  # "Worldwide Widget Partner" is a rank, not a name
        if used & set(range(start, end)):
            continue
        exact = inside.get(start)
        if exact is not None and exact.end >= end:
            continue
        if headline and not _in_entity(doc, start, end):
            continue
        used |= set(range(start, end))
        yield Place(number, start, end), None
    for match in matches:
        span_tokens = set(range(match.start, match.end))
        if not span_tokens & used and not (span_tokens <= posts and match.end - match.start == 1):
            yield Place(number, match.start, match.end), match.name


def _in_entity(doc: Doc, start: int, end: int) -> bool:
    return any(e.start <= start and end <= e.end + 1 for e in doc.ents)


def _quoted_names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Short phrases in quotation marks that name something, not speech."""
    for i, token in enumerate(doc[:-2]):
        if token.text not in OPENING or token.whitespace_:
            continue
        end = next((t.i for t in doc[i + 1 : i + 9] if t.text in CLOSING), None)
        if (
            end is None
            or (end - i < 3 and not doc[i + 1].text[0].isupper())
            or any(t.text in ",.!?;" for t in doc[i + 1 : end])
        ):
            continue
        before = doc[i - 1] if i else None
        if (
            before is None
            or (doc[i + 1].text.istitle() is False
            and before.lower_ not in ("a", "an", "the", "called", "named", "dubbed", "titled"))
        ):
            continue
        named = (
            before.lemma_.lower() in CALLED
            or before.lower_
            in ("a", "an", "the", "its", "their", "titled", "entitled", "dubbed", ",")
            or before.dep_ == "poss"
            or (before.pos_ == "NOUN" and doc[i + 1].text[0].isupper())
        )
        if named and not (before.lower_ == "," and not doc[i + 1].text[0].isupper()):
            if (
                any(
                    t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBZ", "VBD", "VBP")
                    for t in doc[i + 1 : end]
                )
                and before.lemma_.lower() not in CALLED
            ):
                continue
            yield i + 1, end


def _runs(doc: Doc, posts: set[int], inside: dict[int, object]) -> Iterator[tuple[int, int]]:
    """Maximal sequences of capitalised name tokens, posts left out."""
    i = 0
    while i < len(doc):
        if not _is_name_token(doc[i], posts, inside):
            i += 1
            continue
        end = i + 1
        while end < len(doc):
            if _is_name_token(doc[end], posts, inside) and not _breaks(doc, i, end, inside):
                end += 1
            elif _joins(doc, end, posts, inside):
                end += 2
            else:
                break
        start = i
        yield from _trimmed(doc, start, end, inside)
        i = end


def _trimmed(
    doc: Doc, start: int, end: int, inside: dict[int, object]
) -> Iterator[tuple[int, int]]:
    while end > start and doc[end - 1].text in ("&", "of", "-"):
        end -= 1
    if end - start == 1:
        token = doc[start]
        lone = token.pos_ == "ADJ" or (token.is_sent_start and token.pos_ != "PROPN")
        if lone or (token.ent_type_ == "" and token.pos_ != "PROPN"):
            return
        if len(token.text) == 1 or token.text.isdigit():
            return
    yield start, end


def _is_name_token(token: Token, posts: set[int], inside: dict[int, object]) -> bool:
    if token.i in posts or token.is_punct or token.is_space:
        return False
    if token.lower_ in ("the", "'s", "’s", "a", "an"):
        return False
    if token.ent_type_ in (
        "DATE",
        "TIME",
        "MONEY",
        "PERCENT",
        "CARDINAL",
        "ORDINAL",
        "QUANTITY",
        "NORP",
    ):
        if not (token.pos_ == "PROPN" and token.ent_type_ in ("CARDINAL", "QUANTITY")):
            return False
    if not _CAPITAL.match(token.text) and token.i not in inside:
        return bool(token.ent_type_) and token.text[1:2].isupper()
    if token.i in inside:
        return token.text[0].isupper()
    if token.pos_ == "PROPN":
        return True
    if token.text.isdigit():
        return token.i > 0 and len(token.text) == 4 and doc_prev_is_name(token)
    capital = token.text[0].isupper() and not token.is_sent_start
    return (
        capital
        and token.pos_ in ("NOUN", "ADJ", "VERB", "X")
        and (
            bool(token.ent_type_)
            or token.text.isupper()
            or any(c.isupper() for c in token.text[1:])
            or (
                token.i + 1 < len(token.doc)
                and token.nbor(1).pos_ == "PROPN"
                and token.pos_ != "VERB"
            )
            or doc_prev_is_name(token)
        )
    )


def doc_prev_is_name(token: Token) -> bool:
    """True when a proper noun stands directly before the token."""
    return token.i > 0 and token.nbor(-1).pos_ == "PROPN"


def _breaks(doc: Doc, start: int, end: int, inside: dict[int, object]) -> bool:
    """True between two names that stand side by side ("Acme Jane Roe")."""
    left, right = inside.get(end - 1), inside.get(end)
    if left is not None and right is not None and left is not right:
        return True
    if left is not None and left.end == end:  # type: ignore[attr-defined]
        return doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "B"
    return False


def _joins(doc: Doc, i: int, posts: set[int], inside: dict[int, object]) -> bool:
    """True for "&" between two name tokens, and for "of" inside one recognised entity."""
    if i + 1 >= len(doc) or not _is_name_token(doc[i + 1], posts, inside):
        return False
    if doc[i].text == "&":
        return True
    same = (
        doc[i].ent_type_ not in ("", "DATE")
        and doc[i].ent_iob_ == "I"
        and doc[i + 1].ent_iob_ == "I"
    )
    return doc[i].lower_ == "of" and same


def kind_of(named: bool) -> MentionKind:
    """Mention kind of a draft with or without a proper name."""
    return MentionKind.NAME if named else MentionKind.DESCRIPTION
