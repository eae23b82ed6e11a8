"""Articles and what they state to one graph: judge, link, view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from kg.model.accounts import Tally
from kg.model.decision import Decision
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import ArticleEntity, Extraction, MentionKind
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.resolve.block import MAX_EDITS
from kg.resolve.copies import near_copies
from kg.resolve.corpus import read_corpus
from kg.resolve.judgements import judge
from kg.resolve.links import link_entities
from kg.resolve.merge import merge_statements

__all__ = ["entity_view", "resolve"]


def resolve(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    ontology: Ontology,
    settings: Mapping[str, str] | None = None,
    *,
    decisions: Sequence[Decision] = (),
    tally: Tally | None = None,
) -> KnowledgeGraph:
    """The graph of all articles; the same for any order of the articles.

    `decisions` about merges and links outrank names, neighbours and gazetteer. Raises InputError
    where they contradict each other. `tally` counts as that of `merge_statements`.
    """
    copies = near_copies(articles)
    sorted_articles = tuple(sorted(articles, key=lambda a: a.name))
    corpus = read_corpus(articles, extractions, ontology)
    judged = judge(corpus, decisions)
    views = {
        iri: entity_view(iri, [corpus.by_id[m] for m in members], judged.aliases[iri], ontology)
        for iri, members in judged.members.items()
    }
    views, link_candidates = link_entities(
        views, corpus.by_id, corpus.statements, sorted_articles, ontology, decisions
    )
    entity_of = {m: views[iri] for iri, members in judged.members.items() for m in members}
    facts = merge_statements(corpus.statements, entity_of, ontology, copies, tally)
    return KnowledgeGraph(
        articles=sorted_articles,
        article_entities=corpus.entities,
        statements=corpus.statements,
        judgements=judged.judgements,
        entities=tuple(sorted(views.values(), key=lambda e: e.id)),
        facts=facts,
        settings=dict(sorted((settings or {}).items())),
        candidates=judged.candidates,
        link_candidates=link_candidates,
        copies=copies,
    )


def entity_view(
    iri: str, members: Sequence[ArticleEntity], aliases: tuple[str, ...], ontology: Ontology
) -> Entity:
    """The entity of a cluster: of its members the labels, the class and the names that they use."""
    known = ontology.names.get(iri)
    mentions = [m for e in members for m in e.mentions if m.kind is not MentionKind.PRONOUN]
    label = known.label if known is not None else _best_label(members)
    alt, hidden = _other_labels(
        label,
        known.alt_labels if known is not None else (),
        known.hidden_labels if known is not None else (),
        sorted({m.text for m in mentions if m.kind is MentionKind.NAME}),
    )
    return Entity(
        id=iri,
        label=label,
        type=known.type if known is not None else _best_type(members),
        mentions=tuple(sorted({m.text for m in mentions})),
        same_as=known.same_as if known is not None else (),
        alt_labels=alt,
        hidden_labels=hidden,
        members=tuple(sorted(e.id for e in members)),
        aliases=aliases,
    )


def _other_labels(
    label: str, alt_labels: Iterable[str], hidden_labels: Iterable[str], names: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Alternative and hidden labels, sorted; no label is in two places.

    A name of the articles that is nearly a right label is a slip of the pen and stays hidden.
    """
    alt, hidden = set(alt_labels), set(hidden_labels)
    folded = {_fold(label), *(_fold(a) for a in alt)}
    for name in names:
        key = _fold(name)
        if key in folded:
            continue
        slip = len(name) > 3 and any(
            OSA.distance(key, other, score_cutoff=MAX_EDITS) <= MAX_EDITS for other in folded
        )
        (hidden if slip else alt).add(" ".join(name.split()))
        folded.add(key)
    alt -= {label}
    return tuple(sorted(alt)), tuple(sorted(hidden - alt - {label}))


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _best_label(members: Sequence[ArticleEntity]) -> str:
    """The label of most mentions, then the longest, the first; a proper name before all others."""
    weight: Counter[str] = Counter()
    named = {e.label for e in members if e.named}
    for entity in members:
        weight[entity.label] += max(len(entity.mentions), 1)
    return min(weight, key=lambda name: (name not in named, -weight[name], -len(name), name))


def _best_type(members: Sequence[ArticleEntity]) -> str:
    weight: Counter[str] = Counter()
    for entity in members:
        weight[entity.type] += max(len(entity.mentions), 1)
    return min(weight, key=lambda name: (-weight[name], name))
