"""A domain learned once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.learn.domain import Learned, learn, write_learned
from kg.ontology.domain import load_ontology
from kg.read.annotate import Annotator, load_annotator
from tests.learn.domain import rows, write_domain, write_rows


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("examples") / "airfields.jsonl", rows())


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory, examples_file: Path) -> tuple[Path, Learned]:
    """The folder of the domain with what was learned, and what is known of it."""
    folder = write_domain(tmp_path_factory.mktemp("air"))
    found = learn(load_ontology(folder), examples_file, folds=2)
    write_learned(found, folder)
    return folder, found


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The packaged pipeline."""
    return load_annotator()
