"""Public benchmark sets as `../shared/bench` has them: files, ontologies, how they are scored."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.extract.learned.folding import label_words
from kg.extract.learned.schema import LearnedRelation, relation_of
from kg.extract.learned.wording import Wording, wording_of
from kg.learn.examples import Example, parse_example
from tools.bench_entities import mentions_of, with_pairs

__all__ = ["SETS", "BenchSet", "Part", "load_parts", "load_scorer"]


FEW_TEXTS = (13, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class BenchSet:
    """A set: training files, those only reported on, and what others have published for it."""

    name: str
    title: str
    train: tuple[str, ...]
    ontology: str
    held: tuple[str, ...] = ()  # development files: read by a model of the whole training part
    match: str = "exact"
    official: bool = False  # the measures of Text2KGBench
    published: str = ""
    remark: str = ""
    folds: int = 5
    seeds: tuple[int, ...] = (13,)  # partings into folds: of few texts each gives another figure
    rows: int | None = None  # only the first so many
    given: bool = False  # which entities there are, and all their mentions, is told
    closure: bool = False  # of the ontology, beside what is read


SETS = (
    BenchSet(
        "tekgen",
        "Text2KGBench, Wikidata-TekGen",
        ("text2kgbench/wikidata_tekgen/train.jsonl",),
        "text2kgbench/wikidata_tekgen/ontology.json",
        ("text2kgbench/wikidata_tekgen/validation.jsonl",),
        official=True,
        published="strict: Vicuna-13B .20, Llama-3-8B .25, with guards .34; official: Vicuna-13B "
        ".35, Llama-3-8B .44, a frontier model .47",
    ),
    BenchSet(
        "webnlg",
        "Text2KGBench, DBpedia-WebNLG",
        ("text2kgbench/dbpedia_webnlg/train.jsonl",),
        "text2kgbench/dbpedia_webnlg/ontology.json",
        official=True,
        published="strict: Vicuna-13B .24, Llama-3-8B .47, with guards .49; official: Vicuna-13B "
        ".30, Llama-3-8B .46",
    ),
    BenchSet(
        "knowledgenet",
        "KnowledgeNet, spans that overlap",
        tuple(f"knowledgenet/fold{n}.jsonl" for n in (1, 2, 3)),
        "knowledgenet/ontology.json",
        match="span_overlap",
        published="fold 5: human .88, BERT .69, BiLSTM with coreference .55, without .52",
    ),
    BenchSet(
        "conll04",
        "CoNLL04",
        ("conll04/train.jsonl",),
        "conll04/ontology.json",
        ("conll04/dev.jsonl",),
    ),
    BenchSet("core", "CORE, pairs given", ("core/train.jsonl",), "core/ontology.json"),
    BenchSet(
        "crossre",
        "CrossRE, news",
        ("crossre/news/train.jsonl",),
        "crossre/ontology.json",
        ("crossre/news/dev.jsonl",),
        remark="98 of the 164 training texts state nothing. The development file is of another "
        "kind: sports tables in half-lines, with 60 of its 308 triples of a relation of which "
        "the training file has none.",
        seeds=FEW_TEXTS,
    ),
    BenchSet(
        "crossre-given",
        "CrossRE, news, entities given",
        ("crossre/news/train.jsonl",),
        "crossre/ontology.json",
        ("crossre/news/dev.jsonl",),
        given=True,
        seeds=FEW_TEXTS,
    ),
    BenchSet(
        "redocred",
        "Re-DocRED, entities given",
        ("redocred/dev.jsonl",),
        "redocred/ontology.json",
        remark="the first 100 of 500 documents, 50 learned from at a time.",
        folds=2,
        rows=100,
        given=True,
        closure=True,
    ),
)


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of a set under one ontology, as examples of its relations."""

    ontology: str
    relations: tuple[LearnedRelation, ...]
    wordings: tuple[Wording, ...]
    rows: tuple[dict[str, Any], ...]
    examples: tuple[Example, ...]


def load_scorer(bench: Path) -> ModuleType:
    """score.py of the benchmark folder."""
    spec = importlib.util.spec_from_file_location("bench_score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{bench / 'score.py'}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_parts(
    bench: Path,
    files: Sequence[str],
    ontology: str,
    *,
    most: int | None = None,
    given: bool = False,
) -> tuple[Part, ...]:
    """The rows of some files by ontology, sorted; `given`: with the pairs of their entities."""
    ontologies = json.loads((bench / ontology).read_text("utf-8"))
    ontologies = {ontologies["id"]: ontologies} if "relations" in ontologies else ontologies
    by_ontology: dict[str, list[dict[str, Any]]] = {}
    for name in files:
        for line in (bench / name).read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                row = with_pairs(row) if given else row
                by_ontology.setdefault(row["ontology"], []).append(row)
    return tuple(
        _part(key, rows[:most], ontologies[key]) for key, rows in sorted(by_ontology.items())
    )


def _part(key: str, rows: Sequence[dict[str, Any]], ontology: Mapping[str, Any]) -> Part:
    labels = {c.get("id"): c["label"] for c in ontology["concepts"]}
    slots: dict[str, tuple[list[str], list[str]]] = {}
    for relation in ontology["relations"]:
        domain, range_ = slots.setdefault(relation.get("label_raw", relation["label"]), ([], []))
        for value, into in ((relation.get("domain"), domain), (relation.get("range"), range_)):
            found = value if isinstance(value, list) else [value] if value else []
            into += [labels.get(each, each) for each in found]
    relations = tuple(relation_of(n, (n,), *both) for n, both in sorted(slots.items()))
    names = {label_words(r.name): r.name for r in relations}
    examples = tuple(
        _renamed(parse_example(row | {"entities": mentions_of(row)}, row["id"]), names)
        for row in rows
    )
    wordings = tuple(wording_of(n, n, *both) for n, both in sorted(slots.items()))
    return Part(key, relations, wordings, tuple(rows), examples)


def _renamed(example: Example, names: Mapping[tuple[str, ...], str]) -> Example:
    """The example with the ontology's own spelling of relations."""
    triples = (
        replace(t, relation=names.get(label_words(t.relation), t.relation)) for t in example.triples
    )
    scope = example.scope
    if scope is not None:
        scope = frozenset(names.get(label_words(s), s) for s in scope)
    return replace(example, triples=tuple(triples), scope=scope)
