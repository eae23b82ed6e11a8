"""Sentences and articles that say invented claims, for `tools.synthetic_graph`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.graph import Entity
from kg.model.statement import Evidence, Literal, Modality, Voice, short_hash
from kg.model.text import Article, Block, BlockKind
from kg.ontology.terms import Relation

__all__ = ["Claim", "write_articles"]

TOLD = {  # how a sentence begins, and the words of it that say so
    Modality.ASSERTED: ("", ()),
    Modality.PLANNED: ("It is planned that ", ("planned",)),
    Modality.HEDGED: ("It may be that ", ("may",)),
    Modality.NEGATED: ("It is denied that ", ("denied",)),
}
PUT = {"date": "in", "start": "from", "end": "to", "role": "as"}  # in this order
TOLD_TWICE = 0.2  # of claims
SENTENCES = 12  # of an article
PARAGRAPH = 4
FILLER = "Nobody gave more detail when asked."


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim; `denies` is the id of the claim that it contradicts."""

    subject: Entity
    relation: Relation
    object: Entity | Literal
    stance: Modality
    speaker: Entity | None
    qualifiers: tuple[tuple[str, Literal], ...] = ()
    denies: str | None = None

    @property
    def id(self) -> str:
        """The id of its fact."""
        value = self.object.id if isinstance(self.object, Entity) else self.object.value
        speaker = self.speaker.id if self.speaker else None
        return short_hash(self.subject.id, self.relation.name, value, self.stance, speaker)

    @property
    def words(self) -> str:
        """The claim as a sentence says it, without its speaker."""
        what = self.object.label if isinstance(self.object, Entity) else self.object.text
        words = " ".join((self.subject.label, self.relation.label, what))
        given = dict(self.qualifiers)
        words += "".join(f" {put} {given[name].text}" for name, put in PUT.items() if name in given)
        return TOLD[self.stance][0] + words


def write_articles(
    claims: Sequence[Claim], chance: random.Random
) -> tuple[tuple[Article, ...], dict[str, list[Evidence]]]:
    """The articles, and the evidence of each claim by its id."""
    tellings = [*claims, *(c for c in claims if chance.random() < TOLD_TWICE)]
    chance.shuffle(tellings)
    told: dict[str, list[Evidence]] = {}
    articles = []
    for number, start in enumerate(range(0, len(tellings), SENTENCES)):
        part = list({c.id: c for c in tellings[start : start + SENTENCES]}.values())
        articles.append(_article(number, part, told))
    return tuple(articles), told


def _article(number: int, claims: Sequence[Claim], told: dict[str, list[Evidence]]) -> Article:
    name, title = f"{number:06}.txt", f"{claims[0].subject.label} in the news, part {number}"
    text, blocks, spans = title, [Block(0, len(title), BlockKind.HEADLINE)], []
    for start in range(0, len(claims), PARAGRAPH):
        text += "\n\n"
        opened = len(text)
        for claim in claims[start : start + PARAGRAPH]:
            spans.append((claim, len(text), len(text) + len(claim.words)))
            said = f", {claim.speaker.label} said" if claim.speaker else ""
            text += f"{claim.words}{said}. "
        text += FILLER
        blocks.append(Block(opened, len(text), BlockKind.BODY))
    article = Article(
        name=name,
        text=text,
        blocks=tuple(blocks),
        title=title,
        publisher="The Daily Invention",
        published=f"{2024 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}",
        url=f"https://example.org/{number}",
    )
    for claim, begin, end in spans:
        voice = Voice.PARAPHRASE if claim.speaker else Voice.NARRATOR
        cues = TOLD[claim.stance][1]
        place = article.span(begin, end)
        evidence = Evidence(place, article.quote(begin, end), voice, "frames/made-up", cues)
        told.setdefault(claim.id, []).append(evidence)
    return article
