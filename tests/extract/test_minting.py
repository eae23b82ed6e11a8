"""Claims over drafts become statements, or are turned down for one reason."""

from __future__ import annotations

import pytest

from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Draft, Place, Reading
from kg.extract.minting import MAX_LABEL, Minter
from kg.model.statement import Extraction, Literal, Modality, Voice
from kg.ontology.domain import Ontology
from tests.extract.builders import annotated_docs, make_doc

TEXT = "Halvor sells sails to Brask ."
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


@pytest.fixture
def reading(olympics: Ontology) -> Reading:
    doc = make_doc(TEXT, [1, 1, 1, 1, 3, 1], "nsubj ROOT dobj prep pobj punct")
    return Reading(annotated_docs(doc), olympics)


def draft(reading: Reading, label: str, type_: str, *starts: int) -> Draft:
    made = Draft(label=label)
    made.votes[type_] += 9
    for start in starts:
        reading.add(made, Place(0, start, start + 1))
    return made


def mint(reading: Reading, *claims: Claim) -> Extraction:
    return Minter(reading, list(claims), Rejections()).mint()


def claim(subject: Draft, predicate: str, obj: Draft | Literal, **fields: object) -> Claim:
    values: dict[str, object] = {"place": Place(0, 0, 5), "extractor": "x", "confidence": 0.5}
    return Claim(subject, predicate, obj, **(values | fields))  # type: ignore[arg-type]


def test_a_claim_becomes_a_statement_with_its_words(reading: Reading) -> None:
    seller, buyer = draft(reading, "Halvor", "Company", 0), draft(reading, "Brask", "Company", 4)
    speaker = draft(reading, "Ada", "Person")
    what = Literal("sails", XSD_STRING, "sails")
    extraction = mint(
        reading,
        claim(
            seller,
            "suppliesTo",
            buyer,
            speaker=speaker,
            voice=Voice.QUOTE,
            modality=Modality.HEDGED,
            qualifiers={"what": what, "with": buyer},
        ),
    )
    (statement,) = extraction.statements
    ids = {e.label: e.id for e in extraction.entities}
    assert set(ids) == {"Halvor", "Brask", "Ada"}
    assert (statement.subject, statement.object) == (ids["Halvor"], ids["Brask"])
    assert (statement.speaker, statement.modality) == (ids["Ada"], Modality.HEDGED)
    assert statement.evidence.quote == "Halvor sells sails to Brask"
    assert [(q.name, q.value) for q in statement.qualifiers] == [
        ("what", what),
        ("with", ids["Brask"]),
    ]
    assert [m.text for e in extraction.entities for m in e.mentions] == ["Halvor", "Brask"]


@pytest.mark.parametrize(
    ("predicate", "subject", "obj", "reason"),
    [
        ("suppliesTo", ("Halvor", "Company"), ("H" * (MAX_LABEL + 1), "Company"), "name too long"),
        ("sellsTo", ("Halvor", "Company"), ("Brask", "Company"), "not a relation of the domain"),
        ("worksFor", ("Halvor", "City"), ("Brask", "Company"), "subject of class City"),
        ("worksFor", ("Halvor", "Person"), ("Brask", "Quantity"), "object of class Quantity"),
    ],
)
def test_a_claim_that_cannot_be_stated_is_counted_with_its_reason(
    reading: Reading,
    predicate: str,
    subject: tuple[str, str],
    obj: tuple[str, str],
    reason: str,
) -> None:
    made = claim(draft(reading, *subject, 0), predicate, draft(reading, *obj, 4))
    extraction = mint(reading, made)
    assert (extraction.statements, extraction.entities) == ((), ())
    assert extraction.rejected == {f"{predicate}: {reason}": 1}


def test_nothing_is_said_of_itself_or_of_place_holders(reading: Reading) -> None:
    one, other = draft(reading, "Halvor", "Company", 0), draft(reading, "Brask", "Company", 4)
    other.hidden = True
    extraction = mint(reading, claim(one, "suppliesTo", one), claim(one, "suppliesTo", other))
    assert extraction.statements == ()
    assert extraction.rejected == {
        "suppliesTo: subject and object are one": 1,
        "suppliesTo: too general to be an entity": 1,
    }


def test_the_surest_of_two_equal_claims_is_kept(reading: Reading) -> None:
    one, other = draft(reading, "Halvor", "Company", 0), draft(reading, "Brask", "Company", 4)
    sure, unsure = (claim(one, "suppliesTo", other, confidence=c) for c in (0.9, 0.2))
    alone = mint(reading, sure)
    assert mint(reading, unsure) != alone
    both = mint(reading, sure, unsure)
    assert both == mint(reading, unsure, sure)
    assert (both.entities, both.statements) == (alone.entities, alone.statements)
    assert (both.candidates, both.repeated) == (2, 1)


@pytest.mark.parametrize("confidence", [0.01, 0.5, 1.0, 1.3])
def test_confidence_is_a_probability(reading: Reading, confidence: float) -> None:
    one, other = draft(reading, "Halvor", "Company", 0), draft(reading, "Brask", "Company", 4)
    made = claim(one, "suppliesTo", other, confidence=confidence)
    (statement,) = mint(reading, made).statements
    assert 0 < statement.confidence <= 1
    assert statement.confidence == round(statement.confidence, 4)


def test_entities_are_what_statements_name_and_what_the_domain_knows(
    reading: Reading, olympics: Ontology
) -> None:
    draft(reading, "Halvor", "Company", 0)
    name = next(n for n in olympics.names.values() if n.label == "Tokyo")
    known = Draft(label="Tokio", known=name)
    reading.add(known, Place(0, 4, 5))
    reading.keep(Draft(label="Paris", known=name))  # never mentioned
    (entity,) = mint(reading).entities
    assert (entity.label, entity.known_as) == ("Tokyo", name.iri)
    assert [m.text for m in entity.mentions] == ["Brask"]


def test_ids_depend_on_article_class_and_label_only(reading: Reading) -> None:
    one, other = draft(reading, "Halvor", "Company", 0), draft(reading, "Brask", "Company", 4)
    made = claim(one, "suppliesTo", other)
    assert mint(reading, made) == mint(reading, made)
    (statement,) = mint(reading, made).statements
    one.votes["Person"] += 99
    assert all(e.id != statement.subject for e in mint(reading, made).entities)


def test_two_drafts_of_one_class_and_label_are_one_entity_with_all_mentions(
    reading: Reading,
) -> None:
    one, two = draft(reading, "Halvor", "Company", 0), draft(reading, "Halvor", "Company", 2)
    buyer = draft(reading, "Brask", "Company", 4)
    extraction = mint(reading, claim(one, "suppliesTo", buyer), claim(two, "suppliesTo", buyer))
    assert [[m.text for m in e.mentions] for e in extraction.entities] == [
        ["Halvor", "sails"],
        ["Brask"],
    ]
