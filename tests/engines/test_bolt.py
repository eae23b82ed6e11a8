"""Loading over Bolt, on a real server with the official driver."""

from __future__ import annotations

import logging
import re
import shutil
import ssl
import subprocess
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import neo4j
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import LoadError
from kg.export.rdf import render_trig
from kg.load import Credentials, LoadPlan, read_target
from kg.load.bolt import load_property_graph
from kg.load.bolt.connection import Connection
from kg.ontology.domain import load_ontology
from kg.property_graph import Node, PropertyGraph, Relationship, property_graph
from kg.reason import reason
from tests.engines.arcadedb import ArcadeDB
from tests.engines.broken_line import broken_line
from tests.showcase import showcase_graph

pytestmark = pytest.mark.engine

HOSTILE = (
    "quotes \" and ' and `",
    "back\\slash \\n \\u0041",
    "line\nbreak\r\n\ttab",
    "comma, semicolon; } $rows // no comment",
    "שלום עולם \u202e mirrored",
    "emoji 👩‍🚀 \U0001f6f0",
    "null\x00 bell\u0007 escape\u001b[2J delete\u007f",
    "x" * 10_000,
    "",
)
USER_DATA = (
    "CREATE (:Person {name: 'Own', id: 'urn:own'})-[:KNOWS {since: 1}]->(:Person {name: 'Other'})"
)


