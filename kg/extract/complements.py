"""Clauses and phrases that a frame takes as words: aims, missions, what something is shown as.

A slot of a frame may hold a complement of its trigger (`COMPLEMENTS`); `stretch` bounds the words
that the values "clause" and "phrase" keep of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.clauses import CLAUSE, NOUN, OBJECT, SUBJECT, VERBAL, objects_of
from kg.extract.coordination import coordinated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["COMPLEMENTS", "STRETCHES", "adjective_of", "stretch"]

STRETCHES = frozenset({"clause", "phrase", "text"})
_DETERMINERS = frozenset({"a", "an", "the", "to", "just", "only", "merely"})
_JOINING = frozenset({"cc", "conj", "preconj"})
_ASIDE = frozenset({"relcl", "advcl"})
# quotation marks and what closes each; None for those that only close
_MARKS = {"“": "”", '"': '"', "``": "''", "”": None, "''": None}
_CLOSING = 2  # tokens of a quotation that the parser ties to the clause above: its stop and mark


def stretch(kind: str, token: Token, before: Token | None = None) -> tuple[int, int]:
    """Tokens [start, end) of a complement, without what closes it.

    A "clause" begins with its verb, or with a gerund's first word; a "phrase" is one member of its
    coordination without determiner; a "text" is all below the token. None reaches over the end of
    a quotation that it stands in; one that opens and closes in it stays whole; none holds the
    phrase in which `before` stands.
    """
    doc = token.doc
    start, end = token.left_edge.i, token.right_edge.i + 1
    if kind == "clause" and token.tag_ != "VBG":
        start = token.i
    behind = [c for c in token.children if c.i > token.i]
    if kind != "text":
        end = min([end, *(c.left_edge.i for c in behind if c.dep_ in _JOINING)])
        start = max([start, *(c.i + 1 for c in token.children if c.dep_ == "preconj")])
    if kind == "clause":
        end = min([end, *(c.left_edge.i for c in behind if _is_finite_aside(c))])
        end = max([end, *(c.right_edge.i + 1 for c in _strays(token))])
    if kind == "phrase":
        end = min([end, *(c.left_edge.i for c in behind if c.dep_ in _ASIDE or _is_set_off(c))])
    end = _within_quotation(token, end)
    if before is not None and token.i < before.i < end:
        above = (t for t in before.ancestors if t.dep_ == "prep" and token.is_ancestor(t))
        end = next((t.left_edge.i for t in above), end)
    while end - 1 > token.i and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
        end -= 1
    while kind != "text" and start < token.i and _is_empty(doc[start]):
        start += 1
    return start, end


def _within_quotation(token: Token, end: int) -> int:
    """`end`, or where before it the first quotation mark stands that has no partner."""
    doc, i = token.doc, token.i
    while i < end:
        if doc[i].text in _MARKS:
            closing = _MARKS.get(doc[i].text)
            reach = min(end + _CLOSING, len(doc))
            partner = next((j for j in range(i + 1, reach) if doc[j].text == closing), None)
            if partner is None:
                return i
            i, end = partner, max(end, partner + 1)
        i += 1
    return end


def _is_empty(word: Token) -> bool:
    """True for what a phrase may lack at its beginning: determiners, "not just"."""
    return word.lower_ in _DETERMINERS or word.is_punct or word.dep_ in ("neg", "preconj")


def _is_set_off(child: Token) -> bool:
    """True for a prepositional phrase behind a comma: "modesty, along with thrift"."""
    return child.dep_ == "prep" and child.left_edge.nbor(-1).text == ","


def _is_finite_aside(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(c.dep_ in SUBJECT for c in clause.children)


def _strays(infinitive: Token) -> list[Token]:
    """Nouns joined to the verb above that go on with what the infinitive does.

    "to measure not just speed, but comfort": the parser joins the comfort to "want".
    """
    if infinitive.dep_ != "xcomp":
        return []
    joined = [c for c in infinitive.head.children if c.dep_ == "conj" and c.i > infinitive.i]
    return joined if all(c.pos_ in NOUN for c in joined) else []


def adjective_of(verb: Token) -> Token | None:
    """The adjective that a copula says of its subject ("is important"), or None."""
    return next((c for c in verb.children if c.dep_ == "acomp" and c.pos_ == "ADJ"), None)


def _infinitives(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The to-infinitives that complete a verb, noun or adjective, with those joined to them.

    Not those of "wants fans to sing" or "aims for fans to sing", which are what others do.
    """
    if _is_unbound(trigger):
        return []
    out = [c for c in _completing(trigger) if _is_infinitive(c) and not _is_of_others(c)]
    for verb in out[:1]:
        out += [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VB"]
        if (
            trigger.pos_ in VERBAL
        ):  # "want to build ships, sell them …": joined to "want" if misread
            out += [c for c in trigger.children if _is_bare(c, behind=verb)]
    for verb in out[1:]:
        out += [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VB" and c not in out]
    return out


def _is_unbound(verb: Token) -> bool:
    """True for the doing of nobody in particular: "like wanting to win", "it is good to aim"."""
    return verb.dep_ == "pcomp" or _is_infinitive(verb)


def _completing(trigger: Token) -> Iterator[Token]:
    if trigger.pos_ in VERBAL:
        yield from (c for c in trigger.children if c.dep_ == "xcomp")
        adjective = adjective_of(trigger)
        if adjective is not None:
            yield from (c for c in adjective.children if c.dep_ in ("xcomp", "ccomp"))
        return
    yield from (c for c in trigger.children if c.dep_ in CLAUSE)
    copula = trigger.head
    if trigger.dep_ in SUBJECT and copula.lemma_ in ("be", "remain"):
        yield from (c for c in copula.children if c.dep_ in ("xcomp", "ccomp") and c.i > copula.i)


def _is_of_others(infinitive: Token) -> bool:
    own = any(c.dep_ in SUBJECT for c in infinitive.children)
    head = infinitive.head
    between = [c for c in head.children if head.i < c.i < infinitive.i]
    to = infinitive.left_edge.i
    others = [c for c in between if c.dep_ in OBJECT or _ends_at(c, to)]
    return own or (head.pos_ in VERBAL and bool(others))


def _ends_at(prep: Token, to: int) -> bool:
    """True for the "for fans" right before the "to" of "aims for fans to sing"."""
    return prep.lower_ == "for" and prep.right_edge.i + 1 == to


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _is_bare(verb: Token, *, behind: Token) -> bool:
    free = not any(c.dep_ in (*SUBJECT, "aux") for c in verb.children)
    return verb.dep_ == "conj" and verb.tag_ in ("VB", "VBP") and verb.i > behind.i and free


def _shown_as(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """What "designed to be the fastest of its kind" says that it is to be."""
    copulas = (c for c in _completing(trigger) if c.lemma_ == "be" and _is_infinitive(c))
    return [c for copula in copulas for c in copula.children if c.dep_ in ("attr", "acomp")]


def _gerunds(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The doing that a clause is about: "Winning the young is important for Acme"."""
    return [c for c in trigger.children if c.dep_ in SUBJECT and c.tag_ == "VBG"]


def _beneficiaries(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """For whom something is important."""
    adjective = adjective_of(trigger)
    found = objects_of(adjective, "for", "to") if adjective is not None else iter(())
    return [t for noun in found for t in coordinated(noun, lexicon)]


def _available(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """Where something is what the adjective says: "is available on Acme's site"."""
    adjective = adjective_of(trigger)
    found = [*objects_of(adjective, "on"), *objects_of(trigger, "on")] if adjective else []
    return [t for noun in found for t in coordinated(noun, lexicon)]


def _own(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The "our" whose things an infinitive is about: "an opportunity to show our ships"."""
    words = lexicon.pronouns.get("we", frozenset())
    things = (
        noun
        for verb in _infinitives(trigger, lexicon)
        for first in verb.children
        if first.dep_ in OBJECT
        for noun in coordinated(first, lexicon)
    )
    return [c for n in things for c in n.children if c.dep_ == "poss" and c.lower_ in words][:1]


def _we(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The "we" above who hold what the clause says: "We believe that it is important to …"."""
    words = lexicon.pronouns.get("we", frozenset())
    above = (c for verb in trigger.ancestors for c in verb.children if c.dep_ in SUBJECT)
    return [t for t in above if t.lower_ in words][:1]


def _extent(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """How far the adjective of a copula goes: the years of "is nine years old"."""
    adjective = adjective_of(trigger)
    children = adjective.children if adjective is not None else ()
    return [c for c in children if c.dep_ == "npadvmod"]


def _of_the_list(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """What "on" behind the last member of a list holds: "games and deals on its site"."""
    if trigger.pos_ not in NOUN:
        return []
    first = trigger
    while first.dep_ == "conj" and first.head.pos_ in NOUN:
        first = first.head
    members = coordinated(first, lexicon)
    if trigger not in members:
        return []
    return [t for m in members for t in objects_of(m, "on") if t.i > members[-1].i]


COMPLEMENTS: Mapping[str, Callable[[Token, Lexicon], list[Token]]] = {
    "infinitive": _infinitives,
    "infinitive:be": _shown_as,
    "infinitive:our": _own,
    "gerund": _gerunds,
    "adjective:for": _beneficiaries,
    "adjective:on": _available,
    "adjective:extent": _extent,
    "we": _we,
    "list:on": _of_the_list,
}
