"""Connected components: by rounds of joins what a linker finds at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.engine.components import FEW, components
from kg.resolve.linker import Linker
from tests.engine.memory_flow import MemoryFlow

NODES = st.integers(0, 40).map("n{:02}".format)


@given(st.lists(st.tuples(NODES, NODES), max_size=40), st.integers(0, 9), st.sampled_from((0, FEW)))
def test_every_node_is_told_the_smallest_of_its_component(
    edges: list[tuple[str, str]], seed: int, few: int
) -> None:
    linker = Linker()
    for left, right in edges:
        linker.add(left, right)
    flow = MemoryFlow(seed)
    found = dict(flow.records(components(flow, flow.made(edges), few=few)))
    wanted = {node: linker.find(node) for edge in edges if edge[0] != edge[1] for node in edge}
    assert found == wanted


def test_a_long_chain_needs_few_rounds() -> None:
    class Counting(MemoryFlow):
        groups = 0

        def grouped(self, step, *data):  # type: ignore[no-untyped-def]
            self.groups += 1
            return super().grouped(step, *data)

    flow = Counting()
    chain = [(f"n{n:04}", f"n{n + 1:04}") for n in range(600)]
    found = dict(flow.records(components(flow, flow.made(chain), few=0)))
    assert set(found.values()) == {"n0000"}
    assert flow.groups < 30
