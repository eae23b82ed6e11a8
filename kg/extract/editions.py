"""Which edition of an event series a mention means, and what its name alone states.

"the Tokyo Games", "2022 Winter Games", "the 49th Summer Olympics" with a year nearby: each gives
some of year, season and place; the editions that the domain names are the candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, date_literal, find_dates, year_literal
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.lexicon import HOSTS, Series
from kg.extract.names import YEAR, Gazetteer
from kg.extract.ordinals import edition_number, with_number
from kg.extract.series import BARE, ORDINAL, is_ordinal, series_mentions
from kg.model.statement import Literal
from kg.ontology.domain import KnownName

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["EditionFact", "edition_facts", "settle_editions"]


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A fact that a mention of an edition states: its year, place, start or number."""

    edition: Draft
    predicate: str
    object: Draft | Literal
    mention: Place
    stated: Place  # the tokens that state it


@dataclass(frozen=True)
class _Clues:
    year: Token | None
    season: str | None
    host: tuple[Token, KnownName] | None

    def fitting(self, editions: Iterable[KnownName]) -> list[KnownName]:
        """The editions that no clue speaks against."""
        wanted = {"year": self.year.text if self.year is not None else None, "season": self.season}
        if self.host is not None:
            wanted["heldIn"] = self.host[1].iri
        return [
            e
            for e in editions
            if all(v is None or v in e.properties.get(name, ()) for name, v in wanted.items())
        ]

    @property
    def tell(self) -> bool:
        """True where a year or a host is said: a season alone has many editions."""
        return self.year is not None or self.host is not None


def settle_editions(reading: Reading, gazetteer: Gazetteer) -> None:
    """Moves each mention of a series to the edition that it means."""
    for series in reading.lexicon.series:
        editions = gazetteer.editions(series.type)
        seen: list[KnownName] = []
        for place, draft in sorted(series_mentions(reading, series), key=lambda item: item[0]):
            edition = _edition(reading, place, series, editions, seen)
            if edition is None:
                continue
            if edition.properties.get("year"):
                seen.append(edition)
            if draft.known is edition:
                continue
            into = next((d for d in reading.drafts if d.known is edition), None)
            reading.move(place, draft, into or Draft(label=edition.label, known=edition))


def _edition(
    reading: Reading,
    place: Place,
    series: Series,
    editions: Sequence[KnownName],
    seen: Sequence[KnownName],
) -> KnownName | None:
    doc = reading.annotated.blocks[place.block].doc
    clues = _phrase_clues(reading, place, series)
    found = clues.fitting(editions)
    if clues.tell:
        if len(found) == 1:
            return found[0]
        return next((e for e in reversed(seen) if e in found), None)
    head = doc[place.end - 1]
    if clues.season is not None or any(is_ordinal(c) for c in head.children):
        wide = _sentence_clues(reading, head, clues)
        found = wide.fitting(editions)
        if wide.tell and len(found) == 1:
            return found[0]
        numbered = with_number(reading, place, series, clues.fitting(editions))
        if len(numbered) == 1:
            return numbered[0]
    modifiers = {c.lower_ for c in head.children if c.i < head.i}
    if modifiers & reading.lexicon.other_editions:
        return _series_itself(reading, series)
    here = not modifiers.isdisjoint(reading.lexicon.this_edition) or _is_explained(head)
    if doc[place.start].lower_ != BARE and not here:
        return None
    return seen[-1] if seen else _series_itself(reading, series)


def _is_explained(head: Token) -> bool:
    """True for "the Olympics, which were put off": a clause that adds to what is named already."""
    clauses = (c for c in head.children if c.dep_ == "relcl")
    return any(head.nbor().text == "," and c.left_edge.tag_ == "WDT" for c in clauses)


def _series_itself(reading: Reading, series: Series) -> KnownName | None:
    """The name of the series as such, the one without year and season."""
    names = sorted(reading.ontology.names.values(), key=lambda n: n.iri)
    of_series = (n for n in names if n.type == series.type)
    return next((n for n in of_series if not {"year", "season"} & set(n.properties)), None)


def _phrase_clues(reading: Reading, place: Place, series: Series) -> _Clues:
    """What the noun phrase of the mention says."""
    doc = reading.annotated.blocks[place.block].doc
    head = doc[place.end - 1]
    tokens = list(doc[place.start : place.end])
    if place.start > 0 and doc[place.start - 1].like_num:
        tokens.insert(0, doc[place.start - 1])
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ == "in" and prep.i >= place.end:
            tokens.extend(t for t in prep.subtree if t.dep_ in ("pobj", "compound", "nummod"))
    season = next((t.lower_ for t in tokens if t.lower_ in series.seasons), None)
    return _Clues(_year(tokens), season, _host(reading, tokens))


