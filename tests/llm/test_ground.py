"""What a model proposes is stated where the text bears it out, and else told why not."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.amounts import XSD
from kg.extract.claims import Claim, Rejections
from kg.extract.drafts import Reading
from kg.extract.reference import Reference
from kg.llm.answer import Candidate
from kg.llm.ground import Grounder, RejectedError
from kg.llm.passages import passages
from kg.llm.places import Stretches
from kg.llm.terms import terms_of
from kg.llm.values import Values
from kg.model.statement import Extraction, Modality, Statement, Voice
from kg.ontology.domain import Ontology, load_ontology
from kg.read.annotate import Annotator, load_annotator
from tests.extract.builders import make_page
from tests.llm.server import fact

pytestmark = pytest.mark.model

TEXT = """\
Vexil Corp, a maker of pumps, bought Tarn Group in 2031. The company has its seat in “Bad  Örtel”.

Vexil Corp will perhaps sell Dorn Pumps. It was founded in March 1987 by Mira Holt.

"Vexil Corp has not bought Brask Group," said Mira Holt, a spokeswoman for Vexil Corp.

Oslo Airport Group sells tickets. Halden Group supplies Tarn Group with pipes.

Since May 2029 Vexil Corp has been a partner of Halden Group in Norway, in a four-year deal worth \
more than 3 million pounds."""


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return load_annotator()


@pytest.fixture(scope="module")
def olympics() -> Ontology:
    return load_ontology("olympics")


class Model:
    """Proposes one fact about TEXT and says what became of it."""

    def __init__(self, annotator: Annotator, ontology: Ontology) -> None:
        self._annotated = annotator.annotate(make_page(TEXT))
        self._ontology = ontology
        self.reason = ""
        self.left_out: dict[str, int] = {}

    def extraction(
        self, proposed: dict[str, str], qualifiers: dict[str, str] | None = None
    ) -> Extraction:
        self.reason = ""

        def propose(reading: Reading, reference: Reference, _: Rejections) -> list[Claim]:
            grounder = Grounder(reading, reference, terms_of(self._ontology), "small")
            (passage,) = passages(self._annotated.article)
            try:
                narrow = tuple((qualifiers or {}).items())
                claim = grounder.claim(Candidate(**proposed, qualifiers=narrow), passage)
                self.left_out = dict(grounder.left_out)
                return [claim]
            except RejectedError as error:
                self.reason = str(error)
                return []

        return extract(self._annotated, self._ontology, extractors=("llm",), proposers=[propose])

    def states(self, proposed: dict[str, str]) -> tuple[str, str, str, Statement]:
        """Labels of subject and object, relation and statement of what was accepted."""
        found = self.extraction(proposed)
        assert found.statements, self.reason or found.rejected
        (statement,) = found.statements
        labels = {e.id: e.label for e in found.entities}
        obj = statement.object
        shown = labels[obj] if isinstance(obj, str) else obj.value
        span = statement.evidence.span
        assert statement.evidence.quote == TEXT[span.start : span.end]
        return labels[statement.subject], statement.predicate, shown, statement


@pytest.fixture
def model(annotator: Annotator, olympics: Ontology) -> Model:
    return Model(annotator, olympics)


BOUGHT = "Vexil Corp, a maker of pumps, bought Tarn Group in 2031."


def test_a_fact_in_the_words_of_the_text_is_stated(model: Model) -> None:
    *claim, statement = model.states(fact(BOUGHT, "Vexil Corp", "acquired", "Tarn Group"))
    assert claim == ["Vexil Corp", "acquired", "Tarn Group"]
    assert statement.evidence.extractor == "llm:small"
    assert statement.evidence.quote == BOUGHT
    assert (statement.modality, statement.speaker) == (Modality.ASSERTED, None)
    assert statement.confidence == 0.5


def test_a_stop_that_the_text_has_not_is_no_reason_to_reject(model: Model) -> None:
    quote = "Vexil Corp, a maker of pumps, bought Tarn Group."
    *_, statement = model.states(fact(quote, "Vexil Corp", "acquired", "Tarn Group"))
    assert statement.evidence.quote == quote[:-1]


def test_typing_is_put_right_by_the_text(model: Model) -> None:
    quote = 'the company has its seat in "Bad Örtel"'
    proposed = fact(quote, "The company", "basedIn", "bad örtel", object_type="City")
    *claim, statement = model.states(proposed)
    assert claim == ["Tarn Group", "basedIn", "Bad Örtel"]  # as coreference has it
    assert statement.evidence.quote == "The company has its seat in “Bad  Örtel”"


def test_a_pronoun_is_who_it_refers_to_and_a_date_is_read_as_one(model: Model) -> None:
    proposed = fact("It was founded in March 1987", "It", "foundedIn", "March 1987")
    claim = model.states(proposed)[:3]
    assert claim == ("Vexil Corp", "foundedIn", "1987-03")


@pytest.mark.parametrize(
    ("name", "stated"), [("Tarn Group", True), ("Vexil Corp", False), ("Halden Group", False)]
)
def test_a_name_from_elsewhere_needs_words_in_the_evidence_that_refer_to_it(
    model: Model, name: str, stated: bool
) -> None:
    quote = "The company has its seat in “Bad  Örtel”"
    found = model.extraction(fact(quote, name, "basedIn", "Bad Örtel", object_type="City"))
    assert bool(found.statements) is stated
    assert model.reason == ("" if stated else "subject: not in the evidence")


def test_stance_and_speaker_are_read_by_the_rules_whatever_the_model_says(model: Model) -> None:
    quote = "Vexil Corp has not bought Brask Group"
    *_, statement = model.states(fact(quote, "Vexil Corp", "acquired", "Brask Group"))
    assert statement.modality is Modality.NEGATED
    assert statement.evidence.voice is Voice.QUOTE
    assert statement.speaker is not None
    assert "Mira_Holt" in statement.speaker


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        (
            fact("Vexil Corp bought Brask Group", "Vexil Corp", "acquired", "Brask Group"),
            "evidence: not in the passage",
        ),
        (fact(BOUGHT, "Vexil Corp", "acquired", "Zuvrelle Ompt"), "object: not in the evidence"),
        (fact(BOUGHT, "Vexil Corp", "acquired", "Brask Group"), "object: not in the evidence"),
        (
            fact(BOUGHT, "Vexil Corp", "foundedIn", "1987", object_type="value"),
            "object: not in the evidence",
        ),
        (
            fact(BOUGHT, "Vexil Corp", "foundedIn", "pumps", object_type="value"),
            "object: no value that the relation takes",
        ),
        (fact(BOUGHT, "Vexil Corp", "devoured", "Tarn Group"), "relation: none of the ontology"),
        (fact(BOUGHT, "Vexil Corp", "acquiredBy", "Tarn Group"), "relation: none of the ontology"),
        (
            fact(BOUGHT, "Vexil Corp", "acquired", "Tarn Group", "Whale"),
            "subject: no class of the ontology",
        ),
        (fact(BOUGHT, "Vexil Corp", "acquired", "Vexil Corp"), "subject and object are one"),
        (
            fact(BOUGHT, "Vexil Corp", "heldIn", "Tarn Group", "Event", "City"),
            "subject: of a class that the relation does not take",
        ),
        (
            fact(
                "Oslo Airport Group sells tickets",
                "Oslo",
                "provides",
                "tickets",
                "Company",
                "Product",
            ),
            "subject: only a part of a name",
        ),
        (fact(TEXT, "Vexil Corp", "acquired", "Tarn Group"), "evidence: of several paragraphs"),
        (
            fact("ought Tarn", "Vexil Corp", "acquired", "Tarn Group"),
            "evidence: not in the passage",
        ),
        (fact("", "", "acquired", ""), "evidence: not in the passage"),
        (
            fact(BOUGHT, "Vexil Corp", "hasSlogan", "pumps", object_type="value"),
            "relation: no word of it in the evidence",
        ),
    ],
)
def test_the_rest_is_rejected_with_its_reason(
    model: Model, proposed: dict[str, str], reason: str
) -> None:
    assert model.extraction(proposed).statements == ()
    assert model.reason == reason


def test_a_rejected_candidate_leaves_no_entity_behind(model: Model) -> None:
    found = model.extraction(fact(BOUGHT, "pumps", "acquired", "nothing", "Company"))
    assert "pumps" not in {e.label for e in found.entities}


PARTNERS = fact(
    "Since May 2029 Vexil Corp has been a partner of Halden Group in Norway, in a four-year deal",
    "Vexil Corp",
    "partnerOf",
    "Halden Group",
)


def test_what_narrows_a_fact_is_read_as_the_rules_would_read_it(model: Model) -> None:
    found = model.extraction(
        PARTNERS, {"start": "May 2029", "duration": "four-year", "place": "Norway"}
    )
    (statement,) = found.statements
    labels = {e.id: e.label for e in found.entities}
    assert {
        q.name: labels[q.value] if isinstance(q.value, str) else q.value.value
        for q in statement.qualifiers
    } == {"start": "2029-05", "duration": "P4Y", "place": "Norway"}
    assert model.left_out == {}
    (statement,) = model.extraction(PARTNERS, {"date": "May 2029"}).statements
    assert [q.name for q in statement.qualifiers] == ["start"]  # "since", says the text


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("start", "June 2029", "qualifier: not in the evidence"),
        ("start", "2031", "qualifier: not in the evidence"),  # of another sentence
        ("start", "partner", "qualifier: no value that the relation takes"),
        ("duration", "May 2029", "qualifier: no value that the relation takes"),
        ("speed", "four-year", "qualifier: none of the ontology"),
        ("comparator", "four-year", "qualifier: none of the ontology"),
        ("place", "deal", "qualifier: refers to nothing known"),
        ("with", "Halden Group", "qualifier: is subject or object"),
        ("role", "partner of Halden Group", "qualifier: is subject or object"),
    ],
)
def test_a_fact_stands_without_what_the_text_does_not_say_of_it(
    model: Model, name: str, value: str, reason: str
) -> None:
    (statement,) = model.extraction(PARTNERS, {name: value}).statements
    assert statement.qualifiers == ()
    assert model.left_out == {reason: 1}


def test_a_number_is_whole_with_what_it_counts_and_what_bounds_it(annotator: Annotator) -> None:
    annotated = annotator.annotate(make_page(TEXT))
    ontology = load_ontology("olympics")
    start = TEXT.index("worth")
    reading = Reading(annotated, ontology)
    found = Values(reading, Stretches(annotated)).value(
        "3 million pounds", (XSD + "integer",), (start, len(TEXT)), "object"
    )
    assert found.literal.value == "3000000"
    assert {n: q.value for n, q in found.qualifiers.items()} == {
        "unit": "GBP",
        "comparator": "more than",
    }


def test_a_relation_that_no_word_says_is_less_sure(model: Model) -> None:
    said = model.states(fact(BOUGHT, "Vexil Corp", "acquired", "Tarn Group"))[-1]
    unsaid = model.states(fact(BOUGHT, "Vexil Corp", "subsidiaryOf", "Tarn Group"))[-1]
    assert (said.confidence, unsaid.confidence) == (0.5, 0.3)
