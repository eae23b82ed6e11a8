"""`kg build`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.group import KEEPS_NOTHING, emit, example, tell
from kg.cli.progress import shown_progress
from kg.read.page import MAX_CHARS

if TYPE_CHECKING:
    from kg.llm.settings import LlmSettings
    from kg.pipeline.settings import Settings

__all__ = ["build_verb"]


@click.command(
    "build",
    epilog=example(
        "kg build article.txt pages/ --out out/",
        "kg build 'news/**/*.pdf' corpus.jsonl --max-chars 100000",
        "kg build - < article.txt",
        "kg build --url https://example.org/news/1.html",
        "kg build article.txt --llm http://127.0.0.1:8080/v1 --llm-model small",
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
    "--extractors",
    metavar="NAMES",
    help="Which run, with commas: rules, learned (from examples), llm; without it, all that can.",
)
@click.option(
    "--llm", metavar="URL", help="Ask a language model too, at this OpenAI-compatible endpoint."
)
@click.option("--llm-model", metavar="NAME", help="Name of the model there.")
@click.option(
    "--max-tokens",
    type=click.IntRange(min=1),
    help="Stop asking it before this many tokens are exceeded; the next build goes on.",
)
@click.option(
    "--llm-timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds that it may take for one answer.",
)
@click.option(
    "--llm-requests",
    type=click.IntRange(1, 64),
    help="Send it so many requests at a time, if it can answer several.  [default: 1]",
)
@click.option(
    "--llm-cache", metavar="DIR", type=click.Path(), help="Keep its answers here, not in --out."
)
@click.option(
    "--llm-price",
    nargs=2,
    metavar="IN OUT",
    type=click.FloatRange(min=0),
    help="Price of a million tokens of prompts and of answers, to count the cost.",
)
@click.option(
    "--min-confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out facts that are less likely to be right; see docs/quality.md.",
)
@click.option(
    "--review",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="Heed the answers in this file too, besides review.yaml in --out; repeatable.",
)
@click.option(
    "--processes", default=1, show_default=True, type=click.IntRange(min=1), help="Reading at once."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    help="Skip articles that take longer to read, in a process that is then stopped.",
)
@click.option(
    "--no-text",
    is_flag=True,
    help="Leave the text of articles out of graph.html; the quotes of facts stay.",
)
@click.option("--fresh", is_flag=True, help="Read every article, also those known from before.")
@click.option(
    "--built-at",
    metavar="WHEN",
    help="Record this date and time (ISO 8601, or now) as that of the build.",
)
@click.option(
    "--engine",
    type=click.Choice(("disk", "spark")),
    help="For very many articles: in parts on the disk, or on Apache Spark; see docs/scale.md.",
)
@click.option("--master", metavar="URL", help="Where Spark runs, as local[4]; else as configured.")
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
    extractors: str | None,
    llm: str | None,
    llm_model: str | None,
    max_tokens: int | None,
    llm_timeout: float,
    llm_requests: int | None,
    llm_cache: str | None,
    llm_price: tuple[float, float] | None,
    min_confidence: float,
    review: tuple[str, ...],
    processes: int,
    timeout: float | None,
    no_text: bool,
    fresh: bool,
    built_at: str | None,
    engine: str | None,
    master: str | None,
    quiet: bool,
) -> None:
    """Build the graph of press articles.

    PATH is a file (.txt .md .html .pdf, .jsonl, .warc, RSS or Atom), a folder, a quoted pattern or
    - for standard input; nothing is fetched but each --url. Writes facts.jsonl, inferred.jsonl,
    discrepancies.jsonl, graph.ttl, graph.trig, graph.html, graph.graphml, report.json and
    manifest.json, all of them or none, and keeps what it read there, so that the next build reads
    only what changed. The exit code is 0 only when every article was read and the graph conforms to
    its shapes; it is 3 when only the language model did not read all of them. The key for --llm is
    in the environment variable KG_LLM_API_KEY: docs/language-model.md.

    Answers of people in review.yaml of --out (see `kg review`) outrank every score; one that fits
    nothing in the graph is a warning.
    """
    if not paths and not urls:
        raise click.UsageError("Missing argument 'PATH...', or give --url.")
    from kg.ontology.domain import DEFAULT_BASE_IRI
    from kg.pipeline import Settings, build_files
    from kg.pipeline.settings import extractor_names

    _check_engine(engine, master, urls, review)
    settings = Settings(
        domain,
        base_iri or DEFAULT_BASE_IRI,
        model,
        max_chars=max_chars,
        allow_private=allow_private,
        min_confidence=min_confidence,
        built_at=built_at,
        page_text=not no_text,
        extractors=extractor_names(extractors),
        llm=_asked(llm, llm_model, max_tokens, llm_timeout, llm_requests, llm_cache, llm_price),
        timeout=timeout,
    )
    # the disk keeps each reading as it is made, a language model's answers are kept likewise
    ctx.meta[KEEPS_NOTHING] = engine != "disk" and llm is None
    if engine is not None:
        _build_in_parts(
            ctx, engine, paths, settings, out, processes, master, fresh=fresh, quiet=quiet
        )
        return
    with shown_progress("Reading", quiet=quiet) as progress:
        report = build_files(
            paths,
            settings,
            urls=urls,
            out=out,
            fresh=fresh,
            review=review,
            processes=processes,
            progress=progress,
        )
    if quiet:
        for skipped in report.skipped:
            tell(f"Skipped: {skipped.name}: {skipped.reason}")
        for subject, remark in report.remarks():
            tell(f"{subject.capitalize()}: {remark}")
    else:
        emit(report.summary())
        emit(f"written to {out}; to see {Path(out, 'graph.html')}: kg view {shlex.quote(out)}")
    ctx.exit(report.exit_code)


def _asked(
    llm: str | None,
    llm_model: str | None,
    max_tokens: int | None,
    llm_timeout: float,
    llm_requests: int | None,
    llm_cache: str | None,
    llm_price: tuple[float, float] | None,
) -> LlmSettings | None:
    """The language model that is to be asked."""
    from kg.llm.settings import LlmSettings

    if llm is not None and llm_model is not None:
        cache = None if llm_cache is None else Path(llm_cache)
        return LlmSettings(
            llm, llm_model, max_tokens, llm_timeout, cache, llm_price, at_once=llm_requests or 1
        )
    if llm is not None or llm_model is not None:
        raise click.UsageError("--llm and --llm-model are given together.")
    if any(o is not None for o in (max_tokens, llm_requests, llm_cache, llm_price)):
        raise click.UsageError("Nothing is asked of a language model without --llm, --llm-model.")
    return None


def _check_engine(
    engine: str | None, master: str | None, urls: tuple[str, ...], review: tuple[str, ...]
) -> None:
    if master is not None and engine != "spark":
        raise click.UsageError("--master is of --engine spark.")
    if engine is not None and (urls or review):
        raise click.UsageError("--engine fetches no --url and heeds no --review.")


def _build_in_parts(
    ctx: click.Context,
    engine: str,
    paths: tuple[str, ...],
    settings: Settings,
    out: str,
    processes: int,
    master: str | None,
    *,
    fresh: bool,
    quiet: bool,
) -> None:
    from kg.engine.running import build_with_engine

    report = build_with_engine(
        engine, paths, settings, out, processes=processes, master=master, fresh=fresh
    )
    for skipped in report.skipped:
        tell(f"Skipped: {skipped.name}: {skipped.reason}")
    if not quiet:
        counts = ", ".join(f"{count:,} {name}" for name, count in sorted(report.counts.items()))
        known = 0 if report.anew is None else report.inputs.used - report.anew
        read = f"; {report.anew} read anew, {known} unchanged" if known else ""
        emit(f"{counts}{read}; written in parts to {out}: docs/scale.md")
    ctx.exit(report.exit_code)
