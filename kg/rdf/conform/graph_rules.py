"""The rules of the newsroom over the whole graph, as look-ups in an index.

Each is a SPARQL rule of `ontology/newsroom/shapes.ttl` once more, known by its text: one that is
changed there is asked as SPARQL again, which takes ten times as long and finds the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from kg.rdf.conform.index import Index, Uncertain, lexical
from kg.rdf.ntriples import Term
from kg.rdf.terms import NR, OA, RDF, SCHEMA, SKOS

__all__ = ["GRAPH_RULES", "digest_of_rule"]

_SUBJECT, _PREDICATE, _OBJECT = (str(RDF[n]) for n in ("subject", "predicate", "object"))
_STANCE, _SPEAKER = str(NR["stance"]), str(NR["speaker"])
_OWN = frozenset((str(NR["stanceAsserted"]), str(NR["stancePlanned"])))
_NOT_SAID = frozenset((str(NR["stanceHedged"]), str(NR["stanceNegated"])))
# What an entity has besides claims.
_DESCRIBING = frozenset(
    map(
        str,
        (
            RDF["type"],
            *(SCHEMA[name] for name in ("name", "sameAs")),
            *(SKOS[name] for name in ("prefLabel", "altLabel", "hiddenLabel")),
            *(NR[name] for name in ("surfaceForm", "clusterMember", "alias", "mention")),
        ),
    )
)
_Claim = tuple[Term, Term, Term]


def _claims(index: Index) -> Iterator[tuple[Term, _Claim]]:
    predicates, objects = index.objects(_PREDICATE), index.objects(_OBJECT)
    for statement, subjects in index.objects(_SUBJECT).items():
        ends = (subjects, predicates.get(statement, ()), objects.get(statement, ()))
        yield from ((statement, claim) for claim in product(*ends))


def _plain(index: Index) -> dict[_Claim, list[Term]]:
    """Statements of what an article says in its own voice, by what they claim."""
    stances, speakers = index.objects(_STANCE), index.objects(_SPEAKER)
    found: dict[_Claim, list[Term]] = {}
    for statement, claim in _claims(index):
        if statement not in speakers and not _OWN.isdisjoint(stances.get(statement, ())):
            found.setdefault(claim, []).append(statement)
    return found


def _is_triple(index: Index, claim: _Claim) -> bool:
    subject, predicate, object_ = claim
    return object_ in index.objects(predicate).get(subject, ())


def _said_by_others(index: Index) -> Iterator[Term]:
    """What is hedged, denied or attributed, and yet a plain triple."""
    stances, speakers, plain = index.objects(_STANCE), index.objects(_SPEAKER), _plain(index)
    for statement, claim in _claims(index):
        others = statement in speakers or not _NOT_SAID.isdisjoint(stances.get(statement, ()))
        if others and claim not in plain and _is_triple(index, claim):
            yield statement


def _said_and_missing(index: Index) -> Iterator[Term]:
    """What an article says in its own voice, and is no plain triple."""
    for claim, statements in _plain(index).items():
        if not _is_triple(index, claim):
            yield from statements


def _without_statement(index: Index) -> Iterator[Term]:
    """Entities with a plain triple that no statement makes."""
    claims = {claim for _, claim in _claims(index)}
    labelled = index.objects(str(SKOS["prefLabel"])).keys()
    for predicate in index.predicates:
        if predicate not in _DESCRIBING:
            objects = index.objects(predicate)
            for subject in labelled & objects.keys():
                if any((subject, predicate, o) not in claims for o in objects[subject]):
                    yield subject


def _wrong_passages(index: Index) -> Iterator[Term]:
    """Passages that are not as long as their quotation, or end beyond their article."""
    sources, selectors = (index.objects(str(OA[n])) for n in ("hasSource", "hasSelector"))
    starts, ends, quotes = (index.objects(str(OA[n])) for n in ("start", "end", "exact"))
    lengths = index.objects(str(NR["characters"]))
    for passage in index.classed(str(NR["Passage"])):
        selected = selectors.get(passage, ())
        exact = [text for one in selected for text in quotes.get(one, ())]
        articles = sources.get(passage, ())
        longest = [length for one in articles for length in lengths.get(one, [""])]
        places = ((s, e) for o in selected for s in starts.get(o, ()) for e in ends.get(o, ()))
        for (start, end), text, length in product(places, exact, longest):
            if text[0] != '"':
                raise Uncertain
            until = _whole(end)
            long = until - _whole(start) != len(lexical(text))
            if long or (length and until > _whole(length)):
                yield passage
                break


@lru_cache(maxsize=50_000)  # positions: the same few again and again
def _whole(term: Term) -> int:
    text = lexical(term)
    if not (text.isascii() and text.isdecimal()):
        raise Uncertain
    return int(text)


def digest_of_rule(select: str) -> str:
    """What a rule is known by: its words, whatever space is between them."""
    return hashlib.sha256(" ".join(select.split()).encode()).hexdigest()[:16]


GRAPH_RULES: Mapping[str, Callable[[Index], Iterator[Term]]] = {
    "d321e29ab472d6ee": _said_by_others,
    "5e3ffc37fb37ac20": _said_and_missing,
    "40fd0d207de3f34a": _without_statement,
    "b2bf50e873dee792": _wrong_passages,
}
"""By the digest of its text, what each rule finds: the values of its answers."""
