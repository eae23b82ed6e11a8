"""Coreference within an article: what a pronoun, "the company" or a noun phrase refers to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.extract.clauses import VERBAL, objects_of
from kg.extract.coordination import noun_head
from kg.extract.descriptions import Descriptions
from kg.extract.drafts import Draft, Reading
from kg.extract.participants import subjects
from kg.extract.speech import Speech

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Reference"]

_OFFERING = ("Offering",)
_PERSON = ("Person",)
_COMPANY = ("Company",)
_REACH = 2  # blocks back to what a pronoun or description may refer to


class Reference:
    """Resolves argument heads of one article to its entities, in text order.

    `note` tells it what has just been introduced, so that "this" and "these" find it. `employers`
    holds for whom a person works, and with that who "we" are in what that person says.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.speech = Speech(reading, self.resolve)
        self.employers: dict[Draft, Draft] = {}
        self._descriptions = Descriptions(reading)
        self._located: dict[Draft, set[Draft]] = defaultdict(set)
        self._recent: list[tuple[int, int, Draft]] = []  # (block, token, entity) in text order
        self._order: list[tuple[int, int, int, Draft]] = sorted(
            ((p.block, p.start, p.end, d) for d in reading.drafts for p in d.places),
            key=lambda item: item[:3],
        )

    def note(self, token: Token, draft: Draft) -> None:
        """Records that a statement has just introduced the entity at the token."""
        self._recent.append((self._reading.block_of(token), token.i, draft))

    def note_place(self, offering: Draft, place: Draft) -> None:
        """Records where an offering stands, so that "the X campaign" finds what is at X."""
        if self._reading.is_a(offering, _OFFERING) and not offering.hidden:
            self._located[place].add(offering)

    def resolve(self, token: Token, types: tuple[str, ...] = ()) -> Draft | None:
        """The entity that an argument head refers to, of one of the classes; None for none.

        A noun phrase without a name becomes an entity of its own when its head noun denotes one of
        the classes and it says more than a general noun.
        """
        found = self._reading.at(token)
        if found is not None:
            return found
        if token.pos_ in ("PRON", "DET") or self._is_pronoun(token):
            return self._pronoun(token, types)
        if token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ"):
            return None
        opened = noun_head(token, self._reading.lexicon)
        if opened != token:
            return self.resolve(opened, types)
        return (
            self._back(token) or self._at_place(token) or self._descriptions.describe(token, types)
        )

    def describe_as(self, token: Token, kind: str) -> Draft | None:
        """An entity of that class for a noun phrase that denotes no class, as it is written.

        None for posts and times.
        """
        lexicon, lemma = self._reading.lexicon, token.lemma_.lower()
        if token.pos_ != "NOUN" or lemma in lexicon.roles or lemma in lexicon.time_nouns:
            return None
        return self._descriptions.describe_as(token, kind)

    def _at_place(self, token: Token) -> Draft | None:
        """What "the Oslo Airport campaign" means: the one offering that stands there."""
        if token.lemma_.lower() not in self._reading.lexicon.generic or token.i == 0:
            return None
        place = self._reading.at(token.nbor(-1))
        found = self._located.get(place, set()) if place is not None else set()
        return next(iter(found)) if len(found) == 1 else None

    # -- pronouns ---------------------------------------------------------------------------

    def _is_pronoun(self, token: Token) -> bool:
        kinds = ("person", "thing", "several", "we", "i")
        return any(self._says(token, kind) for kind in kinds)

    def _says(self, token: Token, kind: str) -> bool:
        return token.lower_ in self._reading.lexicon.pronouns.get(kind, ())

    def _pronoun(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        if self._says(token, "i") or self._says(token, "we"):
            return self._first_person(token)
        if self._says(token, "person"):
            return self._last(token, _PERSON, sure=True) or self._last(token, _PERSON)
        if self._says(token, "demonstrative"):
            return self._recently(token, _OFFERING)
        if not self._says(token, "thing") and not self._says(token, "several"):
            return None  # "nobody", "everyone", "you": nobody whom the article names
        if token.lower_ == "it":
            if _is_expletive(token):
                return None
            governing = self._demonstrative_subject(token)
            if governing is not None:
                return governing
        wanted = types or ("Organization", "Offering", "Event")
        wanted = tuple(t for t in wanted if t not in ("Person", "Agent")) or ("Organization",)
        return (
            self._sentence_subject(token, wanted)
            or self._fronting(token, wanted)
            or self._last(token, wanted)
        )

    def several(self, token: Token, types: tuple[str, ...]) -> list[Draft]:
        """The named subjects that "their" or "they" takes up, where a clause above has several."""
        if not self._says(token, "several") or self._says(token, "demonstrative"):
            return []
        for verb in token.ancestors:
            if verb.pos_ not in VERBAL:
                continue
            heads = subjects(verb, self._reading.lexicon)
            drafts = [self._reading.at(h) for h in heads if h.i < token.i]
            named = [d for d in drafts if d is not None and self._reading.is_a(d, types)]
            if len(named) > 1:
                return named
        return []

    def _first_person(self, token: Token) -> Draft | None:
        """The speaker of the quotation; "we" are the speaker's employer where that is a person."""
        quotation = self.speech.quotation(token)
        speaker = quotation.speaker if quotation is not None else None
        if speaker is None or self._says(token, "i") or speaker.type != "Person":
            return speaker
        return self.employers.get(speaker)

    def party(self, token: Token) -> Draft | None:
        """For whom the speaker of a token's clause speaks: of a person, the employer."""
        speaker, _ = self.speech.attribution(token)
        if speaker is None or speaker.type != "Person":
            return speaker
        return self.employers.get(speaker)

    def _demonstrative_subject(self, token: Token) -> Draft | None:
        """What "this" is, where "it" takes it up: "This … and see it grow"."""
        for head in self._subjects_above(token):
            if head.i < token.i and head.lower_ in ("this", "these"):
                return self._recently(head, _OFFERING)
        return None

    def _subjects_above(self, token: Token) -> Iterator[Token]:
        """Subjects of the clauses that a token stands in, the nearest first."""
        for node in token.ancestors:
            if node.pos_ in VERBAL:
                yield from subjects(node, self._reading.lexicon)

    def _recently(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """What statements introduced last before the token's sentence."""
        block = self._reading.block_of(token)
        for number, i, draft in reversed(self._recent):
            near = (number, i) < (block, token.sent.start) and block - number <= 1
            if near and self._reading.is_a(draft, types):
                return draft
        return None

    def _sentence_subject(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """The subject of a clause above the pronoun, the nearest of the classes.

        A person stands for the employer where an organisation is asked for.
        """
        for head in self._subjects_above(token):
            if head.i >= token.i or token in head.subtree:
                continue
            for draft in self._candidates(head, types):
                if self._reading.is_a(draft, types):
                    return draft
                employer = self.employers.get(draft)
                if employer is not None and draft.type == "Person" and "Organization" in types:
                    return employer
        return None

    def _fronting(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """The subject behind a phrase in front of it: "Through its site, Acme sells …"."""
        for prep in token.ancestors:
            if prep.dep_ == "prep" and prep.head.pos_ in VERBAL:
                heads = subjects(prep.head, self._reading.lexicon)
                behind = [h for h in heads if h.i > token.i and prep.i < h.i]
                drafts = (self._reading.at(h) for h in behind)
                return next((d for d in drafts if d and self._reading.is_a(d, types)), None)
            if prep.pos_ in VERBAL:
                return None
        return None

    def _candidates(self, subject: Token, types: tuple[str, ...]) -> Iterator[Draft]:
        found = self._reading.at(subject)
        if found is None and subject.pos_ in ("PRON", "DET"):
            found = self._pronoun(subject, types)
        if found is not None:
            yield found
        if subject.pos_ == "NOUN":
            described = self._back(subject)
            if described is not None:
                yield described

    def _last(
        self,
        token: Token,
        types: tuple[str, ...],
        *,
        but: Draft | None = None,
        sure: bool = False,
    ) -> Draft | None:
        """The nearest entity of the classes before the token, within `_REACH` blocks.

        In a quotation it is not the speaker: that would be "I". With `sure`, only what has its
        class beyond doubt.
        """
        here = (self._reading.block_of(token), token.i)
        quotation = self.speech.quotation(token)
        excluded = (but, quotation.speaker if quotation is not None else None)
        # an article may name thousands of things: those behind the token are not looked at
        before = bisect_left(self._order, here, key=itemgetter(0, 1))
        for block, _, end, draft in (self._order[at] for at in range(before - 1, -1, -1)):
            if (block, end) > here or draft.hidden:
                continue
            if here[0] - block > _REACH:
                break
            doubtful = sure and not draft.is_firm
            if not self._reading.is_a(draft, types) or draft in excluded or doubtful:
                continue
            last = self._reading.annotated.blocks[block].doc[end - 1]
            if last.dep_ != "compound" or "Person" in types:
                return draft
        return None

    # -- definite descriptions ----------------------------------------------------------------

    def _back(self, token: Token) -> Draft | None:
        """What a definite description points back to."""
        holder = self._post_holder(token)
        if holder is not None:
            return holder
        determiner = next((c for c in token.children if c.dep_ in ("det", "poss")), None)
        if determiner is None or determiner.dep_ == "poss":
            return None
        if not self._says(determiner, "definite"):
            return None
        return self._descriptions.spoken_of(token) or self._anaphor(token)

    def _anaphor(self, token: Token) -> Draft | None:
        """What a definite noun that stands for a class of things refers to ("the company")."""
        lexicon = self._reading.lexicon
        kind = lexicon.anaphor(token.lemma_)
        if kind is None:
            return None
        part_of = next(objects_of(token, "of"), None)
        if part_of is not None:  # "the retail arm of Acme" is not Acme
            whole = self._reading.at(part_of)
            if kind != "Company" or whole is None:
                return None
            return self._last(token, _COMPANY, but=whole)
        if kind == "Company":
            return self._company(token)
        if kind == "Initiative":
            return self._initiative(token)
        return None if kind == "Platform" else self._last(token, (kind,))

    def _initiative(self, token: Token) -> Draft | None:
        """What "these programmes" were called when a statement has just introduced them."""
        pointing = any(self._says(c, "demonstrative") for c in token.children)
        found = self._recently(token, ("Initiative",)) if pointing else None
        if found is None or found.named:
            return None
        return found if found.label.endswith("s") == (token.tag_ == "NNS") else None

    def _company(self, token: Token) -> Draft | None:
        focus = self._reading.focus
        if focus is None:
            return self._last(token, ("Company", "Organization"))
        last = self._last(token, _COMPANY)
        return last or (focus if self._reading.is_a(focus, ("Company", "Organization")) else None)

    def _post_holder(self, token: Token) -> Draft | None:
        """The person that a post stands for: "the marketing chief" is the last person."""
        if not self._reading.is_in_post(token):
            return None
        named = (self._reading.at(c) for c in token.children if c.dep_ == "appos")
        holder = next((d for d in named if d is not None and d.type == "Person"), None)
        if holder is not None:
            return holder
        if token.tag_ in ("NNS", "NNPS") or any(c.lower_ in ("a", "an") for c in token.children):
            return None  # "two directors", "a spokesman": nobody who was spoken of
        last = self._last(token, _PERSON)
        if last is not None:
            return last
        everybody = [d for d in self._reading.drafts if d.type == "Person"]
        return everybody[0] if len(everybody) == 1 else None


def _is_expletive(token: Token) -> bool:
    """True for the "it" of "it is easy to build a shop", which stands for the clause."""
    verb = token.head
    if verb.lemma_ not in ("be", "seem", "become", "make"):
        return False
    adjective = any(
        c.dep_ in ("acomp", "attr") and c.pos_ in ("ADJ", "NOUN") for c in verb.children
    )
    clause = any(
        c.dep_ in ("xcomp", "ccomp", "csubj", "advcl", "acl") and c.i > verb.i
        for t in (verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr")))
        for c in t.children
    )
    return adjective and clause
