"""A graph into a store that speaks SPARQL 1.1 over HTTP, each of its graphs as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import LoadError
from kg.load.connection import Connection
from kg.load.graph_store import GraphStore
from kg.load.mark import Mark
from kg.load.parts import LoadedList, Part, parts_of
from kg.load.place import ASKING, DefaultGraph, chosen_place
from kg.load.plan import LoadPlan, Progress, Step
from kg.load.target import LoadOptions, Target
from kg.load.update import UpdateEndpoint
from kg.rdf.written import WrittenGraph, open_written

__all__ = ["load_sparql"]

_UNIT = "triples"
_NAMED = 3  # graphs named in a message
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
    with Connection(target, options.timeout_s) as connection:
        store = _store(connection, options.method)
        if isinstance(store, GraphStore):
            tasks, notes = _by_graph_store(store, connection, written, options, dry_run=dry_run)
        else:
            tasks, notes = _by_update(store, written, options)
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
    store: GraphStore,
    connection: Connection,
    written: WrittenGraph,
    options: LoadOptions,
    *,
    dry_run: bool,
) -> tuple[list[_Task], list[str]]:
    """The steps: what an earlier load left is known by reading the list of it."""
    loaded = LoadedList(written.base_iri)
    listed = store.read(loaded.graph)
    old = loaded.marks(listed)
    default, place = DefaultGraph(store, old), options.default_graph
    notes = [ASKING] if place == "named" else []
    if place == "auto":
        default = DefaultGraph(store, old | {Mark.of(q.triple for q in written.stated)})
        if not listed and not dry_run:  # what plain queries see shows only when something is there
            _begin(store, loaded, written, options.flat)
        is_listed = bool(listed) or not dry_run
        place, notes = chosen_place(connection, default, loaded.graph if is_listed else None)
    parts = parts_of(written, place, flat=options.flat)
    now = {part.graph for part in parts if part.graph is not None}
    new = {Mark.of(part.triples) for part in parts if part.graph is None and not part.merges}
    left = sorted(loaded.read(listed) - now)
    leaves = place == "named" and bool(old) and default.found in old
    kept = old if place == "named" and not (leaves and options.prune) else new
    first = loaded.part({*now, *left}, old | new)
    last = loaded.part(now if options.prune else {*now, *left}, kept)
    tasks = [(_step(first), _beginning(store, first))]
    tasks += [(_step(part), _writing(store, part)) for part in parts]
    if options.prune:
        gone = [(graph, f"<{graph}>") for graph in left] + [(None, "the default graph")] * leaves
        tasks += [(Step("drop", name, None, _UNIT), _dropping(store, g)) for g, name in gone]
    elif left or leaves:
        notes = [*_left(left, leaves=leaves), *notes]
    if last != first:
        tasks.append((_step(last), _writing(store, last)))
    return tasks, notes


def _begin(store: GraphStore, loaded: LoadedList, written: WrittenGraph, flat: bool) -> None:
    """Writes a first list, by which the store can be asked what plain queries see."""
    parts = parts_of(written, "shared", flat=flat)
    graphs = {part.graph for part in parts if part.graph is not None}
    first = loaded.part(graphs, {Mark.of(part.triples) for part in parts if part.graph is None})
    _run([(_step(first), _beginning(store, first))], None)


def _left(graphs: list[str], *, leaves: bool) -> list[str]:
    """What to say of what an earlier load left, in the default graph if `leaves`."""
    notes = []
    if graphs:
        notes.append(
            f"{len(graphs)} graphs of an earlier load are not in this one and stay: "
            f"{_listed(graphs)}; --prune drops them."
        )
    if leaves:
        notes.append(
            "What an earlier load put into the default graph stays; --prune takes it away."
        )
    return notes


def _by_update(
    store: UpdateEndpoint, written: WrittenGraph, options: LoadOptions
) -> tuple[list[_Task], list[str]]:
    """The steps: an Update endpoint cannot be read, so it is told to look at the list itself."""
    loaded = LoadedList(written.base_iri)
    place = "named" if options.default_graph == "auto" else options.default_graph
    parts = parts_of(written, place, flat=options.flat)
    now = {part.graph for part in parts if part.graph is not None}
    new = {Mark.of(part.triples) for part in parts if part.graph is None and not part.merges}
    first = loaded.part(now, new, merges=True)
    tasks = [(_step(p), _writing(store, p)) for p in (first, *parts)]
    notes = [ASKING] if place == "named" else []
    if not options.prune:
        stays = "Graphs of an earlier load that are not in this one stay; --prune drops them."
        return tasks, [stays, *notes]
    others = Step("drop", "graphs of an earlier load that are gone", None, _UNIT)
    last = loaded.part(now, new)
    tasks += [
        (others, lambda: store.drop_others(loaded, now)),
        (_step(last), lambda: store.forget_others(loaded, now)),
    ]
    return tasks, notes


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


def _beginning(store: GraphStore, first: Part) -> Callable[[], None]:
    def begin() -> None:
        store.write(first)
        store.check(first)

    return begin


def _dropping(store: GraphStore, graph: str | None) -> Callable[[], None]:
    return lambda: store.drop(graph)


def _listed(graphs: list[str]) -> str:
    more = len(graphs) - _NAMED
    shown = ", ".join(f"<{graph}>" for graph in graphs[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
