"""Terms out of Turtle that nobody proofread."""

import pyoxigraph as ox

from kg.ontology.turtle import OWL, RDF, read_disjoint


def test_a_list_that_leads_into_itself_is_read_once() -> None:
    store = ox.Store()
    store.load(
        f"""[] <{OWL}members> _:a .
        _:a <{RDF}first> <urn:toy#Ship> ; <{RDF}rest> _:b .
        _:b <{RDF}first> <urn:toy#Port> ; <{RDF}rest> _:a .""",
        format=ox.RdfFormat.TURTLE,
    )
    assert read_disjoint(store, ("urn:toy#",)) == {frozenset({"Ship", "Port"})}
