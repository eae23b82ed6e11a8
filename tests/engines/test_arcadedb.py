"""The test's own ArcadeDB: for this machine alone, a password nobody sees, gone at the end."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.engines.arcadedb import ArcadeDB, arcadedb

pytestmark = pytest.mark.engine


def listening(pid: int) -> set[str]:
    """Addresses that a process listens on, as /proc/net/tcp writes them."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        target = str(entry.readlink()) if entry.is_symlink() else ""
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return {fields[1] for fields in lines if fields[3] == "0A" and fields[9] in inodes}


def is_loopback(address: str) -> bool:
    host, _, _ = address.partition(":")
    mapped = "0000000000000000FFFF0000"  # ::ffff:127.0.0.1
    return host in ("0100007F", mapped + "0100007F")


def test_it_listens_on_this_machine_only(arcade: ArcadeDB) -> None:
    addresses = listening(arcade.pid)
    ports = {int(address.partition(":")[2], 16) for address in addresses}
    assert ports == {arcade.bolt_port, arcade.http_port}
    assert all(is_loopback(address) for address in addresses), addresses


def test_its_password_is_in_no_argument_and_no_representation(arcade: ArcadeDB) -> None:
    arguments = Path(f"/proc/{arcade.pid}/cmdline").read_bytes()
    assert arcade.password.encode() not in arguments
    assert arcade.password not in repr(arcade)


def test_it_is_stopped_when_the_test_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), arcadedb(tmp_path) as server:
        raise ZeroDivisionError
    assert not Path(f"/proc/{server.pid}").exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.bolt_port)) != 0


def test_the_driver_asks_it(arcade: ArcadeDB) -> None:
    neo4j = pytest.importorskip("neo4j")
    with neo4j.GraphDatabase.driver(arcade.uri, auth=arcade.auth) as driver:
        assert (
            driver.execute_query("RETURN 1 AS one", database_=arcade.database).records[0]["one"]
            == 1
        )
