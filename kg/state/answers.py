"""Answers of a language model that lie with the outputs: they stay as long as their article."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection
from pathlib import Path

from kg.export.files import check_inside

__all__ = ["FOLDER", "prune_answers"]

FOLDER = "state/llm"
"""Where they lie below the folder of the outputs; `kg.llm.cache` writes them."""


def prune_answers(out: Path, articles: Collection[str]) -> None:
    """Removes those that no article with one of these SHA-256 asked for last, and damaged ones.

    They quote their article and go with it; a build without a model keeps the others. Raises
    InputError where the folder is a link to another place.
    """
    folder = out / FOLDER
    check_inside(out, folder)
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if _article(path) not in articles:
                path.unlink(missing_ok=True)
        folder.rmdir()  # only an empty one


def _article(path: Path) -> str | None:
    try:
        found = json.loads(path.read_bytes())
        return str(found["article"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
