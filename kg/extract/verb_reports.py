"""What verbs report: clauses, quotations before and behind, and what a judgement is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses import OBJECT, VERBAL, governing_verb, reported_clause
from kg.extract.paragraph import CLOSING, Paragraph, Report, Stretch
from kg.extract.quotations import MIN_WORDS, Quoted, begins_sentence
from kg.extract.sources import verb_source

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["verb_report"]

_TAG_REACH = 14  # tokens from the verb of a tag to the quotation that it leads to
_ENDS_BEFORE_TAG = frozenset({",", "?", "!", "—", "–", "-", "...", "…"})
_DASHES = ("—", "–", "-", "--")
_RELATIVE = frozenset({"WDT", "WP"})


def verb_report(verb: Token, paragraph: Paragraph) -> Report | None:
    """What a verb reports, or None: a clause, else a quotation, else what it is said of."""
    source = verb_source(verb, paragraph)
    if source is None:
        return None
    zone = paragraph.zone(verb, source)
    for rule, found in _candidates(verb, source, zone, paragraph):
        contents = paragraph.whole(found, verb, zone)
        if contents:
            return paragraph.report(source, verb, contents, rule)
    return None


def _candidates(
    verb: Token, source: Token, zone: set[int], paragraph: Paragraph
) -> Iterator[tuple[str, list[Stretch]]]:
    """What may be the content of a verb, by construction, the surest first."""
    if verb.lemma_.lower() in paragraph.lexicon.clausal_cues:
        yield from _said(verb, source, zone, paragraph)
    elif verb.pos_ == "VERB":
        quoted = _tagged(verb, source, paragraph)
        if quoted is not None:
            yield "quotation", [(quoted.first, quoted.last)]
    for rule, heads in _complements(verb, paragraph):
        yield rule, paragraph.below(heads, zone, joined=True)


def _said(
    verb: Token, source: Token, zone: set[int], paragraph: Paragraph
) -> Iterator[tuple[str, list[Stretch]]]:
    """What may be the content of a verb of saying, by construction, the surest first."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    behind = [c for c in clauses if c.i > verb.i]
    if behind and not any(q.holds(c.i) for c in clauses for q in paragraph.marks):
        clauses = behind  # "Prices rose: half of them said that they paid": one side only
    if clauses:
        yield "clause", paragraph.below(clauses, zone)
    reported = reported_clause(verb, paragraph.lexicon)
    if reported is not None:
        further = [c for c in verb.rights if c.dep_ == "conj" and not _has_subject(c)]
        yield "clause", paragraph.below([reported[0], *further], zone)
    around = _around_tag(verb, source, paragraph)
    if around is not None:
        yield "inserted", paragraph.below([around], zone | {t.i for t in verb.subtree})
    quoted = _adjacent(verb, source, paragraph)
    if quoted is not None:
        yield "quotation", [(quoted.first, quoted.last)]


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" for c in verb.children)


def _around_tag(verb: Token, source: Token, paragraph: Paragraph) -> Token | None:
    """The verb of the clause that a tag is inserted in or stands behind, or None.

    "…, Jones said, …" is read as parataxis or, behind a noun, as a relative clause, and
    "as Jones said" as an adverbial one.
    """
    if source.head != verb or verb.dep_ not in ("advcl", "parataxis", "relcl"):
        return None
    if verb.dep_ == "advcl":
        return verb.head if _is_parenthetical(verb, paragraph) else None
    doc = paragraph.doc
    first = min(t.i for t in verb.subtree if paragraph.is_word(t.i))
    if first == 0 or doc[first - 1].text not in (",", *_DASHES, *CLOSING):
        return None
    if verb.dep_ == "parataxis":
        return verb.head
    closed = verb.i + 1 < len(doc) and doc[verb.i + 1].text in (",", *_DASHES)
    around = governing_verb(verb.head)
    relative = any(t.tag_ in _RELATIVE for t in verb.lefts)
    return around if closed and not relative and around is not None and around != verb else None


