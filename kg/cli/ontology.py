"""`kg ontology`: what can be done with a domain without building a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.group import KgGroup, emit, example

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["ontology_group"]

NOTES = 20  # shown of what was left out


@click.group("ontology", cls=KgGroup)
def ontology_group() -> None:
    """List, make, check and explain domains."""


@ontology_group.command("list", epilog=example("kg ontology list"))
def ontology_list_verb() -> None:
    """List the domains that come with the package."""
    from kg.ontology.domain import domain_names, load_ontology

    for name in domain_names():
        domain = load_ontology(name)
        emit(
            f"{name}: {len(domain.classes)} classes, {len(domain.relations)} relations, "
            f"{len(domain.names)} names, {_told_of_frames(domain)}"
        )


@ontology_group.command(
    "new", epilog=example("kg ontology new films --from films.owl --out ./films")
)
@click.argument("name")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="OWL, RDFS or SKOS in any RDF syntax, LinkML (.yaml), or a list of relations (.json).",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write.  [default: ./NAME]")
@click.option(
    "--iri", default="", help="Namespace of the terms.  [default: the source's, if it has one]"
)
@click.option(
    "--language",
    default="en",
    show_default=True,
    help="Language of the labels to make frames from.",
)
@click.option("--force", is_flag=True, help="Replace the files of a folder that is not empty.")
def ontology_new_verb(
    name: str, source: Path, out: Path | None, iri: str, language: str, force: bool
) -> None:
    """Make a domain folder from somebody's ontology or a list of relations.

    Classes are tied to those of the newsroom, so that names get their types; relations get shapes
    and proposed frames: how their labels and synonyms suggest that they are said. Facts of such
    frames have less confidence until you have read the frames. Nothing is fetched.
    """
    from kg.ontology.scaffold.folder import new_domain

    made = new_domain(name, source, out=out, iri=iri, language=language, force=force)
    terms = made.terms
    emit(
        f"{made.folder}: {len(terms.classes)} classes, {len(terms.relations)} relations, "
        f"{len(terms.names)} names, {len(made.frames)} proposed frames"
    )
    if terms.taken_over:
        same = sorted(set(terms.taken_over.values()) - {c.name for c in terms.classes})
        emit(f"taken from the newsroom: {', '.join(same)}")
    if made.unsaid:
        emit(f"no frame proposed for: {', '.join(made.unsaid)}")
    for note in (*terms.notes[:NOTES], *made.problems[:NOTES]):
        emit(f"note: {note}")
    left = max(len(terms.notes) - NOTES, 0) + max(len(made.problems) - NOTES, 0)
    if left:
        emit(f"note: and {left} more")
    emit(f'Next: kg ontology explain --domain {made.folder} "A sentence of yours."')


@ontology_group.command("check", epilog=example("kg ontology check ./my-domain"))
@click.argument("domain", required=False)
@click.option("--published", is_flag=True, help="Ask for all that an ontology others cite needs.")
@click.pass_context
def ontology_check_verb(ctx: click.Context, domain: str | None, published: bool) -> None:
    """Find what is missing or wrong in a domain.

    DOMAIN is a name or a folder; without it, all packaged domains are checked. Finds a relation
    without domain, range, label, definition or shape, a frame that names an unknown relation,
    labels that clash, and known pitfalls such as two domains or a wrong inverse; with --published
    also a missing licence or version, classes that are disjoint with none, terms of others that do
    not exist. Exits with 1 when it finds something.
    """
    from kg.ontology.check import check_domain
    from kg.ontology.domain import domain_names

    found = False
    for name in [domain] if domain else domain_names():
        problems = check_domain(name, published=published)
        found = found or bool(problems)
        for problem in problems:
            emit(f"{name}: {problem}")
        if not problems:
            told = _told_of_proposed(name)
            emit(f"{name}: no problem found{told and f'; {told}'}")
    ctx.exit(1 if found else 0)


def _told_of_frames(domain: Ontology) -> str:
    proposed = sum(frame.proposed for frame in domain.frames)
    return f"{len(domain.frames)} frames" + (f", {proposed} of them proposed" if proposed else "")


def _told_of_proposed(name: str) -> str:
    """How many of the frames nobody has read yet; "" where there is none."""
    from kg.ontology.domain import load_ontology

    frames = load_ontology(name).frames
    proposed = sum(frame.proposed for frame in frames)
    if not proposed:
        return ""
    return f"{proposed} of {len(frames)} frames are proposed: read them, then drop the mark"


@ontology_group.command(
    "core-shapes", epilog=example("kg ontology core-shapes olympics > shapes-core.ttl")
)
@click.argument("domain")
def ontology_core_shapes_verb(domain: str) -> None:
    """Print the shapes of a domain for stores without SHACL-SPARQL.

    DOMAIN is a name or a folder. What it imports has shapes of its own. The result is Turtle, uses
    only what neosemantics knows of SHACL, and finds less than shapes.ttl.
    """
    from kg.ontology.core_shapes import core_shapes
    from kg.ontology.domain import load_ontology

    loaded = load_ontology(domain)
    emit(core_shapes(loaded, loaded.folders[-1]), nl=False)


@ontology_group.command(
    "explain", epilog=example('kg ontology explain "Acme launched Pulse in Oslo."')
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
    emit(explain(sentence, load_annotator(model), loaded), nl=False)
