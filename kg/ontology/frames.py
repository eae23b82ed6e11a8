"""How the relations of a domain are said: the frames of its frames.toml.

A frame says which verbs or nouns trigger it and which slots of the predication (see
`kg.extract.arguments`) hold subject, object and qualifiers, of which classes:

    [frame.launch]
    predicate = "provides"
    verbs = ["launch", "unveil", "roll_out"]
    subject = { slots = ["agent"], types = ["Organization", "Platform"] }
    object = { slots = ["patient"], types = ["Offering"] }
    qualifiers.place = { slots = ["in"], types = ["Place"] }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import OntologyError

__all__ = ["Frame", "FrameSlot", "read_frames"]

FRAME_KEYS = frozenset(
    {
        "adjectives",
        "agent_types",
        "future_event",
        "lacks",
        "metonymy",
        "modality",
        "modifiers",
        "needs_qualifier",
        "nouns",
        "object",
        "predicate",
        "presupposed",
        "prior",
        "proposed",
        "qualifiers",
        "reciprocal",
        "requires",
        "scheduled",
        "subject",
        "trigger_types",
        "verbs",
    }
)
SLOT_KEYS = frozenset(
    {
        "by_person",
        "describe",
        "fallback",
        "guess",
        "heads",
        "known",
        "names_only",
        "narrow",
        "not_pronouns",
        "slots",
        "types",
        "value",
    }
)
VALUES = frozenset(
    {
        "amount",
        "clause",
        "count",
        "date",
        "duration",
        "end",
        "level",
        "phrase",
        "role",
        "start",
        "text",
        "year",
    }
)


@dataclass(frozen=True, slots=True)
class FrameSlot:
    """Where an argument stands and what it may be.

    `slots` are tried in order. `types` are class local names; empty admits any. `known` is the IRI
    of a name of the domain that fills the slot without being said. `value` reads a literal instead
    of an entity; of that, "clause", "phrase" and "text" keep the words. `heads` are nouns one of
    which must be the head. What has no class of its own becomes one of the class `describe`.
    A slot that the sentence leaves open is filled by the organisation that the article is about
    where `fallback` is "focus", by the one for whom its speaker speaks where it is "speaker".
    With `guess`, a name whose class is in doubt takes the first of `types`; with `narrow`, so does
    one of the same broad kind, be it a class above. Pronouns of the kinds
    `not_pronouns` ([pronouns] of the lexicon) do not fill it; with `by_person`, "we" fills it only
    where a person says it, for the employer.
    """

    slots: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    known: str | None = None
    value: str | None = None
    names_only: bool = False
    fallback: str | None = None
    guess: bool = False
    heads: frozenset[str] = frozenset()
    describe: str | None = None
    not_pronouns: frozenset[str] = frozenset()
    by_person: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say one relation.

    `prior` is the share of its statements that are right where nothing else is known. `modality`
    fixes the stance ("planned" for what is named an ambition). A `presupposed` frame states what a
    description takes for granted ("X's platform Y"): the stance of the clause does not touch it.
    With `adjectives` it fires on a copula that says one of them ("is important").
    `reciprocal` pairs the members of a plural subject when the object is not said. `metonymy` lets
    a host city stand for its event. `modifiers` must stand before a noun trigger. `future_event`
    makes a statement about an event that is still to come a plan. A `scheduled` frame states a
    plan where its verb is in the simple present ("opens in May"). An agent that is of none of
    `agent_types` rules the frame out. `requires` names slots of which one must hold a certain name
    of the domain (`known`) or one of some nouns (`heads`). With `needs_qualifier` it states nothing
    unless it can say when, how long or at which rank. It does not fire where one of the slots
    `lacks` holds anything. A fixed `modality` yields to a denial,
    "asserted" to a hedge too. A `proposed` frame was made from labels and general words by
    `kg ontology new`, and nobody has read it yet: the extractor of what it states says so.
    """

    id: str
    predicate: str
    subject: FrameSlot
    object: FrameSlot
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    trigger_types: tuple[str, ...] = ()
    qualifiers: Mapping[str, FrameSlot] = field(default_factory=dict)
    reciprocal: bool = False
    prior: float = 0.7
    modality: str | None = None
    presupposed: bool = False
    metonymy: bool = False
    modifiers: frozenset[str] = frozenset()
    future_event: bool = False
    scheduled: bool = False
    agent_types: tuple[str, ...] = ()
    needs_qualifier: bool = False
    requires: FrameSlot | None = None
    lacks: tuple[str, ...] = ()
    proposed: bool = False

    def classes(self) -> tuple[str, ...]:
        """Every class that the frame names, sorted."""
        slots = (self.subject, self.object, *self.qualifiers.values())
        described = {s.describe for s in slots if s.describe is not None}
        types = {t for s in slots for t in s.types}
        return tuple(sorted(types | described | set(self.trigger_types)))


