"""What a build did: read, kept, dropped, found, rejected, skipped. Nothing is lost in silence."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from kg.model.accounts import CandidateCounts, InputCounts
from kg.model.decision import ReviewOutcome
from kg.model.discrepancy import DiscrepancyKind
from kg.model.graph import KnowledgeGraph
from kg.model.model_use import ModelReport, ModelRun
from kg.model.statement import Modality
from kg.model.text import Article, BlockKind
from kg.model.violation import Violation

__all__ = [
    "FAILED",
    "OTHER_LANGUAGE",
    "TOO_LATE",
    "TOO_LONG",
    "UNREADABLE",
    "ArticleReport",
    "BuildReport",
    "FactCounts",
    "Skipped",
    "report_article",
    "report_build",
]

UNREADABLE, OTHER_LANGUAGE = "unreadable", "other language"
TOO_LONG, TOO_LATE, FAILED = "too long", "too late", "failed"
"""Why inputs are skipped, in short: to be counted."""


# Of the summary, which is for a terminal; report.json has everything.
_WIDTH = 100
_INDENT = " " * 11
_REASONS = 6
_KEEP = "\u00a0"  # a space that no line is broken at
# A path that every system takes: nothing hidden, no "..", no "C:", no folder named as a text is,
# and no device of Windows, whatever its suffix.
_FILE_NAME = re.compile(
    r"""(?:[^./\\:*?"<>|\s\x00-\x1f][^/\\:*?"<>|\x00-\x1f]*(?<![ .])(?<!\.txt)/)*"""
    r"""[^./\\:*?"<>|\s\x00-\x1f][^/\\:*?"<>|\x00-\x1f]*"""
)
_DEVICE = re.compile(r"(?:^|/)(?:aux|con|nul|prn|(?:com|lpt)[0-9¹²³])(?:[./]|$)", re.I)
_LONGEST_FILE = 150  # bytes; a name of a file may have 255, and a temporary one is longer
_LONGEST_SLUG = 60
_NO_REVIEW = ReviewOutcome()
_DIGEST = 12  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that is not in the graph, and why; `kind` is the reason in short."""

    name: str
    reason: str
    kind: str = UNREADABLE


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What was read of one article; all counts are in code points of its text.

    `kept` counts by kind of block. `dropped` has `chrome` and the white space between blocks, so
    that the two together add up to `characters`. `text` names the file of the output that holds the
    text that offsets refer to; None where the input itself does.
    """

    name: str
    sha256: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    language: str | None
    url: str | None
    format: str
    text: str | None
    characters: int
    kept: dict[str, int]
    dropped: dict[str, int]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactCounts:
    """How many facts; `attributed` are those that somebody else than the article claims."""

    total: int
    attributed: int
    by_predicate: dict[str, int]
    by_stance: dict[str, int]  # every stance, also with no fact


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The record of one build, the same for the same corpus; no clock, no path of the machine."""

    articles: tuple[ArticleReport, ...]  # sorted by name
    skipped: tuple[Skipped, ...]  # sorted by name
    inputs: InputCounts
    entities: dict[str, int]  # by type
    candidates: CandidateCounts
    facts: FactCounts
    rejected: dict[str, int]  # candidates that became no statement, by reason
    discrepancies: dict[str, int]  # by kind, every kind; discrepancies.jsonl has them
    violations: tuple[Violation, ...]  # of the shapes; empty when the graph conforms
    settings: dict[str, str]
    # articles not known from an earlier build; not in report.json, which is the same either way
    anew: int | None = field(default=None, compare=False)
    # decisions that the last build to the folder heeded and this one was not given; neither
    forgotten: int = field(default=0, compare=False)
    copies: dict[str, str] = field(default_factory=dict)  # name of a copy to that of its original
    review: ReviewOutcome = _NO_REVIEW
    llm: ModelReport | None = None  # None, and not in report.json: no language model was asked
    llm_run: ModelRun | None = field(default=None, compare=False)  # of this run; not in report.json

    @property
    def conforms(self) -> bool:
        """True when the graph breaks no shape of its ontology."""
        return not self.violations

    @property
    def is_complete(self) -> bool:
        """True when every input was read by the rules and the graph conforms."""
        return self.conforms and not self.skipped

    @property
    def exit_code(self) -> int:
        """That of `kg build`: 3 where only the language model left something unread, or 1, or 0."""
        if not self.is_complete:
            return 1
        return 3 if self.llm is not None and self.llm.missing else 0

    @property
    def told_of_forgotten(self) -> str:
        """What to say of decisions that the last build heeded and this one was not given."""
        count = f"{self.forgotten} decision{'' if self.forgotten == 1 else 's'}"
        return f"{count} of the last build here not given: give --review again"

    def remarks(self) -> Iterator[tuple[str, str]]:
        """What one should know of a build that succeeded: its subject, and the remark."""
        for told in (*self.review.unmatched, *self.review.reconsider):
            yield "review", f"{told.place}: {told.why}"
        if self.llm is not None and self.llm.missing:
            yield "language model", self.llm.told_of_missing
        if self.forgotten:
            yield "review", self.told_of_forgotten

    def to_json(self) -> str:
        """The text of report.json, keys sorted, newline at the end."""
        record = asdict(self)
        del record["anew"], record["forgotten"], record["llm_run"]
        if self.llm is None:
            del record["llm"]
        record["conforms"] = self.conforms
        return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def summary(self) -> str:
        """The same for a person, several lines without a newline at the end."""
        return "\n".join(map(_wrapped, self._lines()))

    def _lines(self) -> Iterator[str]:
        kept = sum(sum(a.kept.values()) for a in self.articles)
        dropped = sum(sum(a.dropped.values()) for a in self.articles)
        known = 0 if self.anew is None else len(self.articles) - self.anew
        unchanged = f" ({self.anew} anew, {known} unchanged)" if known else ""
        yield f"articles   {len(self.articles)} read{unchanged}, {len(self.skipped)} skipped"
        if self.copies:
            yield f"copies     {len(self.copies)}, each one source with its original"
        yield f"characters {kept} kept, {dropped} dropped"
        yield f"entities   {sum(self.entities.values())}{_listed(self.entities)}"
        yield f"facts      {self.facts.total}{_listed(self.facts.by_predicate)}"
        yield f"stance     {_pairs(self.facts.by_stance)}; {self.facts.attributed} attributed"
        yield f"rejected   {sum(self.rejected.values())}{_listed(self.rejected, _REASONS)}"
        clashes = sum(self.discrepancies.values())
        yield f"conflicts  {clashes}{_listed(self.discrepancies) if clashes else ''}"
        yield f"shapes     {'conform' if self.conforms else f'{len(self.violations)} violated'}"
        yield from self.llm.lines(self.llm_run) if self.llm is not None else ()
        yield from _review_lines(self.review)
        if self.forgotten:
            yield f"warning    {self.told_of_forgotten}"
        for violation in self.violations:
            yield f"  {violation}"
        for article in self.articles:
            for warning in article.warnings:
                yield f"warning    {article.name}: {warning}"
        for skipped in self.skipped:
            yield f"skipped    {skipped.name}: {skipped.reason}"


