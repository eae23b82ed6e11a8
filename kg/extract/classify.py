"""Classes of named entities: every context votes, and one name has one class in an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["classify"]

# Weights order the contexts by how rarely they mislead; found by reading, not fitted.
NAME_HEAD, APPOSITION, COMPOUND, POST, NER, SPEAKER = 6.0, 8.0, 6.0, 8.0, 2.0, 1.5
WEAK_NER = 1.0


def classify(reading: Reading) -> None:
    """Gathers the votes for every named draft; a noun that only classifies a name joins it."""
    for draft in list(reading.drafts):
        for place in list(draft.places):
            doc = reading.annotated.blocks[place.block].doc
            _name_head(reading, draft, place)
            _recogniser(reading, draft, doc, place)
            head = doc[place.start : place.end].root
            _apposition(reading, draft, head)
            _descriptor(reading, draft, doc, place)
            _speaker(reading, draft, head)
    for post in reading.posts:
        _holder(reading, post)


def _name_head(reading: Reading, draft: Draft, place: Place) -> None:
    last = reading.text(place).split()[-1:] or [""]
    found = reading.lexicon.name_heads.get(last[0].lower().rstrip(".,"))
    if found and place.end - place.start > 1:
        draft.votes[found] += NAME_HEAD


def _recogniser(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    labels = {doc[i].ent_type_ for i in range(place.start, place.end)} - {""}
    for label in sorted(labels):
        found = reading.lexicon.ner_types.get(label)
        if found is None:
            continue
        whole = len(labels) == 1
        # one-word names are what the small model gets wrong most
        long = place.end - place.start > 1 or label in ("GPE", "LOC", "ORG")
        draft.votes[found] += NER if whole and long else WEAK_NER


def noun_class(reading: Reading, token: Token) -> str | None:
    """Class that a common noun denotes; persons by their posts."""
    lemma = token.lemma_.lower()
    if lemma in reading.lexicon.roles:
        return "Person"
    return reading.lexicon.head_type(lemma)


def _apposition(reading: Reading, draft: Draft, head: Token) -> None:
    explained = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        explained.append(head.head)
    for token in explained:
        if token.pos_ != "NOUN" or reading.at(token) is not None:
            continue
        if any(c.dep_ in ("cc", "conj") for c in (*token.children, *head.children)):
            continue  # a list, not an explanation
        found = noun_class(reading, token)
        if found is not None:
            draft.votes[found] += APPOSITION
            if not any(p.start <= token.i < p.end for p in reading.posts if p.block == reading.block_of(token)):
                reading.claim(token, draft)


def _descriptor(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    """ "Fliggo travel platform", "Chinese company Acme": the noun says what the name is."""
    classes = {
        word: name
        for name, words in reading.ontology.lexicon.get("descriptors", {}).items()
        for word in words
    }
    i = place.end
    while i < len(doc) and i - place.end < 3 and doc[i].pos_ in ("NOUN", "ADJ", "PROPN"):
        token = doc[i]
        found = classes.get(token.lemma_.lower())
        if found is not None and token.dep_ != "compound" and reading.at(token) is None:
            if doc[place.end - 1].dep_ == "poss" or doc[place.end].text in ("'s", "’s"):
                break
            draft.votes[found] += COMPOUND
            reading.claim(token, draft)
            break
        i += 1
    if place.start > 0:
        token = doc[place.start - 1]
        found = classes.get(token.lower_) or (
            reading.lexicon.anaphors.get(token.lower_) if token.dep_ == "compound" else None
        )
        if found is not None and token.pos_ == "NOUN" and reading.at(token) is None:
            draft.votes[found] += COMPOUND
            reading.claim(token, draft)


def _speaker(reading: Reading, draft: Draft, head: Token) -> None:
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_.lower() in reading.lexicon.reporting:
        person = draft.votes.get("Person", 0.0)
        organisation = draft.votes.get("Company", 0.0)
        draft.votes["Person" if person >= organisation else "Company"] += SPEAKER


def _holder(reading: Reading, post: Place) -> None:
    """Who stands beside a post is a person; what stands before it, an organisation or a place."""
    doc = reading.annotated.blocks[post.block].doc
    if post.end < len(doc):
        right = reading.at(doc[post.end])
        if right is not None and right.named and doc[post.end].pos_ == "PROPN":
            right.votes["Person"] += POST
        elif doc[post.end].text == "," and post.end + 1 < len(doc):
            right = reading.at(doc[post.end + 1])
            if right is not None and doc[post.end + 1].ent_type_ == "PERSON":
                right.votes["Person"] += POST / 2
    if post.start >= 2 and doc[post.start - 1].text == ",":
        left = reading.at(doc[post.start - 2])
        if left is not None and doc[post.start - 2].ent_type_ == "PERSON":
            left.votes["Person"] += POST / 2
