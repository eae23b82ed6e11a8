"""What learned models state of an article, as claims like those of the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.claims import Claim, Rejections, attribution_of
from kg.extract.clauses import VERBAL
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.learned.candidates import Candidate
from kg.extract.learned.decode import known_names, read_text
from kg.extract.learned.folding import folded
from kg.extract.learned.literals import literal_of
from kg.extract.learned.model import LabelModel, LearnedModel
from kg.extract.learned.pair_features import path_between
from kg.extract.learned.proposal import Proposal
from kg.extract.learned.store import FOLDER, load_model
from kg.extract.learned.unseen import read_unseen
from kg.extract.learned.view import DocView
from kg.extract.learned.wording import wordings_of
from kg.extract.reference import Reference
from kg.extract.stance import read_stance
from kg.model.statement import Literal, MentionKind
from kg.model.text import BlockKind
from kg.ontology.domain import Ontology
from kg.ontology.terms import Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["learned_models", "names_something", "propose_learned"]

LEAST_SURE, MOST_SURE = 0.02, 0.98  # confidence: nothing is certain
NUMBERS = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
GUESS = 3.0  # vote for the class that a learned relation admits; a guess, as of a frame


@lru_cache(maxsize=8)
def learned_models(ontology: Ontology) -> tuple[LearnedModel | LabelModel, ...]:
    """The models in the folders of a domain and of what it imports; loaded once an ontology."""
    folders = (folder / FOLDER for folder in ontology.folders)
    return tuple(load_model(folder) for folder in folders if folder.is_dir())


def _reader(
    model: LearnedModel | LabelModel, ontology: Ontology
) -> tuple[Callable[[DocView], list[Proposal]], float]:
    """What reads a text by a model, and the probability from which on proposals are kept."""
    if isinstance(model, LabelModel):
        wordings = wordings_of(ontology, model.relations)
        return lambda view: read_unseen(view, wordings), 0.0
    names = known_names(model.names)
    return lambda view: read_text(view, model, names), model.threshold


def propose_learned(
    reading: Reading, reference: Reference, rejections: Rejections
) -> Iterator[Claim]:
    """Claims of what was learned for the domain; none where nothing was."""
    return _LearnedReader(reading, reference, rejections).claims()


class _LearnedReader:
    """Applies learned models to the blocks of one article."""

    def __init__(self, reading: Reading, reference: Reference, rejections: Rejections) -> None:
        self._reading = reading
        self._reference = reference
        self._rejections = rejections
        self._made: dict[str, Draft] = {}
        self._sure: dict[int, float] = {}  # probability by which a draft has its class

    def claims(self) -> Iterator[Claim]:
        """Claims of every model, block by block; headlines are no sentences and are left out."""
        for model in learned_models(self._reading.ontology):
            read, threshold = _reader(model, self._reading.ontology)
            for number, block in enumerate(self._reading.annotated.blocks):
                if block.block.kind is BlockKind.HEADLINE or len(block.doc) == 0:
                    continue
                view = DocView(block.doc)
                for proposal in read(view):
                    claim = self._claim(number, view, proposal, threshold)
                    if claim is not None:
                        yield claim

    def _claim(
        self, block: int, view: DocView, proposal: Proposal, threshold: float
    ) -> Claim | None:
        relation = self._reading.ontology.relations.get(proposal.relation)
        if relation is None:
            self._rejections.add(f"{proposal.relation}: not a relation of the domain")
            return None
        if proposal.probability < threshold:
            self._rejections.add(f"{relation.name}: learned, below the threshold")
            return None
        doc = self._reading.annotated.blocks[block].doc
        sure = proposal.probability
        subject = self._draft(block, view, doc, proposal.subject, relation.domain, sure)
        obj = self._object(block, view, doc, proposal, relation)
        if subject is None or obj is None:
            missing = "subject" if subject is None else "object"
            self._rejections.add(f"{relation.name}: learned, {missing} refers to nothing known")
            return None
        return self._stated(block, view, doc, proposal, subject, obj)

    def _stated(
        self,
        block: int,
        view: DocView,
        doc: Doc,
        proposal: Proposal,
        subject: Draft,
        obj: Draft | Literal,
    ) -> Claim:
        trigger = _trigger(view, doc, proposal)
        stance = read_stance(trigger, self._reading.lexicon)
        speech = self._reference.speech
        speaker, voice = attribution_of(trigger, self._reading, speech, presupposed=False)
        start = min(proposal.subject.start, proposal.object.start)
        end = max(proposal.subject.end, proposal.object.end)
        return Claim(
            subject=subject,
            predicate=proposal.relation,
            object=obj,
            place=Place(block, start, end),
            extractor=f"learned/{proposal.relation}",
            confidence=min(max(proposal.probability, LEAST_SURE), MOST_SURE),
            modality=stance.modality,
            speaker=speaker,
            voice=voice,
            cues=(*stance.cues, *speech.distancing(trigger, speaker)),
        )

    def _object(
        self, block: int, view: DocView, doc: Doc, proposal: Proposal, relation: Relation
    ) -> Draft | Literal | None:
        mention = proposal.object
        if relation.is_datatype:
            return literal_of(view.span_text(mention.start, mention.end), relation.range)
        return self._draft(block, view, doc, mention, relation.range, proposal.probability)

    def _draft(
        self,
        block: int,
        view: DocView,
        doc: Doc,
        mention: Candidate,
        classes: tuple[str, ...],
        sure: float,
    ) -> Draft | None:
        """The entity of a mention: the one found there, the one referred to, or a new one."""
        head = doc[view.head_of(mention.start, mention.end)]
        draft = self._reading.at(head)
        if draft is None and "pronoun" in mention.sources:
            return self._reference.resolve(head, classes)
        if draft is None and not names_something(view, mention):
            return None
        if draft is None:
            key = folded(view.span_text(mention.start, mention.end))
            draft = self._made.get(key) or self._same_name(key)
            if draft is None:
                draft = self._made[key] = Draft(
                    label=view.span_text(mention.start, mention.end),
                    named=any(w[:1].isupper() for w in view.words[mention.start : mention.end]),
                )
            kind = MentionKind.NAME if draft.named else MentionKind.DESCRIPTION
            self._reading.add(draft, Place(block, mention.start, mention.end, kind))
        known = self._reading.ontology.classes
        wanted = next((c for c in classes if c in known), None)
        likelier = sure > self._sure.get(id(draft), 0.0)  # "A runs B" before "B runs A"
        if likelier and wanted is not None and not draft.is_firm:
            self._sure[id(draft)] = sure
            self._vote(draft, wanted, classes)
        return draft

    def _vote(self, draft: Draft, wanted: str, classes: tuple[str, ...]) -> None:
        if not self._reading.is_a(draft, classes):
            weight = max(draft.weights.values(), default=0.0)
            draft.votes[wanted] += max(GUESS, weight + 0.5)

    def _same_name(self, key: str) -> Draft | None:
        return next((d for d in self._reading.drafts if folded(d.label) == key), None)


def names_something(view: DocView, mention: Candidate) -> bool:
    """False for "the", "May 2020" or "12 dollars": a new entity needs a noun that is no amount."""
    return any(
        view.pos[i] in ("NOUN", "PROPN") and view.entity[i] not in NUMBERS
        for i in range(mention.start, mention.end)
    )


def _trigger(view: DocView, doc: Doc, proposal: Proposal) -> Token:
    """The word that stance and speaker are read at.

    It is the verb between the arguments that the object hangs on most closely, or the top of the
    path where it holds no verb.
    """
    ends = [view.head_of(m.start, m.end) for m in (proposal.subject, proposal.object)]
    path = path_between(view, ends[0], ends[1])
    if path is None:
        return doc[ends[1]]
    verbs = [i for i in path.inner if view.pos[i] in VERBAL]
    return doc[verbs[-1] if verbs else path.top]
