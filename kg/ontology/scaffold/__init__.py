"""A domain folder out of somebody else's ontology: `kg ontology new`.

`source` reads OWL, RDFS, SKOS, LinkML or a list of relations into a `Schema`; `terms` names its
classes and relations and ties them to the newsroom's; `ways` and `frames` propose how the relations
are said, with the words of WordNet; `folder` writes it all down.
"""
