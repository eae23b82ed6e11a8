"""Classes of named entities: every context votes, and one name has one class in an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading, Votes
from kg.extract.outlets import is_told
from kg.extract.persons import person_votes
from kg.extract.places import is_large_city

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["classify", "noun_class"]

# Weights order the contexts by how rarely they mislead; found by reading, not fitted.
NAME_HEAD, APPOSITION, COMPOUND, POST, NER, SPEAKER = 6.0, 8.0, 6.0, 8.0, 2.0, 1.5
OUTLET = 4.0
WEAK_NER, ACTS, TICKER, IN_LIST, GAZETTEER = 1.0, 1.5, 8.0, 3.0, 4.0
PLACES = frozenset({"City", "Region", "Venue"})
MAX_BETWEEN = 5  # tokens behind a name among which the noun that describes it must stand


def classify(reading: Reading) -> None:
    """Gathers the votes for every named draft; a noun that only classifies a name joins it."""
    joined: list[tuple[Token, Draft, str]] = []
    for draft in list(reading.drafts):
        for place in list(draft.places):
            doc = reading.annotated.blocks[place.block].doc
            _name_head(reading, draft, place)
            _honorific(reading, draft, doc, place)
            _recogniser(reading, draft.recognised, doc, place)
            head = doc[place.start : place.end].root
            _apposition(reading, draft, head)
            _copula(reading, draft, head)
            joined.extend(_descriptor(reading, draft, doc, place))
            _ticker(reading, draft, doc, place)
            _speaker(reading, draft, head)
            _outlet(reading, draft, head)
            _called(reading, draft, doc, place)
            _kind_of_place(reading, draft, doc, place)
    person_votes(reading)
    for draft in list(reading.drafts):
        _city(draft)
        _other_than_known(reading, draft)
    for token, draft, name in joined:
        if draft.type is not None and reading.ontology.is_any(draft.type, (name,)):
            reading.claim(token, draft)
    for post in reading.posts:
        _holder(reading, post)
    for draft in list(reading.drafts):
        _company(reading, draft)


def _name_head(reading: Reading, draft: Draft, place: Place) -> None:
    last = reading.text(place).split()[-1:] or [""]
    found = reading.lexicon.name_heads.get(last[0].lower().rstrip(".,"))
    if found and place.end - place.start > 1:
        draft.votes[found] += NAME_HEAD


def _honorific(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    """The name behind "Sen." is a person's, whatever the recogniser takes it for."""
    words = (doc[place.start], *doc[max(place.start - 1, 0) : place.start])
    if any(w.lower_ in reading.lexicon.honorifics for w in words) and place.end > words[-1].i + 1:
        draft.votes["Person"] += NAME_HEAD


def _city(draft: Draft) -> None:
    """The gazetteer speaks where the recogniser sees a place or nothing: "Chase" is a town too."""
    open_question = draft.named and draft.known is None and not draft.votes
    if open_question and set(draft.recognised) <= PLACES and is_large_city(draft.label):
        draft.votes["City"] += GAZETTEER


def _recogniser(reading: Reading, votes: Votes, doc: Doc, place: Place) -> None:
    labels = {doc[i].ent_type_ for i in range(place.start, place.end)} - {""}
    for label in sorted(labels):
        found = reading.lexicon.ner_types.get(label)
        if found is None:
            continue
        whole = len(labels) == 1
        # one-word names are what the small model gets wrong most
        long = place.end - place.start > 1 or label in ("GPE", "LOC", "ORG")
        votes[found] += NER if whole and long else WEAK_NER


def noun_class(reading: Reading, token: Token) -> str | None:
    """The class that a common noun denotes, a person by a post; None for no class."""
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
            if not reading.is_in_post(token):
                reading.claim(token, draft)


def _copula(reading: Reading, draft: Draft, head: Token) -> None:
    """The noun of "Acme is a bank" says what the name is, and means it where the clause goes on."""
    verb = head.head
    if not reading.lexicon.copulas_tell or head.dep_ != "nsubj" or verb.lemma_.lower() != "be":
        return
    if any(c.dep_ in ("neg", "aux") for c in verb.children):
        return
    for token in (c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"):
        indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in token.children)
        found = noun_class(reading, token) if indefinite else None
        if found is not None and reading.at(token) is None:
            draft.votes[found] += APPOSITION
            if not reading.is_in_post(token):
                reading.claim(token, draft)


