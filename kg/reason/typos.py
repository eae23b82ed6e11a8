"""Names that are nearly a right name of their own entity, each with its places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.model.discrepancy import Discrepancy, DiscrepancyKind, Side
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import Evidence, Mention, MentionKind
from kg.model.text import Article
from kg.ontology.domain import KnownName, Ontology
from kg.reason.sides import discrepancy, mention_evidence
from kg.reason.spelling import Spelling

__all__ = ["typos"]

_OFTEN = 3  # mentions in several articles that tell which of two spellings is right


def typos(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[Discrepancy]:
    """The misspelt names of each entity, one discrepancy for each spelling.

    What is right is in the domain's names; for an entity that is not among them, it is what most of
    the mentions write.
    """
    articles = {article.name: article for article in graph.articles}
    members = {entity.id: entity for entity in graph.article_entities}
    spelling = Spelling.of(ontology)
    taken = _labels_of_all(ontology, spelling)
    for entity in graph.entities:
        mentions = [
            m
            for member in entity.members
            if member in members
            for m in members[member].mentions
            if m.kind is MentionKind.NAME and m.span.article in articles
        ]
        forms: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            forms[spelling.key(mention.text)].append(mention)
        known = ontology.names.get(entity.id)
        if known is not None:
            yield from _against_domain(entity, known, forms, spelling, taken, articles)
        elif len(forms) > 1:
            yield from _against_most(entity, forms, spelling, articles)


@lru_cache(maxsize=4)
def _labels_of_all(ontology: Ontology, spelling: Spelling) -> Mapping[str, frozenset[str]]:
    """Key of each right label to the names that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ontology.names.values():
        for label in (name.label, *name.alt_labels):
            found[spelling.key(label)].add(name.iri)
    return {key: frozenset(iris) for key, iris in found.items()}


def _against_domain(
    entity: Entity,
    known: KnownName,
    forms: Mapping[str, Sequence[Mention]],
    spelling: Spelling,
    taken: Mapping[str, frozenset[str]],
    articles: Mapping[str, Article],
) -> Iterator[Discrepancy]:
    right = {spelling.key(label): label for label in (*known.alt_labels, known.label)}
    slips = {spelling.key(label) for label in known.hidden_labels}
    spoken = known.properties.get("demonym", ())
    for key in sorted(forms):
        if key in right or key in taken or key in map(spelling.key, spoken):
            continue
        meant = spelling.nearest(key, right)
        if meant is None and key in slips:
            meant = spelling.key(known.label)
        if meant is None:
            continue
        sides = [_written(forms[key], articles)]
        if meant in forms:
            sides.append(_written(_first_of_each(forms[meant]), articles))
        sides.append(Side(f"its name is “{right[meant]}”", reference=known.iri))
        yield _typo(entity, forms[key], right[meant], sides)


def _against_most(
    entity: Entity,
    forms: Mapping[str, Sequence[Mention]],
    spelling: Spelling,
    articles: Mapping[str, Article],
) -> Iterator[Discrepancy]:
    for key in sorted(forms):
        surer = [other for other in sorted(forms) if _is_surer(forms[other], forms[key])]
        meant = spelling.nearest(key, surer)
        if meant is not None:
            right = _first_of_each(forms[meant])
            sides = [_written(forms[key], articles), _written(right, articles)]
            yield _typo(entity, forms[key], _usual(forms[meant]), sides)


def _is_surer(right: Sequence[Mention], odd: Sequence[Mention]) -> bool:
    """True when the article of a spelling has the other one more often, or most articles have it.

    Articles of different houses may write one name in two ways; an article that does is wrong once.
    """
    mine, theirs = _by_article(odd), _by_article(right)
    if all(theirs[name] > max(count, 1) for name, count in mine.items()):
        return True
    return len(odd) == 1 and len(right) >= _OFTEN and len(theirs) > 1 and len(mine) == 1


def _by_article(mentions: Iterable[Mention]) -> Counter[str]:
    return Counter(mention.span.article for mention in mentions)


def _first_of_each(mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention in each article: enough to show how a name is written."""
    first: dict[str, Mention] = {}
    for mention in sorted(mentions):
        first.setdefault(mention.span.article, mention)
    return list(first.values())


def _usual(mentions: Sequence[Mention]) -> str:
    counts = Counter(" ".join(m.text.split()) for m in mentions)
    return min(counts, key=lambda text: (-counts[text], text))


def _written(mentions: Sequence[Mention], articles: Mapping[str, Article]) -> Side:
    evidence: list[Evidence] = [mention_evidence(m, articles[m.span.article]) for m in mentions]
    return Side(f"written “{_usual(mentions)}”", tuple(sorted(evidence, key=lambda e: e.span)))


def _typo(entity: Entity, odd: Sequence[Mention], right: str, sides: Sequence[Side]) -> Discrepancy:
    times = f" ({len(odd)} times)" if len(odd) > 1 else ""
    message = f"“{_usual(odd)}” is most likely misspelt for “{right}”{times}"
    return discrepancy(DiscrepancyKind.TYPO, entity.id, None, message, sides)
