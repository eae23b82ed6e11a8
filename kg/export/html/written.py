"""The page and its picture for `kg export`, of a graph as RDF holds it: without article text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.export.html import render_html
from kg.export.html.picture.colours import colours
from kg.export.html.picture.contents import picture_of
from kg.export.html.picture.png import render_png
from kg.export.html.picture.svg import render_svg

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["write_html", "write_png", "write_svg"]


def write_html(written: WrittenGraph, options: FormatOptions) -> Mapping[str, str]:
    """The page that `kg build` writes, with the quotes of facts but not the words around them."""
    return {options.name: render_html(written.graph, written.ontology, with_text=False)}


def write_svg(written: WrittenGraph, options: FormatOptions) -> Mapping[str, str]:
    """What the page opens with, as a picture."""
    return {options.name: _svg(written, options)}


def write_png(written: WrittenGraph, options: FormatOptions) -> Mapping[str, bytes]:
    """The same as pixels. Raises InputError as `render_png` does."""
    return {options.name: render_png(_svg(written, options))}


def _svg(written: WrittenGraph, options: FormatOptions) -> str:
    return render_svg(picture_of(written.graph, written.ontology), colours(dark=options.dark))
