"""`kg mcp` in a process, asked by the official client over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner

import kg.cli.mcp
from kg.cli import cli
from kg.mcp.lookup import Lookup
from tests.export.written import known_graphs, written_in
from tests.factories import HOSTILE_NAMES
from tests.mcp.conftest import ROOT, Session, connected

TOOLS = {"search_entities", "entity_facts", "sparql", "path_between", "conflicts"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


def test_tools_have_schemas_and_say_that_they_change_nothing(session: Session) -> None:
    tools = {tool.name: tool for tool in session.portal.call(session.client.list_tools).tools}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.description
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        assert "self" not in tool.input_schema["properties"]
    schema = json.dumps(tools["entity_facts"].output_schema)
    assert all(field in schema for field in ("stance", "speaker", "quote", "start", "sources"))


def test_the_instructions_tell_of_the_graph(session: Session, lookup: Lookup) -> None:
    told = session.client.instructions or ""
    assert f"{len(lookup.graph.facts)} facts that articles state" in told
    assert "sponsorOf (" in told
    assert "Company (" in told


def test_entities_are_found_by_name_class_and_slip(session: Session) -> None:
    def found(**arguments: Any) -> list[str]:
        return [e["label"] for e in session.answer("search_entities", **arguments)["entities"]]

    assert found(text="halvor group")[0] == "Halvor Group"
    assert found(text="Havlor")[0] == "Halvor Group"
    assert found(text="Lumenwroks")[0] == "Lumenworks"
    assert found(text="xyzzy") == []
    assert set(found(text="", type="Company", limit=100)) >= {"Mapwright", "Kestrel Motors"}
    assert "Ingrid Solheim" not in found(text="", type="Company", limit=100)
    assert len(found(text="", limit=3)) == 3
    assert session.answer("search_entities", text="")["total"] > 30
    assert "no class named 'Compny'; there are: " in session.error(
        "search_entities", text="", type="Compny"
    )


def test_facts_come_with_quote_place_voice_stance_and_speaker(session: Session) -> None:
    found = session.answer("entity_facts", entity="Mapwright", limit=100)
    assert found["total"] == len(found["facts"])
    supply = next(f for f in found["facts"] if f["relation"] == "suppliesTo")
    assert supply["stance"] == "planned"
    assert supply["speaker"]["label"] == "Jonas Ek"
    assert supply["object"]["label"] == "Kestrel Motors"
    assert supply["qualifiers"] == {"what": "maps"}
    (quote,) = supply["quotes"]
    assert quote["quote"] == "Mapwright will supply maps to Kestrel Motors"
    assert quote["voice"] == "paraphrase"
    text = (ROOT / "tests/fixtures/showcase" / quote["article"]).read_text("utf-8")
    assert text[quote["start"] : quote["end"]] == quote["quote"]
    assert quote["title"] == f"Title of {quote['article']}"
    assert (quote["url"], quote["published"]) == ("https://news.example/1", "2027-03-02")


def test_facts_can_be_narrowed_and_leafed_through(session: Session) -> None:
    def ids(**arguments: Any) -> list[str]:
        found = session.answer("entity_facts", entity="Kestrel Motors", **arguments)
        return [fact["id"] for fact in found["facts"]]

    every = ids(limit=100)
    assert ids(limit=2) + ids(limit=100, offset=2) == every
    assert len(set(every)) == len(every) > 5
    planned = session.answer("entity_facts", entity="Kestrel Motors", stance="planned")
    assert {fact["stance"] for fact in planned["facts"]} == {"planned"}
    based = session.answer("entity_facts", entity="Kestrel Motors", relation="basedIn")
    assert [fact["object"]["label"] for fact in based["facts"]] == ["Gothenburg"]
    stated = set(ids(limit=100, inferred=False))
    drawn = [
        fact
        for fact in session.answer("entity_facts", entity="Kestrel Motors", limit=100)["facts"]
        if fact["id"] not in stated
    ]
    assert drawn
    assert all(fact["inferred_by"] and fact["premises"] for fact in drawn)
    assert {premise for fact in drawn for premise in fact["premises"]} & stated


@pytest.mark.parametrize("tool", ["entity_facts", "conflicts"])
def test_an_unknown_entity_gives_close_names(session: Session, tool: str) -> None:
    told = session.error(tool, entity="Kestrell Motor")
    assert "no entity named 'Kestrell Motor'; there are: " in told
    assert "Kestrel Motors" in told


@pytest.mark.parametrize(
    "name", [*HOSTILE_NAMES[:-2], "' OR 1=1 --", "<script>", "../../etc/passwd"]
)
def test_hostile_names_are_unknown_in_one_line(session: Session, name: str) -> None:
    told = session.error("entity_facts", entity=name[:2_000])
    assert "no entity named" in told
    assert "\n" not in told
    assert len(told) < 5_000


def test_sparql_answers_rows_booleans_and_triples(session: Session, lookup: Lookup) -> None:
    query = "SELECT ?name { ?e a nr:Company ; schema:name ?name } ORDER BY ?name"
    found = session.answer("sparql", query=query, limit=2)
    companies = sorted(e.label for e in lookup.graph.entities if e.type == "Company")
    assert found["columns"] == ["name"]
    assert found["rows"] == [[companies[0]], [companies[1]]]
    assert found["total"] == len(companies)
    assert session.answer("sparql", query="ASK { ?s a nr:Fact404 }")["boolean"] is False
    built = session.answer("sparql", query="CONSTRUCT WHERE { ?s nr:confidence ?o }")
    assert built["columns"] == ["subject", "predicate", "object"]
    assert built["total"] > 10
    empty = session.answer("sparql", query="SELECT ?x { OPTIONAL { ?x a nr:Nothing404 } }")
    assert empty["rows"] == [[None]]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would send"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("LOAD <file:///etc/passwd>", "LOAD would change the graph"),
        ("SELECT nonsense", "does not parse at line 1"),
        ("SELECT ?x { ?x x:y 1 }", "prefix x: is not declared"),
        (" ", "the query is empty"),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "LIMIT"),
    ],
)
def test_sparql_that_is_refused_says_why(session: Session, query: str, told: str) -> None:
    assert told in session.error("sparql", query=query)


def test_an_endless_query_is_ended_and_the_next_is_answered(session: Session) -> None:
    begun = time.monotonic()
    assert "ran into its limit of 1 s" in session.error("sparql", query=ENDLESS, timeout_s=1)
    assert "ran into its limit of 3 s" in session.error("sparql", query=ENDLESS, timeout_s=3_600)
    assert time.monotonic() - begun < 15
    assert session.answer("sparql", query="ASK { ?s ?p ?o }")["boolean"] is True


def test_a_long_query_does_not_hold_up_the_other_tools(session: Session) -> None:
    ended: list[str] = []

    async def ask(tool: str, **arguments: Any) -> None:
        await session.client.call_tool(tool, arguments)
        ended.append(tool)

    async def both() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: ask("sparql", query=ENDLESS, timeout_s=2))
            await anyio.sleep(0.3)
            group.start_soon(lambda: ask("search_entities", text="Halvor"))
            group.start_soon(lambda: ask("sparql", query="ASK {}"))

    session.portal.call(both)
    assert len(ended) == 3
    assert ended[-1] == "sparql"
    assert ended[0] == "search_entities"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("sparql", {"query": "ASK {}", "limit": 0}),
        ("sparql", {"query": "ASK {}", "limit": 10**6}),
        ("sparql", {"query": "x" * 100_001}),
        ("entity_facts", {"entity": ""}),
        ("entity_facts", {"entity": "x" * 2_001}),
        ("entity_facts", {"entity": "Halvor", "stance": "true"}),
        ("entity_facts", {}),
        ("search_entities", {"text": ["a"]}),
        ("path_between", {"start": "Halvor", "end": "Pedalo", "longest": 99}),
        ("conflicts", {"kind": "war"}),
        ("build", {}),
    ],
)
def test_arguments_out_of_bounds_are_errors(
    session: Session, tool: str, arguments: dict[str, Any]
) -> None:
    told = session.error(tool, **arguments)
    assert "validation error" in told or "Unknown tool" in told
    assert "Traceback" not in told


def test_a_path_shows_the_facts_of_each_step(session: Session) -> None:
    found = session.answer("path_between", start="Maja Lind", end="Gothenburg")
    assert found["found"]
    assert found["length"] == 2
    ends = [(step["start"]["label"], step["end"]["label"]) for step in found["steps"]]
    assert ends == [("Maja Lind", "Kestrel Motors"), ("Kestrel Motors", "Gothenburg")]
    for step in found["steps"]:
        assert step["facts"]
        assert all(fact["stance"] and fact["quotes"] for fact in step["facts"])
    denied = {"start": "TV Nordavind", "end": "Tampere Marathon"}
    assert not session.answer("path_between", **denied, longest=1)["found"]
    found = session.answer("path_between", **denied, longest=1, stances=["negated"])
    assert found["steps"][0]["facts"][0]["stance"] == "negated"
    here = session.answer("path_between", start="Pedalo", end="Pedalo")
    assert here == {"found": True, "length": 0, "steps": []}


def test_conflicts_show_both_sides(session: Session, lookup: Lookup) -> None:
    found = session.answer("conflicts", limit=100)
    assert found["total"] == len(lookup.graph.discrepancies) == len(found["conflicts"]) > 0
    for conflict in found["conflicts"]:
        assert len(conflict["sides"]) >= 2
        assert any(side["quotes"] or side["reference"] for side in conflict["sides"])
    kind = found["conflicts"][0]["kind"]
    one = session.answer("conflicts", kind=kind, entity=found["conflicts"][0]["subject"]["id"])
    assert 0 < one["total"] <= found["total"]
    assert {conflict["kind"] for conflict in one["conflicts"]} == {kind}


def test_a_graph_whose_every_text_is_hostile_is_served(tmp_path: Path) -> None:
    written_in(tmp_path, known_graphs()["hostile"])
    with connected(tmp_path) as session:
        found = session.answer("search_entities", text="", limit=100)
        assert found["total"] > 10
        for entity in found["entities"]:
            assert len(entity["label"]) <= 300
            about = session.answer("entity_facts", entity=entity["id"], limit=100)
            assert about["entity"]["id"] == entity["id"]
        rows = session.answer("sparql", query="SELECT ?n { ?e schema:name ?n }", limit=1_000)
        assert any((cell or "").endswith("…") for row in rows["rows"] for cell in row)


def test_only_messages_go_to_standard_output_and_the_process_ends_with_its_input(
    out: Path,
) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", str(out)],
        input=b'nonsense\n{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n\xff\xfe\n{}\n',
        capture_output=True,
        timeout=60,
        cwd=ROOT,
        check=False,
    )
    lines = process.stdout.splitlines()
    assert lines
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in lines)
    assert process.returncode == 0, process.stderr


def test_without_a_graph_it_does_not_start(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["mcp", str(tmp_path)])
    assert result.exit_code == 1
    assert "no graph.trig or graph.ttl here" in result.stderr


def test_without_the_extra_it_says_what_to_install(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.cli.mcp, "find_spec", lambda name: None)
    result = CliRunner().invoke(cli, ["mcp", str(out)])
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: kg mcp needs an extra library; run: pip install 'newskg[mcp]'\n"
    )
