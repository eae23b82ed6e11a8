"""Minted IRIs are valid, injective and stable."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.statement import Evidence, Voice
from kg.model.text import Article, Span
from kg.rdf import terms

BASE = "https://w3id.org/newskg/"
any_text = st.text(st.characters(exclude_categories=()), max_size=300)
HOSTILE = ["", ".", "..", "~", "~~", "_", " ", "%20", "%5F", "\0", "a/b", "a@b", "é", "é", "中文"]
HOSTILE += ["<x>", '"', "a#b", "a?b", "\ud800", "x" * 161, "x" * 162, "日" * 60, "日" * 61]


def minted(text: str) -> list[str]:
    return [
        terms.entity_iri(BASE, "Company", text),
        terms.entity_iri(BASE, "Company", "x", text),
        terms.article_iri(BASE, text),
        terms.passage_iri(BASE, Span(text, 0, 1)),
        terms.selector_iri(BASE, Span(text, 0, 1), "quote"),
        terms.statement_iri(BASE, text),
        terms.value_iri(BASE, text),
        terms.qualification_iri(BASE, "f", text),
        terms.setting_iri(BASE + "run/1", text),
    ]


@given(any_text)
@example("日" * 200)
def test_every_minted_iri_is_a_valid_ascii_iri(text: str) -> None:
    for iri in minted(text):
        assert ox.NamedNode(iri).value == iri
        assert iri.isascii()
        line = f"<{iri}> <{iri}> <{iri}> .".encode()
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
        assert quad.subject == ox.NamedNode(iri)
        assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(any_text, any_text)
def test_two_texts_never_share_an_iri(left: str, right: str) -> None:
    assume(left != right)
    assert not set(minted(left)) & set(minted(right))


def test_hostile_texts_are_told_apart_everywhere() -> None:
    for position in range(len(minted(""))):
        assert len({minted(text)[position] for text in HOSTILE}) == len(set(HOSTILE))


def test_no_minted_iri_changes_when_a_reader_resolves_it() -> None:
    # "." and ".." as path segments would vanish
    for text in HOSTILE:
        for iri in minted(text):
            (quad,) = ox.parse(
                f"<> <{iri}> <> .".encode(), format=ox.RdfFormat.TURTLE, base_iri=iri
            )
            assert quad.predicate.value == iri


def test_scope_keeps_nameless_things_apart() -> None:
    one = terms.entity_iri(BASE, "Initiative", "a gallery", "a.txt")
    two = terms.entity_iri(BASE, "Initiative", "a gallery", "b.txt")
    whole = terms.entity_iri(BASE, "Initiative", "a gallery")
    at = terms.entity_iri(BASE, "Initiative", "a gallery@a.txt")
    assert len({one, two, whole, at}) == 4


def test_a_name_reads_well() -> None:
    assert terms.entity_iri(BASE, "Company", "Acme Rail") == BASE + "id/Company/Acme_Rail"


def test_a_passage_is_the_article_with_the_character_range_of_rfc_5147() -> None:
    span = Span("a.txt", 3, 12)
    assert terms.passage_iri(BASE, span) == terms.article_iri(BASE, "a.txt") + "#char=3,12"


def test_evidence_differs_by_fact_place_voice_and_rule() -> None:
    base = Evidence(Span("a", 0, 2), "ab", Voice.NARRATOR, "frames/x")
    others = [
        Evidence(Span("a", 0, 3), "abc", Voice.NARRATOR, "frames/x"),
        Evidence(Span("b", 0, 2), "ab", Voice.NARRATOR, "frames/x"),
        Evidence(Span("a", 0, 2), "ab", Voice.QUOTE, "frames/x"),
        Evidence(Span("a", 0, 2), "ab", Voice.NARRATOR, "frames/y"),
    ]
    iris = {terms.evidence_iri(BASE, "f", e) for e in (base, *others)}
    iris.add(terms.evidence_iri(BASE, "g", base))
    assert len(iris) == 6


def test_a_run_depends_on_settings_and_texts_and_not_on_their_order() -> None:
    a, b = Article("a.txt", "one"), Article("b.txt", "two")
    run = terms.run_iri(BASE, {"domain": "x", "model": "y"}, [a, b])
    assert run == terms.run_iri(BASE, {"model": "y", "domain": "x"}, [b, a])
    assert run != terms.run_iri(BASE, {"domain": "x", "model": "z"}, [a, b])
    assert run != terms.run_iri(BASE, {"domain": "x", "model": "y"}, [a, Article("b.txt", "2")])


@pytest.mark.parametrize("base", ["https://example.org/kg/", "http://example.org/kg#"])
def test_a_good_base_is_kept(base: str) -> None:
    assert terms.checked_base_iri(base) == base


@pytest.mark.parametrize(
    "base", ["", "kg/", "https://example.org/kg", "urn:x:/", "https:///", "http://a b/", "http://["]
)
def test_a_base_that_cannot_be_built_on_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="base IRI"):
        terms.checked_base_iri(base)