def _descriptor(
    reading: Reading, draft: Draft, doc: Doc, place: Place
) -> Iterator[tuple[Token, Draft, str]]:
    """The nouns that say what a name is: "Acme travel platform", "Danish company Acme"."""
    behind = _noun_behind(reading, doc, place)
    if behind is not None:
        token, found = behind
        definite = place.start > 0 and doc[place.start - 1].lower_ == "the"
        draft.votes[found] += COMPOUND / 2 if definite and found != "Event" else COMPOUND
        yield token, draft, found
    if place.start > 0:
        token = doc[place.start - 1]
        before = reading.lexicon.descriptors.get(token.lower_)
        if before is None and token.dep_ == "compound":
            before = reading.lexicon.anaphor(token.lemma_)
        if before is not None and token.pos_ == "NOUN" and reading.at(token) is None:
            draft.votes[before] += COMPOUND
            yield token, draft, before


def _noun_behind(reading: Reading, doc: Doc, place: Place) -> tuple[Token, str] | None:
    if place.end < len(doc) and doc[place.end].text in ("'s", "’s"):
        return None
    classes = reading.lexicon.descriptors
    for i in range(place.end, min(place.end + MAX_BETWEEN, len(doc))):
        token = doc[i]
        found = classes.get(token.lemma_.lower()) or classes.get(token.lower_)
        if found is not None and token.dep_ != "compound" and reading.at(token) is None:
            return token, found
        hyphened = any(t.text == "-" for t in doc[i - 1 : i + 2])
        if token.pos_ not in ("NOUN", "ADJ", "PROPN") and not hyphened:
            return None
    return None


def _ticker(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    """What is listed, as in "Acme (NYSE: ACM)", is a company."""
    following = [t.text.strip(":").upper() for t in doc[place.end : place.end + 2]]
    exchanges = {w.upper() for w in reading.lexicon.exchanges}
    if len(following) == 2 and following[0] in ("(", "[") and following[1] in exchanges:
        draft.votes["Company"] += TICKER


def _called(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    """The noun of "a tool called Pulse" says what the name is, and the two are one thing."""
    for i in range(place.start - 1, max(place.start - 3, -1), -1):
        verb = doc[i]
        if verb.lemma_.lower() not in reading.lexicon.naming_verbs:
            continue
        noun = verb.head
        if verb.dep_ in ("acl", "relcl") and noun.pos_ == "NOUN" and reading.at(noun) is None:
            found = noun_class(reading, noun)
            if found is not None:
                draft.votes[found] += APPOSITION
            reading.claim(noun, draft)
        return


def _kind_of_place(reading: Reading, draft: Draft, doc: Doc, place: Place) -> None:
    """The noun of "the state of Acadia" says what the name is."""
    if place.start >= 2 and doc[place.start - 1].lower_ == "of":
        found = reading.lexicon.kinds_of_place.get(doc[place.start - 2].lower_)
        if found is not None:
            draft.votes[found] += APPOSITION


def _other_than_known(reading: Reading, draft: Draft) -> None:
    """A name of the domain that the article calls what it cannot be is another of that name."""
    if draft.known is None or draft.votes[draft.known.type] >= APPOSITION:
        return
    excluded = reading.ontology.disjoint_with
    if any(w >= APPOSITION and excluded(c, draft.known.type) for c, w in draft.votes.items()):
        draft.known = None
        draft.label = reading.text(min(draft.places))


def _speaker(reading: Reading, draft: Draft, head: Token) -> None:
    """What acts as organisations do is one; who is only said to say something may be anybody."""
    if head.dep_ != "nsubj":
        return
    lemma = head.head.lemma_.lower()
    if lemma in reading.lexicon.organisation_verbs and draft.weights["Person"] < POST:
        draft.votes["Company"] += ACTS
    if lemma in reading.lexicon.reporting:
        person, organisation = draft.weights["Person"], draft.weights["Company"]
        if person >= organisation:
            draft.votes["Person"] += SPEAKER


def _outlet(reading: Reading, draft: Draft, head: Token) -> None:
    """Whom somebody tells what the article reports is an outlet, unless it may be a person."""
    seen = {"Person", *PLACES} & set(draft.recognised)
    if not seen and draft.weights["Person"] == 0 and is_told(head, reading.lexicon):
        draft.votes["MediaOutlet"] += OUTLET


def _company(reading: Reading, draft: Draft) -> None:
    """A name of doubtful class in a list of names has the class of those that are sure."""
    if draft.is_firm:
        return
    for place in draft.places:
        head = reading.annotated.blocks[place.block].doc[place.start : place.end].root
        sure = [reading.at(other) for other in head.conjuncts]
        types = [s.type for s in sure if s is not None and s is not draft and s.is_firm and s.type]
        if types:
            draft.votes[types[0]] += IN_LIST
            return


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
