"""What one takes from the page: Turtle as in graph.ttl, citations, links that are safe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pyoxigraph as ox
import pytest

from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import load_ontology
from kg.rdf import terms
from kg.rdf.encode import to_quads
from kg.rdf.order import flatten
from kg.rdf.terms import NR, PROV, RDF
from tests.browser.conftest import OpenGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_hostile_graph,
    make_literal,
)

ONTOLOGY = load_ontology("olympics")
DANGEROUS = "javascript:window.ran=1"
PLAIN = (Modality.ASSERTED, Modality.PLANNED)


def deal_graph() -> KnowledgeGraph:
    """Facts of every stance and kind of object, and an article of which everything is known."""
    text = "Ida Holm said the 😀 group paid 9 million euros. It may help Bergen. It is no den."
    article = make_article(
        text, "a deal_~é.txt", title="A “deal” <b>in</b> Bergen", publisher="Velo Weekly",
        published="2027-03-02", url="https://news.example/deal?a=1&b=2",
    )  # fmt: skip
    copy = make_article(text, "b.txt", title="Copied", url=DANGEROUS)
    addresses = ("https://www.wikidata.org/entity/Q1", DANGEROUS, "urn:x:y")
    group = make_entity('Orrin "Rail"\n<b>', same_as=addresses)
    city, person = make_entity("Bergen", "City"), make_entity("Ida Holm", "Person")
    paid = make_evidence(article, "😀 group paid")
    both = [paid, make_evidence(copy, "9 million euros")]
    help_ = make_evidence(article, "It may help Bergen")
    bound = {"unit": make_literal("EUR", text="euros"), "comparator": make_literal("more than")}
    amount, start = make_literal("9000000", "integer", "9 million"), make_literal("2027", "gYear")
    said = make_literal("It is \\ no den\u2028\x7f.")
    facts = [
        make_fact(group, "partnershipValue", amount, both, confidence=1.0,
                  qualifiers={**bound, "with": city}),
        make_fact(group, "basedIn", city, paid, qualifiers={"start": start}),
        make_fact(group, "foundedIn", start, paid, attributed_to=person, confidence=0.07),
        make_fact(group, "supports", city, help_, modality=Modality.PLANNED),
        make_fact(group, "sponsorOf", city, help_, modality=Modality.HEDGED),
        make_fact(person, "said", said, make_evidence(article, "no den"),
                  modality=Modality.NEGATED),
    ]  # fmt: skip
    return replace(make_graph([article, copy], facts), copies=(("b.txt", article.name),))


DEAL = deal_graph()


@pytest.fixture(scope="module")
def page(open_graph: OpenGraph) -> Iterator[Any]:
    with open_graph(DEAL, ONTOLOGY) as page:
        yield page


def turtle_by_fact(page: Any) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries(page.facts.filter(hasTurtle).map((one) => [one.id, turtleOf(one)]))"
    )
    return found


def agrees(turtle: str, known: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """The triples of the Turtle; all of them must be known for some choice of its blank nodes."""
    triples = {
        (t.subject, t.predicate, t.object) for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    }
    blank = [t for t in triples if isinstance(t[0], ox.BlankNode)]
    named = {t for t in triples if not any(isinstance(term, ox.BlankNode) for term in t)}
    assert named <= known
    for node in {t[0] for t in blank}:
        (owner,) = {t[0] for t in triples if t[2] == node}
        fits = [
            o
            for s, p, o in known
            if s == owner
            and p == NR["evidence"]
            and all((o, q, value) in known for b, q, value in blank if b == node)
        ]
        assert len(fits) == 1
    return triples


@pytest.mark.parametrize("graph", [DEAL, make_hostile_graph()], ids=["deal", "hostile"])
def test_turtle_is_the_statement_of_graph_ttl(open_graph: OpenGraph, graph: KnowledgeGraph) -> None:
    graph = replace(graph, settings={"base_iri": ONTOLOGY.base_iri})
    known = {(q.subject, q.predicate, q.object) for q in flatten(to_quads(graph, ONTOLOGY))}
    with open_graph(graph, ONTOLOGY) as opened:
        written = turtle_by_fact(opened)
    assert written.keys() == {fact.id for fact in graph.facts}
    for fact in graph.facts:
        triples = agrees(written[fact.id], known)
        node = ox.NamedNode(terms.statement_iri(ONTOLOGY.base_iri, fact.id))
        told = {(p, o) for s, p, o in triples if s == node and not isinstance(o, ox.BlankNode)}
        left_out = (PROV["wasGeneratedBy"], NR["evidence"], NR["qualification"])
        wanted = {(p, o) for s, p, o in known if s == node and p not in left_out}
        assert told == wanted
        relation = ox.NamedNode(ONTOLOGY.relations[fact.predicate].iri)
        (object_,) = {o for p, o in told if p == RDF["object"]}
        plain = (ox.NamedNode(fact.subject.id), relation, object_)
        assert (plain in triples) == (fact.attributed_to is None and fact.modality in PLAIN)


def test_turtle_is_read_by_rdflib_as_well(page: Any) -> None:
    rdflib = pytest.importorskip("rdflib")
    for turtle in turtle_by_fact(page).values():
        assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 8


def show(page: Any, predicate: str) -> Any:
    """Chooses the fact of that relation; returns its card."""
    page.evaluate(
        "(name) => change({ ...START, selected: { facts: [page.facts.findIndex("
        "(one) => page.predicates[one.predicate].name === name)] } })",
        predicate,
    )
    return page.locator("aside article")


def test_citation_has_quote_source_place_and_claim(page: Any) -> None:
    show(page, "foundedIn")
    fact = next(fact for fact in DEAL.facts if fact.predicate == "foundedIn")
    (item,) = fact.evidence
    text = page.evaluate("citationOf(page.facts[state.selected.facts[0]])")
    assert text.startswith(
        f"“{item.quote}” — A “deal” <b>in</b> Bergen, Velo Weekly, 2027-03-02, "
        f"https://news.example/deal?a=1&b=2, characters {item.span.start}–{item.span.end}."
    )
    claim = text.splitlines()[-2:]
    assert "2027 (asserted, according to Ida Holm)." in claim[-1]


def test_buttons_copy_to_the_clipboard(page: Any) -> None:
    card = show(page, "basedIn")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, function in (("Copy citation", "citationOf"), ("Copy Turtle", "turtleOf")):
        button = card.locator("button", has_text=name)
        button.click()
        card.locator("button", has_text="Copied ✓").wait_for()
        wanted = page.evaluate(f"{function}(page.facts[state.selected.facts[0]])")
        assert page.evaluate("navigator.clipboard.readText()") == wanted
        assert page.inner_text("body > [role=status]") == "Copied"
        button.wait_for()  # it says again what it does
    page.context.clear_permissions()


@pytest.mark.parametrize("can_exec", [True, False])
def test_without_clipboard_the_text_is_copied_or_shown(page: Any, can_exec: bool) -> None:
    card = show(page, "supports")
    page.evaluate(
        """(can) => {
          const refuse = () => Promise.reject(new Error("no"));
          Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: refuse } });
          window.copied = null;
          document.execCommand = () => { window.copied = document.activeElement.value; return can; };
        }""",  # noqa: E501
        can_exec,
    )
    card.locator("button", has_text="Copy citation").click()
    wanted = page.evaluate("citationOf(page.facts[state.selected.facts[0]])")
    if can_exec:
        card.locator("button", has_text="Copied ✓").wait_for()
    else:
        assert card.locator("textarea").input_value() == wanted
    assert page.evaluate("window.copied") == wanted
    page.evaluate("() => { delete navigator.clipboard; delete document.execCommand; }")


def test_only_web_addresses_become_links(page: Any) -> None:
    page.evaluate("change({ ...START, selected: { entity: page.facts[0].subject } })")
    for entity, fact in product(range(len(DEAL.entities)), range(len(DEAL.facts))):
        for chosen in ({"entity": entity}, {"facts": [fact]}):
            page.evaluate(f"change({{ selected: {json.dumps(chosen)} }})")
            links = page.eval_on_selector_all(
                "aside a", "all => all.map((a) => [a.getAttribute('href'), a.target, a.rel])"
            )
            for address, target, rel in links:
                if not address.startswith("#"):
                    assert address.startswith("https://")
                    assert (target, rel) == ("_blank", "noopener noreferrer")
    page.evaluate(
        "change({ selected: { entity: page.entities.findIndex((one) => one.sameAs.length > 1) } })"
    )
    links = page.locator("aside .links")
    assert links.locator("a").all_text_contents() == ["wikidata.org Q1"]
    assert DANGEROUS in links.inner_text()
    assert "urn:x:y" in links.inner_text()


def test_copies_are_said_to_be_copies(page: Any) -> None:
    card = show(page, "partnershipValue")
    lines = card.locator("figcaption").all_text_contents()
    assert "(Velo Weekly, 2027-03-02)" in lines[0]
    assert "original" in lines[0]
    assert "a copy of “A “deal” <b>in</b> Bergen”" in lines[1]
    assert "more than 9 million euros (9000000)" in card.locator(".claim").inner_text()
