"""The same article in every format that `kg build` reads, through the whole build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.cli import cli
from kg.pipeline import Settings, build_with_report
from tests.read.test_fetch import Site

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "tests/fixtures/formats/article.txt").read_text("utf-8")


def as_html(text: str) -> str:
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1>{body}</article></body></html>"
    )


def write_txt(folder: Path, text: str) -> None:
    (folder / "a.txt").write_text(text, "utf-8")


def write_md(folder: Path, text: str) -> None:
    (folder / "a.md").write_text(f"# {text.replace('Korvex Marine', '**Korvex Marine**')}", "utf-8")


def write_html(folder: Path, text: str) -> None:
    (folder / "a.html").write_text(as_html(text), "utf-8")


def write_jsonl(folder: Path, text: str) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"id": "a", "text": text}), "utf-8")


def write_rss(folder: Path, text: str) -> None:
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in paragraphs)
    item = f"<item><title>{title}</title><guid>a</guid><description>{body}</description></item>"
    feed = f'<rss version="2.0"><channel><title>Ledger</title>{item}</channel></rss>'
    (folder / "a.rss").write_text(feed, "utf-8")


def write_warc(folder: Path, text: str) -> None:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "https://ledger.example/a",
        "response",
        payload=BytesIO(as_html(text).encode()),
        http_headers=headers,
    )
    writer.write_record(record)
    (folder / "a.warc.gz").write_bytes(buffer.getvalue())


def write_pdf(folder: Path, _: str) -> None:
    fixtures = Path(__file__).parent / "fixtures" / "formats"
    shutil.copy(fixtures / "press-release.pdf", folder / "a.pdf")


WRITERS: dict[str, Callable[[Path, str], None]] = {
    "txt": write_txt,
    "md": write_md,
    "html": write_html,
    "jsonl": write_jsonl,
    "rss": write_rss,
    "warc": write_warc,
    "pdf": write_pdf,
}


def claims(folder: Path) -> set[tuple[str, str, str, str]]:
    """Facts without what must differ: names and places of articles."""
    lines = (folder / "facts.jsonl").read_text("utf-8").splitlines()
    return {
        (
            fact["subject"]["label"],
            fact["predicate"],
            fact["object"].get("label") or fact["object"]["value"],
            fact["modality"],
        )
        for fact in map(json.loads, lines)
    }


def check_quotes(inputs: Path, out: Path) -> int:
    """How many quotes there are; each is in the text that the report names, at its place."""
    report = json.loads((out / "report.json").read_text("utf-8"))
    texts = {
        entry["name"]: (out / entry["text"] if entry["text"] else inputs / entry["name"])
        .read_bytes()
        .decode()
        for entry in report["articles"]
    }
    count = 0
    for line in (out / "facts.jsonl").read_text("utf-8").splitlines():
        for evidence in json.loads(line)["evidence"]:
            text = texts[evidence["article"]]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
            count += 1
    return count


@pytest.fixture(scope="module")
def plain(text: str, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str, str]]:
    folder = tmp_path_factory.mktemp("plain")
    write_txt(folder, text)
    build_with_report(folder, Settings(), out=folder / "out")
    return claims(folder / "out")


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_facts_of_the_plain_text(
    name: str, text: str, tmp_path: Path, plain: set[tuple[str, str, str, str]]
) -> None:
    WRITERS[name](tmp_path, text)
    _, report = build_with_report(tmp_path, Settings(), out=tmp_path / "out")
    assert report.is_complete
    assert len(plain) > 5
    assert claims(tmp_path / "out") == plain
    assert check_quotes(tmp_path, tmp_path / "out") >= len(plain)


def test_folder_of_all_formats_is_one_graph_for_any_number_of_processes(
    text: str, tmp_path: Path
) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for write in WRITERS.values():
        write(inputs, text)
    with (inputs / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"text": ""}\n{"id": "../../a", "text": "IBM acquired Nordlys in 2019."}\n')
    outputs = []
    for processes in (1, 2):
        out = tmp_path / str(processes)
        _, report = build_with_report(inputs, Settings(), out=out, processes=processes)
        assert [s.name for s in report.skipped] == ["a.jsonl#2"]
        assert len(report.articles) == len(WRITERS) + 1
        check_quotes(inputs, out)
        files = sorted(path for path in out.rglob("*") if path.is_file())
        outputs.append([(path.relative_to(out), path.read_bytes()) for path in files])
    assert outputs[0] == outputs[1]
    assert not (tmp_path / "a.txt").exists()


def test_standard_input_is_read(text: str, tmp_path: Path, plain: set[tuple[str, ...]]) -> None:
    for content in (text, as_html(text)):
        result = CliRunner().invoke(
            cli, ["build", "-", "--out", str(tmp_path / "out")], input=content
        )
        assert result.exit_code == 0, result.output
        assert claims(tmp_path / "out") == plain
        assert (tmp_path / "out/articles/stdin.txt").is_file()


def test_empty_standard_input_is_an_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["build", "-", "--out", str(tmp_path / "out")], input="")
    assert result.exit_code == 1
    assert "standard input is empty" in result.stderr


def test_longer_article_is_skipped_with_its_reason(text: str, tmp_path: Path) -> None:
    for name in ("txt", "html"):
        WRITERS[name](tmp_path, text)
    (tmp_path / "short.txt").write_text("IBM acquired Nordlys Power in 2019.", "utf-8")
    result = CliRunner().invoke(
        cli, ["build", str(tmp_path), "--max-chars", "300", "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert [entry["name"] for entry in report["articles"]] == ["short.txt"]
    assert [entry["name"] for entry in report["skipped"]] == ["a.html", "a.txt"]
    assert all("--max-chars" in entry["reason"] for entry in report["skipped"])


def test_other_languages_are_skipped_and_short_plain_texts_are_not(tmp_path: Path) -> None:
    texts = {
        "de": "Die Werft baut vier Fähren mit Batterien für die Meerenge, wie das Amt mitteilte.",
        "sv": "Varvet har byggt fyra färjor och det är den största ordern som de har fått.",
        "ru": "Верфь построит четыре парома для пролива, сообщило ведомство в четверг утром.",
        "zh": "阿科公司周四宣布将为海峡建造四艘电动渡轮，合同至二〇二九年。",
        "en": "IBM acquired Nordlys.",
    }
    for name, content in texts.items():
        (tmp_path / f"{name}.txt").write_text(content, "utf-8")
    _, report = build_with_report(tmp_path)
    assert [entry.name for entry in report.skipped] == ["de.txt", "ru.txt", "sv.txt", "zh.txt"]
    assert "its language is 'de'; only English ('en') is read" in report.skipped[0].reason
    assert report.articles[0].warnings == ("too short to tell its language; read as English",)


def test_metadata_is_in_the_report(tmp_path: Path, text: str) -> None:
    known = {
        "title": "Korvex opens a ferry yard in Bergen",
        "author": "Petra Lindqvist",
        "publisher": "Harbour Ledger",
        "url": "https://ledger.example/a",
        "language": "en",
    }
    line = json.dumps({"id": "a", "text": text, "date": "2027-03-14"} | known)
    (tmp_path / "a.jsonl").write_text(line, "utf-8")
    build_with_report(tmp_path, Settings(), out=tmp_path / "out")
    (entry,) = json.loads((tmp_path / "out/report.json").read_text("utf-8"))["articles"]
    assert entry.items() >= (known | {"published": "2027-03-14", "format": "txt"}).items()
    assert entry["text"] == "articles/a.txt"


def test_address_is_fetched_only_when_it_is_asked_for(
    text: str, tmp_path: Path, plain: set[tuple[str, ...]]
) -> None:
    site = Site()
    url = site.page("/a", as_html(text).encode())
    arguments = ["build", "--url", url, "--out", str(tmp_path / "out")]
    refused = CliRunner().invoke(cli, arguments)
    assert refused.exit_code == 1
    assert "is the private address 127.0.0.1" in refused.stderr
    assert site.asked == []
    result = CliRunner().invoke(cli, [*arguments, "--allow-private"])
    assert result.exit_code == 0, result.output
    assert claims(tmp_path / "out") == plain
    assert check_quotes(tmp_path, tmp_path / "out") >= len(plain)
    site.server.shutdown()
    site.server.server_close()
