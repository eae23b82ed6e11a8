from kg.read.load import RawPage
from kg.model.text import Article


def read_html(page: RawPage) -> Article: ...
