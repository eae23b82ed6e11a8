"""The picture of a graph: what is in it, that it is XML whatever the names, and its pixels."""

from __future__ import annotations

import re
import struct
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from kg.errors import KgError
from kg.export.html.picture import png
from kg.export.html.picture.colours import colours
from kg.export.html.picture.contents import Line, Node, Picture, picture_of
from kg.export.html.picture.png import render_png
from kg.export.html.picture.svg import render_svg
from kg.model.graph import Entity, KnowledgeGraph
from kg.model.statement import Modality
from kg.ontology.domain import load_ontology
from kg.ontology.icons import icon_of, icon_paths
from tests.factories import (
    make_article,
    make_entity,
    make_evidence,
    make_fact,
    make_graph,
    make_hostile_graph,
    make_ontology,
)
from tests.showcase import showcase_graph

SVG = "{http://www.w3.org/2000/svg}"
ONTOLOGY = make_ontology()
ARTICLE = make_article("It says so.")
EVIDENCE = make_evidence(ARTICLE, "It says so")


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def drawn(graph: KnowledgeGraph) -> etree._Element:
    return parsed(render_svg(picture_of(graph, ONTOLOGY), colours()))


def lines_of(root: etree._Element) -> dict[str, list[dict[str, str]]]:
    """The attributes of the strokes of each line between two nodes, by its title."""
    return {
        group.findtext(f"{SVG}title", ""): [p.attrib for p in group.findall(f"{SVG}path")]
        for group in root.findall(f"{SVG}g")
        if group.find(f"{SVG}circle") is None
    }


def two(stance: Modality = Modality.ASSERTED, speaker: Entity | None = None) -> KnowledgeGraph:
    ends = make_entity("Acme"), make_entity("Beta")
    fact = make_fact(ends[0], "owns", ends[1], EVIDENCE, modality=stance, attributed_to=speaker)
    return make_graph([ARTICLE], [fact])


def test_every_drawn_entity_and_line_is_there_once() -> None:
    graph = showcase_graph()
    root = drawn(graph)
    nodes = [g for g in root.findall(f"{SVG}g") if g.find(f"{SVG}circle") is not None]
    titles = Counter(node.findtext(f"{SVG}title", "").rpartition(" (")[0] for node in nodes)
    assert titles == Counter(entity.label for entity in graph.entities)
    between = {
        (f.subject.label, f.object.label, f.predicate, f.modality)
        for f in graph.facts
        if isinstance(f.object, Entity)
    }
    assert len(lines_of(root)) == len(between)


def test_the_stances_are_told_apart() -> None:
    looks = {}
    for stance in Modality:
        ((title, strokes),) = lines_of(drawn(two(stance))).items()
        assert title.startswith("Acme – not: owns – Beta" if stance is Modality.NEGATED else "Acme")
        looks[stance] = (strokes[0].get("stroke-dasharray"), strokes[0]["stroke"], len(strokes))
    assert [looks[stance][0] for stance in Modality] == [None, "9 6", "2 5", None]
    assert len({colour for _, colour, _ in looks.values()}) == 4
    assert looks[Modality.NEGATED][2] == looks[Modality.ASSERTED][2] + 1, "a cross"


def test_what_somebody_says_has_a_mark_and_the_name() -> None:
    plain, said = drawn(two()), drawn(two(speaker=make_entity("Ida Holm", "Person")))
    assert "said by someone" not in "".join(plain.itertext())
    assert "said by someone" in "".join(said.itertext())
    ((_, strokes),) = lines_of(plain).items()
    ((title, marked),) = lines_of(said).items()
    assert title == "Acme – owns – Beta, says Ida Holm"
    assert len(marked) == len(strokes) + 1


def test_a_line_that_one_article_says_itself_has_no_speaker() -> None:
    spoken = two(speaker=make_entity("Ida Holm", "Person")).facts
    graph = make_graph([ARTICLE], [*spoken, *two().facts])
    assert list(lines_of(drawn(graph))) == ["Acme – owns – Beta"]


def test_relations_are_named_where_they_are_few() -> None:
    ends = make_entity("Ida Holm", "Person"), make_entity("Acme")
    far = make_graph([ARTICLE], [make_fact(ends[0], "owns", ends[1], EVIDENCE)])
    assert "owns" in [t.text for t in drawn(far).iter(f"{SVG}text")]
    names = [t.text for t in drawn(showcase_graph()).iter(f"{SVG}text")]
    assert not {f.predicate for f in showcase_graph().facts} & set(names)


def test_the_legend_has_what_is_drawn_and_no_more() -> None:
    words = [t.text for t in drawn(two(Modality.PLANNED)).iter(f"{SVG}text")]
    assert {"Company", "planned"} <= set(words)
    assert not {"asserted", "hedged", "denied", "+n"} & set(words)
    assert "2 of 2 entities, 1 of 1 facts between two of them; larger: more facts" in words


def test_icons_are_those_of_the_classes_and_only_where_they_can_be_seen() -> None:
    ontology = load_ontology()
    picture = picture_of(showcase_graph(), ontology)
    root = parsed(render_svg(picture, colours()))
    icons = Counter(path.get("d") for path in root.iter(f"{SVG}path") if path.get("transform"))
    kinds = [node.kind for node in picture.nodes if node.radius >= 8]
    kinds += {node.kind for node in picture.nodes}  # the legend
    wanted = [icon_of(entity.type, ontology) for entity in showcase_graph().entities]
    assert None not in wanted
    assert {kind.icon for kind in picture.kinds} == set(wanted)
    assert icons == Counter(icon_paths()[picture.kinds[kind].icon or ""] for kind in kinds)
    assert sum(icons.values()) > 20


