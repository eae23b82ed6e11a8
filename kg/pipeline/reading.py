"""read → clean → annotate → extract for each article, unless its reading is known.

One article is seen at a time, in several processes where asked for; results are put back in the
order of names, so that neither the order of inputs nor the number of processes shows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError, ModelMissingError
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline.settings import Settings
from kg.report import FAILED, OTHER_LANGUAGE, TOO_LATE, TOO_LONG, Skipped
from kg.state.reading import NAMELESS, Reading, named
from kg.state.readings import Readings
from kg.workers import Lost, in_processes

if TYPE_CHECKING:
    from kg.llm.extractor import ModelReader
    from kg.read.annotate import Annotator
    from kg.read.load import Inputs, RawPage, Source, Unreadable

__all__ = ["Progress", "Read", "ReadArticles", "read_all"]

# Called after each article with: articles done, articles in all, name of the article.
Progress = Callable[[int, int, str], None]

_LANGUAGE = "en"  # of the frames and word lists of the packaged domains
_DIED = "the process that read it died (out of memory?); split the file"
_LATE = "reading it took longer than {:g} seconds; raise --timeout, or split the file"


@dataclass(frozen=True, slots=True)
class Read:
    """A reading under its key; it has the name of its article, or none yet."""

    key: str
    reading: Reading
    sha256: str | None  # of the input: `kg.state.keys.input_digest`


@dataclass(frozen=True, slots=True)
class ReadArticles:
    """What became of all inputs; both by name."""

    read: tuple[Read, ...]
    skipped: tuple[Skipped, ...]
    files: frozenset[str]  # names of the inputs that are one file each
    wanted: Mapping[str, str]  # name that another article had taken, by name
    unread: Mapping[str, str | None]  # `input_digest` of what was skipped, by name
    anew: int  # how many were not known before
    total: int  # inputs, read or skipped


_Input: TypeAlias = "Source | RawPage | Unreadable"
_Result: TypeAlias = "Read | Skipped"


def read_all(
    inputs: Inputs,
    settings: Settings,
    digest: str,
    known: Readings,
    *,
    llm: ModelReader | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> ReadArticles:
    """Every article, from what is known where it is.

    `digest` is what readings depend on besides the articles (`kg.state.keys.reading_digest`).
    With `llm` they are read in one process, in their order: its budget is one for all of them.
    """
    from kg.read.load import RawPage, Source
    from kg.state.keys import input_digest

    read: list[Read] = []
    skipped: list[Skipped] = []
    files: set[str] = set()
    wanted: dict[str, str] = {}
    unread: dict[str, str | None] = {}
    anew = total = 0
    results = _results(inputs, settings, digest, known, 1 if llm else processes, llm)
    for done, (item, result, is_new) in enumerate(results, start=1):
        if isinstance(item, Source):
            files.add(item.name)
        elif isinstance(item, RawPage) and item.wanted is not None:
            wanted[item.name] = item.wanted
        if isinstance(result, Skipped):
            skipped.append(result)
            unread[item.name] = input_digest(item, settings.max_chars)
        else:
            anew += is_new
            read.append(replace(result, reading=named(result.reading, item.name)))
        total = done
        if progress is not None:
            progress(done, inputs.total, item.name)
    read.sort(key=lambda r: r.reading.article.name)
    skipped.sort(key=lambda s: s.name)
    return ReadArticles(tuple(read), tuple(skipped), frozenset(files), wanted, unread, anew, total)


def _results(
    inputs: Iterable[_Input],
    settings: Settings,
    digest: str,
    known: Readings,
    processes: int,
    llm: ModelReader | None = None,
) -> Iterator[tuple[_Input, _Result, bool]]:
    """Each input, what became of it, and whether it was read anew; in the order they finish in."""
    found: deque[tuple[_Input, Read]] = deque()

    def unknown() -> Iterator[_Input]:
        for item in inputs:
            read = _known(item, settings, digest, known)
            if read is None:
                yield item
            else:
                found.append((item, read))

    def drained() -> Iterator[tuple[_Input, _Result, bool]]:
        while found:
            yield (*found.popleft(), False)

    for item, result in _fresh(unknown(), settings, digest, processes, llm):
        yield from drained()
        if isinstance(result, Read):
            known.add(result.key, result.reading)
        yield item, result, True
    yield from drained()


def _fresh(
    items: Iterable[_Input],
    settings: Settings,
    digest: str,
    processes: int,
    llm: ModelReader | None,
) -> Iterator[tuple[_Input, _Result]]:
    """Each input read anew; in several processes, in the order they finish in."""
    work = partial(_read, settings=settings, digest=digest)
    timeout = settings.timeout
    if llm is not None:
        work = partial(work, llm=llm)
    if processes <= 1 and timeout is None:
        for item in items:
            yield item, work(item)
        return
    prepare = partial(_prepare, settings, digest)
    for item, result in in_processes(work, items, processes, timeout=timeout, prepare=prepare):
        match result:
            case Lost.DIED:
                yield item, Skipped(item.name, _DIED, FAILED)
            case Lost.LATE:
                yield item, Skipped(item.name, _LATE.format(timeout), TOO_LATE)
            case _:
                yield item, result


def _prepare(settings: Settings, digest: str) -> None:
    """Loads what every article needs, so that it does not count against the time of the first."""
    import kg.extract
    import kg.read.clean  # noqa: F401

    _ontology(settings.domain, settings.base_iri, digest)
    _annotator(settings.model)


def _known(item: _Input, settings: Settings, digest: str, known: Readings) -> Read | None:
    """The reading of an input that was read before with the same settings, code and model."""
    from kg.read.load import Source, Unreadable, source_bytes
    from kg.state.keys import file_key, input_digest, odd_key, page_key

    if isinstance(item, Unreadable):
        return None
    data: bytes | None = None
    keys: tuple[str, ...]
    if isinstance(item, Source):
        try:
            data = source_bytes(item, settings.max_chars)
        except InputError:
            return None  # whoever reads it says why
        key = file_key(item, data, digest)
        keys = (key, odd_key(key, item))
    else:
        keys = (page_key(item, digest),)
    for key in keys:
        reading = known.get(key)
        # one that a language model had not answered all of is tried again, once a build
        if reading is not None and (reading.is_complete or not known.is_written(key)):
            return Read(key, reading, input_digest(item, settings.max_chars, data))
    return None


@cache
def _annotator(model: str | None) -> Annotator:
    """The model, once for each process."""
    from kg.read.annotate import load_annotator

    return load_annotator(model)


@cache
def _ontology(domain: str | Path, base_iri: str, digest: str) -> Ontology:
    """The domain, once for each process and state of its files, which `digest` tells."""
    return load_ontology(domain, base_iri=base_iri)


def _read(item: _Input, settings: Settings, digest: str, llm: ModelReader | None = None) -> _Result:
    """One article through the first four stages; what goes wrong in them skips this article only.

    A wrong setting (a model that is missing, a broken domain) is raised: it stops the build.
    """
    from kg.read.load import Unreadable

    if isinstance(item, Unreadable):
        return Skipped(item.name, item.reason)
    ontology = _ontology(settings.domain, settings.base_iri, digest)
    load = partial(_annotator, settings.model)
    try:
        return _read_with(load, ontology, item, settings, digest, llm)
    except InputError as error:
        return Skipped(item.name, str(error))
    except ModelMissingError:
        raise
    except Exception as error:  # a parser's ValueError, RecursionError ...: the others go on
        reason = f"cannot be processed: {type(error).__name__}: {error}"
        return Skipped(item.name, reason, FAILED)


def _read_with(
    load: Callable[[], Annotator],
    ontology: Ontology,
    item: Source | RawPage,
    settings: Settings,
    digest: str,
    llm: ModelReader | None,
) -> _Result:
    """The article without its name; the model is loaded only for a text that is to be read."""
    from kg.extract import extract
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
    article = replace(article, name=NAMELESS)
    annotator = load()
    model = llm.article() if llm is not None else None
    reading = Reading(
        article=article,
        extraction=extract(
            annotator.annotate(article),
            ontology,
            extractors=settings.extractors,
            proposers=[model] if model is not None else (),
        ),
        warnings=(*page.warnings, *notes),
        model=f"{Path(annotator.name).name} {annotator.version}".strip(),
        verbatim=page.verbatim,
        llm=model.use if model is not None else None,
    )
    return Read(key, reading, sha256)


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