def _sentence_clues(reading: Reading, head: Token, clues: _Clues) -> _Clues:
    """What the sentence of the mention says, beside its season."""
    sentence = list(head.sent)
    return _Clues(_year(sentence), clues.season, _host(reading, sentence))


def _year(tokens: Iterable[Token]) -> Token | None:
    return next((t for t in tokens if YEAR.fullmatch(t.text)), None)


def _host(reading: Reading, tokens: Iterable[Token]) -> tuple[Token, KnownName] | None:
    """The first place that may host an edition, as an entity or as a word of its name."""
    by_label = reading.lexicon.hosts
    for token in tokens:
        draft = reading.at(token)
        if draft is not None and draft.known is not None and reading.is_a(draft, HOSTS):
            return token, draft.known
        if token.text in by_label:
            return token, by_label[token.text]
    return None


def edition_facts(reading: Reading) -> Iterator[EditionFact]:
    """Year, place, start and number that mentions of editions state, in text order by edition."""
    for series in reading.lexicon.series:
        for draft in list(reading.drafts):
            known = draft.known
            if known is None or known.type != series.type or not known.properties.get("year"):
                continue
            for place in sorted(draft.places):
                yield from _stated(reading, draft, known, place, series)


def _stated(
    reading: Reading, draft: Draft, known: KnownName, place: Place, series: Series
) -> Iterator[EditionFact]:
    yield from _number(reading, draft, place, series)
    head = reading.annotated.blocks[place.block].doc[place.end - 1]
    clues = _phrase_clues(reading, place, series)
    nearby = not clues.tell
    if nearby:
        clues = _sentence_clues(reading, head, clues)
        ordinal = any(ORDINAL.fullmatch(t.text) for t in head.subtree)
        if not ordinal or not clues.fitting([known]):
            return
    if clues.host is not None and clues.host[1].iri in known.properties.get("heldIn", ()):
        host = _place_draft(reading, draft, *clues.host)
        yield EditionFact(draft, "heldIn", host, place, _reach(place, clues.host[0].i))
    if clues.year is not None and clues.year.text in known.properties["year"]:
        year = year_literal(clues.year.text, clues.year.text)
        tokens = (_date_start(clues.year), clues.year.i)
        yield EditionFact(draft, "year", year, place, _reach(place, *tokens))
        if nearby:
            yield from _start(draft, place, head)


def _number(reading: Reading, draft: Draft, place: Place, series: Series) -> Iterator[EditionFact]:
    """The number that the text gives the edition, right or wrong."""
    number = edition_number(reading, place) if series.number is not None else None
    if number is not None and series.number is not None:
        value = Literal(str(number.value), XSD + "integer", number.text)
        stated = _reach(place, number.start, number.end - 1)
        yield EditionFact(draft, series.number, value, place, stated)


def _reach(place: Place, *tokens: int) -> Place:
    """The stretch from the mention to these tokens of its block."""
    return Place(place.block, min(place.start, *tokens), max(place.end, *(i + 1 for i in tokens)))


def _date_start(year: Token) -> int:
    """First token of the date, for "August 2008" states the year."""
    first = year.i
    while first > 0 and year.doc[first].ent_type_ == "DATE" and year.doc[first].ent_iob_ == "I":
        first -= 1
    return first


def _start(draft: Draft, place: Place, head: Token) -> Iterator[EditionFact]:
    sentence = head.sent
    for start, end, iso in find_dates(sentence.text):
        if len(iso) < len("2008-08"):
            continue
        span = head.doc.char_span(
            sentence.start_char + start, sentence.start_char + end, alignment_mode="expand"
        )
        if span is not None:
            literal = date_literal(iso, sentence.text[start:end])
            stated = _reach(place, span.start, span.end - 1)
            yield EditionFact(draft, "startDate", literal, place, stated)


def _place_draft(reading: Reading, edition: Draft, token: Token, name: KnownName) -> Draft:
    """The host as an entity; one of its own where it is a word of the edition's name."""
    found = reading.at(token)
    if found is None or found is edition:
        found = next((d for d in reading.drafts if d.known is name), None)
    if found is None:
        found = Draft(label=name.label, known=name)
        reading.keep(found)
    return found
