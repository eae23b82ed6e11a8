"""What every exporter must do, whatever it writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UnknownNameError
from kg.export import EXPORTERS, Exporter, exporter
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, load_ontology
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.showcase import showcase_graph

HOSTILE = "<script>&\"'\\ \r\n\t\x00\u2028\U0001f600 {{ 1 }} ]]> \u202e"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def smallest() -> KnowledgeGraph:
    article = make_article()
    evidence = make_evidence(article, "Acme bought Beta")
    return make_graph(
        [article], [make_fact(make_entity(), "acquired", make_entity("Beta"), evidence)]
    )


def hostile() -> KnowledgeGraph:
    article = make_article(HOSTILE, "hostile.txt")
    entities = make_entity(HOSTILE), make_entity("B", mentions=(HOSTILE,))
    return make_graph([article], [make_fact(entities[0], "partnerOf", entities[1],
                                            make_evidence(article, HOSTILE))])  # fmt: skip


GRAPHS = {
    "empty": make_graph,
    "smallest": smallest,
    "hostile": hostile,
    "showcase": showcase_graph,
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
@pytest.mark.parametrize("item", EXPORTERS, ids=lambda item: item.name)
def test_exporter_writes_the_same_text_twice(item: Exporter, graph, ontology: Ontology) -> None:
    text = item.render(graph(), ontology)
    assert text == item.render(graph(), ontology)
    data = text.encode("utf-8") if isinstance(text, str) else b"".join(text)
    data.decode("utf-8")


@pytest.mark.parametrize("item", EXPORTERS, ids=lambda item: item.name)
def test_exporter_does_not_depend_on_the_hash_seed(item: Exporter) -> None:
    code = (
        "import sys, hashlib; from kg.export import exporter;"
        "from kg.ontology.domain import load_ontology; from tests.showcase import showcase_graph;"
        f"text = exporter({item.name!r}).render(showcase_graph(), load_ontology());"
        "data = text.encode() if isinstance(text, str) else b''.join(text);"
        "print(hashlib.sha256(data).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_exporter_is_found_by_name() -> None:
    assert exporter("turtle").file_name == "graph.ttl"
    with pytest.raises(
        UnknownNameError,
        match="'pdf'; there are: discrepancies, graphml, html, inferred, jsonl, tr",
    ):
        exporter("pdf")


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, kg.export; loaded = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'pyvis', 'networkx', 'spacy', 'rdflib', 'jinja2', 'IPython'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
