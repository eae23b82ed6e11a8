"""The scripts of the page are joined into one: what they declare must not collide."""

from __future__ import annotations

import re
from collections import Counter

from kg.export.html import _FOLDER, _SCRIPTS, _STYLES

_DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def test_no_two_scripts_declare_one_name() -> None:
    declared = Counter(
        name for script in _SCRIPTS for name in _DECLARED.findall((_FOLDER / script).read_text())
    )
    assert [name for name, times in declared.items() if times > 1] == []
    assert declared["change"] == declared["COLUMNS"] == declared["state"] == 1


def test_every_part_is_in_the_page() -> None:
    parts = {path.name for path in _FOLDER.iterdir() if path.suffix in (".js", ".css")}
    assert parts == {*_SCRIPTS, *_STYLES, "vis-network.min.js"}


# What the browser gives, and words of CSS and SVG that stand before a bracket in texts.
_GIVEN = {
    "Blob", "Boolean", "Date", "Int32Array", "Map", "Number", "Path2D", "ResizeObserver", "Set",
    "String", "URL", "URLSearchParams", "Uint8Array", "addEventListener", "clearTimeout",
    "encodeURIComponent", "getComputedStyle", "getSelection", "matchMedia",
    "requestAnimationFrame", "setTimeout", "translate", "var",
}  # fmt: skip
_KEYWORDS = {"catch", "for", "if", "return", "switch", "while"}


def _undefined(script: str) -> set[str]:
    """Names that the script calls, and neither it nor the browser has."""
    code = re.sub(
        r"/\*.*?\*/|(?<![:\w])//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"", "", script, flags=re.DOTALL
    )
    known = set(re.findall(r"\b(?:function\*?|const|let|class)\s+(\w+)", code))
    for names in (
        r"\b(?:const|let)\s+[\[{]([^=]*?)[\]}]\s*(?:=|of)",
        r"\bfunction\*?\s*\w*\(([^)]*)\)",
        r"\(([^()]*)\)\s*=>",
        r"\b\w+\s*=>",
        r"^ +\w+\([^()]*\) \{$",  # a method
    ):
        known.update(
            name
            for found in re.finditer(names, code, re.MULTILINE)
            for name in re.findall(r"\w+", found[0])
        )
    return set(re.findall(r"(?<![\w.$\\])([A-Za-z_]\w*)\(", code)) - known - _GIVEN - _KEYWORDS


def test_no_script_calls_what_none_defines() -> None:
    script = "\n".join((_FOLDER / name).read_text("utf-8") for name in _SCRIPTS)
    assert _undefined(script) == set()
    assert _undefined(script.replace("function familyDot(", "function other(")) == {"familyDot"}