def _review_lines(review: ReviewOutcome) -> Iterator[str]:
    lost, doubtful = review.unmatched, review.reconsider
    if review.applied or lost:
        yield f"review     {review.applied} decisions in force, {len(lost)} in force for nothing"
    for told in (*lost, *doubtful):
        answer = "yes" if told.answer else "no"
        yield f"warning    {told.place}: {told.kind} {answer}: {told.why}"


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent=_INDENT).replace(_KEEP, " ")


def _pairs(counts: Mapping[str, int], at_most: int | None = None) -> str:
    """The counts, largest first; those beyond `at_most` only as their number."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found = [f"{count} {name}".replace(" ", _KEEP) for name, count in order if count]
    more = found[at_most:] if at_most is not None else []
    shown = ", ".join(found[: len(found) - len(more)]) or "none"
    return f"{shown}, and {len(more)} rarer reasons" if more else shown


def _listed(counts: Mapping[str, int], at_most: int | None = None) -> str:
    return f": {_pairs(counts, at_most)}" if counts else ""


def report_article(
    article: Article, warnings: Iterable[str] = (), *, verbatim: bool = True
) -> ArticleReport:
    """What was kept and dropped of one article; `verbatim` if its text is the file's."""
    by_kind: Counter[str] = Counter()
    for block in article.blocks:
        by_kind[str(block.kind)] += block.end - block.start
    space = len(article.text) - by_kind.total()
    chrome = by_kind.pop(str(BlockKind.CHROME), 0)
    return ArticleReport(
        name=article.name,
        sha256=article.sha256,
        title=article.title,
        author=article.author,
        publisher=article.publisher,
        published=article.published,
        language=article.language,
        url=article.url,
        format=article.format,
        text=None if verbatim else _text_file(article.name),
        characters=len(article.text),
        kept=dict(by_kind),
        dropped={"chrome": chrome, "space": space},
        warnings=tuple(warnings),
    )


