"""The HTML pages of the ontologies: every term, the same bytes, nothing from the network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ontology.domain import domain_folder, domain_names, load_ontology

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders, written by two processes."""
    folders = [tmp_path_factory.mktemp("pages") for _ in range(2)]
    for number, folder in enumerate(folders):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number + 7)}
        # without a network: a proxy that nobody listens at
        environment |= dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
        subprocess.run(
            [sys.executable, "-m", "tools.ontology_docs", str(folder)],
            cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return folders


def terms(domain: str) -> list[str]:
    path = domain_folder(domain) / "ontology.ttl"
    namespace = next(
        ns for ns in load_ontology(domain).prefixes.values() if ns.endswith(f"/{domain}#")
    )
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    found = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    return sorted(iri for iri in found if iri.startswith(namespace))


@pytest.mark.parametrize("domain", domain_names())
def test_every_term_has_its_place_under_its_own_name(pages: list[Path], domain: str) -> None:
    text = (pages[0] / f"{domain}.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    own = terms(domain)
    assert len(own) > 5
    assert [iri for iri in own if iri not in text] == []
    assert {iri.rpartition("#")[2] for iri in own} <= set(ids)


@pytest.mark.parametrize("domain", domain_names())
def test_links_within_the_pages_lead_somewhere(pages: list[Path], domain: str) -> None:
    text = (pages[0] / f"{domain}.html").read_text("utf-8")
    for page, fragment in re.findall(r'href="([\w-]*(?:\.html)?)#([^"]+)"', text):
        target = (pages[0] / page).read_text("utf-8") if page else text
        assert f' id="{fragment}"' in target


def test_the_same_bytes_come_from_two_processes(pages: list[Path]) -> None:
    names = sorted(path.name for path in pages[0].iterdir())
    assert names == sorted([*(f"{name}.html" for name in domain_names()), "htaccess.txt"])
    for name in names:
        assert (pages[0] / name).read_bytes() == (pages[1] / name).read_bytes()


@pytest.mark.parametrize("domain", domain_names())
def test_a_page_loads_nothing(pages: list[Path], domain: str) -> None:
    text = (pages[0] / f"{domain}.html").read_text("utf-8")
    assert not re.findall(r'<[^>]+\ssrc="(?!data:)', text)
    assert not re.findall(r'<link[^>]+href="(?!data:)', text)
    assert not re.findall(r"@import|url\((?!['\"]?data:)", text)


def test_the_rules_for_w3id_say_that_nothing_is_registered(pages: list[Path]) -> None:
    text = (pages[0] / "htaccess.txt").read_text("utf-8")
    assert "NOT REGISTERED" in text
    assert all(name in text for name in domain_names())
