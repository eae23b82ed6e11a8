"""What nouns, adjectives, "according to" and colons attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import SUBJECT, VERBAL, prepositional_objects
from kg.extract.paragraph import Paragraph, Report
from kg.extract.sources import noun_source, verb_source

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["according_report", "adjective_report", "colon_report", "noun_report"]

_COPULAS = frozenset({"be", "'s", "’s", "’", "feel", "remain"})
_MAX_NAME = 4  # tokens before the colon of "JONES: I did."
_MIN_SAID = 3  # tokens behind it
_MAX_ACRONYM = 3  # letters; longer words in capitals are names only if they are elsewhere
_COLON_REACH = 40  # tokens within which a headline has its colon


def noun_report(noun: Token, paragraph: Paragraph) -> Report | None:
    """What "Acme's claim that …" or "Acme's criticism of …" attributes, or None."""
    words = paragraph.lexicon.attribution
    lemma = noun.lemma_.lower()
    heads = [c for c in noun.rights if lemma in words["nouns"] and _is_content_clause(c)]
    for prep in noun.children:
        if prep.dep_ == "prep" and f"{lemma}_{prep.lower_}" in words["nominal"]:
            heads += _held(prep)
    known = bool(heads) or lemma in words["nouns"]
    source = noun_source(noun, paragraph) if known else None
    if source is None:
        return None
    if not heads:  # "the warning by Acme that …", read as a clause about Acme
        heads = [c for c in source.rights if c.dep_ == "relcl" and _has_all_it_needs(c)]
    zone = {noun.i, *range(*paragraph.phrase(source))}
    contents = paragraph.whole(paragraph.below(heads, zone), noun, zone)
    return paragraph.report(source, noun, contents, "noun") if contents else None


def _is_content_clause(child: Token) -> bool:
    """True for the clause of "the claim that", "the promise to"."""
    if child.dep_ not in ("acl", "ccomp", "relcl"):
        return False
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
    return marked or child.tag_ == "VB"


def _has_all_it_needs(clause: Token) -> bool:
    """True for a clause with a subject whose "that" was taken for an object."""
    first = next(iter(clause.lefts), None)
    return (
        first is not None
        and first.lower_ == "that"
        and first.dep_ == "dobj"
        and any(c.dep_ in SUBJECT for c in clause.lefts)
    )


def _held(prep: Token) -> list[Token]:
    return [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]


def adjective_report(adjective: Token, paragraph: Paragraph) -> Report | None:
    """What "X was hopeful that …" or "X was critical of …" attributes, or None."""
    verb = adjective.head
    if adjective.dep_ != "acomp" or verb.lemma_ not in _COPULAS:
        return None
    words = paragraph.lexicon.attribution
    lemma = adjective.lemma_.lower()
    clauses = [c for c in adjective.children if c.dep_ in ("ccomp", "xcomp")]
    heads = clauses if lemma in words["adjectives"] else []
    for prep in adjective.children:
        if prep.dep_ == "prep" and f"{lemma}_{prep.lower_}" in words["adjectival"]:
            heads = heads + _held(prep)
    source = verb_source(verb, paragraph) if heads else None
    if source is None:
        return None
    zone = {adjective.i, verb.i, *range(*paragraph.phrase(source))}
    contents = paragraph.whole(paragraph.below(heads, zone), adjective, zone)
    return paragraph.report(source, adjective, contents, "adjective") if contents else None


def according_report(word: Token, paragraph: Paragraph) -> Report | None:
    """What stands beside "according to X" in its sentence, or None for another "according".

    At the beginning, that is what follows; else what goes before, and what follows where the
    phrase stands before its verb.
    """
    source = next((o for prep in word.children for o in prepositional_objects(prep)), None)
    if source is None or source.left_edge.i <= word.i or _is_rule(source):
        return None
    sentence = word.sent
    end = max(t.i for t in word.subtree) + 1
    before = [t for t in paragraph.doc[sentence.start : word.i] if t.is_alpha]
    if all(t.dep_ in ("cc", "advmod") for t in before):
        found = [(end, sentence.end)]
    else:
        found = [(sentence.start, word.i)]
        verb = next((t for t in word.ancestors if t.pos_ in VERBAL), None)
        if verb is not None and verb.i > word.i:
            found.append((end, sentence.end))
    contents = paragraph.whole(paragraph.trimmed(found), word, set(range(word.i, end)))
    if not contents:
        return None
    start = source.left_edge.i
    return Report(source, (start, end), word, (word.i, start), contents, "according")


def _is_rule(noun: Token) -> bool:
    """True for the bare noun of "according to plan", which nobody says."""
    return noun.tag_ == "NN" and noun.i == noun.left_edge.i == noun.right_edge.i


def _names_a_source(token: Token, paragraph: Paragraph) -> bool:
    """True for a part of a name, also in capitals, and for nouns like "poll"."""
    if token.lemma_.lower() in paragraph.lexicon.attribution["before_colon"]:
        return True
    if token.is_upper and len(token) > _MAX_ACRONYM:
        return token.text.title() in paragraph.names
    return len(token) > 1 and (token.pos_ == "PROPN" or token.text in paragraph.names)


def colon_report(paragraph: Paragraph) -> Report | None:
    """What a headline ("Acme: no plans to sell") or transcript ("JONES: I did.") attributes."""
    doc = paragraph.doc
    colons = [t.i for t in doc[:_COLON_REACH] if t.text == ":"]
    if not colons or not 0 < colons[0] <= _MAX_NAME:
        return None
    colon = doc[colons[0]]
    if not all(_names_a_source(t, paragraph) for t in doc[: colon.i]):
        return None
    rest = paragraph.trimmed([(colon.i + 1, len(doc))])
    if not rest or rest[0][1] - rest[0][0] < _MIN_SAID:
        return None
    return Report(doc[colon.i - 1], (0, colon.i), colon, (colon.i, colon.i + 1), rest, "colon")
