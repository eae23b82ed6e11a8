"""What every step needs to know; small enough to be sent with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline.settings import Settings
from kg.resolve.block import max_edits
from kg.resolve.corpus import Corpus, read_corpus
from kg.resolve.names import initials, parts

__all__ = ["Setup", "forget", "loaded"]


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of the build, and digests by which a process knows what it has loaded."""

    settings: Settings
    digest: str  # `kg.state.keys.reading_digest`
    run: str = ""  # IRI of the run in the quads
    kept: str | None = None  # folder of the outputs, where readings are kept beside them, if at all
    fresh: bool = False  # whether articles are read anew whose readings are kept

    @property
    def ontology(self) -> Ontology:
        """The domain, loaded once in each process."""
        return _ontology(self.settings.domain, self.settings.base_iri, self.digest)

    @property
    def corpus(self) -> Corpus:
        """A corpus of no articles: what names and classes mean in the domain."""
        return _corpus(self.settings.domain, self.settings.base_iri, self.digest)


def forget() -> None:
    """Empties what a process remembers of names: a block hardly has those of the one before."""
    for remembering in (initials, max_edits, parts):
        remembering.cache_clear()


def loaded() -> int:
    """How much this process has loaded of domains; 0 before the first is asked for."""
    return _ontology.cache_info().currsize + _corpus.cache_info().currsize


@cache
def _ontology(domain: str | Path, base_iri: str, digest: str) -> Ontology:
    return load_ontology(domain, base_iri=base_iri)


@cache
def _corpus(domain: str | Path, base_iri: str, digest: str) -> Corpus:
    return read_corpus((), (), _ontology(domain, base_iri, digest))
