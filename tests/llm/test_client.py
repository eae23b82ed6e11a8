"""Requests over a real socket to endpoints that misbehave."""

from __future__ import annotations

import logging
from email.utils import formatdate

import pytest

from kg.errors import InputError
from kg.llm.client import Client, RefusedError, SilentError
from kg.llm.settings import KEY, LlmSettings
from tests.llm.server import Reply, completion, scripted

KEY_SENT = "sk-quite-secret"
REQUEST = {"model": "small", "messages": [{"role": "user", "content": "x"}]}


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, KEY_SENT)


def client_of(url: str, timeout_s: float = 60.0) -> Client:
    return Client.of(LlmSettings(url, "small", timeout_s=timeout_s))


def test_a_request_is_sent_with_the_key_and_its_body_comes_back() -> None:
    reply = completion("hello")
    with scripted(lambda _: reply) as endpoint:
        assert client_of(endpoint.url).post(REQUEST) == reply.body
    ((headers, body),) = endpoint.requests
    assert endpoint.paths == ["/v1/chat/completions"]
    assert {k.lower(): v for k, v in headers.items()}["authorization"] == f"Bearer {KEY_SENT}"
    assert body == REQUEST


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_told_by_its_status(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = Reply(status, f'{{"error": {{"message": "bad key {KEY_SENT}"}}}}'.encode())
    with scripted(lambda _: echo) as endpoint, pytest.raises(RefusedError) as caught:
        client_of(endpoint.url).post(REQUEST)
    assert caught.value.status == status
    assert len(endpoint.requests) == 1
    assert KEY_SENT not in str(caught.value) + caplog.text


def test_a_redirect_is_not_followed() -> None:
    with scripted(lambda _: completion("other")) as other:
        away = Reply(307, headers=(("Location", f"{other.url}/chat/completions"),))
        with scripted(lambda _: away) as endpoint, pytest.raises(RefusedError, match="307"):
            client_of(endpoint.url).post(REQUEST)
    assert other.requests == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_endpoint_says_how_long_to_wait(status: int) -> None:
    busy = Reply(status, b"{}", (("Retry-After", "7"),))
    with scripted(lambda _: busy) as endpoint, pytest.raises(SilentError) as caught:
        client_of(endpoint.url).post(REQUEST)
    assert caught.value.wait_s == 7
    assert len(endpoint.requests) == 1  # whoever asks has the patience, not the library


@pytest.mark.parametrize(
    ("value", "wait"),
    [("999999999999", 60.0), ("soon", 0.0), ("-5", 0.0), ("", 0.0), (formatdate(0), 0.0)],
)
def test_what_it_asks_for_is_bounded(value: str, wait: float) -> None:
    busy = Reply(429, b"", (("Retry-After", value),))
    with scripted(lambda _: busy) as endpoint, pytest.raises(SilentError) as caught:
        client_of(endpoint.url).post(REQUEST)
    assert caught.value.wait_s == wait


def test_an_endpoint_that_hangs_is_left() -> None:
    with scripted(lambda _: Reply(hangs=True)) as endpoint:
        with pytest.raises(SilentError, match=r"no answer within 0\.2 s"):
            client_of(endpoint.url, 0.2).post(REQUEST)
        endpoint.released.set()


def test_an_endpoint_that_drips_is_left_too() -> None:
    drips = Reply(body=b" " * 1000, dripping=True)
    with scripted(lambda _: drips) as endpoint:
        with pytest.raises(SilentError, match=r"no answer within 0\.3 s"):
            client_of(endpoint.url, 0.3).post(REQUEST)
        endpoint.released.set()


def test_an_endpoint_that_does_not_stop_is_cut_off() -> None:
    endless = Reply(body=b"x" * 5_000_000)
    with scripted(lambda _: endless) as endpoint, pytest.raises(SilentError, match="not stop"):
        client_of(endpoint.url).post(REQUEST)


def test_nobody_there_is_told_without_the_key() -> None:
    with scripted(lambda _: Reply()) as endpoint:
        url = endpoint.url
    with pytest.raises(SilentError, match="cannot be reached") as caught:
        client_of(url).post(REQUEST)
    assert KEY_SENT not in str(caught.value)


def test_a_missing_library_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openai", None)
    with pytest.raises(InputError, match=r"newskg\[llm\]"):
        client_of("http://127.0.0.1:9")
