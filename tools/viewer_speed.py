"""How soon a page of a graph can be used: `python -m tools.viewer_speed [ENTITIES:FACTS ...]`.

Makes graphs, and of each our page, one of bare pyvis, and one of Cytoscape.js where `--cytoscape`
says where its file is (`npm install --prefix FOLDER cytoscape@3.34.4`, then
`FOLDER/node_modules/cytoscape/dist/cytoscape.min.js`). Opens each in a browser of its own, Debian's
Chromium without a way to the network, and prints a table for docs/viewer-speed.md.
Needs the packages of the group `dev`. The clock is the page's own, from its navigation on.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

from kg.model.graph import KnowledgeGraph
from kg.ontology.domain import Ontology, load_ontology
from tests.browser.chromium import start_browser
from tools.synthetic_graph import synthetic_graph
from tools.viewer_pages import write_cytoscape, write_ours, write_pyvis

SIZES = ((100, 200), (300, 600), (1000, 3000), (5000, 50_000))
LIMIT_S = 120.0
ONCE_S = 20.0  # a page that takes longer is not opened again
MB = 1e6
IMPACTS = ("critical", "serious", "moderate", "minor")
# Catches the moment in which a page makes its drawing, and notes when the layout is done and drawn.
WATCH = """(name, event) => {
  let made;
  const note = () => requestAnimationFrame(() => requestAnimationFrame(
    () => { window.readyAt = performance.now(); }));
  Object.defineProperty(window, name, {
    get: () => made, set: (value) => { made = value; made.once(event, note); } });
}"""
IS_DRAWN = """() => [...document.querySelectorAll("canvas")].some((canvas) => {
  if (!canvas.width || !canvas.height) return false;
  const small = new OffscreenCanvas(64, 64).getContext("2d");
  small.drawImage(canvas, 0, 0, 64, 64);
  return small.getImageData(0, 0, 64, 64).data.some((value) => value > 0);
})"""
IS_SHOWN = """(label) => document.querySelector("aside h2")?.textContent === label
  && performance.now()"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a page cost; None where it was not ready in time."""

    seconds: float | None
    heap_mb: float | None
    process_mb: float | None
    requests: int
    findings: Counter[str] | None  # rules of axe broken, by impact


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to show a graph."""

    name: str
    write: Callable[[KnowledgeGraph, Ontology, Path], None]
    at_rest: tuple[str, str] | None = None  # variable of the drawing, event when it is laid out


OURS = Kind("ours", write_ours)


def until_usable(kind: Kind, page: Page, label: str, limit_s: float) -> float:
    """Seconds from the navigation until the page can be used; raises TooLate.

    Ours: the graph is drawn, and a search, typed and chosen, has shown an entity. A peer: the
    layout has come to rest and is drawn; it has no search.
    """
    page.set_default_timeout(limit_s * 1000)
    if kind.at_rest:
        page.wait_for_function("window.readyAt")
        page.wait_for_function(IS_DRAWN)
        return float(page.evaluate("window.readyAt")) / 1000
    page.wait_for_function(IS_DRAWN)
    page.fill("#search", label)
    page.get_by_role("option", name=label).first.wait_for()
    page.press("#search", "Enter")
    return float(page.wait_for_function(IS_SHOWN, arg=label).json_value()) / 1000


def open_once(kind: Kind, file: Path, label: str, limit_s: float) -> Opened:
    """Opens the page in a new browser."""
    with start_browser() as browser:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, offline=True)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        if kind.at_rest:
            page.add_init_script(f"({WATCH}){kind.at_rest}")
        seconds, heap, findings = None, None, None
        try:
            page.goto(file.resolve().as_uri(), wait_until="commit", timeout=limit_s * 1000)
            seconds = until_usable(kind, page, label, limit_s)
        except TooLate:
            pass
        if seconds is not None and seconds <= limit_s:
            heap = _heap_mb(page)
            process = _process_mb(browser)
            findings = findings_of(page)
        else:
            seconds, process = None, _process_mb(browser)
        return Opened(seconds, heap, process, len(asked) - 1, findings)


def _heap_mb(page: Page) -> float:
    """Of JavaScript, after its garbage was collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"]) / MB


