"""The engines, each started once a session, when a test first asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.arcadedb import ArcadeDB, arcadedb
from tests.engines.oxigraph_server import OxigraphServer, oxigraph_server
from tests.engines.virtuoso import Virtuoso, virtuoso


@pytest.fixture(scope="session")
def arcade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArcadeDB]:
    """One ArcadeDB for all tests of a session; a test clears `server.database` before use."""
    with arcadedb(tmp_path_factory.mktemp("arcadedb")) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[OxigraphServer]:
    """One Oxigraph server for all tests of a session; a test clears it before use."""
    with oxigraph_server() as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """One Virtuoso for all tests of a session; a test drops what it loaded."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server
