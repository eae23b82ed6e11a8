"""Links of entities to records of others, proposed by a service that the user names."""

from kg.link.proposals import accepted_links, read_links, write_links
from kg.link.propose import Outcome, merged, propose, unlinked
from kg.link.service import Service

__all__ = [
    "Outcome",
    "Service",
    "accepted_links",
    "merged",
    "propose",
    "read_links",
    "unlinked",
    "write_links",
]
