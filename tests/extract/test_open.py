"""Open triples: constructions on parses by hand and by the model, offsets, hostile input."""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.clauses import is_passive
from kg.extract.lexicon import Lexicon
from kg.extract.open import OpenTriple, Words, article_triples, open_triples, text_triples
from kg.extract.open_clauses import states, subject_phrases
from kg.extract.participants import subjects
from kg.model.statement import Modality
from kg.model.text import Article, Block, BlockKind
from kg.read.annotate import Annotator
from tests.extract.builders import make_doc

Triples = Callable[[str], list[OpenTriple]]


def words(found: list[OpenTriple]) -> list[str]:
    return [str(t) for t in found]


def by_hand(doc: Doc, lexicon: Lexicon) -> list[str]:
    return [str(t) for sentence in doc.sents for t in open_triples(sentence, lexicon)]


@pytest.fixture
def triples(annotator: Annotator, lexicon: Lexicon) -> Triples:
    """Text to its triples."""
    return lambda text: list(text_triples(text, annotator, lexicon))


# -- parses by hand ----------------------------------------------------------------------


def test_each_preposition_is_a_triple_with_the_object_in_its_relation(lexicon: Lexicon) -> None:
    doc = make_doc(
        "Acme sold a mill to Zeno in May .",
        [1, 1, 3, 1, 1, 4, 1, 6, 1],
        "nsubj ROOT det dobj prep pobj prep pobj punct",
        "NNP VBD DT NN IN NNP IN NNP .",
    )
    assert by_hand(doc, lexicon) == [
        "Acme | sold | a mill",
        "Acme | sold a mill to | Zeno",
        "Acme | sold a mill in | May",
    ]


def test_the_triple_is_the_same_where_the_preposition_hangs_on_the_object(lexicon: Lexicon) -> None:
    doc = make_doc(
        "Acme sold a mill in May .",
        [1, 1, 3, 1, 3, 4, 1],
        "nsubj ROOT det dobj prep pobj punct",
        "NNP VBD DT NN IN NNP .",
    )
    assert by_hand(doc, lexicon)[1] == "Acme | sold a mill in | May"


def test_a_passive_keeps_its_grammatical_subject_and_auxiliary(lexicon: Lexicon) -> None:
    doc = make_doc(
        "Mills were cut and flushed by Zeno",
        [2, 2, 2, 2, 2, 4, 5],
        "nsubjpass auxpass ROOT cc conj agent pobj",
        "NNS VBD VBN CC VBN IN NNP",
    )
    assert by_hand(doc, lexicon) == ["Mills | were flushed by | Zeno"]


def test_a_relative_pronoun_stands_for_its_noun(lexicon: Lexicon) -> None:
    doc = make_doc(
        "Zeno owns mills which grind oats",
        [1, 1, 1, 4, 2, 4],
        "nsubj ROOT dobj nsubj relcl dobj",
        "NNP VBZ NNS WDT VBP NNS",
    )
    assert by_hand(doc, lexicon) == ["Zeno | owns | mills", "mills | grind | oats"]


def test_a_particle_behind_the_object_joins_its_verb(lexicon: Lexicon) -> None:
    doc = make_doc(
        "They wrapped it up",
        [1, 1, 1, 1],
        "nsubj ROOT dobj prt",
        "PRP VBD PRP RP",
    )
    assert by_hand(doc, lexicon) == ["They | wrapped up | it"]


def test_a_number_behind_a_noun_is_part_of_the_phrase(lexicon: Lexicon) -> None:
    doc = make_doc(
        "It opened on May 5 , 1999",
        [1, 1, 1, 2, 3, 3, 3],
        "nsubj ROOT prep pobj nummod punct nummod",
        "PRP VBD IN NNP CD , CD",
    )
    assert by_hand(doc, lexicon) == ["It | opened on | May 5 , 1999"]


def test_modifiers_of_one_thing_stay_together_and_those_of_several_do_not(lexicon: Lexicon) -> None:
    def flags(noun: str, tag: str) -> list[str]:
        doc = make_doc(
            f"Zeno sells red and white {noun}",
            [1, 1, 5, 2, 2, 1],
            "nsubj ROOT amod cc conj dobj",
            f"NNP VBZ JJ CC JJ {tag}",
        )
        return by_hand(doc, lexicon)

    assert flags("flag", "NN") == ["Zeno | sells | red and white flag"]
    assert flags("flags", "NNS") == ["Zeno | sells | red flags", "Zeno | sells | white flags"]


