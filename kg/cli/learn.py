"""`kg learn`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
from click.core import ParameterSource

from kg.cli.group import emit, example

__all__ = ["learn_verb"]


@click.command(
    "learn",
    epilog=example(
        "kg learn ./my-domain sentences.jsonl",
        "kg learn olympics sentences.jsonl --out ./my-domain",
        "kg learn ./my-domain",
    ),
)
@click.argument("domain")
@click.argument("examples", type=click.Path(path_type=Path), required=False)
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
@click.pass_context
def learn_verb(
    ctx: click.Context,
    domain: str,
    examples: Path | None,
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

    Without EXAMPLES the domain's relations are read by the words of their labels, domains and
    ranges alone, which finds less and errs more often.
    """
    from kg.ontology.domain import domain_folder, domain_names, load_ontology

    if out is None and domain in domain_names():
        raise click.UsageError(
            f"{domain} comes with the package; say with --out which folder learned/ goes to."
        )
    folder = out if out is not None else domain_folder(domain)
    if examples is None:
        _refuse_options_of_examples(ctx)
        _by_labels(domain, folder, as_json=as_json)
        return
    # sums in one order on every machine, and a fifth of the time: vectors are too short to share
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kg.read.extras import load_extra

    load_extra("scipy", "learn", "kg learn")
    from kg.learn.domain import learn, write_learned
    from kg.learn.report import figures, told
    from kg.learn.train import Settings

    settings = Settings(min_confidence=min_confidence)
    ontology = load_ontology(domain)
    learned = learn(ontology, examples, folds=folds, seed=seed, model=model, settings=settings)
    target = write_learned(learned, folder)
    if as_json:
        emit(json.dumps(figures(learned), ensure_ascii=False, indent=1))
    else:
        emit(told(learned), nl=False)
        emit(f"written to {target}")


def _refuse_options_of_examples(ctx: click.Context) -> None:
    for param in ctx.command.params:
        name = param.name or ""
        given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name in ("folds", "seed", "min_confidence", "model"):
            raise click.UsageError(f"{param.opts[0]} says how to learn from EXAMPLES: give some.")


def _by_labels(domain: str, folder: Path, *, as_json: bool) -> None:
    """Lets the relations of a domain be read without examples."""
    from kg.learn.labels import label_model, write_labels
    from kg.ontology.domain import load_ontology

    model = label_model(load_ontology(domain))
    target = write_labels(model, folder)
    if as_json:
        emit(json.dumps({"labels of": list(model.relations)}, ensure_ascii=False, indent=1))
    else:
        emit(f"by their labels alone, not measured: {', '.join(model.relations)}")
        emit(f"written to {target}")
