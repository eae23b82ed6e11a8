"""A graph into a store that speaks SPARQL 1.1 over HTTP, each of its graphs as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import LoadError
from kg.load.connection import Connection
from kg.load.graph_store import GraphStore
from kg.load.parts import LoadedList, Part, parts_of
from kg.load.plan import LoadPlan, Progress, Step
from kg.load.target import LoadOptions, Target
from kg.load.update import UpdateEndpoint
from kg.rdf.written import open_written

__all__ = ["load_sparql"]

_UNIT = "triples"
_NAMED = 3  # graphs named in a message
_ASKING = (
    "Where a store answers queries from its default graph only, ask with GRAPH, or load with "
    "--flat --default-graph replace."
)
_Task = tuple[Step, Callable[[], None]]


def load_sparql(
    out: Path,
    target: Target,
    options: LoadOptions,
    *,
    dry_run: bool,
    progress: Progress | None,
) -> LoadPlan:
    """What was loaded, or with `dry_run` what would be.

    Raises InputError for the graph, and LoadError for the store; its message says what is loaded.
    """
    written = open_written(out)
    parts = parts_of(written, options)
    loaded = LoadedList(written.base_iri)
    with Connection(target, options.timeout_s) as connection:
        store = _store(connection, options.method)
        if isinstance(store, GraphStore):
            tasks, notes = _by_graph_store(store, parts, loaded, options.prune)
        else:
            tasks, notes = _by_update(store, parts, loaded, options.prune)
        if options.default_graph == "named":
            notes.append(_ASKING)
        if connection.is_overheard:
            notes.append("The address is http://, so the password or token can be overheard.")
        plan = LoadPlan(target.url, store.what, tuple(step for step, _ in tasks), tuple(notes))
        if not dry_run:
            _run(tasks, progress)
    return plan


def _store(connection: Connection, method: str) -> GraphStore | UpdateEndpoint:
    """The way to the store, by what answers; a way that the user names is not doubted."""
    graph_store, update = GraphStore(connection), UpdateEndpoint(connection)
    if method == "graph-store" or (method == "auto" and graph_store.is_there()):
        return graph_store
    if update.is_there():
        return update
    url = connection.target.url
    ways = "an Update endpoint" if method == "update" else "a SPARQL Graph Store or Update endpoint"
    raise LoadError(
        f"{url} does not answer as {ways}; check its path: Oxigraph has /store, Fuseki "
        "/DATASET/data, Virtuoso /sparql-graph-crud-auth, GraphDB /repositories/NAME/statements"
    )


def _by_graph_store(
    store: GraphStore, parts: tuple[Part, ...], loaded: LoadedList, prune: bool
) -> tuple[list[_Task], list[str]]:
    """The steps: what an earlier load left is known by reading the list of it."""
    now = {part.graph for part in parts if part.graph is not None}
    left = sorted(loaded.read(store.read(loaded.graph)) - now)
    first = loaded.part({*now, *left})

    def begin() -> None:
        store.write(first)
        store.check(first)

    tasks = [(_step(first), begin), *((_step(p), _writing(store, p)) for p in parts)]
    if not left:
        return tasks, []
    if not prune:
        return tasks, [
            f"{len(left)} graphs of an earlier load are not in this one and stay: "
            f"{_listed(left)}; --prune drops them."
        ]
    tasks += [(Step("drop", f"<{graph}>", None, _UNIT), _dropping(store, graph)) for graph in left]
    last = loaded.part(now)
    return [*tasks, (_step(last), _writing(store, last))], []


def _by_update(
    store: UpdateEndpoint, parts: tuple[Part, ...], loaded: LoadedList, prune: bool
) -> tuple[list[_Task], list[str]]:
    """The steps: an Update endpoint cannot be read, so it is told to look at the list itself."""
    now = {part.graph for part in parts if part.graph is not None}
    first = loaded.part(now, merges=True)
    tasks = [(_step(p), _writing(store, p)) for p in (first, *parts)]
    if not prune:
        return tasks, [
            "Graphs of an earlier load that are not in this one stay; --prune drops them."
        ]
    last = loaded.part(now)
    others = Step("drop", "graphs of an earlier load that are gone", None, _UNIT)
    tasks += [
        (others, lambda: store.drop_others(loaded, now)),
        (_step(last), _writing(store, last)),
    ]
    return tasks, []


def _run(tasks: list[_Task], progress: Progress | None) -> None:
    """Does the steps in their order. Raises LoadError that says what is done by then."""
    for done, (step, act) in enumerate(tasks):
        try:
            act()
        except LoadError as error:
            last = tasks[done - 1][0].name if done else ""
            state = f"{done} of {len(tasks)} steps are done, the last of them {last}; run again to "
            state += "complete them: no graph is loaded in part"
            raise LoadError(
                f"{error}. It failed at {step.name}; {state if done else 'nothing was loaded'}"
            ) from error
        if progress is not None:
            progress(done + 1, len(tasks), step.name)


def _step(part: Part) -> Step:
    return Step(part.action, part.name, len(part.triples), _UNIT)


def _writing(store: GraphStore | UpdateEndpoint, part: Part) -> Callable[[], None]:
    return lambda: store.write(part)


def _dropping(store: GraphStore, graph: str) -> Callable[[], None]:
    return lambda: store.drop(graph)


def _listed(graphs: list[str]) -> str:
    more = len(graphs) - _NAMED
    shown = ", ".join(f"<{graph}>" for graph in graphs[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