def read_frames(path: Path, table: Mapping[str, Any]) -> Iterator[Frame]:
    """The frames of one parsed frames.toml, in the order of the file.

    Raises OntologyError naming file, frame and key for what is missing or unknown.
    """
    for key, value in table.get("frame", {}).items():
        yield _frame(path, key, value)


def _frame(path: Path, key: str, table: Mapping[str, Any]) -> Frame:
    where = f"{path}: [frame.{key}]"
    _only(where, table, FRAME_KEYS)
    for needed in ("predicate", "subject", "object"):
        if needed not in table:
            raise OntologyError(f"{where}: {needed} is missing")
    if not any(table.get(k) for k in ("verbs", "nouns", "adjectives", "trigger_types")):
        raise OntologyError(
            f"{where}: needs verbs, nouns, adjectives or trigger_types, or it never fires"
        )
    prior = float(table.get("prior", 0.7))
    if not 0 < prior <= 1:
        raise OntologyError(f"{where}: prior must lie in (0, 1], not {prior}")
    return Frame(
        id=key,
        predicate=str(table["predicate"]),
        subject=_slot(f"{where} subject", table["subject"]),
        object=_slot(f"{where} object", table["object"]),
        verbs=frozenset(table.get("verbs", ())),
        nouns=frozenset(table.get("nouns", ())),
        adjectives=frozenset(table.get("adjectives", ())),
        trigger_types=tuple(table.get("trigger_types", ())),
        qualifiers={
            name: _slot(f"{where} qualifiers.{name}", slot)
            for name, slot in sorted(table.get("qualifiers", {}).items())
        },
        reciprocal=bool(table.get("reciprocal", False)),
        prior=prior,
        modality=table.get("modality"),
        presupposed=bool(table.get("presupposed", False)),
        metonymy=bool(table.get("metonymy", False)),
        modifiers=frozenset(table.get("modifiers", ())),
        future_event=bool(table.get("future_event", False)),
        scheduled=bool(table.get("scheduled", False)),
        agent_types=tuple(table.get("agent_types", ())),
        needs_qualifier=bool(table.get("needs_qualifier", False)),
        requires=_slot(f"{where} requires", table["requires"]) if "requires" in table else None,
        lacks=tuple(table.get("lacks", ())),
        proposed=bool(table.get("proposed", False)),
    )


def _slot(where: str, table: Any) -> FrameSlot:
    if not isinstance(table, Mapping):
        raise OntologyError(f"{where}: must be a table such as {{ slots = [...], types = [...] }}")
    _only(where, table, SLOT_KEYS)
    value = table.get("value")
    if value is not None and value not in VALUES:
        raise OntologyError(f"{where}: no value {value!r}; there are: {', '.join(sorted(VALUES))}")
    return FrameSlot(
        slots=tuple(table.get("slots", ())),
        types=tuple(table.get("types", ())),
        known=table.get("known"),
        value=value,
        names_only=bool(table.get("names_only", False)),
        fallback=table.get("fallback"),
        guess=bool(table.get("guess", False)),
        heads=frozenset(table.get("heads", ())),
        describe=table.get("describe"),
        not_pronouns=frozenset(table.get("not_pronouns", ())),
        by_person=bool(table.get("by_person", False)),
        narrow=bool(table.get("narrow", False)),
    )


def _only(where: str, table: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise OntologyError(
            f"{where}: unknown key {unknown[0]!r}; there are: {', '.join(sorted(known))}"
        )