def _is_parenthetical(verb: Token, paragraph: Paragraph) -> bool:
    """True for "as Jones said", where nothing more is said."""
    bare = not any(c.dep_ in OBJECT for c in verb.children)
    marked = any(c.lower_ == "as" and c.i < verb.i for c in verb.children)
    words = paragraph.lexicon.attribution["parenthetical"]
    return marked and bare and verb.lemma_.lower() in words


def _adjacent(verb: Token, source: Token, paragraph: Paragraph) -> Quoted | None:
    """The quotation that the tag of a verb of saying stands behind or before."""
    behind = _before_tag(verb, source, paragraph)
    if behind is not None:
        return behind
    for quoted in paragraph.marks:
        if 0 < quoted.first - verb.i <= _TAG_REACH and _leads_to(verb, quoted, paragraph):
            return quoted
    return None


def _before_tag(verb: Token, source: Token, paragraph: Paragraph) -> Quoted | None:
    """The quotation that a tag follows: “…,” she said; “…?” thundered Jones."""
    doc = paragraph.doc
    start = paragraph.cue(verb)[0]
    if source.head == verb:
        start = min(start, paragraph.phrase(source)[0])
    for quoted in paragraph.marks:
        ends = 0 <= start - quoted.last <= 1 and doc[quoted.end - 1].text in _ENDS_BEFORE_TAG
        if ends and begins_sentence(doc, quoted):
            return quoted
    return None


def _leads_to(verb: Token, quoted: Quoted, paragraph: Paragraph) -> bool:
    """True for a tag before a quotation in its sentence, with no other between."""
    between = paragraph.doc[verb.i + 1 : quoted.first]
    cues = paragraph.lexicon.clausal_cues
    if any(t.is_sent_start for t in between):
        return False
    if any(t.pos_ in VERBAL and t.lemma_.lower() in cues for t in between):
        return False
    return len(between) == 0 or between[-1].text in (",", ":")


def _tagged(verb: Token, source: Token, paragraph: Paragraph) -> Quoted | None:
    """The long quotation whose place alone makes any verb the verb of its tag: thundered, “…”."""
    quoted = _before_tag(verb, source, paragraph)
    if quoted is None:
        following = (q for q in paragraph.marks if q.first > verb.i)
        quoted = next(following, None)
        if quoted is None or not _stands_close(verb, quoted, paragraph):
            return None
    return quoted if quoted.words(paragraph.doc) >= MIN_WORDS else None


def _stands_close(verb: Token, quoted: Quoted, paragraph: Paragraph) -> bool:
    """True where only adverbs or an object stand between, and a comma or colon."""
    between = paragraph.doc[verb.i + 1 : quoted.first]
    if not between or between[-1].text not in (",", ":"):
        return False
    return all(t.head == verb and (t.is_punct or t.dep_ in ("advmod", "dobj")) for t in between)


def _complements(verb: Token, paragraph: Paragraph) -> Iterator[tuple[str, list[Token]]]:
    """What else a verb of judging or wishing takes as content, by construction."""
    words = paragraph.lexicon.attribution
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.rights if c.dep_ in OBJECT]
    infinitives = [c for c in verb.rights if c.dep_ == "xcomp"]
    if lemma in words["infinitive"] and infinitives:
        yield "infinitive", objects + infinitives
    for prep in verb.children:
        if prep.dep_ == "prep" and f"{lemma}_{prep.lower_}" in words["prepositional"]:
            yield ("object", [*objects, prep]) if objects else ("prepositional", _held(prep))
    if lemma in words["object"]:
        relative = [c for c in verb.lefts if c.dep_ in OBJECT and c.tag_ in _RELATIVE]
        judged = [c for c in verb.rights if c.dep_ in ("oprd", "xcomp") or _is_ground(c)]
        if objects or relative or any(c.dep_ == "oprd" for c in judged):
            yield "object", objects + relative + judged


def _is_ground(child: Token) -> bool:
    return child.dep_ == "prep" and child.lower_ in ("as", "for")


def _held(prep: Token) -> list[Token]:
    """What a preposition holds; for "called for him to resign" the resigning."""
    held = [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]
    if held or prep.lower_ != "for":
        return held
    return [c for c in prep.head.rights if c.dep_ == "advcl" and c.tag_ == "VB"]
