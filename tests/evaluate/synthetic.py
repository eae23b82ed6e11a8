"""Fact files made of gold facts: right ones, spoiled ones, and some that nobody asked for."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any


def _entity(key: str, entities: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    entry = entities[key]
    names = [entry["label"], *entry["aliases"]]
    label = rng.choice([entry["label"], rng.choice(names), f"the {entry['label']}'s", "Nobody"])
    mentions = rng.sample(names, rng.randint(0, len(names)))
    record = {"id": f"urn:{key}", "label": label, "type": entry["type"], "mentions": mentions}
    same_as = [f"https://www.wikidata.org/entity/{entry.get('wikidata')}"]
    return record | {"same_as": same_as if rng.random() < 0.3 else []}


def _literal(value: Any, rng: random.Random) -> dict[str, Any]:
    text = str(value)
    spoiled = rng.choice([text, text, text[:4], f"{text} million", text.upper(), "", f"0{text}"])
    return {"value": spoiled, "datatype": "urn:string", "text": text}


def _value(value: Any, entities: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    if value in entities:
        return _entity(value, entities, rng)
    return _literal(value, rng)


def _evidence(article: str, quotes: list[str], rng: random.Random) -> list[dict[str, Any]]:
    found = []
    for quote in rng.sample(quotes, rng.randint(1, len(quotes))) if quotes else ["nothing at all"]:
        kept = rng.choice([quote, quote[: len(quote) // 2], f"“{quote}” he said", "something else"])
        found.append({"article": article, "start": 0, "end": len(kept), "quote": kept,
                      "voice": "narrator", "extractor": "test"})  # fmt: skip
    return found


def _spoil(fact: dict[str, Any], data: dict[str, Any], entities: dict[str, Any],
           rng: random.Random) -> dict[str, Any]:  # fmt: skip
    target = fact["object"]
    obj = (
        _entity(target["entity"], entities, rng)
        if "entity" in target and rng.random() < 0.9
        else _literal(target.get("value", target.get("entity")), rng)
    )
    subject = _entity(fact["subject"], entities, rng)
    if "label" in obj and rng.random() < 0.2:
        subject, obj = obj, subject
    quotes = [*fact["evidence"], *(data.get("boilerplate", []) if rng.random() < 0.1 else [])]
    speaker = rng.choice([fact.get("attributed_to"), fact.get("attributed_to"), None])
    qualifiers = {k: _value(v, entities, rng) for k, v in fact.get("qualifiers", {}).items()}
    return {
        "subject": subject,
        "predicate": rng.choice([fact["predicate"]] * 8 + ["ex:partnerOf", "inventedBy"]),
        "object": obj,
        "qualifiers": {k: v for k, v in qualifiers.items() if rng.random() < 0.8},
        "modality": rng.choice([fact["modality"]] * 4 + ["hedged"]),
        "attributed_to": _entity(speaker, entities, rng) if speaker else None,
        "confidence": round(rng.random(), 4),
        "evidence": _evidence(data["article"], quotes, rng),
        "sources": 1,
        "derived_by": None,
    }


def write_synthetic_facts(gold_dir: Path, path: Path, *, seed: int, share: float) -> int:
    """Writes a fact file with about `share` of the gold facts, many spoiled; how many lines."""
    rng = random.Random(seed)  # noqa: S311  reproducible noise, no secret
    entities = {
        entity["id"]: entity
        for entity in json.loads((gold_dir / "entities.json").read_text("utf-8"))["entities"]
    }
    records = []
    for source in sorted(gold_dir.glob("*.json")):
        data = json.loads(source.read_text("utf-8"))
        for fact in data.get("facts", []):
            copies = rng.choice([1, 1, 1, 2]) if rng.random() < share else 0
            records += [_spoil(fact, data, entities, rng) for _ in range(copies)]
    rng.shuffle(records)
    lines = [json.dumps({"id": f"{n:04x}"} | record) for n, record in enumerate(records)]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return len(records)
