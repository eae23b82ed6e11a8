"""What a server or the driver reports becomes a sentence with a way out."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable

from kg.errors import LoadError
from kg.load import Credentials, read_target
from kg.load.bolt.connection import Connection
from kg.load.bolt.failures import problem, unreachable

TARGET = read_target("bolt://127.0.0.1:1", Credentials("ann", "opensesame"))


def reported(code: str, message: str) -> Neo4jError:
    """As the driver makes it of what a server sends."""
    return Neo4jError._hydrate_neo4j(code=code, message=message)  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        (
            "Neo.ClientError.Security.Unauthorized",
            "The client is unauthorized",
            "the server refuses user 'ann' with this password; check --user and KG_LOAD_PASSWORD",
        ),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "too many", "wait some seconds"),
        ("Neo.ClientError.Security.CredentialsExpired", "expired", "password has expired"),
        (
            "Neo.ClientError.Security.Forbidden",
            "Write operations are not allowed for user 'ann' with roles [reader].",
            "read-only, or this user may not do that there: Write operations are not allowed",
        ),
        (
            "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
            "This Neo4j instance is read only",
            "the database is read-only",
        ),
        ("Neo.ClientError.Statement.AccessMode", "Writing in read access mode", "the server repo"),
        ("Neo.ClientError.Database.DatabaseNotFound", "Unable to get", "no database named 'news'"),
        (
            "Neo.ClientError.Schema.ConstraintCreationFailed",
            "Both Node(1) and Node(2) have the label `Entity` and property `id` = 'x'",
            "share an id: Both Node(1)",
        ),
        ("Neo.ClientError.Schema.IndexAlreadyExists", "There already exists", "drop the index"),
        (
            "Neo.ClientError.Schema.ConstraintWithNameAlreadyExists",
            "There already exists",
            "drop it and load again",
        ),
        (
            "Neo.ClientError.Schema.ConstraintValidationFailed",
            "Node(7) already exists with label `Agent`",
            "a constraint of the database stands against it: Node(7)",
        ),
        (
            "Neo.DatabaseError.Transaction.TransactionCommitFailed",
            "Could not apply: java.io.IOException: No space left on device",
            "the server's disk is full",
        ),
        ("Neo.DatabaseError.Transaction.TransactionLogError", "x", "its disk may be full"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "x", "too little memory"),
        ("Neo.TransientError.General.DatabaseUnavailable", "x", "not available now; try again"),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "x", "too long"),
        ("Neo.DatabaseError.General.UnknownError", "a\nb" * 500, "the server reports: a ba"),
    ],
)
def test_each_refusal_has_a_sentence(code: str, message: str, said: str) -> None:
    text = problem(reported(code, message), TARGET, "news")
    assert said in text
    assert "\n" not in text
    assert len(text) < 450
    assert "opensesame" not in text


def test_who_gave_no_name_or_a_token_is_told_what_to_give() -> None:
    error = reported("Neo.ClientError.Security.Unauthorized", "no")
    assert "give --user NAME" in problem(error, read_target("bolt://a.example"), None)
    target = read_target("bolt://a.example", Credentials(None, None, "opensesame"))
    assert "check KG_LOAD_TOKEN" in problem(error, target, None)


def test_the_innermost_cause_is_named() -> None:
    error = ServiceUnavailable("Couldn't connect to a.example:7687:\nmany lines")
    error.__cause__ = ExceptionGroup("all failed", [ConnectionRefusedError(111, "Refused")])
    assert "no connection over Bolt (Refused)" in unreachable(error, TARGET, None)


class Refusing:
    """A driver whose server takes nothing, and counts how often it was asked."""

    def __init__(self, error: Exception) -> None:
        self.error, self.asked = error, 0

    def get_server_info(self) -> Any:
        return type("Info", (), {"agent": "Neo4j/5"})

    def session(self, **_: Any) -> Refusing:
        return self

    def __enter__(self) -> Refusing:
        return self

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...

    def execute_write(self, work: Any) -> Any:
        self.asked += 1
        return work(self)

    def run(self, *_: object) -> Any:
        raise self.error


def test_a_read_only_database_is_not_asked_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = reported("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "opensesame is no key")
    driver = Refusing(error)
    monkeypatch.setattr(neo4j.GraphDatabase, "driver", lambda *_, **__: driver)
    with Connection(TARGET) as store, pytest.raises(LoadError, match="read-only") as caught:
        store.write("CREATE (n)")
    assert driver.asked == 1
    assert "opensesame" not in str(caught.value)
    assert "***" in str(caught.value)


def test_without_the_driver_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    import sys

    from kg.load import load

    monkeypatch.setitem(sys.modules, "neo4j", None)
    monkeypatch.delitem(sys.modules, "kg.load.bolt.connection", raising=False)
    with pytest.raises(LoadError, match=r"pip install 'newskg\[neo4j\]'"):
        load(tmp_path, "bolt://127.0.0.1:1")