def _process_mb(browser: Browser) -> float | None:
    """Resident memory of the process that shows the page; None where the system does not say."""
    sizes = [_resident_mb(process["id"]) for process in _renderers(browser)]
    return max((size for size in sizes if size), default=None)


def processor_s(browser: Browser) -> float:
    """Seconds of processor time that showing pages has taken in this browser."""
    return sum(float(process["cpuTime"]) for process in _renderers(browser))


def _renderers(browser: Browser) -> list[dict[str, Any]]:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [process for process in processes if process["type"] == "renderer"]


def _resident_mb(process: int) -> float | None:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(li.split()[1]) * 1024 / MB for li in lines if li.startswith("VmRSS")), None)


def findings_of(page: Page) -> Counter[str]:
    """How many rules of axe-core the page breaks, by impact."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return Counter(str(rule["impact"]) for rule in found)


def measure(kind: Kind, file: Path, label: str, limit_s: float, times: int) -> Opened:
    """The quickest of so many openings, or the first where that is slow."""
    best = open_once(kind, file, label, limit_s)
    for _ in range(times - 1):
        if best.seconds is None or best.seconds > ONCE_S:
            break
        again = open_once(kind, file, label, limit_s)
        if again.seconds is not None and again.seconds < best.seconds:
            best = again
    return best


def kinds(cytoscape: Path | None) -> list[Kind]:
    """Our page, then the peers."""
    stock = ("network", "stabilizationIterationsDone")
    found = [OURS, Kind(f"pyvis {version('pyvis')}", write_pyvis, stock)]
    if cytoscape:
        write = partial(write_cytoscape, cytoscape)
        found.append(Kind("Cytoscape.js, cose", write, ("cy", "layoutstop")))
    return found


def row(
    kind: Kind, graph: KnowledgeGraph, made_s: float, size: int, opened: Opened, limit: float
) -> str:
    """A line of the table."""
    findings = "–"
    if opened.findings is not None:
        findings = ", ".join(f"{opened.findings[i]} {i}" for i in IMPACTS if opened.findings[i])
    cells = (
        f"{len(graph.entities):,} / {len(graph.facts):,}",
        kind.name,
        f"{made_s:.1f}",
        f"{size / MB:.1f}",
        str(opened.requests),
        f"> {limit:.0f}" if opened.seconds is None else f"{opened.seconds:.1f}",
        "–" if opened.heap_mb is None else f"{opened.heap_mb:.0f}",
        "–" if opened.process_mb is None else f"{opened.process_mb:.0f}",
        findings or "none",
    )
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="ENTITIES:FACTS")
    parser.add_argument("--cytoscape", type=Path, help="cytoscape.min.js")
    parser.add_argument("--limit", type=float, default=LIMIT_S, help="seconds for a page")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args(arguments)
    sizes = [tuple(map(int, s.split(":"))) for s in given.sizes] or SIZES
    with start_browser() as browser:
        said = f"Chromium {browser.version}, Python {platform.python_version()}"
    print(f"{said}, {os.cpu_count()} processors, {platform.machine()}\n")  # noqa: T201
    columns = "entities / facts|page|made in s|file MB|requests|usable after s|heap MB|process MB"
    print(f"|{columns}|axe findings|\n|--:|:--{'|--:' * 6}|:--|", flush=True)  # noqa: T201
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        for entities, facts in sizes:
            graph = synthetic_graph(entities, facts, ontology)
            label = graph.entities[len(graph.entities) // 2].label  # seldom a main one
            for kind in kinds(given.cytoscape):
                file = Path(folder, "page.html")
                start = time.perf_counter()
                kind.write(graph, ontology, file)
                made = time.perf_counter() - start
                opened = measure(kind, file, label, given.limit, given.times)
                size = file.stat().st_size
                print(row(kind, graph, made, size, opened, given.limit), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
