"""The open layer: what a sentence says as triples in its own words, under no ontology.

One triple for each argument and adverbial of a clause, as in Del Corro & Gemulla, ClausIE, WWW
2013: the relation holds the verb and what stands between it and the object, the object is a short
phrase. "Acme bought a mill in Oslo in May" is (Acme; bought; a mill), (Acme; bought a mill in;
Oslo) and (Acme; bought a mill in; May). Coordination is expanded, so that a triple names one thing
on each side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.open_clauses import states, subject_phrases, verb_group
from kg.extract.open_completions import completions
from kg.extract.open_implied import apposed, owned
from kg.extract.open_sources import source_of
from kg.extract.stance import stance_of
from kg.model.statement import Modality
from kg.model.text import Article, Block, BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.extract.lexicon import Lexicon
    from kg.read.annotate import AnnotatedArticle, Annotator

__all__ = ["OpenTriple", "Words", "article_triples", "open_triples", "text_triples"]


_MAX_COMPLETIONS = 500  # of one verb: lists inside lists are not multiplied out without end


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """Words of a text in reading order, which may leave some out or put some first.

    `spans` are the characters [start, end) of each unbroken stretch, counted in code points: of the
    doc as `open_triples` gives them, of the article as `article_triples` does. None for a word that
    the text does not hold (the "is" of an apposition).
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def shifted(self, by: int) -> Words:
        """The same words, `by` characters further on."""
        return Words(self.text, tuple((start + by, end + by) for start, end in self.spans))


@dataclass(frozen=True, slots=True)
class OpenTriple:
    """One thing that a sentence says.

    `rule` names the construction it was read from; `stance` is how the text commits itself to it;
    `source` are the words for who says so in the same sentence, None for the text itself. `implied`
    is True where the relation is not written: appositions ("is") and possessors ("has").
    """

    subject: Words
    relation: Words
    object: Words
    rule: str
    stance: Modality = Modality.ASSERTED
    source: Words | None = None
    implied: bool = False

    def __str__(self) -> str:
        return f"{self.subject.text} | {self.relation.text} | {self.object.text}"


def open_triples(sentence: Span, lexicon: Lexicon) -> Iterator[OpenTriple]:
    """Triples of a parsed sentence, none twice: in the order of their verbs, then the implied."""
    seen: set[tuple[Words, Words, Words]] = set()
    for triple in (*_stated(sentence, lexicon), *_implied(sentence, lexicon)):
        key = (triple.subject, triple.relation, triple.object)
        if key not in seen:
            seen.add(key)
            yield triple


def article_triples(annotated: AnnotatedArticle, lexicon: Lexicon) -> Iterator[OpenTriple]:
    """Triples of every sentence of an article, in text order; offsets are those of the article."""
    for block in annotated.blocks:
        start = block.block.start
        for sentence in block.doc.sents:
            for triple in open_triples(sentence, lexicon):
                yield replace(
                    triple,
                    subject=triple.subject.shifted(start),
                    relation=triple.relation.shifted(start),
                    object=triple.object.shifted(start),
                    source=None if triple.source is None else triple.source.shifted(start),
                )


def text_triples(text: str, annotator: Annotator, lexicon: Lexicon) -> Iterator[OpenTriple]:
    """Triples of a text that is prose from start to end; offsets are those of the text."""
    article = Article("text", text, (Block(0, len(text), BlockKind.BODY),))
    return article_triples(annotator.annotate(article), lexicon)


def _stated(sentence: Span, lexicon: Lexicon) -> Iterator[OpenTriple]:
    for verb in sentence:
        if not states(verb, lexicon):
            continue
        subjects = [_words(phrase.tokens) for phrase in subject_phrases(verb)]
        if not any(subject.text for subject in subjects):
            continue
        stance = stance_of(verb, lexicon)
        source = _source(verb, lexicon)
        found = completions(verb, verb_group(verb), lexicon)
        for completion in islice(found, _MAX_COMPLETIONS):
            relation, obj = _words(completion.relation), _words(completion.object.tokens)
            for subject in subjects:
                if subject.text and obj.text:
                    yield OpenTriple(subject, relation, obj, completion.rule, stance, source)


def _implied(sentence: Span, lexicon: Lexicon) -> Iterator[OpenTriple]:
    for relation, rule, pairs in (
        (Words("is"), "apposition", apposed(sentence)),
        (Words("has"), "possessor", owned(sentence)),
    ):
        for subject, obj in pairs:
            head = obj.heads[0]
            words = _words(subject.tokens), _words(obj.tokens)
            if words[0].text and words[1].text:
                yield OpenTriple(
                    words[0], relation, words[1], rule, source=_source(head, lexicon), implied=True
                )


def _source(token: Token, lexicon: Lexicon) -> Words | None:
    phrase = source_of(token, lexicon)
    return None if phrase is None else _words(phrase.tokens)


def _words(tokens: Iterable[Token]) -> Words:
    """Text and offsets of tokens; stretches that are apart in the text are joined by a space."""
    spans: list[tuple[int, int]] = []
    text = ""
    previous: Token | None = None
    for token in tokens:
        start, end = token.idx, token.idx + len(token)
        if previous is not None and token.i == previous.i + 1:
            text += previous.whitespace_
            spans[-1] = (spans[-1][0], end)
        else:
            text += " " if previous is not None else ""
            spans.append((start, end))
        text += token.text
        previous = token
    return Words(text, tuple(spans))
