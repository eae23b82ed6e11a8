"""Parses written by hand, articles from short texts, and statements in a form tests can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.extract.drafts import Reading
from kg.model.statement import Extraction
from kg.model.text import Article, Block, BlockKind
from kg.read.annotate import AnnotatedArticle, AnnotatedBlock

__all__ = [
    "Stated",
    "annotated_docs",
    "make_doc",
    "make_page",
    "read_parses",
    "stated",
    "token_of",
]

Stated = tuple[str, str, str, str, str | None]

_POS_OF_TAG = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "DT": "DET", "PDT": "DET",
    "IN": "ADP", "TO": "PART", "RP": "ADP", "POS": "PART", "CC": "CCONJ", "CD": "NUM", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON",
    "WP": "PRON", "WRB": "SCONJ", "EX": "PRON", "MD": "AUX", "VB": "VERB", "VBD": "VERB",
    "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", ".": "PUNCT", ",": "PUNCT",
    ":": "PUNCT", "``": "PUNCT", "''": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "HYPH": "PUNCT",
    "$": "SYM",
}  # fmt: skip


@cache
def _vocab() -> Vocab:
    return English().vocab


def make_doc(
    words: str | Sequence[str],
    heads: Sequence[int],
    deps: str | Sequence[str],
    tags: str | Sequence[str] | None = None,
    pos: str | Sequence[str] | None = None,
    lemmas: Mapping[str, str] | Sequence[str] | None = None,
    ents: Iterable[tuple[int, int, str]] | None = None,
) -> Doc:
    """A parsed doc without a model; words are joined by single spaces.

    Strings are split at white space; heads are token numbers, a root being its own head. Parts of
    speech follow from Penn tags where they are not given; lemmas are the lower-case words but for
    those of the mapping. `ents` are (first token, end token, label).
    """
    words = words.split() if isinstance(words, str) else list(words)
    deps = deps.split() if isinstance(deps, str) else list(deps)
    tags = tags.split() if isinstance(tags, str) else tags
    pos = pos.split() if isinstance(pos, str) else pos
    if pos is None:
        pos = [_POS_OF_TAG[t] for t in tags] if tags is not None else ["X"] * len(words)
        pos = ["AUX" if d in ("aux", "auxpass") else p for p, d in zip(pos, deps, strict=True)]
    if lemmas is None or isinstance(lemmas, Mapping):
        table = lemmas or {}
        lemmas = [table.get(w, w if w[:1].isupper() else w.lower()) for w in words]
    iob = ["O"] * len(words)
    for start, end, label in ents or ():
        iob[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return Doc(
        _vocab(),
        words=words,
        spaces=[True] * (len(words) - 1) + [False] * bool(words),
        heads=list(heads),
        deps=deps,
        tags=list(tags) if tags is not None else None,
        pos=list(pos),
        lemmas=list(lemmas),
        ents=iob,
    )


def make_page(text: str, name: str = "a.txt") -> Article:
    """An article whose paragraphs are body blocks; one that starts with "# " is a headline."""
    blocks = []
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        if paragraph.startswith("# "):
            blocks.append(Block(start + 2, end, BlockKind.HEADLINE))
        elif paragraph.strip():
            blocks.append(Block(start, end, BlockKind.BODY))
        start = end + 2
    return Article(name=name, text=text, blocks=tuple(blocks))


def annotated_docs(*docs: Doc, kind: BlockKind = BlockKind.BODY) -> AnnotatedArticle:
    """An annotated article whose blocks are these docs, one paragraph each."""
    text = "\n\n".join(doc.text for doc in docs)
    blocks = []
    start = 0
    for doc in docs:
        blocks.append(AnnotatedBlock(Block(start, start + len(doc.text), kind), doc))
        start += len(doc.text) + 2
    article = Article(name="a.txt", text=text, blocks=tuple(b.block for b in blocks))
    return AnnotatedArticle(article, tuple(blocks))


def stated(extraction: Extraction) -> list[Stated]:
    """(subject label, predicate, object label or value, modality, speaker label) in text order."""
    labels = {entity.id: entity.label for entity in extraction.entities}
    return [
        (
            labels[s.subject],
            s.predicate,
            labels[s.object] if isinstance(s.object, str) else s.object.value,
            str(s.modality),
            labels[s.speaker] if s.speaker is not None else None,
        )
        for s in extraction.statements
    ]


def read_parses(path: Path) -> dict[str, Doc]:
    """Parses of a CoNLL-U file by what their first line calls them, in the order of the file.

    Entities stand in the MISC column ("Ent=B-GPE"). Source of the format:
    https://universaldependencies.org/format.html
    """
    docs = {}
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        name = lines[0].partition(" = ")[2]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        misc = [dict(p.split("=") for p in r[9].split("|") if "=" in p) for r in rows]
        docs[name] = Doc(
            _vocab(),
            words=[r[1] for r in rows],
            spaces=[m.get("SpaceAfter") != "No" for m in misc],
            lemmas=[r[2] for r in rows],
            pos=[r[3] for r in rows],
            tags=[r[4] for r in rows],
            heads=[int(r[6]) - 1 if int(r[6]) else i for i, r in enumerate(rows)],
            deps=[r[7] for r in rows],
            ents=[m.get("Ent", "O") for m in misc],
        )
    return docs


def token_of(reading: Reading, word: str) -> Token:
    """The last token of an article with this text."""
    return [t for block in reading.annotated.blocks for t in block.doc if t.text == word][-1]
