"""The server: each tool checks its arguments, asks, and answers with a record."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from kg import __version__
from kg.errors import KgError
from kg.mcp import facts, paths
from kg.mcp.instructions import instructions
from kg.mcp.lookup import Lookup, open_lookup
from kg.mcp.records import Conflicts, EntityFacts, FoundEntities, FoundPath, Rows
from kg.mcp.rows import to_rows
from kg.model.wording import printable
from kg.rdf.guarded import GuardedStore, Limits

__all__ = ["Toolbox", "make_server"]

MAX_ROWS = 10_000  # that a query may have; those above the limit of the call are counted only
WORKERS = 2  # queries at once

P = ParamSpec("P")
R = TypeVar("R")

Name = Annotated[
    str, Field(min_length=1, max_length=2_000, description="A name as articles write it, or an IRI")
]
Stance = Literal["asserted", "planned", "hedged", "negated"]
Kind = Literal["typo", "slip", "conflict", "denial", "type", "time"]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most")]
Inferred = Annotated[bool, Field(description="Also what rules draw from the facts")]


@dataclass(eq=False)
class Toolbox:
    """The tools over one graph; `timeout_s` is what a query may take at most."""

    out: Path
    lookup: Lookup
    timeout_s: float

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._store: GuardedStore | None = None

    def close(self) -> None:
        """Ends what queries run in."""
        with self._lock:
            if self._store is not None:
                self._store.close()

    def search_entities(
        self,
        text: Annotated[
            str, Field(max_length=500, description="A name or part of one, or nothing")
        ],
        type: Annotated[
            str | None, Field(max_length=200, description="Only of this class or below it")
        ] = None,
        limit: Limit = 10,
    ) -> FoundEntities:
        """Find entities of the graph by name, best match first.

        Slips of the pen are forgiven. An empty text lists the entities with most facts, of one
        class if you name it. `total` counts all that match.
        """
        return self.lookup.search(text, type, limit)

    def entity_facts(
        self,
        entity: Name,
        relation: Annotated[
            str | None, Field(max_length=200, description="Only facts of this relation")
        ] = None,
        stance: Annotated[Stance | None, Field(description="Only facts of this stance")] = None,
        inferred: Inferred = True,
        limit: Limit = 25,
        offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    ) -> EntityFacts:
        """What the articles say about an entity: each fact with stance, speaker and exact quotes.

        Surest facts first; `total` counts all. Heed the stance: a planned fact has not happened, a
        hedged one is not sure, a negated one is denied. Where there is a speaker, it is that
        speaker's claim and not the article's.
        """
        return facts.entity_facts(
            self.lookup,
            entity,
            relation=relation,
            stance=stance,
            inferred=inferred,
            limit=limit,
            offset=offset,
        )

    def sparql(
        self,
        query: Annotated[str, Field(min_length=1, max_length=100_000)],
        limit: Annotated[int, Field(ge=1, le=1_000, description="Rows to be given")] = 100,
        timeout_s: Annotated[
            float, Field(gt=0, le=3_600, description="Seconds until the query is ended")
        ] = 10.0,
    ) -> Rows:
        """Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.

        Prefixes are declared already. The query cannot change the graph or reach another server.
        A cell is the IRI or the literal as text, null where the variable has no value; triples are
        rows of subject, predicate and object; an ASK has a `boolean`. `total` counts all rows.
        """
        found = self._open_store().result(query, timeout_s=min(timeout_s, self.timeout_s))
        return to_rows(found, limit)

    def path_between(
        self,
        start: Name,
        end: Name,
        longest: Annotated[int, Field(ge=1, le=8, description="Steps at most")] = 4,
        stances: Annotated[
            tuple[Stance, ...], Field(max_length=4, description="Facts of these stances connect")
        ] = ("asserted", "planned", "hedged"),
        inferred: Inferred = False,
    ) -> FoundPath:
        """How two entities are connected: a shortest path, with the facts and quotes of each step.

        Without one, `found` is false. A path over planned or hedged facts is no stronger than the
        weakest of them.
        """
        return paths.path_between(
            self.lookup, start, end, stances=stances, inferred=inferred, longest=longest
        )

    def conflicts(
        self,
        kind: Annotated[Kind | None, Field(description="Only of this kind")] = None,
        entity: Annotated[
            str | None, Field(max_length=2_000, description="Only about it: a name or an IRI")
        ] = None,
        limit: Limit = 20,
    ) -> Conflicts:
        """What does not fit together in the articles, with the words of both sides.

        Nothing is decided: a conflict says that one side must be wrong, not which. `total` counts
        all of them.
        """
        return facts.conflicts(self.lookup, kind=kind, name=entity, limit=limit)

    def _open_store(self) -> GuardedStore:
        """The graph for queries, opened when first asked for."""
        with self._lock:
            if self._store is None:
                limits = Limits(workers=WORKERS, timeout_s=self.timeout_s, max_rows=MAX_ROWS)
                self._store = GuardedStore(self.out, limits)
            return self._store


def make_server(
    out: Path, *, domain: str | Path | None = None, timeout_s: float = 20.0
) -> tuple[MCPServer, Toolbox]:
    """A server over the graph of a build as it is now, and what is to be closed at the end.

    Raises InputError for a graph that is missing or broken.
    """
    box = Toolbox(out, open_lookup(out, domain), timeout_s)
    server = MCPServer(
        "newskg",
        title="News knowledge graph",
        instructions=instructions(box.lookup),
        version=__version__,
        log_level="WARNING",
    )
    hints = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (
        box.search_entities,
        box.entity_facts,
        box.sparql,
        box.path_between,
        box.conflicts,
    ):
        server.add_tool(_explained(tool), structured_output=True, annotations=hints)
    return server, box


def _explained(tool: Callable[P, R]) -> Callable[P, R]:
    """The tool, whose foreseen errors reach the assistant in their own words."""

    @functools.wraps(tool)
    def explained(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except KgError as error:
            raise ToolError(printable(" ".join(str(error).split()))) from error

    return explained
