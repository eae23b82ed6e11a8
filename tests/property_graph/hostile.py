"""Names that break what quotes and escapes carelessly, and a graph that is full of them."""

from __future__ import annotations

from kg.model.graph import KnowledgeGraph
from kg.model.statement import Modality
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_literal,
)

HOSTILE = {
    "quotes": '"double" \'single\' `back` ""',
    "breaks": "one\ntwo\r\nthree\rfour\u2028five",
    "delimiters": "a,b;c|d\te",
    "backslashes": "\\ \\\\ \\n \\u0041 \\' ends\\",
    "rtl": "\u202eשלום العالم\u202c",
    "emoji": "👩‍👩‍👧‍👦 🏅",
    "control": "\x00\x01\x1b\x1e\x1f\x7f\x85\ufeff",
    "markup": "</script><!-- ]]> & &amp; <x>",
    "cypher": "') DETACH DELETE (n) //;\n:exit",
    "formula": "=1+1",
    "surrogate": "half \ud83d only",
    "space": "  padded  ",
    "long": "long ü " * 1500,
}


def hostile_graph() -> KnowledgeGraph:
    """Each hostile text as name, other name, object, qualifier, quote and name of an article."""
    facts, articles = [], []
    for text in HOSTILE.values():
        article = make_article(text, text, title=text, published="2024-02-29")
        place = make_evidence(article, text)
        company = make_entity(text, "Company", alt_labels=(text, "plain"))
        person = make_entity(text, "Person")
        qualifiers = {"role": make_literal(text, text=f"{text}!")}
        facts += [
            make_fact(person, "worksFor", company, place, qualifiers=qualifiers),
            make_fact(company, "hasSlogan", make_literal(text), place, attributed_to=person),
            make_fact(
                company, "foundedIn", make_literal("2001-02-03", "date", text), place,
                modality=Modality.HEDGED,
            ),
        ]  # fmt: skip
        articles.append(article)
    return make_graph(articles, facts)
