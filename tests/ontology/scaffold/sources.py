"""Small ontologies about an invented railway, in several forms."""

from pathlib import Path

from kg.ontology.scaffold.folder import NewDomain, new_domain

OWL = """@prefix r: <https://rail.example/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://rail.example/ns> a owl:Ontology ; rdfs:label "Railways"@en ;
    owl:imports <https://other.example/base> .
r:Line a owl:Class ; rdfs:label "railway line"@en , "Bahnstrecke"@de ; skos:altLabel "line"@en ;
    rdfs:comment "A track between places."@en .
r:Tramway a owl:Class ; rdfs:subClassOf r:Line ; rdfs:label "tramway"@en .
r:Engineer a owl:Class ; rdfs:label "engineer"@en .
r:Organisation a owl:Class ; rdfs:label "organisation"@en .
r:Settlement a owl:Class ; rdfs:label "town"@en .
r:builtBy a owl:ObjectProperty ; rdfs:label "built by"@en ; rdfs:domain r:Line ;
    rdfs:range [ a owl:Class ; owl:unionOf ( r:Organisation r:Engineer ) ] .
r:owner a owl:ObjectProperty ; rdfs:label "owner"@en , "Eigentümer"@de ; rdfs:domain r:Line ;
    rdfs:range r:Organisation .
r:openingDate a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:label "opening date"@en ;
    rdfs:domain r:Line ; rdfs:range xsd:date .
r:trackLength a owl:DatatypeProperty ; rdfs:label "length"@en ; rdfs:domain r:Line ;
    rdfs:range xsd:decimal .
r:nickname a owl:DatatypeProperty ; rdfs:label "nickname"@en ; rdfs:domain r:Line ;
    rdfs:range xsd:string .
r:northern a r:Line ; rdfs:label "Northern Loop"@en ; skos:altLabel "the Loop"@en .
"""

LISTING = """{
  "title": "Railways",
  "classes": [{"name": "railway line", "synonyms": ["line"]}, "engineer"],
  "relations": [
    {"name": "built by", "domain": "railway line", "range": ["organisation", "engineer"],
     "synonyms": ["constructed by"], "description": "Who laid the track.",
     "examples": ["The line was built by Ada Voss."]},
    {"name": "opening date", "domain": "railway line", "range": "date"},
    {"name": "number of stations", "domain": "railway line"},
    {"name": "nickname", "domain": "railway line"}
  ],
  "names": [{"name": "Northern Loop", "type": "railway line"}]
}
"""

LINKML = """id: https://rail.example/schema
name: railways
classes:
  Line:
    description: A track between places.
    slots: [built_by]
    attributes:
      opening_date: {range: date, multivalued: false}
      gauge: {range: Gauge}
  Person: {}
slots:
  built_by: {range: Person, aliases: [constructed by], multivalued: true}
  line_id: {identifier: true}
enums:
  Gauge:
    permissible_values:
      Narrow_Gauge: {}
      Broad_Gauge: {}
"""


def made(
    folder: Path, text: str, file: str, name: str = "railways", **options: object
) -> NewDomain:
    """The domain made in `folder` from a source of that text and file name."""
    source = folder / file
    source.write_text(text, "utf-8")
    return new_domain(name, source, out=folder / name, **options)  # type: ignore[arg-type]
