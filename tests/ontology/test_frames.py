"""Frames from a parsed frames.toml: what each key means, and each message for a broken one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology.frames import Frame, FrameSlot, read_frames

PATH = Path("yard") / "frames.toml"
LIFT = {
    "predicate": '"lifts"',
    "verbs": '["lift"]',
    "subject": '{ slots = ["agent"] }',
    "object": '{ slots = ["patient"] }',
}


def read(**keys: str | None) -> Frame:
    """The frame "lift" with these lines of TOML changed, or left out where None."""
    lines = [f"{k} = {v}" for k, v in (LIFT | keys).items() if v is not None]
    (frame,) = read_frames(PATH, tomllib.loads("\n".join(["[frame.lift]", *lines])))
    return frame


def test_a_frame_without_options_has_the_documented_defaults() -> None:
    assert read() == Frame(
        id="lift",
        predicate="lifts",
        subject=FrameSlot(("agent",)),
        object=FrameSlot(("patient",)),
        verbs=frozenset({"lift"}),
        prior=0.7,
    )


def test_every_option_is_read() -> None:
    frame = read(
        nouns='["lift"]',
        trigger_types='["Crane"]',
        qualifiers='{ date = { value = "date" }, place = { slots = ["in"], types = ["Port"] } }',
        subject='{ slots = ["agent"], types = ["Crane"], names_only = true, guess = true }',
        object='{ slots = ["patient", "of"], fallback = "focus", known = "id/x", '
        'not_pronouns = ["i"], by_person = true }',
        lacks='["to"]',
        reciprocal="true",
        prior="0.5",
        modality='"planned"',
        presupposed="true",
        metonymy="true",
        modifiers='["heavy"]',
        future_event="true",
        agent_types='["Crane"]',
        needs_qualifier="true",
    )
    assert frame == Frame(
        id="lift",
        predicate="lifts",
        subject=FrameSlot(("agent",), ("Crane",), names_only=True, guess=True),
        object=FrameSlot(
            ("patient", "of"),
            fallback="focus",
            known="id/x",
            not_pronouns=frozenset({"i"}),
            by_person=True,
        ),
        lacks=("to",),
        verbs=frozenset({"lift"}),
        nouns=frozenset({"lift"}),
        trigger_types=("Crane",),
        qualifiers={
            "date": FrameSlot(value="date"),
            "place": FrameSlot(("in",), ("Port",)),
        },
        reciprocal=True,
        prior=0.5,
        modality="planned",
        presupposed=True,
        metonymy=True,
        modifiers=frozenset({"heavy"}),
        future_event=True,
        agent_types=("Crane",),
        needs_qualifier=True,
    )
    assert frame.classes() == ("Crane", "Port")


def test_frames_keep_the_order_of_the_file() -> None:
    one = {k: tomllib.loads(f"x = {v}")["x"] for k, v in LIFT.items()}
    frames = read_frames(PATH, {"frame": {"z": one, "a": one}})
    assert [f.id for f in frames] == ["z", "a"]


def test_a_file_without_frames_has_none() -> None:
    assert list(read_frames(PATH, {})) == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"predicate": None}, "[frame.lift]: predicate is missing"),
        ({"subject": None}, "[frame.lift]: subject is missing"),
        ({"object": None}, "[frame.lift]: object is missing"),
        ({"verbs": None}, "[frame.lift]: needs verbs, nouns, adjectives or trigger_types"),
        ({"verbs": "[]"}, "[frame.lift]: needs verbs, nouns, adjectives or trigger_types"),
        ({"verb": '"lift"'}, "[frame.lift]: unknown key 'verb'; there are: adjectives, "),
        ({"prior": "0"}, "[frame.lift]: prior must lie in (0, 1], not 0.0"),
        ({"prior": "1.5"}, "[frame.lift]: prior must lie in (0, 1], not 1.5"),
        (
            {"subject": '["agent"]'},
            "[frame.lift] subject: must be a table such as { slots = [...], types = [...] }",
        ),
        ({"object": '{ slot = ["of"] }'}, "[frame.lift] object: unknown key 'slot'; there are: "),
        (
            {"qualifiers": '{ date = { value = "day" } }'},
            "[frame.lift] qualifiers.date: no value 'day'; there are: amount, clause, ",
        ),
    ],
)
def test_a_broken_frame_is_named_with_what_is_wrong(
    keys: dict[str, str | None], message: str
) -> None:
    with pytest.raises(OntologyError) as caught:
        read(**keys)
    assert str(caught.value).startswith(f"{PATH}: {message}")
