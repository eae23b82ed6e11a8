"""Pages for the benchmarks of speed: real ones, chrome included, again and again with other names.

`python -m tools.varied_pages 2000 FOLDER [--sources ../shared/articles]`. Where the sources are
absent, the example articles of the project are taken. The same pages on every run and machine.

Pages repeat paragraphs without such names word by word, as agency texts are repeated. With
`--distinct` none comes twice: each has a short sentence of its own.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path

from kg.model.graph import KnowledgeGraph
from kg.pipeline import build
from tools.scale import SYLLABLES

__all__ = ["SOURCES", "sources_in", "vary", "write_pages"]

SOURCES = Path("../shared/articles")
EXAMPLES = Path(__file__).parent.parent / "examples"
VARIED = frozenset(
    (
        *("Person", "Company", "Organization", "Brand", "Platform"),
        *("Product", "Initiative", "Technology", "Service"),
    )
)
SHORTEST = 4  # letters of a word that is replaced
PARAGRAPH = 60  # characters of a line, from which on it is one
_WORD = re.compile(r"[A-Z][a-z]+")


def sources_in(folder: Path) -> tuple[Path, ...]:
    """The articles that are repeated: texts of the folder, else the examples of the project."""
    found = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    return tuple(found or sorted(p for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".html")))


def varied_words(graph: KnowledgeGraph, texts: Sequence[str]) -> frozenset[str]:
    """Words of the names of people, companies and what these make.

    Left as they are: words that the texts also write small, and those of other names (places,
    events), which would not be known any more.
    """
    kept, found = set[str](), set[str]()
    for entity in graph.entities:
        words = {word for name in (entity.label, *entity.mentions) for word in _names(name)}
        (found if entity.type in VARIED else kept).update(words)
    text = " ".join(texts)
    return frozenset(word for word in found - kept if not re.search(rf"\b{word.lower()}\b", text))


def distinct(text: str, number: int) -> str:
    """The text with another last sentence in each paragraph, one that is in no other page."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if len(line) >= PARAGRAPH and line.endswith("."):
            lines[at] = f"{line} {_invented(f'{number} {at}')} agreed."
    return "\n".join(lines)


def _names(name: str) -> list[str]:
    return [word for word in _WORD.findall(name) if len(word) >= SHORTEST]


def vary(text: str, words: frozenset[str], number: int, size: int) -> str:
    """The text with another invented word for each of the words; few of `size` pages share one."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    new: dict[str, str] = {}
    for word in sorted(words):
        rank = min(int(1 / (1 - chance.random())), size)  # Zipf: some names are in many pages
        new[word] = _invented(f"{rank} {chance.randrange(size) if rank > 9 else rank} {len(new)}")
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True)) or '(?!)'})\b")
    return pattern.sub(lambda match: new[match.group()], text)


def _invented(seed: str) -> str:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()


def write_pages(
    folder: Path, size: int, sources: Sequence[Path], *, are_distinct: bool = False
) -> None:
    """So many pages; the first are the sources themselves."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = build(sources)
    texts = [path.read_text(encoding="utf-8") for path in sources]
    words = varied_words(graph, texts)
    for number in range(size):
        source, text = sources[number % len(sources)], texts[number % len(sources)]
        page = vary(text, words, number, size) if number >= len(sources) else text
        if are_distinct and number >= len(sources):
            page = distinct(page, number)
        (folder / f"{number:06}{source.suffix}").write_text(page, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--distinct", action="store_true", help="no paragraph comes twice")
    given = parser.parse_args(arguments)
    sources = sources_in(given.sources)
    write_pages(given.folder, given.size, sources, are_distinct=given.distinct)


if __name__ == "__main__":
    main()
