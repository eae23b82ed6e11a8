"""By what a load knows its own triples again in a default graph, which has no name to tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.rdf.terms import XSD

__all__ = ["Mark"]

_TEXT = re.compile(r"(\d{1,12})-([0-9a-f]{64})")
_BATCH = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """How many triples there are, and a digest of them that does not depend on their order."""

    count: int
    digest: str

    def __str__(self) -> str:
        return f"{self.count}-{self.digest}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark that gives this text; None where there is none."""
        found = _TEXT.fullmatch(text)
        return None if found is None else cls(int(found[1]), found[2])

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Mark:
        """The mark of these triples, of which each comes once; the names of blank nodes count.

        Stores write numbers and dates their own way ("1.0" as "1", a nonNegativeInteger as an
        integer), so each goes through a store here first. The sum of hashes needs no order and no
        memory; it is no guard against a forger.
        """
        count = total = 0
        left = iter(triples)
        while batch := list(islice(left, _BATCH)):
            count += len(batch)
            total += sum(map(_hash, _as_stored(batch)))
        return cls(count, f"{total % 2**256:064x}")


def _as_stored(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    store, values = ox.Store(), []
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and triple.object.datatype != XSD["string"]:
            values.append(ox.Quad(*triple))
        else:
            yield triple
    store.extend(values)
    for quad in store:
        yield quad.triple


def _hash(triple: ox.Triple) -> int:
    return int.from_bytes(hashlib.sha256(str(triple).encode("utf-8", "surrogatepass")).digest())
