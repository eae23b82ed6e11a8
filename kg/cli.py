"""The command line: each verb is one call of the library. Parse, call, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kg.errors import KgError, QueryError
from kg.read.page import MAX_CHARS

__all__ = ["cli", "main"]

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _example(*lines: str) -> str:
    """An epilog whose lines are not wrapped."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


class KgGroup(click.Group):
    """A group whose verbs need no try: a KgError becomes one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """What the verb returns."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(" ".join(str(error).split())) from error


@click.group(
    cls=KgGroup,
    context_settings=_SETTINGS,
    epilog=_example("kg build articles/ --out out/", 'kg show out/facts.jsonl "Acme Corp"'),
)
@click.version_option(package_name="newskg", prog_name="kg")
def cli() -> None:
    """Turn press articles into a knowledge graph: typed facts, each with the words that say it."""


@cli.command(
    "build",
    epilog=_example(
        "kg build article.txt pages/ --out out/",
        "kg build 'news/**/*.pdf' corpus.jsonl --max-chars 100000",
        "kg build - < article.txt",
        "kg build --url https://example.org/news/1.html",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--url", "urls", multiple=True, metavar="URL", help="Fetch this page; repeatable.")
@click.option(
    "--allow-private", is_flag=True, help="Fetch from addresses of this machine and network too."
)
@click.option(
    "--max-chars",
    default=MAX_CHARS,
    show_default=True,
    type=click.IntRange(min=1),
    help="Skip articles that are longer.",
)
@click.option("--out", default="out", show_default=True, help="Folder that the graph goes to.")
@click.option("--domain", default="olympics", show_default=True, help="Domain, by name or folder.")
@click.option("--base-iri", help="What the IRIs of the graph begin with; ends in / or #.")
@click.option("--model", help="Another installed spaCy pipeline for English.")
@click.option(
    "--min-confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out facts that are less likely to be right; see docs/quality.md.",
)
@click.option(
    "--processes", default=1, show_default=True, type=click.IntRange(min=1), help="Reading at once."
)
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def build_verb(
    ctx: click.Context,
    paths: tuple[str, ...],
    urls: tuple[str, ...],
    allow_private: bool,
    max_chars: int,
    out: str,
    domain: str,
    base_iri: str | None,
    model: str | None,
    min_confidence: float,
    processes: int,
    quiet: bool,
) -> None:
    """Build the graph of press articles.

    PATH is a file (.txt .md .html .pdf, .jsonl, .warc, RSS or Atom), a folder, a quoted pattern or
    - for standard input; nothing is fetched but each --url. Writes facts.jsonl, graph.ttl,
    graph.trig, graph.html, graph.graphml and report.json, all of them or none. The exit code is 0
    only when every article was read and the graph conforms to the shapes of its domain.
    """
    if not paths and not urls:
        raise click.UsageError("Missing argument 'PATH...', or give --url.")
    from kg.ontology.domain import DEFAULT_BASE_IRI
    from kg.pipeline import Settings, build_with_report

    settings = Settings(
        domain,
        base_iri or DEFAULT_BASE_IRI,
        model,
        max_chars=max_chars,
        allow_private=allow_private,
        min_confidence=min_confidence,
    )
    with _progress(quiet) as progress:
        _, report = build_with_report(
            paths, settings, urls=urls, out=out, processes=processes, progress=progress
        )
    if quiet:
        for skipped in report.skipped:
            click.echo(f"Skipped: {skipped.name}: {skipped.reason}", err=True)
    else:
        click.echo(report.summary())
        click.echo(f"written to {out}; open {Path(out, 'graph.html')} in a browser")
    ctx.exit(0 if report.is_complete else 1)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar on a terminal, a line for each article elsewhere, nothing when quiet."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with click.progressbar(
            length=1, label="Reading", file=sys.stderr, item_show_func=lambda name: name
        ) as bar:

            def advance(done: int, total: int, name: str) -> None:
                bar.length = total
                bar.update(1, name)

            yield advance
    else:
        yield lambda done, total, name: click.echo(f"{done}/{total} {name}", err=True)


@cli.command(
    "query", epilog=_example("kg query out/graph.ttl 'SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5'")
)
@click.argument("graph", type=_FILE)
@click.argument("query", required=False)
@click.option("--file", "query_file", type=_FILE, help="Read the query from this file.")
@click.option(
    "--format",
    "output",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "json"]),
    help="How the rows are printed.",
)
def query_verb(graph: Path, query: str | None, query_file: Path | None, output: str) -> None:
    """Ask a written graph a question in SPARQL 1.1.

    GRAPH is graph.ttl or graph.trig; give the QUERY or --file.
    """
    if (query is None) == (query_file is None):
        raise click.UsageError("give either a QUERY or --file, and not both")
    from kg.rdf.store import run_query

    result = run_query(graph, _read_query(query_file) if query_file else query or "")
    render = {"table": result.to_table, "csv": result.to_csv, "json": result.to_json}[output]
    click.echo(render(), nl=False)


