"""The checker of Cypher that Neo4j makes: its grammar and semantics, compiled for Node."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cypher_lint"
TIMEOUT_S = 240


@dataclass(frozen=True, slots=True)
class Finding:
    """What the checker has to say of one query, as Cypher 5 or Cypher 25."""

    name: str
    version: str
    severity: int  # 1 is an error, 2 a warning
    message: str
    line: int


def lint(
    queries: Mapping[str, str],
    *,
    labels: Iterable[str],
    types: Iterable[str],
    properties: Iterable[str],
    parameters: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """All findings for all queries, each in both versions; a name that is not given is a finding.

    Skips the test where the checker is not installed (`make engines`).
    """
    node = shutil.which("node") or shutil.which("node", path=sysconfig.get_path("scripts"))
    if node is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("the Cypher checker is not installed: run `make engines` (it needs Node 20)")
    schema = {
        "labels": list(labels),
        "relationshipTypes": list(types),
        "propertyKeys": list(properties),
        "parameters": dict(parameters or {}),
    }
    run = subprocess.run(
        [node, str(FOLDER / "lint.cjs")],
        input=json.dumps({"schema": schema, "queries": dict(queries)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=True,
    )
    return [Finding(**item) for item in json.loads(run.stdout)]
