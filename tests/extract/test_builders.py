"""The hand-built parses are what they claim to be."""

from __future__ import annotations

from tests.extract.builders import annotated_docs, make_doc, make_page


def test_make_doc_keeps_the_parse_that_it_is_given() -> None:
    doc = make_doc(
        "Acme opened plants",
        [1, 1, 1],
        "nsubj ROOT dobj",
        tags="NNP VBD NNS",
        lemmas={"opened": "open", "plants": "plant"},
        ents=[(0, 1, "ORG")],
    )
    assert [t.head.i for t in doc] == [1, 1, 1]
    assert [t.pos_ for t in doc] == ["PROPN", "VERB", "NOUN"]
    assert [t.lemma_ for t in doc] == ["Acme", "open", "plant"]
    assert [(e.text, e.label_) for e in doc.ents] == [("Acme", "ORG")]
    assert doc.text == "Acme opened plants"


def test_make_page_marks_headlines_and_keeps_offsets() -> None:
    page = make_page("# Big news\n\nIt rains.")
    assert [page.quote(b.start, b.end) for b in page.blocks] == ["Big news", "It rains."]
    assert [str(b.kind) for b in page.blocks] == ["headline", "body"]


def test_annotated_docs_keep_offsets() -> None:
    doc = make_doc("It rains", [1, 1], "nsubj ROOT", tags="PRP VBZ")
    annotated = annotated_docs(doc, doc)
    first, second = annotated.blocks
    for block in (first, second):
        start, end = block.offset(doc[1])
        assert annotated.article.quote(start, end) == "rains"
