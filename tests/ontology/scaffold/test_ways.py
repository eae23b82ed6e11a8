"""How labels suggest that a relation is said."""

import pytest

from kg.ontology.scaffold.way import Sides
from kg.ontology.scaffold.ways import ways_to_say
from kg.ontology.scaffold.words import lemma_of, noun_entry, split_label

AGENT, PLACE = Sides(None, agent=True, person=True), Sides(None, place=True)
DATE, NUMBER, ANY = Sides("date"), Sides("number"), Sides(None)


@pytest.mark.parametrize(
    ("label", "sides", "kind", "word", "subject", "object_"),
    [
        ("directed by", AGENT, "verb", "direct", "patient", "agent"),
        ("acquired", AGENT, "verb", "acquire", "agent", "patient"),
        ("orbits", ANY, "verb", "orbit", "agent", "patient"),
        ("took over", AGENT, "verb", "take_over", "agent", "patient"),
        ("works for", AGENT, "verb", "work", "agent", "for"),
        ("isLocatedIn", PLACE, "verb", "locate", "patient", "in"),
        ("wasBornIn", PLACE, "verb", "bear", "patient", "in"),
        ("birth_place", PLACE, "verb", "bear", "patient", "in"),
        ("country of origin", PLACE, "verb", "originate", "patient", "in"),
        ("city", PLACE, "verb", "situate", "patient", "in"),
        ("date of birth", DATE, "verb", "bear", "patient", "in"),
        ("releaseDate", DATE, "verb", "release", "patient", "in"),
        ("inception", DATE, "verb", "found", "patient", "in"),
        ("director", AGENT, "noun", "director", "of", "bearer"),
        ("director", AGENT, "verb", "direct", "patient", "agent"),
        ("screenwriter", AGENT, "verb", "write", "patient", "agent"),
        ("employee", AGENT, "verb", "employ", "agent", "patient"),
        ("production company", AGENT, "verb", "produce", "patient", "agent"),
        ("spouse", AGENT, "verb", "marry", "agent", "patient"),
        ("spouse", AGENT, "noun", "wife", "of", "bearer"),
        ("member of", ANY, "noun", "member", "bearer", "of"),
        ("part of", ANY, "verb", "belong", "agent", "to"),
        ("has part", ANY, "verb", "belong", "to", "agent"),
        ("lyrics by", AGENT, "noun", "lyric", "of", "by"),
        ("award received", ANY, "verb", "receive", "agent", "patient"),
        ("runway length", NUMBER, "noun", "length", "of", "bearer"),
        ("height", NUMBER, "adjective", "high", "agent", "adjective:extent"),
        ("floorCount", NUMBER, "noun", "floor", "agent", "self"),
        ("nickname", Sides("text"), "noun", "nickname", "of", "bearer"),
    ],
)
def test_a_label_gives_a_way(
    label: str, sides: Sides, kind: str, word: str, subject: str, object_: str
) -> None:
    found = list(ways_to_say(label, split_label(label), sides))
    assert any(
        way.kind == kind
        and word in way.words
        and way.subject[0] == subject
        and way.object[0] == object_
        for way in found
    ), found


def test_what_is_counted_is_told_by_its_modifier() -> None:
    label = "number of doctoral students"
    (way,) = ways_to_say(label, split_label(label), NUMBER)
    assert (way.words, way.modifiers, way.object) == (("student",), ("doctoral",), ("self",))


@pytest.mark.parametrize("label", ["", "of", "is", "123", "/", "()", "  ", "の", "has"])
def test_a_label_that_says_nothing_gives_no_verb(label: str) -> None:
    found = list(ways_to_say(label, split_label(label), ANY))
    assert not any(way.kind == "verb" for way in found)


@pytest.mark.parametrize(
    ("word", "form", "lemma"),
    [
        ("bought", "past", "buy"),
        ("studied", "past", "study"),
        ("planned", "past", "plan"),
        ("employs", "third", "employ"),
        ("filming", "gerund", "film"),
        ("table", "past", None),
    ],
)
def test_forms_of_verbs(word: str, form: str, lemma: str | None) -> None:
    assert lemma_of(word, form) == lemma


def test_kinds_of_nouns() -> None:
    kinds = {w: getattr(noun_entry(w), "kind", None) for w in ("founder", "cities", "qqq")}
    assert kinds == {"founder": "person", "cities": "location", "qqq": None}


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("birthPlace", ["birth", "place"]),
        ("birth_place", ["birth", "place"]),
        ("IUCNStatus", ["iucn", "status"]),
        ("band/artist (music)", ["band"]),
        ("Eigentümer", ["eigentümer"]),
    ],
)
def test_words_of_labels(label: str, words: list[str]) -> None:
    assert split_label(label) == words
