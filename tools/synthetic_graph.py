"""Invented graphs of any size, for measures and tests.

Entities have types of the ontology, facts relations whose domain and range they fit. A few
entities have most of the facts, as Zipf's law says. Each fact stands in one article or two, in a
sentence of which its evidence is a span; there are stances, speakers, periods, and facts that one
article states and another denies. The same graph each time. It has the facts of a build, not the
statements and judgements that a build has them from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal, Modality, short_hash
from kg.ontology.domain import Ontology
from kg.ontology.terms import Relation
from kg.rdf.terms import XSD, entity_iri
from tools.scale import GIVEN, SYLLABLES, TRADES
from tools.synthetic_articles import Claim, write_articles

__all__ = ["synthetic_graph"]

TYPES = {  # class and its share
    "Company": 28, "Person": 24, "City": 8, "Product": 7, "Platform": 6, "Initiative": 5,
    "MediaOutlet": 4, "SportsEvent": 4, "Technology": 4, "Campaign": 3, "Country": 3,
    "SportsOrganization": 2, "Venue": 2,
}  # fmt: skip
STANCES = (
    (Modality.ASSERTED,) * 15
    + (Modality.PLANNED,) * 3
    + (Modality.HEDGED,) * 2
    + (Modality.NEGATED,)
)
LITERAL, SPOKEN, QUALIFIED, DENIED = 0.12, 0.25, 0.35, 0.02  # of facts
AIMS = ("to reach more people", "lower costs", "a calm market", "to be heard")
SPEAKERS = ("Person", "Company", "SportsOrganization")


def synthetic_graph(
    entities: int, facts: int, ontology: Ontology, *, seed: int = 7
) -> KnowledgeGraph:
    """A graph of so many entities, each in at least one fact, and so many facts.

    Raises ValueError where there are more entities than facts, or fewer entities than types.
    """
    if not len(TYPES) <= entities <= facts:
        raise ValueError(f"at least {len(TYPES)} entities, and as many facts as entities")
    maker = _Maker(entities, ontology, random.Random(seed))  # noqa: S311 - no secret
    claims = maker.claims(facts)
    articles, told = write_articles(claims, maker.chance)
    found = {c.id: _fact(c, told[c.id]) for c in claims}
    return KnowledgeGraph(
        articles=articles,
        entities=tuple(sorted(maker.entities, key=lambda e: e.id)),
        facts=tuple(found[key] for key in sorted(found)),
        settings={"base_iri": ontology.base_iri, "domain": ontology.name},
        discrepancies=tuple(sorted(_denials(claims, found), key=lambda d: d.id)),
    )


@dataclass(slots=True)
class _Maker:
    """Invents entities, and claims about them."""

    size: int
    ontology: Ontology
    chance: random.Random
    entities: list[Entity] = field(default_factory=list)
    by_type: dict[str, list[Entity]] = field(default_factory=dict)
    weights: dict[str, list[float]] = field(default_factory=dict)
    fitting: dict[str, list[tuple[Relation, list[str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        types = [name for name in TYPES if name in self.ontology.classes]
        shares = [TYPES[name] for name in types]
        rest = self.chance.choices(types, shares, k=self.size - len(types))
        used: set[str] = set()
        for type_ in types + rest:
            entity = self._entity(type_, used)
            self.entities.append(entity)
            self.by_type.setdefault(type_, []).append(entity)
        for type_ in types:
            count = len(self.by_type[type_])
            self.weights[type_] = list(accumulate(1 / n for n in range(1, count + 1)))
            self.fitting[type_] = list(self._fitting(type_, types))

    def _fitting(self, type_: str, types: Sequence[str]) -> Iterator[tuple[Relation, list[str]]]:
        """Relations that such a subject may have, with the types that their object may have."""
        for relation in self.ontology.relations.values():
            if relation.use == "claim" and self.ontology.is_any(type_, relation.domain):
                objects = [t for t in types if self.ontology.is_any(t, relation.range)]
                if objects:
                    yield relation, objects

    def _entity(self, type_: str, used: set[str]) -> Entity:
        label = self._name(type_)
        while label in used:
            label = f"{label} {self._word(1)}"
        used.add(label)
        other = "".join(word[0] for word in label.split()) + self._word(1)
        names = (other,) if self.chance.random() < 0.2 else ()
        known = (f"http://www.wikidata.org/entity/Q{9_000_000_000 + len(used)}",)
        return Entity(
            id=entity_iri(self.ontology.base_iri, type_, label),
            label=label,
            type=type_,
            mentions=tuple(sorted((label, *names))),
            alt_labels=names,
            same_as=known if self.chance.random() < 0.3 else (),
        )

    def _word(self, syllables: int) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=syllables)).capitalize()

    def _name(self, type_: str) -> str:
        if type_ == "Person":
            return f"{self.chance.choice(GIVEN)} {self._word(2)}"
        if type_ == "Company":
            return f"{self._word(2)} {self.chance.choice(TRADES)}"
        if type_ in ("City", "Country"):
            return self._word(2 if type_ == "City" else 3)
        if type_ == "SportsEvent":
            return f"{self._word(2)} Games {self.chance.randint(2020, 2040)}"
        last = self.ontology.classes[type_].label.split()[-1].capitalize()
        return f"{self._word(2)} {last}"

    def _pick(self, type_: str) -> Entity:
        return self.chance.choices(self.by_type[type_], cum_weights=self.weights[type_])[0]

    def claims(self, count: int) -> list[Claim]:
        """So many different claims, at least one about each entity."""
        found: dict[str, Claim] = {}
        types = [e.type for e in self.entities]
        while len(found) < count:
            first = len(found) < len(self.entities)
            subject = self.entities[len(found)] if first else self._pick(self.chance.choice(types))
            claim = self._claim(subject)
            if claim.id in found:
                continue
            found[claim.id] = claim
            room = len(self.entities) < len(found) < count
            if room and claim.stance is Modality.ASSERTED and self.chance.random() < DENIED:
                denial = replace(claim, stance=Modality.NEGATED, denies=claim.id)
                found.setdefault(denial.id, denial)
        return list(found.values())

    def _claim(self, subject: Entity) -> Claim:
        speaker = None
        if self.chance.random() < SPOKEN:
            speaker = self._pick(self.chance.choice(SPEAKERS))
        stance = self.chance.choice(STANCES)
        fitting = self.fitting[subject.type]
        if not fitting or self.chance.random() < LITERAL:
            return Claim(subject, *self._literal(), stance, speaker)
        relation, types = self.chance.choice(fitting)
        object_ = self._pick(self.chance.choice(types))
        return Claim(subject, relation, object_, stance, speaker, self._qualifiers(relation))

    def _literal(self) -> tuple[Relation, Literal]:
        if self.chance.random() < 0.5:
            number = str(self.chance.randint(2, 999_999))
            value = Literal(number, XSD["integer"].value, f"{int(number):,} people")
            return self.ontology.relations["hasMeasure"], value
        aim = f"{self.chance.choice(AIMS)} by {self.chance.randint(2026, 2040)}"
        return self.ontology.relations["presentedAs"], Literal(aim, XSD["string"].value, aim)

    def _qualifiers(self, relation: Relation) -> tuple[tuple[str, Literal], ...]:
        if relation.name == "worksFor":
            return (("role", Literal("director", XSD["string"].value, "director")),)
        if self.chance.random() >= QUALIFIED:
            return ()
        begin = self.chance.randint(1998, 2036)
        years = {"date": begin}
        if self.chance.random() < 0.5:
            years = {"end": begin + self.chance.randint(1, 12), "start": begin}
        year = XSD["gYear"].value
        return tuple((name, Literal(str(n), year, str(n))) for name, n in years.items())


def _fact(claim: Claim, evidence: Sequence[Evidence]) -> Fact:
    places = tuple(sorted(evidence, key=lambda item: item.span))
    return Fact(
        id=claim.id,
        subject=claim.subject,
        predicate=claim.relation.name,
        object=claim.object,
        modality=claim.stance,
        attributed_to=claim.speaker,
        confidence=0.5 + int(claim.id[:2], 16) / 512,
        evidence=places,
        sources=len({item.span.article for item in places}),
        qualifiers=claim.qualifiers,
    )


def _denials(claims: Sequence[Claim], facts: dict[str, Fact]) -> Iterator[Discrepancy]:
    for claim in claims:
        if claim.denies:
            pair = [facts[claim.denies], facts[claim.id]]
            sides = tuple(Side(f.evidence[0].quote, f.evidence, f.id) for f in pair)
            message = (
                f"Whether {claim.subject.label} {claim.relation.label} it is stated and denied."
            )
            subject, relation = claim.subject.id, claim.relation.name
            id_ = short_hash(claim.denies, claim.id)
            yield Discrepancy(id_, DiscrepancyKind.DENIAL, subject, relation, message, sides)
