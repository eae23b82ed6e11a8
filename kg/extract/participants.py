"""Who takes part in what a verb or an event noun says: subjects, objects and owners.

Subjects are followed through voice, control, coordination and relative clauses. The two halves need
each other: the builders of "their pact to build a plant" are the owners of the pact, and the owner
of a role noun is often the subject of its verb.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kg.extract.additions import added_to_object, added_to_subject
from kg.extract.clauses import (
    CLAUSE,
    NOUN,
    OBJECT,
    PASSIVE_SUBJECT,
    SUBJECT,
    VERBAL,
    governing_verb,
    is_passive,
    misread_verb,
    prepositional_objects,
    reported_clause,
)
from kg.extract.coordination import coordinated, noun_head
from kg.extract.slots import Predication, add_prepositions

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = [
    "fill_nominal",
    "nominal",
    "objects",
    "subjects",
]

_RELATIVE = frozenset({"which", "that", "who", "whom"})
_CONTROLLED = frozenset({"xcomp", "advcl", "ccomp", "pcomp"})
_MAX_CLIMB = 6  # verbs between a verb and its subject; beyond it the parse is noise
_MAX_PASSIVE_CLIMB = 4
_MAX_SHARED = 20  # verbs that one object may be shared by
_SHARED_REACH = 4  # tokens to a verb whose object the one before it may share


def subjects(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Heads of who does it, in text order.

    The verb's own subject, its by-phrase, or the one that control and coordination give.
    """
    return _subjects(verb, lexicon, 0)


