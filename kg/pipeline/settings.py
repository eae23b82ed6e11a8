"""What a build depends on besides its articles."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import InputError
from kg.llm.settings import LlmSettings
from kg.model.extractor import ALWAYS, LLM, checked_extractors
from kg.ontology.domain import DEFAULT_BASE_IRI, DEFAULT_DOMAIN, domain_names
from kg.read.page import MAX_CHARS
from kg.state.record import BuildRecord

__all__ = [
    "Settings",
    "extractor_names",
    "moment",
    "recorded_domain",
    "settings_of",
    "settled",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build depends on besides its articles."""

    domain: str | Path = DEFAULT_DOMAIN
    base_iri: str = DEFAULT_BASE_IRI
    model: str | None = None  # None: the packaged small English one
    max_chars: int = MAX_CHARS  # of one article
    allow_private: bool = False  # whether addresses of this machine and network may be fetched
    min_confidence: float = 0.0  # facts of less are left out, and counted as rejected
    built_at: str | None = None  # date and time that the graph says it was built at: `moment`
    page_text: bool = True  # whether the page holds the text of articles, not their quotes only
    extractors: tuple[str, ...] = ()  # names of kg.model.extractor; none: all that can run
    llm: LlmSettings | None = None  # None: no language model is asked
    timeout: float | None = None  # seconds that reading one article may take


def settled(settings: Settings) -> Settings:
    """The settings with what follows from them filled in: the extractors, the time of the build.

    Raises InputError for unknown extractors, and for a language model that is asked for by one of
    the two settings and not by the other.
    """
    if settings.timeout is not None and not 0 < settings.timeout < math.inf:
        raise InputError(f"--timeout {settings.timeout:g} is no number of seconds; give 60, say")
    usual = ALWAYS if settings.llm is None else (*ALWAYS, LLM)
    extractors = checked_extractors(settings.extractors or usual)
    if LLM in extractors and settings.llm is None:
        raise InputError("--extractors names llm, but no model is given; add --llm and --llm-model")
    if LLM not in extractors and settings.llm is not None:
        raise InputError(
            "--llm is given, but --extractors does not name llm; add it, or drop --llm"
        )
    return replace(settings, built_at=moment(settings.built_at), extractors=extractors)


def extractor_names(asked: Iterable[str] | str | None) -> tuple[str, ...]:
    """The names of extractors as they are asked for, in a row or in one string with commas.

    >>> extractor_names("rules, llm")
    ('rules', 'llm')
    """
    names = asked.split(",") if isinstance(asked, str) else asked or ()
    return tuple(map(str.strip, names))


def moment(when: str | None) -> str | None:
    """A date and time in UTC to the second, as XML Schema writes it; None for None.

    `when` is ISO 8601, in UTC where it names no time zone, or "now": the clock, or the environment
    variable SOURCE_DATE_EPOCH where it is set. Raises InputError for anything else.
    Source: https://reproducible-builds.org/specs/source-date-epoch/

    >>> moment("2027-05-04T14:00+02:00")
    '2027-05-04T12:00:00Z'
    """
    if when is None:
        return None
    try:
        found = _now() if when == "now" else datetime.fromisoformat(when)
        if "T" not in when.upper() and when != "now" and " " not in when:
            raise ValueError("a day without a time")
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"{when!r} is no time of a build ({error}); write it as 2027-05-04T12:00:00Z, "
            "or say now"
        ) from None
    return found.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _now() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def recorded_domain(settings: Settings) -> str:
    """The domain as a later run finds it from any folder."""
    name = str(settings.domain)
    return name if name in domain_names() else str(Path(name).resolve())


def settings_of(record: BuildRecord) -> Settings:
    """The settings that a build was made with; nothing may be fetched with them."""
    return Settings(
        domain=record.domain,
        base_iri=record.base_iri,
        model=record.model,
        max_chars=record.max_chars,
        min_confidence=record.min_confidence,
        built_at=record.built_at,
        page_text=record.page_text,
        extractors=record.extractors,
        llm=None
        if record.llm_model is None
        else LlmSettings("", record.llm_model, price=record.llm_price),
    )
