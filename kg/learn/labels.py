"""A domain without examples: its relations are read by their labels, domains and ranges."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OntologyError
from kg.extract.learned.model import LabelModel
from kg.extract.learned.store import FOLDER, label_files
from kg.ontology.domain import Ontology, namespace_of

__all__ = ["label_model", "own_claims", "write_labels"]


def own_claims(ontology: Ontology) -> set[str]:
    """The relations of the domain itself that articles state."""
    own = namespace_of(ontology.folders[-1])
    relations = ontology.relations.values()
    return {r.name for r in relations if r.use == "claim" and r.iri.startswith(own)}


def label_model(ontology: Ontology) -> LabelModel:
    """The model of a domain's own relations.

    Raises OntologyError for a domain that has none.
    """
    names = tuple(sorted(own_claims(ontology)))
    if not names:
        raise OntologyError(
            f"{ontology.folders[-1]}: has no relation of its own that articles state; add one to "
            "ontology.ttl"
        )
    return LabelModel(names)


def write_labels(model: LabelModel, folder: Path) -> Path:
    """Writes `learned/` below the folder, in place of what was there; returns its path."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.json*"):
        old.unlink()
    for name, contents in label_files(model).items():
        (target / name).write_text(contents, "utf-8", newline="\n")
    return target
