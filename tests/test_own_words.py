"""The project's words are its own: nothing in it is copied from the articles it is measured on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared

ROOT = Path(__file__).parent.parent
RUN = 6
"""Words in a row that two people do not write by chance; names and titles are shorter."""

_CODE = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]*>", re.S | re.I)
_WORD = re.compile(r"[a-z0-9]+")
# What may follow one another in any text: numbers, and lists of days and months.
_LISTED = re.compile(
    r"\d+|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*"
)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def runs(words: list[str]) -> set[tuple[str, ...]]:
    """Every run of words of which at least one is neither a number, a day nor a month."""
    found = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    return {run for run in found if not all(map(_LISTED.fullmatch, run))}


def test_copied_words_are_found_and_lists_of_months_are_none() -> None:
    text = "The boat sank at noon off Bergen, in May 2027, June 2027 and July 2027."
    assert runs(words_of(text)) & runs(words_of("it is told that the boat sank at noon off it"))
    assert not runs(words_of("May 2027, June 2027; July 2027"))


def test_no_tracked_file_has_six_words_in_a_row_of_a_real_article(shared: Path) -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in (shared / "articles").rglob("*"):
        if path.is_file():
            theirs |= runs(words_of(_CODE.sub(" ", path.read_text("utf-8", "replace"))))
    assert len(theirs) > 1000
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    files = [ROOT / name for name in names if name and ".min." not in name]  # those are others'
    texts = {p: p.read_bytes().decode("utf-8", "ignore") for p in files if p.is_file()}
    copied = {str(p): runs(words_of(text)) & theirs for p, text in texts.items()}
    assert {name: sorted(found)[:3] for name, found in copied.items() if found} == {}
