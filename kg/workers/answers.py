"""What became of work in another process, as bytes: a result, or the error it raised."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

__all__ = ["answer", "result_of"]


def answer(work: Callable[[], object]) -> bytes:
    """Does the work and packs what became of it. What does not derive from Exception is raised."""
    try:
        return pickle.dumps(("done", work()))
    except Exception as error:
        try:
            packed = pickle.dumps(("raised", error))
            pickle.loads(packed)  # noqa: S301 (its own; what cannot come back stops nothing there)
        except Exception:
            return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))
        return packed


def result_of(told: tuple[str, Any]) -> Any:
    """The result in an answer that has been unpacked. Raises the error that it holds instead."""
    kind, value = told
    if kind == "raised":
        raise value
    return value
