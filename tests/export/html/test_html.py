"""The text of the page; what it does in a browser is tested in tests/browser."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import kg.export.html
from kg.export.html import render_html
from kg.export.html.page_data import MAX_DRAWN
from kg.model.graph import KnowledgeGraph
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_ontology,
)
from tests.showcase import showcase_graph

VIEWER = Path(kg.export.html.__file__).parent / "viewer"


def data_of(graph: KnowledgeGraph, ontology: Any = None) -> dict[str, Any]:
    text = render_html(graph, ontology or make_ontology())
    block = re.search(r'id="graph-data">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    return json.loads(block[1])


def test_library_is_the_one_that_its_note_names() -> None:
    digest = hashlib.sha256((VIEWER / "vis-network.min.js").read_bytes()).hexdigest()
    assert digest in (VIEWER / "README.md").read_text("utf-8")


def test_page_names_no_address_to_load_from() -> None:
    text = render_html(showcase_graph(), make_ontology())
    markup = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#)", markup)
    assert "url(" not in markup
    assert "@import" not in markup
    assert "sourceMappingURL" not in text


def test_policy_allows_the_scripts_of_the_page_by_hash_only() -> None:
    text = render_html(make_graph(), make_ontology())
    policy = re.search(r'Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    script_part = unescape(policy[1]).split(";")[1].split()
    assert script_part[0] == "script-src"
    assert [part[:8] for part in script_part[1:]] == ["'sha256-"] * 2


def test_facts_of_the_same_ends_relation_and_stance_share_a_line() -> None:
    article = make_article("Acme and Beta")
    evidence = make_evidence(article, "Acme")
    one, two = make_entity("Acme"), make_entity("Beta")
    facts = [
        make_fact(one, "partnerOf", two, evidence),
        make_fact(one, "partnerOf", two, evidence, attributed_to=two),
        make_fact(one, "acquired", two, evidence),
        make_fact(two, "sponsorOf", one, evidence),
    ]
    data = data_of(make_graph([article], facts), make_ontology(symmetric=["partnerOf"],
                   relations={"partnerOf": "is partner of"}))  # fmt: skip
    lines = {edge["label"]: edge for edge in data["edges"]}
    assert lines.keys() == {"acquired", "is partner of", "sponsor of"}
    assert len(lines["is partner of"]["facts"]) == 2
    assert lines["is partner of"]["symmetric"]
    # The opposite line bends to the other side as seen from its own start.
    bends = {
        label: edge["bend"] * (1 if edge["from"] == 0 else -1) for label, edge in lines.items()
    }
    assert len(set(bends.values())) == 3


def test_offsets_are_turned_into_text_where_they_count_code_points() -> None:
    text = "\U0001f600 First. \U0001f600 Acme bought Beta. Last.\n\nAnother paragraph."
    article = make_article(text)
    fact = make_fact(make_entity(), "acquired", make_entity("Beta"),
                     make_evidence(article, "Acme bought Beta"))  # fmt: skip
    ((evidence,),) = [
        f["evidence"] for f in data_of(make_graph([article], [fact]))["page"]["facts"]
    ]
    assert evidence["before"] == "\U0001f600 First. \U0001f600 "
    assert evidence["after"] == ". Last."


def test_context_is_cut_between_words() -> None:
    text = "word " * 100 + "Acme bought Beta" + " word" * 100
    article = make_article(text)
    fact = make_fact(make_entity(), "acquired", make_entity("Beta"),
                     make_evidence(article, "Acme bought Beta"))  # fmt: skip
    ((evidence,),) = [
        f["evidence"] for f in data_of(make_graph([article], [fact]))["page"]["facts"]
    ]
    assert re.fullmatch(r"… (word )+", evidence["before"])
    assert re.fullmatch(r"( word)+ …", evidence["after"])
    assert len(evidence["before"]) < 165


def test_large_graph_draws_the_most_connected_and_says_so() -> None:
    article = make_article("x")
    evidence = make_evidence(article, "x")
    hub = make_entity("Hub")
    others = [make_entity(f"E{n:03}") for n in range(MAX_DRAWN + 20)]
    facts = [make_fact(hub, "partnerOf", other, evidence) for other in others[: MAX_DRAWN - 1]]
    text = render_html(make_graph([article], facts, others), make_ontology())
    data = data_of(make_graph([article], facts, others))
    assert "21 with the fewest facts not drawn" in text
    assert len(data["nodes"]) == MAX_DRAWN
    assert len(data["page"]["entities"]) == MAX_DRAWN + 21
    assert len(data["edges"]) == MAX_DRAWN - 1
