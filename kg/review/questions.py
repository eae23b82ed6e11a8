"""What a person is asked: merges and links the build was not sure of, and facts it trusts least."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import UnknownNameError
from kg.model.decision import DecisionKind
from kg.model.graph import Entity, Fact, KnowledgeGraph, SameAs
from kg.model.link import LinkCandidate
from kg.model.statement import ArticleEntity, Literal, Mention, MentionKind
from kg.model.text import Article, Span
from kg.model.wording import close_names, spaced

__all__ = [
    "AT_MOST",
    "BELOW",
    "Question",
    "ask_facts",
    "ask_links",
    "ask_merges",
    "ask_parts",
    "shown",
]

BELOW = 0.8  # the least confident fifth of facts on the articles of docs/quality.md
AT_MOST = 50  # an evening's work
_QUOTES = 3  # a side
_CONTEXT = 100  # characters before and after a quote


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is written: `fields` in the order of the file, with "decision" among them."""

    kind: DecisionKind
    about: tuple[str, ...]
    fields: Mapping[str, Any]


def ask_merges(graph: KnowledgeGraph) -> tuple[Question, ...]:
    """A question for each candidate of the graph whose two sides are in it."""
    sides = _Sides(graph)
    pairs: dict[tuple[str, ...], list[SameAs]] = {}
    for candidate in graph.candidates:
        about = tuple(sorted((candidate.left, candidate.right)))
        if about[0] != about[1] and all(iri in sides.entities for iri in about):
            pairs.setdefault(about, []).append(candidate)
    return tuple(_merge(sides, about, pairs[about]) for about in sorted(pairs))


def _merge(sides: _Sides, about: tuple[str, ...], candidates: Sequence[SameAs]) -> Question:
    left, right = (sides.entities[iri] for iri in about)
    fields = {
        "question": f"Are “{shown(left.label)}” and “{shown(right.label)}” one thing?",
        "decision": "?",
        "score": round(max(c.score for c in candidates), 4),
        "reason": "; ".join(sorted({shown(c.reason) for c in candidates})),
        "left": sides.described(left),
        "right": sides.described(right),
    }
    return Question(DecisionKind.MERGE, about, fields)


def ask_parts(graph: KnowledgeGraph, names: Iterable[str]) -> tuple[Question, ...]:
    """Whether an entity is one thing in all articles: its first part against each other part.

    Each name is the id, the label or a mention of an entity, in any case. A no takes the parts
    apart. Raises UnknownNameError with close names where nothing is called so.
    """
    sides = _Sides(graph)
    out: list[Question] = []
    for name in names:
        for entity in _called(graph, name):
            parts = [sides.part(member) for member in entity.members]
            out += [_parts(parts[0], other) for other in parts[1:]]
    return tuple({question.about: question for question in out}.values())


def _parts(left: Mapping[str, Any], right: Mapping[str, Any]) -> Question:
    ends = sorted((left, right), key=lambda part: str(part["id"]))
    fields = {
        "question": f"Are “{left['name']}” and “{right['name']}” one thing, as the build took it?",
        "decision": "?",
        "left": ends[0],
        "right": ends[1],
    }
    return Question(DecisionKind.MERGE, (ends[0]["id"], ends[1]["id"]), fields)


def _called(graph: KnowledgeGraph, name: str) -> list[Entity]:
    """The entities of that id, label or mention."""
    wanted = shown(name).casefold()
    names = {e.id: {shown(n).casefold() for n in (e.label, *e.mentions)} for e in graph.entities}
    found = [e for e in graph.entities if e.id == name or wanted in names[e.id]]
    if not found:
        raise UnknownNameError("entity", name, close_names(name, (e.label for e in graph.entities)))
    return found


def ask_links(
    graph: KnowledgeGraph, proposed: Iterable[LinkCandidate] = ()
) -> tuple[Question, ...]:
    """A question for each link of the graph and of `proposed` that is in force for nobody yet."""
    sides = _Sides(graph)
    best: dict[tuple[str, str], LinkCandidate] = {}
    for link in sorted((*graph.link_candidates, *proposed)):
        entity = sides.entities.get(link.entity)
        if entity is None or link.accepted or link.iri in entity.same_as:
            continue
        known = best.setdefault((link.entity, link.iri), link)
        if link.score > known.score:
            best[link.entity, link.iri] = link
    return tuple(_link(sides, best[key]) for key in sorted(best))


def _link(sides: _Sides, link: LinkCandidate) -> Question:
    entity = sides.entities[link.entity]
    fields = {
        "question": f"Is “{shown(entity.label)}” what {link.iri} denotes?",
        "decision": "?",
        "score": round(link.score, 4),
        "reason": shown(link.reason),
        "source": shown(link.source),
        "entity": sides.described(entity),
        "same_as": {"id": link.iri, "name": shown(link.label)},
    }
    return Question(DecisionKind.LINK, (link.entity, link.iri), fields)


