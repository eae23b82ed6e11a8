"""Gold facts: what a reader finds in an article, to measure against.

A folder holds `entities.json` (entities with their aliases) and one `<article>.json` an article;
`questions.json` and files without "facts" are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from kg.errors import InputError
from kg.evaluate.matching import fold, is_near, same_value, words

__all__ = ["Gold", "GoldArticle", "GoldFact", "read_gold"]

_OTHER_FILES = frozenset(("entities.json", "questions.json"))
_SYNONYMS = {"Publication": "MediaOutlet"}  # the two names that the fact contract has for it
_MODALITIES = ("asserted", "planned", "hedged", "negated")


@dataclass(frozen=True, slots=True)
class GoldFact:
    """One fact as annotated; subject, speaker and object entity are ids of entities.json.

    `core` facts count for recall; finding one that is not core costs nothing and is no error.
    """

    subject: str
    predicate: str
    object: Mapping[str, Any]  # {"entity": id} or {"value": text or number}
    modality: str
    attributed_to: str | None
    evidence: tuple[str, ...]
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    core: bool = True


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The gold facts of one article, and phrases that only its page's chrome holds."""

    name: str  # file name without its ending
    facts: tuple[GoldFact, ...]
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """All articles of a gold folder, and what its entities are called."""

    articles: tuple[GoldArticle, ...]
    names: Mapping[str, tuple[str, ...]]  # entity id to label and aliases
    wikidata: Mapping[str, str]  # entity id to QID, where one is known
    types: Mapping[str, str] = field(default_factory=dict)  # entity id to class, where one is given

    @property
    def predicates(self) -> frozenset[str]:
        """The predicates that the gold facts use; others are outside its vocabulary."""
        return frozenset(fact.predicate for article in self.articles for fact in article.facts)

    def is_entity(self, predicted: Mapping[str, Any], entity: str) -> bool:
        """True when a predicted entity record denotes this gold entity.

        By its QID in `same_as`, by a label near a name, or by a mention equal to a name of more
        than one word: "the group" alone, as a mention, proves nothing.
        """
        qid = self.wikidata.get(entity)
        if qid and qid in str(predicted.get("same_as", "")):
            return True
        label = predicted.get("label", "")
        names = self.names[entity]
        if any(is_near(label, name) for name in names):
            return True
        forms = {fold(form) for form in (label, *predicted.get("mentions", []))}
        return any(fold(name) in forms for name in names if len(words(name)) > 1)

    def is_object(self, predicted: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
        """True when a predicted object, entity or literal, is the gold object."""
        if "entity" not in gold:
            return same_value(gold["value"], predicted.get("value", predicted.get("label", "")))
        if "label" in predicted and self.is_entity(predicted, gold["entity"]):
            return True
        names = self.names[gold["entity"]]
        return "value" in predicted and any(is_near(predicted["value"], name) for name in names)


def read_gold(folder: Path) -> Gold:
    """The gold facts of a folder, articles in the order of their files.

    Raises InputError naming the file, the fact and the problem.
    """
    folder = Path(folder)
    names, wikidata, types = _read_entities(folder / "entities.json")
    articles: dict[str, GoldArticle] = {}
    for path in sorted(folder.glob("*.json")):
        if path.name in _OTHER_FILES:
            continue
        data = _read_json(path)
        if "facts" in data:
            article = _read_article(path, data, names)
            articles[article.name] = article
    if not articles:
        raise InputError(f"{folder}: no gold article; each is a JSON file with a list of 'facts'")
    return Gold(tuple(articles.values()), names, wikidata, types)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); a gold folder holds "
            "entities.json and one <article>.json an article"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid JSON in UTF-8: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: holds no JSON object")
    return data


def _read_entities(
    path: Path,
) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, str]]:
    names: dict[str, tuple[str, ...]] = {}
    wikidata: dict[str, str] = {}
    types: dict[str, str] = {}
    for number, entity in enumerate(_list(_read_json(path), "entities", str(path)), start=1):
        place = f"{path}: entity {number}"
        key = _text(entity, "id", place)
        aliases = _list(entity, "aliases", place)
        names[key] = (_text(entity, "label", place), *(str(alias) for alias in aliases))
        if entity.get("wikidata"):
            wikidata[key] = str(entity["wikidata"])
        if entity.get("type"):
            name = str(entity["type"])
            types[key] = _SYNONYMS.get(name, name)
    return names, wikidata, types


def _read_article(path: Path, data: Mapping[str, Any], names: Mapping[str, Any]) -> GoldArticle:
    numbered = enumerate(_list(data, "facts", str(path)), start=1)
    return GoldArticle(
        name=PurePath(_text(data, "article", str(path))).stem,
        facts=tuple(_read_fact(fact, names, f"{path}: fact {number}") for number, fact in numbered),
        boilerplate=tuple(str(mark) for mark in data.get("boilerplate", ())),
    )


def _read_fact(fact: Any, names: Mapping[str, Any], place: str) -> GoldFact:
    subject = _text(fact, "subject", place)
    target = fact.get("object")
    if not isinstance(target, dict) or not ({"entity", "value"} & target.keys()):
        raise InputError(f"{place}: 'object' needs an 'entity' or a 'value'")
    speaker = fact.get("attributed_to")
    for entity in (subject, speaker, target.get("entity")):
        if entity is not None and entity not in names:
            raise InputError(f"{place}: {entity!r} is not an id of entities.json")
    modality = _text(fact, "modality", place)
    if modality not in _MODALITIES:
        raise InputError(f"{place}: {modality!r} is none of {', '.join(_MODALITIES)}")
    return GoldFact(
        subject=subject,
        predicate=_text(fact, "predicate", place),
        object=target,
        modality=modality,
        attributed_to=speaker,
        evidence=tuple(str(quote) for quote in _list(fact, "evidence", place)),
        qualifiers=fact.get("qualifiers", {}),
        core=bool(fact.get("core", True)),
    )


def _text(record: Any, name: str, place: str) -> str:
    value = record.get(name) if isinstance(record, dict) else None
    if not isinstance(value, str):
        raise InputError(f"{place}: no text under {name!r}")
    return value


def _list(record: Any, name: str, place: str) -> list[Any]:
    value = record.get(name) if isinstance(record, dict) else None
    if not isinstance(value, list):
        raise InputError(f"{place}: no list under {name!r}")
    return value
