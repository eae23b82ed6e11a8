"""The predicate–argument layer: who does what to whom, however the sentence says it.

A predication is a verb or a noun with its arguments by slot. Slots are normalised: `agent` is the
subject of an active verb, the by-phrase of a passive one, the possessor of a nominal event, the
subject of a copula; `patient` is the object or the passive subject; every preposition is a slot of
its own name. Coordination is expanded, control and relative clauses are followed, transparent nouns
("a range of X") give way to what they hold. Labels are those of the ClearNLP scheme that spaCy's
English pipelines use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.extract.lexicon import Lexicon

__all__ = ["Predication", "coordinated", "noun_head", "predications", "subjects"]

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
OBJECT = frozenset({"dobj", "obj"})
CLAUSE = frozenset({"relcl", "acl"})
NOUN = frozenset({"NOUN", "PROPN"})
RELATIVE = frozenset({"which", "that", "who", "whom"})


@dataclass
class Predication:
    """A trigger and its arguments: slot name to argument heads in text order, coordination
    expanded. `kind` is "verb" or "noun"; `clause` is the verb whose tense and negation hold for it,
    or the trigger where there is none.
    """

    trigger: Token
    lemma: str
    kind: str
    clause: Token
    slots: dict[str, list[Token]] = field(default_factory=dict)

    def add(self, slot: str, heads: list[Token]) -> None:
        """Adds argument heads that the slot does not hold yet."""
        mine = self.slots.setdefault(slot, [])
        mine.extend(h for h in heads if h not in mine)

    def first(self, slots: tuple[str, ...]) -> list[Token]:
        """Arguments of the first of these slots that holds any."""
        for slot in slots:
            if self.slots.get(slot):
                return self.slots[slot]
        return []


def predications(sentence: Span, lexicon: Lexicon) -> Iterator[Predication]:
    """Verb and noun predications of a sentence, in text order."""
    for token in sentence:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            yield _verb(token, lexicon)
        elif token.pos_ in NOUN and token.dep_ not in ("compound", "nmod"):
            yield _noun(token, lexicon)


def noun_head(token: Token, lexicon: Lexicon) -> Token:
    """What a transparent noun holds ("a range of online events": events), else the token."""
    seen = 0
    while token.lemma_.lower() in lexicon.transparent and seen < 4:
        held = [
            pobj
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ == "of"
            for pobj in prep.children
            if pobj.dep_ == "pobj"
        ]
        if not held:
            break
        token = held[0]
        seen += 1
    return token


def coordinated(token: Token, lexicon: Lexicon) -> list[Token]:
    """The noun and what is coordinated with it, in text order, transparent nouns opened.

    The parser often reads a list ("a hall, a track and a pool") as appositions ending in a
    conjunction: an apposition in a chain that a later "and" closes is taken as a member. Of "X or
    Y" only X is taken: the two are most often names of one thing.
    """
    chain: list[Token] = []
    _walk_chain(token, chain)
    chain.extend(_stray_places(token))
    members = [t for t in chain if t == token or (t.dep_ == "conj" and not _is_region(t))]
    closing = max((t.i for t in chain if _closes(t)), default=-1)
    members += [
        t
        for t in chain
        if t.dep_ != "conj" and t.i <= closing and _is_member(t) and not _bracketed(t)
    ]
    out: list[Token] = []
    for member in sorted(set(members), key=lambda t: t.i):
        if member != token and _after_or(member):
            continue
        opened = noun_head(member, lexicon)
        if opened != member:
            out.extend(t for t in coordinated(opened, lexicon) if t not in out)
        elif opened not in out:
            out.append(opened)
    return out


def _walk_chain(token: Token, chain: list[Token]) -> None:
    chain.append(token)
    for child in token.children:
        stray = child.ent_type_ == "GPE" and token.pos_ == "NOUN"
        if child.dep_ == "appos" and _bracketed(child):
            continue
        if (
            child.dep_ in ("conj", "appos")
            and not stray
            and child.pos_ not in ("VERB", "AUX", "ADP", "ADV")
        ):
            _walk_chain(child, chain)
        elif child.dep_ == "conj" and (mistaken := _mistaken_verb(child)) is not None:
            _walk_chain(mistaken, chain)


def _is_region(token: Token) -> bool:
    """True for the region of "Springfield, Illinois", which the parser takes for a second member."""
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
    others = [c for c in verb.children if c.dep_ in ("nsubj", "aux", "prep", "advmod")]
    return following if following.dep_ == "dobj" and following.head == verb and not others else None


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


def subjects(verb: Token, lexicon: Lexicon, depth: int = 0) -> list[Token]:
    """Heads of who does it: own subject, by-phrase, or the one that control and coordination give."""
    if depth > 6:
        return []
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in SUBJECT and not passive:
            return _opened(child, verb, lexicon)
        if child.dep_ == "agent":
            return [h for p in child.children if p.dep_ == "pobj" for h in coordinated(p, lexicon)]
    if passive:
        return []
    return _inherited(verb, lexicon, depth)


def _inherited(verb: Token, lexicon: Lexicon, depth: int) -> list[Token]:
    """The subject that a verb without one of its own takes from what governs it."""
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ in CLAUSE and head.pos_ in NOUN and verb.tag_ == "VB":
        event = head.lemma_.lower() in lexicon.partnership_nouns | lexicon.stance["planned_nouns"]
        owners = _noun(head, lexicon).slots.get("agent", []) if event and depth < 2 else []
        if owners:  # "their pact to build a plant": the plant is built by them
            return owners
    if verb.dep_ in CLAUSE and head.pos_ in (*NOUN, "PRON") and verb.tag_ != "VBN":
        return [] if _has_object_relative(verb) else coordinated_group(head, lexicon)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        reported = reported_clause(head, lexicon)
        if reported is not None and verb.i > reported[1].i:
            return [reported[0]]
        return subjects(head, lexicon, depth + 1) or _objects(head, lexicon)[:0]
    if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp") and head.pos_ in ("VERB", "AUX"):
        if verb.dep_ == "xcomp" and head.lemma_ in lexicon.object_control:
            return _objects(head, lexicon) or subjects(head, lexicon, depth + 1)
        if is_passive(head):
            return _passive_subjects(head, lexicon, depth + 1)
        return subjects(head, lexicon, depth + 1)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        governor = head.head
        if governor.pos_ in ("VERB", "AUX"):
            return subjects(governor, lexicon, depth + 1) or _passive_subjects(governor, lexicon)
    return []


def coordinated_group(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The noun that a relative clause modifies, opened where it is transparent."""
    return [noun_head(noun, lexicon)]