def ask_facts(graph: KnowledgeGraph, *, below: float = BELOW) -> tuple[Question, ...]:
    """A question for each fact of less confidence than `below`, the least confident first."""
    sides = _Sides(graph)
    doubtful = [f for f in graph.facts if f.confidence < below]
    doubtful.sort(key=lambda f: (f.confidence, f.id))
    return tuple(_fact(sides, fact) for fact in doubtful)


def _fact(sides: _Sides, fact: Fact) -> Question:
    claim = " — ".join((
        _name(fact.subject), spaced(fact.predicate), _name(fact.object)
    ))  # fmt: skip
    fields: dict[str, Any] = {
        "question": f"Does the text say “{claim}”?",
        "decision": "?",
        "score": round(fact.confidence, 4),
        "stance": str(fact.modality),
    }
    if fact.attributed_to is not None:
        fields["speaker"] = _name(fact.attributed_to)
    if fact.qualifiers:
        fields["qualifiers"] = {name: _name(value) for name, value in fact.qualifiers}
    fields["evidence"] = [
        sides.quoted(item.span, item.quote) | {"rule": item.extractor} for item in fact.evidence
    ]
    fields |= {
        "fact": fact.id,
        "subject": _end(fact.subject),
        "predicate": fact.predicate,
        "object": _end(fact.object),
    }
    return Question(DecisionKind.FACT, (fact.id,), fields)


def _end(value: Entity | Literal) -> dict[str, str]:
    if isinstance(value, Entity):
        return {"id": value.id, "name": shown(value.label), "type": value.type}
    return {"value": shown(value.value), "datatype": value.datatype, "text": shown(value.text)}


class _Sides:
    """The entities of a graph, and the words of the articles about them."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.entities: dict[str, Entity] = {e.id: e for e in graph.entities}
        self._members: dict[str, ArticleEntity] = {e.id: e for e in graph.article_entities}
        self._articles: dict[str, Article] = {a.name: a for a in graph.articles}

    def described(self, entity: Entity) -> dict[str, Any]:
        """Id, name, class and up to three quotes of an entity."""
        return {
            "id": entity.id,
            "name": shown(entity.label),
            "type": entity.type,
            "quotes": [self.quoted(m.span, m.text) for m in self._mentions(entity.members)],
        }

    def part(self, member: str) -> dict[str, Any]:
        """The same of what one article presents."""
        entity = self._members[member]
        return {
            "id": entity.id,
            "name": shown(entity.label),
            "type": entity.type,
            "quotes": [self.quoted(m.span, m.text) for m in self._mentions((member,))],
        }

    def _mentions(self, members: Iterable[str]) -> list[Mention]:
        """The first mentions: one of each article before a second one of any, names first."""
        found = [
            mention
            for member in members
            if member in self._members
            for mention in self._members[member].mentions
            if mention.kind is not MentionKind.PRONOUN
        ]
        found.sort(key=lambda m: (m.kind is not MentionKind.NAME, m.span))
        rank: dict[str, int] = {}
        order: list[tuple[int, int, Mention]] = []
        for number, mention in enumerate(found):
            turn = rank[mention.span.article] = rank.get(mention.span.article, -1) + 1
            order.append((turn, number, mention))
        return [mention for _, _, mention in sorted(order)[:_QUOTES]]

    def quoted(self, span: Span, quote: str) -> dict[str, Any]:
        """Where it stands, and the words around it with the quote in [brackets]."""
        article = self._articles.get(span.article)
        text = f"[{shown(quote)}]" if article is None else _in_context(article, span)
        return {"article": _clean(span.article), "span": [span.start, span.end], "text": text}


def _in_context(article: Article, span: Span) -> str:
    """The quote within its block, cut at spaces."""
    block = next((b for b in article.blocks if b.start <= span.start < b.end), None)
    least, most = (block.start, block.end) if block else (0, len(article.text))
    start, end = max(least, span.start - _CONTEXT), min(max(most, span.end), span.end + _CONTEXT)
    before, after = article.quote(start, span.start), article.quote(span.end, end)
    if start > least:
        before = "… " + before.partition(" ")[2]
    if end < most:
        after = after.rpartition(" ")[0] + " …"
    quote = article.quote(span.start, span.end)
    return shown(f"{before}[{quote}]{after}")


def _name(value: Entity | Literal) -> str:
    return shown(value.label if isinstance(value, Entity) else value.text or value.value)


def shown(text: str) -> str:
    """The text in one line, without what a terminal or YAML would trip over."""
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
