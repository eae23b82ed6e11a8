"""How names are put to people: in words, on a terminal, and when nobody has one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = [
    "close_names",
    "entities_named",
    "place_of",
    "plain_cell",
    "printable",
    "shortened",
    "spaced",
    "without_user",
]

_AT_MOST = 8  # names that a person reads in an error
_ALIKE = 0.6  # the ratio that difflib takes for close


def shortened(text: str, limit: int) -> str:
    """The text; where it is longer than that many characters, its beginning with … at the end."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def spaced(name: str) -> str:
    """A name of a relation or field as words.

    >>> spaced("partnerOf"), spaced("same_as")
    ('partner of', 'same as')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def place_of(evidence: Mapping[str, Any]) -> str:
    """Where the evidence of a written fact stands: code points [start, end) of its article.

    >>> place_of({"article": "a.txt", "start": 3, "end": 9})
    'a.txt [3, 9)'
    """
    return f"{evidence['article']} [{evidence['start']}, {evidence['end']})"


def printable(text: str) -> str:
    """The text without control characters, which could steer a terminal; a space for each."""
    return "".join(char if char.isprintable() else " " for char in text)


def without_user(address: str) -> str:
    """An address without the name and password in it, whether or not it can be parsed.

    >>> without_user("https://me:secret@example.org/a?b#c@d")
    'https://example.org/a?b#c@d'
    """
    return re.sub(r"(?<=//)[^/?#]*@", "", address)


_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def plain_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; a number stays one.

    Where it begins as a formula does, or with apostrophes and so, it gets an apostrophe before it:
    whoever takes one away has the text again.
    Source: https://owasp.org/www-community/attacks/CSV_Injection

    >>> plain_cell("=1+1"), plain_cell("-1.5"), plain_cell("'=1"), plain_cell("'tis")
    ("'=1+1", '-1.5', "''=1", "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def close_names(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are most like one that nobody has, or hold it; else the first of them.

    Case does not matter. What is cut from the first names is counted at the end.
    """
    forms = {form.casefold(): form for form in sorted(known)}
    wanted = name.casefold()
    near = difflib.get_close_matches(wanted, forms, n=_AT_MOST, cutoff=_ALIKE)
    near += [form for form in sorted(forms) if wanted and wanted in form and form not in near]
    shown = [forms[form] for form in (near or sorted(forms))[:_AT_MOST]]
    more = 0 if near else len(forms) - len(shown)
    return [*shown, f"… and {more} more"] if more else shown


def entities_named(name: str, entities: Iterable[tuple[str, str, Iterable[str]]]) -> list[str]:
    """Sorted IRIs of the entities that are meant best: by IRI, else by label, else by another name.

    Entities are given as IRI, label and other names. Case and width of spaces do not matter.
    """
    wanted = " ".join(name.split()).casefold()
    found: list[list[str]] = [[], [], []]
    for iri, label, others in entities:
        if iri.casefold() == wanted:
            found[0].append(iri)
        if label.casefold() == wanted:
            found[1].append(iri)
        if any(other.casefold() == wanted for other in others):
            found[2].append(iri)
    exact = [iri for iri in found[0] if iri == name]
    return sorted(exact or found[0] or found[1] or found[2])
