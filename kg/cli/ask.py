"""`kg ask`: the questions of the domain, by name."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.group import emit, example, finished, printed_as
from kg.cli.limits import ended_after, timed

__all__ = ["ask_verb"]

_CELL = 60  # characters of a cell of a table; csv and json give all


@click.command(
    "ask",
    epilog=example(
        "kg ask --list out/",
        "kg ask who-sponsors-what out/",
        'kg ask who-is-who out/ --entity "Jane Roe"',
        "kg ask who-said-what out/ --param words=profit --show",
    ),
)
@click.argument("words", nargs=-1, metavar="[QUESTION] OUT")
@click.option("--list", "listed", is_flag=True, help="List the questions, one a line.")
@click.option("--entity", help="Ask about this entity only: a name or an IRI.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter's value.")
@click.option("--show", is_flag=True, help="Print the query, for any SPARQL store, instead.")
@click.option("--domain", help="Take the questions of this domain or domain folder.")
@printed_as("table", "csv", "json", help="How the rows are printed; a table cuts long cells.")
@timed
def ask_verb(
    words: tuple[str, ...],
    listed: bool,
    entity: str | None,
    params: tuple[str, ...],
    show: bool,
    domain: str | None,
    output: str,
    timeout: float,
) -> None:
    """Ask a built graph one of the questions that come with its domain.

    OUT is the folder of a build, or a graph file. Without a QUESTION, or with --list, the questions
    are listed with what they ask.
    """
    if not words or len(words) > 2 or (listed and len(words) > 1):
        raise click.UsageError("give a QUESTION and OUT, or --list and OUT")
    from kg.ask import ask, graph_of, questions_of
    from kg.errors import UnknownNameError
    from kg.model.wording import close_names

    graph = graph_of(finished(Path(words[-1])))
    questions = questions_of(graph, domain)
    if len(words) == 1:
        width = max((len(name) for name in questions), default=0)
        for name, found in questions.items():
            emit(f"{name.ljust(width)}  {found.question}")
        return
    if words[0] not in questions:
        raise UnknownNameError("question", words[0], close_names(words[0], questions))
    question = questions[words[0]]
    values = dict(_value(param) for param in params)
    if entity is not None:
        values["entity"] = entity
    if show:
        from kg.rdf.queries import with_prefixes

        emit(with_prefixes(question.with_values(values), graph.prefixes), nl=False)
        return
    with ended_after(timeout):
        result = ask(graph, question, values)
    if output == "table":
        emit(result.to_table(_CELL), nl=False)
    else:
        emit(result.to_csv() if output == "csv" else result.to_json(), nl=False)


def _value(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--param {param!r}: give NAME=VALUE, as words=profit")
    return name, value
