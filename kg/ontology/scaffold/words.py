"""The general English that proposals are made with: WordNet's words, and english.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "NounEntry",
    "VerbEntry",
    "english_table",
    "lemma_of",
    "noun_entry",
    "singular",
    "split_label",
    "verb_entry",
]

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")


@dataclass(frozen=True, slots=True)
class NounEntry:
    """A noun: its kind (WordNet's file of it), verbs tied to it, words that mean the same."""

    kind: str
    verbs: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb; `often` where it is more often a verb than a noun."""

    often: bool
    synonyms: tuple[str, ...] = ()


@cache
def _tables() -> tuple[dict[str, NounEntry], dict[str, VerbEntry], dict[str, str]]:
    nouns: dict[str, NounEntry] = {}
    verbs: dict[str, VerbEntry] = {}
    forms: dict[str, str] = {}
    text = files("kg.ontology.scaffold").joinpath("words.tsv").read_text("utf-8")
    for line in text.splitlines():
        word, part, *rest = line.split("\t")
        cells = [tuple(c.split(",")) if c else () for c in rest] + [()] * 5
        if part == "n":
            nouns[word] = NounEntry(rest[0], *cells[1:5])
        else:
            verbs[word] = VerbEntry(bool(cells[0]), cells[1])
            for form in cells[2]:
                forms.setdefault(form, word)
    return nouns, verbs, forms


@cache
def english_table() -> Mapping[str, Any]:
    """english.toml."""
    text = files("kg.ontology.scaffold").joinpath("english.toml").read_text("utf-8")
    return tomllib.loads(text)


def noun_entry(word: str) -> NounEntry | None:
    """What WordNet knows of a noun, given in any number; None where it does not know it."""
    nouns = _tables()[0]
    return next((nouns[w] for w in _singulars(word) if w in nouns), None)


def singular(word: str) -> str:
    """The singular of a noun that WordNet knows; any other word as it is."""
    nouns = _tables()[0]
    return next((w for w in _singulars(word) if w in nouns), word)


def _singulars(word: str) -> Iterable[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def verb_entry(lemma: str) -> VerbEntry | None:
    """What WordNet knows of a verb."""
    return _tables()[1].get(lemma)


def lemma_of(word: str, form: str) -> str | None:
    """The verb of which a word is a form: "base", "third" person, "past" or "gerund"; or None."""
    _, verbs, irregular = _tables()
    if form == "base":
        return word if word in verbs else None
    if form == "past" and word in irregular:
        return irregular[word]
    return next((s for s in _stems(word, form) if s in verbs), None)


def _stems(word: str, form: str) -> Iterable[str]:
    for ending in {"third": ("ies", "es", "s"), "past": ("ied", "ed"), "gerund": ("ing",)}[form]:
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word[: -len(ending)]
        if ending in ("ies", "ied"):
            yield stem + "y"
        elif ending == "s":
            yield stem
        else:
            yield stem + "e" if form != "third" else stem
            yield stem
            if DOUBLED.search(stem):
                yield stem[:-1]


def split_label(label: str) -> list[str]:
    """The words of a label in small letters: "birthPlace", "birth_place" and "Birth place" alike.

    What stands in brackets is left out, and "associated band/artist" is taken at its first part.
    """
    label = re.sub(r"\([^)]*\)", " ", label).split("/")[0]
    return [w.lower() for w in _PARTS.findall(_HUMPS.sub(" ", label))]
