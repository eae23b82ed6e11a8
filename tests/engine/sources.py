"""Articles in every kind of source that an engine reads."""

from __future__ import annotations

import io
import json
from pathlib import Path


def write_sources(folder: Path, examples: Path) -> None:
    """Six articles: two files, three lines (two of one id; one more cannot be read), one record."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    folder.mkdir(parents=True)
    texts = [p.read_text(encoding="utf-8") for p in sorted(examples.glob("*.txt"))[:2]]
    (folder / "a.txt").write_text(texts[0], encoding="utf-8")
    (folder / "b.txt").write_text(texts[-1], encoding="utf-8")
    told = (
        "Tarn Rail has signed a 7-year partnership with Brask Energy. Tarn Rail is based in Oslo."
    )
    records = [
        json.dumps({"id": "one", "text": texts[0], "date": "2031-05-06"}),
        json.dumps({"id": "one", "text": told}),
        "{",
        json.dumps({"id": "a.txt", "text": f"{told} Ada Brask, chief executive, said so."}),
    ]
    (folder / "lines.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")
    with (folder / "pages.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.0")
        page = io.BytesIO(b"Brask Energy has acquired Lund Optics for $9 million.")
        writer.write_record(
            writer.create_warc_record(
                "https://example.org/9", "response", payload=page, http_headers=headers
            )
        )
