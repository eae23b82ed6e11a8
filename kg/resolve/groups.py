"""Name groups: the article entities of one name and kind, which are compared as one.

So a name that twenty thousand mentions bear is compared once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model.statement import ArticleEntity, MentionKind
from kg.resolve.corpus import Corpus, Rank
from kg.resolve.names import shown
from kg.resolve.namesakes import part
from kg.resolve.neighbours import Neighbours

__all__ = ["Group", "group", "name_identity"]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Article entities taken for one thing by name, or a name of the domain with those it has.

    `id` is the IRI of the name of the domain, or the smallest id of the members. `others` are keys
    of further names that the articles or the domain give it.
    """

    id: str
    key: str
    kind: str
    label: str
    members: tuple[str, ...]  # sorted; none for a name of the domain that no article mentions
    types: frozenset[str]
    known: str | None = None
    named: bool = True
    others: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    first: Rank = ("~~", "")  # of the article that mentions it first
    parted: bool = False  # taken out of a larger group by a person
    features: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def bucket(self) -> tuple[str, str]:
        """What groups that share it have in common: name and kind."""
        return self.kind, self.key

    @property
    def readable(self) -> str:
        """The name, the same whatever articles there are."""
        return shown(self.key) or self.label


def name_identity(corpus: Corpus) -> dict[str, str]:
    """What each article entity is by name alone: the first guess."""
    return {
        e.id: e.known_as or (f"{corpus.kind_of(e.type)}/{corpus.keys[e.id]}" if e.named else e.id)
        for e in corpus.entities
    }


def group(corpus: Corpus, neighbours: Neighbours) -> tuple[Group, ...]:
    """The groups of all entities and names of the domain, sorted by id."""
    known: dict[str, list[ArticleEntity]] = {iri: [] for iri in corpus.ontology.names}
    named: dict[tuple[str, str], list[ArticleEntity]] = defaultdict(list)
    groups: list[Group] = []
    for entity in corpus.entities:
        if entity.known_as is not None:
            known.setdefault(entity.known_as, []).append(entity)
        elif entity.named:
            named[corpus.kind_of(entity.type), corpus.keys[entity.id]].append(entity)
        else:
            groups.append(make_group([entity], corpus, neighbours))
    groups.extend(make_group(members, corpus, neighbours, iri) for iri, members in known.items())
    for members in named.values():
        for those in part(members, corpus, neighbours):
            groups.append(make_group(those, corpus, neighbours))
    return tuple(sorted(groups, key=lambda g: g.id))


def make_group(
    members: Sequence[ArticleEntity],
    corpus: Corpus,
    neighbours: Neighbours,
    known: str | None = None,
    *,
    parted: bool = False,
) -> Group:
    """One group of these members, which have one name and kind."""
    ids = tuple(sorted(e.id for e in members))
    name = corpus.ontology.names.get(known) if known is not None else None
    if name is not None:
        label, types = name.label, frozenset({name.type})
    else:
        label = min(members, key=lambda e: (_rank(corpus, e), e.id)).label
        types = frozenset(e.type for e in members)
    key = corpus.key_of(label)
    others = frozenset(map(corpus.key_of, _others(members)))
    if name is not None:
        others |= frozenset(map(corpus.key_of, (*name.alt_labels, *name.hidden_labels)))
    return Group(
        id=known or ids[0],
        key=key,
        kind=corpus.kind_of(min(types)),
        label=label,
        members=ids,
        types=types,
        known=known,
        named=known is not None or any(e.named for e in members),
        others=others - {key, ""},
        articles=frozenset(corpus.article_of[i] for i in ids),
        first=min((_rank(corpus, e) for e in members), default=("~~", "")),
        parted=parted,
        features=neighbours.of(ids),
    )


def _rank(corpus: Corpus, entity: ArticleEntity) -> Rank:
    return corpus.rank[corpus.article_of[entity.id]]


def _others(members: Iterable[ArticleEntity]) -> Iterator[str]:
    """The names that the articles use, each once."""
    yield from {m.text for e in members for m in e.mentions if m.kind is MentionKind.NAME}
