"""What all verbs share: how errors end, how examples stand in the help, kinds of argument."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.errors import KgError
from kg.model.wording import printable

__all__ = ["FILE", "FOLDER", "KgGroup", "example", "tell"]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def example(*lines: str) -> str:
    """An epilog whose lines are not wrapped."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def tell(text: str) -> None:
    """Prints one line to standard error, whatever the names in it hold."""
    click.echo(printable(" ".join(text.split())), err=True)


class KgGroup(click.Group):
    """A group whose verbs need no try: a KgError becomes one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """What the verb returns."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(printable(" ".join(str(error).split()))) from error
