"""How time and memory of resolution grow: `python -m tools.scale [250 500 …]`.

Makes what extraction would give for so many invented articles: companies, people, towns and
products of invented names, named as often as Zipf's law says, with typos, acronyms, short forms and
legal forms among the mentions. The same on every run and machine.
"""

from __future__ import annotations

import argparse
import math
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from kg.model.statement import (
    ArticleEntity,
    Evidence,
    Extraction,
    Literal,
    Mention,
    Qualifier,
    Statement,
    Voice,
)
from kg.model.text import Article, Block, BlockKind, Span
from kg.ontology.domain import load_ontology
from kg.rdf.terms import entity_iri
from kg.resolve import resolve

SIZES = (250, 500, 1000, 2000, 4000)
FACTS = 8  # of an article
SYLLABLES = tuple(f"{a}{b}{c}" for a in "bdfgklm" for b in "aeio" for c in "lnrst")
TRADES = ("Energy", "Foods", "Maritime", "Optics", "Rail", "Textiles", "Works", "Bank", "Timber")
GIVEN = ("Ada", "Bo", "Cora", "Dag", "Eli", "Finn", "Greta", "Hugo", "Ines", "Jon", "Kaja", "Lars")
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPO, SHORT, ACRONYM, LEGAL = 0.01, 0.05, 0.05, 0.1  # of mentions
MOVED = 0.02  # of the mentions of a person


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles and what they state."""

    articles: tuple[Article, ...]
    extractions: tuple[Extraction, ...]


class Maker:
    """Invents articles; the number of different things grows as the number of articles does."""

    def __init__(self, size: int, base_iri: str, seed: int = 7) -> None:
        self._random = random.Random(seed)  # noqa: S311 (no secret)
        self._base = base_iri
        self.companies = self._names(
            size, lambda: f"{self._word(2)} {self._word(2)} {self._pick(TRADES)}"
        )
        self.people = self._names(size, lambda: f"{self._pick(GIVEN)} {self._word(3)}")
        self._employers = {name: 7 * n for n, name in enumerate(self.people.names)}
        self.towns = self._names(max(size // 5, 9), lambda: self._word(3))
        self.products = self._names(size, lambda: f"{self._word(2)} {self._random.randint(1, 9)}")

    def _pick(self, words: Sequence[str]) -> str:
        return self._random.choice(words)

    def _word(self, syllables: int) -> str:
        return "".join(self._pick(SYLLABLES) for _ in range(syllables)).capitalize()

    def _names(self, size: int, make: Callable[[], str]) -> _Zipf:
        names: dict[str, None] = {}
        while len(names) < size:
            names[make()] = None
        return _Zipf(tuple(names))

    def article(self, number: int) -> tuple[Article, Extraction]:
        """One article of FACTS facts about one company and its people, products and towns."""
        name = f"{number:06}.txt"
        text = f"Article {number}. " + " ".join(self._word(2) for _ in range(60))
        day = f"20{10 + number % 17:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        article = Article(name, text, (Block(0, len(text), BlockKind.BODY),), published=day)
        entities: dict[str, ArticleEntity] = {}
        statements: list[Statement] = []
        about = self._entity(name, self.companies.pick(self._random), "Company", entities)
        for predicate, obj, type_ in self._facts():
            other = self._entity(name, obj, type_, entities)
            if other == about:
                continue
            subject, value = about, other
            if predicate == "worksFor":
                subject, value = other, self._employer(name, obj, about, entities)
            role = Literal("director", XSD + "string", "director")
            qualifiers = (Qualifier("role", role),) if predicate == "worksFor" else ()
            at = Span(name, len(statements), len(statements) + 5)
            evidence = Evidence(at, text[at.start : at.end], Voice.NARRATOR, "frames/scale")
            statements.append(Statement(subject, predicate, value, evidence, 0.8, qualifiers))
        return article, Extraction(
            tuple(entities.values()), tuple(statements), {}, candidates=len(statements)
        )

    def _employer(
        self, article: str, person: str, about: str, entities: dict[str, ArticleEntity]
    ) -> str:
        """Nearly always the same of a person; else the company that the article is about."""
        if self._random.random() < MOVED:
            return about
        home = self.companies.names[self._employers[person] % len(self.companies.names)]
        return self._entity(article, home, "Company", entities)

    def _facts(self) -> Iterator[tuple[str, str, str]]:
        for number in range(FACTS):
            if number % 4 == 0:
                yield "partnerOf", self.companies.pick(self._random), "Company"
            elif number % 4 == 1:
                yield "worksFor", self.people.pick(self._random), "Person"
            elif number % 4 == 2:
                yield "provides", self.products.pick(self._random), "Product"
            else:
                yield "basedIn", self.towns.pick(self._random), "City"

    def _entity(
        self, article: str, name: str, type_: str, entities: dict[str, ArticleEntity]
    ) -> str:
        written = self._written(name, type_)
        id_ = entity_iri(self._base, type_, written, article)
        names = {written}
        if type_ == "Company" and self._random.random() < ACRONYM:
            names.add(_acronym(name))
        mentions = tuple(
            Mention(Span(article, n, n + len(text)), text) for n, text in enumerate(sorted(names))
        )
        entities[id_] = ArticleEntity(id_, written, type_, mentions)
        return id_

    def _written(self, name: str, type_: str) -> str:
        chance = self._random.random()
        if chance < TYPO:
            at = self._random.randrange(1, len(name) - 2)
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        if chance < TYPO + SHORT and type_ in ("Company", "Person"):
            return name.split()[-1 if type_ == "Person" else 0]
        if chance < TYPO + SHORT + LEGAL and type_ == "Company":
            return f"{name} Ltd"
        if chance < TYPO + SHORT + LEGAL + ACRONYM and type_ == "Company":
            return _acronym(name)
        return name


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split())


class _Zipf:
    """Names of which the n-th is picked 1/n times as often as the first."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._weights = tuple(accumulate(1 / n for n in range(1, len(names) + 1)))

    def pick(self, source: random.Random) -> str:
        return source.choices(self.names, cum_weights=self._weights)[0]


