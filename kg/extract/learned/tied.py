"""How well a pair of mentions fits what the ontology and the known names say of each relation."""

from __future__ import annotations

from math import log1p

import numpy as np

from kg.extract.learned.candidates import Candidate
from kg.extract.learned.folding import folded
from kg.extract.learned.model import TIED, Floats, Names
from kg.extract.learned.pair_features import path_between
from kg.extract.learned.schema import LearnedRelation, fit, sort_of
from kg.extract.learned.view import DocView

__all__ = ["tied_features"]

Own = dict[str, dict[str, int]]


def tied_features(
    view: DocView,
    subject: Candidate,
    obj: Candidate,
    relations: tuple[LearnedRelation, ...],
    names: Names,
    own: tuple[Own, Own] | None = None,
) -> Floats:
    """Relations × TIED; `own` are counts of this text itself, which must not vouch for it."""
    out = np.zeros((len(relations), len(TIED)), dtype=np.float32)
    stems = view.stems
    path = path_between(
        view, view.head_of(subject.start, subject.end), view.head_of(obj.start, obj.end)
    )
    same = view.sent[subject.start] == view.sent[obj.start]
    on_path = {stems[i] for i in path.inner} if path is not None and same else set()
    left, right = sorted((subject, obj))
    between = (
        {stems[i] for i in range(left.end, min(right.start, left.end + 15))} if same else set()
    )
    beside = {stems[i] for i in range(max(obj.start - 2, 0), min(obj.end + 2, len(view)))}
    everywhere = set(stems)
    sorts = sort_of(view, subject.start, subject.end), sort_of(view, obj.start, obj.end)
    s_name, o_name = (folded(view.span_text(m.start, m.end)) for m in (subject, obj))
    s_known = _less(names.subjects.get(s_name, {}), own[0].get(s_name, {}) if own else {})
    o_known = _less(names.objects.get(o_name, {}), own[1].get(o_name, {}) if own else {})
    total = sum(o_known.values())
    for row, relation in zip(out, relations, strict=True):
        size = len(relation.stems) or 1
        row[0] = len(relation.stems & on_path) / size
        row[1] = len(relation.stems & between) / size
        row[2] = len(relation.stems & beside) / size
        row[3] = len(relation.stems & everywhere) / size
        domain, range_ = fit(sorts[0], relation.domain), fit(sorts[1], relation.range)
        row[4], row[5] = range_ > 0, range_ < 0
        row[6], row[7] = domain > 0, domain < 0
        if times := o_known.get(relation.name, 0):
            row[8], row[9] = min(log1p(times), 3.0), times / total
        if times := s_known.get(relation.name, 0):
            row[10] = min(log1p(times), 3.0)
    return out


def _less(counts: dict[str, int], own: dict[str, int]) -> dict[str, int]:
    if not own:
        return counts
    return {r: n - own.get(r, 0) for r, n in counts.items() if n > own.get(r, 0)}
