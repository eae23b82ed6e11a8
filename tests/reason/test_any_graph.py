"""Whatever a graph states, its discrepancies cite it, add nothing and do not depend on order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.graph import Entity
from kg.model.statement import Literal, Modality
from kg.reason.discrepancies import discrepancies
from kg.reason.fulfilments import fulfilments
from tests.factories import make_entity
from tests.reason.build import Press, company, event, known, literal, olympics

THINGS = [
    company(),
    company("Beta"),
    event(),
    event("Oster Fair 2018"),
    make_entity("Jo Falk", "Person"),
    known("2012-summer-olympics"),
    known("london"),
    known("japan"),
]
ODD = [
    "2017",
    "2017-03",
    "2017-02-31",
    "9999",
    "0000",
    "P3Y",
    "P99999Y",
    "-5",
    "1e9",
    "NaN",
    "",
    "x",
]
RELATIONS = ["foundedIn", "startDate", "endDate", "year", "heldIn", "partnerOf", "locatedIn",
             "partnershipValue", "editionNumber", "worksFor", "acquired", "nothing"]  # fmt: skip

things = st.sampled_from(THINGS)
literals = st.builds(
    literal, st.sampled_from(ODD), st.sampled_from(["gYear", "date", "integer", "string"])
)
values: st.SearchStrategy[Entity | Literal] = st.one_of(things, literals)
claims = st.tuples(
    things,
    st.sampled_from(RELATIONS),
    values,
    st.sampled_from(["a.txt", "b.txt", "c.txt"]),
    st.sampled_from(list(Modality)),
    st.sampled_from([None, "Jo Falk"]),
    st.dictionaries(
        st.sampled_from(["start", "end", "duration", "date", "comparator", "role"]),
        values,
        max_size=3,
    ),
)


@settings(max_examples=150)
@given(st.lists(claims, max_size=12), st.randoms(use_true_random=False))
def test_any_claims_are_taken(made: list[tuple[object, ...]], random: object) -> None:
    press = Press({"a.txt": "2018", "b.txt": "never"})
    for subject, relation, value, article, modality, speaker, qualifiers in made:
        press.say(  # type: ignore[call-overload, misc]
            subject, relation, value, article=article, modality=modality, speaker=speaker,
            **qualifiers,
        )  # fmt: skip
    found = press.found  # checks sides, quotes, ids
    graph = press.graph
    facts = {fact.id for fact in graph.facts}
    assert {side.fact for item in found for side in item.sides} <= facts | {None}
    assert {fact for pair in fulfilments(graph) for fact in pair} <= facts
    mixed = list(graph.facts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    shuffled = replace(graph, facts=tuple(mixed))
    assert discrepancies(shuffled, olympics()) == found
    assert fulfilments(shuffled) == fulfilments(graph)