def make_corpus(size: int, base_iri: str) -> Corpus:
    """So many articles; the same each time."""
    maker = Maker(size, base_iri)
    made = [maker.article(n) for n in range(size)]
    return Corpus(tuple(a for a, _ in made), tuple(e for _, e in made))


def make_copies(size: int, base_iri: str) -> Corpus:
    """One article under so many names."""
    made = Maker(20, base_iri).article(1)
    renamed = [_renamed(*made, f"copy-{n:06}.txt", base_iri) for n in range(size)]
    return Corpus(tuple(a for a, _ in renamed), tuple(e for _, e in renamed))


def _renamed(
    article: Article, extraction: Extraction, name: str, base_iri: str
) -> tuple[Article, Extraction]:
    ids = {e.id: entity_iri(base_iri, e.type, e.label, name) for e in extraction.entities}

    def moved(span: Span) -> Span:
        return Span(name, span.start, span.end)

    entities = tuple(
        ArticleEntity(
            ids[e.id],
            e.label,
            e.type,
            tuple(Mention(moved(m.span), m.text, m.kind) for m in e.mentions),
        )
        for e in extraction.entities
    )
    statements = tuple(
        Statement(
            ids[s.subject],
            s.predicate,
            ids[s.object] if isinstance(s.object, str) else s.object,
            Evidence(moved(s.evidence.span), s.evidence.quote, s.evidence.voice, "frames/scale"),
            s.confidence,
            s.qualifiers,
        )
        for s in extraction.statements
    )
    copied = Article(name, article.text, article.blocks, published=article.published)
    return copied, Extraction(entities, statements, {}, candidates=len(statements))


def measured(corpus: Corpus, *, memory: bool = True) -> tuple[float, float, int, int]:
    """(seconds, peak MB, article entities, entities) of resolving the corpus."""
    ontology = load_ontology("newsroom")
    start = time.process_time()
    graph = resolve(corpus.articles, corpus.extractions, ontology)
    seconds = time.process_time() - start
    peak = 0
    if memory:
        tracemalloc.start()
        resolve(corpus.articles, corpus.extractions, ontology)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return seconds, peak / 1e6, len(graph.article_entities), len(graph.entities)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--out", type=Path, help="file instead of the screen")
    arguments = parser.parse_args()
    base = load_ontology("newsroom").base_iri
    measured(make_corpus(10, base), memory=False)  # loads what is loaded once
    for title, make in (("different articles", make_corpus), ("copies of one", make_copies)):
        print(f"| {title} | article entities | entities | seconds | s / (n log n) | peak MB |")  # noqa: T201
        print("|--:|--:|--:|--:|--:|--:|")  # noqa: T201
        for size in arguments.sizes:
            seconds, peak, mentioned, found = measured(make(size, base))
            unit = 1e6 * seconds / (mentioned * math.log2(mentioned))
            print(  # noqa: T201
                f"| {size} | {mentioned} | {found} | {seconds:.2f} | {unit:.1f}e-6 | {peak:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
