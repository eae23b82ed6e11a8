from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kg.read.load import Unreadable, read_pages
from kg.read.sources import Kind, Source, find_sources


def put(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", Kind.TEXT),
        ("a.odd", Kind.TEXT),
        ("a", Kind.TEXT),
        ("A.MD", Kind.MARKDOWN),
        ("a.xhtml", Kind.HTML),
        ("a.pdf", Kind.PDF),
        ("a.jsonl", Kind.JSONL),
        ("a.jsonl.gz", Kind.JSONL),
        ("crawl.WARC.gz", Kind.WARC),
        ("crawl.warc", Kind.WARC),
        ("news.rss", Kind.FEED),
        ("news.xml", Kind.FEED),
        ("-", Kind.STDIN),
    ],
)
def test_kind_is_told_by_the_name(name: str, kind: Kind) -> None:
    assert Source(name, Path(name)).kind is kind


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_names_that_are_no_unicode_stay_apart(tmp_path: Path) -> None:
    for name in (b"a\xfe.txt", b"a\xff.txt"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("Text.", encoding="utf-8")
    assert [s.name for s in find_sources([tmp_path])] == [r"a\xfe.txt", r"a\xff.txt"]


def test_pattern_stands_for_what_it_matches(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "deep/er/c.txt", ".d.txt"):
        put(tmp_path / name)
    assert [s.name for s in find_sources([tmp_path / "*.txt"])] == ["a.txt"]
    assert [s.name for s in find_sources([tmp_path / "**" / "*.txt"])] == ["a.txt", "c.txt"]
    assert [s.name for s in find_sources([tmp_path / "[ab].*"])] == ["a.txt", "b.md"]


def test_folder_that_a_pattern_matches_stands_for_its_files(tmp_path: Path) -> None:
    put(tmp_path / "2024-01/a.txt")
    put(tmp_path / "2024-02/b.txt")
    assert [s.name for s in find_sources([tmp_path / "2024-*"])] == ["a.txt", "b.txt"]


def test_file_whose_name_looks_like_a_pattern_is_taken_itself(tmp_path: Path) -> None:
    path = put(tmp_path / "[a].txt")
    put(tmp_path / "a.txt")
    assert [s.path for s in find_sources([path])] == [path]


def test_pattern_without_a_match_says_so(tmp_path: Path) -> None:
    (source,) = find_sources([tmp_path / "*.txt"])
    (page,) = read_pages(source)
    assert isinstance(page, Unreadable)
    assert page.reason.endswith("*.txt; check the pattern")


def test_addresses_and_standard_input_are_sources_once_each(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    url = "https://ledger.example/1"
    sources = find_sources(["-", path, "-"], [url, f"{url}#top", f" {url} "])
    assert [(s.name, s.kind) for s in sources] == [
        ("a.txt", Kind.TEXT),
        (url, Kind.URL),
        ("stdin", Kind.STDIN),
    ]
    assert [s.is_stream for s in sources] == [False, True, True]
