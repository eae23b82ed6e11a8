"""`kg evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.group import FILE, FOLDER, emit, example, printed_as

__all__ = ["evaluate_verb"]


@click.command("evaluate", epilog=example("kg evaluate out/facts.jsonl gold/ --min-f1 0.8"))
@click.argument("facts", type=FILE)
@click.argument("gold_dir", type=FOLDER)
@click.option("--article", "articles", multiple=True, help="Score this article only; repeatable.")
@printed_as("table", "json", help="How the scores are printed.")
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
        emit(json.dumps(result.to_json(), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        emit(result.to_table(), nl=False)
    if min_f1 is not None and result.overall.f1 < min_f1:
        emit(f"Error: F1 is {result.overall.f1:.3f}, below {min_f1}", err=True)
        ctx.exit(1)
