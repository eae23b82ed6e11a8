"""The graph as RDF: names, quads, store, shapes."""
