"""The fixtures of the tests of extraction are those of its quality too."""

from __future__ import annotations

from tests.extract.conftest import annotator, olympics

__all__ = ["annotator", "olympics"]
