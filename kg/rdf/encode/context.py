"""What the encoders of all kinds of node share."""

from __future__ import annotations

from functools import cached_property

from kg.errors import InvalidGraphError
from kg.model.graph import Fact, KnowledgeGraph
from kg.model.statement import ArticleEntity
from kg.model.text import Article, Span
from kg.ontology.domain import Ontology
from kg.rdf import literals, terms
from kg.rdf.ntriples import Row, Term, minted

__all__ = ["Context"]


class Context:
    """One graph to be written under one ontology.

    Of a part of a larger graph `run` is the IRI of the run of the whole, and where its articles are
    there without their texts, `has_texts` is False.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        ontology: Ontology,
        *,
        run: str | None = None,
        has_texts: bool = True,
    ) -> None:
        self.graph = graph
        self.has_texts = has_texts
        self.ontology = ontology
        literals.iri(ontology.base_iri)  # of a valid base all is valid that is minted on it
        self.base = ontology.base_iri
        self._article_nodes: dict[str, Term] = {}
        self.cited: set[str] = set()  # names of articles that are written already
        self.passages: set[tuple[Span, str]] = set()  # those that are written already
        self.surroundings: set[Span] = set()
        self.plain_triples: set[Row] = set()  # of stated facts, filled as they are written
        self.run_iri = run or terms.run_iri(self.base, graph.settings, graph.articles)
        self.run = minted(self.run_iri)

    def article_node(self, name: str) -> Term:
        """The node of an article, which is also the name of its graph."""
        node = self._article_nodes.get(name)
        if node is None:
            node = self._article_nodes[name] = minted(terms.article_iri(self.base, name))
        return node

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles of the graph by name."""
        return {article.name: article for article in self.graph.articles}

    @cached_property
    def originals(self) -> dict[str, str]:
        """Name of a copy to that of the article it repeats."""
        return dict(self.graph.copies)

    @cached_property
    def article_entities(self) -> dict[str, ArticleEntity]:
        """The entities of the articles, before they were merged, by id."""
        return {item.id: item for item in self.graph.article_entities}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts of the graph by id, stated and inferred."""
        return {fact.id: fact for fact in (*self.graph.facts, *self.graph.inferred)}

    def stated_premises(self, fact: Fact) -> tuple[Fact, ...]:
        """The stated facts that an inferred one goes back to, by id; a stated one itself.

        Raises InvalidGraphError for a premise that is not in the graph, and for a circle.
        """
        if not fact.premises:
            return (fact,)
        found: dict[str, Fact] = {}
        seen: set[str] = set()
        todo = [fact]
        while todo:
            item = todo.pop()
            if not item.premises:
                found[item.id] = item
            for premise in set(item.premises) - seen:
                if premise not in self.facts:
                    raise InvalidGraphError(
                        f"inferred fact {item.id} has the premise {premise!r}, which is no fact of "
                        "the graph"
                    )
                seen.add(premise)
                todo.append(self.facts[premise])
        return tuple(found[key] for key in sorted(found))
