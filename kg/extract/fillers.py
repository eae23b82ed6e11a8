"""What fills the slots of a frame in one predication: entities, literals, and what is left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from kg.extract.bearers import BEARERS
from kg.extract.claims import Rejections
from kg.extract.clauses import SUBJECT, objects_of
from kg.extract.complements import COMPLEMENTS
from kg.extract.coordination import coordinated
from kg.extract.drafts import Draft, Reading
from kg.extract.lexicon import Lexicon
from kg.extract.programmes import MEMBERS
from kg.extract.reference import Reference
from kg.extract.slots import Predication
from kg.extract.values import Values
from kg.model.statement import Literal
from kg.ontology.frames import Frame, FrameSlot
from kg.ontology.terms import KINDS

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Filler", "Fillers"]

# What a claim keeps of its confidence where an argument is not a name of a class that is sure.
PRONOUN_FACTOR, GUESS_FACTOR, FALLBACK_FACTOR = 0.85, 0.8, 0.75
GUESS = 2.5  # votes of a frame for a class; less than any context that names it
NARROWED = 0.5  # votes by which a finer class comes before the broad one that implies it
HOSTS = ("City", "Region")


class Filler(NamedTuple):
    """What fills a slot, the token that says it if any, and how sure that is (0, 1]."""

    token: Token | None
    value: Draft | Literal
    factor: float


class Fillers:
    """Fills the slots of frames from the predications of one article.

    `partnership` is the pair that a definite "the deal" points back to.
    """

    def __init__(
        self,
        reading: Reading,
        reference: Reference,
        values: Values,
        year: int | None,
        rejections: Rejections,
    ) -> None:
        self._reading = reading
        self._reference = reference
        self._values = values
        self._year = year
        self._rejections = rejections
        self.partnership: tuple[Draft, Draft] | None = None

    def fill(self, frame: Frame, slot: FrameSlot, predication: Predication) -> Iterator[Filler]:
        """All that the first slot holds which holds any, in text order."""
        if slot.known is not None:
            draft = self.known(slot.known)
            if draft is not None:
                yield Filler(None, draft, 1.0)
            return
        for name in slot.slots:
            found = False
            for filler in self._from_slot(frame, slot, name, predication):
                found = True
                yield filler
            if found:
                return
        for draft in self._fallback(slot, predication):
            if draft is not None and self._reading.is_a(draft, slot.types):
                yield Filler(None, draft, FALLBACK_FACTOR)

    def _fallback(self, slot: FrameSlot, predication: Predication) -> Iterator[Draft | None]:
        """Who fills a slot that the sentence leaves open."""
        if slot.fallback == "focus":
            yield self._reading.focus
        trigger = predication.trigger
        if slot.fallback == "speaker" and _is_bare_subject(trigger):
            yield self._reference.party(trigger)

    def holds(self, slot: FrameSlot, predication: Predication) -> bool:
        """True when one of the slots holds the name, or a head, that the slot asks for."""
        if slot.heads:
            heads = (t for name in slot.slots for t in predication.slots.get(name, []))
            return any(t.lemma_.lower() in slot.heads for t in heads)
        wanted = urljoin(self._reading.ontology.base_iri, slot.known or "")
        tokens = (t for name in slot.slots for t in predication.slots.get(name, []))
        found = (self._reading.at(t) for t in tokens)
        return any(d is not None and d.known is not None and d.known.iri == wanted for d in found)

    def known(self, iri: str) -> Draft | None:
        """The draft of a name of the domain, made if the article does not mention it.

        The IRI may be relative to the base of the ontology. None where no name has it.
        """
        name = self._reading.ontology.names.get(urljoin(self._reading.ontology.base_iri, iri))
        if name is None:
            return None
        for draft in self._reading.drafts:
            if draft.known is name:
                return draft
        draft = Draft(label=name.label, known=name)
        self._reading.keep(draft)
        return draft

    def _from_slot(
        self, frame: Frame, slot: FrameSlot, name: str, predication: Predication
    ) -> Iterator[Filler]:
        if name.startswith("deal"):
            yield from self._deal(slot, name, predication)
            return
        for token in self._with_modifiers(slot, _tokens(name, predication, self._reading.lexicon)):
            if slot.heads and token.lemma_.lower() not in slot.heads:
                continue
            if self._is_barred(slot, token):
                continue
            if slot.value is not None:
                literal = self._values.literal(slot.value, token)
                filler = Filler(token, literal, 1.0) if literal is not None else None
            else:
                several = self._reference.several(token, slot.types)
                if several:
                    yield from (Filler(token, draft, PRONOUN_FACTOR) for draft in several)
                    continue
                filler = self._entity(frame, slot, token)
            if filler is not None:
                yield filler

    def _is_barred(self, slot: FrameSlot, token: Token) -> bool:
        """True for a pronoun that the slot does not take."""
        kinds = self._reading.lexicon.pronouns
        if any(token.lower_ in kinds.get(kind, ()) for kind in slot.not_pronouns):
            return True
        if not slot.by_person or token.lower_ not in kinds.get("we", ()):
            return False
        speaker, _ = self._reference.speech.attribution(token)
        return speaker is None or speaker.type != "Person"

    def _with_modifiers(self, slot: FrameSlot, tokens: list[Token]) -> list[Token]:
        """The coordinated modifiers as well as the noun: "cloud and robot systems"."""
        if "Technology" not in slot.types:
            return tokens
        out: list[Token] = []
        for token in tokens:
            for child in token.lefts:
                if child.dep_ in ("nmod", "compound") and _has_conjunct(child):
                    conjuncts = coordinated(child, self._reading.lexicon)
                    out.extend(t for t in conjuncts if self._reading.at(t))
            if token not in out:
                out.append(token)
        return out

    # -- entities ---------------------------------------------------------------------------------

    def _entity(self, frame: Frame, slot: FrameSlot, token: Token) -> Filler | None:
        draft = self._reference.resolve(token, slot.types)
        if draft is None and slot.describe is not None:
            draft = self._reference.describe_as(token, slot.describe)
        if draft is None:
            self._rejections.add(f"{frame.predicate}: no class for the noun")
            return None
        if slot.names_only and not draft.named:
            self._rejections.add(f"{frame.predicate}: not a name")
            return None
        factor = PRONOUN_FACTOR if token.pos_ in ("PRON", "DET") else 1.0
        if self._reading.is_a(draft, slot.types):
            return Filler(token, draft, factor)
        if frame.metonymy and self._reading.is_a(draft, HOSTS):
            event = self._hosted(draft)
            if event is not None:
                return Filler(token, event, factor * GUESS_FACTOR)
        if slot.narrow and self._narrow(draft, slot):
            return Filler(token, draft, factor)
        if slot.guess and self._guess(draft, slot):
            return Filler(token, draft, factor * GUESS_FACTOR)
        self._rejections.add(f"{frame.predicate}: class {draft.type} not admitted")
        return None

    def _guess(self, draft: Draft, slot: FrameSlot) -> bool:
        """Gives a name whose class is in doubt the first class of the slot; True if it takes it."""
        wanted = slot.types[0]
        if not draft.named or draft.is_firm or not self._may_be(draft, wanted):
            return False
        draft.votes[self._reading.lexicon.usual_classes.get(wanted, wanted)] += GUESS
        return self._reading.is_a(draft, slot.types)

    def _narrow(self, draft: Draft, slot: FrameSlot) -> bool:
        """Gives a name the first class of the slot, if that is below its own or beside it.

        Beside it: of the same broad kind, where only the recogniser speaks for the finer class.
        """
        wanted, ontology = slot.types[0], self._reading.ontology
        if not draft.named or draft.known is not None or draft.type is None:
            return False
        beside = draft.votes[draft.type] == 0 and any(
            ontology.is_a(draft.type, kind) and ontology.is_a(wanted, kind) for kind in KINDS
        )
        if not beside and not ontology.is_a(wanted, draft.type):
            return False
        weights = draft.weights
        draft.votes[wanted] += weights.heaviest - weights[wanted] + NARROWED
        return True

    def _may_be(self, draft: Draft, wanted: str) -> bool:
        """True where a guessed class may give way to the one that the frame asks for."""
        if wanted in ("Person", "Place") or draft.type is None:
            return draft.type is None
        if self._reading.ontology.is_a(wanted, "Organization"):
            return not {"Company", "Person", "City", "Product"}.isdisjoint(draft.weights)
        return True

    def _hosted(self, city: Draft) -> Draft | None:
        """The one event of the article that the city hosts, past ones only if no other is."""
        if city.known is None:
            return None
        found = [
            (draft, int(draft.known.properties.get("year", ("0",))[0]))
            for draft in self._reading.drafts
            if draft.known is not None
            and city.known.iri in draft.known.properties.get("heldIn", ())
            and draft.places
        ]
        ahead = [(d, y) for d, y in found if self._year is not None and y >= self._year]
        events = ahead or found
        return events[0][0] if len(events) == 1 else None

    # -- "the deal" -------------------------------------------------------------------------------

    def _deal(self, slot: FrameSlot, name: str, predication: Predication) -> Iterator[Filler]:
        """A side of the partnership that a definite "the deal" points back to."""
        partner = name.startswith("deal-partner")
        _, _, where = name.partition(":")
        tokens = predication.slots.get(where, []) if where else [predication.trigger]
        for token in tokens:
            relative = predication.trigger.dep_ == "relcl" and predication.trigger.head == token
            if not self._points_back(token, relative=relative):
                continue
            draft = self.partnership[partner] if self.partnership is not None else None
            if draft is None and not partner:
                draft = self._reading.focus
            if draft is not None and self._reading.is_a(draft, slot.types):
                yield Filler(token, draft, PRONOUN_FACTOR)
                return
        if name == "deal-partner" and predication.kind == "verb" and self.partnership is not None:
            yield Filler(None, self.partnership[1], PRONOUN_FACTOR)

    def _points_back(self, token: Token, *, relative: bool) -> bool:
        """True for "the deal" and "this deal", False for "the deal with Acme" and "its deal".

        In a relative clause any deal means the one just named: "signed a deal that covers …".
        """
        if token.lemma_.lower() not in self._reading.lexicon.partnership_nouns:
            return False
        if relative:
            return True
        children = list(token.children)
        return (
            any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in children)
            and not any(c.dep_ == "prep" and c.lower_ in ("with", "between") for c in children)
            and not any(c.dep_ == "poss" for c in children)
        )


def _is_bare_subject(noun: Token) -> bool:
    """True for "The aim is …", which does not say whose."""
    return noun.dep_ in SUBJECT and not any(c.dep_ == "poss" for c in noun.children)


def _has_conjunct(token: Token) -> bool:
    return any(c.dep_ == "conj" for c in token.children)


def _tokens(name: str, predication: Predication, lexicon: Lexicon) -> list[Token]:
    """Argument heads of a slot, in text order, coordination expanded."""
    trigger = predication.trigger
    computed = COMPUTED.get(name)
    if computed is not None:
        return computed(trigger, lexicon)
    where, _, preposition = name.partition(":")
    if where == "host" and trigger.dep_ in ("acl", "relcl"):
        return _prepositional(trigger.head, preposition, lexicon)
    if where == "verb" and predication.clause != trigger:
        return _prepositional(predication.clause, preposition, lexicon)
    return predication.slots.get(name, [])


def _modifiers(trigger: Token, lexicon: Lexicon) -> list[Token]:
    return [
        t
        for c in trigger.lefts
        if c.dep_ in ("compound", "nmod") and c.pos_ in ("NOUN", "PROPN")
        for t in coordinated(c, lexicon)
    ]


def _compounds(trigger: Token, lexicon: Lexicon) -> list[Token]:
    return [c for c in trigger.lefts if c.dep_ in ("compound", "nmod", "amod")]


def _bracketed(trigger: Token, lexicon: Lexicon) -> list[Token]:
    return [
        t
        for c in trigger.children
        if c.dep_ == "appos" and c.i > 0 and trigger.doc[c.i - 1].text == "("
        for t in coordinated(c, lexicon)
    ]


def _host(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The noun or nouns that the clause is about: "a tool promoting X"."""
    head = trigger.head
    if trigger.dep_ not in ("acl", "relcl", "advcl") or head.pos_ not in ("NOUN", "PROPN"):
        return []
    return coordinated(head, lexicon)


def _host_objects(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """Objects of a clause beside this one: "work to offer X, supporting Y"."""
    if trigger.dep_ not in ("acl", "advcl") or trigger.tag_ != "VBG":
        return []
    beside = [c for c in trigger.head.children if c.dep_ in ("acl", "relcl") and c.i < trigger.i]
    return [
        t
        for governor in beside or [trigger.head]
        for c in governor.children
        if c.dep_ == "dobj"
        for t in coordinated(c, lexicon)
    ]


def _prepositional(head: Token, preposition: str, lexicon: Lexicon) -> list[Token]:
    return [t for pobj in objects_of(head, preposition) for t in coordinated(pobj, lexicon)]


COMPUTED: Mapping[str, Callable[[Token, Lexicon], list[Token]]] = {
    "modifier": _modifiers,
    "compound": _compounds,
    "bracket": _bracketed,
    "host": _host,
    "host-object": _host_objects,
    **BEARERS,
    **COMPLEMENTS,
    **MEMBERS,
}
