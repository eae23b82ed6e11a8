"""What the extractor makes of a sentence, and why: the tool that a domain is tuned with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.extraction import SentenceReader, read_article
from kg.extract.matching import Trial
from kg.model.statement import Extraction, Literal
from kg.model.text import Article, Block, BlockKind
from kg.ontology.domain import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Span

    from kg.extract.drafts import Draft
    from kg.extract.slots import Predication
    from kg.read.annotate import Annotator

__all__ = ["explain"]

_NAME = "sentence"


def explain(text: str, annotator: Annotator, ontology: Ontology) -> str:
    """A report on a sentence or a few.

    It gives names with the votes for their classes, predications with their slots, each frame that
    a trigger called up with what it stated or why it did not, and the facts that remain.
    """
    article = Article(_NAME, text, (Block(0, len(text), BlockKind.BODY),))
    reader, extraction = read_article(annotator.annotate(article), ontology)
    lines = ["names"]
    lines += [f"  {_draft(d)}" for d in reader.reading.drafts if d.named and d.places] or ["  none"]
    second = SentenceReader(reader.reading)  # the frames again, on the names as they are now
    for block in reader.reading.annotated.blocks:
        for sentence in block.doc.sents:
            lines += _sentence(sentence, second)
    lines += ["", "facts", *(_facts(extraction) or ["  none"])]
    return "\n".join(lines) + "\n"


def _draft(draft: Draft) -> str:
    if draft.known is not None:
        return f"{draft.label}: {draft.type}, a name of the domain ({draft.known.iri})"
    votes = sorted(draft.weights.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{name} {weight:g}" for name, weight in votes) or "no votes"
    return (
        f"{draft.label}: {draft.type or 'no class'}{'' if draft.is_firm else ' (a guess)'}; {shown}"
    )


def _sentence(sentence: Span, reader: SentenceReader) -> Iterator[str]:
    yield ""
    yield f"“{sentence.text.strip()}”"
    for predication in reader.predications(sentence):
        trials = list(reader.matcher.trials(predication))
        if predication.kind == "noun" and not trials:
            continue
        yield f"  {predication.kind} {predication.lemma}{_slots(predication)}"
        for trial in trials:
            kind = "proposed frame" if trial.frame.proposed else "frame"
            yield f"    {kind} {trial.frame.id}: {_outcome(trial)}"
        if not trials:
            yield "    no frame has this trigger"


def _slots(predication: Predication) -> str:
    shown = [
        f"{name}: {', '.join(t.text for t in tokens)}"
        for name, tokens in predication.slots.items()
        if tokens and name != "self"
    ]
    return f" ({'; '.join(shown)})" if shown else ""


def _outcome(trial: Trial) -> str:
    if trial.claims:
        return "; ".join(
            f"{c.subject.label} {c.predicate} "
            f"{c.object.value if isinstance(c.object, Literal) else c.object.label} [{c.modality}]"
            for c in trial.claims
        )
    return "did not fire: " + ("; ".join(trial.reasons) or "neither subject nor object is there")


def _facts(extraction: Extraction) -> list[str]:
    labels = {e.id: f"{e.label} ({e.type})" for e in extraction.entities}
    lines = []
    for statement in extraction.statements:
        obj = statement.object
        value = labels[obj] if isinstance(obj, str) else obj.value
        said = f", said by {labels[statement.speaker]}" if statement.speaker else ""
        lines.append(
            f"  {labels[statement.subject]} {statement.predicate} {value}: {statement.modality}"
            f"{said}, {statement.confidence:.2f}, {statement.evidence.extractor}"
        )
        for qualifier in statement.qualifiers:
            held = qualifier.value
            shown = labels[held] if isinstance(held, str) else held.value
            lines.append(f"    {qualifier.name}: {shown}")
    return lines
