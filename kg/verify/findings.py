"""What a check of a build found, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from kg.model.wording import printable
from kg.state.manifest import Made

__all__ = ["Finding", "Verification"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is not as the manifest says.

    `part` is output, kept (what lies in `state/`), input, made (with another version, model or
    domain) or rebuilt; `how` is altered, missing, extra or differs.
    """

    part: str
    how: str
    name: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome. `inputs` and `rebuilt` are None where they were not asked for."""

    outputs: int  # that the manifest names
    inputs: int | None  # that the manifest names
    rebuilt: int | None  # outputs that were made again
    made: tuple[Made, ...]
    manifest: str  # SHA-256 of the manifest itself
    findings: tuple[Finding, ...]  # sorted
    others: int  # files in the folder that no build writes; they are not looked at

    @property
    def holds(self) -> bool:
        """Whether everything that was looked at is as the manifest says."""
        return not self.findings

    def to_json(self) -> str:
        """As one object, keys sorted, with a newline at the end."""
        record = asdict(self) | {"holds": self.holds}
        return json.dumps(record, ensure_ascii=True, indent=2, sort_keys=True) + "\n"

    def to_text(self) -> str:
        """For a person: what was compared, then what differs; with a newline at the end."""
        return "".join(f"{printable(line)}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"outputs    {self._same('output', self.outputs)}"
        if self.inputs is None:
            yield "inputs     not compared: give the paths that were built from too"
        else:
            yield f"inputs     {self._same('input', self.inputs)}"
        names = ", ".join(" ".join(filter(None, (m.name, m.version))) for m in self.made)
        here = "not what is here" if self._of("made") else "the same as here"
        yield f"made with  {names}: {here}"
        if self.rebuilt is not None:
            yield f"rebuilt    {self._same('rebuilt', self.rebuilt)}"
        if self.others:
            files = "file" if self.others == 1 else "files"
            yield f"others     {self.others} {files} that no build writes, not compared"
        yield f"manifest   sha256 {self.manifest}"
        for found in self.findings:
            yield f"{found.how:10} {found.part}: {found.name}"

    def _of(self, part: str) -> list[Finding]:
        return [found for found in self.findings if found.part == part]

    def _same(self, part: str, total: int) -> str:
        found = self._of(part)
        wrong = sum(item.how != "extra" for item in found)
        more = len(found) - wrong
        return f"{total - wrong} of {total} the same" + (f", {more} more" if more else "")
