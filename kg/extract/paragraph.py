"""A paragraph that reports what somebody says, and the stretches that a report is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses import VERBAL
from kg.extract.coordination import noun_head

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.lexicon import Lexicon
    from kg.extract.quotations import Quoted

__all__ = ["CLOSING", "Paragraph", "Report", "Stretch"]

Stretch = tuple[int, int]  # tokens [start, end)

CLOSING = ("”", '"', "''", ")", "]", "’")  # marks behind what they enclose

_OPENING = ("“", '"', "''", "``", "(", "[", "‘")
_SIGNS = ("$", "#", "@", "£", "€")
_STOPS = (",", ".", ":", ";", "—", "–", "-", "--")
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
_PHRASE_PARTS = frozenset({"prep", "appos", "conj", "amod", "nummod", "npadvmod"})


@dataclass(eq=False)
class Report:
    """Who says or holds what: source, cue and contents in one paragraph.

    `rule` names the construction. `head` is the noun that the source refers to, for a relative
    pronoun the one it stands for; `word` is the head of the cue.
    """

    head: Token
    source: Stretch
    word: Token
    cue: Stretch
    contents: list[Stretch]
    rule: str


@dataclass(frozen=True)
class Paragraph:
    """A parsed paragraph, its quotations in text order, and the words of the domain.

    `names` are words that the article uses as proper nouns.
    """

    doc: Doc
    marks: list[Quoted]
    lexicon: Lexicon
    names: frozenset[str] = frozenset()

    def report(self, source: Token, word: Token, contents: list[Stretch], rule: str) -> Report:
        """A report by the source, with the cue that the word heads."""
        head = source
        if source.tag_ in ("WDT", "WP") and source.head.dep_ == "relcl":
            head = noun_head(source.head.head, self.lexicon)
        return Report(head, self.phrase(source), word, self.cue(word), contents, rule)

    def cue(self, word: Token) -> Stretch:
        """A cue word with the auxiliaries, negations and particles next to it."""
        parts = {c.i for c in word.children if c.dep_ in _CUE_PARTS}
        start, end = word.i, word.i + 1
        while start - 1 in parts:
            start -= 1
        while end in parts:
            end += 1
        return start, end

    def phrase(self, head: Token) -> Stretch:
        """A noun phrase with its appositions, without the clauses that follow it."""
        end = head.i + 1
        for child in head.rights:
            if child.dep_ in _PHRASE_PARTS and child.pos_ not in VERBAL:
                end = max(end, child.right_edge.i + 1)
        return head.left_edge.i, end

    def zone(self, word: Token, source: Token) -> set[int]:
        """Tokens of the cue, and of the source where that is part of the cue's own clause."""
        zone = set(range(*self.cue(word)))
        return zone | set(range(*self.phrase(source))) if source.head == word else zone

    def is_word(self, i: int) -> bool:
        """True for a token that is neither punctuation nor space."""
        return self.doc[i].is_alpha or self.doc[i].like_num

    def is_foreign(self, token: Token, word: Token) -> bool:
        """True for a token of a quotation that the word does not belong to."""
        return any(q.holds(token.i) and not q.holds(word.i) for q in self.marks)

    def below(
        self, heads: Iterable[Token], zone: set[int], *, joined: bool = False
    ) -> list[Stretch]:
        """What lies below the heads, outside the zone, in text order.

        Gaps without a word are closed; with `joined`, all gaps but for the zone.
        """
        inside = {t.i for head in heads for t in head.subtree} - zone
        if joined and inside:
            inside = set(range(min(inside), max(inside) + 1)) - zone
        out: list[Stretch] = []
        for i in sorted(inside):
            if out and not any(self.is_word(j) or j in zone for j in range(out[-1][1], i)):
                out[-1] = (out[-1][0], i + 1)
            else:
                out.append((i, i + 1))
        return self.trimmed(out)

    def trimmed(self, stretches: Iterable[Stretch]) -> list[Stretch]:
        """The stretches without punctuation at their ends; those without a word are left out."""
        kept = (*_OPENING, *_SIGNS)
        out: list[Stretch] = []
        for start, end in stretches:
            while start < end and not self.is_word(start) and self.doc[start].text not in kept:
                start += 1
            while start < end and self.doc[end - 1].text in _STOPS:
                end -= 1
            if any(self.is_word(i) for i in range(start, end)):
                out.append((start, end))
        return out

    def whole(self, contents: list[Stretch], word: Token, zone: set[int]) -> list[Stretch]:
        """The contents with the quotations that they are part of, joined where they meet.

        What a cue in a quotation reports ends with the quotation.
        """
        own = next((q for q in self.marks if q.holds(word.i)), None)
        if own is not None:
            cut = [(max(start, own.start), min(end, own.end)) for start, end in contents]
            return [c for c in cut if c[0] < c[1]]
        free = [q for q in self.marks if zone.isdisjoint(range(q.start, q.end))]
        out: list[Stretch] = []
        for start, end in sorted(_grown(content, free) for content in contents):
            if out and start <= out[-1][1]:
                out[-1] = (out[-1][0], max(end, out[-1][1]))
            else:
                out.append((start, end))
        return out


def _grown(content: Stretch, marks: list[Quoted]) -> Stretch:
    start, end = content
    for quoted in marks:
        if quoted.start < end and start < quoted.end:
            start, end = min(start, quoted.first), max(end, quoted.last)
    return start, end
