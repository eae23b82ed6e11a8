"""Newspapers and stations by what people do with them: "told Kestrel Daily", "speaking to CIO"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_named_like_a_post", "is_told"]

_OBJECT = frozenset({"dobj", "dative"})
_MODIFIED = frozenset({"det", "poss", "amod", "compound", "nummod", "appos"})


def is_told(head: Token, lexicon: Lexicon) -> bool:
    """True for the head of a name without article that somebody tells or speaks to.

    Somebody who is not named, as a board or a court, is told with an article: "told the board".
    """
    if any(c.dep_ in ("det", "poss") for c in head.children):
        return False
    above = head.head
    if head.dep_ in _OBJECT:
        return above.lemma_.lower() in lexicon.telling
    if head.dep_ != "pobj":
        return False
    return f"{above.head.lemma_.lower()}_{above.lower_}" in lexicon.telling


def is_named_like_a_post(token: Token, lexicon: Lexicon) -> bool:
    """True where the letters of a post stand alone as what is told: no holder has no article."""
    if token.text not in lexicon.role_names or any(c.dep_ in _MODIFIED for c in token.children):
        return False
    return is_told(token, lexicon)
