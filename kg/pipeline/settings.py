"""What a build depends on besides its articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.ontology.domain import DEFAULT_BASE_IRI, DEFAULT_DOMAIN, domain_names
from kg.read.page import MAX_CHARS
from kg.state.record import BuildRecord

__all__ = ["Settings", "recorded_domain", "settings_of"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build depends on besides its articles."""

    domain: str | Path = DEFAULT_DOMAIN
    base_iri: str = DEFAULT_BASE_IRI
    model: str | None = None  # None: the packaged small English one
    max_chars: int = MAX_CHARS  # of one article
    allow_private: bool = False  # whether addresses of this machine and network may be fetched
    min_confidence: float = 0.0  # facts of less are left out, and counted as rejected
    built_at: str | None = None  # ISO 8601 date and time that the graph says it was built at


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
    )