def _subjects(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    if depth > _MAX_CLIMB:
        return []
    passive = is_passive(verb)
    own = None if passive else _own_subject(verb, SUBJECT)
    if own is not None:
        return [*_opened(own, verb, lexicon), *_spread(added_to_subject(verb, lexicon), lexicon)]
    for child in verb.children:
        if child.dep_ == "agent":
            return [h for p in prepositional_objects(child) for h in coordinated(p, lexicon)]
    if passive or verb.head == verb:
        return []
    return _inherited(verb, lexicon, depth)


def _spread(nouns: list[Token], lexicon: Lexicon) -> list[Token]:
    return [t for noun in nouns for t in coordinated(noun, lexicon)]


def _own_subject(verb: Token, labels: frozenset[str]) -> Token | None:
    """The subject that the parse gives a verb; of two, the one that names.

    "A maker of boats, Fjordix opened a dock": the parser may call both subjects; a verb has one,
    and what stands before it and a comma presents it.
    """
    own = [c for c in verb.children if c.dep_ in labels]
    presented = (c for c in own[1:] if c.pos_ == "PROPN" and own[0].pos_ == "NOUN")
    return next(presented, own[0] if own else None)


def _inherited(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    """The subject that a verb without one of its own takes from what governs it."""
    head = verb.head
    if verb.dep_ in CLAUSE:
        return _modified(verb, lexicon, depth)
    misread = misread_verb(head) if verb.dep_ == "conj" else None
    if misread is not None:
        return [misread]
    if verb.dep_ == "conj" and head.pos_ in VERBAL:
        reported = reported_clause(head, lexicon)
        if reported is not None and verb.i > reported[1].i:
            return [reported[0]]
        if is_passive(head):  # "Acme was sold and moved": not the buyer moved
            return _passive_subjects(head, lexicon, 0)
        return _subjects(head, lexicon, depth + 1)
    if verb.dep_ == "xcomp" and head.dep_ == "acomp" and head.head.pos_ in VERBAL:
        return _subjects(head.head, lexicon, depth + 1)  # "Acme is able to sell"
    if verb.dep_ in _CONTROLLED and head.pos_ in VERBAL:
        return _controlling(verb, lexicon, depth)
    if verb.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ in VERBAL:
        governor = head.head
        return _subjects(governor, lexicon, depth + 1) or _passive_subjects(governor, lexicon, 0)
    return []


def _modified(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    """The subject of a clause that modifies a noun: the noun, or the owners of the event."""
    head = verb.head
    if head.pos_ in NOUN and verb.tag_ == "VB":
        event = depth < 2 and head.lemma_.lower() in lexicon.undertakings
        owners = nominal(head, lexicon).slots.get("agent", []) if event else []
        if owners:  # "their pact to build a plant": the plant is built by them
            return owners
    if head.pos_ not in (*NOUN, "PRON") or verb.tag_ == "VBN":
        return []
    if any(c.dep_ in OBJECT and c.lower_ in _RELATIVE for c in verb.children):
        return []
    return [noun_head(head, lexicon)]


def _controlling(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    """The subject of a complement or adverbial clause: subject or object of the verb above."""
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_ in lexicon.object_control:
        return objects(head, lexicon) or _subjects(head, lexicon, depth + 1)
    if is_passive(head):
        return _passive_subjects(head, lexicon, depth + 1)
    return _subjects(head, lexicon, depth + 1)


def _opened(child: Token, verb: Token, lexicon: Lexicon) -> list[Token]:
    """What a subject token stands for: a relative pronoun for the noun that it refers to."""
    if child.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return [noun_head(verb.head, lexicon)]
    if child.dep_ in ("csubj", "csubjpass"):
        return []
    return coordinated(child, lexicon)


def _passive_subjects(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    own = _own_subject(verb, PASSIVE_SUBJECT)
    if own is not None:
        return [*_opened(own, verb, lexicon), *_spread(added_to_object(verb, lexicon), lexicon)]
    head = verb.head
    if verb.dep_ in CLAUSE and head.pos_ in NOUN:
        return [noun_head(head, lexicon)]
    if depth >= _MAX_PASSIVE_CLIMB:
        return []
    if verb.dep_ == "conj" and head.pos_ in VERBAL:
        return _passive_subjects(head, lexicon, depth + 1) or subjects(head, lexicon)
    if verb.dep_ == "xcomp" and head.dep_ == "acomp" and head.head.pos_ in VERBAL:
        return subjects(head.head, lexicon)  # "Acme is likely to be sold"
    if verb.dep_ in ("advcl", "xcomp") and head.pos_ in VERBAL:
        return subjects(head, lexicon) or _passive_subjects(head, lexicon, depth + 1)
    return []


def objects(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Heads of what it is done to, in text order.

    The object, the passive subject, or the object of the verbs coordinated with this one.
    """
    return _objects(verb, lexicon, 0)


def _objects(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    if is_passive(verb):
        return _passive_subjects(verb, lexicon, 0)
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ in OBJECT:
            relative = child.lower_ in _RELATIVE and verb.dep_ == "relcl"
            out += [noun_head(verb.head, lexicon)] if relative else coordinated(child, lexicon)
    if out:
        return out + _spread(added_to_object(verb, lexicon), lexicon)
    if _is_object_relative(verb):
        return [noun_head(verb.head, lexicon)]
    if depth >= _MAX_SHARED:
        return []
    # "develops, manufactures and services aeroplanes": a shared object stands behind the last
    siblings = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"]
    if verb.dep_ != "conj" or verb.head.pos_ != "VERB":
        siblings = [s for s in siblings if s.i - verb.i <= _SHARED_REACH]
    return [t for s in siblings for t in _objects(s, lexicon, depth + 1)]


def _is_object_relative(verb: Token) -> bool:
    """True for "the platform they built": the noun is what was built."""
    agents = [c.lower_ for c in verb.children if c.dep_ in SUBJECT]
    return verb.dep_ == "relcl" and bool(agents) and _RELATIVE.isdisjoint(agents)


def nominal(noun: Token, lexicon: Lexicon) -> Predication:
    """A noun with its prepositions, its possessors and whom it belongs to (slot `agent`)."""
    out = Predication(noun, noun.lemma_.lower(), "noun", governing_verb(noun) or noun)
    out.pending = partial(fill_nominal, lexicon=lexicon)
    return out


def fill_nominal(out: Predication, lexicon: Lexicon) -> None:
    """Fills the slots of a noun."""
    noun = out.trigger
    out.add("self", [noun])
    add_prepositions(noun, out, lexicon)
    _add_possessors(noun, out, lexicon)
    for child in noun.children:
        if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN":
            out.add("compound", coordinated(child, lexicon))
        elif child.dep_ == "appos":
            out.add("apposition", [child])
    if noun.dep_ == "appos":
        out.add("apposition", [noun.head])
    out.add("self", [noun_head(noun, lexicon)])
    out.add("agent", _owners(noun, out, lexicon))


def _add_possessors(noun: Token, out: Predication, lexicon: Lexicon) -> None:
    first = noun
    while first.dep_ == "conj":
        first = first.head
    for child in noun.children:
        if child.dep_ == "poss":
            out.add("possessor", coordinated(child, lexicon))
        elif child.dep_ in ("compound", "nmod", "amod"):
            # "Acme's Fliggo travel site": the possessor hangs on the name
            for owner in child.children:
                if owner.dep_ == "poss":
                    out.add("possessor", coordinated(owner, lexicon))
    for child in first.children:  # "Acme's gallery and shop"
        if child.dep_ == "poss":
            out.add("possessor", coordinated(child, lexicon))


def _owners(noun: Token, out: Predication, lexicon: Lexicon) -> list[Token]:
    """Who a role noun or a nominal event belongs to, by what says so most surely."""
    return (
        _copula_subjects(noun, lexicon)
        or out.slots.get("by")
        or out.slots.get("possessor")
        or _named_as(noun, lexicon)
        or out.slots.get("apposition")
        or _named_by(noun)
        or _outer_owners(noun, lexicon)
        or out.slots.get("compound")
        or []
    )


def _copula_subjects(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Subjects of "Acme is a sponsor", "Acme was named partner and supplier"."""
    head = noun.head
    if noun.dep_ in ("attr", "oprd") and head.pos_ in VERBAL:
        return subjects(head, lexicon) or _passive_subjects(head, lexicon, 0)
    if noun.dep_ == "conj" and head.dep_ == "attr":
        return subjects(head.head, lexicon)
    return []


def _named_as(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who is meant by "signed Acme as a sponsor", "Acme as sponsor"."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "as":
        return []
    governor = prep.head
    if governor.pos_ in VERBAL:
        who = subjects(governor, lexicon)
        # "As timekeeper, Acme brings clocks": a phrase before the subject is about the subject
        return who if who and prep.i < who[0].i else objects(governor, lexicon) or who
    return [governor] if governor.pos_ in NOUN else []


def _named_by(noun: Token) -> list[Token]:
    """The name behind a role noun, as in "Olympic partner Acme"."""
    return [noun.head] if noun.dep_ in ("compound", "nmod") and noun.head.pos_ == "PROPN" else []


def _outer_owners(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The possessor of what the noun is part of, or the subject whose object or patient it is."""
    lead = noun
    while lead.dep_ in ("conj", "appos"):
        lead = lead.head
    owners: list[Token] = []
    while lead.dep_ == "pobj" and lead.head.lower_ == "of" and lead.head.head.pos_ in NOUN:
        lead = lead.head.head
        possessor = next((c for c in lead.children if c.dep_ == "poss"), None)
        if possessor is not None:
            owners += coordinated(possessor, lexicon)
    is_argument = lead.dep_ in PASSIVE_SUBJECT or (lead.dep_ in OBJECT and lead.head.pos_ == "VERB")
    return owners or (subjects(lead.head, lexicon) if is_argument else [])
