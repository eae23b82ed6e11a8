"""Who provides what a text introduces in passing, as a part of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.claims import Claim, attribution_of, stretch_of
from kg.extract.drafts import Draft, Reading
from kg.extract.introductions import OFFERINGS, inclusions
from kg.extract.reference import Reference
from kg.extract.slots import Predication
from kg.extract.stance import stance_of
from kg.model.statement import Modality, Voice

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["included_parts"]

PROVIDES = "provides"
INCLUDED = 0.65  # confidence, by the share that was right on articles read
GUESS = 2.5  # votes of a list of initiatives for its parts


def included_parts(
    sentence: Span,
    found: list[Predication],
    reading: Reading,
    reference: Reference,
    claims: Sequence[Claim],
) -> Iterator[tuple[Claim, Token]]:
    """Claims that parts of what somebody provides are provided by the same, and the part's token.

    `claims` are those of the article so far: the last one about the whole is the model.
    """
    for whole, parts in inclusions(sentence, found, reading):
        holder = reference.resolve(whole, OFFERINGS)
        models = [c for c in claims if c.predicate == PROVIDES and c.object is holder]
        model = models[-1] if models and holder is not None else None
        introduces = whole.lemma_.lower() in reading.lexicon.introducing_nouns
        provider = model.subject if model is not None else reading.focus
        if provider is None or (model is None and not introduces):
            continue
        for part in parts:
            draft = _part(reading, reference, part)
            if draft is not None and draft is not holder:
                claim = _provision(reading, reference, provider, draft, part)
                if model is not None:
                    _follow(claim, model)
                yield claim, part


def _part(reading: Reading, reference: Reference, token: Token) -> Draft | None:
    """The offering that a part is; what is in doubt is taken for one."""
    if any(c.dep_ == "prep" and c.lower_ == "with" for c in token.children):
        return None  # "a collaboration with X": a frame reads that
    draft = reference.resolve(token, OFFERINGS)
    if draft is None or draft.hidden:
        return None
    if not reading.is_a(draft, OFFERINGS):
        if draft.is_firm or not draft.named:
            return None
        draft.votes["Initiative"] += GUESS
    return draft


def _provision(
    reading: Reading,
    reference: Reference,
    provider: Draft,
    draft: Draft,
    token: Token,
) -> Claim:
    # with its governor, so that the words show what presents it: "…, including a night market"
    governors = (t for t in token.ancestors if t.pos_ in ("NOUN", "PROPN", "VERB", "AUX"))
    above = list(islice(governors, 1))
    subject = [c for t in above for c in t.children if c.dep_ == "nsubj"]
    beside = [t for c in _prepositions(token) for t in c.subtree if t.dep_ == "pobj"]
    place = stretch_of(reading, reading.block_of(token), [token, *above, *subject, *beside])
    speaker, voice = attribution_of(token, reading, reference.speech, presupposed=False)
    modality = stance_of(token, reading.lexicon)
    extractor = "introductions/inclusion"
    return Claim(provider, PROVIDES, draft, place, extractor, INCLUDED, modality, speaker, voice)


def _prepositions(token: Token) -> Iterator[Token]:
    """Those of the part; one right after it too, to whichever of the row the parser ties it."""
    yield from (c for c in token.rights if c.dep_ == "prep")
    after = token.doc[token.i + 1 : token.i + 2]
    yield from (t for t in after if t.dep_ == "prep" and t.head in token.ancestors)


def _follow(claim: Claim, model: Claim) -> None:
    """Gives the claim about a part the stance and speaker of the one about the whole."""
    if claim.modality is Modality.ASSERTED:
        claim.modality = model.modality
    claim.speaker = claim.speaker or model.speaker
    if model.speaker is not None and claim.voice is Voice.NARRATOR:
        claim.voice = model.voice
