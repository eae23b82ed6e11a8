"""One article through the stages: read → clean → annotate → extract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from kg.errors import InputError, ModelMissingError
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline.settings import Settings
from kg.report import FAILED, OTHER_LANGUAGE, TOO_LONG, Skipped
from kg.state.codec import to_bytes
from kg.state.reading import NAMELESS, Reading

if TYPE_CHECKING:
    from kg.llm.extractor import ModelReader, Told
    from kg.model.text import Article
    from kg.read.annotate import Annotator
    from kg.read.load import RawPage, Source, Unreadable

__all__ = ["Cleaned", "Read", "clean_one", "prepare", "read_cleaned", "read_one"]

_LANGUAGE = "en"  # of the frames and word lists of the packaged domains

_Done = TypeVar("_Done")
_Input: TypeAlias = "Source | RawPage | Unreadable"


@dataclass(frozen=True, slots=True)
class Read:
    """A reading under its key; it has the name of its article, or none yet."""

    key: str
    reading: Reading
    sha256: str | None  # of the input: `kg.state.keys.input_digest`
    content: bytes | None = None  # of the reading, for its file, where it was made anew


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article that is to be read, without its name, and what is known of its page."""

    article: Article
    key: str
    sha256: str | None
    warnings: tuple[str, ...]
    verbatim: bool


def read_one(
    item: _Input, settings: Settings, digest: str, llm: ModelReader | None = None
) -> Read | Skipped:
    """One input through all stages; what goes wrong in them skips this article only.

    A wrong setting (a model that is missing, a broken domain) is raised: it stops the build.
    """
    found = clean_one(item, settings, digest)
    return (
        found
        if isinstance(found, Skipped)
        else read_cleaned(found, item.name, settings, digest, llm)
    )


def clean_one(item: _Input, settings: Settings, digest: str) -> Cleaned | Skipped:
    """The first two stages of an input."""
    from kg.read.load import Unreadable

    if isinstance(item, Unreadable):
        return Skipped(item.name, item.reason)
    return _or_skipped(item.name, partial(_cleaned, item, settings, digest))


def read_cleaned(
    found: Cleaned, name: str, settings: Settings, digest: str, llm: ModelReader | Told | None
) -> Read | Skipped:
    """The last two stages of an article; `name` is that of its input."""
    ontology = _ontology(settings.domain, settings.base_iri, digest)
    return _or_skipped(name, partial(_read, found, ontology, settings, llm))


def prepare(settings: Settings, digest: str) -> None:
    """Loads what every article needs, so that it does not count against the time of the first."""
    import kg.extract
    import kg.read.clean  # noqa: F401

    _ontology(settings.domain, settings.base_iri, digest)
    _annotator(settings.model)


def _or_skipped(name: str, work: Callable[[], _Done]) -> _Done | Skipped:
    try:
        return work()
    except InputError as error:
        return Skipped(name, str(error))
    except ModelMissingError:
        raise
    except Exception as error:  # a parser's ValueError, RecursionError ...: the others go on
        reason = f"cannot be processed: {type(error).__name__}: {error}"
        return Skipped(name, reason, FAILED)


def _read(
    found: Cleaned, ontology: Ontology, settings: Settings, llm: ModelReader | Told | None
) -> Read:
    from kg.extract import extract

    annotator = _annotator(settings.model)
    model = llm.reader(ontology) if llm is not None else None
    reading = Reading(
        article=found.article,
        extraction=extract(
            annotator.annotate(found.article),
            ontology,
            extractors=settings.extractors,
            proposers=[model] if model is not None else (),
        ),
        warnings=found.warnings,
        model=f"{Path(annotator.name).name} {annotator.version}".strip(),
        verbatim=found.verbatim,
        llm=model.use if model is not None else None,
    )
    return Read(found.key, reading, found.sha256, to_bytes(reading))


def _cleaned(item: Source | RawPage, settings: Settings, digest: str) -> Cleaned | Skipped:
    from kg.read.clean import clean
    from kg.read.metadata import language_to_read

    max_chars = settings.max_chars
    page, key, sha256 = _page(item, max_chars, digest)
    article = clean(page)
    if len(article.text) > max_chars:  # of HTML only now is it known
        reason = f"its text exceeds {max_chars:,} characters; raise --max-chars"
        return Skipped(item.name, reason, TOO_LONG)
    language, notes = language_to_read(article)
    if language != _LANGUAGE:
        reason = f"its language is {language!r}; only English ({_LANGUAGE!r}) is read"
        return Skipped(item.name, reason, OTHER_LANGUAGE)
    warnings = (*page.warnings, *notes)
    return Cleaned(replace(article, name=NAMELESS), key, sha256, warnings, page.verbatim)


def _page(item: Source | RawPage, max_chars: int, digest: str) -> tuple[RawPage, str, str | None]:
    """The page of an input, the key of its reading and its digest, all of the same bytes."""
    from kg.read.load import Source, read_source, source_bytes
    from kg.state.keys import file_key, input_digest, odd_key, page_key

    if not isinstance(item, Source):
        return item, page_key(item, digest), input_digest(item, max_chars)
    data = source_bytes(item, max_chars)
    page = read_source(item, max_chars=max_chars, data=data)
    key = file_key(item, data, digest)
    key = odd_key(key, item) if page.warnings else key
    return page, key, input_digest(item, max_chars, data)


@cache
def _annotator(model: str | None) -> Annotator:
    """The model, once for each process."""
    from kg.read.annotate import load_annotator

    return load_annotator(model)


@cache
def _ontology(domain: str | Path, base_iri: str, digest: str) -> Ontology:
    """The domain, once for each process and state of its files, which `digest` tells."""
    return load_ontology(domain, base_iri=base_iri)
