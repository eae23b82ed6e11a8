"""Everything the package raises on purpose.

KgError
├── InputError          an article cannot be read, or an output cannot be written
├── OntologyError       a domain folder is broken
├── ModelMissingError   the language model is not installed
├── UnknownNameError    a domain, exporter or entity nobody knows; lists the known ones
├── LoadError           a store does not take the graph, or stops half-way
├── QueryError          a SPARQL query that does not parse or cannot be run
│   ├── QueryTimeoutError     it ran into its time limit and was ended
│   ├── QueryMemoryError      its process ended, most likely for want of memory
│   ├── AnswerTooLargeError   more rows or bytes than are handed out
│   ├── UnfitFormatError      its answer cannot be written in the format asked for
│   └── BusyError             all workers had other queries; try again
└── InvalidGraphError   a graph that breaks the shapes of its ontology

A message says what happened, where, and what to do, in one sentence or two; the command line shows
it as it is and exits with 1.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "AnswerTooLargeError",
    "BusyError",
    "InputError",
    "InvalidGraphError",
    "KgError",
    "LoadError",
    "ModelMissingError",
    "OntologyError",
    "QueryError",
    "QueryMemoryError",
    "QueryTimeoutError",
    "UnfitFormatError",
    "UnknownNameError",
]


class KgError(Exception):
    """Base of all errors of this package; its text is meant for the user."""


class InputError(KgError):
    """One input cannot be read, or one output cannot be written."""


class OntologyError(KgError):
    """A domain folder cannot be used as it is."""


class ModelMissingError(KgError):
    """The spaCy pipeline asked for is not installed."""


class UnknownNameError(KgError):
    """A name that is not among the known ones; the message lists them."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = ", ".join(sorted(known)) or "none"
        super().__init__(f"no {what} named {name!r}; there are: {names}")
        self._made_of = (what, name, tuple(known))

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, str, tuple[str, ...]]]:
        """Pickles by what it was made of, so that it crosses from a worker process."""
        return type(self), self._made_of


class LoadError(KgError):
    """A store that cannot be reached, refuses the graph, or stops half-way."""


class QueryError(KgError):
    """A SPARQL query that does not parse, or that the engine cannot answer."""


class QueryTimeoutError(QueryError):
    """A query that ran into its time limit and was ended."""


class QueryMemoryError(QueryError):
    """A query whose process ended before it answered, most likely for want of memory."""


class AnswerTooLargeError(QueryError):
    """An answer of more rows or bytes than are handed out; nothing is cut off silently."""


class UnfitFormatError(QueryError):
    """An answer that cannot be written in any format the caller takes."""


class BusyError(QueryError):
    """No worker was free to answer in time."""


class InvalidGraphError(KgError):
    """The graph does not conform to the shapes of its ontology."""