def _read_query(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{path} is not UTF-8 ({error}); save it again as UTF-8") from error


@cli.command("evaluate", epilog=_example("kg evaluate out/facts.jsonl gold/ --min-f1 0.8"))
@click.argument("facts", type=_FILE)
@click.argument("gold_dir", type=_FOLDER)
@click.option("--article", "articles", multiple=True, help="Score this article only; repeatable.")
@click.option(
    "--format",
    "output",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json"]),
    help="How the scores are printed.",
)
@click.option(
    "--domain",
    default="olympics",
    show_default=True,
    help="Domain whose class tree types are judged by; a name or a folder.",
)
@click.option(
    "--min-f1", type=click.FloatRange(0, 1), help="Exit with 1 when the overall F1 is below."
)
@click.pass_context
def evaluate_verb(
    ctx: click.Context,
    facts: Path,
    gold_dir: Path,
    articles: tuple[str, ...],
    output: str,
    domain: str,
    min_f1: float | None,
) -> None:
    """Score facts.jsonl against facts that a person wrote down.

    Prints precision, recall and F1 by article and by predicate, and how often stance, speaker,
    evidence and entity types of the found facts are right.
    """
    from kg.evaluate import evaluate
    from kg.ontology.domain import load_ontology

    is_a = load_ontology(domain).is_a
    result = evaluate(facts, gold_dir, articles=articles or None, is_a=is_a)
    if output == "json":
        click.echo(json.dumps(result.to_json(), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo(result.to_table(), nl=False)
    if min_f1 is not None and result.overall.f1 < min_f1:
        click.echo(f"Error: F1 is {result.overall.f1:.3f}, below {min_f1}", err=True)
        ctx.exit(1)


@cli.command("show", epilog=_example('kg show out/facts.jsonl "Acme Corp"'))
@click.argument("facts", type=_FILE)
@click.argument("entity")
def show_verb(facts: Path, entity: str) -> None:
    """Show what the graph says of one entity.

    ENTITY is a name or an IRI. Each fact comes with its quote and source.
    """
    from kg.show import show_entity

    click.echo(show_entity(facts, entity), nl=False)


@cli.group("ontology", cls=KgGroup)
def ontology_group() -> None:
    """List, check and explain domains."""


@ontology_group.command("list", epilog=_example("kg ontology list"))
def ontology_list_verb() -> None:
    """List the domains that come with the package."""
    from kg.ontology.domain import domain_names, load_ontology

    for name in domain_names():
        domain = load_ontology(name)
        click.echo(
            f"{name}: {len(domain.classes)} classes, {len(domain.relations)} relations, "
            f"{len(domain.names)} names, {len(domain.frames)} frames"
        )


@ontology_group.command("check", epilog=_example("kg ontology check ./my-domain"))
@click.argument("domain", required=False)
@click.pass_context
def ontology_check_verb(ctx: click.Context, domain: str | None) -> None:
    """Find what is missing or wrong in a domain.

    DOMAIN is a name or a folder; without it, all packaged domains are checked. Finds a relation
    without domain, range, label, definition or shape, a frame that names an unknown relation, and
    labels that clash. Exits with 1 when it finds something.
    """
    from kg.ontology.check import check_domain
    from kg.ontology.domain import domain_names

    found = False
    for name in [domain] if domain else domain_names():
        problems = check_domain(name)
        found = found or bool(problems)
        for problem in problems:
            click.echo(f"{name}: {problem}")
        if not problems:
            click.echo(f"{name}: no problem found")
    ctx.exit(1 if found else 0)


@ontology_group.command(
    "explain", epilog=_example('kg ontology explain "Acme launched Pulse in Oslo."')
)
@click.argument("sentence")
@click.option("--domain", default="olympics", show_default=True, help="Domain, by name or folder.")
@click.option("--model", help="spaCy pipeline, by name or path.")
def ontology_explain_verb(sentence: str, domain: str, model: str | None) -> None:
    """Show what a domain makes of a sentence, and why.

    Names with the votes for their classes, arguments by slot, each frame that was tried with what
    it stated or why it did not fire, and the facts that remain.
    """
    from kg.extract.explain import explain
    from kg.ontology.domain import load_ontology
    from kg.read.annotate import load_annotator

    loaded = load_ontology(domain)
    click.echo(explain(sentence, load_annotator(model), loaded), nl=False)


def main() -> None:
    """The entry point of the `kg` command."""
    cli(prog_name="kg")
