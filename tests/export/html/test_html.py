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
from kg.export.html.opening.story import STORY
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
    page = data_of(make_graph([article], facts), make_ontology(symmetric=["partnerOf"],
                   relations={"partnerOf": "is partner of"}))["page"]  # fmt: skip
    lines = {page["predicates"][edge["predicate"]]["label"]: edge for edge in page["edges"]}
    assert lines.keys() == {"acquired", "is partner of", "sponsor of"}
    assert len(lines["is partner of"]["facts"]) == 2
    assert lines["sponsor of"]["from"] == lines["acquired"]["to"]
    assert [p["label"] for p in page["predicates"] if p["symmetric"]] == ["is partner of"]


def test_texts_are_in_the_page_once_and_quotes_only_where_they_are_not() -> None:
    article = make_article("Acme bought Beta.")
    fact = make_fact(make_entity(), "acquired", make_entity("Beta"),
                     make_evidence(article, "Acme bought Beta"))  # fmt: skip
    graph = make_graph([article], [fact])
    with_text = data_of(graph)["page"]
    assert with_text["articles"][0]["text"] == article.text
    assert "quote" not in with_text["facts"][0]["evidence"][0]
    text = render_html(graph, make_ontology(), with_text=False)
    assert article.text not in text
    assert "Acme bought Beta" in text


def test_large_graph_draws_its_story_inside_the_regions() -> None:
    article = make_article("x")
    evidence = make_evidence(article, "x")
    hub = make_entity("Hub")
    others = [make_entity(f"E{n:03}") for n in range(400)]
    facts = [make_fact(hub, "partnerOf", other, evidence) for other in others[:300]]
    data = data_of(make_graph([article], facts, others))
    assert len(data["nodes"]) == STORY
    assert len(data["page"]["entities"]) == 401
    regions = data["page"]["groups"]
    assert regions
    for node in data["nodes"]:
        assert any(
            region["x"] < node["x"] < region["x"] + region["width"]
            and region["y"] < node["y"] < region["y"] + region["height"]
            for region in regions
        )
