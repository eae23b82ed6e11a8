"""`kg review`: questions to people about what was built."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import FOLDER, emit, example

__all__ = ["review_verb"]


@click.command(
    "review",
    epilog=example(
        "kg review out/",
        "kg review out/ --below 0.9 --at-most 200",
        'kg review out/ --about "Acme Corp"',
        "kg review out/ --out decisions.yaml",
        "kg build articles/ --out out/ --review decisions.yaml",
    ),
)
@click.argument("out", type=FOLDER)
@click.option(
    "--out",
    "path",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, review.yaml in OUT.",
)
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    help="Ask about facts of less confidence.  [default: 0.8]",
)
@click.option(
    "--at-most",
    type=click.IntRange(min=0),
    help="New questions of each kind; a note counts the others.  [default: 50]",
)
@click.option(
    "--about",
    multiple=True,
    metavar="NAME",
    help="Ask whether this entity is one thing in all articles, to take it apart; repeatable.",
)
def review_verb(
    out: Path, path: Path | None, below: float | None, at_most: int | None, about: tuple[str, ...]
) -> None:
    """Write what a build was not sure of to a YAML file of questions to people.

    OUT is the folder of a build. The file asks about uncertain merges and links and about the facts
    of least confidence, with the words of the articles. Answer `decision: yes` or `no` and build
    again: answers outrank every score. All that a person wrote to the file stays when it is written
    anew. An answer that fits nothing in the graph any more is marked, and told by each build.
    """
    from kg.pipeline import review_build
    from kg.review import AT_MOST, BELOW

    counts = review_build(
        out,
        path,
        below=BELOW if below is None else below,
        at_most=AT_MOST if at_most is None else at_most,
        about=about,
    )
    asked = ", ".join(f"{count} {name}" for name, count in counts.open.items())
    emit(f"open       {asked}" + (f"; {counts.left_out} more" if counts.left_out else ""))
    emit(f"decided    {counts.decided}, {counts.in_doubt} of them to be looked at again")
    emit(f"written to {path or out / 'review.yaml'}; answer in it, then build again")