@pytest.fixture
def arcade(arcade: ArcadeDB) -> ArcadeDB:
    """The server without data and constraints."""
    with driver(arcade) as own, own.session(database=arcade.database) as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
    return arcade


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches of a small graph: a large one takes its time."""
    monkeypatch.setattr("kg.load.bolt.writing.BATCH", 200)


def driver(server: ArcadeDB) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(server.uri, auth=server.auth)


def ask(server: ArcadeDB, query: str, **parameters: Any) -> list[list[Any]]:
    with driver(server) as own:
        return [
            r.values() for r in own.execute_query(query, parameters, database_=server.database)[0]
        ]


def load(
    server: ArcadeDB, graph: PropertyGraph, *, port: int | None = None, **options: Any
) -> LoadPlan:
    target = read_target(f"bolt://127.0.0.1:{port or server.bolt_port}", Credentials(*server.auth))
    limits = {name: options.pop(name) for name in ("timeout_s", "retry_s") if name in options}
    with Connection(target, database=server.database, **limits) as store:
        return load_property_graph(graph, store, **options)


def state(server: ArcadeDB) -> tuple[list[Any], list[Any]]:
    """All there is, in an order."""
    nodes = ask(server, "MATCH (n) RETURN labels(n), properties(n)")
    relationships = ask(server, "MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id")
    return sorted(map(repr, nodes)), sorted(map(repr, relationships))


def small(names: tuple[str, ...] = ("Acme", "Beta", "Cup")) -> PropertyGraph:
    nodes = tuple(
        Node(f"urn:{name}", ("Entity", "Agent"), {"name": name, "born": date(2001, 2, 3)})
        for name in names
    )
    links = tuple(
        Relationship(f"urn:{a}-{b}", "KNOWS", f"urn:{a}", f"urn:{b}", {"confidence": 0.5})
        for a, b in pairwise(names)
    )
    return PropertyGraph(nodes, links)


def showcase() -> PropertyGraph:
    ontology = load_ontology("olympics")
    return property_graph(reason(showcase_graph(), ontology), ontology)


def many(count: int = 700) -> PropertyGraph:
    """More than one batch, and more than a few packets."""
    nodes = tuple(Node(f"urn:{i}", ("Entity",), {"name": f"Number {i}"}) for i in range(count))
    links = tuple(
        Relationship(f"urn:r{i}", "NEXT", f"urn:{i}", f"urn:{i + 1}", {}) for i in range(count - 1)
    )
    return PropertyGraph(nodes, links)


def test_all_arrives_with_its_labels_types_and_properties(arcade: ArcadeDB) -> None:
    graph = showcase()
    load(arcade, graph)
    rows = ask(
        arcade,
        "MATCH (n) WHERE n.kgHash IS NOT NULL RETURN n.id, labels(n), properties(n)",
    )
    found = {id_: (set(labels), properties) for id_, labels, properties in rows}
    assert found.keys() == {node.id for node in graph.nodes}
    for node in graph.nodes:
        labels, properties = found[node.id]
        assert labels == set(node.labels)
        assert plain(properties) == plain(node.properties)
    links = ask(arcade, "MATCH (a)-[r]->(b) RETURN r.id, type(r), a.id, b.id, properties(r)")
    assert {tuple(row[:4]) for row in links} == {
        (item.id, item.type, item.start, item.end) for item in graph.relationships
    }
    assert len(links) == len(graph.relationships)
    by_id = {(row[1], row[0]): plain(row[4]) for row in links}
    for item in graph.relationships:
        assert by_id[item.type, item.id] == plain(item.properties)


def plain(properties: Any) -> dict[str, Any]:
    """Without what loading adds; arrays and dates as Python has them."""
    return {
        name: list(value)
        if isinstance(value, tuple)
        else value.to_native()
        if isinstance(value, neo4j.time.Date)
        else value
        for name, value in properties.items()
        if name not in ("id", "kgHash")
    }


def test_a_second_load_sends_and_changes_nothing(arcade: ArcadeDB) -> None:
    first = load(arcade, showcase())
    before = state(arcade)
    second = load(arcade, showcase())
    assert first.steps
    assert second.steps == ()
    assert state(arcade) == before


def test_what_a_build_no_longer_has_goes_and_what_is_the_users_stays(arcade: ArcadeDB) -> None:
    ask(arcade, USER_DATA)
    users = state(arcade)
    load(arcade, small())
    ask(arcade, "MATCH (n:Entity {id: 'urn:Acme'}) SET n.rank = 0.7, n:Favourite")
    graph = small(("Acme", "Beta"))
    acme, beta = graph.nodes
    acme = replace(acme, labels=("Entity", "Place"), properties={"name": "Acme Works"})
    load(arcade, replace(graph, nodes=(acme, beta)))
    (row,) = ask(arcade, "MATCH (n {id: 'urn:Acme'}) RETURN labels(n), properties(n)")
    assert set(row[0]) == {"Entity", "Place", "Favourite"}
    assert plain(row[1]) == {"name": "Acme Works", "rank": 0.7}
    assert ask(arcade, "MATCH (n:Entity) RETURN n.id ORDER BY n.id") == [["urn:Acme"], ["urn:Beta"]]
    assert ask(arcade, "MATCH (:Entity)-[r]->() RETURN r.id") == [["urn:Acme-Beta"]]
    ask(arcade, "MATCH (n) WHERE n.kgHash IS NOT NULL DETACH DELETE n")
    ask(arcade, "MATCH (n:KgLoad) DELETE n")
    assert state(arcade) == users


def test_a_node_on_which_the_user_hung_something_stays(arcade: ArcadeDB) -> None:
    load(arcade, small())
    ask(arcade, "MATCH (n:Entity {id: 'urn:Cup'}) CREATE (:Note {id: 'mine'})-[:ABOUT]->(n)")
    plan = load(arcade, small(("Acme", "Beta")))
    assert any("1 nodes that this build no longer has stay" in note for note in plan.notes)
    assert ask(arcade, "MATCH (:Note)-[:ABOUT]->(n) RETURN n.id, n.kgHash") == [["urn:Cup", None]]
    assert load(arcade, small(("Acme", "Beta"))).steps == ()


def test_a_node_with_our_label_and_id_is_taken_over_and_said_so(arcade: ArcadeDB) -> None:
    ask(arcade, "CREATE (:Entity {id: 'urn:Acme', own: 1}), (:Entity {name: 'No id'})")
    plan = load(arcade, small())
    assert any(note.startswith("1 nodes that no load made") for note in plan.notes)
    assert ask(arcade, "MATCH (n:Entity {id: 'urn:Acme'}) RETURN n.own, n.name") == [[1, "Acme"]]
    assert ask(arcade, "MATCH (n:Entity) RETURN count(n)") == [[4]]


def test_the_graph_of_other_articles_is_replaced_only_when_asked(arcade: ArcadeDB) -> None:
    load(arcade, small(), articles=frozenset({"a.txt"}))
    before = state(arcade)
    other = small(("Acme", "Dune"))
    with pytest.raises(LoadError, match="--prune"):
        load(arcade, other, articles=frozenset({"b.txt"}))
    assert state(arcade) == before
    load(arcade, other, articles=frozenset({"b.txt"}), prune=True)
    assert ask(arcade, "MATCH (n:Entity) RETURN count(n)") == [[2]]


def test_names_of_any_characters_come_back_as_they_are(arcade: ArcadeDB) -> None:
    nodes = tuple(
        Node(f"urn:{number}", ("Entity", "A `label`"), {"name": name, "names": (name, name)})
        for number, name in enumerate(HOSTILE)
    )
    links = (Relationship("r'\"\\", "ODD `TYPE`", "urn:0", "urn:1", {"od`d": "x'\\\"\n"}),)
    graph = PropertyGraph(nodes, links)
    load(arcade, graph)
    rows = ask(arcade, "MATCH (n:`A ``label```) RETURN n.id, n.name, n.names")
    assert {row[0]: row[1:] for row in rows} == {
        node.id: [node.properties["name"], [node.properties["name"]] * 2] for node in nodes
    }
    assert ask(arcade, "MATCH ()-[r:`ODD ``TYPE```]->() RETURN r.id, r.`od``d`") == [
        ["r'\"\\", "x'\\\"\n"]
    ]
    assert load(arcade, graph).steps == ()


def test_a_dry_run_says_what_would_be_and_writes_nothing(arcade: ArcadeDB) -> None:
    ask(arcade, USER_DATA)
    before = state(arcade)
    plan = load(arcade, small(), dry_run=True)
    assert [(s.action, s.name, s.count, s.unit) for s in plan.steps] == [
        ("make", "Entity.id unique", 1, "constraints"),
        ("create", "Entity", 3, "nodes"),
        ("set", "Agent", 3, "labels"),
        ("create", "KNOWS", 2, "relationships"),
    ]
    assert state(arcade) == before
    assert ask(arcade, "SHOW CONSTRAINTS YIELD name") == []
    assert load(arcade, small()).steps == plan.steps


@pytest.mark.parametrize("after", [2_000, 20_000])
def test_a_load_goes_on_when_its_connection_broke(arcade: ArcadeDB, after: int) -> None:
    with broken_line(arcade.bolt_port, after=after, breaks=2) as line:
        load(arcade, many(), port=line.port)
    assert line.broken == 2
    assert ask(arcade, "MATCH (n:Entity) RETURN count(n)") == [[700]]
    assert ask(arcade, "MATCH (:Entity)-[r:NEXT]->(:Entity) RETURN count(r)") == [[699]]
    assert load(arcade, many()).steps == ()


def test_a_load_that_was_cut_off_says_so_and_is_completed_by_another(arcade: ArcadeDB) -> None:
    with (
        broken_line(arcade.bolt_port, after=30_000, gone=True) as line,
        pytest.raises(LoadError, match="did not come back") as caught,
    ):
        load(arcade, many(), port=line.port, retry_s=1.0)
    assert "of 1,399 rows were written and stay, and the same command completes" in str(
        caught.value
    )
    assert arcade.password not in str(caught.value)
    (there,) = ask(arcade, "MATCH (n:Entity) RETURN count(n)")[0]
    assert 0 < there < 700
    assert ask(arcade, "MATCH (l:KgLoad) RETURN l.complete") == [[False]]
    plan = load(arcade, many())
    assert "The load before was cut off; this one completes it." in plan.notes
    assert plan.steps[0].count == 700 - there
    assert ask(arcade, "MATCH (l:KgLoad) RETURN l.complete") == [[True]]
    assert load(arcade, many()).steps == ()


def test_a_server_that_falls_silent_is_left_for_good(arcade: ArcadeDB) -> None:
    with broken_line(arcade.bolt_port, after=10_000, mute=True) as line:
        with pytest.raises(LoadError, match="no answer for 2 seconds"):
            load(arcade, many(), port=line.port, timeout_s=1.5, retry_s=0.5)
        for thread in threading.enumerate():
            if thread.name == "kg-load":
                thread.join(timeout=30)
                assert not thread.is_alive()
    assert ask(arcade, "MATCH (n:Entity) RETURN count(n)") == [[0]], "it went on in secret"


@pytest.mark.parametrize(
    ("there", "message"),
    [
        (
            "CREATE CONSTRAINT newskg_entity_id FOR (n:Entity) REQUIRE n.name IS UNIQUE",
            r"a constraint named 'newskg_entity_id' \(UNIQUENESS of Entity.name\) is already there",
        ),
        (
            "CREATE CONSTRAINT own FOR (n:Agent) REQUIRE n.born IS UNIQUE",
            r"the constraint 'own' \(UNIQUENESS of Agent.born\) .* the build has 3; drop",
        ),
        (
            "CREATE (:Entity {id: 'twice'}), (:Entity {id: 'twice'})",
            "0 of 8 rows were written",
        ),
    ],
)
def test_what_stands_against_a_load_is_named_before_anything_is_written(
    arcade: ArcadeDB, there: str, message: str
) -> None:
    ask(arcade, there)
    before = state(arcade)
    with pytest.raises(LoadError, match=message):
        load(arcade, small())
    assert state(arcade) == before


def test_a_constraint_that_does_the_same_under_another_name_is_enough(arcade: ArcadeDB) -> None:
    ask(arcade, "CREATE CONSTRAINT mine FOR (n:Entity) REQUIRE n.id IS UNIQUE")
    assert [step.unit for step in load(arcade, small()).steps] == [
        *("nodes", "labels", "relationships")
    ]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of a build."""
    ontology = load_ontology("olympics")
    settings = {"base_iri": ontology.base_iri, "domain": ontology.name}
    graph = reason(replace(showcase_graph(), settings=settings), ontology)
    (tmp_path / "graph.trig").write_text(render_trig(graph, ontology), "utf-8", newline="")
    return tmp_path


