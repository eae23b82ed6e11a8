"""Names, labels and definitions for terms: the best that a source gives, told apart."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from kg.ontology.scaffold.schema import Text
from kg.ontology.scaffold.words import english_table, split_label
from kg.ontology.terms import local_name

__all__ = [
    "OPAQUE",
    "XSD",
    "best_definition",
    "best_label",
    "camel_case",
    "datatype_of",
    "last_part",
    "slug",
    "unique_label",
    "with_article",
]

XSD = "http://www.w3.org/2001/XMLSchema#"
OPAQUE = re.compile(r"[A-Za-z]{0,10}[_-]?\d+")
"""Names that tell a reader nothing, as Q42 or BFO_0000001."""


def last_part(id_: str) -> str:
    """The part of an id that tells it: what follows the last # or /, if it is an IRI."""
    is_iri = re.match(r"[a-z][a-z0-9+.-]*:", id_) is not None
    return (local_name(id_.rstrip("#/")) if is_iri else id_) or id_


def datatype_of(id_: str) -> str | None:
    """The XSD name of a datatype, given by IRI or by a common word for it; None for a class."""
    if id_.startswith(XSD):
        name = id_.removeprefix(XSD)
        if name in ("date", "dateTime", "gYear", "gYearMonth"):
            return "date" if name == "dateTime" else name
        words = english_table()["datatypes"]
        return next((k for k, w in words.items() if name.lower() in w), "string")
    if id_.startswith("http://www.w3.org/"):
        return (
            "string"
            if id_.endswith(("Literal", "langString", "HTML"))
            else ("decimal" if id_.endswith(("owl#real", "owl#rational")) else None)
        )
    table = english_table()["datatypes"]
    word = last_part(id_).lower()
    return next((name for name, words in table.items() if word in words), None)


def best_label(id_: str, labels: tuple[Text, ...], language: str) -> Text:
    """The label in the language, else any, else words made of the id."""
    found = [t for t in labels if t.language.split("-")[0] == language] or [
        t for t in labels if not t.language
    ]
    text = next(iter(found or labels), None)
    if text is not None:
        words = text.value
        if re.fullmatch(r"[A-Za-z]+([A-Z_][A-Za-z0-9]*)+", words):  # camelCase is no label
            words = " ".join(split_label(words)) or words
        return Text(words, text.language or language)
    return Text(" ".join(split_label(last_part(id_))) or last_part(id_), language)


def unique_label(label: Text, domain: str, taken: set[str]) -> Text:
    """A label that none of `taken` (in small letters) is, and adds it to them."""
    value, number = label.value, 2
    if value.casefold() in taken:
        value = f"{label.value} ({' '.join(split_label(domain)) or domain})"
    while value.casefold() in taken:
        value, number = f"{label.value} ({number})", number + 1
    taken.add(value.casefold())
    return Text(value, label.language)


def best_definition(found: tuple[Text, ...], label: Text, language: str) -> Text | None:
    """The first definition in the language, else in any, that says more than the label."""

    def more(text: Text) -> bool:
        return re.sub(r"[.\s]", "", text.value).lower() != re.sub(r"[.\s]", "", label.value).lower()

    fit = [t for t in found if more(t)]
    own = [t for t in fit if t.language.split("-")[0] in (language, "")]
    text = next(iter(own or fit), None)
    return Text(text.value, text.language or language) if text is not None else None


def camel_case(words: list[str], *, upper: bool) -> str:
    """Words as one name: "birthPlace", or "BirthPlace"; ASCII, at most 60 characters."""
    plain = [unicodedata.normalize("NFKD", w).encode("ascii", "ignore").decode() for w in words]
    joined = "".join(w[:1].upper() + w[1:] for w in plain if w)[:60]
    joined = re.sub(r"^[^A-Za-z]+", "", joined)
    return joined if upper or not joined else joined[0].lower() + joined[1:]


def slug(text: str) -> str:
    """A text as the last part of an IRI; a hash of it where no letter is Latin."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return found or sha256(text.encode()).hexdigest()[:12]


def with_article(noun: str) -> str:
    """A noun with its indefinite article."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
