"""Links that a service proposes: what is asked, believed and kept, and services that misbehave."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UnknownNameError
from kg.link import accepted_links, read_links, write_links
from kg.link.answers import Manifest, read_answers
from kg.link.propose import Outcome, merged, propose, unlinked
from kg.link.service import Service
from kg.model.decision import Decision, DecisionKind
from kg.model.graph import Entity
from kg.model.link import LinkCandidate
from kg.read.fetch import Fetcher
from tests.factories import make_entity, make_ontology
from tests.link.service import MANIFEST, LocalService, candidate
from tests.resolve.builders import Page, resolved

ONTOLOGY = make_ontology(
    {
        "Entity": (),
        "Organization": ("Entity",),
        "Company": ("Organization",),
        "Person": ("Entity",),
        "Ferry": ("Entity",),
    }
)
HALVOR, ORIEL, BRASK = (
    make_entity("Halvor"),
    make_entity("Oriel"),
    make_entity("Ada Brask", "Person"),
)


@pytest.fixture
def server() -> Iterator[LocalService]:
    service = LocalService()
    yield service
    service.close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def service(server: LocalService, pauses: list[float]) -> Service:
    fetcher = Fetcher(allow_private=True, timeout_s=5, pause_s=0, max_bytes=100_000)
    return Service(server.url, fetcher, sleep=pauses.append)


def ask(service: Service, *entities: Entity, **how: Any) -> Outcome:
    return propose(entities, service, ONTOLOGY, **how)


def iri(id_: str) -> str:
    return f"https://records.example/id/{id_}"


def test_what_a_service_proposes(server: LocalService, service: Service) -> None:
    server.records = {
        "Halvor": [
            candidate("R1", "Halvor", 97.5, True, description="ferry line"),
            candidate("R2", "Halvorsen", 60),
        ]
    }
    outcome = ask(service, HALVOR, ORIEL)
    assert outcome.asked == (HALVOR.id, ORIEL.id)
    assert outcome.error is None
    assert outcome.proposals == (
        LinkCandidate(
            HALVOR.id, iri("R1"), "Halvor (ferry line)", 97.5, "a match; company", service.url
        ),
        LinkCandidate(HALVOR.id, iri("R2"), "Halvorsen", 60, "like it; company", service.url),
    )


def test_names_go_in_batches_and_nothing_else_does(server: LocalService, service: Service) -> None:
    entities = [make_entity(f"Firm {n:02} “&=é”") for n in range(23)]
    ask(service, *entities)
    assert [len(names) for names in server.names] == [10, 10, 3]
    assert [name for names in server.names for name in names] == [e.label for e in entities]
    assert all(q.keys() == {"query", "limit"} for asked in server.asked for q in asked.values())
    for headers in server.headers:
        assert headers["User-Agent"].startswith("newskg/")
        assert "Cookie" not in headers


def test_types_are_asked_for_by_the_nearest_class(server: LocalService, service: Service) -> None:
    ask(service, HALVOR, BRASK, types={"Organization": "Q43", "Company": "Q44"})
    first, second = server.asked[0].values()
    assert (first["type"], "type" in second) == ("Q44", False)
    with pytest.raises(UnknownNameError, match="no class named 'Firm'"):
        ask(service, HALVOR, types={"Firm": "Q44"})


@pytest.mark.parametrize(
    ("records", "accepted"),
    [
        ([candidate("R1", "Halvor", 90, True)], True),
        ([candidate("R1", "Halvor", 90, True), candidate("R2", "Halvor", 89)], True),
        ([candidate("R1", "Halvor", 90)], False),  # the service is not sure
        ([candidate("R1", "Halvor", 90, True), candidate("R2", "Halvor", 90)], False),
        ([candidate("R1", "Halvor", 80, True), candidate("R2", "Halvor", 90)], False),
        ([candidate("R1", "Halvor", 90, True), candidate("R2", "Halvor", 80, True)], False),
        ([candidate("R1", "Halvor", 90, True, type=[])], False),
        ([candidate("R1", "Halvor", 90, True, type=["entity"])], False),  # what is not one?
        ([candidate("R1", "Halvor", 90, True, type=[{"id": "T2", "name": "person"}])], False),
        ([candidate("R1", "Halvor", 90, True, type=[{"id": "T3", "name": "Organization"}])], True),
        ([candidate("R1", "Halvor", 90, True, type=[{"id": "Q44", "name": "firm"}])], True),
        ([], False),
    ],
)
def test_only_what_is_beyond_doubt_is_accepted(
    server: LocalService, service: Service, records: list[dict[str, Any]], accepted: bool
) -> None:
    server.records = {"Halvor": records}
    outcome = ask(service, HALVOR, accept=True, types={"Company": "Q44"})
    believed = [p.iri for p in outcome.proposals if p.accepted]
    assert believed == ([iri("R1")] if accepted else [])
    assert not any(p.accepted for p in ask(service, HALVOR, types={"Company": "Q44"}).proposals)


def test_one_record_for_two_entities_is_accepted_for_neither(
    server: LocalService, service: Service
) -> None:
    server.records = {name: [candidate("R1", "Halvor", 90, True)] for name in ("Halvor", "Oriel")}
    outcome = ask(service, HALVOR, ORIEL, accept=True)
    assert [p.accepted for p in outcome.proposals] == [False, False]
    for taken in ([], [iri("R1")]):
        outcome = ask(service, HALVOR, accept=True, taken=taken)
        assert [p.accepted for p in outcome.proposals] == [not taken]


def test_a_busy_service_is_asked_again(
    server: LocalService, service: Service, pauses: list[float]
) -> None:
    server.replies = [(503, {}, b""), (429, {"Retry-After": "17"}, b"")]
    server.records = {"Halvor": [candidate("R1", "Halvor", 90)]}
    assert len(ask(service, HALVOR).proposals) == 1
    assert pauses == [2, 17]


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.6)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        time.sleep(0.1)


ANSWER = {"q0": {"result": [candidate("R1", "Halvor", 90)]}}


def sent(**change: Any) -> bytes:
    return json.dumps({"q0": {"result": [candidate("R1", "Halvor", 90) | change]}}).encode()


@pytest.mark.parametrize(
    ("replies", "message"),
    [
        ([(500, {}, b"")] * 3, "answers with status 500; try again later"),
        ([(404, {}, b"gone")], "answers with status 404; check the address"),
        ([(302, {"Location": "/api"}, b"")], "redirects to http://127.0.0.1:.*/api; give that"),
        ([(307, {"Location": "http://10.0.0.1/"}, b"")], "redirects to http://10.0.0.1/"),
        ([(200, {}, b"<html>")], "sends no JSON"),
        ([(200, {}, b"\xff\xfe")], "sends no JSON"),
        ([(200, {}, b"[" * 90_000)], "sends no JSON"),
        ([(200, {}, b"[]")], r"sends \[\] instead of a JSON object"),
        ([(200, {}, b"{}")], "no list `result` for the query q0"),
        ([(200, {}, b'{"q0": {"result": {}}}')], "no list `result`"),
        ([(200, {}, b'{"q0": {"result": [7]}}')], "a candidate is not an object"),
        ([(200, {}, sent(id=None))], "no `id`"),
        ([(200, {}, sent(id=" "))], "no `id`"),
        ([(200, {}, sent(name=3))], "no `name`"),
        ([(200, {}, sent(score="90"))], "`score` of candidate R1 is no number"),
        ([(200, {}, sent(score=math.nan))], "`score` of candidate R1 is no number"),
        ([(200, {}, sent(match="true"))], "`match` of candidate R1 is neither"),
        ([(200, {}, b" " * 200_000)], "larger than 100,000 bytes"),
        ([slow] * 3, "cannot be fetched"),
        ([drip] * 3, "took too long"),
    ],
)
def test_services_that_misbehave(
    server: LocalService, service: Service, replies: list[Any], message: str
) -> None:
    if replies[0] in (slow, drip):
        service.fetcher.timeout_s = 0.3
    service.batch = 1
    server.records = {"Oriel": [candidate("R9", "Oriel", 90)]}
    assert ask(service, ORIEL).error is None
    server.replies = replies
    outcome = ask(service, HALVOR, ORIEL)
    assert isinstance(outcome.error, InputError)
    with pytest.raises(InputError, match=message):
        raise outcome.error
    assert outcome.asked == ()


def test_what_came_before_a_failure_is_kept(server: LocalService, service: Service) -> None:
    service.batch = 1
    server.records = {"Halvor": [candidate("R1", "Halvor", 90)]}
    server.replies = [(200, {}, json.dumps(ANSWER).encode()), (400, {}, b"")]
    outcome = ask(service, HALVOR, ORIEL)
    assert outcome.asked == (HALVOR.id,)
    assert [p.iri for p in outcome.proposals] == [iri("R1")]
    assert "status 400" in str(outcome.error)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ([], "instead of a JSON object"),
        ({}, "no `identifierSpace`"),
        (MANIFEST | {"versions": ["1.0"]}, "speaks version 1.0"),
        (MANIFEST | {"identifierSpace": "records"}, "how an IRI is made of the id 'R1'"),
        (MANIFEST | {"identifierSpace": "javascript:"}, "how an IRI is made"),
    ],
)
def test_manifests_that_cannot_be_used(
    server: LocalService, service: Service, manifest: Any, message: str
) -> None:
    server.manifest = manifest
    server.records = {"Halvor": [candidate("R1", "Halvor", 90)]}
    outcome = ask(service, HALVOR)
    assert message in str(outcome.error)
    assert outcome.proposals == ()


@pytest.mark.parametrize(
    ("space", "view", "id_", "expected"),
    [
        ("http://a.example/", "", "Q1", "http://a.example/Q1"),
        ("http://a.example/", "", "a b<c>", "http://a.example/a%20b%3Cc%3E"),
        ("http://a.example", "http://a.example/?id={{id}}", "Q1", "http://a.example/?id=Q1"),
        ("http://a.example/", "", "https://b.example/7", "https://b.example/7"),
        ("urn:x:", "", "Q1", None),
    ],
)
def test_records_have_an_iri(space: str, view: str, id_: str, expected: str | None) -> None:
    assert Manifest("", space, view).iri(id_) == expected


def test_private_addresses_are_refused(server: LocalService, pauses: list[float]) -> None:
    outcome = ask(Service(server.url, Fetcher(), sleep=pauses.append), HALVOR)
    assert "is the private address 127.0.0.1" in str(outcome.error)
    assert server.headers == []
    assert pauses == []


def test_nobody_there(pauses: list[float]) -> None:
    server = LocalService()
    server.close()
    fetcher = Fetcher(allow_private=True, pause_s=0)
    outcome = ask(Service(server.url, fetcher, sleep=pauses.append), HALVOR)
    assert "cannot be fetched" in str(outcome.error)
    assert pauses == [2, 4]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["q0", "result", "id", "name", "score"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        (found,) = read_answers(json.dumps(value).encode(), ["q0"], "http://a.example/").values()
    except InputError as error:
        found, message = (), str(error)
    else:
        message = ""
    assert message == "" or message.startswith("http://a.example/ does not answer")
    assert all(f.id and math.isfinite(f.score) for f in found)


def test_named_entities_without_a_link_are_asked_for() -> None:
    page = Page("a.txt")
    page.entity("Halvor")
    page.entity("Tokyo", "City")
    page.entity("a gallery", "Initiative", named=False)
    page.entity("Ada Brask", "Person")
    graph = resolved(page)
    ontology = make_ontology({"Company": (), "Person": (), "City": ()})
    assert [e.label for e in unlinked(graph, ontology)] == ["Halvor", "Ada Brask"]
    assert [e.label for e in unlinked(graph, ontology, ["Person"])] == ["Ada Brask"]
    with pytest.raises(UnknownNameError, match="no class named 'Firm'"):
        unlinked(graph, ontology, ["Firm"])


def proposal(entity: str = "urn:e", id_: str = "R1", **fields: Any) -> LinkCandidate:
    values = {"label": "Halvor", "score": 90.0, "reason": "a match", "source": "http://s.example"}
    return LinkCandidate(entity, iri(id_), **(values | fields))


candidates = st.builds(
    proposal,
    st.text(min_size=1),
    st.text(),
    label=st.text(),
    score=st.floats(allow_nan=False, allow_infinity=False),
    reason=st.text(),
    accepted=st.booleans(),
)


@given(st.sets(candidates))
def test_proposals_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, proposals: set[LinkCandidate]
) -> None:
    out = tmp_path_factory.mktemp("out")
    path = write_links(out, proposals)
    assert set(read_links(out)) == proposals
    before = path.read_bytes()
    assert write_links(out, sorted(proposals, reverse=True)).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "no proposal"),
        ('{"entity": "urn:e"}', "no proposal; one has entity, iri"),
        ('"score": "high"', "'score' has the wrong type"),
        ('"score": NaN', "'score' is no number"),
        ('"accepted": 1', "'accepted' has the wrong type"),
        ('"iri": "ftp://x"', "'iri' must begin with http"),
    ],
)
def test_broken_files_are_refused_by_line(tmp_path: Path, line: str, message: str) -> None:
    path = write_links(tmp_path, [proposal("urn:a"), proposal("urn:b")])
    good, changed = path.read_text().splitlines()
    if line.startswith('"'):
        name, _, value = line.partition(": ")
        record = json.loads(changed) | {name.strip('"'): json.loads(value)}
        line = json.dumps(record)
    path.write_text(f"{good}\n\n{line}\n")
    with pytest.raises(InputError, match=f"links.jsonl:3: {message}"):
        read_links(tmp_path)


def test_accepted_links_are_decisions_unless_a_person_said_otherwise(tmp_path: Path) -> None:
    assert accepted_links(tmp_path) == ()
    write_links(
        tmp_path,
        [
            proposal("urn:a", accepted=True),
            proposal("urn:a", "R2"),
            proposal("urn:b", accepted=True),
        ],
    )
    person = Decision(DecisionKind.LINK, ("urn:b", iri("R1")), False)
    assert accepted_links(tmp_path, [person]) == (
        Decision(DecisionKind.LINK, ("urn:a", iri("R1")), True, f"{tmp_path / 'links.jsonl'}:1"),
    )


def test_new_proposals_take_the_place_of_old_ones_but_not_of_accepted_ones() -> None:
    known = [
        proposal("urn:a", "R1", accepted=True),
        proposal("urn:a", "R2"),
        proposal("urn:a", "R3", source="http://other.example"),
        proposal("urn:b", "R4"),
    ]
    outcome = Outcome(("urn:a",), (proposal("urn:a", "R1"), proposal("urn:a", "R5")))
    found = merged(known, outcome, "http://s.example")
    assert [(p.entity, p.iri[-2:], p.accepted) for p in found] == [
        ("urn:a", "R1", True),
        ("urn:a", "R3", False),
        ("urn:a", "R5", False),
        ("urn:b", "R4", False),
    ]
