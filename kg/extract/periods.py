"""Start, end, duration and rank that a predication states of what it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD, date_literal, duration_literal, find_dates, month_number
from kg.extract.arguments import Predication, governing_verb
from kg.model.statement import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

__all__ = ["clause_date", "date_in", "duration_of", "level_of", "period_of"]

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
_ORGANISATION_WORDS = re.compile(r"\b(the|a|an|its|their|our|official|new|first)\b", re.I)


def date_in(token: Token, reference: int | None) -> Literal | None:
    """The date that a phrase headed by the token names, at its stated precision.

    A month without a year takes the reference year where one is known, else is an xsd:gMonth; "the
    end of the year" is its last month.
    """
    words = [t for t in token.subtree if t.dep_ not in ("relcl", "acl", "appos", "advcl")]
    text = token.doc[words[0].i : words[-1].i + 1].text
    for start, end, iso in find_dates(text):
        return date_literal(iso, text[start:end])
    lowered = text.lower()
    if reference is not None and re.fullmatch(r"(the )?end of (the|this) year", lowered):
        return date_literal(f"{reference}-12", text)
    if reference is not None and re.fullmatch(r"this year", lowered):
        return date_literal(str(reference), text)
    month = month_number(token.text)
    if month is not None and token.ent_type_ == "DATE":
        days = [
            c
            for c in token.children
            if c.dep_ == "nummod" and c.text.isdigit() and int(c.text) <= 31
        ]
        if reference is not None:
            iso = f"{reference}-{month:02d}" + (f"-{int(days[0].text):02d}" if days else "")
            return date_literal(iso, text)
        return Literal(f"--{month:02d}", XSD + "gMonth", text)
    return None


def _preposition_dates(
    head: Token, prepositions: Iterable[str], reference: int | None
) -> Literal | None:
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in prepositions:
            for pobj in prep.children:
                if pobj.dep_ == "pobj":
                    found = date_in(pobj, reference)
                    if found is not None:
                        return found
    return None


def period_of(predication: Predication, reference: int | None) -> dict[str, Literal]:
    """ "start" and "end" that the trigger, its clause or its objects state."""
    trigger = predication.trigger
    verb = governing_verb(trigger) if predication.kind == "noun" else trigger
    heads = [trigger, *([verb] if verb is not None else [])]
    for slot in ("with", "of", "for", "patient"):
        heads.extend(predication.slots.get(slot, []))
    out: dict[str, Literal] = {}
    for head in heads:
        start = _preposition_dates(head, START_PREPOSITIONS, reference)
        if start is not None:
            out.setdefault("start", start)
        end = _preposition_dates(head, END_PREPOSITIONS, reference)
        if end is not None:
            out.setdefault("end", end)
    if verb is not None and "start" not in out:
        subject = any(
            c.dep_ in ("nsubj", "nsubjpass") and trigger in (c, *c.subtree) for c in verb.children
        )
        begins = verb.lemma_.lower() in START_VERBS
        if begins and (subject or predication.kind == "verb" or trigger.dep_ in ("dobj",)):
            start = _preposition_dates(verb, ("in", "on"), reference)
            if start is not None:
                out["start"] = start
    seasons = _season_years(heads)
    if seasons and "start" not in out and "end" not in out:
        out["start"], out["end"] = seasons
    return out


def _season_years(heads: list[Token]) -> tuple[Literal, Literal] | None:
    """ "for the 2025 and 2026 seasons" """
    for head in heads:
        for prep in head.children:
            if prep.dep_ != "prep" or prep.lower_ != "for":
                continue
            for token in prep.children:
                years = [t.text for t in token.subtree if re.fullmatch(r"(19|20)\d\d", t.text)]
                if token.lemma_.lower() in ("season", "year", "campaign") and years:
                    first, last = min(years), max(years)
                    return date_literal(first, first), date_literal(last, last)
    return None


def clause_date(token: Token, reference: int | None) -> Literal | None:
    """When the clause of the token holds: "in 2019", "as of 30 June 2024"; None where it is open."""
    verb = governing_verb(token)
    if verb is None:
        return None
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "on", "by", "as", "during"):
            continue
        nested = [c for c in prep.children if c.dep_ == "prep"]
        for holder in (prep, *nested):
            for pobj in holder.children:
                if pobj.dep_ == "pobj":
                    found = date_in(pobj, reference)
                    if found is not None:
                        return found
    return None


def duration_of(predication: Predication) -> Literal | None:
    """The term of a partnership: "12-year deal", "a deal for three years"."""
    trigger = predication.trigger
    start = min((t.i for t in trigger.lefts), default=trigger.i)
    text = trigger.doc[start : trigger.i].text
    found = duration_literal(text)
    if found is not None:
        return found
    for prep in trigger.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "for"):
            for pobj in prep.children:
                if pobj.dep_ == "pobj" and pobj.lemma_.lower() in ("year", "month"):
                    return duration_literal(trigger.doc[pobj.left_edge.i : pobj.i + 1].text)
    return None


def level_of(predication: Predication) -> Literal | None:
    """The rank of a partner or sponsor: its name as written ("Platinum Sponsor")."""
    trigger = predication.trigger
    start = trigger.i
    while start > 0 and trigger.doc[start - 1].dep_ in ("amod", "compound", "nmod", "npadvmod"):
        if trigger.doc[start - 1].head.i > trigger.i:
            break
        start -= 1
    words = trigger.doc[start : trigger.i + 1]
    modifiers = [t for t in words[:-1] if t.text[0].isupper()]
    if not modifiers:
        return None
    first = modifiers[0].i
    end = trigger.i + 1 if trigger.text[0].isupper() else modifiers[-1].i + 1
    if trigger.lemma_.lower() in ("sponsorship", "partnership"):
        end = modifiers[-1].i + 1
    text = trigger.doc[first:end].text
    text = re.sub(r"\s+[Ll]evel$", "", text)
    return Literal(text, XSD + "string", text)
