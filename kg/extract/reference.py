"""Coreference within an article: what a pronoun, "the company" or a noun phrase refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.arguments import noun_head, subjects
from kg.extract.drafts import FIRM, Draft, Place, Reading
from kg.extract.speech import Speech
from kg.model.statement import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Reference"]

HE = frozenset({"he", "she", "him", "her", "his", "hers", "who"})
IT = frozenset({"it", "its", "itself", "which", "that"})
THEY = frozenset({"they", "their", "them", "these", "those"})
WE = frozenset({"we", "our", "us", "ours"})
I_FORMS = frozenset({"i", "my", "me", "mine"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "our", "such"})
_OFFERING = ("Offering",)


class Reference:
    """Resolves argument heads of one article to its entities, in text order.

    `note` tells it what has just been introduced, so that "this" and "these" find it.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.speech = Speech(reading, self.resolve)
        self.employers: dict[Draft, Draft] = {}
        self._recent: list[tuple[int, int, Draft]] = []  # (block, token, entity) in text order
        self._described: dict[str, Draft] = {}
        self._order: list[tuple[int, int, int, Draft]] = sorted(
            ((p.block, p.start, p.end, d) for d in reading.drafts for p in d.places),
            key=lambda item: item[:3],
        )

    def note(self, token: Token, draft: Draft) -> None:
        """Records that a statement has just introduced the entity at the token."""
        self._recent.append((self._reading.block_of(token), token.i, draft))

    def resolve(self, token: Token, types: tuple[str, ...] = ()) -> Draft | None:
        """The entity that an argument head refers to, of one of the classes; None for none.

        A noun phrase without a name becomes an entity of its own when its head noun denotes one of
        the classes and it says more than a general noun.
        """
        found = self._reading.at(token)
        if found is not None:
            return found
        if token.pos_ in ("PRON", "DET") or token.lower_ in HE | IT | THEY | WE | I_FORMS:
            return self._pronoun(token, types)
        if token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ"):
            return None
        opened = noun_head(token, self._reading.lexicon)
        if opened != token:
            return self.resolve(opened, types)
        return self._back(token, types) or self._describe(token, types)

    # -- pronouns ---------------------------------------------------------------------------

    def _pronoun(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        word = token.lower_
        quotation = self.speech.quotation(token)
        if word in I_FORMS:
            return quotation.speaker if quotation is not None else None
        if word in WE:
            if quotation is None or quotation.speaker is None:
                return None
            if quotation.speaker.type == "Person":
                return self.employers.get(quotation.speaker)
            return quotation.speaker
        if word in HE:
            return self._last(token, ("Person",))
        wanted = types or ("Organization", "Offering", "Event")
        wanted = tuple(t for t in wanted if t not in ("Person", "Agent")) or ("Organization",)
        if word in ("this", "these", "those"):
            recent = self._recently(token, _OFFERING)
            if recent is not None:
                return recent
        if word == "it":
            governing = self._demonstrative_subject(token)
            if governing is not None:
                return governing
        subject = self._sentence_subject(token, wanted)
        return subject or self._last(token, wanted)

    def _demonstrative_subject(self, token: Token) -> Draft | None:
        """ "This … and see it grow": it is what "this" is."""
        for node in token.ancestors:
            if node.pos_ not in ("VERB", "AUX"):
                continue
            for head in subjects(node, self._reading.lexicon):
                if head.i < token.i and head.lower_ in ("this", "these"):
                    return self._recently(head, _OFFERING)
        return None

    def _recently(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        block = self._reading.block_of(token)
        for number, i, draft in reversed(self._recent):
            if (number, i) < (block, token.sent.start) and block - number <= 1:
                if self._reading.is_a(draft, types):
                    return draft
        return None

    def _sentence_subject(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """Subjects of the clauses above the pronoun, the nearest first."""
        node = token
        while node.head != node:
            node = node.head
            if node.pos_ not in ("VERB", "AUX"):
                continue
            for head in subjects(node, self._reading.lexicon):
                if head.i >= token.i or token in head.subtree:
                    continue
                draft = self._reading.at(head)
                if draft is None and head.pos_ in ("PRON", "DET"):
                    draft = self._pronoun(head, types)
                if draft is not None and self._reading.is_a(draft, types):
                    return draft
                if head.pos_ == "NOUN":
                    draft = self._back(head, types)
                    if draft is not None and self._reading.is_a(draft, types):
                        return draft
                    if draft is not None and draft.type == "Person" and "Organization" in types:
                        return self.employers.get(draft)
                if draft is not None and draft.type == "Person" and "Organization" in types:
                    employer = self.employers.get(draft)
                    if employer is not None:
                        return employer
        return None

    def _last(self, token: Token, types: tuple[str, ...], but: Draft | None = None) -> Draft | None:
        """The nearest entity of the classes before the token, within two blocks; in quotations
        the speaker is not "he".
        """
        here = (self._reading.block_of(token), token.i)
        quotation = self.speech.quotation(token)
        speaker = quotation.speaker if quotation is not None else None
        for block, start, end, draft in reversed(self._order):
            if (block, end) > here or draft.hidden:
                continue
            if here[0] - block > 2:
                break
            if self._reading.is_a(draft, types) and draft is not speaker and draft is not but:
                doc = self._reading.annotated.blocks[block].doc
                if doc[end - 1].dep_ == "compound" and "Person" not in types:
                    continue
                return draft
        return None

    # -- definite descriptions ----------------------------------------------------------------

    def _back(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        """What a definite description points back to."""
        determiner = next((c for c in token.children if c.dep_ in ("det", "poss")), None)
        definite = determiner is not None and determiner.lower_ in DEFINITE
        own = determiner is not None and determiner.dep_ == "poss"
        lemma = token.lemma_.lower()
        post = self._post_holder(token)
        if post is not None:
            return post
        if not definite and not own:
            return None
        same = self._same_head(token) if not own else None
        if same is not None:
            return same
        kind = self._reading.lexicon.anaphors.get(lemma)
        if kind is None or own:
            return None
        parts = [
            c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children
        ]
        if parts:  # "the retail arm of Acme" is not Acme
            whole = self._reading.at(parts[0])
            if kind != "Company" or whole is None:
                return None
            return self._last(token, ("Company",), but=whole)
        modified = any(
            c.dep_ in ("compound", "amod")
            and c.lower_ not in self._reading.lexicon.weak_modifiers
            and c.lower_ not in self._reading.lexicon.demonyms
            and kind in _OFFERING
            for c in token.children
        )
        if modified:
            return None
        broad = {
            "Company": ("Company", "Organization"),
            "SportsOrganization": ("SportsOrganization",),
        }
        wanted = broad.get(kind, (kind,))
        if kind == "Company" and self._reading.focus is not None:
            last = self._last(token, ("Company",))
            focus = self._reading.focus
            return last or (focus if self._reading.is_a(focus, wanted) else None)
        if kind in ("Initiative", "Platform"):
            return None
        return self._last(token, wanted)

    def _post_holder(self, token: Token) -> Draft | None:
        """ "the marketing chief" is the last person; "its president" is not looked up."""
        block = self._reading.block_of(token)
        if not any(p.block == block and p.start <= token.i < p.end for p in self._reading.posts):
            return None
        people = self._last(token, ("Person",))
        if people is not None:
            return people
        everybody = [d for d in self._reading.drafts if d.type == "Person"]
        return everybody[0] if len(everybody) == 1 else None

    def _same_head(self, token: Token) -> Draft | None:
        """An entity already spoken of whose label ends in the same noun ("this gallery")."""
        lemma = token.lemma_.lower()
        here = (self._reading.block_of(token), token.i)
        mine = self._label(token).lower()
        best: Draft | None = None
        for draft in self._reading.drafts:
            if draft.named or not draft.places or draft.hidden:
                continue
            head = re.split(r"\W+", draft.label.lower())[-1]
            if head.rstrip("s") != lemma.rstrip("s") and not self._same_modifiers(token, draft):
                continue
            block, start = draft.places[-1].block, draft.places[-1].start
            general = mine in (lemma, token.lower_) or mine in draft.label.lower()
            if (block, start) < here and (general or self._same_modifiers(token, draft)):
                best = draft
        return best

    def _same_modifiers(self, token: Token, draft: Draft) -> bool:
        """ "the digital art series" after "a digital art gallery": one modifier, two nouns."""
        mine = self._label(token).lower().split()[:-1]
        theirs = draft.label.lower().split()[:-1]
        return len(mine) > 1 and mine == theirs and draft.type == "Initiative"

    # -- descriptions as entities ---------------------------------------------------------------

    def _describe(self, token: Token, types: tuple[str, ...]) -> Draft | None:
        kind = self._class_for(token, types)
        if kind is None:
            return None
        label = self._label(token)
        hidden = not self._says_enough(token, label)
        key = f"{label.lower()}|{kind}"
        if hidden:  # each general noun stands for itself only
            key += f"|{self._reading.block_of(token)}|{token.i}"
        draft = self._described.get(key)
        if draft is None:
            draft = Draft(label=label[:1].upper() + label[1:], named=False, hidden=hidden)
            draft.votes[kind] += FIRM + 1
            self._described[key] = draft
        start, end = self._extent(token)
        if self._reading.at(token) is None:
            self._reading.add(
                draft, Place(self._reading.block_of(token), start, end, MentionKind.DESCRIPTION)
            )
            self._reading.claim(token, draft)
        return draft

    def _class_for(self, token: Token, types: tuple[str, ...]) -> str | None:
        """The class of a common noun phrase: that of its head noun, if it is one of those asked
        for; where several classes are asked for, the head noun decides.
        """
        ontology = self._reading.ontology
        lemma = token.lemma_.lower()
        if lemma in self._reading.lexicon.partnership_nouns and token.tag_ == "NN":
            return None
        everything = self._reading.lexicon.all_head_types(lemma)
        for found in everything:
            if not ontology.is_any(found, ("Offering", "Group")):
                continue  # "the leading bank" is not a bank of its own
            if not types or ontology.is_any(found, types):
                return found
        return None

    def _says_enough(self, token: Token, label: str) -> bool:
        lexicon = self._reading.lexicon
        words = [w for w in re.split(r"[\s]+", label.lower()) if w]
        telling = [w for w in words[:-1] if w not in lexicon.weak_modifiers]
        kind = lexicon.head_type(token.lemma_)
        if kind is not None and self._reading.ontology.is_any(kind, _OFFERING):
            return bool(telling)
        return bool(telling) or token.lemma_.lower() not in lexicon.generic

    def _extent(self, token: Token) -> tuple[int, int]:
        start = token.i
        for left in range(token.i - 1, token.sent.start - 1, -1):
            word = token.doc[left]
            before = token.doc[left - 1].text if left else ""
            if "-" in (word.text, token.doc[left + 1].text, before):  # parts of one word
                start = left
                continue
            if (
                token.dep_ == "dobj"
                and word == token.head
                and word.dep_ == "conj"
                and word.head.pos_ == "NOUN"
            ):
                start = left  # "… and cloud hosting", its first part taken for a verb
                break
            inside = word.head.i > left and _belongs(word, token)
            if (
                not inside
                or (word.dep_ in ("det", "poss", "case", "punct", "predet")
                and word.text != "-")
            ):
                break
            if word.dep_ == "nummod" and (token.tag_ == "NNS" or word.is_alpha):
                break
            start = left
        while start < token.i and token.doc[start].lower_ in self._reading.lexicon.weak_modifiers:
            start += 1
        while start < token.i and token.doc[start].text in ("-", "‘", "“", '"', "'"):
            start += 1
        return start, token.i + 1

    def _label(self, token: Token) -> str:
        start, end = self._extent(token)
        return re.sub(r"\s+", " ", str(token.doc[start:end].text)).strip()


def _belongs(word: Token, head: Token) -> bool:
    """True when the word modifies the head, directly or through another modifier."""
    steps = 0
    while word != head and steps < 5:
        if word.dep_ in (
            "conj",
            "cc",
            "appos",
            "nsubj",
            "prep",
            "pobj",
            "relcl",
            "ROOT",
            "advcl",
            "dobj",
        ):
            return False
        word = word.head
        steps += 1
    return word == head
