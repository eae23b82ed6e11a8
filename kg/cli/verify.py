"""`kg verify`: do the outputs belong to the inputs and the version they name?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import OUTPUTS, emit, example, printed_as

__all__ = ["verify_verb"]


@click.command(
    "verify",
    epilog=example(
        "kg verify out/", "kg verify out/ articles/", "kg verify out/ articles/ --rebuild"
    ),
)
@click.argument("out", type=OUTPUTS)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--url", "urls", multiple=True, metavar="URL", help="Fetch this page; repeatable.")
@click.option("--rebuild", is_flag=True, help="Build again from PATH and compare the bytes.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="Reading at once, with --rebuild.",
)
@printed_as("text", "json", help="How the outcome is printed.")
@click.pass_context
def verify_verb(
    ctx: click.Context,
    out: Path,
    paths: tuple[str, ...],
    urls: tuple[str, ...],
    rebuild: bool,
    processes: int,
    output: str,
) -> None:
    """Check that outputs belong to the inputs and the version they name.

    OUT is a folder that `kg build` wrote; its manifest.json names the SHA-256 of every input and
    output, and version, model, domain and options. PATH are the articles, as they were given to
    `kg build`; without them the inputs are not compared. Shows what was altered, is missing or
    extra; --rebuild makes the outputs again in a temporary folder and asks no language model. The
    exit code is 0 when all is as the manifest says, else 1. The manifest is not signed: keep the
    digest that is printed where nobody can change it.
    """
    from kg.verify import verify_build

    found = verify_build(out, paths, urls=urls, rebuild=rebuild, processes=processes)
    emit(found.to_json() if output == "json" else found.to_text(), nl=False)
    ctx.exit(0 if found.holds else 1)
