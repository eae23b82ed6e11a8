"""Where the articles and the domain say that a place lies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model.graph import Entity
from kg.model.statement import ArticleEntity, Mention, MentionKind, Modality, Statement
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.resolve.gazetteer import Place, cities, countries, states
from kg.resolve.names import name_key

__all__ = ["Whereabouts", "behind", "lies_in"]

# "Paris, Texas", "Paris (Texas)", and what shows that a comma only separates places of a list
_BEHIND = re.compile(r"\s*[,(]\s*(?P<name>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|and|the))*)")
_LISTED = re.compile(r",?\s*(?:and|or|&)\s|,\s*[A-Z]")
_END = re.compile(r"(?<![A-Z])\. ")  # of a sentence, not of "U.S."
_REACH = 60  # characters behind a mention


def lies_in(place: Place, where: frozenset[Place]) -> bool:
    """Whether a place lies in one of the countries and states that one name may mean."""
    return any(
        place.country == w.country and (w.state is None or place.state == w.state) for w in where
    )


class Whereabouts:
    """The evidence for a set of places.

    Where is a set, too: the name of a country may be that of a state, and either could be meant.
    """

    def __init__(
        self,
        entities: Sequence[Entity],
        members: Mapping[str, ArticleEntity],
        statements: Iterable[Statement],
        articles: Iterable[Article],
        ontology: Ontology,
    ) -> None:
        self._members = members
        self._ontology = ontology
        self._texts = {a.name: a.text for a in articles}
        self._known = {  # names of countries, the domain's second names included
            label: found
            for name in ontology.names.values()
            if ontology.is_a(name.type, "Country")
            and (found := _regions(name.label, *name.alt_labels))
            for label in (name.label, *name.alt_labels)
        }
        self._in_article: dict[str, list[Entity]] = defaultdict(list)
        entity_of = {member: e for e in entities for member in e.members}
        for entity in entities:
            for article in self._articles(entity):
                self._in_article[article].append(entity)
        self._located: dict[str, set[frozenset[Place]]] = defaultdict(set)
        for s in statements:
            if s.predicate == "locatedIn" and s.modality is Modality.ASSERTED:
                subject, obj = entity_of.get(s.subject), entity_of.get(str(s.object))
                where = self._where(obj) if obj is not None else None
                if subject is not None and where:
                    self._located[subject.id].add(where)

    def said_of(self, entity: Entity) -> set[frozenset[Place]]:
        """Where the entity lies by the domain, by facts, and by what stands behind its name."""
        said = set(self._located.get(entity.id, ()))
        known = self._ontology.names.get(entity.id)
        for iri in known.properties.get("locatedIn", ()) if known is not None else ():
            if iri in self._ontology.names:
                said.add(self._called(self._ontology.names[iri].label))
        said.update(where for where, unsure in self._behind(entity) if not unsure)
        return said - {frozenset()}

    def perhaps_said_of(self, entity: Entity) -> set[frozenset[Place]]:
        """What stands behind the name in what may be a list of places or begin a longer name."""
        return {where for where, unsure in self._behind(entity) if unsure}

    def named_with(self, entity: Entity) -> set[frozenset[Place]]:
        """Countries and states that the articles of the entity name."""
        around = {id(e): e for a in self._articles(entity) for e in self._in_article[a]}
        return {self._where(e) for e in around.values() if e is not entity} - {frozenset()}

    def has_city_of(self, entity: Entity, region: Place) -> bool:
        """Whether an article of the entity names a city that can lie in that region only."""
        for article in self._articles(entity):
            for other in self._in_article[article]:
                if self._ontology.is_a(other.type, "City"):
                    found = cities(other.label)
                    if found and all(lies_in(p, frozenset({region})) for p in found):
                        return True
        return False

    def other_states(self, entity: Entity, state: Place) -> bool:
        """Whether an article of the entity names another state."""
        return any(
            all(p.state not in (None, state.state) for p in where)
            for where in self.named_with(entity)
        )

    def _articles(self, entity: Entity) -> set[str]:
        found = (self._members[m] for m in entity.members)
        return {mention.span.article for member in found for mention in member.mentions}

    def _where(self, entity: Entity) -> frozenset[Place]:
        if self._ontology.is_a(entity.type, "City") and cities(entity.label):
            return frozenset()  # what only a state can be is taken for one, whatever its class
        return self._called(entity.label) or _regions(entity.label, *entity.alt_labels)

    def _called(self, name: str) -> frozenset[Place]:
        return self._known.get(name, frozenset()) | _regions(name)

    def _behind(self, entity: Entity) -> Iterable[tuple[frozenset[Place], bool]]:
        """(where, whether it may be of a list or another name) for each region behind a mention."""
        for member in entity.members:
            for mention in self._members[member].mentions:
                rest = behind(self._texts.get(mention.span.article, ""), mention)
                match = _BEHIND.match(rest)
                if match is None:
                    continue
                words = _END.split(match["name"])[0].split()
                for length in range(len(words), 0, -1):
                    name = " ".join(words[:length])
                    where = self._called(name) or self._called(name.rstrip(".")) or _code(name)
                    if where:
                        end = match.start("name") + len(name)
                        # "Athens, Georgia Smith said"
                        longer = length < len(words)
                        yield where, longer or _LISTED.match(rest[end:]) is not None
                        break


def behind(text: str, mention: Mention) -> str:
    """What stands behind a name, if it begins as the name of a region would; else nothing."""
    if mention.kind is not MentionKind.NAME:
        return ""
    rest = text[mention.span.end : mention.span.end + _REACH]
    return rest if _BEHIND.match(rest) else ""


def _regions(*names: str) -> frozenset[Place]:
    keys = {name_key(name) for name in names}
    return frozenset(table[k] for k in keys for table in (countries(), states()) if k in table)


def _code(name: str) -> frozenset[Place]:
    """The state of a postal code, as in "Paris, TX"."""
    return frozenset(s for s in states().values() if s.state == name)
