"""What all verbs share: how errors end, how examples stand in the help, kinds of argument."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import KgError
from kg.model.wording import printable

__all__ = ["FILE", "FOLDER", "KgGroup", "example", "printed_as", "tell"]

FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def example(*lines: str) -> str:
    """An epilog whose lines are not wrapped."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def printed_as(*forms: str, help: str) -> Callable[[FC], FC]:
    """The option --format, given to the verb as `output`; the first form is the default."""
    choice = click.Choice(forms)
    return click.option(
        "--format", "output", default=forms[0], show_default=True, type=choice, help=help
    )


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
