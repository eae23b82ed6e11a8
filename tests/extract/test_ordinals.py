"""Which ordinals are the number of an edition, in two domains, and which count something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.ordinals import _value
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import Annotator
from kg.reason import reason
from kg.resolve import resolve
from tests.extract.builders import make_page, stated

# a series of its own: no season, the host is no clue, editions of which the domain knows the number
CUP = {
    "domain.toml": 'title = "Regattas"\niri = "urn:regatta#"\nimports = ["newsroom"]\n',
    "ontology.ttl": """@prefix r: <urn:regatta#> . @prefix nr: <https://w3id.org/newskg/newsroom#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        r:Regatta a owl:Class ; rdfs:label "regatta"@en ; rdfs:subClassOf nr:SportsEvent .
        r:ordinal a owl:DatatypeProperty ; rdfs:label "is regatta number"@en ;
            rdfs:domain r:Regatta ; rdfs:range xsd:integer ; nr:singleValued true .""",
    "shapes.ttl": "",
    "names.ttl": """@prefix id: <id/> . @prefix r: <urn:regatta#> .
        @prefix nr: <https://w3id.org/newskg/newsroom#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        id:cup a r:Regatta ; skos:prefLabel "Oster Regatta"@en .
        id:cup-2019 a r:Regatta ; skos:prefLabel "2019 Oster Regatta"@en ;
            nr:year "2019"^^xsd:gYear ; r:ordinal 41 .
        id:cup-2021 a r:Regatta ; skos:prefLabel "2021 Oster Regatta"@en ;
            nr:year "2021"^^xsd:gYear ; r:ordinal 42 .""",
    "lexicon.toml": '[[series]]\nclass = "Regatta"\nheads = ["regatta"]\nnumber = "ordinal"\n',
}


@pytest.fixture(scope="module")
def regattas(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    folder: Path = tmp_path_factory.mktemp("regattas")
    for name, text in CUP.items():
        (folder / name).write_text(text, "utf-8")
    return load_ontology(folder)


def numbers(text: str, annotator: Annotator, ontology: Ontology) -> list[tuple[str, str]]:
    """(edition, number) of each edition number that a text states."""
    relation = ontology.lexicon["series"][0]["number"]
    found = stated(extract(annotator.annotate(make_page(text)), ontology))
    return [(subject, value) for subject, predicate, value, _, _ in found if predicate == relation]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "edition", "number"),
    [
        ("The 31st Summer Olympics opened in Rio in August 2016.", "2016 Summer Olympics", "31"),
        ("Rio hosted the 13th Summer Olympics in 2016.", "2016 Summer Olympics", "13"),
        ("The XXIII Winter Games were held in PyeongChang.", "2018 Winter Olympics", "23"),
        ("The thirtieth Summer Games began in London in 2012.", "2012 Summer Olympics", "30"),
        ("The twenty-second Winter Olympics were held in Sochi.", "2014 Winter Olympics", "22"),
        ("The 24th edition of the Winter Games was held in Beijing.", "2022 Winter Olympics", "24"),
        ("The 33rd Summer Olympics had new sports.", "2024 Summer Olympics", "33"),  # by it alone
    ],
)
def test_an_ordinal_of_an_edition_is_its_number_right_or_wrong(
    text: str, edition: str, number: str, annotator: Annotator, olympics: Ontology
) -> None:
    assert numbers(text, annotator, olympics) == [(edition, number)]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "She will row at her 3rd Summer Olympics in Paris in 2024.",
        "London's 3rd Summer Olympics were held in 2012.",
        "The 2012 Summer Olympics were the third Games that London has hosted.",
        "The second Winter Games of the decade were held in Sochi in 2014.",
        "On February 7th, the Winter Olympics in Sochi began.",
        "He won the 29th medal of the 2012 Summer Olympics.",
        "The 2012 Summer Olympics opened on July 27th.",
        "The company has 21st century plans for the 2024 Summer Olympics.",
    ],
)
def test_what_counts_something_else_is_no_number_of_an_edition(
    text: str, annotator: Annotator, olympics: Ontology
) -> None:
    assert numbers(text, annotator, olympics) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "edition", "number"),
    [
        ("The 44th Oster Regatta was sailed in 2019.", "2019 Oster Regatta", "44"),
        ("Crowds cheered at the 42nd Oster Regatta.", "2021 Oster Regatta", "42"),
        ("The XLII Oster Regatta was rough.", "2021 Oster Regatta", "42"),
    ],
)
def test_the_series_of_another_domain_is_counted_in_the_same_way(
    text: str, edition: str, number: str, annotator: Annotator, regattas: Ontology
) -> None:
    assert numbers(text, annotator, regattas) == [(edition, number)]


@pytest.mark.model
def test_the_reference_data_of_another_domain_contradict_a_number(
    annotator: Annotator, regattas: Ontology
) -> None:
    page = make_page("The 44th Oster Regatta was sailed in 2019. Next came the 42nd Oster Regatta.")
    extraction = extract(annotator.annotate(page), regattas)
    graph = reason(resolve([page], [extraction], regattas), regattas)
    assert [item.message for item in graph.discrepancies] == [
        "2019 Oster Regatta is regatta number 44 (“44th”); the domain has 41"
    ]


@pytest.mark.model
def test_a_series_without_a_relation_for_it_states_no_number(
    annotator: Annotator, regattas: Ontology
) -> None:
    series = [{k: v for k, v in s.items() if k != "number"} for s in regattas.lexicon["series"]]
    plain = replace(regattas, lexicon={**regattas.lexicon, "series": series})
    page = make_page("The 44th Oster Regatta was sailed in 2019.")
    found = stated(extract(annotator.annotate(page), plain))
    assert "ordinal" not in {predicate for _, predicate, _, _, _ in found}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1st", 1), ("49th", 49), ("102ND", 102), ("tenth", 10), ("twelfth", 12), ("twentieth", 20),
        ("twenty-ninth", 29), ("thirty - first", 31), ("II", 2), ("XXIX", 29), ("XLIX", 49),
        ("LIV", 54), ("third", None), ("ninth", None), ("I", None), ("IIX", None), ("MIX", None),
        ("XCX", None), ("ten", None), ("4", None), ("2008", None), ("math", None), ("with", None),
        ("th", None), ("", None),
    ],
)  # fmt: skip
def test_ordinals_in_digits_letters_and_roman_numerals(text: str, value: int | None) -> None:
    assert _value(text) == value