# -- the real model ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann and Bob sold boats or cars.", {
            "Ann | sold | boats", "Ann | sold | cars", "Bob | sold | boats", "Bob | sold | cars",
        }),
        ("Acme was able to open a mill.", {"Acme | was able to open | a mill"}),
        ("Acme asked Zeno to sell the mill.", {"Acme | asked Zeno to sell | the mill"}),
        ("The roof of the house was painted by Ann.", {
            "The roof of the house | was painted by | Ann",
        }),
        ("Acme closed the mill by selling land.", {"Acme | closed the mill by selling | land"}),
        ("Zeno gave Ann a boat.", {"Zeno | gave Ann | a boat"}),
        ("The mill built in 1950 was closed in May.", {
            "The mill | built in | 1950", "The mill | was closed in | May",
        }),
        ("Acme was founded in 1950 and sells cars.", {
            "Acme | was founded in | 1950", "Acme | sells | cars",
        }),
        ("Acme worked from 1970 to 1985.", {
            "Acme | worked from | 1970", "Acme | worked to | 1985",
        }),
        ("Acme sold the mill in order to buy a boat.", {
            "Acme | sold the mill in order to buy | a boat",
        }),
        ("Acme sold boats instead of cars.", {"Acme | sold boats instead of | cars"}),
        ("Acme no longer sells cars.", {"Acme | no longer sells | cars"}),
        ("There are two mills in Norway.", {"There | are | two mills"}),
    ],
)  # fmt: skip
def test_constructions(triples: Triples, text: str, expected: set[str]) -> None:
    assert expected <= set(words(triples(text)))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Acme asked Zeno to sell the mill.", "Zeno | to sell | the mill"),
        ("Acme hired Ann to sell the mill.", "Acme | to sell | the mill"),
        ("For example, Acme sells cars.", "Acme | sells cars For | example"),
        ("Acme sells cars, according to Zeno.", "Acme | sells cars according to | Zeno"),
        ("She told them how much Acme paid.", "Acme | paid | much"),
    ],
)
def test_what_nobody_said(triples: Triples, text: str, wrong: str) -> None:
    assert wrong not in words(triples(text))


def test_stance_and_source_are_those_of_the_clause(triples: Triples) -> None:
    found = {str(t): t for t in triples("Ann said that Acme will not close the mill.")}
    said = found["Ann | said | that Acme will not close the mill"]
    assert (said.stance, said.source) == (Modality.ASSERTED, None)
    closed = found["Acme | will not close | the mill"]
    assert closed.stance is Modality.NEGATED
    assert closed.source is not None
    assert closed.source.text == "Ann"


def test_according_to_names_a_source(triples: Triples) -> None:
    (sold,) = [t for t in triples("According to Zeno, Acme sold the mill.") if not t.implied]
    assert str(sold) == "Acme | sold | the mill"
    assert sold.source is not None
    assert sold.source.text == "Zeno"


def test_implied_triples_are_marked_and_their_relation_has_no_place(triples: Triples) -> None:
    implied = [t for t in triples("Borea, a maker of ferries, sold Zeno's mill.") if t.implied]
    assert words(implied) == ["Borea | is | a maker of ferries", "Zeno | has | mill"]
    assert all(t.relation.spans == () for t in implied)


def test_a_chain_of_appositions_is_a_list(lexicon: Lexicon) -> None:
    doc = make_doc(
        "Zeno met Acme , Borea , Carta",
        [1, 1, 1, 2, 2, 4, 4],
        "nsubj ROOT dobj punct appos punct appos",
        "NNP VBD NNP , NNP , NNP",
    )
    assert by_hand(doc, lexicon) == ["Zeno | met | Acme"]


# -- places ------------------------------------------------------------------------------


def rebuilt(part: Words, text: str) -> str:
    return " ".join(text[start:end] for start, end in part.spans)


def test_the_words_are_those_at_their_places(triples: Triples) -> None:
    text = "In 1962, Zeno — a firm — quietly sold Ann's mill and ships to “Arla” in Oslo, she said."
    found = triples(text)
    assert len(found) >= 4
    for triple in found:
        for part in (triple.subject, triple.relation, triple.object):
            if part.spans:
                assert rebuilt(part, text) == part.text


