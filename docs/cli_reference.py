"""Writes docs/cli.md from the help texts of the command line: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli import cli

TARGET = Path(__file__).with_name("cli.md")
WIDTH = 90


def reference() -> str:
    """The text of docs/cli.md: each command with its help, in the order of the help."""
    parts = ["# Command line\n\nWritten by `make docs`; edit the help texts in `kg/cli.py`.\n"]
    parts += [f"## `{path}`\n\n```\n{text}\n```\n" for path, text in _helps(cli, "kg", None)]
    return "\n".join(parts)


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    settings = command.context_settings | {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _helps(found, child, context)


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