def run(server: ArcadeDB, out: Path, *arguments: str, password: str | None = None) -> Any:
    environment = {"KG_LOAD_PASSWORD": server.password if password is None else password}
    return CliRunner().invoke(
        cli, ["load", str(out), "--user", server.user, *arguments], env=environment
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_the_verb_loads_and_the_password_is_nowhere(
    arcade: ArcadeDB, out: Path, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(arcade, out, "--to", f"{scheme}://127.0.0.1:{arcade.bolt_port}")
    assert result.exit_code == 0, result.output
    graph = showcase()
    counts = f"{len(graph.nodes)} nodes and {len(graph.relationships)} relationships"
    assert f"Read back: {counts}, as in the build." in result.output
    assert "LOGON" in caplog.text or "HELLO" in caplog.text
    for text in (result.output, result.stderr, caplog.text):
        assert arcade.password not in text


def test_the_verb_replaces_the_graph_of_other_articles_when_told_to(
    arcade: ArcadeDB, out: Path
) -> None:
    load(arcade, small(), articles=frozenset({"other.txt"}))
    refused = run(arcade, out, "--to", arcade.uri)
    assert refused.exit_code == 1
    assert "3 nodes loaded from other articles" in refused.stderr
    done = run(arcade, out, "--to", arcade.uri, "--prune", "--domain", "olympics")
    assert done.exit_code == 0, done.output
    assert "; 2 relationships and 3 nodes removed" in done.stdout
    assert ask(arcade, "MATCH (n {id: 'urn:Acme'}) RETURN n.id") == []


@pytest.mark.parametrize(("form", "labels"), [("properties", 0), ("none", 0), ("nodes", 1)])
def test_the_verb_heeds_the_form_of_evidence(
    arcade: ArcadeDB, out: Path, form: str, labels: int
) -> None:
    result = run(arcade, out, "--to", arcade.uri, "--evidence", form, "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    (count,) = ask(arcade, "MATCH (n:Statement) RETURN count(n)")[0]
    assert bool(count) == bool(labels)
    (quoted,) = ask(arcade, "MATCH ()-[r]->() WHERE r.quotes IS NOT NULL RETURN count(r)")[0]
    assert bool(quoted) == (form == "properties")


@pytest.mark.parametrize(
    ("address", "arguments", "password", "message"),
    [
        ("bolt://127.0.0.1:{bolt}", (), "wrong-secret", "refuses user 'root' with this password"),
        ("bolt://127.0.0.1:{bolt}", ("--database", "nope"), None, "no database named 'nope'"),
        ("bolt://127.0.0.1:{http}", (), None, "looks like HTTP"),
        ("bolt://127.0.0.1:1", (), None, "Connection refused"),
        ("neo4j://127.0.0.1:1", (), None, "Connection refused"),
        ("bolt+s://127.0.0.1:{bolt}", (), None, "whether it wants TLS at all"),
    ],
)
def test_what_cannot_be_reached_is_said_in_one_line(
    arcade: ArcadeDB,
    out: Path,
    address: str,
    arguments: tuple[str, ...],
    password: str | None,
    message: str,
) -> None:
    url = address.format(bolt=arcade.bolt_port, http=arcade.http_port)
    result = run(arcade, out, "--to", url, *arguments, password=password)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.startswith(f"Error: {url}: ")
    assert len(result.stderr.strip().splitlines()) == 1
    for secret in (arcade.password, "wrong-secret"):
        assert secret not in result.output + result.stderr
    assert state(arcade) == ([], [])


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate that nobody trusts."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_certificate_that_nobody_trusts_is_refused_unless_asked_not_to(
    arcade: ArcadeDB, out: Path, scheme: str, tls: ssl.SSLContext
) -> None:
    with broken_line(arcade.bolt_port, breaks=0, tls=tls) as line:
        refused = run(arcade, out, "--to", f"{scheme}+s://127.0.0.1:{line.port}")
        assert refused.exit_code == 1
        assert "does not trust the server's certificate (self-signed" in refused.stderr
        assert f"{scheme}+ssc://" in refused.stderr
        assert arcade.password not in refused.output
        if scheme == "neo4j":
            return  # the routing table would lead to the server itself, which knows no TLS
        taken = run(arcade, out, "--to", f"{scheme}+ssc://127.0.0.1:{line.port}")
        assert taken.exit_code == 0, taken.output


def test_a_user_is_asked_for_where_the_server_wants_one(arcade: ArcadeDB, out: Path) -> None:
    result = CliRunner().invoke(cli, ["load", str(out), "--to", arcade.uri])
    assert result.exit_code == 1
    assert "give --user NAME" in result.stderr


def test_a_server_that_repeats_the_password_does_not_get_it_printed(arcade: ArcadeDB) -> None:
    target = read_target(arcade.uri, Credentials(*arcade.auth))
    with (
        Connection(target, database=arcade.database) as store,
        pytest.raises(LoadError) as caught,
    ):
        store.read(f"MATCH (n RETURN '{arcade.password}'")
    assert arcade.password not in str(caught.value)
    assert "***" in str(caught.value) or "MATCH" not in str(caught.value)


def test_connections_are_closed(arcade: ArcadeDB) -> None:
    target = read_target(arcade.uri, Credentials(*arcade.auth))
    with closing(driver(arcade)), Connection(target, database=arcade.database) as store:
        assert store.read("RETURN 1 AS one") == [[1]]
    with pytest.raises(LoadError):
        store.read("RETURN 1 AS one")


def test_what_the_documents_say_removes_all_that_was_loaded_and_nothing_else(
    arcade: ArcadeDB, root: Path
) -> None:
    page = (root / "docs" / "load-neo4j.md").read_text("utf-8")
    _, _, section = page.partition("## Remove what was loaded")
    (script,) = re.findall(r"```cypher\n(.*?)```", section, re.S)
    ask(arcade, USER_DATA)
    users = state(arcade)
    load(arcade, showcase())
    statements = [text for text in script.split(";") if text.strip()]
    assert len(statements) == 3
    for statement in statements:
        with driver(arcade) as own, own.session(database=arcade.database) as session:
            session.run(statement).consume()
    assert state(arcade) == users
