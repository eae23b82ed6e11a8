"""Ontologies that are broken, odd or huge: a message that names the place, or a sound domain."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.ontology.domain import load_ontology
from kg.ontology.scaffold.source import read_source
from tests.ontology.scaffold.sources import made

HEAD = """@prefix x: <https://x.example/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("a.ttl", HEAD + "x:A a owl:Class ;\n  rdfs:label 'open .\n", r"a\.ttl:\d+"),
        ("a.json", '{"relations": [\n  {"name": }]}', r"a\.json:2"),
        ("a.yaml", "classes:\n  A: [\n", r"a\.yaml:\d+"),
        ("a.rdf", "<?xml version='1.0'?><rdf:RDF", r"a\.rdf"),
        ("a.json", '{"relations": [{"domain": "x"}]}', "number 1 has no name"),
        ("a.json", '{"relations": 3}', "must be a list"),
        ("a.json", '{"one": {"relations": []}, "two": {"relations": []}}', "one"),
        ("a.json", '"word"', "list of relations"),
        ("a.yaml", "- just\n- a list\n", "LinkML"),
        ("a.ttl", "", "no class, property or concept"),
    ],
)
def test_a_broken_source_is_refused_with_its_place(
    tmp_path: Path, file: str, text: str, place: str
) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=place):
        read_source(tmp_path / file)


def test_bytes_that_are_no_text_are_refused_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"relations":\n "\xff\xfe"}')
    with pytest.raises(OntologyError, match=r"a\.json:2: not UTF-8"):
        read_source(tmp_path / "a.json")


def test_cycles_are_broken_and_noted(tmp_path: Path) -> None:
    text = (
        HEAD
        + """
x:A a owl:Class ; rdfs:subClassOf x:B . x:B a owl:Class ; rdfs:subClassOf x:C .
x:C a owl:Class ; rdfs:subClassOf x:A , x:C .
x:p a owl:ObjectProperty ; rdfs:subPropertyOf x:q ; rdfs:domain x:A ; rdfs:range x:B .
x:q a owl:ObjectProperty ; rdfs:subPropertyOf x:p ; rdfs:domain x:A ; rdfs:range x:B .
"""
    )
    domain = made(tmp_path, text, "a.ttl")
    assert domain.problems == ()
    assert sum("cycle" in note for note in domain.terms.notes) == 2


def test_terms_without_labels_are_called_after_their_iris(tmp_path: Path) -> None:
    text = HEAD + "x:SteamTrain a owl:Class . x:wasBuiltBy a owl:ObjectProperty ;\n"
    text += "  rdfs:domain x:SteamTrain .\n"
    loaded = load_ontology(made(tmp_path, text, "a.ttl").folder)
    assert loaded.classes["SteamTrain"].label == "steam train"
    assert loaded.relations["wasBuiltBy"].label == "was built by"
    assert loaded.relations["wasBuiltBy"].range == ("Entity",)
    assert loaded.frames[0].verbs == {"build"}


def test_codes_are_named_after_their_labels(tmp_path: Path) -> None:
    text = HEAD + 'x:Q7 a owl:Class ; rdfs:label "steam train"@en .\n'
    text += 'x:P9 a owl:ObjectProperty ; rdfs:label "built by"@en ; rdfs:domain x:Q7 .\n'
    domain = made(tmp_path, text, "a.ttl")
    loaded = load_ontology(domain.folder)
    assert loaded.relations["builtBy"].domain == ("SteamTrain",)
    assert domain.terms.relations[0].same_as == ("https://x.example/ns#P9",)


def test_labels_in_no_known_language_give_no_frames(tmp_path: Path) -> None:
    text = HEAD + 'x:K a owl:Class ; rdfs:label "列車"@ja .\n'
    text += 'x:n7 a owl:ObjectProperty ; rdfs:label "所有者"@ja ; rdfs:domain x:K .\n'
    domain = made(tmp_path, text, "a.ttl")
    assert domain.problems == ()
    assert domain.frames == ()
    assert len(domain.unsaid) == 1
    assert load_ontology(domain.folder).classes["K"].label == "列車"


def test_a_union_that_leads_into_itself_ends(tmp_path: Path) -> None:
    text = (
        HEAD
        + """
x:A a owl:Class . _:l rdf:first x:A ; rdf:rest _:l . _:u owl:unionOf _:l .
x:p a owl:ObjectProperty ; rdfs:domain _:u ; rdfs:range [ owl:complementOf x:A ] .
"""
    )
    loaded = load_ontology(made(tmp_path, text, "a.ttl").folder)
    assert loaded.relations["p"].domain == ("A",)
    assert loaded.relations["p"].range == ("Entity",)


def test_a_thesaurus_becomes_names(tmp_path: Path) -> None:
    text = (
        HEAD
        + """
x:s a skos:ConceptScheme ; skos:prefLabel "award"@en .
x:c1 a skos:Concept ; skos:inScheme x:s ; skos:prefLabel "Golden Lark"@en ;
    skos:altLabel "the Lark"@en ; skos:hiddenLabel "Golden Larc"@en .
x:c2 a skos:Concept ; skos:inScheme x:s ; skos:prefLabel "Silver Lark"@en .
"""
    )
    domain = made(tmp_path, text, "a.ttl")
    assert domain.problems == ()
    loaded = load_ontology(domain.folder)
    lark = loaded.names["https://x.example/ns#c1"]
    assert (lark.label, lark.alt_labels) == ("Golden Lark", ("the Lark",))
    assert lark.hidden_labels == ("Golden Larc",)
    assert loaded.classes[lark.type].label == "award"


@pytest.mark.slow
def test_ten_thousand_classes_take_seconds(tmp_path: Path) -> None:
    lines = [HEAD]
    for i in range(10_000):
        above = f" ; rdfs:subClassOf x:Kind{(i - 1) // 3}" if i else ""
        lines.append(f'x:Kind{i} a owl:Class ; rdfs:label "kind number {i}"@en{above} .')
    start = time.process_time()
    domain = made(tmp_path, "\n".join(lines), "a.ttl")
    assert time.process_time() - start < 60
    assert len(domain.terms.classes) == 10_000


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=12)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"name": ODD.filter(str.strip)},
            optional={
                "domain": ODD,
                "range": ODD,
                "synonyms": st.lists(ODD, max_size=3),
                "description": ODD,
                "inverse": ODD,
                "functional": st.booleans(),
            },
        ),
        max_size=4,
    )
)
def test_any_list_of_relations_gives_a_sound_domain(
    tmp_path_factory: pytest.TempPathFactory, relations: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    domain = made(folder, json.dumps({"relations": relations}), "a.json")
    assert domain.problems == ()
