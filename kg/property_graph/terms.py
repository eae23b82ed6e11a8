"""The names that every property graph has, whatever its domain: what they are and mean."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COLUMNS", "KEYS", "LINKS", "PROPERTIES"]

# Key labels: each node has one of them, first.
KEYS: Mapping[str, str] = {
    "Entity": "What articles make claims about; its classes are its other labels.",
    "Value": (
        "A number, date, quotation or other words that one fact states; its other label, if any, "
        "is its class."
    ),
    "Article": "A text as it was read.",
    "Statement": "A claim that articles make, with its stance, speaker and evidence.",
    "InferredStatement": "A claim that a rule draws from others; no article makes it.",
    "Discrepancy": "Two or more sides that cannot all be right.",
    "Side": "What one side of a discrepancy says.",
}

# Relationship types that are no relation of a domain.
LINKS: Mapping[str, str] = {
    "SUBJECT": "What a statement is about.",
    "OBJECT": "The other end of a statement: an entity or a value.",
    "SPEAKER": "Who makes the claim of a statement.",
    "EVIDENCE": "A place of an article that makes the claim, or that a side stands on.",
    "PREMISE": "A statement that an inferred one is drawn from.",
    "FULFILLED_BY": "The statement that what this one plans has happened.",
    "COPY_OF": "The article whose text this one repeats; the two count as one source.",
    "HAS_PARTNER": "A party of a partnership.",
    "HAS_SPONSOR": "The party that gives money, goods or services.",
    "HAS_RIGHTS_HOLDER": "The party that grants the right to be named.",
    "COVERS_EVENT": "An event that a partnership is for.",
    "WORTH": "What a partnership is worth, by a plain fact.",
    "BASED_ON": "A statement that a partnership is computed from.",
    "CONCERNS": "What the sides of a discrepancy disagree about.",
    "HAS_SIDE": "One of the sides of a discrepancy.",
    "SIDE_STATEMENT": "The statement that says what a side says.",
}

# What tables of nodes and edges, and GraphML, have beside the properties.
COLUMNS = ("label", "labels", "source", "target")

# Property to (type, meaning). Types: string, long, double, boolean, date, string[], long[].
PROPERTIES: Mapping[str, tuple[str, str]] = {
    "id": ("string", "IRI: of a fact and its relationship that of its statement."),
    "name": ("string", "Preferred name; of a value its words with bound and unit."),
    "type": ("string", "Class of the entity, the lowest, as the ontology calls it."),
    "altNames": ("string[]", "Other right names."),
    "hiddenNames": ("string[]", "Misspellings and variants, to be searched for, not shown."),
    "mentions": ("string[]", "Names as articles write them, without pronouns."),
    "sameAs": ("string[]", "Verified IRIs of others for the same thing."),
    "searchNames": ("string[]", "All its names in lower case, to look it up by."),
    "factId": ("string", "Id of the fact in facts.jsonl or inferred.jsonl."),
    "relation": ("string", "Relation as the ontology calls it, whatever the prefix of the type."),
    "stance": ("string", "asserted, planned, hedged or negated."),
    "plain": (
        "boolean",
        "True when an article says it in its own voice, asserted or planned.",
    ),
    "confidence": ("double", "Probability, 0 to 1, that the text says this; not that it is true."),
    "sources": ("long", "Independent articles that support it; copies count once."),
    "inferred": ("boolean", "True when a rule draws it and no article states it."),
    "derivedBy": ("string", "Rule that inferred it."),
    "premises": ("string[]", "Ids of the facts that it is inferred from."),
    "fulfilledBy": ("string[]", "Ids of the facts that what this one plans has happened."),
    "speaker": ("string", "Name of who makes the claim; none: the article itself."),
    "speakerId": ("string", "IRI of who makes the claim."),
    "value": ("string", "Normalised text of a value, whatever its type."),
    "text": ("string", "Words of the article for a value."),
    "datatype": ("string", "Datatype of a value, as an IRI."),
    "number": ("double", "Number of a value that is stated exactly."),
    "statedNumber": ("double", "Number of a value, to be read with the words that bound it."),
    "valueYear": ("long", "Year of a value that is a date."),
    "valueDay": ("date", "Day of a value that is a full date."),
    "quote": ("string", "Characters of the article at the place of the evidence."),
    "startChar": ("long", "First code point of the quote in its article, from 0."),
    "endChar": ("long", "Code point behind the quote."),
    "voice": ("string", "Who speaks there: narrator, quote, paraphrase, headline or caption."),
    "extractor": ("string", "Frame or rule that read the claim there."),
    "cues": ("string[]", "Words that hedge, plan, deny or distance."),
    "quotes": ("string[]", "As quote, one for each place of evidence."),
    "articles": ("string[]", "Names of the articles, in step with quotes."),
    "startChars": ("long[]", "As startChar, in step with quotes."),
    "endChars": ("long[]", "As endChar, in step with quotes."),
    "voices": ("string[]", "As voice, in step with quotes."),
    "extractors": ("string[]", "As extractor, in step with quotes."),
    "title": ("string", "Headline of the article."),
    "author": ("string", "Who wrote the article."),
    "publisher": ("string", "Who published the article."),
    "published": ("string", "When the article was published, ISO 8601 as precise as known."),
    "publishedYear": ("long", "Year of published."),
    "publishedDay": ("date", "Day of published, where known."),
    "language": ("string", "Language of the article."),
    "url": ("string", "Address of the article."),
    "format": ("string", "Format that the article was read from."),
    "facts": ("string[]", "Ids of the facts that a partnership is computed from."),
    "kind": ("string", "Kind of discrepancy: conflict, denial, slip, time, type or typo."),
    "message": ("string", "The discrepancy in a sentence."),
    "says": ("string", "What a side says, in short."),
    "reference": ("string", "IRI of the entity of the reference data that says so."),
    "position": ("long", "Place of a side among the sides, from 1."),
}
