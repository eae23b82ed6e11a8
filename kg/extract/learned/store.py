"""A learned model as files of a domain folder: sorted, rounded, readable, the same bytes each time.

`learned/` holds `model.json` (relations, settings, what it was learned from), `mentions.jsonl` and
`pairs.jsonl` (a feature and its weights a line, the heaviest first) and `names.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import OntologyError
from kg.extract.learned.judging import COMPETITION, Judge
from kg.extract.learned.model import TIED, Floats, LabelModel, LearnedModel, Linear, Names
from kg.extract.learned.schema import LearnedRelation

__all__ = ["FOLDER", "label_files", "load_model", "model_files"]

FOLDER = "learned"
FORMAT = 1
PLACES = 3  # decimals of a weight
SMALLEST = 0.02  # a lighter weight is left out
_ARGUMENTS = ("subject", "object")
_NONE = "-"  # the class of pairs that are in no relation


def model_files(model: LearnedModel, origin: Mapping[str, Any]) -> dict[str, str]:
    """Contents by file name; `origin` tells what the model was learned from."""
    classes = (_NONE, *(r.name for r in model.relations))
    head = {
        "format": FORMAT,
        "learned from": dict(origin),
        "threshold": round(model.threshold, 4),
        "rule": model.rule,
        "types": list(model.types),
        "judge": dict(zip(COMPETITION, model.judge.weights, strict=True)),
        "judge of relations": dict(sorted(model.judge.relations.items())),
        "shared weights": {
            name: round(float(w), PLACES) for name, w in zip(TIED, model.tied, strict=True)
        },
        "relations": [
            {
                "name": r.name,
                "stems": sorted(r.stems),
                "domain": sorted(r.domain),
                "range": sorted(r.range),
            }
            for r in model.relations
        ],
    }
    return {
        "model.json": json.dumps(head, ensure_ascii=False, indent=1) + "\n",
        "mentions.jsonl": _lines(_weights(model.mentions, (*_ARGUMENTS, *_columns(model.types)))),
        "pairs.jsonl": _lines(_weights(model.pairs, classes)),
        "names.jsonl": _lines(_names(model.names)),
    }


def _columns(types: Iterable[str]) -> Iterator[str]:
    return (f"is {type_}" for type_ in types)


def label_files(model: LabelModel) -> dict[str, str]:
    """Contents by file name of a model without examples."""
    head = {"format": FORMAT, "labels of": list(model.relations)}
    return {"model.json": json.dumps(head, ensure_ascii=False, indent=1) + "\n"}


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _weights(linear: Linear, classes: Sequence[str]) -> Iterator[dict[str, Any]]:
    rounded = np.round(linear.weights.astype(np.float64), PLACES)
    rounded[np.abs(rounded) < SMALLEST] = 0
    heaviest = np.abs(rounded).max(axis=1) if len(rounded) else rounded
    names = sorted(linear.index, key=lambda f: (-heaviest[linear.index[f]], f))
    for name in names:
        row = rounded[linear.index[name]]
        kept = {c: float(w) for c, w in zip(classes, row, strict=True) if w}
        if kept:
            yield {"feature": name, "weights": kept}


def _names(names: Names) -> Iterator[dict[str, Any]]:
    for name in sorted({*names.objects, *names.subjects}):
        row: dict[str, Any] = {"name": name}
        for key, table in (("subject", names.subjects), ("object", names.objects)):
            if name in table:
                row[key] = dict(sorted(table[name].items()))
        yield row


def load_model(folder: Path) -> LearnedModel | LabelModel:
    """The model of a `learned` folder.

    Raises OntologyError naming the file for what is missing, broken or of another format.
    """
    head = _read(folder / "model.json", _object)
    if head.get("format") != FORMAT:
        raise OntologyError(
            f"{folder / 'model.json'}: format {head.get('format')!r}, this version reads "
            f"{FORMAT}; learn it again with kg learn"
        )
    try:
        if "labels of" in head:
            return LabelModel(tuple(map(str, head["labels of"])))
        return _model(folder, head)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OntologyError(
            f"{folder}: not a learned model ({type(error).__name__}: {error}); "
            "learn it again with kg learn"
        ) from error


def _model(folder: Path, head: Mapping[str, Any]) -> LearnedModel:
    relations = tuple(
        LearnedRelation(
            r["name"], frozenset(r["stems"]), frozenset(r["domain"]), frozenset(r["range"])
        )
        for r in head["relations"]
    )
    classes = (_NONE, *(r.name for r in relations))
    tied = np.array([head["shared weights"][name] for name in TIED], dtype=np.float32)
    types = tuple(map(str, head.get("types", ())))
    rows = _read(folder / "names.jsonl", _rows)
    names = Names(
        {row["name"]: row["object"] for row in rows if "object" in row},
        {row["name"]: row["subject"] for row in rows if "subject" in row},
    )
    judge = Judge(
        tuple(float(head["judge"][name]) for name in COMPETITION), head["judge of relations"]
    )
    return LearnedModel(
        relations=relations,
        mentions=_linear(folder / "mentions.jsonl", (*_ARGUMENTS, *_columns(types))),
        pairs=_linear(folder / "pairs.jsonl", classes),
        tied=tied,
        names=names,
        threshold=float(head["threshold"]),
        judge=judge,
        rule=head["rule"],
        types=types,
    )


def _linear(path: Path, classes: Sequence[str]) -> Linear:
    rows = _read(path, _rows)
    column = {name: n for n, name in enumerate(classes)}
    weights: Floats = np.zeros((len(rows), len(classes)), dtype=np.float32)
    for n, row in enumerate(rows):
        for name, weight in row["weights"].items():
            weights[n, column[name]] = weight
    return Linear({row["feature"]: n for n, row in enumerate(rows)}, weights)


def _read(path: Path, parse: Any) -> Any:
    try:
        return parse(path.read_text("utf-8"))
    except FileNotFoundError:
        raise OntologyError(f"{path}: file is missing; learn it again with kg learn") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise OntologyError(f"{path}: not valid JSON: {error}; learn it again") from error


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line]
