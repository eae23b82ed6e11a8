"""A model for a domain without any example: all it knows is the ontology."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from kg.extract.learned.judging import COMPETITION, Judge
from kg.extract.learned.model import TIED, LearnedModel, Linear, Names
from kg.extract.learned.schema import LearnedRelation

__all__ = ["zero_shot"]


def zero_shot(relations: tuple[LearnedRelation, ...]) -> LearnedModel:
    """The model that labels, synonyms, domains and ranges make, with general weights."""
    table = tomllib.loads((Path(__file__).parent / "zero.toml").read_text("utf-8"))
    mentions, pairs = table["mentions"], table["pairs"]
    of_pairs = np.zeros((len(pairs), 1 + len(relations)), dtype=np.float32)
    of_pairs[:, 1:] = np.array(list(pairs.values()), dtype=np.float32)[:, None]
    own = [float(name == "own log-odds") for name in COMPETITION]
    return LearnedModel(
        relations=relations,
        mentions=Linear(
            {name: n for n, name in enumerate(mentions)},
            np.array(list(mentions.values()), dtype=np.float32),
        ),
        pairs=Linear({name: n for n, name in enumerate(pairs)}, of_pairs),
        tied=np.array([table["tied"][name] for name in TIED], dtype=np.float32),
        names=Names({}, {}),
        threshold=table["threshold"],
        judge=Judge(tuple(own), {}),
        rule="one object",
    )
