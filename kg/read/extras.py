"""Libraries that only some formats need, and what to type where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import InputError

__all__ = ["load_extra"]


def load_extra(module: str, extra: str, what: str) -> Any:
    """The module, imported. Raises InputError, with the command that installs it, without it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise InputError(
            f"{what} needs the library {module.partition('.')[0]}, which is not installed; "
            f"type: python -m pip install 'newskg[{extra}]'"
        ) from error
