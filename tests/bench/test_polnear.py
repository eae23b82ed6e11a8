"""The scorer of attributions gives known answers, and the figures on PolNeAR do not drop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.polnear import Said, Words, kind_of, match, measure, read_part, score, table

# F1 on the dev part that the tool prints, rounded down; any common word, and share of words.
FLOORS = {"direct": 0.88, "mixed": 0.79, "indirect": 0.62, "all": 0.70, "share": 0.66}

TEXT = "“Docks are old,” said Jane Roe. Roe said ferries are slow. He sails."
ROE = ((TEXT.index("Jane"), TEXT.index(". Roe")),)
SHORT = ((TEXT.index("Roe said"), TEXT.index(" said ferries")),)
HE = ((TEXT.index("He sails"), TEXT.index(" sails")),)
QUOTED = ((0, TEXT.index(" said")),)
SLOW = ((TEXT.index("ferries"), TEXT.index(". He")),)
GOLD = [Said(ROE, QUOTED), Said(SHORT, SLOW)]


@pytest.fixture
def folder(shared: Path) -> Path:
    """The folder of PolNeAR."""
    path = shared / "bench" / "polnear"
    if not path.is_dir():
        pytest.skip("no bench/polnear in ../shared")
    return path


def test_gold_scores_one_against_itself() -> None:
    for kind, (share, any_) in score([(TEXT, GOLD, GOLD)]).items():
        wanted = 0.0 if kind == "mixed" else 1.0
        assert (share.f1, any_.f1) == (wanted, wanted)


def test_nothing_found_scores_nothing() -> None:
    share, any_ = score([(TEXT, [], GOLD)])["all"]
    assert (share.precision, share.recall, share.f1, share.gold, any_.f1) == (0, 0, 0, 2, 0)


def test_shares_of_common_words() -> None:
    # two of the three words of the quotation, and one beyond it
    found = Said(ROE, ((TEXT.index("are old"), TEXT.index(" Jane")),))
    share, any_ = score([(TEXT, [found], GOLD)])["all"]
    assert share.precision == pytest.approx(2 / 3)
    assert share.recall == pytest.approx(2 / 3 / 2)
    assert (any_.precision, any_.recall) == (1.0, 0.5)


def test_source_must_agree() -> None:
    words = Words(TEXT)
    assert match([Said(SHORT, QUOTED)], GOLD, words) == [(0, 0)]  # Roe is a name of Jane Roe
    assert match([Said(HE, QUOTED)], GOLD, words) == []  # a pronoun is no name


def test_pairs_are_one_to_one_and_the_best() -> None:
    everything = Said(ROE, ((0, len(TEXT)),))
    assert match([everything, Said(ROE, QUOTED)], GOLD, Words(TEXT)) == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("contents", "kind"),
    [(QUOTED, "direct"), (SLOW, "indirect"), (((0, TEXT.index(" Jane")),), "mixed")],
)
def test_kinds(contents: tuple[tuple[int, int], ...], kind: str) -> None:
    assert kind_of(Said(ROE, contents), Words(TEXT)) == kind


def test_typewriter_quotes_are_quotes() -> None:
    text = "''Docks are old,'' said Roe."
    assert kind_of(Said(((24, 27),), ((0, 18),)), Words(text)) == "direct"


def test_gold_without_source_or_content_is_left_out(tmp_path: Path) -> None:
    spans = [([[0, 3]], [[9, 12]]), ([], [[9, 12]]), ([[0, 3]], [])]
    triples = [{"s_spans": s, "o_spans": o} for s, o in spans]
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Roe said yes.", "triples": triples}) + "\n")
    assert list(read_part(path)) == [("a", "Roe said yes.", [Said(((0, 3),), ((9, 12),))])]


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.slow
def test_figures_do_not_drop(folder: Path) -> None:
    results = measure(folder)
    ours = {kind: any_ for kind, (_, any_) in results["ours"][0].items()}
    shares = {kind: share for kind, (share, _) in results["ours"][0].items()}
    baseline = results["quotation marks, nearest verb"][0]
    low = {kind: ours[kind].f1 for kind in ours if ours[kind].f1 < FLOORS[kind]}
    assert low == {}
    assert shares["all"].f1 >= FLOORS["share"]
    assert ours["direct"].f1 > baseline["direct"][1].f1 + 0.1
    assert table(results).count("\n") == 2 + 4 * len(results)
