"""A graph of three invented articles: every stance, voice, qualifier and kind of value in it."""

from __future__ import annotations

import re
from pathlib import Path

from kg.model.graph import Entity, Fact, KnowledgeGraph
from kg.model.statement import Evidence, Literal, Modality, Voice
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.factories import make_literal as lit

PLANNED, HEDGED, NEGATED = Modality.PLANNED, Modality.HEDGED, Modality.NEGATED

_TYPES = {
    "Company": "Halvor Group|Mapwright|Studio Birk|Kestrel Motors|Lumenworks|Cirrus Nord"
    "|Bergen City Transport|Birchfield Research",
    "SportsOrganization": "Northern Games Federation",
    "MediaOutlet": "Velo Weekly|TV Nordavind",
    "Person": "Ingrid Solheim|Olav Brekke|Erik Dahl|Aino Lehto|Maja Lind|Jonas Ek",
    "Group": "Clean Streets Alliance|Rullestol Network",
    "OlympicGames": "Fjord Games 2028|Fjord Games 2032",
    "SportsEvent": "Tampere Marathon|Nordic Bike Summit",
    "ShoppingFestival": "Frost Days",
    "Platform": "Pedalo|Tramwise",
    "Initiative": "Route Light",
    "Exhibition": "Arrival Garden",
    "Campaign": "Small Lights",
    "Technology": "edge computing|battery swapping",
    "Product": "Glow Sensor|Ampere bus",
    "Service": "crowd forecasts",
    "City": "Bergen|Tampere|Aarhus|Trondheim|Gothenburg|Helsinki",
    "Country": "Norway|Finland|Denmark|Iceland|Sweden",
    "Airport": "Bergen Airport",
    "Venue": "Harbour Arena",
}
E: dict[str, Entity] = {
    name: make_entity(name, type_, mentions=(name,))
    for type_, names in _TYPES.items()
    for name in names.split("|")
}
E["Halvor Group"] = make_entity(
    "Halvor Group",
    mentions=("Halvor", "Halvor Group"),
    same_as=("https://www.wikidata.org/entity/Q0",),
    hidden_labels=("Havlor",),
)

_FOLDER = Path(__file__).parent / "fixtures" / "showcase"
_ARTICLES = {
    key: make_article((_FOLDER / name).read_text("utf-8"), name)
    for key, name in {
        "l": "2027-03-fjord-launch.txt",
        "p": "2027-05-halvor-profile.txt",
        "r": "2027-06-bus-makers.txt",
    }.items()
}
EUR = lit("EUR", text="euros")


def _at(article: str, quote: str, voice: Voice = Voice.NARRATOR) -> Evidence:
    return make_evidence(_ARTICLES[article], quote, voice)


def _fact(
    subject: str,
    predicate: str,
    object: str | Literal,
    *evidence: Evidence,
    stance: Modality = Modality.ASSERTED,
    by: str | None = None,
    confidence: float = 0.91,
    **qualifiers: Literal | Entity,
) -> Fact:
    return make_fact(
        E[subject],
        predicate,
        E[object] if isinstance(object, str) else object,
        evidence,
        modality=stance,
        attributed_to=E[by] if by else None,
        confidence=confidence,
        qualifiers=qualifiers,
    )


