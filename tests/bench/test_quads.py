"""The measure of reading and writing quads: both sides do the same work, and ours costs less."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf.files import read_quads
from tools.bench_quads import SUFFIXES, made_files, measured, table

QUADS = 10_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made_files(QUADS, tmp_path_factory.mktemp("quads"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_side_reads_and_writes_the_same_quads(files: dict[str, Path], suffix: str) -> None:
    quads = set(read_quads(files[suffix])[0])
    rows = {}
    for side in ("kg", "rdflib"):
        rows[suffix, side] = measured(side, files[suffix])
        written = ox.parse(path=str(files[suffix].with_suffix(".out")), format=_format(suffix))
        assert set(written) == quads, side
    assert (
        QUADS * 0.9 < len(quads) == rows[suffix, "kg"]["quads"] == rows[suffix, "rdflib"]["quads"]
    )
    # Six times less than what it is, as this graph is small and the machine may be busy.
    assert rows[suffix, "kg"]["read"] * 3 < rows[suffix, "rdflib"]["read"]
    assert len(table(rows)) == 4


def _format(suffix: str) -> ox.RdfFormat:
    return {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}[suffix]
