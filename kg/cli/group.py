"""What all verbs share: how errors end, how examples stand in the help, kinds of argument."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from kg.errors import KgError
from kg.model.wording import printable

__all__ = [
    "ANY_OUTPUT",
    "FILE",
    "FOLDER",
    "KEEPS_NOTHING",
    "OUTPUT",
    "OUTPUTS",
    "KgGroup",
    "TerminatedError",
    "emit",
    "example",
    "finished",
    "printed_as",
    "tell",
]

KEEPS_NOTHING = "kg keeps nothing"
"""Key of `ctx.meta`: a verb that is stopped has kept nothing that the next run could use."""

FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)


def finished(path: Path) -> Path:
    """The path of outputs, after a change that a run which was killed began there is finished.

    A folder, or a file in one. Raises InputError where it stays half done.
    """
    from kg.export.changes import finish_changes

    finish_changes(path if path.is_dir() else path.parent)
    return path


class _Outputs(click.Path):
    """As click.Path, for what a build has written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises InputError as `finished`."""
        return finished(Path(str(super().convert(value, param, ctx))))


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUTPUT, OUTPUTS = _Outputs(exists=True, dir_okay=False), _Outputs(exists=True, file_okay=False)
ANY_OUTPUT = _Outputs(exists=True)


def example(*lines: str) -> str:
    """An epilog whose lines are not wrapped."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def printed_as(*forms: str, help: str) -> Callable[[FC], FC]:
    """The option --format, given to the verb as `output`; the first form is the default."""
    choice = click.Choice(forms)
    return click.option(
        "--format", "output", default=forms[0], show_default=True, type=choice, help=help
    )


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def emit(text: str, *, nl: bool = True, err: bool = False) -> None:
    """Prints what a verb says: as it is to a file or pipe, on a terminal nothing that steers it.

    Every verb prints through this, since any word may come from an article.
    """
    if _is_terminal(sys.stderr if err else sys.stdout):
        text = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)
    click.echo(text, nl=nl, err=err)


def tell(text: str) -> None:
    """Prints one line to standard error, whatever the names in it hold."""
    click.echo(printable(" ".join(text.split())), err=True)


class TerminatedError(KeyboardInterrupt):
    """The process was asked to end: as Ctrl-C, with another exit code."""

    how = "SIGTERM"


class KgGroup(click.Group):
    """A group whose verbs need no try: a KgError becomes one line on stderr and exit code 1.

    `homes` names verbs that are imported when they are called or their own help is: the name of
    each, the module and the command in it ("kg.cli.ask:ask_verb"), and the first sentence of its
    help, so that the help of the group imports none of them.
    """

    def __init__(
        self, *arguments: Any, homes: Mapping[str, tuple[str, str]] | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.homes = dict(homes or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all verbs, sorted."""
        return sorted({*super().list_commands(ctx), *self.homes})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, imported; None where there is none."""
        if cmd_name in self.homes and cmd_name not in self.commands:
            module, name = self.homes[cmd_name][0].split(":")
            self.add_command(getattr(import_module(module), name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of verbs into the help, without importing those of `homes`."""
        if not self.homes:
            super().format_commands(ctx, formatter)
            return
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [
            (name, click.Command(name, help=self.homes[name][1]).get_short_help_str(limit))
            for name in names
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """What the verb returns."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(printable(" ".join(str(error).split()))) from error
        except KeyboardInterrupt as error:
            how, code = (error.how, 143) if isinstance(error, TerminatedError) else ("Ctrl-C", 130)
            again = "begins anew" if ctx.meta.get(KEEPS_NOTHING) else "goes on from here"
            tell(f"Stopped by {how}; the same command again {again}.")
            ctx.exit(code)
