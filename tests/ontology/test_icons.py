from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.ontology.domain import domain_names, load_ontology
from kg.ontology.icons import icon_of, icon_paths
from tests.factories import make_ontology
from tools.viewer_icons import ICONS, outline

# Commands of SVG paths with their numbers. Source: https://www.w3.org/TR/SVG2/paths.html
PATH = re.compile(r"M([MmLlHhVvCcSsQqTtAaZz]|[\s,+-]|\d*\.?\d+)*")


@pytest.mark.parametrize("name", domain_names())
def test_every_icon_that_a_packaged_domain_names_exists(name: str) -> None:
    named = {class_.icon for class_ in load_ontology(name).classes.values()} - {""}
    assert len(named) > 10
    assert named <= set(icon_paths())


@pytest.mark.parametrize("name", domain_names())
def test_every_class_that_entities_have_is_drawn_with_an_icon(name: str) -> None:
    ontology = load_ontology(name)
    bare = {n for n in ontology.classes if ontology.is_a(n, "Entity") and not icon_of(n, ontology)}
    assert bare == {"Entity"}


def test_icons_are_outlines_and_nothing_else() -> None:
    assert sorted(ICONS.split()) == list(icon_paths())
    assert all(PATH.fullmatch(path) for path in icon_paths().values())


def test_a_class_has_its_own_icon_or_the_nearest_one_above() -> None:
    ontology = make_ontology(
        {
            "Thing": (),
            "Boat": ("Thing",),
            "Ferry": ("Boat",),
            "Tug": ("Boat",),
            "Barge": ("Ferry", "Tug"),
            "Ring": ("Ring",),
        }
    )
    icons = {"Thing": "box", "Boat": "ship", "Tug": "no such icon"}
    classes = {
        name: replace(class_, icon=icons.get(name, "")) for name, class_ in ontology.classes.items()
    }
    ontology = replace(ontology, classes=classes)
    expected = {"Thing": "box", "Boat": "ship", "Ferry": "ship", "Tug": "ship", "Barge": "ship"}
    assert {name: icon_of(name, ontology) for name in expected} == expected
    assert icon_of("Ring", ontology) is None
    assert icon_of("Unheard", ontology) is None


@pytest.mark.parametrize(
    ("shape", "path"),
    [
        ('<circle cx="12" cy="8" r="4"/>', "M8 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
        ('<line x1="1" y1="2" x2="3" y2="4"/>', "M1 2L3 4"),
        ('<rect width="6" height="4" x="1" y="2"/>', "M1 2h6v4h-6z"),
        ('<polyline points="1 2 3 4"/>', "M1 2 3 4"),
        ('<path d="M0 0h1"/><path d="m9 12 2 2 4-4"/>', "M0 0h1M9 12l2 2 4-4"),
        ('<path d="m.5.5-1-1"/>', "M.5 .5l-1-1"),
        ('<path d="m3-4v2"/>', "M3 -4v2"),
    ],
)
def test_other_shapes_become_one_path_that_starts_where_it_says(shape: str, path: str) -> None:
    assert outline(f'<svg xmlns="http://www.w3.org/2000/svg">{shape}</svg>') == path
