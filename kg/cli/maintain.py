"""`kg remove` and `kg diff`: graphs that change, and how two of them differ."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import FOLDER, example

__all__ = ["remove_verb"]


@click.command(
    "remove", epilog=example("kg remove out/ retracted.txt", "kg remove out/ a.html b.html")
)
@click.argument("out", type=FOLDER)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def remove_verb(ctx: click.Context, out: Path, articles: tuple[str, ...], quiet: bool) -> None:
    """Take articles out of a built graph.

    OUT is a folder that `kg build` wrote, ARTICLE the name that report.json and evidence call an
    article by. Afterwards the folder is what a build without them would have written, made of what
    is kept in it: neither the sources nor the language model are needed. Files that no build wrote
    stay as they are. Take the article out of your sources too, or the next build brings it back.
    """
    from kg.pipeline import remove_articles, still_naming

    _, report = remove_articles(out, articles)
    for name in still_naming(out, articles):
        click.echo(f"Note: {out / name} is not of a build and still names it", err=True)
    if not quiet:
        click.echo(report.summary())
        click.echo(f"removed from {out}: {', '.join(articles)}")
    ctx.exit(0 if report.conforms else 1)
