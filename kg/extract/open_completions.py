"""What completes a verb in open triples: each object, complement, preposition and clause of it.

The words of a relation grow along the sentence: verb, object, preposition. What a preposition holds
can hold a preposition in turn, and each is a triple of its own; where the parser ties "in May" to
the object and not to the verb, the triple is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.open_clauses import (
    OBJECT,
    VERBAL,
    bare_verbs,
    children_of,
    is_bare,
    is_small,
    verb_group,
)
from kg.extract.open_phrases import (
    NOMINAL,
    Phrase,
    clause_phrase,
    in_order,
    is_of,
    noun_phrases,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["Completion", "completions"]

_QUESTION = frozenset({"WP", "WDT", "WP$", "WRB"})
_MEASURED = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
# Preposition and noun that link sentences, and say nothing of their clause.
_DISCOURSE = frozenset(
    {
        ("as", "result"), ("for", "example"), ("for", "instance"), ("in", "addition"),
        ("in", "contrast"), ("in", "fact"), ("in", "general"), ("in", "particular"), ("in", "turn"),
        ("of", "course"), ("at", "least"), ("at", "all"),
    }
)  # fmt: skip
_MAX_DEPTH = 6  # prepositions and clauses inside one another
_MAX_OBJECTS = 4  # of a list, that stand before what follows the list


@dataclass(frozen=True, slots=True)
class Completion:
    """The words of a relation and its object; `rule` names the construction."""

    rule: str
    relation: tuple[Token, ...]
    object: Phrase


def completions(
    verb: Token, group: tuple[Token, ...], lexicon: Lexicon, depth: int = 0
) -> Iterator[Completion]:
    """What a verb with these words is completed by: complements first, then adverbials."""
    if depth > _MAX_DEPTH:
        return
    between = tuple(t for d in _recipients(verb) for t in noun_phrases(d)[0].tokens)
    objects = [p for o in _objects(verb) for p in noun_phrases(o)]
    attributes = [p for a in _attributes(verb) for p in noun_phrases(a)]
    qualities = [q for a in children_of(verb, "acomp") for q in _qualities(a)]
    for rule, phrases in (("object", objects), ("attribute", attributes), ("quality", qualities)):
        for phrase in phrases:
            yield Completion(rule, (*group, *between), phrase)
    yield from _small_clauses(verb, group, lexicon, depth)
    yield from _clauses(verb, (*group, *between, *(objects[0].tokens if objects else ())), lexicon)
    inner = objects or attributes or qualities or [Phrase((), ())]
    for phrase in inner[:_MAX_OBJECTS]:
        yield from _adverbials(verb, (*group, *between, *phrase.tokens), lexicon, depth)
    for phrase in (*objects, *attributes):
        yield from _modifiers(phrase, (*group, *between, *phrase.tokens), lexicon, depth)
    for quality in children_of(verb, "acomp"):
        yield from _adverbials(quality, (*group, quality), lexicon, depth)


def _objects(verb: Token) -> list[Token]:
    """Direct objects; the noun of a relative clause that lacks one ("the mill they bought")."""
    own = [c for c in children_of(verb, *OBJECT) if not _asks(c)]
    if own or verb.dep_ != "relcl" or verb.head.pos_ not in NOMINAL:
        return own
    others = [c for c in verb.children if c.dep_ not in OBJECT]
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in others)
    asks = any(_asks(c) for c in others)
    has_subject = any(c.dep_ == "nsubj" for c in others)
    full = any(c.dep_ in ("ccomp", "xcomp", "attr", "acomp") for c in others)
    return [verb.head] if has_subject and not (passive or asks or full) else []


def _asks(token: Token) -> bool:
    """True for a question or relative word, and for what holds one ("which", "how much")."""
    return any(t.tag_ in _QUESTION for t in (token, *token.children))


def _recipients(verb: Token) -> list[Token]:
    """Whom something is given to: what stands between verb and object ("gave him a book")."""
    return [c for c in children_of(verb, "dative") if c.pos_ in NOMINAL][:1]


def _attributes(verb: Token) -> list[Token]:
    return [c for c in children_of(verb, "attr", "oprd") if c.tag_ not in _QUESTION]


def _qualities(adjective: Token) -> list[Phrase]:
    """Predicative adjectives, coordinated ones apart; none before an infinitive ("able to")."""
    if children_of(adjective, "xcomp"):
        return []
    members = [adjective, *(c for c in children_of(adjective, "conj") if c.pos_ == "ADJ")]
    out = []
    for member in members:
        degree = [t for c in children_of(member, "advmod", "neg") if c.i < member.i
                  for t in c.subtree]  # fmt: skip
        out.append(Phrase(in_order([*degree, member]), (member,)))
    return out


def _clauses(verb: Token, relation: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Completion]:
    """Clauses that are an object ("said that …"); coordinated ones apart.

    Without "that", a clause beside a verb that reports nothing is most often a sentence of its own,
    which the parser tied to the next.
    """
    reports = verb.lemma_.lower() in lexicon.reporting
    for clause in children_of(verb, "ccomp"):
        if is_small(clause, lexicon) or not (reports or _is_introduced(clause)):
            continue
        siblings = [c for c in children_of(clause, "conj") if c.pos_ in VERBAL]
        for member in (clause, *siblings):
            yield Completion("clause", relation, clause_phrase(member))


def _is_introduced(clause: Token) -> bool:
    return any(c.lower_ == "that" for c in children_of(clause, "mark"))


def _small_clauses(
    verb: Token, group: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    """Whom one helps, lets or asks, and what they do: "helped them (to) sell the plant"."""
    for clause in children_of(verb, "ccomp"):
        if is_small(clause, lexicon):
            for subject in noun_phrases(children_of(clause, "nsubj")[0]):
                yield Completion("object", group, subject)
                yield from _bare(clause, (*group, *subject.tokens), lexicon, depth)


def _bare(
    verb: Token, relation: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    """What completes infinitives and gerunds that go on with a relation."""
    for member in bare_verbs(verb):
        yield from completions(member, (*relation, *verb_group(member)), lexicon, depth + 1)


def _adverbials(
    head: Token, relation: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    """Prepositions, times without a preposition, and purposes of a verb or an adjective."""
    for child in head.children:
        if child.lower_ == "according":
            continue  # who says it, not what is said
        if child.dep_ in ("prep", "agent") or (child.dep_ == "dative" and child.pos_ == "ADP"):
            yield from _preposition(child, relation, lexicon, depth)
        elif child.dep_ == "advmod":  # "back to", "together with", "instead of"
            for prep in children_of(child, "prep"):
                yield from _preposition(prep, (*relation, child), lexicon, depth)
        elif child.dep_ == "npadvmod" and child.ent_type_ in _MEASURED:
            yield Completion("time", relation, Phrase(in_order(child.subtree), (child,)))
        elif child.dep_ == "advcl" and is_bare(child, lexicon) and not children_of(child, "mark"):
            yield from _bare(child, relation, lexicon, depth)  # a purpose


def _preposition(
    prep: Token, relation: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    if depth > _MAX_DEPTH:
        return
    words = (*relation, *_preposition_words(prep))
    holds = False
    for child in prep.children:
        if child.dep_ == "pobj" and child.tag_ not in _QUESTION:
            holds = True
            yield from _held(prep, child, words, lexicon, depth)
        elif child.dep_ == "pcomp" and child.pos_ in VERBAL:
            yield from _bare(child, words, lexicon, depth)
        elif child.dep_ in ("prep", "conj") and child.pos_ == "ADP":
            # "from 1970 to 1985" has two prepositions, "out of it" one
            outer = relation if holds or child.dep_ == "conj" else words
            yield from _preposition(child, outer, lexicon, depth + 1)


def _held(
    prep: Token, noun: Token, words: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    """What a preposition holds, and what that holds in turn."""
    if f"{prep.lower_}_{noun.lower_}" in lexicon.compound_prepositions:
        followers = children_of(noun, "prep", "acl")
        for follow in followers:  # "in order to sell", "in respect of price"
            if follow.dep_ == "prep":
                yield from _preposition(follow, (*words, noun), lexicon, depth + 1)
            elif is_bare(follow, lexicon):
                yield from _bare(follow, (*words, noun), lexicon, depth)
        if followers:
            return
    if (prep.lower_, noun.lower_) in _DISCOURSE:
        return
    for phrase in noun_phrases(noun):
        yield Completion("preposition", words, phrase)
        yield from _modifiers(phrase, (*words, *phrase.tokens), lexicon, depth + 1)


def _preposition_words(prep: Token) -> list[Token]:
    """A preposition of several words ("because of", "such as")."""
    parts = [
        c
        for c in prep.children
        if not list(c.children)
        and (
            (c.dep_ in ("pcomp", "prep") and c.pos_ in ("ADP", "SCONJ"))
            or c.lower_ == "such"
            or (c.dep_ == "advmod" and c.i == prep.i - 1 and prep.lower_ in ("of", "to"))
        )
    ]
    return sorted([prep, *parts], key=lambda t: t.i)


def _modifiers(
    phrase: Phrase, relation: tuple[Token, ...], lexicon: Lexicon, depth: int
) -> Iterator[Completion]:
    """Prepositions and infinitives behind the nouns of a phrase that ends a relation."""
    if depth > _MAX_DEPTH:
        return
    for head in phrase.heads:
        for child in head.rights:
            if child.dep_ == "prep" and not is_of(child):
                yield from _preposition(child, relation, lexicon, depth + 1)
            elif child.dep_ == "acl" and is_bare(child, lexicon):
                yield from _bare(child, relation, lexicon, depth)
