from __future__ import annotations

import sys
import zlib
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.text import BlockKind
from kg.read.clean import clean
from kg.read.load import MAX_CHARS, RawPage, Source, read_source
from kg.read.pdf import read_pdf

LINE = "Korvex Marine has opened a yard in Bergen."


@pytest.fixture(scope="session")
def formats(root: Path) -> Path:
    return root / "tests" / "fixtures" / "formats"


def pdf(*contents: bytes, pack: bool = False) -> bytes:
    """A PDF with a page for each stream of drawing instructions, by hand."""
    writer = pypdf.PdfWriter()
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject(f"/{key}"): pypdf.generic.NameObject(f"/{value}")
            for key, value in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))
        }
    )
    for content in contents:
        page = writer.add_blank_page(595, 842)
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
        stream = pypdf.generic.StreamObject()
        stream.set_data(zlib.compress(content) if pack else content)
        if pack:
            name = pypdf.generic.NameObject
            stream[name("/Filter")] = name("/FlateDecode")
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def show(text: str, x: int = 50, y: int = 700, size: int = 11) -> bytes:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode("latin-1")


def read(data: bytes, max_chars: int = MAX_CHARS) -> RawPage:
    return read_pdf(data, "a.pdf", max_chars=max_chars)


@pytest.mark.parametrize("name", ["press-release.pdf", "two-columns.pdf"])
def test_printed_article_comes_back_as_it_was_written(formats: Path, name: str) -> None:
    expected = (formats / "article.txt").read_text("utf-8").strip()
    page = read_source(Source(name, formats / name))
    text = page.text[: page.chrome_start]
    assert text.replace('"', "”").replace("“", "”") == expected.replace("“", "”")
    article = clean(page)
    assert article.title == "Korvex opens a ferry yard in Bergen"
    assert (article.format, article.language) == ("pdf", "en")
    assert article.blocks[0].kind is BlockKind.HEADLINE


def test_headers_and_footers_are_chrome_at_the_end(formats: Path) -> None:
    article = clean(read_source(Source("a", formats / "press-release.pdf")))
    chrome = [article.quote(b.start, b.end) for b in article.blocks if b.kind is BlockKind.CHROME]
    assert chrome == ["Korvex Marine press office", "Page 1 of 2", "Page 2 of 2"]
    assert article.text.endswith("\n".join(chrome))


def test_pieces_on_one_height_make_a_line() -> None:
    data = pdf(show("Korvex Marine has opened", 50) + show("a yard in Bergen.", 200))
    assert read(data).text == LINE


def test_ligatures_become_letters() -> None:
    assert "ﬁ" not in read(pdf(show("The \\256rst of four ferries is built in Bergen."))).text


def test_pdf_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(pdf(show(LINE)))
    page = read_source(Source("a.txt", path))
    assert (page.text, page.format) == (LINE, "pdf")
    assert page.warnings == (f"{path} is a PDF; rename it to end in .pdf",)


def test_scan_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"a\.pdf holds no text, only images .*ocrmypdf"):
        read(pdf(b"0 0 10 10 re f", show("7")))


@pytest.mark.parametrize(("password", "opens"), [("", True), ("secret", False)])
def test_encrypted_file_opens_without_a_password_only(password: str, opens: bool) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(show(LINE))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    if opens:
        assert read(buffer.getvalue()).text == LINE
    else:
        with pytest.raises(InputError, match="is encrypted; save a copy without a password"):
            read(buffer.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%text", b"%PDF-1.7\n" + b"\x00" * 5000, b"%PDF-"])
def test_broken_file_is_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.pdf cannot be read as PDF .*\.txt"):
        read(data)


@settings(max_examples=30)
@given(st.data())
def test_any_damage_is_text_or_an_input_error(data: st.DataObject) -> None:
    whole = bytearray(pdf(show(LINE), show("It builds electric ferries.")))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        page = read(bytes(whole))
    except InputError:
        return
    assert page.text.strip()


def test_bomb_is_given_up() -> None:
    with pytest.raises(InputError, match="draws more than an article does"):
        read(pdf(b"q Q " * 5_000_000, pack=True))
    with pytest.raises(InputError, match=r"cannot be read as PDF .*Limit"):
        read(pdf(b" " * 200_000_000, pack=True))


def test_many_pages_are_too_many() -> None:
    with pytest.raises(InputError, match="more than 500 pages"):
        read(pdf(*[b""] * 501))


def test_limit_counts_characters_and_stops_early() -> None:
    with pytest.raises(InputError, match="longer than 30 characters"):
        read(pdf(show(LINE), show(LINE)), max_chars=30)


def test_missing_library_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"pypdf, .*: python -m pip install 'newskg\[pdf\]'"):
        read(b"%PDF-")
