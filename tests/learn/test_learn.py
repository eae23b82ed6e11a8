"""Learning a small domain: figures, leaks, determinism, what could not be learned."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.errors import OntologyError
from kg.extract.learned.candidates import candidates, learned_type
from kg.extract.learned.decode import known_names, score_mentions, typed
from kg.extract.learned.schema import relation_of
from kg.extract.learned.store import load_model, model_files
from kg.extract.learned.view import DocView
from kg.learn import crossval
from kg.learn.calibrate import best_threshold
from kg.learn.crossval import cross_validate, folds_of
from kg.learn.domain import Learned, learn, origin_of, relations_of
from kg.learn.examples import Example, ExamplesError, Triple, read_examples
from kg.learn.fit import FeatureIds
from kg.learn.report import told
from kg.learn.rows import mention_rows, pair_rows
from kg.learn.texts import Text, gather_names, prepare
from kg.learn.train import Settings, read_held, train
from kg.ontology.domain import load_ontology
from kg.read.annotate import Annotator
from tests.learn.domain import rows, write_domain, write_rows

pytestmark = pytest.mark.model


def texts_of(path: Path, annotator: Annotator) -> list[Text]:
    examples = read_examples(path)
    docs = annotator.parse(e.text for e in examples)
    return [prepare(e, DocView(d)) for e, d in zip(examples, docs, strict=True)]


def test_patterns_are_learned(learned: tuple[Path, Learned]) -> None:
    _, found = learned
    assert found.validation is not None
    assert found.validation.total.f1 > 0.85
    assert set(found.validation.relations) == {"runBy", "openedOn", "runwayLength", "nickname"}
    report = told(found)
    assert "learned 4 relations from 44 triples in 36 texts" in report
    assert "2-fold cross-validated" in report


def test_what_was_learned_is_data(learned: tuple[Path, Learned]) -> None:
    folder, found = learned
    loaded = load_model(folder / "learned")
    assert loaded.threshold == pytest.approx(found.model.threshold, abs=1e-4)
    assert [r.name for r in loaded.relations] == [r.name for r in found.model.relations]
    assert model_files(loaded, origin_of(found)) == model_files(found.model, origin_of(found))
    assert sum(p.stat().st_size for p in (folder / "learned").iterdir()) < 400_000


def test_types_of_entities_are_learned_and_kept(
    examples_file: Path, annotator: Annotator, tmp_path: Path
) -> None:
    texts = texts_of(examples_file, annotator)
    typed_texts = [
        replace(t, example=replace(t.example, entities=tuple(entities_of(t)))) for t in texts
    ]
    relations = relations_of(load_ontology(write_domain(tmp_path)), ["runBy"])
    model = train(typed_texts[:24], relations)
    assert model.types == ("airfield", "firm")
    for name, contents in model_files(model, {}).items():
        (tmp_path / name).write_text(contents, "utf-8")
    loaded = load_model(tmp_path)
    assert loaded.types == model.types
    assert model_files(loaded, {}) == model_files(model, {})
    view = typed_texts[30].view
    found = candidates(view, {})
    types = {
        view.span_text(c.start, c.end): learned_type(c)
        for c in typed(found, score_mentions(view, found, loaded), loaded.types)
    }
    wanted = {typed_texts[30].example.text[a:b]: t for (a, b), t in entities_of(typed_texts[30])}
    assert {words: types[words] for words in wanted} == wanted
    assert types["metres"] == ""


def entities_of(text: Text) -> list[tuple[tuple[int, int], str]]:
    """Airfields and firms of a text, by its triples."""
    view = text.view
    found = {}
    for a in text.aligned:
        for places, type_ in ((a.subjects, "airfield"), (a.objects, "firm")):
            if type_ == "airfield" or a.triple.relation == "runBy":
                for start, end in places:
                    found[view.starts[start], view.ends[end - 1]] = type_
    return sorted(found.items())


def test_regularisation_is_what_held_out_texts_like_best(
    examples_file: Path, annotator: Annotator, tmp_path: Path
) -> None:
    texts = texts_of(examples_file, annotator)[:16]
    relations = relations_of(load_ontology(write_domain(tmp_path)), ["runBy"])
    chosen, alone, absurd = (
        train(texts, relations, Settings(l2_pairs=tried, few=0))
        for tried in ((5000.0, 4.0), (4.0,), (5000.0,))
    )
    assert np.array_equal(chosen.pairs.weights, alone.pairs.weights)
    assert not np.array_equal(chosen.pairs.weights, absurd.pairs.weights)


def test_the_same_examples_give_the_same_bytes(
    learned: tuple[Path, Learned], examples_file: Path, tmp_path: Path
) -> None:
    folder, _ = learned
    other = write_domain(tmp_path / "again")
    command = [sys.executable, "-m", "kg", "learn", str(other), str(examples_file), "--folds", "2"]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "77"}, check=False)
    assert done.returncode == 0
    for path in sorted((folder / "learned").iterdir()):
        assert (other / "learned" / path.name).read_bytes() == path.read_bytes(), path.name


def test_labels_of_a_held_out_fold_never_reach_the_model(
    examples_file: Path, annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = texts_of(examples_file, annotator)
    part = folds_of([t.example.text for t in texts], 3, seed=0)
    learned_from: list[list[Text]] = []
    read: list[tuple[int, Text]] = []

    def seen(rest, relations, settings=None):  # type: ignore[no-untyped-def]
        learned_from.append(list(rest))
        return train(rest, relations, settings)

    def asked(model, text, names):  # type: ignore[no-untyped-def]
        read.append((len(learned_from) - 1, text))
        without = replace(text, aligned=(), gold=frozenset(), own=({}, {}))
        found = read_held(model, text, names)
        assert found == read_held(model, without, names)  # its triples play no part
        return found

    monkeypatch.setattr(crossval, "train", seen)
    monkeypatch.setattr(crossval, "read_held", asked)
    relations = relations_of(_domain(examples_file), {"runBy", "openedOn"})
    cross_validate(texts, relations, folds=3, seed=0)
    assert sorted(id(t) for _, t in read) == sorted(id(t) for t in texts)
    for number, text in read:
        assert text not in learned_from[number]
        assert text.example.text not in {t.example.text for t in learned_from[number]}
    assert {tuple(p for t, p in zip(texts, part, strict=True) if t is x) for _, x in read}


def _domain(examples_file: Path):  # type: ignore[no-untyped-def]
    return load_ontology(write_domain(examples_file.parent / "leak"))


def test_a_name_vouches_for_others_never_for_its_own_text(annotator: Annotator) -> None:
    text = "Ilkham Airfield is run by Quill Air."
    triple = Triple("Ilkham Airfield", "runBy", "Quill Air")
    doc = next(iter(annotator.parse([text])))
    one = prepare(Example("1", text, (triple,)), DocView(doc))
    from kg.learn.texts import gather_names

    names = gather_names([one])
    assert known_names(names, one.own) == {}
    assert set(known_names(names)) == {"ilkham", "quill"}
    twice = gather_names([one, one])
    assert set(known_names(twice, one.own)) == {"ilkham", "quill"}


def test_a_pair_that_reading_would_not_see_has_no_place_and_judges_nothing(
    tmp_path: Path, annotator: Annotator
) -> None:
    text = texts_of(write_rows(tmp_path / "a.jsonl", rows()[:1]), annotator)[0]
    names, ids = gather_names([text]), FeatureIds()
    mentions = mention_rows(text, names, ids)
    relations = tuple(relation_of(a.triple.relation, [], [], []) for a in text.aligned)
    for likely in (0.0, 0.5):
        mentions.scores[:] = likely
        found = pair_rows(text, mentions, relations, names, ids)
        placed = [all("ahead" in str(c.sources) for c in (s, o)) for s, _, o, _ in found.pairs]
        assert placed == [True] * found.read + [False] * (len(found.pairs) - found.read)
        assert (found.read > 0) == (likely > 0)
        assert found.labels[:, 1:].sum() > 0


def test_equal_texts_are_in_one_fold() -> None:
    part = folds_of(["a", "b", "a", "c", "b", "d"], 3, seed=4)
    assert part[0] == part[2]
    assert part[1] == part[4]
    assert set(part) == {0, 1, 2}


def test_the_threshold_gives_the_best_f1() -> None:
    shown = [(0.9, True), (0.8, True), (0.6, False), (0.5, True), (0.2, False)]
    assert best_threshold(shown, total=3) == pytest.approx(0.35)
    assert best_threshold([(0.4, True), (0.3, False)], total=9) == pytest.approx(0.35)
    assert best_threshold(shown[:3], total=9) == 0.5  # never above
    assert best_threshold([], total=4) == 0.5


def test_what_could_not_be_learned_is_told(tmp_path: Path) -> None:
    examples = rows(10)
    examples[0]["triples"] = [{"s": "Corvane Airfield", "p": "paintedBy", "o": "Aerovia"}]
    examples[1]["triples"] = [{"s": "Delmark Airfield", "p": "runBy", "o": "Nobody Known"}]
    path = write_rows(tmp_path / "e.jsonl", examples)
    found = learn(load_ontology(write_domain(tmp_path / "air")), path, folds=0)
    reasons = {u.reason for u in found.unlearned}
    assert reasons == {"'paintedBy' is no relation of air", "object not in the text"}
    report = told(found)
    assert "1: object not in the text" in report
    assert "Delmark Airfield · runBy · Nobody Known" in report
    assert "not cross-validated" in report
    assert "fewer than 5 triples" in report


def test_a_relation_is_known_by_its_label_too(tmp_path: Path) -> None:
    examples = rows(6)
    for row in examples:
        for triple in row["triples"]:  # type: ignore[attr-defined]
            triple["p"] = {"runBy": "run by", "openedOn": "Opened_On"}.get(triple["p"], triple["p"])
    path = write_rows(tmp_path / "e.jsonl", examples)
    found = learn(load_ontology(write_domain(tmp_path / "air")), path, folds=0)
    assert not found.unlearned
    assert {"runBy", "openedOn"} <= set(found.triples)
    assert found.without_example == ()


def test_one_example_is_learned_from_without_a_fault(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "e.jsonl", rows(1))
    found = learn(load_ontology(write_domain(tmp_path / "air")), path)
    assert found.validation is None
    assert found.triples == {"runBy": 1, "runwayLength": 1}
    assert set(found.without_example) == {"openedOn", "nickname"}


def test_examples_that_teach_nothing_are_an_error(tmp_path: Path) -> None:
    row = {"text": "Fog lay on the field.", "triples": [{"s": "x1", "p": "runBy", "o": "y1"}]}
    path = write_rows(tmp_path / "e.jsonl", [row])
    ontology = load_ontology(write_domain(tmp_path / "air"))
    with pytest.raises(ExamplesError, match="subject and object not in the text, 1 times"):
        learn(ontology, path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("model.json", "{", "model.json: not valid JSON"),
        ("model.json", '{"format": 99}', "format 99, this version reads 1"),
        ("model.json", '{"format": 1}', "not a learned model"),
        ("pairs.jsonl", "[]\n", "not a learned model"),
        ("names.jsonl", None, "names.jsonl: file is missing"),
    ],
)
def test_a_broken_model_is_named(
    learned: tuple[Path, Learned], tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    folder = tmp_path / "learned"
    folder.mkdir()
    for path in (learned[0] / "learned").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)
    with pytest.raises(OntologyError, match=message):
        load_model(folder)
