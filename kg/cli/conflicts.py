"""`kg conflicts`: what does not fit together in what was built."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import OUTPUTS, emit, example, printed_as
from kg.model.discrepancy import DiscrepancyKind

__all__ = ["conflicts_verb"]


@click.command(
    "conflicts", epilog=example("kg conflicts out/", "kg conflicts out/ --kind typo --kind time")
)
@click.argument("out", type=OUTPUTS)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([str(kind) for kind in DiscrepancyKind]),
    help="Only discrepancies of this kind; may be given more than once.",
)
@printed_as("text", "json", help="How they are printed.")
def conflicts_verb(out: Path, kinds: tuple[str, ...], output: str) -> None:
    """List what does not fit together: conflicts, denials, slips, misspelt names.

    OUT is the folder of a build. Each is shown with the words of both sides; nothing is decided.
    The exit code is 0 whether any are found or not.
    """
    from kg.conflicts import list_conflicts

    emit(list_conflicts(out, kinds=kinds, as_json=output == "json"), nl=False)
