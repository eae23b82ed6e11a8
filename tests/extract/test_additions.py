"""Prepositions of addition, on sentences about a bank, a museum, a club and a space agency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.arguments import predications
from kg.extract.lexicon import Lexicon
from kg.ontology.domain import Ontology
from kg.read.annotate import Annotator
from tests.extract.builders import make_page

JOINED = [  # sentence, verb, slot, what it holds
    ("Besides loans, the bank sells insurance.", "sells", "patient", "insurance loans"),
    (
        "In addition to the atlas, the museum lent two globes.",
        "lent",
        "patient",
        "globes atlas",
    ),
    ("As well as boots, the club sells scarves.", "sells", "patient", "scarves boots"),
    (
        "Along with the wallet, Kestrel Bank unveiled a card.",
        "unveiled",
        "patient",
        "card wallet",
    ),
    (
        "Together with Brask Bank, Kestrel Bank built a tower.",
        "built",
        "agent",
        "Bank Bank",
    ),
    ("Jane Roe wrote the report along with Ola Berg.", "wrote", "agent", "Roe Berg"),
    ("Jane Roe founded a choir alongside Ola Berg.", "founded", "agent", "Roe Berg"),
    ("The club sells scarves together with flags.", "sells", "patient", "scarves flags"),
    ("Besides a rover, the space agency tests a lander.", "tests", "patient", "lander rover"),
    ("The orbiter, along with a probe, was lost in May.", "lost", "patient", "orbiter probe"),
    (
        "Alongside honesty, Kestrel Group has praised patience.",
        "praised",
        "patient",
        "patience honesty",
    ),
    ("In addition to the roof, the walls were painted.", "painted", "patient", "walls roof"),
]
NOT_JOINED = [  # the slots hold only what is named as subject and object
    ("The club opened a ground alongside the canal.", "opened", "patient", "ground"),
    ("The tram ran alongside the canal.", "ran", "agent", "tram"),
    ("Jane Roe works alongside Ola Berg.", "works", "agent", "Roe"),
    ("Along with his wife, Ola Berg bought a globe.", "bought", "agent", "Berg"),
    ("Besides Ola Berg, nobody saw the comet.", "saw", "agent", "nobody"),
    ("Besides loans, the bank sells nothing.", "sells", "patient", "nothing"),
    ("In addition to loans, the bank does not sell insurance.", "sell", "patient", "insurance"),
    ("All clubs besides Brask wear a badge.", "wear", "agent", "clubs"),
    ("Kestrel Bank went along with the plan.", "went", "agent", "Bank"),
    ("The agency put the probe beside the rover.", "put", "patient", "probe"),
    ("In addition to Kestrel, Brask bought Fjordix.", "bought", "agent", "Brask"),
    ("The museum is well known, as well it may be.", "is", "agent", "museum"),
    ("The bank opened a branch, besides being sued.", "opened", "patient", "branch"),
]
pytestmark = pytest.mark.model


@pytest.mark.parametrize(("text", "verb", "slot", "heads"), [*JOINED, *NOT_JOINED])
def test_what_is_added_shares_the_role_of_what_it_is_added_to(
    text: str, verb: str, slot: str, heads: str, annotator: Annotator, olympics: Ontology
) -> None:
    doc = annotator.annotate(make_page(text)).blocks[0].doc
    lexicon = Lexicon(olympics)
    found = [p for s in doc.sents for p in predications(s, lexicon) if p.trigger.text == verb]
    assert [[t.text for t in p.slots[slot]] for p in found] == [heads.split()]


def test_a_domain_without_such_words_joins_nothing(annotator: Annotator, lexicon: Lexicon) -> None:
    doc = annotator.annotate(make_page("Besides loans, the bank sells insurance.")).blocks[0].doc
    bare = Lexicon(_without_additions(lexicon.ontology))
    found = [p for s in doc.sents for p in predications(s, bare) if p.trigger.text == "sells"]
    assert [[t.text for t in p.slots["patient"]] for p in found] == [["insurance"]]


def _without_additions(ontology: Ontology) -> Ontology:
    table = {key: value for key, value in ontology.lexicon.items() if key != "additions"}
    return replace(ontology, lexicon=table)
