"""Press articles to a knowledge graph one can trust.

The names below are loaded on first use, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg import errors
    from kg.export.graphml import to_networkx
    from kg.llm.settings import LlmSettings
    from kg.model.graph import Entity, Fact, KnowledgeGraph
    from kg.model.statement import Statement
    from kg.model.text import Article
    from kg.ontology.domain import load_ontology
    from kg.pipeline import build, review_build

__all__ = [
    "Article",
    "Entity",
    "Fact",
    "KnowledgeGraph",
    "LlmSettings",
    "Statement",
    "__version__",
    "build",
    "errors",
    "load_ontology",
    "review_build",
    "to_networkx",
]

_HOME = {
    "Article": "kg.model.text",
    "Entity": "kg.model.graph",
    "Fact": "kg.model.graph",
    "KnowledgeGraph": "kg.model.graph",
    "LlmSettings": "kg.llm.settings",
    "Statement": "kg.model.statement",
    "build": "kg.pipeline",
    "load_ontology": "kg.ontology.domain",
    "review_build": "kg.pipeline",
    "to_networkx": "kg.export.graphml",
}


def __getattr__(name: str) -> Any:
    """A public name, imported from its module on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("newskg")
    elif name == "errors":
        value = import_module("kg.errors")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
