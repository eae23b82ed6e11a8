"""The command line: each verb is one call of the library. Parse, call, print."""

from __future__ import annotations

import gc
import signal

import click

from kg.cli.group import KgGroup, TerminatedError, example

__all__ = ["KgGroup", "cli", "main"]

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


# Name to home and to the first sentence of the help: `kg --help` imports no verb.
VERBS = {
    "ask": (
        "kg.cli.ask:ask_verb",
        "Ask a built graph one of the questions that come with its domain.",
    ),
    "build": ("kg.cli.build:build_verb", "Build the graph of press articles."),
    "conflicts": (
        "kg.cli.conflicts:conflicts_verb",
        "List what does not fit together: conflicts, denials, slips, misspelt names.",
    ),
    "diff": ("kg.cli.maintain:diff_verb", "Tell two builds apart in facts."),
    "evaluate": (
        "kg.cli.evaluate:evaluate_verb",
        "Score facts.jsonl against facts that a person wrote down.",
    ),
    "export": (
        "kg.cli.export:export_verb",
        "Write a built graph in the form that another tool reads.",
    ),
    "learn": ("kg.cli.learn:learn_verb", "Learn relations of a domain from annotated sentences."),
    "link": (
        "kg.cli.link:link_verb",
        "Ask a reconciliation service for entities that have no link.",
    ),
    "load": ("kg.cli.load:load_verb", "Load a built graph into a store."),
    "mcp": (
        "kg.cli.mcp:mcp_verb",
        "Serve a built graph to an assistant over the Model Context Protocol.",
    ),
    "ontology": ("kg.cli.ontology:ontology_group", "List, make, check and explain domains."),
    "query": ("kg.cli.query:query_verb", "Ask a written graph a question in SPARQL 1.1."),
    "remove": ("kg.cli.maintain:remove_verb", "Take articles out of a built graph."),
    "review": (
        "kg.cli.review:review_verb",
        "Write what a build was not sure of to a YAML file of questions to people.",
    ),
    "serve": (
        "kg.cli.serve:serve_verb",
        "Serve a built graph: SPARQL, pages of entities and articles, viewer, query editor.",
    ),
    "show": ("kg.cli.query:show_verb", "Show what the graph says of one entity."),
    "verify": (
        "kg.cli.verify:verify_verb",
        "Check that outputs belong to the inputs and the version they name.",
    ),
    "view": ("kg.cli.view:view_verb", "Open the page of a built graph in your browser."),
}


@click.group(
    cls=KgGroup,
    homes=VERBS,
    context_settings=_SETTINGS,
    epilog=example("kg build articles/ --out out/", 'kg show out/facts.jsonl "Acme Corp"'),
)
@click.version_option(package_name="newskg", prog_name="kg")
def cli() -> None:
    """Turn press articles into a knowledge graph: typed facts, each with the words that say it."""


def main() -> None:
    """The entry point of the `kg` command."""
    # What a run makes, it keeps until its end: looking through it for garbage took a tenth of it.
    gc.set_threshold(100_000, 20, 50)
    signal.signal(signal.SIGTERM, _terminated)
    cli(prog_name="kg")


def _terminated(number: int, frame: object) -> None:
    """Ends the verb as Ctrl-C does, so that it clears away what it had begun."""
    raise TerminatedError
