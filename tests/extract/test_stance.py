"""Stance: which words make a clause planned, hedged or negated, and how far they reach."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from spacy.tokens import Doc, Token

from kg.extract.lexicon import Lexicon
from kg.extract.stance import read_stance, stance_of
from kg.model.statement import Modality
from kg.read.annotate import Annotator
from tests.extract.builders import make_doc, make_page, read_parses

ROOT = Path(__file__).resolve().parents[2]
PARSES = read_parses(ROOT / "tests/fixtures/stances.conllu")  # by "stance: trigger in sentence"


def _trigger(doc: Doc, word: str) -> Token:
    return [t for t in doc if t.text == word][-1]


def _case(name: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(\w+): (\S+) in (.+)", name)
    assert match is not None, name
    return match[1], match[2], match[3]


def test_all_stances_are_covered() -> None:
    counts = Counter(_case(name)[0] for name in PARSES)
    assert set(counts) == {"asserted", "planned", "hedged", "negated"}
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("name", PARSES)
def test_stance_of_a_written_parse(name: str, lexicon: Lexicon) -> None:
    stance, trigger, _ = _case(name)
    assert str(stance_of(_trigger(PARSES[name], trigger), lexicon)) == stance


@pytest.mark.parametrize("name", PARSES)
def test_stance_of_the_model_s_parse(name: str, annotator: Annotator, lexicon: Lexicon) -> None:
    stance, trigger, sentence = _case(name)
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    assert str(stance_of(_trigger(doc, trigger), lexicon)) == stance


@pytest.mark.parametrize(
    ("modifier", "tag", "stance"),
    [
        ("planned", "JJ", "planned"),
        ("proposed", "JJ", "planned"),
        ("alleged", "JJ", "hedged"),
        ("potential", "JJ", "hedged"),
        ("recent", "JJ", "asserted"),
    ],
)
def test_adjectives_on_an_event_noun(
    modifier: str, tag: str, stance: str, lexicon: Lexicon
) -> None:
    doc = make_doc(
        f"The {modifier} sale surprised Quillon",
        [2, 2, 3, 3, 3],
        "det amod nsubj ROOT dobj",
        tags=f"DT {tag} NN VBD NNP",
    )
    assert str(stance_of(doc[2], lexicon)) == stance


def test_a_verb_of_its_own_keeps_a_clause_out_of_reach(lexicon: Lexicon) -> None:
    # "Fjordix will sail, and Quillon sold boats": the second clause has a subject of its own
    doc = make_doc(
        "Fjordix will sail and Quillon sold boats",
        [2, 2, 2, 2, 5, 2, 5],
        "nsubj aux ROOT cc nsubj conj dobj",
        tags="NNP MD VB CC NNP VBD NNS",
        lemmas={"sold": "sell"},
    )
    assert str(stance_of(doc[2], lexicon)) == "planned"
    assert str(stance_of(doc[5], lexicon)) == "asserted"


def test_a_noun_in_an_apposition_has_a_stance_of_its_own(lexicon: Lexicon) -> None:
    # "Fjordix, sponsor of the cup, will leave": the sponsor is one already
    doc = make_doc(
        "Fjordix , sponsor of boats , will leave",
        [7, 0, 0, 2, 3, 0, 7, 7],
        "nsubj punct appos prep pobj punct aux ROOT",
        tags="NNP , NN IN NNS , MD VB",
    )
    assert str(stance_of(doc[2], lexicon)) == "asserted"
    assert str(stance_of(doc[7], lexicon)) == "planned"


def test_noun_without_a_verb_is_asserted(lexicon: Lexicon) -> None:
    doc = make_doc("Big news", [1, 1], "amod ROOT", tags="JJ NN")
    assert str(stance_of(doc[1], lexicon)) == "asserted"


@pytest.mark.parametrize(
    ("sentence", "trigger", "stance"),
    [
        pytest.param(sentence, trigger, stance, id=reason, marks=pytest.mark.xfail(reason=reason))
        for sentence, trigger, stance, reason in [
            (
                "Fjordix dropped its plan to open a factory.",
                "open",
                "negated",
                "what becomes of a plan is not looked at",
            ),
            (
                "Fjordix is considering opening a factory.",
                "opening",
                "hedged",
                "'consider' hedges in the passive only",
            ),
            (
                "Neither Fjordix nor Quillon opened a factory.",
                "opened",
                "negated",
                "a negation on the subject is not seen",
            ),
            ("Hardly anyone uses the app.", "uses", "negated", "'hardly' is no cue"),
            (
                "Fjordix left without opening a factory.",
                "opening",
                "negated",
                "'without' is no cue",
            ),
        ]
    ],
)
def test_cues_that_are_not_read(
    sentence: str, trigger: str, stance: str, annotator: Annotator, lexicon: Lexicon
) -> None:
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    assert str(stance_of(_trigger(doc, trigger), lexicon)) == stance


def test_what_is_denied_is_negated(annotator: Annotator, lexicon: Lexicon) -> None:
    doc = annotator.annotate(make_page("Fjordix denied that it opened a factory.")).blocks[0].doc
    assert stance_of(_trigger(doc, "opened"), lexicon) is Modality.NEGATED


@pytest.mark.parametrize(
    ("sentence", "trigger", "cues"),
    [
        ("The company will probably sell its ferries.", "sell", ["probably"]),
        ("The ambition is to reach two million riders.", "reach", ["ambition"]),
        ("The harbour did not open.", "open", ["not"]),
        ("The harbour opened.", "opened", []),
    ],
)
def test_a_stance_names_the_words_that_make_it(
    sentence: str, trigger: str, cues: list[str], annotator: Annotator, lexicon: Lexicon
) -> None:
    doc = annotator.annotate(make_page(sentence)).blocks[0].doc
    assert [t.text for t in read_stance(_trigger(doc, trigger), lexicon).cues] == cues
