"""Who says it, within one sentence: the subject of a reporting verb, or "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.open_clauses import VERBAL, subject_phrases
from kg.extract.open_phrases import Phrase, whole_phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.lexicon import Lexicon

__all__ = ["source_of"]


def source_of(token: Token, lexicon: Lexicon) -> Phrase | None:
    """Who the sentence names as the source of the clause of a token, the nearest one; else None."""
    node = token
    while True:
        source = _according_to(node)
        if source is not None:
            return source
        head = node.head
        if head == node:
            return None
        if node.dep_ in ("ccomp", "parataxis") and head.lemma_.lower() in lexicon.reporting:
            subjects = subject_phrases(head)
            if subjects:
                return subjects[0]
        node = head


def _according_to(clause: Token) -> Phrase | None:
    for word in clause.children:
        if word.lower_ == "according":
            for prep in word.children:
                for pobj in prep.children:
                    if pobj.dep_ == "pobj" and pobj.pos_ not in VERBAL:
                        return whole_phrases(pobj)[0]
    return None
