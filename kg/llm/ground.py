"""A candidate of a model to a claim, or the reason why the text does not bear it out."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from kg.extract.amounts import XSD
from kg.extract.claims import Claim, attribution_of
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.reference import Reference
from kg.extract.stance import read_stance
from kg.llm.align import find_words
from kg.llm.answer import Candidate
from kg.llm.arguments import Argument, Arguments, RejectedError
from kg.llm.passages import Passage
from kg.llm.places import Stretches, trigger_of
from kg.llm.qualifiers import Qualifiers
from kg.llm.saying import Sayings
from kg.llm.terms import Terms
from kg.llm.values import Values
from kg.model.extractor import LLM
from kg.model.statement import Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Grounder", "RejectedError"]

# No share of right ones is known of a model that a user brings: as much as not. Less where no word
# of the evidence is one that the relation is said with, or subject and object stand apart.
CONFIDENCE, UNSAID = 0.5, 0.3
APART = 0.7  # what is kept of either
_STOPS = ".,;:!?…"
_LONGEST_EVIDENCE = 600  # characters; more says anything


class Grounder:
    """Grounds candidates of one article; `left_out` counts qualifiers that are not, by reason."""

    def __init__(self, reading: Reading, reference: Reference, terms: Terms, model: str) -> None:
        self._reading = reading
        self._reference = reference
        self._terms = terms
        self._extractor = f"{LLM}:{model}"
        self._stretches = Stretches(reading.annotated)
        self._arguments = Arguments(reading, reference, self._stretches)
        self._values = Values(reading, self._stretches)
        self._sayings = Sayings(reading.ontology)
        self._qualifiers = Qualifiers(terms, self._arguments, self._values)
        self.left_out: Counter[str] = Counter()

    def claim(self, candidate: Candidate, passage: Passage) -> Claim:
        """The claim, its stance and speaker read by the rules. Raises RejectedError.

        Nothing but characters of the passage, names of the ontology and the two together are taken
        from the candidate.
        """
        relation = self._terms.relations.get(candidate.relation)
        if relation is None:
            raise RejectedError("relation: none of the ontology")
        place, evidence = self._evidence(candidate.evidence, passage)
        subject = self._arguments.entity(
            candidate.subject, candidate.subject_type, relation.domain, evidence, "subject"
        )
        obj: Argument | Literal
        narrow: dict[str, Draft | Literal] = {}
        said = self._sayings.can_say(relation.name, self._span(place))
        if relation.is_datatype:
            value = self._values.value(candidate.object, relation.range, evidence, "object")
            obj, token = value.literal, value.words.root
            narrow.update(value.qualifiers)
            if not said and obj.datatype == XSD + "string":
                raise RejectedError("relation: no word of it in the evidence")  # nor any class
        else:
            obj = self._arguments.entity(
                candidate.object, candidate.object_type, relation.range, evidence, "object"
            )
            token = obj.token
            if obj.draft is subject.draft or obj.token == subject.token:
                raise RejectedError("subject and object are one")
        taken = (subject.token, token)
        narrow = self._qualifiers.of(candidate, evidence, taken, self.left_out) | narrow
        trigger = trigger_of(*taken)
        sure = CONFIDENCE if said else UNSAID
        return self._claim(relation.name, subject, obj, place, trigger, narrow, sure)

    def _span(self, place: Place) -> Span:
        return self._reading.annotated.blocks[place.block].doc[place.start : place.end]

    def _evidence(self, quote: str, passage: Passage) -> tuple[Place, tuple[int, int]]:
        """The tokens and characters of the evidence, of one block and not too many."""
        text = self._reading.annotated.article.text
        reason = "evidence: not in the passage"
        # models end a headline with a stop, and a sentence that they cut short
        ways = dict.fromkeys((quote, quote.strip().rstrip(_STOPS)))
        places = (find_words(way, text, passage.start, passage.end) for way in ways)
        for start, end in chain.from_iterable(places):
            if end - start > _LONGEST_EVIDENCE:
                raise RejectedError("evidence: too long")
            span = self._stretches.tokens(start, end)
            if span is not None:
                block = self._reading.block_of(span[0])
                return Place(block, span.start, span.end), (start, end)
            reason = "evidence: of several paragraphs"
        raise RejectedError(reason)

    def _claim(
        self,
        relation: str,
        subject: Argument,
        obj: Argument | Literal,
        place: Place,
        trigger: Token,
        qualifiers: dict[str, Draft | Literal],
        sure: float,
    ) -> Claim:
        self._arguments.record(subject)
        target: Draft | Literal
        if isinstance(obj, Argument):
            self._arguments.record(obj)
            target = obj.draft
            apart = subject.token.sent != obj.token.sent
        else:
            target, apart = obj, subject.token.sent != trigger.sent
        stance = read_stance(trigger, self._reading.lexicon)
        speech = self._reference.speech
        speaker, voice = attribution_of(trigger, self._reading, speech, presupposed=False)
        return Claim(
            subject=subject.draft,
            predicate=relation,
            object=target,
            place=place,
            extractor=self._extractor,
            confidence=round(APART * sure, 4) if apart else sure,
            modality=stance.modality,
            speaker=speaker,
            voice=voice,
            qualifiers=qualifiers,
            cues=(*stance.cues, *speech.distancing(trigger, speaker)),
        )