def test_offsets_are_those_of_the_article(annotator: Annotator, lexicon: Lexicon) -> None:
    text = "MENU\nAcme sold a mill.\nZeno said Acme bought a boat."
    blocks = (
        Block(0, 4, BlockKind.CHROME),
        Block(5, 22, BlockKind.BODY),
        Block(23, len(text), BlockKind.BODY),
    )
    annotated = annotator.annotate(Article("a.txt", text, blocks))
    found = list(article_triples(annotated, lexicon))
    assert "Acme | bought | a boat" in words(found)
    for triple in found:
        parts = [triple.subject, triple.relation, triple.object]
        for part in parts if triple.source is None else [*parts, triple.source]:
            assert rebuilt(part, text) == part.text


def test_the_same_text_gives_the_same_triples(triples: Triples) -> None:
    text = "Acme and Zeno sold boats in Oslo and Rome. They hope to sell more."
    assert triples(text) == triples(text)
    assert len(set(words(triples(text)))) == len(triples(text))


# -- agreement with the layer of the frames ------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Acme was sold by Zeno and moved to Oslo.",
        "Acme is able to sell boats.",
        "Acme has decided to sell boats and to buy cars.",
        "The boats that Acme built reached Oslo.",
        "Acme and Zeno plan to open a mill.",
    ],
)
def test_subjects_of_active_verbs_are_those_of_the_frames(
    annotator: Annotator, lexicon: Lexicon, text: str
) -> None:
    article = Article("text", text, (Block(0, len(text), BlockKind.BODY),))
    doc = annotator.annotate(article).blocks[0].doc
    verbs = [t for t in doc if states(t, lexicon) and not is_passive(t)]
    assert verbs
    for verb in verbs:
        assert [p.heads[0] for p in subject_phrases(verb)] == subjects(verb, lexicon), verb


# -- the document ------------------------------------------------------------------------


@pytest.mark.model
def test_the_example_of_the_document_prints_what_it_says(root: Path) -> None:
    document = (root / "docs" / "open-layer.md").read_text("utf-8")
    code, output = (
        document.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("python", "text")
    )
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "docs/open-layer.md", "exec"), {})  # noqa: S102
    assert output.strip()
    assert [line.rstrip() for line in printed.getvalue().splitlines()] == output.splitlines()


# -- hostile input -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\ud800 told \x00 Bob that 💥 works.",
        "He " + " and ".join(["ran"] * 400) + ".",
        "Acme bought " + ", ".join(f"Name{n}" for n in range(600)) + " and Zeno.",
        "the roof of " * 300 + "the house fell.",
        "said that he " * 200,
        "A of B and C of D and E of F with G and H in I and J on K and L " * 20,
    ],
)
def test_long_and_odd_texts_are_read(triples: Triples, text: str) -> None:
    found = triples(text)
    assert len(found) <= 30 * (len(text) + 1)


DEPS = [
    "nsubj", "nsubjpass", "dobj", "attr", "acomp", "prep", "pobj", "pcomp", "conj", "cc", "appos",
    "acl", "advcl", "relcl", "ccomp", "xcomp", "agent", "dative", "npadvmod", "advmod", "aux",
    "auxpass", "neg", "mark", "prt", "det", "amod", "compound", "poss", "case", "nummod", "punct",
]  # fmt: skip
TAGS = [
    "NN", "NNS", "NNP", "PRP", "VB", "VBD", "VBZ", "VBG", "VBN", "JJ", "IN", "TO", "CC", "WDT",
    "WP", "DT", "RB", "CD", ",", ".",
]  # fmt: skip


@st.composite
def parses(draw: st.DrawFn) -> Doc:
    """Any tree over a few tokens, with any labels and tags."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for rank, token in enumerate(order):
        heads[token] = token if rank == 0 else order[draw(st.integers(0, rank - 1))]
    deps = ["ROOT" if heads[n] == n else draw(st.sampled_from(DEPS)) for n in range(size)]
    tags = [draw(st.sampled_from(TAGS)) for _ in range(size)]
    return make_doc([f"w{n}" for n in range(size)], heads, deps, tags)


@given(parses())
def test_any_parse_gives_triples_of_its_own_words(lexicon: Lexicon, doc: Doc) -> None:
    for sentence in doc.sents:
        found = list(itertools.islice(open_triples(sentence, lexicon), 2000))
        for triple in found:
            for part in (triple.subject, triple.object):
                assert part.text == rebuilt(part, doc.text)
                assert part.text
            assert triple.implied or triple.relation.text == rebuilt(triple.relation, doc.text)