def _launch_facts() -> list[Fact]:
    deal = _at("l", "signed an eight-year partnership with the Northern Games Federation")
    again = _at("r", "Halvor Group is the mobility partner of the Northern Games Federation")
    partner = _at("l", "official mobility partner of the Fjord Games 2028 in Bergen")
    tampere = _at("l", "the Fjord Games 2032 in Tampere")
    solheim = _at("l", "Chief Marketing Officer Ingrid Solheim told Velo Weekly")
    plan = _at("l", "the company will launch Route Light", Voice.PARAPHRASE)
    calm = _at("l", "Route Light shows every visitor the calmest way to the stadium", Voice.QUOTE)
    guide = _at("l", "The guide was developed with Mapwright, a Danish start-up based in Aarhus")
    operates = _at("l", "Halvor operates the cycle-sharing platform Pedalo and the ticket platform")
    riders = _at("l", "Pedalo serves more than 14 million riders in Norway, Finland and Denmark")
    garden = _at("l", "At Bergen Airport the group has opened the Arrival Garden")
    kestrel = _at("l", "Rival Kestrel Motors is said to be in talks with the federation")
    brekke = _at("l", "Its presenter Olav Brekke will host the opening night in the Harbour Arena")
    return [
        _fact("Halvor Group", "partnerOf", "Northern Games Federation", deal, again,
              confidence=0.97, start=lit("2027", "gYear"),
              duration=lit("P8Y", "duration", "eight-year"), level=lit("mobility partner")),
        _fact("Halvor Group", "partnershipValue", lit("120000000", "integer", "120 million"),
              _at("l", "worth more than 120 million euros"), unit=EUR,
              comparator=lit("more than"), **{"with": E["Northern Games Federation"]}),
        _fact("Halvor Group", "sponsorOf", "Fjord Games 2028", partner),
        _fact("Halvor Group", "sponsorOf", "Fjord Games 2032", tampere),
        _fact("Fjord Games 2028", "heldIn", "Bergen", partner, confidence=0.88),
        _fact("Fjord Games 2032", "heldIn", "Tampere", tampere,
              _at("r", "The games will be held in Tampere")),
        _fact("Fjord Games 2028", "year", lit("2028", "gYear"), partner),
        _fact("Fjord Games 2032", "year", lit("2032", "gYear"), tampere),
        _fact("Ingrid Solheim", "worksFor", "Halvor Group", solheim,
              role=lit("Chief Marketing Officer")),
        _fact("Halvor Group", "provides", "Route Light", plan, stance=PLANNED, by="Ingrid Solheim"),
        _fact("Route Light", "deployedAt", "Fjord Games 2028", plan, stance=PLANNED,
              by="Ingrid Solheim", confidence=0.84),
        _fact("Ingrid Solheim", "said", lit(calm.quote), calm, about=E["Route Light"]),
        _fact("Route Light", "developedWith", "Mapwright", guide),
        _fact("Mapwright", "basedIn", "Aarhus", guide),
        _fact("Mapwright", "basedIn", "Denmark", guide, confidence=0.71),
        _fact("Aarhus", "locatedIn", "Denmark", guide, confidence=0.62),
        _fact("Halvor Group", "operatesPlatform", "Pedalo", operates),
        _fact("Halvor Group", "operatesPlatform", "Tramwise", operates),
        _fact("Pedalo", "hasMeasure", lit("14000000", "integer", "14 million"), riders,
              unit=lit("riders"), comparator=lit("more than")),
        *(_fact("Pedalo", "operatesIn", at, riders) for at in ("Norway", "Finland", "Denmark")),
        _fact("Halvor Group", "provides", "Arrival Garden", garden, place=E["Bergen Airport"]),
        _fact("Arrival Garden", "locatedIn", "Bergen Airport", garden),
        _fact("Bergen Airport", "locatedIn", "Bergen", garden, confidence=0.66),
        _fact("Arrival Garden", "promotes", "Fjord Games 2028",
              _at("l", "an exhibition that promotes the games"), confidence=0.7),
        _fact("Arrival Garden", "developedBy", "Studio Birk",
              _at("l", "The exhibition is supported by Studio Birk"), confidence=0.58),
        _fact("Halvor Group", "basedIn", "Norway",
              _at("l", "Norwegian mobility group Halvor Group")),
        _fact("Kestrel Motors", "partnerOf", "Northern Games Federation", kestrel, stance=HEDGED,
              confidence=0.64),
        _fact("Kestrel Motors", "sponsorOf", "Fjord Games 2028",
              _at("l", "Kestrel Motors has not joined the programme", Voice.PARAPHRASE),
              stance=NEGATED, by="Northern Games Federation"),
        _fact("Kestrel Motors", "suppliesTo", "Bergen City Transport",
              _at("l", "Kestrel Motors supplies electric buses to Bergen City Transport"),
              what=lit("electric buses")),
        _fact("Bergen City Transport", "basedIn", "Bergen",
              _at("l", "Bergen City Transport"), confidence=0.52),
        _fact("TV Nordavind", "broadcasts", "Fjord Games 2028",
              _at("l", "TV Nordavind will show the Fjord Games 2028"), stance=PLANNED),
        _fact("Olav Brekke", "worksFor", "TV Nordavind", brekke, role=lit("presenter")),
        _fact("Fjord Games 2028", "locatedIn", "Harbour Arena", brekke, stance=PLANNED,
              confidence=0.55),
        _fact("Halvor Group", "sponsorOf", "Northern Games Federation", deal, confidence=0.8),
        _fact("Kestrel Motors", "memberOf", "Clean Streets Alliance", kestrel, stance=HEDGED,
              confidence=0.51),
    ]  # fmt: skip


