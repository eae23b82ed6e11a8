"""`kg learn`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from kg.cli.group import emit, example

__all__ = ["learn_verb"]


@click.command(
    "learn",
    epilog=example(
        "kg learn ./my-domain sentences.jsonl",
        "kg learn olympics sentences.jsonl --out ./my-domain",
    ),
)
@click.argument("domain")
@click.argument("examples", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder that learned/ goes to, if not that of the domain.",
)
@click.option(
    "--folds",
    default=5,
    show_default=True,
    type=click.IntRange(min=0),
    help="Parts of the cross-validation; below 2: none.",
)
@click.option("--seed", default=0, show_default=True, help="Deals the texts to the parts.")
@click.option(
    "--min-confidence",
    default=0.0,
    type=click.FloatRange(0, 1),
    help="State nothing that is less likely.  [default: as gives the best F1]",
)
@click.option("--model", help="spaCy pipeline, by name or path.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def learn_verb(
    domain: str,
    examples: Path,
    out: Path | None,
    folds: int,
    seed: int,
    min_confidence: float,
    model: str | None,
    as_json: bool,
) -> None:
    """Learn relations of a domain from annotated sentences.

    DOMAIN is a name or a folder, EXAMPLES a JSON Lines file of {"text": …, "triples": [{"s": …,
    "p": …, "o": …}]}: p is the name or label of a relation of the domain, s and o are words of the
    text or the spans s_span and o_span in it. Writes the folder learned/ of the domain, which
    kg build uses from then on, and prints precision and recall of cross-validation and what could
    not be learned. Needs `newskg[learn]`.
    """
    # sums in one order on every machine, and a fifth of the time: vectors are too short to share
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kg.read.extras import load_extra

    load_extra("scipy", "learn", "kg learn")
    from kg.learn.domain import learn, write_learned
    from kg.learn.report import figures, told
    from kg.learn.train import Settings
    from kg.ontology.domain import domain_folder, domain_names, load_ontology

    if out is None and domain in domain_names():
        raise click.UsageError(
            f"{domain} comes with the package; say with --out which folder learned/ goes to."
        )
    settings = Settings(min_confidence=min_confidence)
    ontology = load_ontology(domain)
    learned = learn(ontology, examples, folds=folds, seed=seed, model=model, settings=settings)
    target = write_learned(learned, out if out is not None else domain_folder(domain))
    if as_json:
        emit(json.dumps(figures(learned), ensure_ascii=False, indent=1))
    else:
        emit(told(learned), nl=False)
        emit(f"written to {target}")
