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
