"""What the inputs are made from: sound ones, small and of invented matters."""

from __future__ import annotations

import gzip
import json

from kg.state.record import BuildRecord, Left, Used, record_file

__all__ = ["TOKENS", "seeds_of"]

_TEXT = """Fjord Rail and Halvor Motors sign a ten-year partnership

By Ada Lund
OSLO, 4 May 2027 - Halvor Motors will supply trains for $40 million, Fjord Rail said on Tuesday.

"We are glad to work with Fjord Rail," said Bo Lie, chief executive of Halvor Motors.

Subscribe to our newsletter
Share this article | Related: Five towns to visit
© 2027 Fjord News. All rights reserved.
"""
_MARKDOWN = """---
title: Fjord Rail grows
date: 2027-05-04
---
# Fjord Rail grows

**Fjord Rail** has [acquired](https://example.org/a) *Halvor Motors* for `$40 million`.

> "We are glad," said Bo Lie.

- one
- two
"""
_HTML = """<!doctype html><html lang="en"><head><title>Fjord Rail grows | Fjord News</title>
<meta property="article:published_time" content="2027-05-04"><meta name="author" content="Ada Lund">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Fjord Rail grows"}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Fjord Rail grows</h1>
<p>Fjord Rail has acquired Halvor Motors for $40 million, the company said on Tuesday in Oslo.</p>
<p>"We are glad to work with Fjord Rail," said Bo Lie, chief executive of Halvor Motors.</p>
<figure><img src="a.png"><figcaption>A train</figcaption></figure>
<table><tr><td>1</td><td>2</td></tr></table></article>
<footer>All rights reserved</footer></body></html>
"""
_LINES = "\n".join(
    json.dumps(row)
    for row in (
        {"id": "a", "text": _TEXT, "title": "Fjord Rail", "date": "2027-05-04", "language": "en"},
        {"url": "https://example.org/b", "html": "<p>Fjord <b>Rail</b> grows.</p>"},
        {"html": _HTML, "author": ["Ada Lund"], "publisher": {"name": "Fjord News"}},
    )
)
_FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Fjord News</title>
<link>https://example.org/</link><item><title>Fjord Rail grows</title>
<link>https://example.org/a</link><pubDate>Tue, 04 May 2027 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Fjord Rail has acquired Halvor Motors.&lt;/p&gt;</description></item>
</channel></rss>
"""
_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjord News</title><entry><id>tag:a</id>
<title type="html">Fjord &amp;amp; Rail</title><updated>2027-05-04T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">It grows.</div></content></entry>
</feed>
"""
_HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_HTML}"
_WARC = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
    "WARC-Date: 2027-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    "Content-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(_HTTP)}\r\n\r\n{_HTTP}\r\n\r\n"
)
_PDF_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length 66>>\nstream\nBT /F1 12 Tf 72 720 Td (Fjord Rail has acquired Halvor Motors.) Tj"
    " ET\n"
    "endstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def _pdf() -> str:
    """The objects with the table of their places that a PDF ends with."""
    text, places = "%PDF-1.4\n", []
    for number, item in enumerate(_PDF_OBJECTS, start=1):
        places.append(f"{len(text):010} 00000 n \n")
        text += f"{number} 0 obj\n{item}\nendobj\n"
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{''.join(places)}"
    root = f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return text + table + root


_PDF = _pdf()
_PREFIXES = """@prefix : <https://example.org/d#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_ONTOLOGY = (
    _PREFIXES
    + """<https://example.org/d#> a owl:Ontology .
:Company a owl:Class ; rdfs:label "company"@en ; skos:definition "A firm."@en .
:Bank a owl:Class ; rdfs:subClassOf :Company ; rdfs:label "bank" .
:buys a owl:ObjectProperty ; rdfs:label "buys" ; rdfs:domain :Company ;
  rdfs:range [ owl:unionOf ( :Company :Bank ) ] .
[] a owl:AllDisjointClasses ; owl:members ( :Bank :Company ) .
"""
)
_NAMES = (
    _PREFIXES + ':Fjord a :Company ; skos:prefLabel "Fjord Rail"@en ; skos:altLabel "Fjord" .\n'
)
_DOMAIN = 'title = "D"\niri = "https://example.org/d#"\nimports = []\nrelations = "own"\n'
_FRAMES = """[frame.buys]
predicate = "buys"
verbs = ["buy", "acquire"]
prior = 0.9
subject = { slots = ["agent"], types = ["Company"] }
object = { slots = ["patient"], types = ["Company"], heads = ["company"] }
qualifiers = { start = { slots = ["in", "time"], value = "date" } }
"""
_RULES = """[rule.sponsor]
when = "buys"
subject = ["Company"]
object = ["Company"]
then = "buys"
keep = ["start"]
[rule.period-end]
start = "start"
duration = "duration"
end = "end"
[partnership]
partners = ["buys"]
sponsors = []
"""
_LEXICON = """[nouns]
company = ["company", "firm"]
[pronouns]
we = ["we", "us"]
"""
_SHAPES = _PREFIXES + ":S a <http://www.w3.org/ns/shacl#NodeShape> .\n"
_LISTING = json.dumps(
    {
        "classes": [{"name": "Company", "label": "company"}],
        "relations": [
            {"name": "buys", "domain": "Company", "range": ["Company"], "definition": "It pays."}
        ],
    }
)
_LINKML = """id: https://example.org/s
name: s
classes:
  Company:
    description: A firm
    is_a: Thing
    slots: [buys]