def test_a_type_without_an_icon_has_its_letter() -> None:
    texts = [t.text for t in drawn(two()).iter(f"{SVG}text")]
    assert texts.count("C") == 3  # two companies and the legend
    assert not [p for p in drawn(two()).iter(f"{SVG}path") if p.get("transform")]


def test_a_large_graph_is_its_story_and_says_so() -> None:
    hub = make_entity("Hub")
    others = [make_entity(f"Company {number}") for number in range(300)]
    facts = [make_fact(hub, "owns", other, EVIDENCE) for other in others]
    picture = picture_of(make_graph([ARTICLE], facts), ONTOLOGY)
    assert len(picture.nodes) <= 60
    assert sum(node.neighbours_left_out for node in picture.nodes) == 301 - len(picture.nodes)
    text = render_svg(picture, colours())
    assert f">{len(picture.nodes)} of 301 entities, " in text
    assert f">+{301 - len(picture.nodes)}</text>" in text


def test_hostile_names_are_text_and_nothing_else() -> None:
    graph = make_hostile_graph()
    text = render_svg(picture_of(graph, ONTOLOGY), colours())
    root = parsed(text)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "circle", "path", "text"),
    }
    names = {name for element in root.iter() for name in element.attrib}
    assert not [n for n in names if n.startswith("on") or n.endswith(("href", "style", "src"))]
    assert "url(" not in text.replace("&quot;", "")
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    titles = " ".join(e.text or "" for e in root.iter(f"{SVG}title"))
    assert "markup <b>&amp;</b> ]]> <!-- --> {{ 1 }}" in titles
    assert "controls \ufffd \ufffd" in titles
    assert "\x1b" not in text


def test_lone_surrogates_can_be_written() -> None:
    entity = make_entity("half \ud83d", "Per\udc00son")
    text = render_svg(picture_of(make_graph([], [], [entity]), ONTOLOGY), colours())
    assert "half \ufffd" in text.encode("utf-8").decode("utf-8")


@pytest.mark.parametrize("graph", [make_graph(), make_graph([], [], [make_entity("Alone")])])
def test_next_to_nothing_is_a_picture_too(graph: KnowledgeGraph) -> None:
    root = drawn(graph)
    assert len(root.findall(f"{SVG}g")) == len(graph.entities)
    assert f"{len(graph.entities)} of {len(graph.entities)} entities" in "".join(root.itertext())


def test_it_says_in_words_what_it_shows() -> None:
    root = drawn(showcase_graph())
    assert root.get("role") == "img"
    ids = {e.get("id"): e.text for e in root if e.get("id")}
    assert [*ids] == (root.get("aria-labelledby") or "").split()
    assert "47 of 47 entities" in (ids["desc"] or "")


def node(x: float, y: float, radius: float = 10) -> Node:
    return Node(x, y, radius, "a", ("a",), 0, 0)


@pytest.mark.parametrize(("ends", "count"), [((0, 100), 1), ((0, 15), 0), ((0, 0), 0)])
def test_lines_end_at_the_circles(ends: tuple[float, float], count: int) -> None:
    line = Line(0, 1, 0.0, "owns", Modality.ASSERTED, False, ())
    nodes = tuple(node(x, 0) for x in ends)
    kinds = picture_of(two(), ONTOLOGY).kinds
    root = parsed(render_svg(Picture(kinds, (), nodes, (line,), 2, 1, 1), colours()))
    found = list(lines_of(root).values())
    assert len(found) == count
    for strokes in found:
        start, *_, end = re.findall(r"-?[\d.]+ -?[\d.]+", strokes[0]["d"])
        assert (start, end) == ("11 0", "88 0")


def test_the_colours_are_those_of_the_page() -> None:
    css = Path(sys.modules["kg.export.html"].__file__ or "").parent / "viewer" / "colours.css"
    light, dark = colours(), colours(dark=True)
    assert light.keys() == dark.keys()
    assert {"paper", "ink", "soft", "line", "edge", "planned", "hedged", "negated"} <= light.keys()
    assert {f"type{number}" for number in range(10)} <= light.keys()
    assert light != dark
    for value in (*light.values(), *dark.values()):
        assert value in css.read_text("utf-8")


# Pixels


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_pixels_are_twice_as_many_and_the_same_twice() -> None:
    pytest.importorskip("resvg_py")
    text = render_svg(picture_of(showcase_graph(), ONTOLOGY), colours())
    png = render_png(text)
    assert size(png)[0] == 2 * float(parsed(text).attrib["width"]) == 2400
    assert png == render_png(text)
    assert png != render_png(text.replace(">Halvor Group</text>", "></text>")), "letters show"


def test_a_hostile_picture_has_pixels() -> None:
    pytest.importorskip("resvg_py")
    text = render_svg(picture_of(make_hostile_graph(), ONTOLOGY), colours())
    assert size(render_png(text))[0] > 1000


def test_without_a_font_letters_are_not_left_out_in_silence() -> None:
    pytest.importorskip("resvg_py")
    with pytest.raises(KgError, match=r"install one .* or take --to svg"):
        render_png("<svg/>", system_fonts=False)


def test_a_font_that_is_not_installed_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    text = render_svg(picture_of(showcase_graph(), ONTOLOGY), colours())
    families = png._FAMILIES
    monkeypatch.setattr(png, "_FAMILIES", ("No Such Family",))
    with pytest.raises(KgError, match="needs a font"):
        render_png(text)
    monkeypatch.setattr(png, "_FAMILIES", ("No Such Family", *families))
    assert size(render_png(text))[0] > 1000


def test_without_resvg_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(KgError, match=r"pip install 'newskg\[picture\]'"):
        render_png("<svg/>")
