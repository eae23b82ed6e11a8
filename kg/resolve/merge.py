"""Statements of one claim to one fact with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model.accounts import Tally
from kg.model.extractor import extractor_of
from kg.model.graph import Entity, Fact
from kg.model.statement import Evidence, Literal, Modality, Statement, Voice, short_hash
from kg.model.text import Span
from kg.ontology.domain import Ontology
from kg.resolve.copies import words_of
from kg.resolve.linker import Linker

__all__ = ["agreed", "merge_statements"]

# Qualifiers that, where they differ, make two facts of one claim; others are descriptions.
HARD = frozenset({"start", "end", "duration", "date", "place", "with"})

LONG_PASSAGE = 12  # words that two articles do not choose alike by chance

NAME_ALONE = "brands"  # what a name alone tells says nothing of when

# How much of the doubt that another extractor would take, it takes: they read the same parse, so
# that they err together more often than two articles do.
AGREEMENT = 0.5

Value = Entity | Literal


@dataclass(frozen=True)
class _Reading:
    """A statement over canonical entities."""

    subject: Entity
    object: Value
    statement: Statement
    speaker: Entity | None
    qualifiers: dict[str, Value]


def merge_statements(
    statements: Iterable[Statement],
    entity_of: Mapping[str, Entity],
    ontology: Ontology,
    copies: Iterable[tuple[str, str]] = (),
    tally: Tally | None = None,
) -> tuple[Fact, ...]:
    """Facts sorted by id; `copies` are pairs of the name of a copy and that of its original.

    Counts into `tally`, where it is given, the statements that made no fact of their own.

    Within one article a claim has one stance: what the article says in its own voice outranks whom
    it lets say so, and what happened outranks what was planned, except that a headline does not
    outrank the text. Across articles, stances and speakers stay apart.
    """
    tally = Tally() if tally is None else tally
    originals = dict(copies)
    symmetric = {r.name for r in ontology.relations.values() if r.symmetric}
    claims: dict[tuple[str, ...], list[_Reading]] = defaultdict(list)
    for statement in statements:
        reading = _canonical(statement, entity_of, symmetric)
        if not isinstance(reading.object, Literal) and reading.subject.id == reading.object.id:
            tally.one += 1
            continue
        claims[_key(reading)].append(reading)
    facts: list[Fact] = []
    for readings in claims.values():
        stances: dict[tuple[str, str], list[_Reading]] = defaultdict(list)
        by_article: dict[str, list[_Reading]] = defaultdict(list)
        for reading in readings:
            by_article[reading.statement.evidence.span.article].append(reading)
        for mine in by_article.values():
            for stance, group in _settle(mine):
                stances[stance].extend(group)
        for (modality, _), group in stances.items():
            for number, part in enumerate(_compatible(group)):
                tally.merged += len(part) - 1
                facts.append(_fact(part, Modality(modality), originals, number))
    return tuple(sorted(facts, key=lambda f: f.id))


def _canonical(
    statement: Statement, entity_of: Mapping[str, Entity], symmetric: set[str]
) -> _Reading:
    subject = entity_of[statement.subject]
    obj: Value = (
        entity_of[statement.object] if isinstance(statement.object, str) else statement.object
    )
    if statement.predicate in symmetric and isinstance(obj, Entity) and obj.id < subject.id:
        subject, obj = obj, subject
    return _Reading(
        subject,
        obj,
        statement,
        entity_of[statement.speaker] if statement.speaker is not None else None,
        {
            q.name: entity_of[q.value] if isinstance(q.value, str) else q.value
            for q in statement.qualifiers
        },
    )


def _identity(value: Value) -> str:
    if isinstance(value, Entity):
        return value.id
    return f"{value.value}\x1f{value.datatype}"


def _key(reading: _Reading) -> tuple[str, ...]:
    return reading.subject.id, reading.statement.predicate, _identity(reading.object)


def _settle(readings: list[_Reading]) -> list[tuple[tuple[str, str], list[_Reading]]]:
    """((stance, speaker id or ""), readings) of one article's readings of one claim."""
    denied = [r for r in readings if r.statement.modality is Modality.NEGATED]
    rest = [r for r in readings if r.statement.modality is not Modality.NEGATED]
    out: list[tuple[tuple[str, str], list[_Reading]]] = []
    for group in (denied, rest):
        if not group:
            continue
        if any(r.speaker is None for r in group):
            own = [r for r in group if r.speaker is None]
            out.append(((_stance(own), ""), group))
            continue
        by_speaker: dict[str, list[_Reading]] = defaultdict(list)
        for reading in group:
            by_speaker[reading.speaker.id if reading.speaker else ""].append(reading)
        out.extend(((_stance(part), speaker), part) for speaker, part in by_speaker.items())
    return out


