"""Which edition of an event series a mention means, and what its name alone states.

"the Tokyo Games", "2022 Winter Games", "the 49th Summer Olympics" with a year nearby: each gives
some of year, season and place; the editions that the domain names are the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.extract.amounts import date_literal, find_dates, year_literal
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.names import YEAR, Gazetteer
from kg.model.statement import Literal
from kg.ontology.domain import KnownName

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["EditionFact", "edition_facts", "reference_year", "settle_editions"]


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A fact that a mention of an edition states: its year, place or start."""

    edition: Draft
    predicate: str
    object: Draft | Literal
    place: Place
    first: int  # tokens [first, last] of the block that state it
    last: int


@dataclass(frozen=True)
class _Clues:
    year: tuple[int, str] | None  # token index, value
    season: str | None
    location: tuple[int, KnownName] | None
    month: str | None = None
    near: bool = True  # in the noun phrase itself, not only in the sentence


def settle_editions(reading: Reading, gazetteer: Gazetteer) -> None:
    """Moves each mention of a series to the edition that it means."""
    for series in reading.ontology.lexicon.get("series", []):
        editions = gazetteer.editions(str(series["class"]))
        heads = {str(h) for h in series["heads"]}
        seen: list[KnownName] = []
        for place, draft in sorted(_mentions(reading, series, heads), key=lambda item: item[0]):
            edition = _edition(reading, place, series, editions, seen)
            if edition is None:
                continue
            seen.append(edition)
            if draft.known is edition:
                continue
            into = next((d for d in reading.drafts if d.known is edition), None)
            if into is None:
                into = Draft(label=edition.label, known=edition)
            reading.move(place, draft, into)


def _mentions(
    reading: Reading, series: dict[str, Any], heads: set[str]
) -> Iterator[tuple[Place, Draft]]:
    for draft in list(reading.drafts):
        for place in list(draft.places):
            words = reading.text(place).lower().split()
            known = draft.known is not None and draft.known.type == series["class"]
            if known or (words and words[-1] in heads and (len(words) > 1 or words[0] != "games")) or (words == ["games"] and reading.text(place)[:1].isupper()):
                yield place, draft


def _edition(
    reading: Reading,
    place: Place,
    series: dict[str, Any],
    editions: list[KnownName],
    seen: list[KnownName],
) -> KnownName | None:
    doc = reading.annotated.blocks[place.block].doc
    seasons = {str(s) for s in series.get("seasons", [])}
    head = doc[place.end - 1]
    clues = _phrase_clues(reading, place, seasons)
    found = _filter(reading, editions, clues)
    if len(found) == 1 and (clues.year or clues.location):
        return found[0]
    ordinal = any(
        c.ent_type_ == "ORDINAL" or re.fullmatch(r"\d+(st|nd|rd|th)|[IVX]{2,}", c.text)
        for c in head.children
    )
    if clues.year is None and clues.location is None and (ordinal or clues.season):
        wide = _sentence_clues(reading, head, clues)
        if wide.year or wide.location:
            found = _filter(reading, editions, wide)
            if len(found) == 1:
                return found[0]
    if clues.year or clues.location:
        mentioned = [e for e in found if e in seen]
        return mentioned[-1] if mentioned else None
    if doc[place.start].lower_ == "games" and seen:
        return seen[-1]
    return None


def _phrase_clues(reading: Reading, place: Place, seasons: set[str]) -> _Clues:
    doc = reading.annotated.blocks[place.block].doc
    head = doc[place.end - 1]
    tokens = list(doc[place.start : place.end])
    if place.start > 0 and doc[place.start - 1].like_num:
        tokens.insert(0, doc[place.start - 1])
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ == "in" and prep.i >= place.end:
            tokens.extend(t for t in prep.subtree if t.dep_ in ("pobj", "compound", "nummod"))
    season = next((t.lower_ for t in tokens if t.lower_ in seasons), None)
    year = next(((t.i, t.text) for t in tokens if YEAR.fullmatch(t.text)), None)
    return _Clues(year, season, _location(reading, place.block, [t.i for t in tokens]))


def _sentence_clues(reading: Reading, head: Token, clues: _Clues) -> _Clues:
    sentence = list(head.sent)
    year = next(((t.i, t.text) for t in sentence if YEAR.fullmatch(t.text)), None)
    block = reading.block_of(head)
    location = _location(reading, block, [t.i for t in sentence])
    return _Clues(year, clues.season, location, near=False)


