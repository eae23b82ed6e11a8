"""Frames against predications: which ones fire, with which entities, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.extract.amounts import XSD, find_amount
from kg.extract.arguments import Predication, coordinated
from kg.extract.claims import Claim, Rejections, token_span
from kg.extract.classify import noun_class
from kg.extract.drafts import Draft, Reading
from kg.extract.periods import date_in, duration_of, level_of, period_of
from kg.extract.reference import Reference
from kg.extract.stance import stance_of
from kg.model.statement import Literal, Modality, Voice
from kg.model.text import BlockKind
from kg.ontology.frames import Frame, FrameSlot

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Matcher"]

Filler = tuple["Token | None", Draft | Literal, float]

PRONOUN_FACTOR, GUESS_FACTOR, FALLBACK_FACTOR = 0.85, 0.8, 0.75
DEFAULT_CLASS = {
    "Organization": "Company",
    "Offering": "Initiative",
    "Agent": "Company",
    "Place": "City",
}
TENSED = frozenset({"VBD", "VBN"})


class Matcher:
    """The frames of a domain, ready to be tried on the predications of one article."""

    def __init__(self, reading: Reading, reference: Reference, year: int | None) -> None:
        self._reading = reading
        self._reference = reference
        self._year = year
        self.rejections = Rejections()
        self.partnership: tuple[Draft, Draft] | None = None  # the one that "the deal" means
        self.used_amounts: set[tuple[int, int]] = set()
        self._verbs: dict[str, list[Frame]] = {}
        self._nouns: dict[str, list[Frame]] = {}
        self._typed: list[Frame] = []
        for frame in reading.ontology.frames:
            for verb in sorted(frame.verbs):
                self._verbs.setdefault(verb, []).append(frame)
            for noun in sorted(frame.nouns):
                self._nouns.setdefault(noun, []).append(frame)
            if frame.trigger_types:
                self._typed.append(frame)

    def claims(self, predication: Predication) -> Iterator[Claim]:
        """What the frames that fire on a predication state, in the order of the frames."""
        for frame in self._triggered(predication):
            yield from self._fire(frame, predication)

    def _triggered(self, predication: Predication) -> Iterator[Frame]:
        if predication.kind == "verb":
            yield from self._verbs.get(predication.lemma, ())
            return
        for frame in self._nouns.get(predication.lemma, ()):
            if not frame.modifiers or self._has_modifier(predication.trigger, frame):
                yield frame
        kind = self._class(predication.trigger)
        if kind is not None:
            for frame in self._typed:
                if self._reading.ontology.is_any(kind, frame.trigger_types):
                    yield frame

    def _has_modifier(self, trigger: Token, frame: Frame) -> bool:
        return any(
            t.lower_ in frame.modifiers
            for t in trigger.lefts
            if t.dep_ in ("amod", "compound", "nmod")
        )

    def _class(self, token: Token) -> str | None:
        draft = self._reading.at(token)
        if draft is not None:
            return draft.type
        return noun_class(self._reading, token)

    # -- one frame ------------------------------------------------------------------------------

    def _fire(self, frame: Frame, predication: Predication) -> Iterator[Claim]:
        if frame.agent_types and not self._agent_admitted(frame, predication):
            self.rejections.add(f"{frame.predicate}: agent not admitted")
            return
        subjects = list(self._fill(frame, frame.subject, predication))
        objects = list(self._fill(frame, frame.object, predication))
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

    def _agent_admitted(self, frame: Frame, predication: Predication) -> bool:
        """False where the agent is known to be something else than the frame asks for."""
        for token in predication.slots.get("agent", [])[:1]:
            draft = self._reference.resolve(token, frame.agent_types)
            if draft is not None and not self._reading.is_a(draft, frame.agent_types):
                return False
        return True

    def _claim(
        self, frame: Frame, predication: Predication, subject: Filler, obj: Filler
    ) -> Claim | None:
        if isinstance(subject[1], Literal) or subject[1] is obj[1]:
            self.rejections.add(f"{frame.predicate}: subject and object are one")
            return None
        if self._is_part_of_name(subject[1], obj[1]):
            self.rejections.add(f"{frame.predicate}: the object is part of the subject's name")
            return None
        trigger = predication.trigger
        block = self._reading.block_of(trigger)
        tokens = [trigger, *(t for t in (subject[0], obj[0]) if t is not None)]
        if any(t.sent != trigger.sent for t in tokens if self._reading.block_of(t) == block):
            tokens = [t for t in tokens if t.sent == trigger.sent]
        first, last = token_span(self._reading, block, tokens)
        speaker, voice = self._voice(trigger, frame)
        modality = (
            Modality.ASSERTED if frame.presupposed else stance_of(trigger, self._reading.lexicon)
        )
        if frame.modality is not None:
            modality = Modality(frame.modality)
        if frame.future_event and modality is Modality.ASSERTED and self._is_ahead(obj[1], trigger):
            modality = Modality.PLANNED
        claim = Claim(
            subject[1], frame.predicate, obj[1], block, first, last, f"frames/{frame.id}",
            frame.prior * subject[2] * obj[2], modality, speaker, voice,
        )  # fmt: skip
        claim.qualifiers.update(self._qualifiers(frame, predication))
        if frame.needs_qualifier and not claim.qualifiers:
            self.rejections.add(f"{frame.predicate}: says nothing new")
            return None
        if frame.predicate in ("partnerOf",) and isinstance(obj[1], Draft):
            self.partnership = (subject[1], obj[1])
        return claim

    def _is_part_of_name(self, subject: Draft, obj: Draft | Literal) -> bool:
        """ "cloud hosting uses cloud" says nothing that the name does not."""
        if isinstance(obj, Literal) or subject.named:
            return False
        words = subject.label.lower().split()
        return any(self._reading.text(p).lower() in words for p in obj.places)

    def _voice(self, trigger: Token, frame: Frame) -> tuple[Draft | None, Voice]:
        speaker, voice = self._reference.speech.attribution(trigger)
        if frame.presupposed and voice is Voice.PARAPHRASE:
            speaker, voice = None, Voice.NARRATOR
        if voice is Voice.NARRATOR:
            kind = self._reading.annotated.blocks[self._reading.block_of(trigger)].block.kind
            if kind in (BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.STANDFIRST):
                voice = Voice.HEADLINE
            elif kind is BlockKind.CAPTION:
                voice = Voice.CAPTION
        return speaker, voice

    def _is_ahead(self, event: Draft | Literal, trigger: Token) -> bool:
        if self._year is None or isinstance(event, Literal) or event.known is None:
            return False
        years = event.known.properties.get("year", ())
        return bool(years) and int(years[0]) > self._year and trigger.tag_ not in TENSED

    # -- slots ------------------------------------------------------------------------------------

    def _fill(self, frame: Frame, slot: FrameSlot, predication: Predication) -> Iterator[Filler]:
        if slot.known is not None:
            draft = self.known(slot.known)
            if draft is not None:
                yield None, draft, 1.0
            return
        found = False
        for name in slot.slots:
            for filler in self._from_slot(frame, slot, name, predication):
                found = True
                yield filler
            if found:
                return
        if slot.fallback == "focus" and self._reading.focus is not None:
            if self._reading.is_a(self._reading.focus, slot.types):
                yield None, self._reading.focus, FALLBACK_FACTOR

    def _from_slot(
        self, frame: Frame, slot: FrameSlot, name: str, predication: Predication
    ) -> Iterator[Filler]:
        if name.startswith("deal"):
            yield from self._deal(slot, name, predication)
            return
        for token in self._with_modifiers(slot, self._tokens(name, predication)):
            if slot.value is not None:
                literal = self._literal(slot.value, token)
                if literal is not None:
                    yield token, literal, 1.0
                continue
            draft, factor = self._entity(frame, slot, token)
            if draft is not None:
                yield token, draft, factor

    def _tokens(self, name: str, predication: Predication) -> list[Token]:
        """Argument heads of a slot, computed ones included."""
        trigger = predication.trigger
        if name == "modifier":
            return [
                t
                for c in trigger.lefts
                if c.dep_ in ("compound", "nmod") and c.pos_ in ("NOUN", "PROPN")
                for t in coordinated(c, self._reading.lexicon)
            ]
        if name == "compound":
            return [c for c in trigger.lefts if c.dep_ in ("compound", "nmod", "amod")]
        if name == "bracket":
            return [
                t
                for c in trigger.children
                if c.dep_ == "appos" and c.i > 0 and trigger.doc[c.i - 1].text == "("
                for t in coordinated(c, self._reading.lexicon)
            ]
        if name == "host" and trigger.dep_ in ("acl", "relcl", "advcl"):
            head = trigger.head
            return (
                coordinated(head, self._reading.lexicon) if head.pos_ in ("NOUN", "PROPN") else []
            )
        if name == "host-object":
            return self._host_objects(trigger)
        if name.startswith("host:") and trigger.dep_ in ("acl", "relcl"):
            return self._prepositional(trigger.head, name.removeprefix("host:"))
        if name.startswith("verb:") and predication.clause != trigger:
            return self._prepositional(predication.clause, name.removeprefix("verb:"))
        return predication.slots.get(name, [])

    def _with_modifiers(self, slot: FrameSlot, tokens: list[Token]) -> list[Token]:
        """ "cloud and robot systems": the coordinated modifiers are meant as well as the noun."""
        if "Technology" not in slot.types:
            return tokens
        out: list[Token] = []
        for token in tokens:
            for child in token.lefts:
                if child.dep_ in ("nmod", "compound") and any(
                    c.dep_ == "conj" for c in child.children
                ):
                    out.extend(
                        t for t in coordinated(child, self._reading.lexicon) if self._reading.at(t)
                    )
            if token not in out:
                out.append(token)
        return out

    def _host_objects(self, trigger: Token) -> list[Token]:
        """Objects of a clause beside this one: "work to offer X, supporting Y"."""
        if trigger.dep_ not in ("acl", "advcl") or trigger.tag_ != "VBG":
            return []
        lexicon = self._reading.lexicon
        siblings = [
            c for c in trigger.head.children if c.dep_ in ("acl", "relcl") and c.i < trigger.i
        ]
        governors = siblings or [trigger.head]
        return [
            t
            for g in governors
            for c in g.children
            if c.dep_ == "dobj"
            for t in coordinated(c, lexicon)
        ]

    def _prepositional(self, head: Token, preposition: str) -> list[Token]:
        return [
            t
            for prep in head.children
            if prep.dep_ == "prep" and prep.lower_ == preposition
            for pobj in prep.children
            if pobj.dep_ == "pobj"
            for t in coordinated(pobj, self._reading.lexicon)
        ]

    def _deal(self, slot: FrameSlot, name: str, predication: Predication) -> Iterator[Filler]:
        """The two sides of the partnership that a definite "the deal" points back to."""
        _, _, where = name.partition(":")
        tokens = predication.slots.get(where, []) if where else [predication.trigger]
        lexicon = self._reading.lexicon
        for token in tokens:
            if token.lemma_.lower() not in lexicon.partnership_nouns:
                continue
            definite = any(
                c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children
            )
            explicit = any(
                c.dep_ == "prep" and c.lower_ in ("with", "between") for c in token.children
            )
            if not definite or explicit or any(c.dep_ == "poss" for c in token.children):
                continue
            side = 1 if name.startswith("deal-partner") else 0
            draft = self.partnership[side] if self.partnership is not None else None
            if draft is None and side == 0:
                draft = self._reading.focus
            if draft is not None and self._reading.is_a(draft, slot.types):
                yield token, draft, PRONOUN_FACTOR
                return
        if name == "deal-partner" and predication.kind == "verb" and self.partnership is not None:
            yield None, self.partnership[1], PRONOUN_FACTOR

    def _entity(self, frame: Frame, slot: FrameSlot, token: Token) -> tuple[Draft | None, float]:
        draft = self._reference.resolve(token, slot.types)
        if draft is None:
            self.rejections.add(f"{frame.predicate}: no class for the noun")
            return None, 0.0
        if slot.names_only and not draft.named:
            self.rejections.add(f"{frame.predicate}: not a name")
            return None, 0.0
        factor = PRONOUN_FACTOR if token.pos_ in ("PRON", "DET") else 1.0
        if self._reading.is_a(draft, slot.types):
            return draft, factor
        if frame.metonymy and self._reading.is_a(draft, ("City", "Region")):
            event = self._hosted(draft)
            if event is not None:
                return event, factor * GUESS_FACTOR
        if slot.guess and draft.named and not draft.is_firm and draft.known is None:
            wanted = slot.types[0]
            if self._may_be(draft, wanted):
                draft.votes[DEFAULT_CLASS.get(wanted, wanted)] += 2.5
                if self._reading.is_a(draft, slot.types):
                    return draft, factor * GUESS_FACTOR
        self.rejections.add(f"{frame.predicate}: class {draft.type} not admitted")
        return None, 0.0

    def _may_be(self, draft: Draft, wanted: str) -> bool:
        """True where a guessed class may give way to the one that the frame asks for."""
        if wanted in ("Person", "Place") or draft.type is None:
            return draft.type is None
        if self._reading.ontology.is_any(wanted, ("Organization",)):
            return bool({"Company", "Person", "City", "Product"} & set(draft.votes))
        return True

    def _hosted(self, city: Draft) -> Draft | None:
        """The one event of the article that the city hosts."""
        found = [
            d
            for d in self._reading.drafts
            if d.known is not None
            and city.known is not None
            and city.known.iri in d.known.properties.get("heldIn", ())
            and d.places
        ]
        if self._year is not None:
            found = [d for d in found if int(d.known.properties["year"][0]) >= self._year] or found  # type: ignore[union-attr]
        return found[0] if len(found) == 1 else None

    def known(self, iri: str) -> Draft | None:
        """The draft of a name of the domain, made if the article does not mention it."""
        full = urljoin(self._reading.ontology.base_iri, iri)
        name = self._reading.ontology.names.get(full)
        if name is None:
            return None
        for draft in self._reading.drafts:
            if draft.known is name:
                return draft
        draft = Draft(label=name.label, known=name)
        self._reading.drafts.append(draft)
        return draft

    # -- literals -----------------------------------------------------------------------------------

    def _literal(self, value: str, token: Token) -> Literal | None:
        if value in ("date", "year"):
            found = date_in(token, self._year)
            if found is None or (value == "year" and len(found.value) < 4):
                return None
            if value == "year":
                return Literal(found.value[:4], XSD + "gYear", found.text)
            return found
        if value == "amount":
            amount = find_amount(token, self._reading.lexicon)
            if amount is not None:
                self.used_amounts.add((self._reading.block_of(token), token.i))
                return amount.literal()
            if token.ent_type_ in ("MONEY", "QUANTITY", "CARDINAL"):
                text = next(e.text for e in token.doc.ents if e.start <= token.i < e.end)
                return Literal(text, XSD + "string", text)
            return None
        text = token.doc[token.left_edge.i : token.right_edge.i + 1].text
        return Literal(text, XSD + "string", text)

    def _qualifiers(self, frame: Frame, predication: Predication) -> dict[str, Draft | Literal]:
        out: dict[str, Draft | Literal] = {}
        period = period_of(predication, self._year)
        for name, slot in frame.qualifiers.items():
            found: Draft | Literal | None = None
            if slot.value in ("start", "end"):
                found = period.get(slot.value) if slot.value == name else None
            elif name in ("start", "end"):
                found = period.get(name)
            elif slot.value == "duration" or name == "duration":
                found = duration_of(predication)
            elif slot.value == "level" or name == "level":
                found = level_of(predication)
            elif slot.value == "date" and not slot.slots:
                found = self._clause_date(predication)
            else:
                found = next((f[1] for f in self._fill(frame, slot, predication)), None)
            if found is not None:
                out[name] = found
        if frame.object.value == "amount":
            out.update(self._amount_qualifiers(frame, predication))
        return out

    def _clause_date(self, predication: Predication) -> Literal | None:
        for slot in ("in", "on", "when"):
            for token in predication.slots.get(slot, []):
                found = date_in(token, self._year)
                if found is not None:
                    return found
        return None

    def _amount_qualifiers(self, frame: Frame, predication: Predication) -> dict[str, Literal]:
        for name in frame.object.slots:
            for token in predication.slots.get(name, []):
                amount = find_amount(token, self._reading.lexicon)
                out: dict[str, Literal] = {}
                unit = amount.currency or amount.unit if amount is not None else None
                if unit is None:
                    text = token.doc[token.left_edge.i : token.right_edge.i + 1]
                    codes = self._reading.lexicon.currencies
                    unit = next(
                        (codes[t.lemma_.lower()] for t in text if t.lemma_.lower() in codes), None
                    )
                if unit:
                    out["unit"] = Literal(unit, XSD + "string", unit)
                if amount is not None and amount.comparator:
                    out["comparator"] = Literal(
                        amount.comparator, XSD + "string", amount.comparator
                    )
                if out:
                    return out
        return {}
