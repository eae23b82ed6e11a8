"""An engine that keeps everything in lists, in another order each time it is asked."""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.engine.flow import GroupStep, Step

PARTS = 3


class MemoryFlow:
    """Parts and values come shuffled, as those of many machines do; records are pickled."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def made(self, records: Iterable[Any]) -> list[list[Any]]:
        records = list(records)
        return [records[n::PARTS] for n in range(PARTS)]

    def mapped(self, step: Step, *data: list[list[Any]]) -> Mapping[str, list[list[Any]]]:
        return self._outputs(step(iter(part)) for part in self.joined(*data))

    def grouped(self, step: GroupStep, *data: list[list[Any]]) -> Mapping[str, list[list[Any]]]:
        values: dict[str, list[list[Any]]] = defaultdict(lambda: [[] for _ in data])
        for side, parts in enumerate(data):
            for key, value in self.records(parts):
                values[key][side].append(value)
        keys = list(values)
        self._random.shuffle(keys)
        for key in keys:
            for those in values[key]:
                self._random.shuffle(those)
        return self._outputs(step(key, values[key]) for key in keys)

    def joined(self, *data: list[list[Any]]) -> list[list[Any]]:
        return [part for parts in data for part in parts]

    def gathered(self, data: list[list[Any]]) -> list[list[Any]]:
        return [list(self.records(data))]

    def records(self, data: list[list[Any]]) -> Iterator[Any]:
        return (record for part in data for record in part)

    def drop(self, *data: list[list[Any]]) -> None:
        pass

    def _outputs(self, given: Iterable[Iterable[tuple[str, Any]]]) -> Mapping[str, list[list[Any]]]:
        found: dict[str, list[list[Any]]] = defaultdict(lambda: [[] for _ in range(PARTS)])
        for part in given:
            for name, record in part:
                sent = pickle.loads(pickle.dumps(record))  # noqa: S301
                found[name][self._random.randrange(PARTS)].append(sent)
        return found