def _location(reading: Reading, block: int, tokens: list[int]) -> tuple[int, KnownName] | None:
    doc = reading.annotated.blocks[block].doc
    by_label = {
        label: n
        for n in reading.ontology.names.values()
        if reading.ontology.is_any(n.type, ("City", "Region"))
        for label in n.labels
    }
    for i in tokens:
        draft = reading.at(doc[i])
        if (
            draft is not None
            and draft.known is not None
            and reading.is_a(draft, ("City", "Region"))
        ):
            return i, draft.known
        if doc[i].text in by_label:
            return i, by_label[doc[i].text]
    return None


def _filter(reading: Reading, editions: list[KnownName], clues: _Clues) -> list[KnownName]:
    out = editions
    if clues.year is not None:
        out = [e for e in out if clues.year[1] in e.properties.get("year", ())]
    if clues.season is not None:
        out = [e for e in out if clues.season in e.properties.get("season", ())]
    if clues.location is not None:
        out = [e for e in out if clues.location[1].iri in e.properties.get("heldIn", ())]
    return out


def edition_facts(reading: Reading) -> Iterator[EditionFact]:
    """Year, place and start that the mentions of editions state, in text order."""
    for series in reading.ontology.lexicon.get("series", []):
        seasons = {str(s) for s in series.get("seasons", [])}
        for draft in list(reading.drafts):
            if draft.known is None or draft.known.type != series["class"]:
                continue
            if not draft.known.properties.get("year"):
                continue
            for place in sorted(draft.places):
                yield from _stated(reading, draft, place, seasons)


def _stated(
    reading: Reading, draft: Draft, place: Place, seasons: set[str]
) -> Iterator[EditionFact]:
    doc = reading.annotated.blocks[place.block].doc
    clues = _phrase_clues(reading, place, seasons)
    head = doc[place.end - 1]
    assert draft.known is not None  # noqa: S101  (the caller filters)
    if clues.year is None and clues.location is None:
        clues = _sentence_clues(reading, head, clues)
        fits = draft.known in _filter(reading, [draft.known], clues)
        ordinal = any(re.fullmatch(r"\d+(st|nd|rd|th)", t.text) for t in head.subtree)
        if not fits or not ordinal:
            return
    if clues.location is not None:
        token = doc[clues.location[0]]
        location = reading.at(token)
        if location is None or location is draft:
            location = _place_draft(reading, clues.location[1])
        if clues.location[1].iri in draft.known.properties.get("heldIn", ()):
            span = sorted((place.start, place.end - 1, clues.location[0]))
            yield EditionFact(draft, "heldIn", location, place, span[0], span[-1])
    if clues.year is not None and clues.year[1] in draft.known.properties.get("year", ()):
        stated = clues.year[0]
        while stated > 0 and doc[stated].ent_type_ == "DATE" and doc[stated].ent_iob_ == "I":
            stated -= 1  # "August 2008" states the year
        span = sorted((place.start, place.end - 1, stated, clues.year[0]))
        year = year_literal(clues.year[1], clues.year[1])
        yield EditionFact(draft, "year", year, place, span[0], span[-1])
        if not clues.near:
            yield from _start(doc, draft, place, head)


def _start(doc: Any, draft: Draft, place: Place, head: Token) -> Iterator[EditionFact]:
    sentence = head.sent
    for start, end, iso in find_dates(sentence.text):
        if len(iso) >= 7:
            span = doc.char_span(
                sentence.start_char + start, sentence.start_char + end, alignment_mode="expand"
            )
            literal = date_literal(iso, sentence.text[start:end])
            bounds = sorted((span.start, span.end - 1, place.start, place.end - 1))
            yield EditionFact(draft, "startDate", literal, place, bounds[0], bounds[-1])


def _place_draft(reading: Reading, name: KnownName) -> Draft:
    found = next((d for d in reading.drafts if d.known is name), None)
    if found is None:
        found = Draft(label=name.label, known=name)
        reading.drafts.append(found)
    return found


def reference_year(reading: Reading) -> int | None:
    """The year the article speaks from: its date, or the edition that it calls this year's."""
    published = reading.annotated.article.published
    if published and re.match(r"\d{4}", published):
        return int(published[:4])
    for block in reading.annotated.blocks:
        for token in block.doc:
            if token.lower_ == "year" and token.i > 0 and token.nbor(-1).lower_ == "this":
                for draft in {reading.at(t) for t in (token.head, *token.head.children)}:
                    if draft is not None and draft.known is not None:
                        years = draft.known.properties.get("year")
                        if years:
                            return int(years[0])
    return None
