from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.export.jsonl import render_jsonl
from kg.export.rdf import render_turtle
from kg.ontology.domain import load_ontology
from kg.show import show_entity
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
    make_ontology,
)
from tests.showcase import E, showcase_graph


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.jsonl"
    path.write_text(render_jsonl(showcase_graph(), make_ontology()), "utf-8")
    return path


def test_show_prints_names_facts_quotes_and_places(facts: Path) -> None:
    text = show_entity(facts, "small lights")
    assert text == (
        "Small Lights (Campaign)\n"
        f"  {E['Small Lights'].id}\n"
        "\n"
        "has measure (1)\n"
        "  Small Lights has measure 9 million (9000000)\n"
        "    asserted; unit: viewers; confidence 0.91; 1 source\n"
        "      “Its campaign Small Lights reached 9 million viewers”\n"
        "      2027-05-halvor-profile.txt [615, 666), narrator\n"
        "\n"
        "involves (1)\n"
        "  Small Lights involves Aino Lehto\n"
        "    asserted; confidence 0.91; 1 source\n"
        "      “Small Lights involves the skater Aino Lehto and promotes the Fjord Games 2028”\n"
        "      2027-05-halvor-profile.txt [668, 745), narrator\n"
        "\n"
        "promotes (1)\n"
        "  Small Lights promotes Fjord Games 2028\n"
        "    asserted; confidence 0.91; 1 source\n"
        "      “Small Lights involves the skater Aino Lehto and promotes the Fjord Games 2028”\n"
        "      2027-05-halvor-profile.txt [668, 745), narrator\n"
        "\n"
        "provides (1)\n"
        "  Halvor Group provides Small Lights\n"
        "    asserted; confidence 0.91; 1 source\n"
        "      “Its campaign Small Lights reached 9 million viewers”\n"
        "      2027-05-halvor-profile.txt [615, 666), narrator\n"
    )


def test_show_says_stance_speaker_and_all_evidence(facts: Path) -> None:
    text = show_entity(facts, "Halvor")  # a mention
    assert text.startswith("Halvor Group (Company)\n")
    assert "  also written: Halvor\n  same as: https://www.wikidata.org/entity/Q0\n" in text
    assert "  Halvor Group not: operates in Sweden\n    negated; says Erik Dahl;" in text
    partner = text[text.index("\npartner of (1)\n") :].split("\n\n")[0]
    assert partner.count("“") == 2
    assert "2 sources" in partner


def test_show_finds_by_iri_and_lists_where_it_only_speaks(facts: Path) -> None:
    text = show_entity(facts, E["Birchfield Research"].id)
    assert "named in other facts (1)\n  Mapwright partnership value 30 million (30000000)" in text
    assert show_entity(facts, E["Birchfield Research"].id.upper()) == text


def test_several_matches_are_listed(tmp_path: Path) -> None:
    article = make_article("CMO")
    evidence = make_evidence(article, "CMO")
    magazine, post = make_entity("CMO", "MediaOutlet"), make_entity("CMO", "Person")
    graph = make_graph([article], [make_fact(post, "worksFor", magazine, evidence)])
    path = tmp_path / "facts.jsonl"
    path.write_text(render_jsonl(graph, make_ontology()), "utf-8")
    lines = show_entity(path, "cmo").splitlines()
    assert lines[0] == "2 entities are called 'cmo'; ask for one of them by its IRI:"
    assert sorted(lines[1:]) == sorted(
        [f"  CMO (MediaOutlet) {magazine.id}", f"  CMO (Person) {post.id}"]
    )


def test_unknown_name_brings_close_ones(facts: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"'Kestrell motor'; there are: Kestrel Motors$"):
        show_entity(facts, "Kestrell motor")
    with pytest.raises(
        UnknownNameError, match=r"are: Fjord Games 2028, Fjord Games 2032, Northern Games F\w+$"
    ):
        show_entity(facts, "games")
    with pytest.raises(UnknownNameError, match=r"Aarhus, .* … and 39 more"):
        show_entity(facts, "zzzz")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    article = make_article("Acme\x1b[31m said\nBeta")
    fact = make_fact(make_entity("Acme\x1b[31m"), "said", make_literal("\x07"),
                     make_evidence(article, article.text))  # fmt: skip
    path = tmp_path / "facts.jsonl"
    path.write_text(render_jsonl(make_graph([article], [fact]), make_ontology()), "utf-8")
    text = show_entity(path, "acme\x1b[31m")
    assert not {"\x1b", "\x07"} & set(text)
    assert "“Acme [31m said Beta”" in text


def test_unreadable_facts_are_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        show_entity(tmp_path / "facts.jsonl", "x")


def test_the_folder_of_a_build_is_read_and_an_iri_of_before_found(tmp_path: Path) -> None:
    article = make_article("Tarnby Ferries opened in Bergen.")
    evidence = make_evidence(article, "Tarnby Ferries opened in Bergen")
    was = "https://example.org/id/Tarnby_Feries"
    now = replace(make_entity("Tarnby Ferries"), aliases=(was,))
    graph = make_graph(
        [article], [make_fact(now, "basedIn", make_entity("Bergen", "City"), evidence)]
    )
    (tmp_path / "facts.jsonl").write_text(render_jsonl(graph, make_ontology()), "utf-8")
    with pytest.raises(UnknownNameError, match="Tarnby Ferries"):
        show_entity(tmp_path, was)  # without the graph there are no aliases
    (tmp_path / "graph.ttl").write_text(render_turtle(graph, load_ontology("newsroom")), "utf-8")
    assert show_entity(tmp_path, was) == show_entity(tmp_path / "facts.jsonl", "Tarnby Ferries")
    for hostile in ('https://x"} #', "a:\\", "a:\n😀"):
        with pytest.raises(UnknownNameError):
            show_entity(tmp_path, hostile)


def test_a_folder_without_facts_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no facts\.jsonl; give the folder"):
        show_entity(tmp_path, "Acme")