def _profile_facts() -> list[Fact]:
    founded = _at("p", "Founded in 1998 in Trondheim, Halvor Group")
    owns = _at("p", "Halvor owns Lumenworks, which it acquired in 2019")
    glow = _at("p", "Lumenworks develops the Glow Sensor")
    edge = _at("p", "The sensor uses edge computing from Cirrus Nord")
    maps = _at(
        "p", "Route Light delivers crowd forecasts and replaces paper maps", Voice.PARAPHRASE
    )
    reach = _at("p", "By 2030 we want to reach 40 million people", Voice.QUOTE)
    alliance = _at(
        "p", "a member of the Clean Streets Alliance, which organises the Nordic Bike Summit"
    )
    lights = _at("p", "Its campaign Small Lights reached 9 million viewers")
    lehto = _at(
        "p", "Small Lights involves the skater Aino Lehto and promotes the Fjord Games 2028"
    )
    return [
        _fact("Halvor Group", "foundedIn", lit("1998", "gYear"), founded),
        _fact("Halvor Group", "basedIn", "Trondheim", founded,
              _at("p", "The quiet giant from Trondheim", Voice.HEADLINE)),
        _fact("Trondheim", "locatedIn", "Norway", founded, confidence=0.5),
        _fact("Lumenworks", "subsidiaryOf", "Halvor Group", owns),
        _fact("Halvor Group", "acquired", "Lumenworks", owns, date=lit("2019", "gYear")),
        _fact("Erik Dahl", "worksFor", "Halvor Group",
              _at("p", "Erik Dahl has led the company as chief executive since 2015"),
              role=lit("chief executive"), start=lit("2015", "gYear")),
        _fact("Glow Sensor", "developedBy", "Lumenworks", glow),
        _fact("Glow Sensor", "usesTechnology", "edge computing", edge),
        _fact("edge computing", "developedBy", "Cirrus Nord", edge, confidence=0.73),
        _fact("Lumenworks", "usesTechnology", "edge computing", edge, confidence=0.6),
        _fact("Route Light", "delivers", "crowd forecasts", maps, by="Erik Dahl"),
        _fact("Halvor Group", "targetsAudience", lit("40000000", "integer", "40 million"), reach,
              stance=PLANNED, by="Erik Dahl", unit=lit("people")),
        _fact("Erik Dahl", "said", lit(reach.quote), reach),
        _fact("Halvor Group", "memberOf", "Clean Streets Alliance", alliance),
        _fact("Clean Streets Alliance", "organizes", "Nordic Bike Summit", alliance),
        _fact("Nordic Bike Summit", "heldIn", "Tampere", alliance, confidence=0.69),
        _fact("Halvor Group", "provides", "Small Lights", lights),
        _fact("Small Lights", "hasMeasure", lit("9000000", "integer", "9 million"), lights,
              unit=lit("viewers")),
        _fact("Small Lights", "involves", "Aino Lehto", lehto),
        _fact("Small Lights", "promotes", "Fjord Games 2028", lehto),
        _fact("Pedalo", "operatesIn", "Iceland",
              _at("p", "Pedalo reportedly will start in Iceland next year"), stance=HEDGED),
        _fact("Halvor Group", "operatesIn", "Sweden",
              _at("p", "Halvor will not enter Sweden", Voice.PARAPHRASE), stance=NEGATED,
              by="Erik Dahl"),
        _fact("Arrival Garden", "locatedIn", "Harbour Arena",
              _at("p", "The Arrival Garden could be moved to the Harbour Arena"), stance=HEDGED,
              confidence=0.61),
    ]  # fmt: skip


