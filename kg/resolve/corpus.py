"""Everything resolution reads, looked up by article entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model.statement import ArticleEntity, Extraction, Statement
from kg.model.text import Article
from kg.ontology.domain import Ontology
from kg.ontology.terms import KINDS
from kg.resolve.names import name_key

__all__ = ["Corpus", "Rank", "rank_of", "read_corpus"]

_UNDATED = "~"  # behind every date

Rank = tuple[str, str]  # date of publication and name of an article: the order of first mention


@dataclass(frozen=True, eq=False)
class Corpus:
    """The entities and statements of all articles, and what is asked of each entity."""

    ontology: Ontology
    entities: tuple[ArticleEntity, ...]
    statements: tuple[Statement, ...]
    by_id: Mapping[str, ArticleEntity]
    article_of: Mapping[str, str]
    rank: Mapping[str, Rank]  # by article
    keys: Mapping[str, str]
    legal_forms: frozenset[str]
    small_words: frozenset[str]  # that initials may pass over

    def key_of(self, name: str) -> str:
        """The key of a name, legal forms of the domain taken off."""
        return _key(name, self.legal_forms)

    def kind_of(self, type_: str) -> str:
        """The kind that a class is below, or the class."""
        return next((k for k in KINDS if self.ontology.is_a(type_, k)), type_)


def rank_of(article: Article) -> Rank:
    """What orders articles by publication; one without a date comes last."""
    return article.published or _UNDATED, article.name


def read_corpus(
    articles: Sequence[Article], extractions: Sequence[Extraction], ontology: Ontology
) -> Corpus:
    """The corpus, in order of the names of the articles."""
    order = sorted(range(len(articles)), key=lambda i: articles[i].name)
    entities = tuple(e for i in order for e in extractions[i].entities)
    article_of = {e.id: articles[i].name for i in order for e in extractions[i].entities}
    tables = (ontology.lexicon.get(name, {}) for name in ("company", "resolution"))
    forms = frozenset(form for table in tables for form in table.get("legal_forms", ()))
    return Corpus(
        ontology=ontology,
        entities=entities,
        statements=tuple(s for i in order for s in extractions[i].statements),
        by_id={e.id: e for e in entities},
        article_of=article_of,
        rank={a.name: rank_of(a) for a in articles},
        keys={e.id: _key(e.label, forms) for e in entities},
        legal_forms=forms,
        small_words=frozenset(ontology.lexicon.get("resolution", {}).get("small_words", ())),
    )


@lru_cache(maxsize=1 << 16)
def _key(name: str, legal_forms: frozenset[str]) -> str:
    """The key of a name; of one without letters, the name."""
    return name_key(name, legal_forms) or " ".join(name.casefold().split())
