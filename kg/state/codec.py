"""Records of the model as JSON and back, by their type hints; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

__all__ = ["decode", "encode", "from_bytes", "to_bytes"]

Record = TypeVar("Record")

_PLAIN = (str, int, float, bool)


def to_bytes(record: object) -> bytes:
    """The JSON of `record`, keys sorted; the same bytes for equal records.

    Lone surrogates, which a broken page may hold, stay what they are: escaped as JSON does it, two
    that happen to stand side by side would come back as one character.
    """
    text = json.dumps(
        encode(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8", "surrogatepass")


def from_bytes(data: bytes, kind: type[Record]) -> Record:
    """The record that `to_bytes` was given. Raises ValueError for anything else."""
    try:
        found = decode(json.loads(data.decode("utf-8", "surrogatepass")), kind)
    except RecursionError as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error
    if not isinstance(found, kind):
        raise ValueError(f"not a {kind.__name__}")
    return found


def encode(value: Any) -> Any:
    """The value with records as objects, enumerations as their values and tuples as lists."""
    return _encoder(value.__class__)(value)


def decode(value: Any, kind: Any) -> Any:
    """The value that `encode` was given, of the type `kind`. Raises ValueError for another."""
    return _decoder(kind)(value)


_Encoder = Callable[[Any], Any]
_Decoder = Callable[[Any], Any]


@cache
def _encoder(kind: Any) -> _Encoder:
    """The function that makes JSON of the values of one type."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, (*_PLAIN, NoneType)):
        return lambda value: value
    if issubclass(kind, (tuple, list)):
        return lambda value: [_encoder(item.__class__)(item) for item in value]
    if issubclass(kind, dict):
        return lambda value: {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(kind):
        names = [item.name for item in fields(kind)]
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    raise TypeError(f"no JSON for a {kind.__name__}")


@cache
def _decoder(kind: Any) -> _Decoder:
    """The function that makes a value of one type out of JSON."""
    if kind in (*_PLAIN, NoneType):
        return _exactly(kind)
    if get_origin(kind) in (Union, UnionType):
        return _one_of(get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if get_origin(kind) is dict:
        return _dict(get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    raise TypeError(f"no reader for {kind!r}")


def _exactly(kind: type) -> _Decoder:
    def read(value: Any) -> Any:
        if type(value) is not kind:  # True is no number here
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return read


def _one_of(kinds: tuple[Any, ...]) -> _Decoder:
    readers: dict[type, list[_Decoder]] = {}  # by the type that JSON has for the values
    for kind in kinds:
        readers.setdefault(_json_type(kind), []).append(_decoder(kind))

    def read(value: Any) -> Any:
        for reader in readers.get(type(value), ()):
            try:
                return reader(value)
            except ValueError:
                continue
        raise ValueError("none of the types that may stand here")

    return read


def _json_type(kind: Any) -> type:
    if get_origin(kind) is tuple:
        return list
    if isinstance(kind, type) and issubclass(kind, Enum):
        return type(next(iter(kind)).value)
    return kind if kind in (*_PLAIN, NoneType) else dict


def _tuple(kinds: tuple[Any, ...]) -> _Decoder:
    readers = [_decoder(kind) for kind in kinds if kind is not Ellipsis]
    many = Ellipsis in kinds

    def read(value: Any) -> Any:
        if not isinstance(value, list) or not (many or len(value) == len(readers)):
            raise ValueError("no list of the right length")
        if many:
            return tuple(map(readers[0], value))
        return tuple(reader(item) for reader, item in zip(readers, value, strict=True))

    return read


def _dict(kind: Any) -> _Decoder:
    reader = _decoder(kind)

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("no object")
        return {key: reader(item) for key, item in value.items()}

    return read


def _record(kind: type) -> _Decoder:
    hints = get_type_hints(kind)
    readers = {item.name: _decoder(hints[item.name]) for item in fields(kind)}
    in_order = tuple(readers.items())

    def read(value: Any) -> Any:
        if not isinstance(value, dict) or value.keys() != readers.keys():
            raise ValueError(f"no {kind.__name__}")
        return kind(*[reader(value[name]) for name, reader in in_order])

    return read
