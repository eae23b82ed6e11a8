"""Named entities of an article: the domain's names, runs of capitals, names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.drafts import Draft, Place, Reading
from kg.extract.lexicon import Lexicon
from kg.extract.names import Gazetteer, NameMatch
from kg.extract.outlets import is_named_like_a_post
from kg.model.text import BlockKind
from kg.ontology.domain import KnownName

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_names"]

ARTICLES = frozenset({"a", "an", "the"})
POSSESSIVES = frozenset({"its", "their"})
OPENING = frozenset("‘'“\"")
CLOSING = frozenset("’'”\"")
NO_NAME = frozenset({"the", "'s", "’s", "a", "an"})
MAX_QUOTED = 8  # tokens; what is longer in quotation marks is speech
TENSED = frozenset({"VBZ", "VBD", "VBP"})
NUMBERS = frozenset({"CARDINAL", "QUANTITY"})
NO_ENTITY = NUMBERS | {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "NORP"}
_CAPITAL = re.compile(r"[A-Z0-9À-Þ]")

Named = tuple[Place, KnownName | None]


def find_names(reading: Reading, gazetteer: Gazetteer) -> None:
    """Adds a draft for each named entity of the article, with its mentions, to the reading.

    Posts are gathered as well: they part the names that stand beside them.
    """
    by_key: dict[str, Draft] = {}
    numbered = list(enumerate(reading.annotated.blocks))
    # headlines last: in Title Case everything looks like a name, so the body decides
    numbered.sort(key=lambda item: (item[1].block.kind is BlockKind.HEADLINE, item[0]))
    for number, block in numbered:
        line = _Line(reading.lexicon, number, block.doc, tuple(gazetteer.matches(block.doc)))
        reading.posts.extend(line.posts)
        headline = block.block.kind is BlockKind.HEADLINE and _is_title_case(block.doc)
        for place, known in line.names(recognised_only=headline):
            label = _label(reading, place)
            key = known.iri if known is not None else _key(label)
            if not key or (known is None and key in reading.lexicon.demonyms):
                continue
            if key not in by_key:
                by_key[key] = Draft(label=known.label if known else label, known=known)
            reading.add(by_key[key], place)
    reading.posts.sort()
    reading.drafts = dict.fromkeys(sorted(reading.drafts, key=lambda d: d.first))


def _label(reading: Reading, place: Place) -> str:
    text = re.sub(r"\s+", " ", reading.text(place)).strip()
    return re.sub(r"^[Tt]he ", "", text)


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.replace("’", "'")).strip().lower()


def _is_title_case(doc: Doc) -> bool:
    words = [t for t in doc if t.is_alpha and len(t) > 3]
    return bool(words) and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)


@dataclass(frozen=True)
class _Line:
    """One block and the names of the domain in it."""

    lexicon: Lexicon
    number: int
    doc: Doc
    matches: tuple[NameMatch, ...]

    @cached_property
    def known(self) -> dict[int, NameMatch]:
        """Token to the name of the domain that covers it."""
        return {i: m for m in self.matches for i in range(m.start, m.end)}

    @cached_property
    def posts(self) -> tuple[Place, ...]:
        """Titles of posts: a head ("officer") with the modifiers before it ("chief marketing")."""
        found: list[Place] = []
        i = len(self.doc) - 1
        while i >= 0:
            if not self._is_post(self.doc[i]):
                i -= 1
                continue
            start = i
            while start > 0 and start - 1 not in self.known and self._modifies(self.doc[start - 1]):
                start -= 1
            while start < i and self.doc[start].lower_ in ("and", "&", "-"):
                start += 1
            found.append(Place(self.number, start, i + 1))
            i = start - 1
        return tuple(reversed(found))

    def _is_post(self, token: Token) -> bool:
        if token.i in self.known or token.pos_ not in ("NOUN", "PROPN"):
            return False
        if is_named_like_a_post(token, self.lexicon):
            return False
        return token.lower_ in self.lexicon.roles or token.lemma_.lower() in self.lexicon.roles

    def _modifies(self, token: Token) -> bool:
        words = self.lexicon.role_modifiers | self.lexicon.roles
        return token.lower_ in words or (token.text == "-" and token.nbor(1).lower_ in words)

    @cached_property
    def parting(self) -> frozenset[int]:
        """Tokens that part names: posts and ranks ("partner")."""
        posts = {i for p in self.posts for i in range(p.start, p.end)}
        levels = {t.i for t in self.doc if t.lemma_.lower() in self.lexicon.level_nouns}
        return frozenset(posts | levels)

    def names(self, *, recognised_only: bool) -> Iterator[Named]:
        """Names that do not overlap: quoted ones, runs of capitals, then what the domain knows.

        With `recognised_only`, a run counts only where the statistical recogniser sees it too.
        """
        used: set[int] = set()
        for start, end in self._quoted():
            used.update(range(start, end))
            yield Place(self.number, start, end), self._covering(start, end)
        for start, end in self._runs():
            if self._is_rank(start, end) or not used.isdisjoint(range(start, end)):
                continue
            known = self.known.get(start)
            if known is not None and known.end >= end:
                continue
            if recognised_only and not self._is_recognised(start, end):
                continue
            used.update(range(start, end))
            yield Place(self.number, start, end), None
        for match in self.matches:
            is_post = match.end - match.start == 1 and match.start in self.parting
            if used.isdisjoint(range(match.start, match.end)) and not is_post:
                yield Place(self.number, match.start, match.end), match.name

    def _covering(self, start: int, end: int) -> KnownName | None:
        """The one name of the domain that all these tokens belong to."""
        covering = {self.known.get(i) for i in range(start, end)}
        match = covering.pop() if len(covering) == 1 else None
        return match.name if match is not None else None

    def _is_rank(self, start: int, end: int) -> bool:
        """True for a rank such as "Worldwide Widget" before "Partner": that is no name."""
        nouns = self.lexicon.level_nouns | self.lexicon.partnership_nouns
        return (
            end < len(self.doc)
            and self.doc[end].lemma_.lower() in nouns
            and {t.lower_ for t in self.doc[start:end]} <= self.lexicon.ranks
        )

    def _is_recognised(self, start: int, end: int) -> bool:
        return any(e.start <= start and end <= e.end + 1 for e in self.doc.ents)

    # -- names in quotation marks ------------------------------------------------------------------

    def _quoted(self) -> Iterator[tuple[int, int]]:
        """Short phrases in quotation marks that name something, not speech."""
        for i, token in enumerate(self.doc[:-2]):
            if i == 0 or token.text not in OPENING or token.whitespace_:
                continue
            inside = self.doc[i + 1 : i + 1 + MAX_QUOTED]
            end = next((t.i for t in inside if t.text in CLOSING), None)
            if end is not None and self._is_quoted_name(i, end):
                yield i + 1, end

    def _is_quoted_name(self, opening: int, end: int) -> bool:
        before, inside = self.doc[opening - 1], self.doc[opening + 1 : end]
        if any(t.text in ",.!?;" for t in inside):
            return False
        first = self.doc[opening + 1].text
        capital = first[0].isupper()
        if len(inside) < 2 and not capital:
            return False
        introducing = ARTICLES | self.lexicon.naming_participles
        if not first.istitle() and before.lower_ not in introducing:
            return False
        if before.lemma_.lower() in self.lexicon.naming_verbs:
            return True
        introduced = before.lower_ in introducing | POSSESSIVES or before.dep_ == "poss"
        introduced |= capital and (before.pos_ == "NOUN" or before.lower_ == ",")
        speech = any(t.pos_ in ("VERB", "AUX") and t.tag_ in TENSED for t in inside)
        return introduced and not speech

    # -- runs of capitals --------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Maximal sequences of capitalised name tokens, posts left out."""
        i = 0
        while i < len(self.doc):
            end = i + 1
            if self._is_name(self.doc[i]):
                end = self._run_end(i)
                last = end
                while last > i and self.doc[last - 1].text in ("&", "of", "-"):
                    last -= 1
                if last - i > 1 or self._may_stand_alone(self.doc[i]):
                    yield i, last
            i = end

    def _run_end(self, start: int) -> int:
        end = start + 1
        while end < len(self.doc):
            if self._is_name(self.doc[end]) and not self._breaks(end):
                end += 1
            elif self._joins(end):
                end += 2
            else:
                break
        return end

    def _may_stand_alone(self, token: Token) -> bool:
        doubtful = token.pos_ == "ADJ" or token.is_sent_start or not token.ent_type_
        if token.pos_ != "PROPN" and doubtful:
            return False
        return len(token.text) > 1 and not token.text.isdigit()

    def _is_name(self, token: Token) -> bool:
        if token.i in self.parting or token.is_punct or token.is_space or token.lower_ in NO_NAME:
            return False
        if token.ent_type_ in NO_ENTITY and not (
            token.pos_ == "PROPN" and token.ent_type_ in NUMBERS
        ):
            return False
        if token.i in self.known:
            return token.text[0].isupper()
        if not _CAPITAL.match(token.text):
            return bool(token.ent_type_) and token.text[1:2].isupper()  # "iWidget"
        if token.pos_ == "PROPN":
            return True
        if token.text.isdigit():
            return len(token.text) == 4 and _follows_name(token)
        return self._is_capitalised_word(token)

    def _is_capitalised_word(self, token: Token) -> bool:
        """True for a common word that its capital and its neighbours make part of a name."""
        if token.is_sent_start or token.pos_ not in ("NOUN", "ADJ", "VERB", "X"):
            return False
        if not token.text[0].isupper():
            return False
        if token.ent_type_ or any(c.isupper() for c in token.text[1:]) or token.text.isupper():
            return True
        precedes = token.pos_ != "VERB" and token.i + 1 < len(self.doc)
        return (precedes and token.nbor(1).pos_ == "PROPN") or _follows_name(token)

    def _breaks(self, end: int) -> bool:
        """True between two names that stand side by side ("Acme Jane Roe")."""
        left, right = self.known.get(end - 1), self.known.get(end)
        if left is None:
            return False
        if right is not None and left is not right:
            return not self._is_host(left, right)
        token = self.doc[end]
        return left.end == end and token.ent_type_ == "PERSON" and token.ent_iob_ == "B"

    def _is_host(self, left: NameMatch, right: NameMatch) -> bool:
        """True for a host before the name of a series ("the Tokyo Olympics")."""
        ontology = self.lexicon.ontology
        classes = {s["class"] for s in ontology.lexicon.get("series", [])}
        general = right.name.type in classes and not right.name.properties.get("year")
        return general and ontology.is_any(left.name.type, ("City", "Region"))

    def _joins(self, i: int) -> bool:
        """True for "&" or a hyphen between two name tokens; for "of" or "and" inside one entity."""
        if i + 1 >= len(self.doc) or not self._is_name(self.doc[i + 1]):
            return False
        token, following = self.doc[i], self.doc[i + 1]
        if token.text == "&" or token.is_space or (token.text == "-" and not token.whitespace_):
            return True
        inside = token.ent_iob_ == "I" and following.ent_iob_ == "I"
        if token.lower_ == "and" and any(
            t.text == following.text for t in self.doc[max(i - 4, 0) : i]
        ):
            return False  # "Acme Pay and Acme Wallet" are two
        return (
            token.lower_ in ("of", "and", "for") and inside and token.ent_type_ not in ("", "DATE")
        )


def _follows_name(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).pos_ == "PROPN"
