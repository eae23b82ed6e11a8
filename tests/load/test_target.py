"""Addresses of stores, and secrets that stay secret."""

from __future__ import annotations

import pytest

from kg.errors import LoadError
from kg.load import Credentials, read_target


@pytest.mark.parametrize(
    ("url", "is_bolt"),
    [
        ("bolt://127.0.0.1:7687", True),
        ("neo4j+s://graphs.example", True),
        ("NEO4J+SSC://graphs.example", True),
        ("http://127.0.0.1:7878/store", False),
        ("HTTPS://graphs.example/store?repository=a", False),
        ("http://[::1]:7878/store", False),
    ],
)
def test_the_scheme_says_which_protocol(url: str, is_bolt: bool) -> None:
    assert read_target(url).is_bolt == is_bolt


@pytest.mark.parametrize(
    "url",
    [
        *("", "localhost:7878", "127.0.0.1:7878/store", "graphs.example/store", "ftp://a.example/"),
        *(
            "file:///etc/passwd",
            "http://",
            "http:///store",
            "http://a.example:port/",
            "http://[::1",
        ),
        *("http://a.example/a b", "http://a.example/\x1b[2J", "https://a.example/\n"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(LoadError, match=r"--to|give bolt://HOST:PORT"):
        read_target(url)


@pytest.mark.parametrize(
    "url", ["http://ann:opensesame@a.example/", "bolt://:opensesame@a.example"]
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(LoadError, match="KG_LOAD_PASSWORD") as caught:
        read_target(url)
    assert "opensesame" not in str(caught.value)


def test_secrets_are_not_in_the_representation() -> None:
    shown = repr(read_target("http://a.example/", Credentials("ann", "opensesame", "token1")))
    assert "ann" in shown
    assert "opensesame" not in shown
    assert "token1" not in shown
