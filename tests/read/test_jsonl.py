from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import BlockKind
from kg.read.clean import clean
from kg.read.load import Inputs, RawPage, Source, Unreadable, read_pages

TEXT = "Korvex Marine has opened a yard in Bergen.\nIt builds “electric” ferries.\n"


def read(path: Path, *lines: str | bytes | dict[str, Any], **options: int) -> list[Any]:
    encoded = [
        line if isinstance(line, bytes) else (json.dumps(line) if isinstance(line, dict) else line)
        for line in lines
    ]
    data = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in encoded)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return list(read_pages(Source(path.name, path), **options))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.jsonl"


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_line_becomes_an_article_with_its_metadata(tmp_path: Path, name: str) -> None:
    record = {
        "id": "k-17",
        "text": TEXT,
        "url": "https://ledger.example/17",
        "title": "Korvex opens a yard",
        "date": "2027-03-14",
        "author": ["Petra Lindqvist", "Jonas Berg"],
        "publisher": "Harbour Ledger",
        "language": "en-GB",
    }
    (page,) = read(tmp_path / name, record)
    article = clean(page)
    assert (article.name, article.text, article.format) == ("k-17", TEXT, "txt")
    assert (article.title, article.published) == ("Korvex opens a yard", "2027-03-14")
    assert (article.author, article.publisher) == ("Petra Lindqvist, Jonas Berg", "Harbour Ledger")
    assert (article.url, article.language) == ("https://ledger.example/17", "en")
    assert not page.verbatim


def test_name_is_the_id_else_the_url_else_the_line(path: Path) -> None:
    pages = read(
        path,
        {"id": 17, "text": TEXT},
        {"url": "https://ledger.example/18", "text": TEXT},
        "",
        {"text": TEXT},
        {"id": "x" * 400, "text": TEXT},
        {"id": "a\u0000b", "text": TEXT},
        {"id": True, "text": TEXT},
    )
    assert [page.name for page in pages] == [
        "17",
        "https://ledger.example/18",
        *(f"news.jsonl#{number}" for number in (4, 5, 6, 7)),
    ]


def test_second_article_of_one_name_has_that_of_its_place(tmp_path: Path) -> None:
    (tmp_path / "1").write_text(TEXT, "utf-8")
    sources = [Source("1", tmp_path / "1")]
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(f'{{"id": 1, "text": "{name}"}}\n' * 2, "utf-8")
        sources.append(Source(name, tmp_path / name))
    names = [item.name for item in Inputs(sources)]
    assert names == ["1", "a.jsonl#1", "a.jsonl#2", "b.jsonl#1", "b.jsonl#2"]


def test_id_that_looks_like_a_place_takes_nobodys_name(path: Path) -> None:
    path.write_text('{"id": "news.jsonl#2", "text": "a"}\n{"text": "b"}\n', "utf-8")
    assert [i.name for i in Inputs([Source(path.name, path)])] == ["news.jsonl#2", "news.jsonl#2~2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "is not valid JSON"),
        ("[1, 2]", "is no JSON object"),
        ("{}", "has neither text nor html"),
        ('{"text": 3}', "has neither text nor html"),
        ('{"text": " \\n"}', "has neither text nor html"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + '{"a":' * 100_000, "nested too deeply"),
        ('{"id": ' + "9" * 10_000 + ', "text": "a"}', "is not valid JSON"),
        (b'{"text": "\xff\xfe"}', "is not UTF-8"),
        ('{"text": "' + "\\u0001" * 50 + '"}', "binary data"),
        ('{"text": "' + "a" * 101 + '"}', "longer than 100 characters"),
    ],
)
def test_bad_line_is_one_entry_and_the_rest_is_read(
    path: Path, line: str | bytes, reason: str
) -> None:
    bad, good = read(path, line, {"id": "good", "text": "Korvex builds ferries."}, max_chars=100)
    assert isinstance(bad, Unreadable)
    assert bad.name == "news.jsonl#1"
    assert reason in bad.reason
    assert (good.name, good.text) == ("good", "Korvex builds ferries.")


