"""Reading that takes for ever or dies, where a step of an engine reads: no model, few imports."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from kg.engine.reading import read_sources
from kg.engine.setup import Setup
from kg.model.statement import Extraction
from kg.model.text import Article
from kg.pipeline import reading
from kg.pipeline.settings import Settings
from kg.pipeline.stages import Read
from kg.read.load import RawPage, Source
from kg.report import Skipped
from kg.state.reading import NAMELESS, Reading

PREPARED = "prepared"
"""File beside the domain's folder that is a line longer for each process that got ready."""


def read_or_hang(item: Source | RawPage, settings: Settings, digest: str) -> Read | Skipped:
    if "slow" in item.name:
        time.sleep(3600)
    if "killer" in item.name:
        os._exit(7)
    nothing = Extraction((), (), {})
    article = Article(NAMELESS, item.name)
    return Read("", Reading(article, nothing, (), "none", verbatim=False), None)


def get_ready(settings: Settings, digest: str) -> None:
    with Path(settings.domain, PREPARED).open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")


def reading_slowly(sources: Iterator[tuple[int, Source]], *, setup: Setup) -> Iterator[Any]:
    """As `read_sources`, in whatever process the step runs."""
    with (
        mock.patch.object(reading, "read_one", read_or_hang),
        mock.patch.object(reading, "prepare", get_ready),
    ):
        yield from read_sources(sources, setup=setup)
