"""Links of entities to records of others, proposed by a service that the user names.

What asks the service is in `kg.link.propose` and `kg.link.service`; importing this package loads
nothing that can reach a network.
"""

from kg.link.proposals import LINKS_FILE, accepted_links, read_links, write_links

__all__ = ["LINKS_FILE", "accepted_links", "read_links", "write_links"]
