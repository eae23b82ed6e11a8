"""docs/viewer.md is true: what it says of the address is what state.js reads."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "viewer.md").read_text("utf-8")
STATE = (ROOT / "kg/export/html/viewer/state.js").read_text("utf-8")


def test_the_table_of_the_address_has_every_part_and_no_other() -> None:
    codes = STATE[STATE.index("const CODES") : STATE.index("};", STATE.index("const CODES"))]
    read = set(re.findall(r'^  \w+: \["(\w+)",', codes, re.M))
    read |= set(re.findall(r'terms\.(?:getAll|get)\("(\w+)"\)', STATE))
    table = PAGE[PAGE.index("| in the address") : PAGE.index("## Keys")]
    told = set(re.findall(r"`(\w+)=", table))
    assert told == read
    assert len(read) > 15
