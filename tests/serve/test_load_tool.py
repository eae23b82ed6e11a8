"""The tool that measures the server: its figures are of real answers, and it sees errors."""

import asyncio
import os
from pathlib import Path

from kg.ask import graph_of
from kg.rdf.queries import refuse_what_reaches_out
from tests.serve.running import Server
from tools.serve_load import Figures, measure, mixed_queries


def test_the_queries_are_answered_by_every_engine_alone(out: Path) -> None:
    graph = graph_of(out)
    queries = mixed_queries(graph)
    assert len(queries) > len(mixed_queries(graph, light=True)) > 10
    for query in queries:
        refuse_what_reaches_out(query)
        graph.store.query(query)  # all prefixes are declared


def test_the_figures_count_answers_and_errors(server: Server, out: Path) -> None:
    queries = mixed_queries(graph_of(out), light=True)

    def run(asked: list[str]) -> Figures:
        return asyncio.run(measure("x", server.port, os.getpid(), asked, clients=4, seconds=0.5))

    good = run(queries)
    assert good.errors == 0
    assert len(good.waits) > 4
    assert good.rate > 0
    assert good.memory[0] > 1 << 20
    assert "0 errors" in good.line()
    bad = run(["SELECT broken"])
    assert bad.errors == len(bad.waits) > 0
