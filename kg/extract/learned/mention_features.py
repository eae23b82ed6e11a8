"""What speaks for a stretch of text being an argument, as names of binary features."""

from __future__ import annotations

from kg.extract.learned.candidates import Candidate
from kg.extract.learned.view import DocView

__all__ = ["around", "itself", "mention_features"]


def mention_features(view: DocView, mention: Candidate) -> list[str]:
    """Features of the mention and of the words around it."""
    return [*itself(view, mention), *around(view, mention)]


def itself(view: DocView, mention: Candidate) -> list[str]:
    """Features of the words of a mention: its head, shapes, tags, and how it was found."""
    start, end = mention.start, mention.end
    head = view.head_of(start, end)
    first, last = view.lower[start], view.lower[end - 1]
    found = [
        f"n={min(end - start, 6)}",
        f"hl={view.lemma[head]}",
        f"hp={view.pos[head]}",
        f"hd={view.dep[head]}",
        f"h3={view.lower[head][-3:]}",
        f"fs={view.shape[start]}",
        f"ls={view.shape[end - 1]}",
        f"f={first}",
        f"l={last}",
        f"fp={view.tag[start]}",
        f"lp={view.tag[end - 1]}",
        f"e={entity_of(view, start, end)}",
        "t=" + " ".join(view.pos[start : min(end, start + 5)]),
    ]
    found += [f"src={s}" for s in mention.sources]
    if end - start <= 3:
        found.append("w=" + " ".join(view.lower[start:end]))
    found += [f"in={w}" for w in view.lower[start + 1 : end - 1]]
    return found


def entity_of(view: DocView, start: int, end: int) -> str:
    """The recogniser's label of a stretch, with how the stretch lies to what it recognised."""
    label = view.entity[start] or view.entity[end - 1]
    if not label:
        return "-"
    begins = not view.inside[start] and bool(view.entity[start])
    ends = end == len(view) or not view.inside[end]
    same = all(view.entity[i] == label for i in range(start, end))
    return f"{label}{'[' if begins else ''}{']' if ends else ''}{'' if same else '~'}"


def around(view: DocView, mention: Candidate) -> list[str]:
    """Features of the neighbours and governors of a mention, and of its place in the text."""
    start, end = mention.start, mention.end
    before, after = view.lower[:start][-3:], view.lower[end : end + 3]
    b1 = before[-1] if before else "^"
    b2 = before[-2] if len(before) > 1 else "^"
    a1 = after[0] if after else "$"
    a2 = after[1] if len(after) > 1 else "$"
    head = view.head_of(start, end)
    found = [
        f"b1={b1}",
        f"b2={b2} {b1}",
        f"a1={a1}",
        f"a2={a1} {a2}",
        f"bp={view.tag[start - 1] if start else '^'}",
        f"ap={view.tag[end] if end < len(view) else '$'}",
        f"bs={view.shape[start - 1] if start else '^'}",
        f"as={view.shape[end] if end < len(view) else '$'}",
        f"sent={min(view.sent[start], 2)}",
        f"pos={'first' if start == 0 else 'early' if start < 4 else 'late'}",
        f"sf={start == view.sentences[view.sent[start]][0]}",
    ]
    if start and end < len(view):
        found.append(f"ba={b1}_{a1}")
    found += governors(view, head)
    return found


def governors(view: DocView, head: int) -> list[str]:
    """The word that governs a head, through a preposition and from behind an "and"."""
    while view.dep[head] in ("conj", "appos") and view.head[head] != head:
        head = view.head[head]
    up = view.head[head]
    found = [f"g={view.lemma[up]}", f"gd={view.dep[head]}/{view.lemma[up]}"]
    if view.pos[up] == "ADP" and view.head[up] != up:
        over = view.head[up]
        found += [
            f"gp={view.lemma[over]} {view.lower[up]}",
            f"gg={view.lemma[over]}",
        ]
    return found
