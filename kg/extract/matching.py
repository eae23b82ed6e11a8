"""Frames against predications: which ones fire, with which entities, and why others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.claims import Claim, Rejections, attribution_of, stretch_of
from kg.extract.classify import noun_class
from kg.extract.clauses import misread_verb
from kg.extract.complements import STRETCHES, adjective_of, stretch
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.fillers import Filler, Fillers
from kg.extract.moment import published_day
from kg.extract.reference import Reference
from kg.extract.slots import Predication
from kg.extract.stance import Stance, read_stance
from kg.extract.values import Values, words_literal
from kg.model.statement import Literal, Modality
from kg.ontology.frames import Frame, FrameSlot

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Matcher", "Trial"]

PARTNERSHIP = "partnerOf"  # what a later "the deal" points back to
PAST = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class Trial:
    """A frame tried on a predication: its claims, and the reasons for those it turned down."""

    frame: Frame
    claims: tuple[Claim, ...]
    reasons: tuple[str, ...]


class Matcher:
    """The frames of a domain, ready to be tried on the predications of one article."""

    def __init__(self, reading: Reading, reference: Reference, year: int | None) -> None:
        self._reading = reading
        self._reference = reference
        self._year = year
        self.rejections = Rejections()
        self._values = Values(reading, published_day(reading) or year)
        self.used_amounts = self._values.used_amounts
        self._fillers = Fillers(reading, reference, self._values, year, self.rejections)
        self._verbs: dict[str, list[Frame]] = defaultdict(list)
        self._nouns: dict[str, list[Frame]] = defaultdict(list)
        self._adjectives: dict[str, list[Frame]] = defaultdict(list)
        self._typed: list[Frame] = []
        self._by_class: dict[str, list[Frame]] = {}
        for frame in reading.ontology.frames:
            for verb in frame.verbs:
                self._verbs[verb].append(frame)
            for noun in frame.nouns:
                self._nouns[noun].append(frame)
            for adjective in frame.adjectives:
                self._adjectives[adjective].append(frame)
            if frame.trigger_types:
                self._typed.append(frame)

    def known(self, iri: str) -> Draft | None:
        """The draft of a name of the domain, as in Fillers.known."""
        return self._fillers.known(iri)

    def trials(self, predication: Predication) -> Iterator[Trial]:
        """Each frame that the trigger calls up, with what it states or why it does not."""
        for frame in self._triggered(predication):
            before = Counter(self.rejections.counts)
            claims = tuple(self._fire(frame, predication))
            yield Trial(frame, claims, tuple(sorted(self.rejections.counts - before)))

    def claims(self, predication: Predication) -> Iterator[Claim]:
        """What the frames that fire on a predication state, in the order of the frames."""
        for frame in self._triggered(predication):
            yield from self._fire(frame, predication)

    def _triggered(self, predication: Predication) -> Iterator[Frame]:
        if predication.kind == "verb":
            yield from self._verbs.get(predication.lemma, ())
            said = adjective_of(predication.trigger)
            if said is not None:
                yield from self._adjectives.get(said.lemma_.lower(), ())
            return
        for frame in self._nouns.get(predication.lemma, ()):
            if not frame.modifiers or _has_modifier(predication.trigger, frame):
                yield frame
        kind = self._class(predication.trigger)
        if kind is not None:
            if kind not in self._by_class:
                is_any = self._reading.ontology.is_any
                self._by_class[kind] = [f for f in self._typed if is_any(kind, f.trigger_types)]
            yield from self._by_class[kind]

    def _class(self, token: Token) -> str | None:
        draft = self._reading.at(token)
        return draft.type if draft is not None else noun_class(self._reading, token)

    def _fire(self, frame: Frame, predication: Predication) -> Iterator[Claim]:
        if frame.agent_types and not self._agent_admitted(frame, predication):
            self.rejections.add(f"{frame.predicate}: agent not admitted")
            return
        if frame.requires is not None and not self._fillers.holds(frame.requires, predication):
            self.rejections.add(f"{frame.predicate}: what it requires is not said")
            return
        if any(predication.slots.get(name) for name in frame.lacks):
            self.rejections.add(f"{frame.predicate}: what it must lack is said")
            return
        subjects, objects = self._arguments(frame, predication)
        if frame.reciprocal and len(subjects) > 1 and not objects:
            subjects, objects = subjects[:1], subjects[1:]
        if not subjects or not objects:
            if subjects or objects:
                self.rejections.add(f"{frame.predicate}: no {'object' if subjects else 'subject'}")
            return
        for subject in subjects:
            for obj in objects:
                claim = self._claim(frame, predication, subject, obj)
                if claim is not None:
                    yield claim

    def _arguments(
        self, frame: Frame, predication: Predication
    ) -> tuple[list[Filler], list[Filler]]:
        """Fillers of subject and object; a subject is described only where there is an object."""
        if frame.subject.describe is None:
            subjects = list(self._fillers.fill(frame, frame.subject, predication))
            return subjects, list(self._fillers.fill(frame, frame.object, predication))
        objects = list(self._fillers.fill(frame, frame.object, predication))
        return list(
            self._fillers.fill(frame, frame.subject, predication)
        ) if objects else [], objects

    def _agent_admitted(self, frame: Frame, predication: Predication) -> bool:
        """False where the agent is known to be something else than the frame asks for."""
        for token in predication.slots.get("agent", [])[:1]:
            draft = self._reference.resolve(token, frame.agent_types)
            if draft is not None and not self._reading.is_a(draft, frame.agent_types):
                return False
        return True

    # -- one claim --------------------------------------------------------------------------------

    def _claim(
        self, frame: Frame, predication: Predication, subject: Filler, obj: Filler
    ) -> Claim | None:
        holder = subject.value
        if isinstance(holder, Literal) or holder is obj.value:
            self.rejections.add(f"{frame.predicate}: subject and object are one")
            return None
        if self._is_part_of_name(holder, obj.value):
            self.rejections.add(f"{frame.predicate}: the object is part of the subject's name")
            return None
        trigger = predication.trigger
        speaker, voice = attribution_of(
            trigger, self._reading, self._reference.speech, presupposed=frame.presupposed
        )
        words = self._words(frame, obj, trigger)
        place = self._stretch(trigger, subject.token, *words)  # before qualifiers add mentions
        qualifiers = self._qualifiers(frame, predication, obj)
        if frame.needs_qualifier and not qualifiers:
            self.rejections.add(f"{frame.predicate}: says nothing new")
            return None
        if frame.needs_qualifier:
            narrow = [w for v in qualifiers.values() for w in _words_of(v, trigger)]
            place = self._stretch(trigger, subject.token, *words, *narrow)
        if frame.predicate == PARTNERSHIP and isinstance(obj.value, Draft):
            self._fillers.partnership = (holder, obj.value)
        stance = self._stance(frame, trigger, obj.value)
        return Claim(
            subject=holder,
            predicate=frame.predicate,
            object=obj.value,
            place=place,
            extractor=f"{'proposed' if frame.proposed else 'frames'}/{frame.id}",
            confidence=frame.prior * subject.factor * obj.factor,
            modality=stance.modality,
            speaker=speaker,
            voice=voice,
            qualifiers=qualifiers,
            cues=(*stance.cues, *self._reference.speech.distancing(trigger, speaker)),
        )

    def _words(self, frame: Frame, obj: Filler, trigger: Token) -> list[Token | None]:
        """The tokens that show the object: its head, or first and last of words kept as such."""
        if obj.token is None or frame.object.value not in STRETCHES:
            dated = frame.object.value in ("date", "year")
            said = adjective_of(trigger) if frame.adjectives else None
            return [obj.token, said, *(_words_of(obj.value, trigger) if dated else ())]
        start, end = stretch(frame.object.value, obj.token)
        return [obj.token, obj.token.doc[start], obj.token.doc[end - 1]]

    def _is_part_of_name(self, subject: Draft, obj: Draft | Literal) -> bool:
        """True for "cloud hosting uses cloud", which says nothing that the name does not."""
        if isinstance(obj, Literal) or subject.named:
            return False
        words = subject.label.lower().split()
        return any(self._reading.text(p).lower() in words for p in obj.places)

    def _stretch(self, trigger: Token, *arguments: Token | None) -> Place:
        """From first to last of trigger and arguments, inside the sentence of the trigger.

        An argument of another sentence of the block is left out, one of another block anyway.
        """
        block = self._reading.block_of(trigger)
        tokens = [trigger]
        for token in arguments:
            if token is not None and self._reading.block_of(token) == block:
                tokens.append(token)
        return stretch_of(self._reading, block, [t for t in tokens if t.sent == trigger.sent])

    def _stance(self, frame: Frame, trigger: Token, obj: Draft | Literal) -> Stance:
        if frame.modality is not None:
            modality = Modality(frame.modality)
            stance = read_stance(trigger, self._reading.lexicon)
            weaker = modality is Modality.ASSERTED and stance.modality is Modality.HEDGED
            if not weaker and stance.modality is not Modality.NEGATED:
                stance = Stance(modality, (trigger,) if modality is not Modality.ASSERTED else ())
        elif frame.presupposed:
            stance = Stance(Modality.ASSERTED)
        else:
            stance = read_stance(trigger, self._reading.lexicon)
        asserted = stance.modality is Modality.ASSERTED
        if frame.scheduled and asserted and _is_simple_present(trigger):
            return Stance(Modality.PLANNED, (trigger,))
        if frame.future_event and asserted and self._is_ahead(obj, trigger):
            return Stance(Modality.PLANNED)
        return stance

    def _is_ahead(self, event: Draft | Literal, trigger: Token) -> bool:
        if self._year is None or isinstance(event, Literal) or event.known is None:
            return False
        years = event.known.properties.get("year", ())
        return bool(years) and int(years[0]) > self._year and trigger.tag_ not in PAST

    def _qualifiers(
        self, frame: Frame, predication: Predication, obj: Filler
    ) -> dict[str, Draft | Literal]:
        out: dict[str, Draft | Literal] = {}
        for name, slot in frame.qualifiers.items():
            found: Draft | Literal | None = self._values.qualifier(name, slot, predication)
            if found is None:
                fillers = self._fillers.fill(frame, slot, predication)
                found = next((_without(obj, filler, slot) for filler in fillers), None)
            if found is not None and not self._is_name_of(obj, found):
                out[name] = found
        if frame.object.value in ("amount", "count"):
            out.update(self._values.amount_qualifiers(frame, predication))
        return out

    def _is_name_of(self, obj: Filler, found: Draft | Literal) -> bool:
        """True for words that name the object: "its Rovers sponsorship" tells no level."""
        if not isinstance(found, Literal) or isinstance(obj.value, Literal):
            return False
        return found.text in {self._reading.text(place) for place in obj.value.places}


def _without(obj: Filler, filler: Filler, slot: FrameSlot) -> Draft | Literal:
    """The value; of words, those before the phrase with the object: "supplies steel for ships"."""
    if slot.value not in STRETCHES or filler.token is None or obj.token is None:
        return filler.value
    return words_literal(slot.value, filler.token, before=obj.token)


def _words_of(value: Draft | Literal, trigger: Token) -> list[Token]:
    """The tokens of the sentence that state a literal; none where they are not in a row there."""
    if not isinstance(value, Literal):
        return []
    sentence = trigger.sent
    start = sentence.text.find(value.text)
    if start < 0:
        return []
    span = sentence.char_span(start, start + len(value.text), alignment_mode="expand")
    return [span[0], span[-1]] if span is not None else []


def _is_simple_present(verb: Token) -> bool:
    """True for "opens" beside a date, which is a timetable; also where it was read as a noun."""
    return verb.tag_ in ("VBZ", "VBP") or misread_verb(verb) is not None


def _has_modifier(trigger: Token, frame: Frame) -> bool:
    return any(
        part.lower_ in frame.modifiers
        for t in trigger.lefts
        if t.dep_ in ("amod", "compound", "nmod")
        for part in t.subtree
    )
