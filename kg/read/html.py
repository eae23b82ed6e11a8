"""HTML pages to articles."""

from kg.model.text import Article
from kg.read.load import RawPage


def read_html(page: RawPage) -> Article:
    """x"""
    raise NotImplementedError
