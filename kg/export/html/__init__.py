"""The graph as one self-contained page, drawn by vis-network through pyvis.

pyvis' own template is not used: it pulls files from the network and runs markup found in the data
(docs/decisions/0301-viewer.md). Ours takes data only as JSON in a data block, builds the page with
text nodes, and carries a content security policy that lets nothing run but the two scripts of the
page, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.export.html.opening.labels import wrap_label
from kg.export.html.page_data import PageData, page_data, page_story
from kg.model.graph import KnowledgeGraph

if TYPE_CHECKING:
    from kg.ontology.domain import Ontology

__all__ = ["render_html"]

_FOLDER = Path(__file__).parent / "viewer"
_LIBRARY = "vis-network.min.js"
# In this order: each script uses what those before it define.
_SCRIPTS = (
    "data.js",
    "dom.js",
    "state.js",
    "frame.js",
    "find.js",
    "filter.js",
    "paths.js",
    "place.js",
    "rings.js",
    "drawn.js",
    "lines.js",
    "labels.js",
    "paint.js",
    "pills.js",
    "note.js",
    "canvas.js",
    "keys.js",
    "search.js",
    "choices.js",
    "filters.js",
    "chosen.js",
    "periods.js",
    "timeline.js",
    "facts.js",
    "turtle.js",
    "copy.js",
    "actions.js",
    "opening.js",
    "pane.js",
    "underlines.js",
    "article.js",
    "columns.js",
    "csv.js",
    "table.js",
    "conflicts.js",
    "help.js",
    "main.js",
)
_STYLES = (
    "colours.css",
    "page.css",
    "search.css",
    "canvas.css",
    "filters.css",
    "timeline.css",
    "pane.css",
    "article.css",
    "table.css",
    "conflicts.css",
    "phone.css",
)
_TITLE = 40  # characters of the title: so many are seen on a laptop


def render_html(graph: KnowledgeGraph, ontology: Ontology, *, with_text: bool = True) -> str:
    """The page; it opens from a file with the network off and asks for nothing.

    `with_text` says whether the articles can be read in it; the quotes of facts always can.
    """
    data = page_data(graph, ontology, with_text=with_text)
    network = Network(directed=True, height="100%", width="100%")
    _draw(network, data)
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "hideEdgesOnDrag": False, "keyboard": False},
    }
    network.set_template_dir(str(_FOLDER), "page.html")
    # Everything that the template prints is escaped; pyvis' environment would print it as it is.
    network.templateEnv = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    scripts = [_library(), "\n".join(_read(name) for name in _SCRIPTS)]
    network.templateEnv.globals |= {
        "page_data": _json(data),
        "style": Markup("\n".join(map(_read, _STYLES))),  # noqa: S704  files of this package
        "scripts": [Markup(script) for script in scripts],  # noqa: S704  likewise
        "policy": _policy(scripts),
        "about": _about(data),
        "summary": _summary(data),
    }
    html: str = network.generate_html()
    return html if html.endswith("\n") else html + "\n"


def _json(data: PageData) -> Markup:
    """JSON that neither ends the script element it stands in nor begins a comment there.

    Like Jinja's `tojson`, without its spaces, which are a tenth of a large page.
    """
    text = json.dumps(data, separators=(",", ":"), sort_keys=True)
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  no character of markup is left in it


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _library() -> str:
    """vis-network without the pointer to its source map, which a browser would ask for."""
    lines = _read(_LIBRARY).splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def _policy(scripts: list[str]) -> str:
    """Nothing may be loaded, and only these scripts run. Source: https://www.w3.org/TR/CSP3/."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    # vis-network sets its styles from script, so these cannot be listed by hash.
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _about(data: PageData) -> str:
    """What the page is about: the entities with the most facts; empty where there are none."""
    named = [entity for entity in data["entities"] if entity["label"].strip()]
    main: list[str] = [e["label"] for e in sorted(named, key=lambda e: -e["degree"])[:3]]
    about = main[0] if main else ""
    for label in main[1:]:
        if len(about) + len(label) + 2 > _TITLE:
            break
        about += f", {label}"
    return about


def _summary(data: PageData) -> str:
    parts = [
        _count(len(data["articles"]), "article"),
        _count(len(data["entities"]), "entity", "entities"),
        _count(len(data["facts"]), "fact"),
    ]
    return " · ".join(parts)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _draw(network: Network, data: PageData) -> None:
    """Adds the nodes that the page opens with, where they stand, and the regions behind them."""
    opening = page_story(data)
    for node in opening.nodes:
        label = wrap_label(data["entities"][node.entity]["label"])
        network.add_node(node.entity, label=label, x=node.x, y=node.y, size=node.radius)
    data["groups"] = [
        {
            "family": group.family,
            "label": group.label,
            "x": group.x,
            "y": group.y,
            "width": group.width,
            "height": group.height,
        }
        for group in opening.groups
    ]
