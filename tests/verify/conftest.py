"""Copies, for a test of its own, of the build that its module made once (`built`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Path:
    """The articles of the build."""
    return shutil.copytree(built / "corpus", tmp_path / "corpus")


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """What it wrote."""
    return shutil.copytree(built / "out", tmp_path / "out")