def _opened(child: Token, verb: Token, lexicon: Lexicon) -> list[Token]:
    if child.lower_ in RELATIVE and verb.dep_ == "relcl":
        return coordinated_group(verb.head, lexicon)
    if child.dep_ in ("csubj", "csubjpass"):
        return []
    return coordinated(child, lexicon)


def _has_object_relative(verb: Token) -> bool:
    return any(c.dep_ in OBJECT and c.lower_ in RELATIVE for c in verb.children)


def is_passive(verb: Token) -> bool:
    """True for a passive verb, reduced relatives included ("a tool called X")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "advcl")
        and not any(c.dep_ in ("aux", "nsubj", "dobj") for c in verb.children)
    )


def _passive_subjects(verb: Token, lexicon: Lexicon, depth: int = 0) -> list[Token]:
    for child in verb.children:
        if child.dep_ in PASSIVE_SUBJECT:
            return _opened(child, verb, lexicon)
    if verb.dep_ in CLAUSE and verb.head.pos_ in NOUN:
        return coordinated_group(verb.head, lexicon)
    if verb.dep_ == "conj" and depth < 4 and verb.head.pos_ in ("VERB", "AUX"):
        return _passive_subjects(verb.head, lexicon, depth + 1) or subjects(verb.head, lexicon)
    if verb.dep_ == "advcl" and depth < 4:
        return subjects(verb.head, lexicon) or _passive_subjects(verb.head, lexicon, depth + 1)
    return []


def _objects(verb: Token, lexicon: Lexicon) -> list[Token]:
    if is_passive(verb):
        return _passive_subjects(verb, lexicon)
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ in OBJECT:
            if child.lower_ in RELATIVE and verb.dep_ == "relcl":
                out.extend(coordinated_group(verb.head, lexicon))
            else:
                out.extend(coordinated(child, lexicon))
    if not out and verb.dep_ == "relcl" and any(c.dep_ in SUBJECT for c in verb.children):
        relative = [c for c in verb.children if c.dep_ in SUBJECT and c.lower_ in RELATIVE]
        if not relative:  # "the platform they built": the noun is what was built
            out.extend(coordinated_group(verb.head, lexicon))
    if not out and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not verb.morph.get("x"):
        # "develops, manufactures and services aeroplanes": a shared object stands behind the last
        siblings = [t for t in verb.children if t.dep_ == "conj" and t.pos_ == "VERB"]
        for sibling in siblings:
            out.extend(_objects(sibling, lexicon))
    if not out:
        for sibling in verb.children:
            if sibling.dep_ == "conj" and sibling.pos_ == "VERB" and sibling.i - verb.i <= 4:
                out.extend(_objects(sibling, lexicon))
    return out


def reported_clause(verb: Token, lexicon: Lexicon) -> tuple[Token, Token] | None:
    """(subject, verb) of a reported clause that the parser took for an object with a participle.

    "She noted 300 shops took part": shops is read as the object of noted and took as its
    participle. Known by a reporting verb, an object, and a past form behind it without by-phrase.
    """
    if verb.lemma_.lower() not in lexicon.reporting:
        return None
    for child in verb.children:
        if child.dep_ not in OBJECT or child.i < verb.i:
            continue
        for clause in child.children:
            if clause.dep_ == "acl" and clause.tag_ in ("VBN", "VBD"):
                by = any(c.dep_ == "agent" for c in clause.children)
                if not by and clause.i > child.i:
                    return child, clause
    return None


def _verb(verb: Token, lexicon: Lexicon) -> Predication:
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower() + (f"_{particle.lower_}" if particle is not None else "")
    out = Predication(verb, lemma, "verb", verb)
    reported = reported_clause(verb.head.head, lexicon) if verb.dep_ == "acl" else None
    if reported is not None and reported[1] == verb:
        out.add("agent", [reported[0]])
    else:
        out.add("agent", subjects(verb, lexicon))
        patients = _objects(verb, lexicon)
        if reported_clause(verb, lexicon) is None:
            out.add("patient", patients)
    for child in verb.children:
        if child.dep_ in ("attr", "oprd") and child.pos_ in (*NOUN, "ADJ"):
            out.add("attribute", coordinated(child, lexicon))
        elif child.dep_ == "dative" and child.pos_ in (*NOUN, "PRON"):
            out.add("recipient", coordinated(child, lexicon))
    _prepositions(verb, out, lexicon)
    for head in out.slots.get("patient", []):
        light = f"{lemma}_{head.lemma_.lower()}"
        if light in lexicon.light_verbs:
            out.lemma = light
        _prepositions(head, out, lexicon)
    for head in [c for c in verb.children if c.dep_ in OBJECT]:
        _prepositions(head, out, lexicon)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":
        _prepositions(verb.head, out, lexicon)
    return out


def _prepositions(head: Token, out: Predication, lexicon: Lexicon) -> None:
    for prep in head.children:
        if prep.dep_ in ("prep", "dative") and prep.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            _preposition(prep, out, lexicon)
        elif prep.dep_ == "npadvmod":
            out.add("when", [prep])


def _preposition(prep: Token, out: Predication, lexicon: Lexicon) -> None:
    such = prep.lower_ == "as" and any(c.lower_ == "such" for c in prep.children)
    slot = "such_as" if such else prep.lower_
    objects = [c for c in prep.children if c.dep_ == "pobj"]
    for pobj in objects:
        compound = f"{slot}_{pobj.lower_}"
        inner = [c for c in pobj.children if c.dep_ == "prep"]
        if compound in lexicon.compound_prepositions and inner:
            for follow in inner:
                for held in follow.children:
                    if held.dep_ == "pobj":
                        out.add(f"{compound}_{follow.lower_}", coordinated(held, lexicon))
            continue
        out.add(slot, coordinated(pobj, lexicon))
        if slot in ("in", "at", "for", "to"):  # "in Oslo and then in Rome" nests prepositions
            for follow in inner:
                if follow.lower_ in ("in", "at", "for"):
                    held_tokens = [c for c in follow.children if c.dep_ == "pobj"]
                    for held in held_tokens:
                        out.add(f"{slot}>{follow.lower_}", coordinated(held, lexicon))
    for follow in prep.children:
        if follow.dep_ in ("prep", "conj") and follow.pos_ == "ADP":
            _preposition(follow, out, lexicon)


def _noun(noun: Token, lexicon: Lexicon) -> Predication:
    clause = governing_verb(noun) or noun
    out = Predication(noun, noun.lemma_.lower(), "noun", clause)
    out.add("self", [noun])
    _prepositions(noun, out, lexicon)
    opened = noun_head(noun, lexicon)
    holder = noun
    while holder.dep_ == "conj":
        holder = holder.head
    for source in {noun, holder}:
        for child in source.children:
            if child.dep_ == "poss":
                out.add("possessor", coordinated(child, lexicon))
            elif child.dep_ in ("compound", "nmod", "amod") and source == noun:
                # "Acme's Fliggo travel site": the possessor hangs on the name
                for owner in child.children:
                    if owner.dep_ == "poss":
                        out.add("possessor", coordinated(owner, lexicon))
            if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN" and source == noun:
                out.add("compound", coordinated(child, lexicon))
            elif child.dep_ == "appos" and source == noun:
                out.add("apposition", [child])
    if noun.dep_ == "appos":
        out.add("apposition", [noun.head])
    if opened != noun:
        out.add("self", [opened])
    _noun_agent(noun, out, lexicon)
    if clause != noun and noun.dep_ in (*SUBJECT, *PASSIVE_SUBJECT):
        for verb in [clause, *(c for c in clause.subtree if c.dep_ == "conj" and c.pos_ == "VERB")]:
            if subjects(verb, lexicon)[:1] in ([noun], []) or verb is clause:
                inner = Predication(verb, "", "verb", verb)
                _prepositions(verb, inner, lexicon)
                for child in verb.children:
                    if child.dep_ in OBJECT:
                        _prepositions(child, inner, lexicon)
                for slot, heads in inner.slots.items():
                    out.add(f"clause:{slot}", heads)
                    out.add("clause", heads)
    return out


def _noun_agent(noun: Token, out: Predication, lexicon: Lexicon) -> None:
    """Who a role noun or a nominal event belongs to, in order of how surely it says so."""
    head = noun.head
    if noun.dep_ in ("attr", "oprd") and head.pos_ in ("AUX", "VERB"):
        out.add("agent", subjects(head, lexicon) or _passive_subjects(head, lexicon))
    if noun.dep_ == "conj" and noun.head.dep_ == "attr":
        out.add("agent", subjects(noun.head.head, lexicon))
    if not out.slots.get("agent") and out.slots.get("by"):
        out.add("agent", out.slots["by"])
    if not out.slots.get("agent") and out.slots.get("possessor"):
        out.add("agent", out.slots["possessor"])
    if not out.slots.get("agent") and noun.dep_ == "pobj" and head.lower_ == "as":
        governor = head.head
        if governor.pos_ in ("VERB", "AUX"):
            objects = _objects(governor, lexicon)
            out.add("agent", objects or subjects(governor, lexicon))
        elif governor.pos_ in NOUN:
            out.add("agent", [governor])
    if not out.slots.get("agent") and out.slots.get("apposition"):
        out.add("agent", out.slots["apposition"])
    if not out.slots.get("agent"):
        lead = noun
        while lead.dep_ in ("conj", "appos"):
            lead = lead.head
        chain = lead
        while chain.dep_ == "pobj" and chain.head.lower_ == "of" and chain.head.head.pos_ in NOUN:
            chain = chain.head.head
            possessors = [c for c in chain.children if c.dep_ == "poss"]
            if possessors:
                out.add("agent", coordinated(possessors[0], lexicon))
        if not out.slots.get("agent"):
            if (chain.dep_ in OBJECT and chain.head.pos_ == "VERB") or chain.dep_ in PASSIVE_SUBJECT:
                out.add("agent", subjects(chain.head, lexicon))
    if not out.slots.get("agent") and out.slots.get("compound"):
        out.add("agent", out.slots["compound"])


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token, or None."""
    while token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None
