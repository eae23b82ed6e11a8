"""The command line: each verb is one call of the library. Parse, call, print."""

from __future__ import annotations

import gc

import click

from kg.cli.ask import ask_verb
from kg.cli.build import build_verb
from kg.cli.conflicts import conflicts_verb
from kg.cli.evaluate import evaluate_verb
from kg.cli.export import export_verb
from kg.cli.group import KgGroup, example
from kg.cli.learn import learn_verb
from kg.cli.link import link_verb
from kg.cli.load import load_verb
from kg.cli.maintain import diff_verb, remove_verb
from kg.cli.mcp import mcp_verb
from kg.cli.ontology import ontology_group
from kg.cli.query import query_verb, show_verb
from kg.cli.review import review_verb
from kg.cli.serve import serve_verb
from kg.cli.view import view_verb

__all__ = ["KgGroup", "cli", "main"]

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=KgGroup,
    context_settings=_SETTINGS,
    epilog=example("kg build articles/ --out out/", 'kg show out/facts.jsonl "Acme Corp"'),
)
@click.version_option(package_name="newskg", prog_name="kg")
def cli() -> None:
    """Turn press articles into a knowledge graph: typed facts, each with the words that say it."""


VERBS = (
    build_verb,
    remove_verb,
    diff_verb,
    ask_verb,
    query_verb,
    show_verb,
    view_verb,
    conflicts_verb,
    review_verb,
    link_verb,
    serve_verb,
    load_verb,
    mcp_verb,
    export_verb,
    evaluate_verb,
    learn_verb,
    ontology_group,
)
for _verb in VERBS:
    cli.add_command(_verb)


def main() -> None:
    """The entry point of the `kg` command."""
    # What a run makes, it keeps until its end: looking through it for garbage took a tenth of it.
    gc.set_threshold(100_000, 20, 50)
    cli(prog_name="kg")