slots:
  buys: {range: Company, multivalued: true}
enums:
  Size: {permissible_values: {big: {}, small: {}}}
"""
_RDF_XML = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"><rdfs:Class rdf:about="https://example.org/d#C">
<rdfs:label>c</rdfs:label></rdfs:Class></rdf:RDF>"""
_JSON_LD = """{"@context":{"rdfs":"http://www.w3.org/2000/01/rdf-schema#"},
"@id":"https://example.org/C","@type":"rdfs:Class","rdfs:label":"c"}"""
_REVIEW = """#: What the build was not sure of.
merges:

- question: Are these one?
  decision: yes  # Ada knows
  left: {id: https://w3id.org/newskg/id/a, name: Fjord Rail}
  right: {id: https://w3id.org/newskg/id/b, name: Fjord Railways}
  note: a note
links:
- decision: "?"
  entity: https://w3id.org/newskg/id/a
  same_as: http://www.wikidata.org/entity/Q1
facts:
- fact: "0123456789abcdef"
  decision: no
  subject: {id: https://w3id.org/newskg/id/a, name: Fjord Rail}
  predicate: buys
  object: {value: "40", datatype: "http://www.w3.org/2001/XMLSchema#integer"}
  evidence:
  - article: a.txt
    span: [0, 10]
    quote: Fjord Rail
"""
_GOLD = json.dumps(
    {
        "article": "a.txt",
        "facts": [
            {
                "subject": "fjord",
                "predicate": "buys",
                "object": {"entity": "halvor"},
                "modality": "asserted",
                "attributed_to": "fjord",
                "evidence": ["Fjord Rail has acquired Halvor Motors"],
                "qualifiers": {"start": "2027"},
                "core": True,
            }
        ],
        "boilerplate": ["Subscribe"],
    }
)
_ENTITIES = json.dumps(
    {
        "entities": [
            {"id": "fjord", "label": "Fjord Rail", "aliases": ["Fjord"], "wikidata": "Q1"},
            {"id": "halvor", "label": "Halvor Motors", "aliases": [], "type": "Company"},
        ]
    }
)
_QUERY = """PREFIX s: <https://schema.org/>
SELECT ?a (COUNT(*) AS ?n) WHERE { ?a a s:Organization ; s:name ?b . FILTER(REGEX(?b, "f", "i"))
OPTIONAL { GRAPH ?g { ?a ?p ?o } } VALUES ?b { "Fjord" } } GROUP BY ?a ORDER BY DESC(?n) LIMIT 3"""
_QUESTION = """# title: Who buys
# question: Who buys what?
# param entity: a name
SELECT ?a WHERE { VALUES ?entity { "" } ?a ?b ?entity }
"""
_EXAMPLES = json.dumps(
    {
        "id": "1",
        "text": "Fjord Rail has acquired Halvor Motors.",
        "triples": [
            {"s": "Fjord Rail", "p": "buys", "o": "Halvor Motors", "s_span": [0, 10]},
        ],
        "scope": ["buys"],
        "pairs": [[{"names": ["Fjord Rail"], "span": [0, 10]}, {"names": ["Halvor Motors"]}]],
    }
)
_EVIDENCE = {"article": "a.txt", "quote": "Fjord Rail", "start": 0, "end": 10}
_FACT = json.dumps(
    {
        "id": "0123456789abcdef",
        "subject": {"id": "https://example.org/a", "label": "Fjord Rail", "type": "Company"},
        "predicate": "buys",
        "object": {"value": "40", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        "qualifiers": {},
        "modality": "asserted",
        "attributed_to": None,
        "confidence": 0.9,
        "evidence": [_EVIDENCE],
        "sources": 1,
        "derived_by": None,
    }
)
_DISCREPANCY = json.dumps(
    {
        "id": "0123456789abcdef",
        "kind": "value",
        "subject": {"id": "https://example.org/a", "label": "Fjord Rail"},
        "predicate": None,
        "message": "They differ.",
        "sides": [{"says": "a", "attributed_to": None, "reference": None, "evidence": [_EVIDENCE]}],
    }
)
_LINK = json.dumps(
    {
        "entity": "https://example.org/a",
        "iri": "http://www.wikidata.org/entity/Q1",
        "label": "Fjord Rail",
        "score": 0.9,
        "reason": "the same name",
        "source": "https://example.org/",
        "accepted": True,
    }
)
_RECORD = record_file(
    BuildRecord(
        domain="olympics",
        base_iri="https://example.org/",
        model=None,
        max_chars=100,
        min_confidence=0.0,
        built_at=None,
        code="0",
        domain_digest="0",
        articles=(Used("a.txt", "0" * 64, is_file=True),),
        skipped=(Left("b.txt", "empty", is_file=True),),
    ),
    ("facts.jsonl",),
).decode()
_TRIG = '@prefix s: <https://schema.org/> . GRAPH <urn:g> { <urn:a> s:name "Fjord" , "\\u00e5"@no }'

# The first byte of an input says which of several files it is: see `targets`.
_SEEDS: dict[str, tuple[str | bytes, ...]] = {
    "text": (_TEXT, _HTML, _TEXT.replace("\n", "\r\n").encode("utf-16"), _TEXT.encode("cp1252")),
    "markdown": (_MARKDOWN, _TEXT),
    "html": (_HTML,),
    "pdf": (_PDF,),
    "bytes": (f"utf-8\n{_TEXT}", f"\n{_HTML}", f"latin-1\n{_PDF}"),
    "jsonl": (_LINES, gzip.compress(_LINES.encode(), mtime=0)),
    "feed": (_FEED, _ATOM),
    "warc": (_WARC, gzip.compress(_WARC.encode(), mtime=0)),
    "fragment": ("<p>Fjord <b>Rail</b> grows.<br>It <i>does</i>.</p><script>x</script>", _HTML),
    "cleaner": (_TEXT, _TEXT.replace("\n", " "), _MARKDOWN),
    "domain": tuple(
        f"{number}{part}"
        for number, part in enumerate(
            (_DOMAIN, _ONTOLOGY, _NAMES, _FRAMES, _RULES, _LEXICON, _SHAPES, _QUESTION)
        )
    ),
    "new domain": tuple(
        f"{number}{part}"
        for number, part in enumerate((_ONTOLOGY, _LISTING, _LINKML, _RDF_XML, _JSON_LD))
    ),
    "review": (_REVIEW,),
    "gold": (f"0{_GOLD}", f"1{_ENTITIES}"),
    "query": (_QUERY, "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
    "examples": (_EXAMPLES,),
    "own outputs": tuple(
        f"{number}{part}"
        for number, part in enumerate((_FACT, _LINK, _RECORD, _TRIG, _DISCREPANCY))
    ),
}

TOKENS: tuple[bytes, ...] = tuple(
    token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    for token in (
        *("\x00", "\x0b", "\x1b[2J", "\x7f", "\x85", "\xa0", "\u00ad", "\u0130", "\u0345"),
        *("\u061c", "\u200b", "\u200d", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff"),
        *("\ufffd", "\ufffe", "\uffff", "\ud800", "\udfff", "\ud83d", "\udc80"),
        *(chr(plane << 16 | 0x41) for plane in range(1, 17)),
        *(b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf", b"\x1f\x8b", b"\xc0\x80"),
        *("[" * 300, "{" * 300, '{"a":' * 300, "<div>" * 300, "(" * 300, "- " * 300, "> " * 300),
        *('"' * 30, "'" * 30, "\\" * 31, "*" * 300, "_" * 300, "`" * 300, "#" * 300, "|" * 300),
        *(
            "<!ENTITY a '&b;&b;'>",
            "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
            "&lol;",
            "&#x10ffff;",
        ),
        *("&a *a", "!!python/object:os.system", "<<: *a", "%YAML 1.2", "? ", "|+9", "=cmd()"),
        *("1e999", "-0", "NaN", "Infinity", "9" * 60, "0x7f", "1" * 5000, "null", "true", "-1"),
        *("SERVICE <http://a/> {}", "LOAD <http://a/>", "../../etc/passwd", "file:///etc/passwd"),
        *("31 February 2027", "0000-00-00", "99:99", "$1,000,000,000,000 million", "٣", "²", "½"),
        *("\r", "\r\n", "\n\n\n", "\t", " " * 300, "a" * 3000, "A. " * 100, "x\u0301" * 100),
    )
)
"""What often breaks a reader."""


def seeds_of(target: str) -> tuple[bytes, ...]:
    """The sound inputs of a target, in their order."""
    return tuple(
        seed if isinstance(seed, bytes) else seed.encode("utf-8") for seed in _SEEDS[target]
    )
