"""The word lists of a domain as sets and tables that the extractors look words up in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from kg.ontology.domain import KnownName, Ontology

__all__ = ["HOSTS", "Happening", "Lexicon", "Series", "lexicon_of"]

HOSTS = ("City", "Region")  # classes of what an edition of a series is held in


@dataclass(frozen=True, slots=True)
class Series:
    """An event that recurs: class of its editions, nouns that name it, seasons that part it.

    `number` is the relation of an edition to its number, None where the domain has none.
    """

    type: str
    heads: frozenset[str]
    seasons: frozenset[str]
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens once to an organisation: nouns and verbs (lemmas, "go_public") for it.

    With `anniversary`, it is what a birthday of the organisation counts from.
    """

    nouns: tuple[tuple[str, ...], ...]
    verbs: frozenset[str]
    anniversary: bool = False


@dataclass(frozen=True)
class Lexicon:
    """A typed view of the lexicon.toml files of a domain and its imports."""

    ontology: Ontology

    @property
    def _table(self) -> Mapping[str, Any]:
        return self.ontology.lexicon

    def _words(self, *path: str) -> frozenset[str]:
        table: Any = self._table
        for key in path:
            table = table.get(key, {}) if isinstance(table, Mapping) else {}
        return frozenset(str(w) for w in table)

    def _class_of_word(self, key: str) -> dict[str, str]:
        """Word to class; a word listed under several classes has the first one.

        What `own` lists comes before all: a domain's words that mean something else in what it
        imports.
        """
        out: dict[str, str] = {}
        own = self._table.get("own", {}).get(key, {})
        for name, words in (*own.items(), *self._table.get(key, {}).items()):
            for word in words:
                out.setdefault(str(word), name)
        return out

    @cached_property
    def heads(self) -> dict[str, str]:
        """Lower-case head noun (lemma) to class: what a common noun phrase denotes."""
        return self._class_of_word("heads")

    @cached_property
    def name_heads(self) -> dict[str, str]:
        """Lower-case last word of a proper name to class ("… Airport", "… Committee")."""
        return self._class_of_word("name_heads")

    @property
    def copulas_tell(self) -> bool:
        """True where "X is a film" makes X a film; not where the heads are as wide as "service"."""
        return bool(self._table.get("copulas_tell", False))

    @cached_property
    def anaphors(self) -> dict[str, str]:
        """Lower-case noun that with a definite article points back ("the company") to class."""
        return self._class_of_word("anaphors")

    @cached_property
    def ner_types(self) -> dict[str, str]:
        """Label of the statistical recogniser to class."""
        return dict(self._table.get("ner_types", {}))

    @cached_property
    def roles(self) -> frozenset[str]:
        """Lower-case head nouns of posts ("president", "officer")."""
        return self._words("posts", "heads")

    @cached_property
    def role_modifiers(self) -> frozenset[str]:
        """Lower-case words that a post's title is made of besides its head."""
        return self._words("posts", "modifiers")

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Abbreviation of a post to its full title."""
        return dict(self._table.get("posts", {}).get("abbreviations", {}))

    @cached_property
    def transparent(self) -> frozenset[str]:
        """Nouns that stand for what their of-phrase holds ("range", "series")."""
        return self._words("transparent")

    @cached_property
    def object_control(self) -> frozenset[str]:
        """Verbs whose object is the subject of the infinitive ("help them launch")."""
        return self._words("object_control")

    @cached_property
    def hosts(self) -> dict[str, KnownName]:
        """What may host an edition of a series, by each of its labels."""
        return {
            label: name
            for name in self.ontology.names.values()
            if self.ontology.is_any(name.type, HOSTS)
            for label in name.labels
        }

    @cached_property
    def series_words(self) -> dict[str, frozenset[str]]:
        """Lower-case words of the names of editions and of places, by class of the editions."""
        return {
            series.type: frozenset(
                word.lower()
                for name in self.ontology.names.values()
                if name.type == series.type or self.ontology.is_any(name.type, HOSTS)
                for label in name.labels
                for word in re.findall(r"\w+", label)
            )
            for series in self.series
        }

    @cached_property
    def light_beginnings(self) -> frozenset[str]:
        """What the verbs of `light_verbs` begin with, up to each of their underscores."""
        parts = (words.split("_") for words in self.light_verbs)
        return frozenset("_".join(p[:n]) for p in parts for n in range(1, len(p)))

    @cached_property
    def light_verbs(self) -> frozenset[str]:
        """Verb and object that act as one verb ("take_advantage")."""
        return self._words("light_verbs")

    @cached_property
    def compound_prepositions(self) -> frozenset[str]:
        """Preposition and noun that act as one preposition ("in_front")."""
        return self._words("compound_prepositions")

    @cached_property
    def happening(self) -> frozenset[str]:
        """Verbs, with their particle, of a clause that stands for an event ("what goes on in")."""
        return self._words("happening")

    @cached_property
    def marking(self) -> frozenset[str]:
        """Verbs of a purpose that ties what is done to an event ("opened to mark the fair")."""
        return self._words("marking")

    @cached_property
    def foremost(self) -> frozenset[str]:
        """Nouns and adjectives for what stands out of a programme ("centrepiece", "first")."""
        return self._words("foremost")

    @cached_property
    def additions(self) -> frozenset[str]:
        """Prepositions that join a second thing to a first in the same role ("along_with")."""
        return self.joint_additions | self._words("additions", "beside")

    @cached_property
    def joint_additions(self) -> frozenset[str]:
        """Those of them that join subjects too ("together_with")."""
        return self._words("additions", "with")

    @cached_property
    def apart_additions(self) -> frozenset[str]:
        """Those of them that join only where they are set off: else they may say where."""
        return self._words("additions", "apart")

    @cached_property
    def reporting(self) -> frozenset[str]:
        """Verbs whose clause is somebody's claim ("say", "note")."""
        return self._words("speech", "reporting")

    @cached_property
    def announcing(self) -> frozenset[str]:
        """Verbs by which an organisation makes known what it does: no distance, no speaker."""
        return self._words("speech", "announcing")

    @cached_property
    def telling(self) -> frozenset[str]:
        """Verbs whose object, or verb and preposition, is often who publishes it ("speak_to")."""
        return self._words("speech", "telling")

    @cached_property
    def presenting(self) -> frozenset[str]:
        """Verbs that say what something is by naming it ("cite … as a pillar")."""
        return self._words("speech", "presenting")

    @cached_property
    def slogan_nouns(self) -> frozenset[str]:
        """Lower-case nouns for a line that something is known by ("tagline")."""
        return self._words("slogans", "nouns")

    @cached_property
    def distancing(self) -> frozenset[str]:
        """Reporting verbs that leave a claim to its speaker ("claim", "allege")."""
        return self._words("speech", "distancing")

    @cached_property
    def attribution(self) -> Mapping[str, frozenset[str]]:
        """Words that attribute, by what their content is: a clause, an object, a phrase."""
        found = self._table.get("attribution", {})
        return defaultdict(frozenset, {key: frozenset(words) for key, words in found.items()})

    @cached_property
    def clausal_cues(self) -> frozenset[str]:
        """Verbs whose clause or quotation is what their subject says, or holds."""
        return self.reporting | self.announcing | self.attribution["clause"]

    @cached_property
    def partnership_nouns(self) -> frozenset[str]:
        """Nouns for a partnership ("deal", "partnership")."""
        return self._words("partnership", "nouns")

    @cached_property
    def undertakings(self) -> frozenset[str]:
        """Nouns for what is agreed or planned: their infinitive says what it is to bring."""
        return self.partnership_nouns | self._words("stance", "planned_nouns")

    @cached_property
    def level_nouns(self) -> frozenset[str]:
        """Nouns for who stands in a partnership ("partner", "sponsor")."""
        return self._words("partnership", "levels")

    @cached_property
    def introducing_nouns(self) -> frozenset[str]:
        """Nouns that head lists of what an organisation does ("innovations")."""
        return self._words("introducing")

    @cached_property
    def inclusion_verbs(self) -> frozenset[str]:
        """Verbs from a whole to its parts ("include")."""
        return self._words("inclusion")

    @cached_property
    def descriptors(self) -> dict[str, str]:
        """Noun that behind a name says what it is ("Acme video platform") to class."""
        return self._class_of_word("descriptors")

    @cached_property
    def naming_verbs(self) -> frozenset[str]:
        """Lemmas of verbs that give something its name ("call")."""
        return self._words("naming", "verbs")

    @cached_property
    def naming_participles(self) -> frozenset[str]:
        """Participles between a noun and its name ("a tool called Pulse")."""
        return self._words("naming", "participles")

    @cached_property
    def company_endings(self) -> frozenset[str]:
        """What the name of a company may end in or lack ("ltd"), lower case, no full stop."""
        return self._words("company", "legal_forms") | self._words("company", "suffixes")

    @cached_property
    def branded(self) -> dict[str, tuple[str, ...]]:
        """Class of an offering to the relations that it has to the owner of its name."""
        return {name: tuple(found) for name, found in self._table.get("branded", {}).items()}

    @cached_property
    def usual_classes(self) -> dict[str, str]:
        """Broad class to the one that a name of it most likely has."""
        return dict(self._table.get("usual_classes", {}))

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Event series whose editions the domain names."""
        return tuple(
            Series(
                str(entry["class"]),
                frozenset(str(h) for h in entry["heads"]),
                frozenset(str(s) for s in entry.get("seasons", ())),
                str(entry["number"]) if "number" in entry else None,
            )
            for entry in self._table.get("series", ())
        )

    @cached_property
    def happenings(self) -> tuple[Happening, ...]:
        """What the domain dates in the life of an organisation; longest nouns first."""
        return tuple(
            Happening(
                tuple(sorted((tuple(n.split()) for n in entry["nouns"]), key=lambda w: -len(w))),
                frozenset(entry["verbs"]),
                bool(entry.get("anniversary", False)),
            )
            for _, entry in sorted(self._table.get("happenings", {}).items())
        )

    @cached_property
    def interval_links(self) -> Mapping[tuple[str, ...], int]:
        """Words between a span of time and a happening: 1 where it is ahead, -1 where past."""
        found = self._table.get("intervals", {})
        signs = (("before", 1), ("after", -1))
        return {tuple(w.split()): sign for key, sign in signs for w in found.get(key, ())}

    @cached_property
    def edition_nouns(self) -> frozenset[str]:
        """Nouns for one of a series of events ("edition")."""
        return self._words("edition_nouns")

    @cached_property
    def undertaking_relations(self) -> frozenset[str]:
        """Relations whose subject is something undertaken, not a technology as such."""
        return self._words("undertaking_relations")

    @cached_property
    def shared_relations(self) -> frozenset[str]:
        """Relations that nobody can claim to a technology among the domain's names."""
        return self._words("shared_relations")

    @cached_property
    def exchanges(self) -> frozenset[str]:
        """Stock exchanges, as they stand before a ticker."""
        return self._words("exchanges")

    @cached_property
    def organisation_verbs(self) -> frozenset[str]:
        """Verbs whose subject is most often an organisation ("acquire")."""
        return self._words("organisation_verbs")

    @cached_property
    def appointing_verbs(self) -> frozenset[str]:
        """Verbs by which an organisation gives a post ("appoint")."""
        return self._words("posts", "appointing")

    @cached_property
    def having(self) -> frozenset[str]:
        """Verbs whose subject has the people that the object counts ("boast")."""
        return self._words("having")

    @cached_property
    def ranks(self) -> frozenset[str]:
        """Words for the rank of a partner ("platinum", "worldwide")."""
        return self._words("partnership", "ranks")

    @cached_property
    def public_posts(self) -> frozenset[str]:
        """Heads of posts in public office, which no company gives."""
        return self._words("posts", "public")

    @cached_property
    def generic(self) -> frozenset[str]:
        """Head nouns too general to be an entity without a modifier."""
        return self._words("generic")

    @cached_property
    def weak_modifiers(self) -> frozenset[str]:
        """Modifiers that do not make a general noun an entity ("new", "own")."""
        return self._words("weak_modifiers")

    @cached_property
    def stance(self) -> dict[str, frozenset[str]]:
        """Cue words by kind of stance."""
        return {key: frozenset(words) for key, words in self._table.get("stance", {}).items()}

    @cached_property
    def time_nouns(self) -> frozenset[str]:
        """Nouns whose count is a time or an ordinal, not a measure ("year", "edition")."""
        return self._words("time_nouns")

    @cached_property
    def pronouns(self) -> dict[str, frozenset[str]]:
        """Pronouns and determiners by what they point to."""
        return {key: frozenset(words) for key, words in self._table.get("pronouns", {}).items()}

    @cached_property
    def comparators(self) -> tuple[str, ...]:
        """Phrases before a number that qualify it, longest first."""
        return tuple(sorted(self._words("comparators"), key=lambda w: (-len(w), w)))

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Sign or word to ISO 4217 code."""
        return dict(self._table.get("currencies", {}))

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Lower-case demonym to the IRI of the place, from the domain's names."""
        return {
            word.lower(): name.iri
            for name in self.ontology.names.values()
            for word in name.properties.get("demonym", ())
        }

    @cached_property
    def confidence(self) -> dict[str, float]:
        """Weights that calibrate confidences, by name; see `kg.extract.confidence`."""
        return {key: float(weight) for key, weight in self._table.get("confidence", {}).items()}

    def head_type(self, lemma: str) -> str | None:
        """Class of a common noun by its lemma, else by its ending ("toymaker"), or None."""
        return self.heads.get(lemma.lower()) or self._by_ending(lemma)

    @cached_property
    def title_ranks(self) -> frozenset[str]:
        """Words of a title that say rank, reach or time, not what the post is about."""
        return self._words("title_ranks")

    @cached_property
    def honorifics(self) -> frozenset[str]:
        """Lower-case forms of address before a person's name, with their full stop ("mr.")."""
        return self._words("honorifics")

    @cached_property
    def person_nouns(self) -> frozenset[str]:
        """Lower-case nouns for what somebody is or does ("singer"), posts left out."""
        return self._words("persons", "nouns")

    @cached_property
    def person_verbs(self) -> frozenset[str]:
        """Lemmas of verbs whose subject is a person ("marry")."""
        return self._words("persons", "verbs")

    @cached_property
    def kin(self) -> frozenset[str]:
        """Lemmas of nouns for the kin of a person, who is their possessor ("son")."""
        return self._words("persons", "kin")

    @property
    def this_edition(self) -> frozenset[str]:
        """Words before the name of a series that make it the edition that the text is about."""
        return self._words("editions", "this")

    @property
    def other_editions(self) -> frozenset[str]:
        """Words before it that make it other editions than that, whichever."""
        return self._words("editions", "others")

    @cached_property
    def kinds_of_place(self) -> dict[str, str]:
        """Noun to the class of the place in "the state of Acadia"."""
        table = self._table.get("kinds_of_place", {})
        return {str(word): name for name, words in table.items() for word in words}

    def anaphor(self, lemma: str) -> str | None:
        """Class of what a noun points back to with a definite article, or None."""
        return self.anaphors.get(lemma.lower()) or self._by_ending(lemma)

    def _by_ending(self, lemma: str) -> str | None:
        endings = self._table.get("endings", {})
        found = (c for c, words in endings.items() if lemma.lower().endswith(tuple(words)))
        return next(found, None)

    def all_head_types(self, lemma: str) -> tuple[str, ...]:
        """Every class that the domain lists the noun under, in the order of the lists."""
        return self._all_heads.get(lemma.lower(), ())

    @cached_property
    def _all_heads(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for name, words in self._table.get("heads", {}).items():
            for word in words:
                out[str(word)] = (*out.get(str(word), ()), name)
        return out


@lru_cache(maxsize=4)
def lexicon_of(ontology: Ontology) -> Lexicon:
    """The lexicon of an ontology, built once for all articles."""
    return Lexicon(ontology)
