"""One entity with classes of which nothing can be both."""

from __future__ import annotations

from tests.factories import make_entity
from tests.reason.build import Press, company, known, year


def test_articles_that_give_one_entity_disjoint_classes() -> None:
    press = Press()
    falk = make_entity("Falk", "Person")
    press.write(falk, "Falk", type_="Person")
    press.write(falk, "Falk", article="b.txt", type_="Company")
    (found,) = press.found
    assert (found.kind, found.subject, found.predicate) == ("type", falk.id, None)
    assert found.message == "Falk is taken for company and person, of which nothing can be both"
    assert [[e.span.article for e in side.evidence] for side in found.sides] == [
        ["b.txt"],
        ["a.txt"],
    ]


def test_an_article_against_the_class_that_the_domain_has() -> None:
    press = Press()
    press.write(known("thomas-bach"), "Bach", type_="City")
    (found,) = press.found
    assert [side.reference for side in found.sides] == [None, known("thomas-bach").id]


def test_classes_that_one_thing_may_have_are_no_conflict() -> None:
    press = Press()
    acme, gallery = company(), make_entity("Oster Gallery", "Venue")
    press.write(acme, "Acme", type_="Company")
    press.write(acme, "Acme", article="b.txt", type_="MediaOutlet")
    press.write(acme, "Acme", article="c.txt", type_="Organization")
    press.write(gallery, "Oster Gallery", type_="Venue")
    press.write(gallery, "Oster Gallery", article="b.txt", type_="Company")
    assert press.found == ()


def test_a_fact_that_is_for_other_classes_only() -> None:
    press = Press()
    acme = company()
    press.write(acme, "Acme", article="b.txt")
    fact = press.say(acme, "worksFor", company("Beta"))  # of a person
    (found,) = press.found
    assert (found.kind, found.subject) == ("type", acme.id)
    assert found.message == "Acme is a company, but “works for” is for: person"
    assert found.sides[0].fact == fact.id
    assert [e.quote for e in found.sides[1].evidence] == ["Acme"]


def test_a_fact_of_a_class_that_may_be_meant_is_no_conflict() -> None:
    press = Press()
    press.say(make_entity("Oster Hall", "Venue"), "foundedIn", year(1999))  # a hall may be a firm
    press.say(company(), "foundedIn", year(1999))
    assert press.found == ()
