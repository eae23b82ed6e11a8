"""Inputs changed at random, the same for the same seed: what is done without atheris."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tools.fuzz.seeds import TOKENS, seeds_of

__all__ = ["changed", "mutants"]

_LONGEST = 20_000  # bytes
_CHANGES = (1, 1, 2, 3, 5, 8)


def mutants(target: str, seed: int) -> Iterator[bytes]:
    """Inputs of a target without end: its seeds, then changes of them."""
    seeds = seeds_of(target)
    yield from seeds
    rng = random.Random(f"{target} {seed}")  # noqa: S311 (no secret)
    while True:
        data = rng.choice(seeds)
        for _ in range(rng.choice(_CHANGES)):
            data = changed(data, seeds, rng)[:_LONGEST]
        yield data


def changed(data: bytes, seeds: tuple[bytes, ...], rng: random.Random) -> bytes:
    """The data with one thing done to it; `seeds` are other sound inputs of the target."""
    start = rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((1, 2, 8, 40, 300)))
    match rng.randrange(8):
        case 0:
            return data[:start] + rng.choice(TOKENS) + data[end:]
        case 1:
            return data[:start] + rng.choice(TOKENS) + data[start:]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:start] + data[start:end] * rng.choice((2, 3, 50)) + data[end:]
        case 4:
            return data[:start] + rng.randbytes(end - start) + data[end:]
        case 5:
            other = rng.choice(seeds)
            return data[:start] + other[rng.randint(0, len(other)) :]
        case 6:
            code = rng.randrange(0x110000)
            return data[:start] + chr(code).encode("utf-8", "surrogatepass") + data[start:]
        case _:
            return data[:start]
