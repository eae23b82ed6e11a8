"""What speaks for a pair of mentions being in a relation, as names of binary features."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from kg.extract.learned.candidates import Candidate, learned_type
from kg.extract.learned.mention_features import around, entity_of, itself
from kg.extract.learned.view import DocView

__all__ = ["PathBetween", "pair_features", "path_between"]

MAX_BETWEEN = 12
Scored = tuple[Candidate, float]  # a mention and its probability of being an argument

_KEPT = 128  # mentions: each is in many pairs of its text
_NOISY = ("w=", "in=", "f=", "l=")


class PathBetween:
    """The shortest way between two heads in the parse."""

    __slots__ = ("inner", "steps", "top")

    def __init__(self, inner: list[int], steps: str, top: int) -> None:
        self.inner = inner  # tokens between the ends, from the first to the second
        self.steps = steps  # dependency labels, < upwards and > downwards
        self.top = top


def path_between(view: DocView, a: int, b: int) -> PathBetween | None:
    """The path, or None where the heads are in different sentences."""
    up_a, up_b = view.ancestors(a), view.ancestors(b)
    over_b = {token: n for n, token in enumerate(up_b)}
    for n, token in enumerate(up_a):
        if token in over_b:
            m = over_b[token]
            steps = "".join(f"<{view.dep[t]}" for t in up_a[:n])
            steps += "".join(f">{view.dep[t]}" for t in reversed(up_b[:m]))
            inner = [*up_a[1 : n + 1], *reversed(up_b[1:m])]
            return PathBetween([t for t in inner if t not in (a, b)], steps, token)
    return None


def _bucket(number: int) -> str:
    return str(number) if number < 4 else "4-6" if number < 7 else "7-12" if number < 13 else "13+"


def _score(probability: float) -> str:
    return str(min(int(probability * 10), 9))


def pair_features(view: DocView, subject: Scored, obj: Scored) -> list[str]:
    """Features of an ordered pair; subject features begin with s:, object features with o:."""
    s, o = subject[0], obj[0]
    forward = s.start < o.start
    left, right = (s, o) if forward else (o, s)
    between = range(left.end, right.start)
    order = ">" if forward else "<"
    same = view.sent[s.start] == view.sent[o.start]
    heads = view.head_of(s.start, s.end), view.head_of(o.start, o.end)
    types = entity_of(view, s.start, s.end), entity_of(view, o.start, o.end)
    found = [
        "bias",
        f"ord{order}",
        f"dist{order}{_bucket(len(between))}",
        f"sd={view.sent[o.start] - view.sent[s.start]}",
        f"ps={_score(subject[1])}",
        f"po={_score(obj[1])}",
        f"ee={types[0]} {types[1]}",
        f"eo{order}={types[1]}",
    ]
    found += _of_object(view, o)
    found += _of_subject(view, s)
    learned = learned_type(s), learned_type(o)
    if any(learned):
        found.append(f"tt={learned[0] or '-'} {learned[1] or '-'}")
    if right.start < left.end:
        found.append(f"meet{order}")
    found += _between(view, between, order)
    if same:
        found += _path(view, heads, types)
    return found


@lru_cache(maxsize=_KEPT)
def _of_object(view: DocView, mention: Candidate) -> tuple[str, ...]:
    return tuple(f"o:{f}" for f in (*itself(view, mention), *around(view, mention)))


@lru_cache(maxsize=_KEPT)
def _of_subject(view: DocView, mention: Candidate) -> tuple[str, ...]:
    words = [f for f in itself(view, mention) if not f.startswith(_NOISY)]
    words += [f for f in around(view, mention) if not f.startswith(("a2", "b2", "ba"))]
    return tuple(f"s:{f}" for f in words)


def _between(view: DocView, between: range, order: str) -> list[str]:
    words = [view.lower[i] for i in between]
    if len(words) > MAX_BETWEEN:
        words = [*words[: MAX_BETWEEN // 2], "…", *words[-MAX_BETWEEN // 2 :]]
    found = [f"w{order}{w}" for w in dict.fromkeys(words)]
    found += [f"ww{order}{a} {b}" for a, b in pairwise(words)]
    if len(words) <= 4:
        found.append(f"all{order}{' '.join(words)}")
    found += [f"v{order}{view.lemma[i]}" for i in between if view.pos[i] in ("VERB", "NOUN", "ADP")]
    return found


def _path(view: DocView, heads: tuple[int, int], types: tuple[str, str]) -> list[str]:
    path = path_between(view, *heads)
    if path is None:
        return ["nopath"]
    lemmas = [view.lemma[t] for t in path.inner]
    top = view.lemma[path.top] if path.top not in heads else "-"
    kinds = f"{types[0].strip('[]~')} {types[1].strip('[]~')}"
    found = [
        f"top={top}",
        f"topk={top} {kinds}",
        f"steps={path.steps}" if len(path.inner) < 6 else "steps=long",
        f"plen={len(path.inner)}",
        "lem=" + " ".join(lemmas[:5]),
    ]
    found += [f"on={lemma}" for lemma in lemmas]
    found += [f"onk={lemma} {types[1].strip('[]~')}" for lemma in lemmas]
    return found