def _rival_facts() -> list[Fact]:
    kestrel = _at("r", "Kestrel Motors, the Gothenburg bus maker, sponsors the Tampere Marathon")
    lind = _at("r", "Its chief engineer Maja Lind works on the Ampere bus")
    federation = _at("r", "The federation, based in Helsinki, organises the Fjord Games 2032")
    supply = _at("r", "Mapwright will supply maps to Kestrel Motors", Voice.PARAPHRASE)
    frost = _at("r", "Pedalo plans a winter shop called Frost Days for the games")
    cirrus = _at("r", "Cirrus Nord operates in Finland and supports the Rullestol Network")
    return [
        _fact("Kestrel Motors", "basedIn", "Gothenburg", kestrel),
        _fact("Gothenburg", "locatedIn", "Sweden", kestrel, confidence=0.5),
        _fact("Kestrel Motors", "sponsorOf", "Tampere Marathon", kestrel),
        _fact("Kestrel Motors", "hasMeasure", lit("5200", "integer", "5,200"),
              _at("r", "The company employs 5,200 people"), unit=lit("people")),
        _fact("Maja Lind", "worksFor", "Kestrel Motors", lind, role=lit("chief engineer")),
        _fact("Ampere bus", "developedBy", "Kestrel Motors", lind, confidence=0.78),
        _fact("Ampere bus", "usesTechnology", "battery swapping",
              _at("r", "the Ampere bus, which uses battery swapping")),
        _fact("Northern Games Federation", "basedIn", "Helsinki", federation),
        _fact("Northern Games Federation", "organizes", "Fjord Games 2032", federation),
        _fact("Fjord Games 2032", "startDate", lit("2032-02-09", "date", "9 February 2032"),
              _at("r", "which will open on 9 February 2032"), stance=PLANNED),
        _fact("Mapwright", "suppliesTo", "Kestrel Motors", supply, stance=PLANNED, by="Jonas Ek",
              what=lit("maps")),
        _fact("Jonas Ek", "worksFor", "Kestrel Motors",
              _at("r", "Kestrel spokesman Jonas Ek"), role=lit("spokesman")),
        _fact("Mapwright", "partnershipValue", lit("30000000", "integer", "30 million"),
              _at("r", "the deal may be worth 30 million euros", Voice.PARAPHRASE), stance=HEDGED,
              by="Birchfield Research", unit=EUR, **{"with": E["Kestrel Motors"]}),
        _fact("Pedalo", "provides", "Frost Days", frost, stance=PLANNED),
        _fact("Frost Days", "deployedAt", "Fjord Games 2032", frost, stance=PLANNED,
              confidence=0.67),
        _fact("Frost Days", "developedBy", "Studio Birk",
              _at("r", "developed by Studio Birk"), stance=PLANNED),
        _fact("TV Nordavind", "broadcasts", "Tampere Marathon",
              _at("r", "TV Nordavind will not broadcast the Tampere Marathon"), stance=NEGATED),
        _fact("Tampere Marathon", "heldIn", "Tampere", kestrel, confidence=0.57),
        _fact("Cirrus Nord", "operatesIn", "Finland", cirrus),
        _fact("Cirrus Nord", "supports", "Rullestol Network", cirrus),
    ]  # fmt: skip


def showcase_graph() -> KnowledgeGraph:
    """About forty entities and eighty facts of three articles."""
    facts = [*_launch_facts(), *_profile_facts(), *_rival_facts()]
    return make_graph(_ARTICLES.values(), facts, E.values())


def told_only_by_the_text() -> set[str]:
    """Words of the articles that stand in no quote of a fact and in no title."""
    graph = showcase_graph()
    quoted = {item.span for fact in graph.facts for item in fact.evidence}
    found: set[str] = set()
    for article in graph.articles:
        spans = [(span.start, span.end) for span in quoted if span.article == article.name]
        bare = "".join(
            "\0" if any(start <= at < end for start, end in spans) else sign
            for at, sign in enumerate(article.text)
        )
        found |= set(re.findall(r"\b[a-z][A-Za-z ,.]{19,}", bare))
    return found
