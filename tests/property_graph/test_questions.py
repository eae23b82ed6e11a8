"""The questions in Cypher keep step with their twins in SPARQL, as far as their texts can tell."""

from __future__ import annotations

import re

import pytest

from kg.ontology.domain import load_ontology
from kg.property_graph.dictionary import vocabulary
from kg.property_graph.names import PREFIXES, Names
from tests.engines.cypher_questions import CYPHER, ROOT

ONTOLOGY = load_ontology("newsroom")
NAMES = Names(ONTOLOGY)
CLAIMS = {r.name for r in ONTOLOGY.relations.values() if r.use == "claim"}
RELATION_OF = {prefix + NAMES.type(name): name for name in CLAIMS for prefix in PREFIXES}


def twin(name: str) -> str:
    return (ROOT / "ontology/newsroom/questions" / f"{name}.rq").read_text("utf-8")


@pytest.mark.parametrize("name", CYPHER)
def test_both_ask_about_the_same_relations(name: str) -> None:
    text = CYPHER[name]
    asked = {
        RELATION_OF[word] for word in re.findall(r"\b[A-Z_]{3,}\b", text) if word in RELATION_OF
    }
    asked |= CLAIMS & set(re.findall(r"'(\w+)'", text))
    assert asked == CLAIMS & set(re.findall(r"\bnr:(\w+)", twin(name)))


@pytest.mark.parametrize("name", CYPHER)
def test_both_give_the_same_columns(name: str) -> None:
    result = re.search(r"RETURN DISTINCT (.*?)\nORDER BY", CYPHER[name], re.DOTALL)
    assert result is not None
    columns = re.findall(r"(?:AS (\w+)|(?<![\w.])(\w+))(?=,|$)", result[1])
    head = re.search(r"SELECT DISTINCT (.*?) WHERE", twin(name))
    assert head is not None
    assert [a or b for a, b in columns] == head[1].replace("?", "").split()


@pytest.mark.parametrize("name", CYPHER)
def test_a_relation_is_asked_for_in_every_stance_or_only_as_a_fact(name: str) -> None:
    """A type is never forgotten: with CLAIMED_ goes DENIED_, and the bare one."""
    for types in re.findall(r"\[\w*:([A-Z_|\s]+)\]", CYPHER[name]):
        found = set(types.replace("\n", "").replace(" ", "").split("|"))
        claimed = {t.removeprefix("CLAIMED_") for t in found if t.startswith("CLAIMED_")}
        denied = {t.removeprefix("DENIED_") for t in found if t.startswith("DENIED_")}
        assert claimed == denied
        assert claimed <= found


def test_the_questions_use_labels_and_types_that_there_are() -> None:
    known = vocabulary(ONTOLOGY)
    for text in CYPHER.values():
        code = re.sub(r"//.*", "", text)
        types = {
            t
            for group in re.findall(r"\[\w*:([A-Z_|\s]+)\]", code)
            for t in re.split(r"[|\s]+", group)
        }
        assert types <= set(known.types)
        assert set(re.findall(r"\(\w*:(\w+)", code)) <= set(known.labels)
