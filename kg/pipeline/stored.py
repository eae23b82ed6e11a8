"""The graph of a folder that a build wrote, without its articles and without a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, KgError
from kg.export.changes import finish_changes
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, load_ontology
from kg.pipeline.assembly import assemble
from kg.pipeline.decisions import all_decisions
from kg.pipeline.settings import Settings, settings_of
from kg.state.keys import code_digest, domain_digest
from kg.state.reading import Reading, named
from kg.state.readings import Readings
from kg.state.record import BuildRecord, load_record

__all__ = ["Stored", "load_graph", "load_stored"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What an earlier build left."""

    record: BuildRecord
    settings: Settings
    ontology: Ontology
    readings: dict[str, Reading]  # without names, by key
    known: Readings


def load_graph(out: str | Path) -> tuple[KnowledgeGraph, Ontology]:
    """The graph that the build in `out` gave, made again of what it kept, and its ontology.

    Decisions and links that lie in `out` by now are heeded as a build heeds them. Raises InputError
    where no build wrote to `out`, or where its readings are damaged or no longer hold since the
    domain or the code has changed.
    """
    stored = load_stored(Path(out))
    readings = [named(stored.readings[a.key], a.name) for a in stored.record.articles]
    decisions = all_decisions(Path(out), stored.record.decisions)
    graph = assemble(readings, stored.ontology, stored.settings, decisions).graph
    return graph, stored.ontology


def load_stored(out: Path) -> Stored:
    """The readings of a build and what they hold for. Raises InputError as `load_graph` does.

    What a build that was killed had begun to write is finished first.
    """
    finish_changes(out)
    record = load_record(out)
    ontology = _ontology(out, record)
    if record.code != code_digest():
        raise InputError(
            f"{out} was built with another version of kg or of its libraries; "
            "run `kg build` again into it"
        )
    known = Readings(out)
    readings: dict[str, Reading] = {}
    for used in record.articles:
        reading = known.get(used.key)
        if reading is None:
            raise InputError(
                f"{out}: what was read of {used.name} is missing or damaged; "
                "run `kg build` again into it"
            )
        readings[used.key] = reading
    return Stored(record, settings_of(record), ontology, readings, known)


def _ontology(out: Path, record: BuildRecord) -> Ontology:
    try:
        ontology = load_ontology(record.domain, base_iri=record.base_iri)
    except KgError as error:
        raise InputError(
            f"{out}: the domain it was built with cannot be loaded ({error}); put the domain back, "
            "or run `kg build` again with another"
        ) from error
    if domain_digest(ontology) != record.domain_digest:
        raise InputError(
            f"{out}: the domain {record.domain} has changed since it was built; "
            "run `kg build` again into it"
        )
    return ontology
