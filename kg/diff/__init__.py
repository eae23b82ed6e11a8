"""Two builds told apart in facts, not in lines."""

from kg.diff.compare import Change, ChangedFact, Difference, diff_builds
from kg.diff.text import to_json, to_text

__all__ = ["Change", "ChangedFact", "Difference", "diff_builds", "to_json", "to_text"]
