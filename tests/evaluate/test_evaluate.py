"""The scores: known answers, agreement with the scorer of the gold facts, and bad files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, UnknownNameError
from kg.evaluate import Evaluation, Score, evaluate
from tests.evaluate.synthetic import write_synthetic_facts

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "fixtures" / "gold"
SHARED = ROOT.parent / "shared"
ARTICLE = "2027-03-fjord-launch"


def entity(label: str, *mentions: str) -> dict[str, Any]:
    return {"id": "", "label": label, "type": "", "mentions": [*mentions], "same_as": []}


def fact(subject: str, predicate: str, object: str | dict[str, Any], quote: str, **more: Any):
    record = {
        "id": "0",
        "subject": entity(subject),
        "predicate": predicate,
        "object": entity(object) if isinstance(object, str) else object,
        "qualifiers": {},
        "modality": "asserted",
        "attributed_to": None,
        "confidence": 0.9,
        "evidence": [{"article": f"{ARTICLE}.txt", "start": 0, "end": 1, "quote": quote}],
        "sources": 1,
        "derived_by": None,
    }
    return record | more


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_evaluate_counts_right_wrong_optional_and_outside_facts(tmp_path: Path) -> None:
    facts = write(
        tmp_path / "facts.jsonl",
        # symmetric: the other way round is the same fact; one of two qualifiers is right
        fact("the NGF", "partnerOf", "Halvor", "an eight-year partnership with the Northern Games"
             " Federation", qualifiers={"duration": {"value": "P8Y"}}),
        # not symmetric, and a duplicate that must not count twice
        fact("Fjord Games 2028", "heldIn", "Bergen", "the Fjord Games 2028 in Bergen"),
        fact("Fjord Games 2028", "heldIn", "Bergen", "the Fjord Games 2028 in Bergen"),
        fact("Bergen", "heldIn", "Fjord Games 2028", "the Fjord Games 2028 in Bergen"),
        # optional: right for precision, nothing for recall
        fact("Fjord Games 2028", "year", {"value": "2028-02"}, "the Fjord Games 2028"),
        # right but for stance, speaker and evidence
        fact("Halvor Group", "provides", "Route Light", "a quiet giant"),
        fact("Halvor Group", "inventedBy", "Bergen", "whatever"),
        fact("Halvor Group", "sponsorOf", "Bergen", "Sign up for our newsletter!"),
    )  # fmt: skip
    result = evaluate(facts, GOLD, articles=[ARTICLE])
    assert result.overall == Score(
        gold=11, found=3, predicted=7, right=4, outside=1,
        modality=3, speaker=3, evidence=3, qualifiers=2, qualifiers_right=1, typed=7,
    )  # fmt: skip
    assert result.overall.precision == 4 / 7
    assert result.overall.recall == 3 / 11
    assert result.predicates["heldIn"] == Score(
        gold=1, found=1, predicted=3, right=1, modality=1, speaker=1, evidence=1, typed=2
    )
    assert [leak.predicate for leak in result.leaks] == ["sponsorOf"]


def test_evaluate_reads_speaker_and_entity_qualifier(tmp_path: Path) -> None:
    facts = write(
        tmp_path / "facts.jsonl",
        fact("Kestrel Motors", "sponsorOf", "Fjord Games 2028", "has not joined the programme",
             modality="negated", attributed_to=entity("Federation", "Northern Games Federation")),
        fact("Halvor Group", "partnershipValue", {"value": "120 million"}, "worth more than 120",
             qualifiers={"with": entity("Northern Games Federation"),
                         "comparator": {"value": "more than"}, "unit": {"value": "dollars"}}),
    )  # fmt: skip
    result = evaluate(facts, GOLD, articles=[ARTICLE]).overall
    assert (result.right, result.modality, result.speaker) == (2, 2, 2)
    assert (result.qualifiers_right, result.qualifiers) == (2, 3)


def test_types_are_judged_by_the_class_tree_and_either_way_round_for_a_symmetric_fact(
    tmp_path: Path,
) -> None:
    ngf = entity("Northern Games Federation") | {"type": "SportsOrganization"}
    halvor = entity("Halvor Group") | {"type": "Organization"}  # above the gold class: not enough
    bergen = entity("Bergen") | {"type": "Harbour"}
    facts = write(
        tmp_path / "facts.jsonl",
        fact("", "partnerOf", "", "an eight-year partnership") | {"subject": ngf, "object": halvor},
        fact("Fjord Games 2028", "heldIn", bergen, "the Fjord Games 2028 in Bergen"),
    )

    def is_a(name: str, ancestor: str) -> bool:
        return name == ancestor or (name, ancestor) == ("Harbour", "City")

    result = evaluate(facts, GOLD, articles=[ARTICLE], is_a=is_a).overall
    assert (result.typed, result.typed_right) == (4, 2)
    assert result.share("types") == 0.5
    assert evaluate(facts, GOLD, articles=[ARTICLE]).overall.typed_right == 1


def test_scores_of_articles_and_of_predicates_add_up(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    write_synthetic_facts(GOLD, facts, seed=7, share=0.9)
    result = evaluate(facts, GOLD)
    inside = sum(result.predicates.values(), Score())
    assert sum(result.articles.values(), Score()) == result.overall
    assert inside.to_json() | {"outside": result.overall.outside} == result.overall.to_json()


def test_table_and_json_show_the_same_figures(tmp_path: Path) -> None:
    facts = write(tmp_path / "f.jsonl", fact("Fjord Games 2028", "heldIn", "Bergen", "in Bergen"))
    result = evaluate(facts, GOLD)
    row = next(line for line in result.to_table().splitlines() if line.startswith("all"))
    assert " ".join(row.split()) == "all 1.000 0.059 0.111 1 1 1 17 1.00 1.00 1.00 1.00 0.00"
    data = json.loads(json.dumps(result.to_json()))
    assert data["overall"]["f1"] == 0.1111
    assert data["predicates"]["heldIn"]["recall"] == 1
    assert data["boilerplate"] == []
    missing = next(line for line in result.to_table().splitlines() if line.startswith("acquired"))
    assert " ".join(missing.split()) == "acquired - 0.000 - 0 0 0 1 - - - - -"


def reference_line(name: str, score: Score) -> str:
    shares = " ".join(
        f"{count} {score.share(count):.2f}"
        for count in ("modality", "speaker", "evidence", "qualifiers")
    )
    return (
        f"{name:28} P {score.precision:.3f} ({score.right}/{score.predicted})"
        f"  R {score.recall:.3f} ({score.found}/{score.gold})  F1 {score.f1:.3f}"
        f" | {shares} | outside vocabulary {score.outside}"
    )


def reference_lines(result: Evaluation) -> list[str]:
    lines = [reference_line(name, score) for name, score in result.articles.items()]
    lines.append(reference_line("all", result.overall))
    lines += [f"   boilerplate: {x.article} {x.predicate} {x.quote[:80]}" for x in result.leaks]
    return [*lines, f"boilerplate facts: {len(result.leaks)}"]


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gold", [GOLD, SHARED / "gold", SHARED / "gold-dev"], ids=lambda p: p.name)
def test_evaluate_agrees_with_the_scorer_of_the_gold_facts(
    gold: Path, seed: int, tmp_path: Path
) -> None:
    scorer = SHARED / "bench" / "score_facts.py"
    if not scorer.exists() or not gold.exists():
        pytest.skip("the shared gold facts and their scorer are not here")
    facts = tmp_path / "facts.jsonl"
    written = write_synthetic_facts(gold, facts, seed=seed, share=0.4 + 0.2 * seed)
    assert written > 3
    run = subprocess.run(
        [sys.executable, scorer, facts, gold], capture_output=True, encoding="utf-8", check=False
    )
    assert run.stdout.splitlines() == reference_lines(evaluate(facts, gold))


def test_evaluate_without_facts_is_zero_not_an_error(tmp_path: Path) -> None:
    facts = write(tmp_path / "facts.jsonl")
    overall = evaluate(facts, GOLD).overall
    assert (overall.precision, overall.recall, overall.f1) == (0, 0, 0)


def test_evaluate_names_unknown_article(tmp_path: Path) -> None:
    facts = write(tmp_path / "facts.jsonl")
    with pytest.raises(UnknownNameError, match=f"'nowhere'; there are: {ARTICLE}, 2027-05"):
        evaluate(facts, GOLD, articles=["nowhere"])


ENTITIES = {"entities": [{"id": "a", "label": "A", "aliases": []}]}
FACT = {
    "subject": "a",
    "predicate": "partnerOf",
    "object": {"entity": "a"},
    "modality": "asserted",
    "attributed_to": None,
    "evidence": ["x"],
}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "entities.json: cannot be read"),
        ({"entities.json": "{"}, "entities.json: not valid JSON"),
        ({"entities.json": b"\xff"}, "entities.json: not valid JSON in UTF-8"),
        ({"entities.json": []}, "entities.json: holds no JSON object"),
        ({"entities.json": {}}, "entities.json: no list under 'entities'"),
        ({"entities.json": {"entities": [{"id": "a"}]}}, "entity 1: no list under 'aliases'"),
        ({"entities.json": ENTITIES}, "no gold article"),
        ({"x.json": {"article": "x.txt", "facts": [{}]}}, r"x.json: fact 1: no text under 'subj"),
        ({"x.json": {"facts": []}}, "x.json: no text under 'article'"),
        (
            {"x.json": {"article": "x", "facts": [FACT | {"subject": "b"}]}},
            "x.json: fact 1: 'b' is not an id of entities.json",
        ),
        (
            {"x.json": {"article": "x", "facts": [FACT, FACT | {"modality": "maybe"}]}},
            "x.json: fact 2: 'maybe' is none of asserted",
        ),
        (
            {"x.json": {"article": "x", "facts": [FACT | {"object": {}}]}},
            "x.json: fact 1: 'object' needs",
        ),
    ],
)
def test_gold_that_cannot_be_used_is_named(
    files: dict[str, Any], message: str, tmp_path: Path
) -> None:
    facts = write(tmp_path / "facts.jsonl")
    gold = tmp_path / "gold"
    gold.mkdir()
    if "x.json" in files:
        files = {"entities.json": ENTITIES} | files
    for name, content in files.items():
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        (gold / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        evaluate(facts, gold)


def test_evaluate_needs_only_the_standard_library() -> None:
    code = (
        "import sys, kg.evaluate; loaded = {n.partition('.')[0] for n in sys.modules};"
        "print(sorted(loaded & {'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'pyvis', 'numpy',"
        " 'jinja2'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
