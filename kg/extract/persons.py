"""What makes a name a person's: an age, a birth, kin, a calling, "he" or "who", a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["person_votes"]

# Weights order the cues by how rarely they mislead: shares of persons among the names that had
# the cue in newswire sentences and encyclopedia articles, where classes are known.
AGE, BIRTH, KIN, INITIAL, NOUN, VERB = 5.0, 6.0, 5.0, 6.0, 6.0, 2.0
NEXT_SENTENCE, SAME_SENTENCE, RELATIVE, SURNAME = 4.0, 2.0, 2.5, 3.0
OLDEST = 110  # years
MOST_WORDS = 4  # of a full name
_MIDDLE = re.compile(r"[^\W\d]\w[\w'’-]* (?:[A-Z]\. ?)+[A-Z][\w'’-]+")  # "Jane Q. Roe"
_PLACES = frozenset({"GPE", "LOC", "FAC"})  # what the parser ties words to that belong elsewhere
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def person_votes(reading: Reading) -> None:
    """Votes for the class of persons by what stands around the names of an article.

    A full name and its surname share their votes: it is the surname that "he" takes up.
    """
    drafts = [d for d in reading.drafts if d.known is None and d.named]
    drafts = [d for d in drafts if not _has_article(reading, d)]
    weights = {draft: sum(_weights(reading, draft)) for draft in drafts}
    shared = dict(weights)
    for full, short in _surnames(reading, drafts):
        if weights[full] or weights[short] or _is_seen(full) or _is_seen(short):
            shared[full] += SURNAME + weights[short]
            shared[short] += SURNAME + weights[full]
    for draft, weight in shared.items():
        if weight:
            draft.votes["Person"] += weight


def _has_article(reading: Reading, draft: Draft) -> bool:
    """True where most mentions have "the" before them, as names of persons have not."""
    found = 0
    for place in draft.places:
        doc = reading.annotated.blocks[place.block].doc
        found += place.start > 0 and doc[place.start - 1].lower_ == "the"
    return 2 * found >= len(draft.places)


def _is_seen(draft: Draft) -> bool:
    return draft.recognised["Person"] > 0


def _is_place(draft: Draft) -> bool:
    """True where the recogniser sees a place and no person."""
    places = draft.recognised["City"] + draft.recognised["Region"] + draft.recognised["Venue"]
    return places > 0 and not _is_seen(draft)


def _weights(reading: Reading, draft: Draft) -> Iterator[float]:
    for place in draft.places:
        doc = reading.annotated.blocks[place.block].doc
        yield from _beside(reading, doc, place)
        yield from _pronoun(reading, doc, place)
    if _MIDDLE.fullmatch(draft.label):
        yield INITIAL


def _beside(reading: Reading, doc: Doc, place: Place) -> Iterator[float]:
    """Weights for the words right before and behind a mention, and for what it is subject of."""
    lexicon = reading.lexicon
    head = doc[place.start : place.end].root
    words = [t.lower_ for t in doc[place.end : place.end + 3]]
    if len(words) == 3 and words[0] == "," and words[2] in (",", "of", ".") and _is_age(words[1]):
        yield AGE
    if words[:2] == ["(", "born"]:
        yield BIRTH
    if head.dep_ in _SUBJECT and _lemma(head.head) in lexicon.person_verbs:
        yield VERB
    if _has_kin(reading, doc, place):
        yield KIN
    beside = [*doc[max(place.start - 1, 0) : place.start]]
    if head.ent_type_ not in _PLACES:
        beside += _appositions(head)
    if any(_is_person_noun(reading, token) for token in beside):
        yield NOUN


def _has_kin(reading: Reading, doc: Doc, place: Place) -> bool:
    """True for "Roe's daughter" and "the daughter of Roe"."""
    kin = reading.lexicon.kin
    head = doc[place.start : place.end].root
    if head.dep_ == "poss":
        return place.end < len(doc) and doc[place.end].tag_ == "POS" and _lemma(head.head) in kin
    of = head.head
    return head.dep_ == "pobj" and of.lower_ == "of" and of.i > 0 and _lemma(of.nbor(-1)) in kin


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _is_person_noun(reading: Reading, token: Token) -> bool:
    """True for what somebody is or does ("singer"), of one and not of several."""
    nouns = reading.lexicon.person_nouns
    return token.tag_ in ("NN", "NNP") and _lemma(token) in nouns


def _appositions(head: Token) -> list[Token]:
    """What explains a name, or is explained by it; no members of a list."""
    found = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":
        found.append(head.head)
    return [t for t in found if not any(c.dep_ in ("cc", "conj") for c in t.children)]


def _is_age(word: str) -> bool:
    return word.isdigit() and 10 <= int(word) < OLDEST


def _pronoun(reading: Reading, doc: Doc, place: Place) -> Iterator[float]:
    personal = reading.lexicon.pronouns.get("person", frozenset())
    head = doc[place.start : place.end].root
    sure = head.dep_ != "pobj" and head.ent_type_ not in _PLACES
    if sure and any(_is_who(c, personal) for c in head.children):
        yield RELATIVE
    if head.dep_ not in _SUBJECT or head.tag_ == "NNPS":
        return
    sentence = head.sent
    following = doc[sentence.end].lower_ if sentence.end < len(doc) else ""
    if head.head.dep_ == "ROOT" and following in personal - {"who"}:
        yield NEXT_SENTENCE
    single = place.end - place.start == 1
    if single and any(t.lower_ in personal for t in sentence if t.i >= place.end):
        yield SAME_SENTENCE


def _is_who(clause: Token, personal: frozenset[str]) -> bool:
    return clause.dep_ == "relcl" and any(
        c.lower_ == "who" and c.dep_ in _SUBJECT for c in clause.children
    )


def _surnames(reading: Reading, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Full names with what may be their surname: "Jane Roe", where "Roe" alone follows.

    A company is shortened to its first word, and a place to none.
    """
    alone = {d.label: d for d in drafts if " " not in d.label}
    for full in drafts:
        words = full.label.split()
        short = alone.get(words[-1]) if 2 <= len(words) <= MOST_WORDS else None
        if short is None or not _may_be_surname(reading, words[-1]) or _is_place(short):
            continue
        if all(w[0].isupper() for w in words) and full.first < short.first:
            yield full, short


def _may_be_surname(reading: Reading, word: str) -> bool:
    lexicon = reading.lexicon
    low = word.lower().rstrip(".")
    common = low in lexicon.name_heads or low in lexicon.heads or low in lexicon.company_endings
    return word.istitle() and not common
