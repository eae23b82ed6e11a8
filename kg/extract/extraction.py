"""Annotated article to entities and statements: the order in which the parts of extract work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from kg.extract.aliases import unite_aliases
from kg.extract.arguments import predications
from kg.extract.brands import brand_facts
from kg.extract.claims import Claim, Rejections, attribution_of, stretch_of
from kg.extract.classify import classify
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.editions import edition_facts, settle_editions
from kg.extract.intervals import find_intervals
from kg.extract.introductions import OFFERINGS
from kg.extract.learned.claims import propose_learned
from kg.extract.matching import Matcher
from kg.extract.measures import amount_unit, find_measures
from kg.extract.mentions import find_names
from kg.extract.minting import Minter
from kg.extract.moment import published_day, reference_year
from kg.extract.names import gazetteer_of
from kg.extract.nationality import nationalities
from kg.extract.periods import clause_date
from kg.extract.posts import employments
from kg.extract.provisions import included_parts
from kg.extract.reference import Reference
from kg.extract.slogans import find_slogans
from kg.extract.slots import Predication
from kg.extract.stance import read_stance
from kg.extract.titles import find_titles
from kg.extract.undertakings import settle_undertakings
from kg.extract.vague import vague_counts
from kg.extract.values import text_literal
from kg.model.extractor import ALWAYS, LEARNED, RULES
from kg.model.statement import Extraction, Literal, Modality, Voice
from kg.ontology.domain import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.read.annotate import AnnotatedArticle

__all__ = ["Proposer", "SentenceReader", "extract", "read_article"]

Proposer: TypeAlias = Callable[[Reading, Reference, Rejections], Iterable[Claim]]
"""An extractor besides the rules: claims of one article over what was gathered of it."""

# Confidence of what is no frame, by the share that was right on articles read.
EDITION, BRAND, MEASURE, QUOTATION, POST, POST_OF_FOCUS = 0.9, 0.65, 0.6, 0.9, 0.85, 0.5
TITLE, TITLE_ALONE, SLOGAN, INTERVAL = 0.85, 0.6, 0.75, 0.75


def extract(
    annotated: AnnotatedArticle,
    ontology: Ontology,
    *,
    extractors: Sequence[str] = ALWAYS,
    proposers: Sequence[Proposer] = (),
) -> Extraction:
    """Entities and statements of one article under an ontology.

    `extractors` are names of `kg.model.extractor`; `proposers` run after them, in their order.
    """
    return read_article(annotated, ontology, extractors=extractors, proposers=proposers)[1]


def read_article(
    annotated: AnnotatedArticle,
    ontology: Ontology,
    *,
    extractors: Sequence[str] = ALWAYS,
    proposers: Sequence[Proposer] = (),
) -> tuple[SentenceReader, Extraction]:
    """What was gathered of an article, and the entities and statements made of it."""
    gazetteer = gazetteer_of(ontology)
    reading = Reading(annotated, ontology)
    find_names(reading, gazetteer)
    classify(reading)
    unite_aliases(reading, gazetteer)
    settle_editions(reading, gazetteer)
    reader = SentenceReader(reading)
    reader.read(extractors, proposers)
    return reader, Minter(reading, reader.claims, reader.matcher.rejections).mint()


class SentenceReader:
    """Gathers the claims of one article, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.reference = Reference(reading)
        self.year = reference_year(reading)
        self.matcher = Matcher(reading, self.reference, self.year)
        self.claims: list[Claim] = []

    def read(self, extractors: Sequence[str] = ALWAYS, proposers: Sequence[Proposer] = ()) -> None:
        """Fills `claims`: those of the rules first, since others refer to what these introduce."""
        self._employments()
        self.reference.speech.assign_speakers()
        if RULES in extractors:
            self._editions()
            self._brands()
            for block in self.reading.annotated.blocks:
                for sentence in block.doc.sents:
                    self._sentence(sentence)
        else:
            self.claims.clear()  # whom a person works for was read for the sake of "we"
        learned = (propose_learned,) if LEARNED in extractors else ()
        for propose in (*learned, *proposers):
            self.claims.extend(propose(self.reading, self.reference, self.matcher.rejections))
        if RULES in extractors:
            self._quotations()
        settle_undertakings(self.claims, self.reading)

    def _attribution(self, token: Token, *, presupposed: bool) -> tuple[Draft | None, Voice]:
        speech = self.reference.speech
        return attribution_of(token, self.reading, speech, presupposed=presupposed)

    def _first(self, place: Place) -> Token:
        return self.reading.annotated.blocks[place.block].doc[place.start]

    def _named(
        self,
        subject: Draft,
        predicate: str,
        obj: Draft | Literal,
        place: Place,
        mention: Place,
        rule: str,
        confidence: float,
    ) -> None:
        """Adds what a name alone states: nobody's stance touches it."""
        speaker, voice = self._attribution(self._first(mention), presupposed=True)
        self.claims.append(
            Claim(
                subject, predicate, obj, place, rule, confidence, Modality.ASSERTED, speaker, voice
            )
        )

    def _employments(self) -> None:
        held = list(employments(self.reading, self.reference))
        for title in find_titles(self.reading, self.reference, held):
            confidence = TITLE if title.named else TITLE_ALONE
            text = text_literal(title.text)
            doc = self.reading.annotated.blocks[title.place.block].doc
            ends = (doc[title.place.start], doc[title.place.end - 1])
            place = stretch_of(self.reading, title.place.block, ends)
            self._named(title.person, "holdsPost", text, place, place, "titles", confidence)
        for post in held:
            doc = self.reading.annotated.blocks[post.block].doc
            ends = (doc[post.first], doc[post.last])
            place = stretch_of(self.reading, post.block, ends)
            speaker, voice = None, Voice.NARRATOR
            # quotations have no speakers yet: what stands in one is not attributed
            if self.reference.speech.quotation(self._first(place)) is None:
                speaker, voice = self._attribution(self._first(place), presupposed=True)
            self.claims.append(
                Claim(
                    subject=post.person,
                    predicate="worksFor",
                    object=post.organisation,
                    place=place,
                    extractor="posts",
                    confidence=POST if post.stated else POST_OF_FOCUS,
                    speaker=speaker,
                    voice=voice,
                    qualifiers={"role": text_literal(post.role)},
                )
            )

    def _editions(self) -> None:
        for fact in edition_facts(self.reading):
            self._named(
                fact.edition,
                fact.predicate,
                fact.object,
                fact.stated,
                fact.mention,
                "editions",
                EDITION,
            )

    def _brands(self) -> None:
        for fact in brand_facts(self.reading):
            self._named(
                fact.subject, fact.predicate, fact.object, fact.place, fact.place, "brands", BRAND
            )

    def predications(self, sentence: Span) -> list[Predication]:
        """Verb and noun predications of a sentence, in text order."""
        return list(predications(sentence, self.reading.lexicon))

    def _sentence(self, sentence: Span) -> None:
        before = len(self.claims)
        found = self.predications(sentence)
        for predication in found:
            for claim in self.matcher.claims(predication):
                self._keep(claim, predication.trigger)
        self.claims.extend(
            nationalities(sentence, self.reading, self.reference, self.matcher.known)
        )
        parts = included_parts(sentence, found, self.reading, self.reference, self.claims)
        for claim, part in parts:
            self._keep(claim, part)
        _plan_what_is_offered(self.claims[before:])
        self._measures(sentence)
        self._asides(sentence)

    def _asides(self, sentence: Span) -> None:
        """Slogans and vague counts: what stands beside a noun, whatever the clause says."""
        for slogan in find_slogans(sentence, self.reading, self.reference):
            words = text_literal(slogan.text)
            self._beside(slogan.owner, "hasSlogan", words, slogan.tokens, "slogans", SLOGAN)
        for count in vague_counts(sentence, self.reading, self.reference):
            value = text_literal(count.text)
            self._beside(count.owner, "hasMeasure", value, count.tokens, "vague", MEASURE)
            self.claims[-1].qualifiers["unit"] = text_literal(count.unit)
        for found in find_intervals(sentence, self.reading, self.reference):
            self._beside(found.owner, "timeTo", found.value, found.tokens, "intervals", INTERVAL)
            claim, stance = self.claims[-1], read_stance(found.unit, self.reading.lexicon)
            claim.modality, claim.cues = stance.modality, stance.cues
            claim.qualifiers |= {"date": found.date, "what": found.what}
            if found.comparator is not None:
                claim.qualifiers["comparator"] = found.comparator

    def _beside(
        self,
        subject: Draft,
        predicate: str,
        value: Literal,
        tokens: Sequence[Token],
        rule: str,
        confidence: float,
    ) -> None:
        """Adds what a phrase states in passing: the stance of its clause does not touch it."""
        block = self.reading.block_of(tokens[0])
        place = stretch_of(self.reading, block, tokens)
        speaker, voice = self._attribution(tokens[0], presupposed=False)
        claim = Claim(subject, predicate, value, place, rule, confidence)
        claim.speaker, claim.voice = speaker, voice
        self.claims.append(claim)

    def _keep(self, claim: Claim, token: Token) -> None:
        """Adds the claim; an offering that it introduces is what "this" may mean next."""
        self.claims.append(claim)
        if claim.predicate == "locatedIn" and isinstance(claim.object, Draft):
            self.reference.note_place(claim.subject, claim.object)
        if claim.predicate in ("provides", "developedWith"):
            for draft in (claim.subject, claim.object):
                if isinstance(draft, Draft) and self.reading.is_a(draft, OFFERINGS):
                    self.reference.note(token, draft)

    def _measures(self, sentence: Span) -> None:
        lexicon = self.reading.lexicon
        for draft, amount, noun, support in find_measures(sentence, self.reading, self.reference):
            block = self.reading.block_of(noun)
            if (block, noun.i) in self.matcher.used_amounts:
                continue
            number = noun.doc.char_span(amount.start, amount.end, alignment_mode="expand")
            tokens = [noun, *support, *((number[0], number[-1]) if number else ())]
            speaker, voice = self._attribution(noun, presupposed=False)
            stance = read_stance(noun, lexicon)
            claim = Claim(
                subject=draft,
                predicate="hasMeasure",
                object=amount.literal(),
                place=stretch_of(self.reading, block, tokens),
                extractor="measures",
                confidence=MEASURE,
                modality=stance.modality,
                speaker=speaker,
                voice=voice,
                cues=(*stance.cues, *self.reference.speech.distancing(noun, speaker)),
            )
            unit = amount_unit(amount, noun)
            date = clause_date(noun, published_day(self.reading) or self.year)
            comparator = text_literal(amount.comparator) if amount.comparator is not None else None
            for name, value in (("unit", unit), ("comparator", comparator), ("date", date)):
                if value is not None:
                    claim.qualifiers[name] = value
            self.claims.append(claim)

    def _quotations(self) -> None:
        for quotation in self.reference.speech.quotations:
            if quotation.speaker is None or not quotation.stated:
                continue  # an inferred speaker attributes claims, but is not quoted
            place = Place(quotation.block, quotation.start, quotation.end)
            doc = self.reading.annotated.blocks[place.block].doc
            text = doc[place.start : place.end].text.strip().rstrip(",")
            if text:
                said = Claim(
                    quotation.speaker, "said", text_literal(text), place, "speech", QUOTATION
                )
                said.voice = Voice.QUOTE
                said.cues = quotation.cues
                self.claims.append(said)


def _plan_what_is_offered(claims: Sequence[Claim]) -> None:
    """In one sentence, what is only planned is not yet offered on a platform."""
    planned = {
        claim.object: claim.cues
        for claim in claims
        if claim.predicate == "provides" and claim.modality is Modality.PLANNED
    }
    for claim in claims:
        if claim.predicate == "offeredOn" and claim.subject in planned:
            claim.modality, claim.cues = Modality.PLANNED, planned[claim.subject]
