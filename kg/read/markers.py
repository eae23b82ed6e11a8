"""The words and phrases that pages put around an article: `markers.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Markers", "load_markers"]

_LONGEST_HEADING = 90  # code points; a longer line is a sentence, whatever it begins with
_LONGEST_NOTICE = 600
_LONGEST_START = 300
_CHARS_PER_LEGAL_PHRASE = 700
# what stands before the first word of a line: bullets, brackets, emphasis, quote signs of mail
_DECORATION = " \t\xa0\u2009\u202f\u3000>#*•▪◦‣·|\\/[({_=~«»→–—-"
_CLOSING = " \t\xa0\u2009\u202f\u3000*])}_\\|«»→-"
_LONGEST_BARE = 1000


class Markers:
    """Compiled markers; every method takes one line, and says what that line is."""

    def __init__(self, data: dict[str, Any]) -> None:
        line, end, legal = data["line"], data["end"], data["legal"]
        self._line_whole = _union(line["whole"])
        self._line_start = _union(line["start"])
        self._line_start_with_case = _union(line["start_with_case"], 0)
        self._notice = _union(data["notice"]["anywhere"])
        self._ends = {kind: _union(end[kind]) for kind in ("list", "comments", "box")}
        self._legal_heading = _union(legal["heading"])
        self._legal_strong = _union(legal["strong"])
        self._legal_weak = [re.compile(phrase, re.I) for phrase in legal["weak"]]
        self._contact_heading = _union(data["contact"]["heading"])
        self._credit = re.compile(rf"\b(?:{'|'.join(data['credit']['words'])})\b", re.I)
        self.caption_start = _union(data["caption"]["start"])
        self.caption_cue = re.compile(rf"(?<!\w)(?:{'|'.join(data['caption']['cue'])})(?!\w)", re.I)
        self.verbs = frozenset(data["caption"]["verbs"])
        glued = "|".join(data["interface"]["glued"])
        self.glued_start = re.compile(rf"(?:(?:{glued})\b[\s|:/•-]*)+", re.I)
        self.glued_end = re.compile(rf"(?:[\s|:/•-]+\b(?:{glued}))+\s*$", re.I)
        self.navigation = frozenset(data["interface"]["navigation"])
        self.inline = re.compile("|".join(data["interface"]["inline"]))
        self.byline = _union(data["byline"]["start"])
        self.front_matter: dict[str, list[str]] = data["front_matter"]
        self.months: list[str] = data["date"]["months"]
        self.weekdays: str = data["date"]["weekdays"]
        self.date_labels = _union(data["date"]["labels"])
        self.abbreviations = frozenset(data["sentence"]["abbreviations"])
        self.compound_starts = frozenset(data["hyphen"]["compound_starts"])
        self.function_words = {code: frozenset(words) for code, words in data["language"].items()}

    def ends_article(self, line: str) -> str | None:
        """Which heading of a part behind the article this is: list, comments, box or None."""
        bare = _bare(line)
        # "###" and "- ENDS -" are nothing but decoration
        for text in (line.strip(), bare):
            if len(text) <= _LONGEST_HEADING:
                for kind, pattern in self._ends.items():
                    if pattern.fullmatch(text):
                        return kind
        return None

    def is_chrome(self, line: str) -> bool:
        """Whether this line alone is share line, credit, button, notice or the like."""
        bare = _bare(line)
        if not bare:
            return False
        if len(bare) <= _LONGEST_HEADING and self._line_whole.fullmatch(bare):
            return True
        head = bare[:_LONGEST_START]
        if self._line_start.match(head) or self._line_start_with_case.match(head):
            return True
        return self.is_notice(line) or self._is_bracketed_credit(line)

    def is_notice(self, text: str) -> bool:
        """Whether a text asks the reader to subscribe, agree, log in; quotations never do."""
        if len(text) > _LONGEST_NOTICE or text.lstrip()[:1] in "\"“‘«„'":
            return False
        return self._notice.search(text) is not None

    def is_legal_heading(self, line: str) -> bool:
        """Whether this line is the heading of forward-looking statements, a disclaimer ..."""
        bare = _bare(line).rstrip(":")
        if len(bare) > _LONGEST_HEADING or bare.endswith("."):
            return False
        return self._legal_heading.fullmatch(bare) is not None

    def is_legal(self, text: str) -> bool:
        """Whether this paragraph is a legal notice."""
        if self._legal_strong.search(text[:_LONGEST_START]):
            return True
        # a whole page in one line has such phrases at its foot, but far between
        needed = max(2, len(text) // _CHARS_PER_LEGAL_PHRASE)
        return sum(bool(phrase.search(text)) for phrase in self._legal_weak) >= needed

    def is_contact_heading(self, line: str) -> bool:
        """Whether addresses for the press follow this line."""
        bare = _bare(line)
        return len(bare) <= _LONGEST_HEADING and bool(self._contact_heading.fullmatch(bare))

    def is_credit(self, text: str) -> bool:
        """Whether words in brackets name those who edited, took the picture, translated ..."""
        return self._credit.search(text) is not None

    def _is_bracketed_credit(self, line: str) -> bool:
        inner = line.strip().strip("\\ ")
        if len(inner) > _LONGEST_NOTICE or (inner[:1], inner[-1:]) not in {("(", ")"), ("[", "]")}:
            return False
        return self.is_credit(inner)


@cache
def load_markers() -> Markers:
    """The markers of the package."""
    return Markers(tomllib.loads((files("kg.read") / "markers.toml").read_text("utf-8")))


def _union(patterns: Iterable[str], flags: int = re.I) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


def _bare(line: str) -> str:
    return line[:_LONGEST_BARE].lstrip(_DECORATION).rstrip(_CLOSING)
