"""Annotated article to statements."""

from kg.extract.extraction import Extraction, extract

__all__ = ["Extraction", "extract"]
