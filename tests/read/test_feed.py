from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.model.text import BlockKind
from kg.read.clean import clean
from kg.read.load import Source, Unreadable, read_pages

BODY = "Korvex Marine has opened a yard in Bergen that builds electric ferries."
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Ledger</title>
<language>en-gb</language>{items}</channel></rss>"""
ITEM = f"""<item><title>Korvex opens a yard &amp; hires</title><link>https://ledger.example/1</link>
<guid isPermaLink="false">k-1</guid><pubDate>Thu, 14 Mar 2024 09:20:00 +0100</pubDate>
<dc:creator>Petra Lindqvist</dc:creator><description>A short summary.</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>x()</script><p>“It is large”, says Ø.</p>]]>
</content:encoded></item>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Ledger</title>
<entry><title type="html">Korvex &lt;b&gt;opens&lt;/b&gt; a yard</title>
<link href="https://ledger.example/2"/><id>tag:ledger.example,2024:2</id>
<published>2024-03-14T23:20:00-05:00</published><author><name>Petra Lindqvist</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p></div></content>
</entry></feed>"""


def read(path: Path, content: str | bytes, **options: int) -> list[Any]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_pages(Source(path.name, path), **options))


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(encoding=encoding, items="".join(items)).encode(encoding)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.rss"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "windows-1252"])
def test_item_is_an_article_under_its_title(path: Path, encoding: str) -> None:
    item = ITEM if encoding in ("utf-8", "utf-16", "windows-1252") else ITEM.replace("“", "")
    (page,) = read(path, rss(item.replace("”", '"'), encoding=encoding))
    article = clean(page)
    assert article.text.startswith(f"Korvex opens a yard & hires\n\n{BODY}\n\n")
    assert article.text.endswith("says Ø.")
    assert article.blocks[0].kind is BlockKind.HEADLINE
    assert (article.name, article.url) == ("https://ledger.example/1",) * 2
    assert (article.title, article.author) == ("Korvex opens a yard & hires", "Petra Lindqvist")
    assert (article.publisher, article.language) == ("Harbour Ledger", "en")
    assert article.published == "2024-03-14T08:20:00Z"


def test_entry_of_atom_is_an_article_under_its_title(path: Path) -> None:
    (page,) = read(path, ATOM)
    assert page.text == f"Korvex opens a yard\n\n{BODY}"
    assert page.name == "https://ledger.example/2"
    assert page.declared.published == "2024-03-15T04:20:00Z"
    assert (page.declared.author, page.declared.language) == ("Petra Lindqvist", "en")


def test_summary_is_read_where_there_is_no_content_and_the_rest_is_named(path: Path) -> None:
    one = f"<item><title>A yard</title><guid>k-7</guid><description>{BODY}</description></item>"
    none = "<item><title>Only a title</title></item>"
    script = "<item><link>javascript:alert(1)</link><description>Korvex.</description></item>"
    page, bad, odd = read(path, rss(one, none, script))
    assert (page.name, page.text) == ("k-7", f"A yard\n\n{BODY}")
    assert bad == Unreadable(
        "news.rss#2", "the entry has neither content nor a summary; fetch its page"
    )
    assert (odd.name, odd.declared.url) == ("news.rss#3", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "ha">' + "".join(f'<!ENTITY {c} "&{p};&{p};&{p};">' for p, c in ("ab", "bc")),
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd">%x;',
    ],
)
def test_entities_are_refused_unread(path: Path, entities: str, encoding: str) -> None:
    bomb = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [{entities}]>" + RSS.format(
        encoding="", items=ITEM
    ).partition("?>")[2].replace("Korvex opens", "&x;")
    (page,) = read(path, bomb.encode(encoding))
    assert isinstance(page, Unreadable)
    assert "declares XML entities" in page.reason


def test_feed_that_is_nested_deeply_ends(path: Path) -> None:
    deep = "<a>" * 50_000 + "</a>" * 50_000
    pages = read(path, rss(f"<item><title>t</title><description>{deep}</description></item>", ITEM))
    assert pages
    html = "&lt;div&gt;" * 50_000 + BODY
    pages = read(path, rss(f"<item><title>t</title><description>{html}</description></item>"))
    assert len(pages) == 1


@pytest.mark.parametrize(
    "content",
    ["<urlset><url><loc>a</loc></url></urlset>", "<html><body>x</body></html>", "text", " "],
)
def test_file_that_is_no_feed_is_an_entry(path: Path, content: str) -> None:
    (page,) = read(path, content)
    assert isinstance(page, Unreadable)
    assert "is no RSS or Atom feed; save pages as .html" in page.reason


def test_feed_without_entries_is_an_entry(path: Path) -> None:
    (page,) = read(path, rss())
    assert "holds no article" in page.reason


def test_broken_feed_is_read_as_far_as_it_goes(path: Path) -> None:
    pages = read(path, rss(ITEM, "<item><title>A & B</title><description>x"))
    assert pages[0].name == "https://ledger.example/1"


def test_long_entry_is_one_entry(path: Path) -> None:
    (page,) = read(path, rss(ITEM), max_chars=20)
    assert "longer than 20 characters" in page.reason


def test_nothing_is_fetched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("connects"))
    doctype = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    (page,) = read(path, rss(ITEM).replace(b"\n<rss", f"\n{doctype}<rss".encode(), 1))
    assert page.name == "https://ledger.example/1"
