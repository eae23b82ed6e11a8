"""Noun phrases that stand for others: coordinated members, and what transparent nouns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.additions import added_to_noun
from kg.extract.clauses import objects_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["coordinated", "noun_head"]

_MAX_NESTING = 4  # "a range of a set of …": deeper than anybody writes


def noun_head(token: Token, lexicon: Lexicon) -> Token:
    """What a transparent noun holds ("a range of online events": events), else the token."""
    for _ in range(_MAX_NESTING):
        if token.lemma_.lower() not in lexicon.transparent:
            break
        held = next(objects_of(token, "of"), None)
        if held is None:
            break
        token = held
    return token


def coordinated(token: Token, lexicon: Lexicon) -> list[Token]:
    """The noun and what is coordinated with it, in text order, transparent nouns opened.

    The parser often reads a list ("a hall, a track and a pool") as appositions ending in a
    conjunction: an apposition in a chain that a later "and" closes is taken as a member. Of "X or
    Y" only X is taken: the two are most often names of one thing.
    """
    chain = [*_chain(token), *_stray_places(token)]
    members = {t for t in chain if t == token or (t.dep_ == "conj" and not _is_region(t))}
    closing = max((t.i for t in chain if _closes(t)), default=-1)
    members |= {
        t
        for t in chain
        if t.dep_ != "conj" and t.i <= closing and _is_member(t) and not _bracketed(t)
    }
    out: list[Token] = []
    for member in sorted(members, key=lambda t: t.i):
        if member != token and _after_or(member):
            continue
        opened = noun_head(member, lexicon)
        if opened != member:
            out.extend(t for t in coordinated(opened, lexicon) if t not in out)
        elif opened not in out:
            out.append(opened)
    added = (
        noun
        for member in sorted(members, key=lambda t: t.i)
        for noun in added_to_noun(member, lexicon)
    )
    for noun in added:
        out.extend(t for t in coordinated(noun, lexicon) if t not in out)
    return out


def _chain(token: Token) -> list[Token]:
    """The token and what conjunctions and appositions tie to it, directly or through others."""
    chain: list[Token] = []
    waiting = [token]  # a list of thousands of names nests as deep: no recursion
    while waiting:
        node = waiting.pop()
        chain.append(node)
        for child in node.children:
            follower = _follower(node, child)
            if follower is not None:
                waiting.append(follower)
    return chain


def _follower(token: Token, child: Token) -> Token | None:
    """The next link of a chain below a child, or None."""
    if child.dep_ not in ("conj", "appos") or (child.dep_ == "appos" and _bracketed(child)):
        return None
    stray = child.ent_type_ == "GPE" and token.pos_ == "NOUN"
    if not stray and child.pos_ not in ("VERB", "AUX", "ADP", "ADV"):
        return child
    return _mistaken_verb(child) if child.dep_ == "conj" else None


def _is_region(token: Token) -> bool:
    """True for the region in "Springfield, Illinois": the parser coordinates it with the city."""
    head = token.head
    joined = any(c.dep_ == "cc" for c in head.children)
    return token.ent_type_ == "GPE" and head.ent_type_ == "GPE" and not joined


def _stray_places(token: Token) -> list[Token]:
    """Places coordinated with a place that the parser tied to a noun before it.

    "hosting in Oslo and then Rome": Rome is read as a second hosting.
    """
    if token.ent_type_ != "GPE" or token.dep_ != "pobj":
        return []
    return [
        t
        for t in token.sent
        if t.i > token.i
        and t.dep_ == "conj"
        and t.ent_type_ == "GPE"
        and t.head.i < token.i
        and t.head.ent_type_ != "GPE"
        and all(w.dep_ in ("cc", "advmod", "punct") for w in t.doc[token.i + 1 : t.i])
    ]


def _mistaken_verb(verb: Token) -> Token | None:
    """The noun of a compound whose first part was taken for a verb ("… and cloud hosting")."""
    if verb.pos_ != "VERB" or verb.tag_ not in ("VB", "VBP") or verb.i + 1 >= len(verb.doc):
        return None
    following = verb.nbor(1)
    if following.dep_ != "dobj" or following.head != verb:
        return None
    clausal = any(c.dep_ in ("nsubj", "aux", "prep", "advmod") for c in verb.children)
    return None if clausal else following


def _bracketed(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text in "(["


def _closes(token: Token) -> bool:
    """True for the last members of a list: what "and" joins or stands before."""
    return (token.dep_ in ("conj", "dobj") and not _bracketed(token)) or any(
        c.dep_ == "cc" and c.lower_ == "and" for c in token.children
    )


def _is_member(token: Token) -> bool:
    """False for a name that an apposition explains, or that explains one."""
    return token.pos_ != "PROPN" or any(c.dep_ in ("conj", "cc") for c in token.children)


def _after_or(token: Token) -> bool:
    return any(c.dep_ == "cc" and c.lower_ == "or" for c in token.head.children)