def _text_file(name: str) -> str:
    """Where the output keeps the text of an article: below its name, if that can be a file's.

    Ids and addresses become letters and digits with a hash, so that none leaves the folder, is too
    long, or takes the place of another.
    """
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= _LONGEST_FILE and _FILE_NAME.fullmatch(name) and not _DEVICE.search(name):
        return f"articles/{name}.txt"
    slug = re.sub(r"\W+", "-", name, flags=re.ASCII).strip("-")[:_LONGEST_SLUG]
    digest = hashlib.sha256(data).hexdigest()[:_DIGEST]
    return f"articles/{slug}-{digest}.txt"


def report_build(
    graph: KnowledgeGraph,
    articles: Iterable[ArticleReport],
    skipped: Iterable[Skipped],
    rejected: Mapping[str, int],
    violations: Iterable[Violation],
    review: ReviewOutcome = _NO_REVIEW,
    llm: ModelReport | None = None,
    *,
    candidates: CandidateCounts | None = None,
    read: int | None = None,
) -> BuildReport:
    """The report of a finished build.

    Without `candidates` and `read` there were no others than the graph and the reports tell of.
    """
    articles, skipped = tuple(articles), tuple(skipped)
    left = Counter(item.kind for item in skipped)
    inputs = len(articles) + len(skipped) if read is None else read
    made = len(graph.facts) + sum(rejected.values())
    stances = dict.fromkeys(map(str, Modality), 0)
    stances.update(Counter(str(fact.modality) for fact in graph.facts))
    return BuildReport(
        articles=tuple(sorted(articles, key=lambda a: a.name)),
        skipped=tuple(sorted(skipped, key=lambda s: (s.name, s.reason))),
        inputs=InputCounts(inputs, len(articles), dict(left)),
        candidates=CandidateCounts(made, 0) if candidates is None else candidates,
        entities=dict(Counter(entity.type for entity in graph.entities)),
        facts=FactCounts(
            total=len(graph.facts),
            attributed=sum(fact.attributed_to is not None for fact in graph.facts),
            by_predicate=dict(Counter(fact.predicate for fact in graph.facts)),
            by_stance=stances,
        ),
        rejected={reason: count for reason, count in rejected.items() if count},
        discrepancies=dict.fromkeys(map(str, DiscrepancyKind), 0)
        | Counter(str(item.kind) for item in graph.discrepancies),
        violations=tuple(sorted(violations, key=str)),
        settings=dict(graph.settings),
        copies=dict(graph.copies),
        review=review,
        llm=llm,
    )
