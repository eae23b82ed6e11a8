"""Annotated article to statements."""

from kg.extract.extraction import extract
from kg.model.statement import Extraction

__all__ = ["Extraction", "extract"]
