"""Fixtures of the tests of quality, and the option that renews what they are compared with."""

from __future__ import annotations

import pytest

from tests.extract.conftest import annotator, olympics

__all__ = ["annotator", "olympics"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/quality/gold.csv anew instead of comparing with it",
    )
