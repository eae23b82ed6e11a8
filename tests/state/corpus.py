"""A small corpus that changes: articles in several formats about the same invented companies.

Each file has versions; names recur, one is misspelt, one text is a copy of another, and one page
has the name of another in a folder of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["CORPUS", "ONLY_HERE", "put"]

_FERRY = (
    "Brightwater Motors signs with Tidal Electronics\n\n"
    "3 March 2027\n\n"
    "Brightwater Motors signed a six-year partnership with Tidal Electronics, a company based in "
    "Denmark. Brightwater Motors employs 420 people and sponsors the Harbour Marathon.\n\n"
    "“The boats are quiet and cheap to run,” said Ingrid Moen, chief executive of Brightwater "
    "Motors. The company plans to launch the Nightline Card in 2028.\n"
)
_PARTNERS = (
    "Tidal Electronics acquires Voltra Energy\n\n"
    "Tidal Electronics acquired Voltra Energy in 2026. Voltra Energy is a member of the Nordic "
    "Sailing Federation. Tidal Electronics signed a partnership with Brightwater Motors.\n"
)
_SLIP = (
    "Nightline Card expected\n\n"
    "Brigthwater Motors may launch the Nightline Card in May 2028, according to Tidal "
    "Electronics. The Nightline Card was developed by Tidal Electronics.\n"
)
_HTML = """<!doctype html><html lang="en"><head><title>Voltra Energy opens a plant</title>
<meta name="author" content="Nils Aas"></head><body><nav>Home News Contact</nav><article>
<h1>Voltra Energy opens a plant</h1>
<p>Voltra Energy opened a factory in Salzburg, Austria, on 4 May 2027. The company employs 90 people
and operates the Skipper platform. Voltra Energy is a partner of the Nordic Sailing Federation.</p>
<p>“Every ferry in the country will need one,” said Marte Lie, chief technology officer of
Voltra Energy.</p></article><footer>Subscribe to our letter</footer></body></html>
"""
_GERMAN = (
    "Die Reederei hat sechs Boote gekauft, die mit Strom fahren. Die Werft in Bergen hat sie in "
    "nur zwei Jahren gebaut und will noch mehr davon verkaufen, wie sie am Montag sagte.\n"
)


def _records(*texts: tuple[str, str]) -> str:
    lines = ({"id": name, "title": text.split("\n")[0], "text": text} for name, text in texts)
    return "".join(json.dumps(line) + "\n" for line in lines)


ONLY_HERE = "Quillfeather"
"""A word that one version of one article has and nothing else."""

# Path of a file to the versions of its content.
CORPUS: dict[str, tuple[str, ...]] = {
    "ferry.txt": (_FERRY, _FERRY.replace("six-year", "nine-year")),
    "partners.txt": (_PARTNERS, _PARTNERS.replace("in 2026", "in 2025")),
    "slip.md": (_SLIP, f"{_SLIP}\n{ONLY_HERE} Motors acquired Tidal Electronics.\n"),
    "plant.html": (_HTML, _HTML.replace("90 people", "140 people")),
    "wire.jsonl": (
        _records(("wire-1", _PARTNERS), ("wire-2", _SLIP)),
        _records(("wire-2", _SLIP), ("wire-3", _FERRY.replace("sponsors", "organises"))),
        _records(("wire-1", _PARTNERS.replace("acquired", "supplies"))),
    ),
    "again/ferry.txt": (_FERRY, _SLIP),
    "copy.txt": (_FERRY, _PARTNERS),
    "german.txt": (_GERMAN,),
}


def put(folder: Path, state: dict[str, int]) -> None:
    """Makes the folder hold these files, each in that version, and no others."""
    for name, versions in CORPUS.items():
        path = folder / name
        if name in state:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(versions[state[name]], "utf-8")
        else:
            path.unlink(missing_ok=True)
