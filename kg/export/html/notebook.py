"""The page inside a notebook: a frame that holds it whole, so that it works without a network."""

from __future__ import annotations

from html import escape

from kg.errors import KgError, UnknownNameError
from kg.export.html import render_html
from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import DEFAULT_BASE_IRI, domain_names, load_ontology

__all__ = ["notebook_html"]

_HEIGHT = 720  # CSS pixels
# The page may run its scripts and, where the reader clicks, save its table, follow its links and
# copy. It may not reach into the notebook.
_MAY = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


def notebook_html(graph: KnowledgeGraph) -> str:
    """What a notebook shows for the graph: its page, or why there is none.

    The domain is the one that the settings of the graph name; one in a folder of its own cannot be
    found by that.
    """
    domain = graph.settings.get("domain", "")
    try:
        if domain not in domain_names():
            raise UnknownNameError("domain", domain, domain_names())
        base_iri = graph.settings.get("base_iri", DEFAULT_BASE_IRI)
        ontology = load_ontology(domain, base_iri=base_iri)
    except KgError as error:
        return (
            f"<p>{escape(repr(graph))}</p><p>It cannot be drawn without its domain: "
            f"{escape(str(error))}. With the folder of the domain, "
            "<code>kg.export.html.render_html(graph, kg.load_ontology(folder))</code> "
            "gives the page.</p>"
        )
    page = render_html(graph, ontology, with_text=graph.is_text_shown)
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="{_MAY}" allow="clipboard-write" '
        f'title="Knowledge graph" style="width: 100%; height: {_HEIGHT}px; border: 0"></iframe>'
    )
