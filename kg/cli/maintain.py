"""`kg remove` and `kg diff`: graphs that change, and how two of them differ."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import FOLDER, emit, example, finished, printed_as, tell
from kg.errors import KgError
from kg.model.wording import printable

__all__ = ["diff_verb", "remove_verb"]

_DIFFERENT = 1


class _Trouble(click.ClickException):
    """An error of `kg diff`; as with diff(1), a script can tell it from a difference."""

    exit_code = 2


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
        tell(f"Note: {out / name} is not of a build and still names it")
    if not quiet:
        emit(report.summary())
        emit(printable(f"removed from {out}: {', '.join(articles)}"))
    ctx.exit(0 if report.conforms else 1)


@click.command(
    "diff", epilog=example("kg diff before/ after/", "kg diff a/facts.jsonl b/ --format json")
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@printed_as("text", "json", help="How the difference is printed.")
@click.option(
    "--tolerance",
    default=0.005,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Confidences that differ by no more are the same.",
)
@click.pass_context
def diff_verb(ctx: click.Context, a: Path, b: Path, output: str, tolerance: float) -> None:
    """Tell two builds apart in facts.

    A and B are folders of builds, or facts.jsonl files. Shows facts that were added, removed or
    changed (stance, speaker, confidence, sources, qualifiers, evidence), and entities that
    appeared, vanished, were merged, split or renamed. The exit code is 0 when the two say the same,
    1 when they differ, 2 when one cannot be read.
    """
    from kg.diff import diff_builds, to_json, to_text

    try:
        found = diff_builds(finished(a), finished(b), tolerance=tolerance)
    except KgError as error:
        raise _Trouble(" ".join(str(error).split())) from error
    emit((to_json if output == "json" else to_text)(found), nl=False)
    ctx.exit(0 if found.is_empty else _DIFFERENT)
