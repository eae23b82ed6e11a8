"""The address of an endpoint, and when a key is sent to it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import InputError
from kg.llm.settings import KEY, LlmSettings, api_key, base_url

KEY_SENT = "sk-quite-secret"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (KEY, "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        ("https://models.example/openai/v1/", "https://models.example/openai/v1"),
        ("https://models.example/v1/chat/completions", "https://models.example/v1"),
    ],
)
def test_an_address_is_taken_as_people_write_it(given: str, base: str) -> None:
    assert base_url(given) == base


@pytest.mark.parametrize(
    "given", ["", "models.example", "ftp://models.example", "http://", "http://[", "http://a:b/v1"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="OpenAI-compatible endpoint"):
        base_url(given)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        base_url(f"https://me:{KEY_SENT}@models.example/v1")
    assert KEY_SENT not in str(caught.value)
    assert KEY in str(caught.value)


def test_the_key_of_openai_goes_to_openai_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY_SENT)
    assert api_key("https://api.openai.com/v1") == KEY_SENT
    assert api_key("https://models.example/v1") is None
    assert api_key("https://api.openai.com.models.example/v1") is None


def test_our_own_key_goes_where_the_user_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, KEY_SENT)
    assert api_key("https://models.example/v1") == KEY_SENT
    assert api_key("http://127.0.0.1:8080/v1") == KEY_SENT
    assert api_key("http://[::1]:8080/v1") == KEY_SENT


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://models.example/v1", KEY_SENT),
        ("https://models.example/v1", f"{KEY_SENT}\nX-Other: 1"),
        ("https://models.example/v1", f"{KEY_SENT}é"),
    ],
)
def test_a_key_that_cannot_go_safely_goes_nowhere(
    monkeypatch: pytest.MonkeyPatch, url: str, key: str
) -> None:
    monkeypatch.setenv(KEY, key)
    with pytest.raises(InputError) as caught:
        api_key(url)
    assert KEY_SENT not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_tokens": 0},
        {"timeout_s": 0.0},
        {"timeout_s": float("nan")},
        {"at_once": 0},
        {"price": (1.0, -1.0)},
    ],
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="of a language model"):
        LlmSettings("http://127.0.0.1:9", "small", **wrong)
