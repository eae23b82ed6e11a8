"""Misspelt names, and the many spellings that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.graph import Entity
from kg.model.statement import MentionKind
from kg.ontology.domain import KnownName, Ontology
from kg.reason.discrepancies import discrepancies
from kg.reason.spelling import Spelling
from tests.factories import make_entity
from tests.reason.build import Press, company, known, olympics

SPELLING = Spelling.of(olympics())


def misspelt(*names: str, entity: Entity | None = None, article: str = "a.txt") -> list[str]:
    """Messages about these names of one entity."""
    press = Press()
    press.write(entity or company("Acme Robotics"), *names, article=article)
    return [item.message for item in press.found]


def test_a_slip_in_a_name_of_the_domain_cites_each_place_and_the_reference() -> None:
    press = Press()
    haneda = known("haneda-airport")
    press.write(haneda, "Hadena Airport", "Hadena Airport")
    press.write(haneda, "Haneda Airport", "Haneda Airport", article="b.txt")
    (found,) = press.found
    assert (found.kind, found.subject, found.predicate) == ("typo", haneda.id, None)
    assert found.message == (
        "“Hadena Airport” is most likely misspelt for “Haneda Airport” (2 times)"
    )
    odd, right, reference = found.sides
    assert [e.quote for e in odd.evidence] == ["Hadena Airport", "Hadena Airport"]
    assert {e.extractor for e in odd.evidence} == {"mentions"}
    assert [(e.span.article, e.quote) for e in right.evidence] == [("b.txt", "Haneda Airport")]
    assert (reference.reference, reference.evidence) == (haneda.id, ())


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Fligy", "fliggy"),
        ("Panasnoic's", "panasonic"),
        ("Intenational Olympic Committee", "international-olympic-committee"),
        ("Thomas Bahc", "thomas-bach"),
        ("Procter & Gambel", "procter-gamble"),
    ],
)
def test_slips_of_one_or_two_edits_are_found(name: str, local: str) -> None:
    (message,) = misspelt(name, entity=known(local))
    assert message.startswith(f"“{name}” is most likely misspelt for ")


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("ALIBABA", "alibaba-group"),
        ("Alibaba's", "alibaba-group"),
        ("Alibaba’s", "alibaba-group"),
        ("the Alibaba", "alibaba-group"),
        ("AliBaba", "alibaba-group"),
        ("Ali Baba", "alibaba-group"),
        ("Coca Cola", "coca-cola"),
        ("Olympic", "olympic-games"),
        ("The Olympic Partners programmes", "the-olympic-partner-programme"),
        ("Rio de Janéiro", "rio-de-janeiro"),
        ("Visas", "visa"),
        ("NBCs", "nbc"),
        ("OBC", "olympic-broadcasting-services"),  # too short to tell a slip
        ("LA 2029", "2028-summer-olympics"),  # another number is another thing
        ("Beijing 2012", "2022-winter-olympics"),
        ("XXIV Games", "2022-winter-olympics"),
        ("Tong", "chris-tung"),  # a part of the name
        ("Samsung Electric", "samsung-electronics"),
        ("Atlanta Games", "2008-summer-olympics"),
    ],
)
def test_variants_other_numbers_and_other_names_are_no_slips(name: str, local: str) -> None:
    assert misspelt(name, entity=known(local)) == []


def test_a_right_name_of_another_entity_is_no_slip() -> None:
    # "Alipay" is two edits from "Aliway"; put on another entity by a wrong merge it is still a name
    aliway = KnownName("urn:aliway", "Company", "Alipays Ltd", hidden_labels=("Alypai",))
    names = dict(olympics().names) | {aliway.iri: aliway}
    ontology: Ontology = replace(olympics(), names=names)
    press = Press()
    entity = Entity(aliway.iri, aliway.label, aliway.type)
    press.write(entity, "Alipay", "Alypai")
    (found,) = discrepancies(press.graph, ontology)
    assert found.message.startswith("“Alypai”")  # a hidden label of the domain is a known slip


def test_without_the_domain_most_mentions_of_an_article_tell_what_is_right() -> None:
    assert misspelt("Acme Robotics", "Acme Robotcis", "Acme Robotics") == [
        "“Acme Robotcis” is most likely misspelt for “Acme Robotics”"
    ]
    assert misspelt("Acme Robotics", "Acme Robotcis") == []  # one against one
    assert misspelt("Falk", "Falk", "Falck", "Falck") == []


def test_houses_may_write_a_name_in_two_ways() -> None:
    press = Press()
    person = make_entity("Volodya Sarenko", "Person")
    press.write(person, *["Volodya Sarenko"] * 3)
    press.write(person, *["Volodya Sarenkoy"] * 2, article="b.txt")
    assert press.found == ()
    once = Press()
    once.write(person, *["Volodya Sarenko"] * 2)
    once.write(person, "Volodya Sarenko", article="b.txt")
    once.write(person, "Volodya Sarnko", article="c.txt")  # once, against three in two articles
    assert once.kinds == ["typo"]


@pytest.mark.parametrize(
    "names",
    [
        ("Harbour Centre", "Harbour Centre", "Harbor Center"),
        ("Civil Defence League", "Civil Defence League", "Civil Defense League"),
        ("Oster Labour Programme", "Oster Labour Programme", "Oster Labor Program"),
        ("World Organisation", "World Organisation", "World Organization"),
        ("Korea Rail", "Korea Rail", "Korean Rail"),
        ("Rocky II", "Rocky II", "Rocky III"),
        ("Model 737", "Model 737", "Model 747"),
        ("North Oster", "North Oster", "South Oster"),
        ("Acme Card", "Acme Card", "Acme Cash"),
        ("Jo-Anne Falk", "Jo-Anne Falk", "JoAnne Falk"),
        ("Café Oster", "Café Oster", "Cafe Oster"),
    ],
)
def test_spellings_of_one_word_and_other_words_are_no_slips(names: tuple[str, ...]) -> None:
    assert misspelt(*names) == []


def test_descriptions_and_pronouns_are_not_misspelt() -> None:
    press = Press()
    entity = known("youku")
    press.write(entity, "Yoaku", kind=MentionKind.DESCRIPTION)
    press.write(entity, "Yoaku", kind=MentionKind.PRONOUN)
    assert press.found == ()


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_misspells_itself_and_any_text_is_taken(one: str, other: str) -> None:
    key = SPELLING.key(one)
    assert SPELLING.nearest(key, [key]) is None
    assert SPELLING.nearest(key, [SPELLING.key(other)]) in (None, SPELLING.key(other))


@given(st.sampled_from(["haneda airport", "panasonic", "bridgestone"]), st.data())
def test_a_swap_of_neighbours_in_a_long_word_is_a_slip_of_it(
    right: str, data: st.DataObject
) -> None:
    word = max(right.split(), key=len) if " " not in right else "haneda"
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    odd = right.replace(word, swapped)
    expected = None if odd == right else right
    assert SPELLING.nearest(odd, [right]) == expected
