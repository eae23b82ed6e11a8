"""Which engine a build runs on: the disk of this machine, or Spark as it is configured here."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from kg.engine.build import build_on, sources_of
from kg.engine.disk import DiskFlow
from kg.engine.report import EngineReport
from kg.engine.stores import is_address
from kg.engine.unchanged import report_if_unchanged
from kg.errors import InputError
from kg.export.changes import alone_in
from kg.pipeline.settings import Settings
from kg.read.extras import load_extra

__all__ = ["ENGINES", "build_with_engine", "spark_context"]

ENGINES = ("disk", "spark")

_SPILL = ".kg-spill-"
_LOCAL = "local[*]"


def build_with_engine(
    engine: str,
    paths: Iterable[str | Path],
    settings: Settings,
    out: str | Path,
    *,
    processes: int = 1,
    master: str | None = None,
    fresh: bool = False,
) -> EngineReport:
    """Builds on the engine of that name; `processes` are those of disk, `master` is Spark's.

    On the disk, readings are kept in a folder `out`, and where nothing has changed since the build
    that lies there nothing is made anew; with `fresh` all is.

    Without a master Spark runs where `spark-submit` or its configuration says, else on all cores
    of this machine. Errors as `build_on`; InputError where Spark is not installed or does not
    start, or another run writes to `out`. With `processes` above 1 or a timeout, call it under
    `if __name__ == "__main__":`.
    """
    home = None if is_address(str(out)) else Path(out)
    given = [str(path) for path in paths]
    with nullcontext() if home is None else alone_in(home):
        if engine == "spark":
            from kg.engine.spark import SparkFlow

            with spark_context(master) as context:
                return build_on(SparkFlow(context), given, settings, out)
        _remove_spilled(home)
        if home is not None and not fresh and not any(map(is_address, given)):
            report = report_if_unchanged(sources_of(given), settings, home)
            if report is not None:
                return report
        with _spill_folder(home) as folder, DiskFlow(folder, processes=processes) as flow:
            return build_on(flow, given, settings, out, keeps=home is not None, fresh=fresh)


def _remove_spilled(home: Path | None) -> None:
    """Removes what a build left here that was killed; the folder must be that of this run alone."""
    for left in home.glob(f"{_SPILL}*") if home is not None else ():
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _spill_folder(home: Path | None) -> Iterator[Path]:
    """A folder beside the outputs, on a disk that has room for them, gone at the end."""
    try:
        with tempfile.TemporaryDirectory(prefix=_SPILL, dir=home) as folder:
            yield Path(folder, "steps")
    except OSError as error:
        raise InputError(
            f"{error.filename or home}: cannot be written ({error.strerror or error}); "
            "free the place or choose another --out"
        ) from error


@contextmanager
def spark_context(master: str | None = None) -> Iterator[Any]:
    """A Spark context, stopped at the end unless it was there before."""
    spark = load_extra("pyspark", "spark", "--engine spark")
    if spark.SparkContext._active_spark_context is not None:
        yield spark.SparkContext.getOrCreate()
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = spark.SparkConf().setAppName("kg build")
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    # executors of this machine import what this process imports; those of others have it installed
    conf.setIfMissing("spark.executorEnv.PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    if master is not None:
        conf.setMaster(master)
    conf.setIfMissing("spark.master", _LOCAL)
    try:
        context = spark.SparkContext(conf=conf)
    except Exception as error:  # of py4j and of Java, of many classes
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(
            f"Spark did not start ({reason}); it needs Java 17 or 21 (JAVA_HOME), and a --master "
            "that it can reach"
        ) from error
    context.setLogLevel("ERROR")
    try:
        yield context
    finally:
        context.stop()
