"""Annotated article to entities and statements: the order in which the parts of extract work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.aliases import unite_aliases
from kg.extract.amounts import XSD
from kg.extract.arguments import Predication, predications
from kg.extract.brands import brand_facts
from kg.extract.claims import Claim, token_span
from kg.extract.classify import classify
from kg.extract.drafts import Draft, Reading
from kg.extract.editions import edition_facts, reference_year, settle_editions
from kg.extract.introductions import OFFERINGS, inclusions, presented
from kg.extract.matching import Matcher
from kg.extract.measures import amount_unit, find_measures
from kg.extract.mentions import find_names
from kg.extract.minting import Minter
from kg.extract.names import gazetteer_of
from kg.extract.periods import clause_date
from kg.extract.posts import employments
from kg.extract.reference import Reference
from kg.extract.stance import stance_of
from kg.model.statement import Extraction, Literal, Modality, Voice
from kg.model.text import BlockKind
from kg.ontology.domain import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.read.annotate import AnnotatedArticle

__all__ = ["Extraction", "extract"]


def extract(annotated: AnnotatedArticle, ontology: Ontology) -> Extraction:
    """Entities and statements of one article under an ontology."""
    gazetteer = gazetteer_of(ontology)
    reading = Reading(annotated, ontology)
    find_names(reading, gazetteer)
    classify(reading)
    unite_aliases(reading, gazetteer)
    settle_editions(reading, gazetteer)
    reader = _Reader(reading)
    reader.read()
    return Minter(reading, reader.claims, reader.matcher.rejections).mint()


class _Reader:
    """Gathers the claims of one article, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.reference = Reference(reading)
        self.year = reference_year(reading)
        self.matcher = Matcher(reading, self.reference, self.year)
        self.claims: list[Claim] = []

    def read(self) -> None:
        """Fills `claims`."""
        self._employments()
        self.reference.speech.assign_speakers()
        self._editions()
        self._brands()
        for block in self.reading.annotated.blocks:
            for sentence in block.doc.sents:
                self._sentence(sentence)
        self._quotations()

    def _voice(self, token: Token, *, presupposed: bool) -> tuple[Draft | None, Voice]:
        speaker, voice = self.reference.speech.attribution(token)
        if presupposed and voice is Voice.PARAPHRASE:
            speaker, voice = None, Voice.NARRATOR
        kind = self.reading.annotated.blocks[self.reading.block_of(token)].block.kind
        if voice is Voice.NARRATOR and kind is BlockKind.CAPTION:
            voice = Voice.CAPTION
        elif voice is Voice.NARRATOR and kind is not BlockKind.BODY:
            voice = Voice.HEADLINE
        return speaker, voice

    def _employments(self) -> None:
        for post in employments(self.reading, self.reference):
            doc = self.reading.annotated.blocks[post.block].doc
            speaker, voice = None, Voice.NARRATOR
            if self.reference.speech.quotation(doc[post.first]) is None:
                speaker, voice = self._voice(doc[post.first], presupposed=True)
            claim = Claim(
                post.person, "worksFor", post.organisation, post.block, post.first, post.last,
                "posts", 0.85 if post.stated else 0.5, Modality.ASSERTED, speaker, voice,
            )  # fmt: skip
            claim.qualifiers["role"] = Literal(post.role, XSD + "string", post.role)
            self.claims.append(claim)

    def _editions(self) -> None:
        for fact in edition_facts(self.reading):
            doc = self.reading.annotated.blocks[fact.mention.block].doc
            speaker, voice = self._voice(doc[fact.mention.start], presupposed=True)
            self.claims.append(
                Claim(
                    fact.edition,
                    fact.predicate,
                    fact.object,
                    fact.mention.block,
                    fact.stated.start,
                    fact.stated.end - 1,
                    "editions",
                    0.9,
                    Modality.ASSERTED,
                    speaker,
                    voice,
                )  # fmt: skip
            )

    def _brands(self) -> None:
        """ "Acme Pay", where Acme is an organisation of the article, is Acme's."""
        for brand in brand_facts(self.reading):
            doc = self.reading.annotated.blocks[brand.place.block].doc
            speaker, voice = self._voice(doc[brand.place.start], presupposed=True)
            subject, obj = brand.subject, brand.object
            self.claims.append(
                Claim(
                    subject,
                    brand.predicate,
                    obj,
                    brand.place.block,
                    brand.place.start,
                    brand.place.end - 1,
                    "brands",
                    0.65,
                    Modality.ASSERTED,
                    speaker,
                    voice,
                )  # fmt: skip
            )

    def _sentence(self, sentence: Span) -> None:
        lexicon = self.reading.lexicon
        found = list(predications(sentence, lexicon))
        start = len(self.claims)
        for predication in found:
            for claim in self.matcher.claims(predication):
                self._keep(claim, predication.trigger)
            self._presented(predication)
        self._nationalities(sentence)
        self._inclusions(sentence, found, start)
        self._measures(sentence)

    def _keep(self, claim: Claim, trigger: Token) -> None:
        self.claims.append(claim)
        if claim.predicate in ("provides", "developedWith"):
            for draft in (claim.subject, claim.object):
                if isinstance(draft, Draft) and self.reading.is_a(draft, OFFERINGS):
                    self.reference.note(trigger, draft)

    def _presented(self, predication: Predication) -> None:
        token = presented(predication, self.reading, self.reference)
        focus = self.reading.focus
        if token is None or focus is None:
            return
        draft = self.reference.resolve(token, ("Initiative", "Product", "Platform", "Service"))
        if draft is None or draft.hidden or draft is focus:
            return
        self._keep(self._provision(focus, draft, token, "presented", 0.6), token)

    def _provision(
        self, provider: Draft, draft: Draft, token: Token, rule: str, confidence: float
    ) -> Claim:
        block = self.reading.block_of(token)
        first, last = token_span(self.reading, block, [token])
        speaker, voice = self._voice(token, presupposed=False)
        modality = stance_of(token, self.reading.lexicon)
        return Claim(
            provider, "provides", draft, block, first, last, f"introductions/{rule}",
            confidence, modality, speaker, voice,
        )  # fmt: skip

    def _inclusions(self, sentence: Span, found: list[Predication], start: int) -> None:
        """Parts of what somebody provides are provided by the same."""
        for whole, parts in inclusions(sentence, found, self.reading):
            holder = self.reference.resolve(whole, OFFERINGS)
            models = (
                [c for c in self.claims if c.predicate == "provides" and c.object is holder]
                if holder is not None
                else []
            )
            if not models and not self._introduces(whole):
                continue
            for part in parts:
                if any(c.dep_ == "prep" and c.lower_ == "with" for c in part.children):
                    continue  # "a collaboration with X": a frame reads that
                draft = self.reference.resolve(part, OFFERINGS)
                if draft is None or draft.hidden or draft is holder:
                    continue
                if not self.reading.is_a(draft, OFFERINGS):
                    if draft.is_firm or not draft.named:
                        continue
                    draft.votes["Initiative"] += 2.5
                self._include(draft, part, models[-1] if models else None)

    def _introduces(self, whole: Token) -> bool:
        return whole.lemma_.lower() in self.reading.lexicon.introducing_nouns

    def _include(self, draft: Draft, part: Token, model: Claim | None) -> None:
        provider = model.subject if model is not None else self.reading.focus
        if provider is None:
            return
        claim = self._provision(provider, draft, part, "inclusion", 0.65)
        if model is not None:
            claim.modality = (
                model.modality if claim.modality is Modality.ASSERTED else claim.modality
            )
            claim.speaker = claim.speaker or model.speaker
            if model.speaker is not None and claim.voice is Voice.NARRATOR:
                claim.voice = model.voice
        self._keep(claim, part)

    def _nationalities(self, sentence: Span) -> None:
        """ "the Danish toymaker", "Danish toymaker Acme": the company is based there."""
        demonyms = self.reading.lexicon.demonyms
        for token in sentence:
            iri = demonyms.get(token.lower_)
            if iri is None or token.dep_ not in ("amod", "compound", "nmod"):
                continue
            if (
                self.reading.lexicon.anaphors.get(token.head.lemma_.lower()) != "Company"
                and self.reading.at(token.head) is None
            ):
                continue
            draft = self.reading.at(token.head) or self.reference.resolve(token.head, ("Company",))
            if draft is None or not self.reading.is_a(draft, ("Company",)) or not draft.named:
                continue
            place = self.matcher.known(iri)
            if place is None:
                continue
            block = self.reading.block_of(token)
            first, last = token_span(self.reading, block, [token, token.head])
            speaker, voice = self._voice(token, presupposed=True)
            self.claims.append(
                Claim(
                    draft,
                    "basedIn",
                    place,
                    block,
                    first,
                    last,
                    "nationality",
                    0.7,
                    Modality.ASSERTED,
                    speaker,
                    voice,
                )  # fmt: skip
            )

    def _measures(self, sentence: Span) -> None:
        for draft, amount, noun, support in find_measures(sentence, self.reading, self.reference):
            block = self.reading.block_of(noun)
            if (block, noun.i) in self.matcher.used_amounts:
                continue
            doc = noun.doc
            number = doc.char_span(amount.start, amount.end, alignment_mode="expand")
            first, last = token_span(self.reading, block, [noun, *support, number[0], number[-1]])
            speaker, voice = self._voice(noun, presupposed=False)
            claim = Claim(
                draft, "hasMeasure", amount.literal(), block, first, last, "measures", 0.6,
                stance_of(noun, self.reading.lexicon), speaker, voice,
            )  # fmt: skip
            unit = amount_unit(amount, noun)
            if unit is not None:
                claim.qualifiers["unit"] = unit
            if amount.comparator is not None:
                text = amount.comparator
                claim.qualifiers["comparator"] = Literal(text, XSD + "string", text)
            date = clause_date(noun, self.year)
            if date is not None:
                claim.qualifiers["date"] = date
            self.claims.append(claim)

    def _quotations(self) -> None:
        for quotation in self.reference.speech.quotations:
            if quotation.speaker is None or not quotation.stated:
                continue  # an inferred speaker attributes claims, but is not quoted
            doc = self.reading.annotated.blocks[quotation.block].doc
            text = doc[quotation.start : quotation.end].text.strip().rstrip(",")
            if not text:
                continue
            self.claims.append(
                Claim(
                    quotation.speaker,
                    "said",
                    Literal(text, XSD + "string", text),
                    quotation.block,
                    quotation.start,
                    quotation.end - 1,
                    "speech",
                    0.9,
                    voice=Voice.QUOTE,
                )  # fmt: skip
            )


def sentences_of(annotated: AnnotatedArticle) -> Iterator[Span]:
    """Sentences of the article in text order."""
    for block in annotated.blocks:
        yield from block.doc.sents