def _stance(readings: list[_Reading]) -> str:
    said = [r for r in readings if r.statement.evidence.extractor != NAME_ALONE] or readings
    text = [r for r in said if r.statement.evidence.voice is not Voice.HEADLINE] or said
    found = {r.statement.modality for r in text}
    order = (Modality.NEGATED, Modality.ASSERTED, Modality.PLANNED, Modality.HEDGED)
    return next(str(m) for m in order if m in found)


def _compatible(readings: list[_Reading]) -> list[list[_Reading]]:
    """Groups whose hard qualifiers do not contradict each other, best qualified first."""
    ordered = sorted(
        readings,
        key=lambda r: (-len(r.qualifiers), -r.statement.confidence, r.statement.evidence.span),
    )
    groups: list[tuple[dict[str, str], list[_Reading]]] = []
    for reading in ordered:
        hard = {n: _identity(v) for n, v in reading.qualifiers.items() if n in HARD}
        for known, members in groups:
            if all(known.get(n, v) == v for n, v in hard.items()):
                known.update(hard)
                members.append(reading)
                break
        else:
            groups.append((hard, [reading]))
    return [members for _, members in groups]


def _fact(
    readings: list[_Reading], modality: Modality, originals: Mapping[str, str], number: int
) -> Fact:
    first = min(readings, key=lambda r: r.statement.evidence.span)
    speakers = {r.speaker.id if r.speaker else "" for r in readings}
    speaker = None if "" in speakers else first.speaker
    qualifiers: dict[str, Value] = {}
    ranked = sorted(readings, key=lambda r: (-r.statement.confidence, r.statement.evidence.span))
    for reading in ranked:
        for name, value in reading.qualifiers.items():
            qualifiers.setdefault(name, value)
    hard = sorted((n, _identity(v)) for n, v in qualifiers.items() if n in HARD) if number else []
    origins = _origins(readings, originals)
    doubt = 1.0
    for origin in sorted(origins):
        doubt *= 1.0 - origins[origin]
    return Fact(
        id=short_hash(*_key(first), modality, speaker.id if speaker else None, *hard),
        subject=first.subject,
        predicate=first.statement.predicate,
        object=first.object,
        modality=modality,
        attributed_to=speaker,
        confidence=round(min(1.0 - doubt, 0.99), 4),
        evidence=_evidence(readings),
        sources=len(origins),
        qualifiers=tuple(sorted(qualifiers.items())),
    )


def _evidence(readings: list[_Reading]) -> tuple[Evidence, ...]:
    """Each place once, sorted, with the cues of all that was read there."""
    places: dict[tuple[Span, str, Voice], Evidence] = {}
    for item in (r.statement.evidence for r in readings):
        key = (item.span, item.extractor, item.voice)
        cues = {*item.cues, *(places[key].cues if key in places else ())}
        places[key] = replace(item, cues=tuple(sorted(cues)))
    return tuple(places[key] for key in sorted(places))


def _origins(readings: Iterable[_Reading], originals: Mapping[str, str]) -> dict[str, float]:
    """Independent articles with the confidence of each; copies are one with their original.

    So are, for this fact, articles whose evidence is the same long passage: a statement or a press
    release that both took over. The confidence is the best of an extractor, raised where several
    extractors agree (`agreed`).
    """
    same = Linker()
    first: dict[str, str] = {}
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for reading in readings:
        evidence = reading.statement.evidence
        origin = originals.get(evidence.span.article, evidence.span.article)
        by, confidence = extractor_of(evidence.extractor), reading.statement.confidence
        best[origin][by] = max(best[origin].get(by, 0.0), confidence)
        words = words_of(evidence.quote)
        if len(words) >= LONG_PASSAGE:
            same.add(origin, first.setdefault(" ".join(words), origin))
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for origin, found in best.items():
        one = out[same.find(origin)]
        for by, confidence in found.items():
            one[by] = max(one.get(by, 0.0), confidence)
    return {origin: agreed(found.values()) for origin, found in out.items()}


def agreed(confidences: Iterable[float]) -> float:
    """The confidence in what several extractors read in one article: a tempered noisy-or.

    That of one alone is its own; each further one takes `AGREEMENT` of the doubt it would take if
    it erred independently.
    """
    best, *others = sorted(confidences, reverse=True)
    doubt = 1.0 - best
    for confidence in others:
        doubt *= 1.0 - AGREEMENT * confidence
    return 1.0 - doubt if others else best
