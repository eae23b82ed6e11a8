"""Start, end, duration and rank that a predication states of what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, date_literal, duration_literal, find_dates, month_number
from kg.extract.clauses import governing_verb, objects_of, prepositional_objects
from kg.extract.relative import relative_date
from kg.extract.slots import Predication
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Moment", "clause_date", "date_in", "duration_of", "level_of", "period_of", "verb_date"]

Moment = date | int  # the day from which an article speaks, or its year

START_VERBS = frozenset(
    {
        "begin",
        "start",
        "kick",
        "kick_off",
        "sign",
        "launch",
        "commence",
        "enter",
        "announce",
        "form",
    }
)
START_PREPOSITIONS = frozenset({"since", "from"})
END_PREPOSITIONS = frozenset({"until", "through", "to", "till"})
DATING_PREPOSITIONS = frozenset({"in", "on", "by", "as", "during"})
_ASIDE = frozenset({"relcl", "acl", "appos", "advcl"})
_THIS_YEAR = re.compile(r"(?P<end>(the )?end of (the|this) year)|this year")
_RANGE_END = re.compile(  # what follows "May 3" in "May 3 to June 9 next year"
    r"\s*(?:to|until|through|till|and|-|–)\s+[A-Z][a-z]+\.?(?:\s+\d{1,2})?,?\s+"
    r"((?:next|last) year|(?:19|20)\d\d)\b"
)
_YEAR = re.compile(r"(19|20)\d\d")


def date_in(token: Token, reference: Moment | None) -> Literal | None:
    """The date that a phrase headed by the token names, at its stated precision.

    `reference` is the day from which the article speaks, or its year where no more is known. What
    is relative ("on Sunday", "next July") is seen from that day, and stays unread without one. A
    month takes the year that is known, else is an xsd:gMonth; "the end of the year" is its last
    month. None for what names no date.
    """
    words = [t for t in token.subtree if t.dep_ not in _ASIDE]
    if not words:
        return None
    text = token.doc[words[0].i : words[-1].i + 1].text
    behind = token.doc.text[words[-1].idx + len(words[-1]) :]
    range_end = _RANGE_END.match(behind)
    whole = f"{text}, {range_end.group(1)}" if range_end is not None else text
    for start, end, iso in find_dates(whole):
        return date_literal(iso, text[start:end])
    year = reference.year if isinstance(reference, date) else reference
    this_year = _THIS_YEAR.fullmatch(text.lower())
    if year is not None and this_year is not None:
        return date_literal(f"{year}-12" if this_year["end"] else str(year), text)
    if token.ent_type_ != "DATE":
        return None
    if isinstance(reference, date):
        relative = relative_date(whole, reference)
        return date_literal(relative, text) if relative is not None else None
    return _month_of(token, year, text)


def _month_of(token: Token, year: int | None, text: str) -> Literal | None:
    """A month, with its day where one is said, of the year that is known."""
    month = month_number(token.text)
    if month is None:
        return None
    if year is None:
        return Literal(f"--{month:02d}", XSD + "gMonth", text)
    day = _day_of_month(token)
    iso = f"{year}-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return date_literal(iso, text)


def _day_of_month(month: Token) -> int | None:
    days = (c.text for c in month.children if c.dep_ == "nummod" and c.text.isdecimal())
    return next((int(d) for d in days if len(d) <= 2 and int(d) <= 31), None)


def _prepositional_date(
    head: Token, prepositions: Iterable[str], reference: Moment | None, *, since: int = -1
) -> Literal | None:
    """The first date after one of the prepositions of a head that stand behind token `since`."""
    for prep in _prepositions(head):
        if prep.lower_ in prepositions and prep.i > since:
            found = _first_date(prepositional_objects(prep), reference)
            if found is not None:
                return found
    return None


def _prepositions(head: Token) -> Iterator[Token]:
    """Prepositions of a head, and those that the parser nests in "from": "from 2020 to 2024"."""
    for prep in head.children:
        if prep.dep_ == "prep":
            yield prep
            if prep.lower_ == "from":
                yield from (t for t in prep.subtree if t != prep and t.dep_ == "prep")


def _first_date(tokens: Iterable[Token], reference: Moment | None) -> Literal | None:
    found = (date_in(token, reference) for token in tokens)
    return next((date for date in found if date is not None), None)


def period_of(predication: Predication, reference: Moment | None) -> dict[str, Literal]:
    """The "start" and "end" that the trigger, its clause or its objects state, where they do."""
    trigger = predication.trigger
    verb = governing_verb(trigger) if predication.kind == "noun" else trigger
    heads = [trigger, *([verb] if verb is not None else [])]
    for slot in ("with", "of", "for", "patient"):
        heads.extend(predication.slots.get(slot, []))
    out: dict[str, Literal] = {}
    for head in heads:
        start = _prepositional_date(head, START_PREPOSITIONS, reference)
        if start is not None:
            out.setdefault("start", start)
        # "renewed X through 2028 and Y through 2027": what stands before Y ends something else
        since = trigger.i if head == verb and trigger.dep_ == "conj" else -1
        end = _prepositional_date(head, END_PREPOSITIONS, reference, since=since)
        if end is not None:
            out.setdefault("end", end)
    if verb is not None and "start" not in out and _begins(predication, verb):
        start = _prepositional_date(verb, ("in", "on"), reference)
        if start is not None:
            out["start"] = start
    seasons = _season_years(heads) if not out else None
    if seasons is not None:
        out["start"], out["end"] = seasons
    return out


def _begins(predication: Predication, verb: Token) -> bool:
    """True where the verb says that what the predication is about begins."""
    trigger = predication.trigger
    if verb.lemma_.lower() not in START_VERBS:
        return False
    if predication.kind == "verb" or trigger.dep_ == "dobj":
        return True
    return any(c.dep_ in ("nsubj", "nsubjpass") and trigger in c.subtree for c in verb.children)


def _season_years(heads: list[Token]) -> tuple[Literal, Literal] | None:
    """First and last year of "for the 2031 and 2032 seasons"."""
    for token in (t for head in heads for t in objects_of(head, "for")):
        years = [t.text for t in token.subtree if _YEAR.fullmatch(t.text)]
        if token.lemma_.lower() in ("season", "year", "campaign") and years:
            first, last = min(years), max(years)
            return date_literal(first, first), date_literal(last, last)
    return None


def clause_date(token: Token, reference: Moment | None) -> Literal | None:
    """When the clause of the token holds ("in 2019", "as of 30 June 2024"); None where open."""
    verb = governing_verb(token)
    return verb_date(verb, reference) if verb is not None else None


def verb_date(verb: Token, reference: Moment | None) -> Literal | None:
    """The date that stands beside a verb, as in `clause_date`."""
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.lower_ not in DATING_PREPOSITIONS:
            continue
        nested = [c for c in prep.children if c.dep_ == "prep"]
        for holder in (prep, *nested):
            found = _first_date(prepositional_objects(holder), reference)
            if found is not None:
                return found
    return None


def duration_of(predication: Predication) -> Literal | None:
    """The term of a partnership: "12-year deal", "a deal for three years"; None where open."""
    trigger = predication.trigger
    start = min((t.i for t in trigger.lefts), default=trigger.i)
    found = duration_literal(trigger.doc[start : trigger.i].text)
    if found is not None:
        return found
    heads = [trigger, *([trigger.head] if trigger.dep_ == "dobj" else [])]
    for pobj in (t for head in heads for t in objects_of(head, "of", "for")):
        if pobj.lemma_.lower() in ("year", "month"):
            return duration_literal(trigger.doc[pobj.left_edge.i : pobj.i + 1].text)
    return None


def level_of(predication: Predication) -> Literal | None:
    """The rank of a partner or sponsor, as written ("Platinum Sponsor"); None where unnamed."""
    trigger = predication.trigger
    doc = trigger.doc
    start = trigger.i
    while start > 0 and doc[start - 1].dep_ in ("amod", "compound", "nmod", "npadvmod"):
        if doc[start - 1].head.i > trigger.i:
            break
        start -= 1
    modifiers = [t for t in doc[start : trigger.i] if t.text[0].isupper()]
    if not modifiers:
        return None
    named = trigger.text[0].isupper() and trigger.lemma_.lower() not in (
        "sponsorship",
        "partnership",
    )
    end = trigger.i + 1 if named else modifiers[-1].i + 1
    text = re.sub(r"\s+[Ll]evel$", "", doc[modifiers[0].i : end].text)
    return Literal(text, XSD + "string", text)