def test_huge_line_is_not_kept_in_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.jsonl._FIELDS_BYTES", 0)
    monkeypatch.setattr("kg.read.jsonl.MAX_CHARS", 100)
    bad, good = read(path, {"text": "a" * 5_000_000}, {"id": "good", "text": "b"}, max_chars=100)
    assert bad == Unreadable(
        "news.jsonl#1", "the line is longer than 1,200 bytes; split the article"
    )
    assert good.name == "good"


def test_gzip_that_is_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    lines = b"".join(
        json.dumps({"id": n, "text": f"{n} {n * 7919}"}).encode() + b"\n" for n in range(9_000)
    )
    path.write_bytes(gzip.compress(lines)[:-1000])
    pages = list(read_pages(Source(path.name, path)))
    assert len(pages) > 1000
    assert isinstance(pages[-1], Unreadable)
    assert "cannot be read to its end" in pages[-1].reason
    assert all(isinstance(page, RawPage) for page in pages[:-1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\n", "empty lines one after the other"), (b"A", "unpacks to more than 100 times its size")],
)
def test_bomb_is_given_up(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(300):
            file.write(content * 1_000_000)
    *_, page = read_pages(Source(path.name, path))
    assert isinstance(page, Unreadable)
    assert reason in page.reason


def test_piece_of_html_becomes_its_words_below_the_title(path: Path) -> None:
    html = "<p>Korvex <b>Marine</b> opened a yard.</p><script>x()</script><p>It builds ferries.</p>"
    (page,) = read(path, {"html": html, "title": "A yard in Bergen"})
    assert page.text == ("A yard in Bergen\n\nKorvex Marine opened a yard.\n\nIt builds ferries.")
    headline = clean(page).blocks[0]
    assert (headline.kind, headline.end) == (BlockKind.HEADLINE, len("A yard in Bergen"))


def test_whole_page_of_html_is_cleaned_as_one(path: Path) -> None:
    paragraphs = [
        f"Korvex Marine will build ferry {n}, the office said on Thursday." for n in "abcdef"
    ]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><body><nav>Home</nav><article>{body}</article></body></html>"
    (page,) = read(path, {"html": html, "title": "Ferries for the strait"})
    assert page.format == "html"
    article = clean(page)
    assert article.title == "Ferries for the strait"
    assert article.text == "\n".join(paragraphs)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "some day"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://ledger.example/a"),
        ("url", "https://ledger.example/a b"),
        ("title", "a" * 2_000),
        ("author", {"name": "Petra"}),
        ("publisher", "a\u0007b"),
    ],
)
def test_useless_field_is_left_out_with_a_warning(path: Path, field: str, value: Any) -> None:
    (page,) = read(path, {"id": "a", "text": TEXT, field: value})
    (warning,) = page.warnings
    assert f"the {field} " in warning
    assert page.declared == type(page.declared)()


def test_half_of_a_surrogate_pair_is_replaced(path: Path) -> None:
    (page,) = read(path, '{"text": "Korvex \\ud83d builds."}')
    assert page.text == "Korvex \ufffd builds."
    assert page.warnings == ("halves of surrogate pairs are shown as U+FFFD",)


@given(text=st.text(min_size=1).filter(lambda t: t.strip() and t.isprintable()))
def test_every_text_comes_back_as_it_is(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (page,) = read(tmp_path_factory.mktemp("j") / "a.jsonl", {"text": text})
    assert page.text == text


def test_missing_file_is_an_entry(tmp_path: Path) -> None:
    (page,) = read_pages(Source("a.jsonl", tmp_path / "a.jsonl"))
    assert "does not exist; check the path" in page.reason


def test_file_without_a_line_is_an_entry(path: Path) -> None:
    (page,) = read(path, "", "  ")
    assert page == Unreadable("news.jsonl", "holds no article; check that it is the right file")
