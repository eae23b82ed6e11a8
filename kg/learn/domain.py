"""Learning for a domain: from a folder and a file of examples to files in `learned/`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.learned.folding import label_words
from kg.extract.learned.model import LearnedModel
from kg.extract.learned.schema import LearnedRelation, relation_of
from kg.extract.learned.store import FOLDER, model_files
from kg.extract.learned.view import DocView
from kg.learn.crossval import CrossValidation, cross_validate
from kg.learn.examples import Example, ExamplesError, Triple, read_examples
from kg.learn.labels import own_claims
from kg.learn.texts import prepare
from kg.learn.train import Settings, train
from kg.ontology.domain import Ontology
from kg.ontology.terms import Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Learned", "Unlearned", "learn", "origin_of", "relations_of", "write_learned"]


@dataclass(frozen=True, slots=True)
class Unlearned:
    """A triple of the examples that nothing could be learned from, and why."""

    example: str
    triple: Triple
    reason: str


@dataclass(frozen=True, eq=False)
class Learned:
    """A model, how well its like did on held-out texts, and what could not be learned."""

    model: LearnedModel
    validation: CrossValidation | None
    unlearned: tuple[Unlearned, ...]
    without_example: tuple[str, ...]  # relations of the domain
    examples: int
    triples: dict[str, int]  # aligned ones, by relation
    sha256: str


def relations_of(ontology: Ontology, names: Iterable[str]) -> tuple[LearnedRelation, ...]:
    """What the domain says of some of its relations, by name."""
    found = []
    for name in sorted(set(names)):
        relation = ontology.relations[name]
        domain = _labels(ontology, relation.domain)
        range_ = _labels(ontology, relation.range)
        found.append(relation_of(name, (name, relation.label), domain, range_))
    return tuple(found)


def _labels(ontology: Ontology, classes: Sequence[str]) -> list[str]:
    """Local names of classes, those above them after each, and of datatypes."""
    found: list[str] = []
    for name in classes:
        found.append(name.rsplit("#", 1)[-1].rsplit("/", 1)[-1])
        if name in ontology.classes:
            found += ontology.classes[name].parents
    return found


def _named(relations: Iterable[Relation]) -> dict[tuple[str, ...], str]:
    """Relation by the words of its name and of its label."""
    found: dict[tuple[str, ...], str] = {}
    for relation in sorted(relations, key=lambda r: r.name):
        for words in (label_words(relation.label), label_words(relation.name)):
            found[words] = relation.name
    return found


def _known(
    examples: Sequence[Example], ontology: Ontology
) -> tuple[list[Example], list[Unlearned]]:
    """The examples with the domain's names of relations, and triples of no such relation."""
    names = _named(ontology.relations.values())
    kept, lost = [], []
    for example in examples:
        triples = []
        for t in example.triples:
            name = names.get(label_words(t.relation))
            if name is None:
                reason = f"{t.relation!r} is no relation of {ontology.name}"
                lost.append(Unlearned(example.id, t, reason))
            else:
                triples.append(Triple(t.subject, name, t.object, t.subject_span, t.object_span))
        scope = example.scope
        if scope is not None:
            scope = frozenset(n for s in scope if (n := names.get(label_words(s))) is not None)
        kept.append(Example(example.id, example.text, tuple(triples), scope, example.pairs))
    return kept, lost


def learn(
    ontology: Ontology,
    path: Path,
    parse: Iterable[Doc] | None = None,
    *,
    folds: int = 5,
    seed: int = 0,
    model: str | None = None,
    settings: Settings | None = None,
) -> Learned:
    """What the examples of a file teach about relations of a domain.

    `folds` below 2 leave out the cross-validation. `parse`: the parsed texts, if there already.
    Raises ExamplesError for a file without a triple that can be learned from.
    """
    from kg.read.annotate import load_annotator

    examples, lost = _known(read_examples(path), ontology)
    docs = parse or load_annotator(model).parse(e.text for e in examples)
    texts = [prepare(e, DocView(doc)) for e, doc in zip(examples, docs, strict=True)]
    lost += [
        Unlearned(text.example.id, a.triple, a.reason)
        for text in texts
        for a in text.aligned
        if a.reason
    ]
    counts = Counter(a.triple.relation for t in texts for a in t.aligned if not a.reason)
    if not counts:
        reasons = Counter(u.reason for u in lost).most_common(1)
        why = f" ({reasons[0][0]}, {reasons[0][1]} times)" if reasons else ""
        raise ExamplesError(
            f"{path}: none of its triples can be learned from{why}; give texts that name subject "
            "and object, and relations of the domain"
        )
    relations = relations_of(ontology, counts)
    learned = train(texts, relations, settings)
    enough = folds > 1 and len(texts) >= folds
    return Learned(
        model=learned,
        validation=cross_validate(texts, relations, folds=folds, seed=seed, settings=settings)
        if enough
        else None,
        unlearned=tuple(lost),
        without_example=tuple(sorted(own_claims(ontology) - counts.keys())),
        examples=len(texts),
        triples=dict(sorted(counts.items())),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def write_learned(learned: Learned, folder: Path) -> Path:
    """Writes `learned/` below the folder, in place of what was there; returns its path."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name, contents in model_files(learned.model, origin_of(learned)).items():
        (target / name).write_text(contents, "utf-8", newline="\n")
    return target


def origin_of(learned: Learned) -> dict[str, Any]:
    """What a model was learned from, what was not learned, and the figures of its validation."""
    origin: dict[str, Any] = {
        "sha256": learned.sha256,
        "examples": learned.examples,
        "triples": learned.triples,
        "not learned": dict(sorted(Counter(u.reason for u in learned.unlearned).items())),
    }
    if learned.validation is not None:
        origin["cross-validated"] = _figures(learned.validation)
    return origin


def _figures(validation: CrossValidation) -> dict[str, object]:
    rows = {"all": validation.total, **dict(sorted(validation.relations.items()))}
    return {
        "folds": validation.folds,
        **{
            name: {"P": round(c.precision, 3), "R": round(c.recall, 3), "F1": round(c.f1, 3)}
            for name, c in rows.items()
        },
    }
