"""The terms of OWL, RDFS, SKOS and the usual vocabularies that a schema is read from."""

from __future__ import annotations

__all__ = [
    "BUILT_IN",
    "CLASSES",
    "DEFINITIONS",
    "DOMAINS",
    "EXAMPLES",
    "LABELS",
    "OWL",
    "PROPERTIES",
    "RANGES",
    "RDF",
    "RDFS",
    "SAME",
    "SCHEMES",
    "SETS",
    "SKOS",
    "SYNONYMS",
    "XSD",
]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
OBO = "http://purl.obolibrary.org/obo/"
OIO = "http://www.geneontology.org/formats/oboInOwl#"
SDO = ("http://schema.org/", "https://schema.org/")

BUILT_IN = (RDF, RDFS, OWL, XSD)
LABELS = (
    RDFS + "label",
    SKOS + "prefLabel",
    DCT + "title",
    DC + "title",
    *(s + "name" for s in SDO),
)
SYNONYMS = (
    SKOS + "altLabel", OBO + "IAO_0000118", OIO + "hasExactSynonym",
    *(s + "alternateName" for s in SDO),
)  # fmt: skip
DEFINITIONS = (
    SKOS + "definition", OBO + "IAO_0000115", RDFS + "comment", DCT + "description",
    DC + "description", *(s + "description" for s in SDO),
)  # fmt: skip
EXAMPLES = (SKOS + "example", "http://purl.org/vocab/vann/example", OBO + "IAO_0000112")
SAME = (OWL + "sameAs", SKOS + "exactMatch", *(s + "sameAs" for s in SDO))
DOMAINS = (RDFS + "domain", *(s + "domainIncludes" for s in SDO))
RANGES = (RDFS + "range", *(s + "rangeIncludes" for s in SDO))
CLASSES = (OWL + "Class", RDFS + "Class")
PROPERTIES = (
    *(
        OWL + name
        for name in (
            "ObjectProperty", "DatatypeProperty", "FunctionalProperty",
            "InverseFunctionalProperty", "SymmetricProperty", "TransitiveProperty",
        )
    ),
    RDF + "Property",
)  # fmt: skip
SETS = (OWL + "unionOf", OWL + "intersectionOf")
SCHEMES = (SKOS + "inScheme", SKOS + "topConceptOf")
