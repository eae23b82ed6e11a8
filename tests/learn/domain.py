"""A small domain of invented airfields, and sentences that state its relations."""

from __future__ import annotations

import json
from pathlib import Path

DOMAIN = {
    "domain.toml": 'title = "Airfields"\niri = "urn:air#"\nimports = ["newsroom"]\n',
    "ontology.ttl": """
@prefix air: <urn:air#> .
@prefix nr: <https://w3id.org/newskg/newsroom#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
air:Airfield a owl:Class ; rdfs:label "airfield"@en ; rdfs:subClassOf nr:Venue ;
  skos:definition "A place where aeroplanes start and land."@en .
air:runwayLength a owl:DatatypeProperty ; rdfs:label "runway length"@en ;
  rdfs:domain air:Airfield ; rdfs:range xsd:decimal ; skos:definition "Metres."@en .
air:openedOn a owl:DatatypeProperty ; rdfs:label "opened on"@en ;
  rdfs:domain air:Airfield ; rdfs:range xsd:date ; skos:definition "First day."@en .
air:nickname a owl:DatatypeProperty ; rdfs:label "nickname"@en ;
  rdfs:domain air:Airfield ; rdfs:range xsd:string ; skos:definition "What it is called."@en .
air:runBy a owl:ObjectProperty ; rdfs:label "run by"@en ;
  rdfs:domain air:Airfield ; rdfs:range nr:Company ; skos:definition "Who runs it."@en .
""",
    "shapes.ttl": "",
}

AIRFIELDS = ("Corvane", "Delmark", "Esterby", "Fennwick", "Galloway Moor", "Harnsey", "Ilkham")
FIRMS = (
    "Aerovia",
    "Skyport Holdings",
    "Nordal Wings",
    "Pellam Group",
    "Ostrava Lines",
    "Quill Air",
)
MONTHS = ("March", "June", "October")


def rows(number: int = 36) -> list[dict[str, object]]:
    """Sentences of a few patterns, each about an invented airfield, with what they state."""
    made = []
    for n in range(number):
        field = f"{AIRFIELDS[n % 7]} Airfield"
        firm = FIRMS[(n * 5 + n // 7) % 6]
        day = f"{n % 27 + 1} {MONTHS[n % 3]} {1950 + n}"
        length = f"{900 + 37 * n:,}"
        texts = (
            (
                f"{field} is run by {firm} and has a runway of {length} metres.",
                [("runBy", firm), ("runwayLength", length)],
            ),
            (f"{field} opened on {day}.", [("openedOn", day)]),
            (f"{firm} runs {field}, which opened on {day}.", [("runBy", firm), ("openedOn", day)]),
            (
                f'Pilots of {firm} call {field} "the Old {MONTHS[n % 3]} Meadow".',
                [("nickname", f"the Old {MONTHS[n % 3]} Meadow")],
            ),
            (f"The directors of {firm} met near {field} in {MONTHS[n % 3]}.", []),
        )
        text, facts = texts[n % 5]
        triples = [{"s": field, "p": relation, "o": value} for relation, value in facts]
        made.append({"id": f"a{n}", "text": text, "triples": triples})
    return made


def write_domain(folder: Path) -> Path:
    """The domain as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in DOMAIN.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def write_rows(path: Path, examples: list[dict[str, object]]) -> Path:
    """The examples as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in examples), "utf-8")
    return path
