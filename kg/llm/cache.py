"""Answers on the disk by what was asked, so that nothing is paid for twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.export.files import write_files
from kg.llm.answer import Completion

__all__ = ["Answers"]

_KEY = re.compile(r"[0-9a-f]{64}")


class Answers:
    """Completions by key, in a folder or, without one, for this run only.

    A file names the article (SHA-256 of its text) that asked last, so that it can go when that
    article does. A file that is damaged is as good as none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, Completion] = {}

    def get(self, key: str, article: str) -> Completion | None:
        """The completion, now of that article."""
        if key not in self._known and self._folder is not None:
            found = _load(self._folder / f"{key}.json", key)
            if found is None:
                return None
            before, self._known[key] = found
            if before != article:
                self._write(key, article)
        return self._known.get(key)

    def put(self, key: str, article: str, completion: Completion) -> None:
        """Keeps it at once: a run that is interrupted has not paid in vain."""
        self._known[key] = completion
        self._write(key, article)

    def _write(self, key: str, article: str) -> None:
        if self._folder is None:
            return
        found = self._known[key]
        record = {
            "key": key,
            "article": article,
            "text": found.text,
            "finish": found.finish,
            "prompt_tokens": found.prompt_tokens,
            "completion_tokens": found.completion_tokens,
        }
        write_files(self._folder, {f"{key}.json": json.dumps(record, indent=1) + "\n"})


def _load(path: Path, key: str) -> tuple[str, Completion] | None:
    try:
        found = json.loads(path.read_bytes())
        if found["key"] != key or not _KEY.fullmatch(found["article"]):
            return None
        texts = (found["text"], found["finish"])
        counts = (found["prompt_tokens"], found["completion_tokens"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(t, str) for t in texts) or not all(type(n) is int for n in counts):
        return None
    return found["article"], Completion(*texts, *counts)
