"""A thousandth of what `python -m tools.fuzz` tries, by the same code and without atheris."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.fuzz.mutate import mutants
from tools.fuzz.seeds import seeds_of
from tools.fuzz.targets import TARGETS, check
from tools.fuzz.worker import Tally, run_random


@pytest.mark.parametrize("target", TARGETS)
def test_sound_input_gives_a_result(target: str, tmp_path: Path) -> None:
    for number, data in enumerate(seeds_of(target)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert check(TARGETS[target], data, folder), data


@pytest.mark.parametrize("target", [name for name in TARGETS if name != "new domain"])
def test_every_outcome_is_a_result_or_an_error_of_ours(target: str, tmp_path: Path) -> None:
    tally = run_random(target, 25, 2, tmp_path)
    assert tally.tried == 25
    assert tally.findings == {}


@pytest.mark.parametrize(
    ("target", "data"),
    [
        ("feed", b""),
        ("feed", b"<"),
        ("domain", b"5[nouns]\ncompany = " + b"1" * 5000),
        ("new domain", b'4{"@id":"https://example.org/C 1","@type":"http://www.w3.org/2000/01/'
         b'rdf-schema#Class"}'),
        ("examples", b"[" * 100_000),
        ("examples", b'{"text":"a","triples":[{"s":"a","p":"b","o":"c","s_span":[0,1e999]}]}'),
        ("examples", b'{"text":"a","triples":[{"s":"a","p":"b","o":"c","s_span":[0]}]}'),
        ("query", b"SELECT * WHERE " + b"{" * 100_000),
        ("query", b"ASK { FILTER(" + b"!" * 100_000 + b"?a) }"),
        ("query", b"ASK { " + b"?a <urn:p> ?b . " * 100_000 + b"}"),
    ],
)  # fmt: skip
def test_what_was_found_is_mended(target: str, data: bytes, tmp_path: Path) -> None:
    check(TARGETS[target], data, tmp_path)  # the last three took the process along


def test_inputs_are_the_same_for_the_same_seed() -> None:
    first, again, other = (mutants("text", seed) for seed in (1, 1, 2))
    some = [next(first) for _ in range(30)]
    assert some == [next(again) for _ in range(30)]
    assert some != [next(other) for _ in range(30)]


def test_error_of_another_kind_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def careless(data: bytes, folder: Path) -> None:
        if b"\x00" in data:
            raise ValueError("no zeros, please")

    monkeypatch.setattr("tools.fuzz.targets.TARGETS", {**TARGETS, "text": careless})
    tally = Tally("text", 1)
    tally.add(b"a", tmp_path)
    tally.add(b"a\x00", tmp_path)
    assert (tally.tried, tally.taken) == (2, 1)
    (finding,) = tally.findings.values()
    assert "no zeros, please" in finding["trace"]
    assert finding["input"] == "6100"
