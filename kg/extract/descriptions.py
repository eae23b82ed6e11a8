"""Noun phrases without a name as entities: their extent, their class, and what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract.drafts import FIRM, Draft, Place, Reading
from kg.extract.lexicon import Lexicon
from kg.model.statement import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Descriptions", "label_of"]

_OFFERING = ("Offering",)
_DESCRIBED = ("Offering", "Group")  # classes whose instances need no name to be worth stating
_MAX_NESTING = 5  # modifiers of modifiers; beyond it the parse is noise
_CLOSED = frozenset({"det", "poss", "case", "punct", "predet"})
_OTHER_PHRASE = frozenset(
    {"conj", "cc", "appos", "nsubj", "prep", "pobj", "relcl", "ROOT", "advcl", "dobj"}
)


class Descriptions:
    """The entities of an article that have no name, one for each description."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Draft] = {}
        self._telling: dict[str, list[Draft]] = defaultdict(list)  # not hidden, by head noun

    def describe(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """The entity that the noun phrase of a head noun introduces, of one of the classes.

        None where its head noun denotes none of them. It is hidden where the phrase says no more
        than a general noun: then it stands for itself only.
        """
        kind = self._class_for(token, types)
        return self.describe_as(token, kind) if kind is not None else None

    def describe_as(self, token: Token, kind: str) -> Draft:
        """The entity of that class that the noun phrase of a head noun introduces, as above."""
        label = label_of(token, self._reading.lexicon)
        hidden = not self._says_enough(token, label)
        key = f"{label.lower()}|{kind}"
        if hidden:
            key += f"|{self._reading.block_of(token)}|{token.i}"
        draft = self._known.get(key)
        if draft is None:
            draft = Draft(label=label[:1].upper() + label[1:], named=False, hidden=hidden)
            draft.votes[kind] += FIRM + 1
            self._known[key] = draft
        if self._reading.at(token) is None:
            if not hidden and draft not in self._reading.drafts:
                self._telling[_head_noun(label)].append(draft)
            start, end = _extent(token, self._reading.lexicon)
            self._reading.add(
                draft, Place(self._reading.block_of(token), start, end, MentionKind.DESCRIPTION)
            )
            self._reading.claim(token, draft)
        return draft

    def spoken_of(self, token: Token) -> Draft | None:
        """What "this gallery" is: of the descriptions before it that end in its noun the last."""
        lemma = token.lemma_.lower()
        here = (self._reading.block_of(token), token.i)
        mine = label_of(token, self._reading.lexicon).lower()
        for draft in reversed(self._telling.get(lemma.rstrip("s"), ())):
            last = draft.places[-1] if draft.places else None
            if last is None or (last.block, last.start) >= here:
                continue
            general = mine in (lemma, token.lower_) or mine in draft.label.lower()
            if general and draft in self._reading.drafts:
                return draft
        return None

    def _class_for(self, token: Token, types: tuple[str, ...]) -> str | None:
        """The first class of the head noun that is asked for; "the leading bank" is no new bank."""
        ontology = self._reading.ontology
        lemma = token.lemma_.lower()
        if lemma in self._reading.lexicon.partnership_nouns and token.tag_ == "NN":
            return None
        for found in self._reading.lexicon.all_head_types(lemma):
            wanted = not types or ontology.is_any(found, types)
            if wanted and ontology.is_any(found, _DESCRIBED):
                return found
        return None

    def _says_enough(self, token: Token, label: str) -> bool:
        lexicon = self._reading.lexicon
        modifiers = label.lower().split()[:-1]
        telling = any(word not in lexicon.weak_modifiers for word in modifiers)
        kind = lexicon.head_type(token.lemma_)
        if kind is not None and self._reading.ontology.is_any(kind, _OFFERING):
            return telling
        return telling or token.lemma_.lower() not in lexicon.generic


def _head_noun(label: str) -> str:
    """The last word of a description, plural or not."""
    return re.split(r"\W+", label.lower())[-1].rstrip("s")


def label_of(token: Token, lexicon: Lexicon) -> str:
    """The noun phrase of a head noun without determiner, possessor and empty modifiers."""
    start, end = _extent(token, lexicon)
    return re.sub(r"\s+", " ", str(token.doc[start:end].text)).strip()


def _extent(token: Token, lexicon: Lexicon) -> tuple[int, int]:
    """Tokens [start, end) of the noun phrase that `label_of` gives."""
    doc = token.doc
    start = token.i
    for left in range(token.i - 1, token.sent.start - 1, -1):
        before = doc[left - 1].text if left else ""
        if "-" in (doc[left].text, doc[left + 1].text, before):  # parts of one word
            start = left
        elif _is_mistaken_verb(doc[left], token):
            start = left
            break
        elif _modifies(doc[left], token):
            start = left
        else:
            break
    while start < token.i and doc[start].lower_ in lexicon.weak_modifiers:
        start += 1
    while start < token.i and doc[start].text in ("-", "‘", "“", '"', "'"):
        start += 1
    return start, token.i + 1


def _is_mistaken_verb(word: Token, noun: Token) -> bool:
    """True for the first part of a compound that was taken for a verb ("… and cloud hosting")."""
    coordinated = word.dep_ == "conj" and word.head.pos_ == "NOUN"
    return coordinated and noun.dep_ == "dobj" and word == noun.head


def _modifies(word: Token, noun: Token) -> bool:
    if word.head.i <= word.i or word.dep_ in _CLOSED or not _belongs(word, noun):
        return False
    counts = word.dep_ == "nummod" and (noun.tag_ == "NNS" or word.is_alpha)
    return not counts


def _belongs(word: Token, head: Token) -> bool:
    """True when the word modifies the head, directly or through another modifier."""
    for _ in range(_MAX_NESTING):
        if word == head:
            break
        if word.dep_ in _OTHER_PHRASE:
            return False
        word = word.head
    return word == head
