"""The same bytes everywhere: over versions of Python, seeds, locales, time zones, processes, order.

`python -m tools.determinism examples` builds the articles under this Python in every variant, then
under each further one (`--python python3.12 --python python3.13`), each in an environment of its
own below `--work` with the same versions of all libraries. Exits with 1 where bytes differ, and
names the files. What lies in `state/` is left out under another Python: that one read it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = "state/"


@dataclass(frozen=True)
class Variant:
    """A way to run the same build, which must not show in its outputs."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: int = 1
    reverse: bool = False  # the inputs are given in reverse order
    elsewhere: bool = False  # in another working directory, to a folder with an odd name


VARIANTS = (
    Variant("as it comes"),
    Variant(
        "seed 1, Turkish, Tokyo",
        {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"},
    ),
    Variant("seed 2, C, two processes", {"PYTHONHASHSEED": "2", "LC_ALL": "C"}, processes=2),
    Variant("reverse order, elsewhere", {"TZ": "America/St_Johns"}, reverse=True, elsewhere=True),
    Variant("no UTF-8 mode, one thread", {"PYTHONUTF8": "0", "OMP_NUM_THREADS": "1"}),
)  # fmt: skip


def build(python: str, inputs: Sequence[Path], work: Path, variant: Variant) -> dict[str, str]:
    """SHA-256 of each output by name. Raises CalledProcessError where the build fails."""
    folder = work / ("öther plâce" if variant.elsewhere else "here")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        paths = [str(path.resolve()) for path in inputs]
        command = [python, "-m", "kg", "build", *(reversed(paths) if variant.reverse else paths)]
        command += ["--out", out, "--quiet", "--processes", str(variant.processes)]
        subprocess.run(command, cwd=folder, env=_environment(variant), check=True)
        return digests(Path(out))


def _environment(variant: Variant) -> dict[str, str]:
    known = {key: value for key, value in os.environ.items() if key != "PYTHONHASHSEED"}
    return known | {"PYTHONPATH": str(ROOT)} | dict(variant.environment)


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of each file below a folder, by name with / between folders."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def different(one: Mapping[str, str], other: Mapping[str, str], *, state: bool) -> list[str]:
    """Sorted names of files that are not the same in both; those in `state/` only with `state`."""
    names = sorted(one.keys() | other.keys())
    return [n for n in names if one.get(n) != other.get(n) and (state or not n.startswith(STATE))]


def installed(python: str, work: Path) -> str:
    """A Python of that version with this package and the libraries that this Python has.

    Raises CalledProcessError where a library cannot be installed there in the same version.
    """
    name = subprocess.run(
        [python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    home = work / f"python-{name}"
    found = str(home / "bin/python")
    pins = work / "constraints.txt"
    own = {"newskg"}
    known = {d.name: d.version for d in distributions() if d.name and d.name not in own}
    pins.write_text("".join(f"{n}=={v}\n" for n, v in sorted(known.items())), "utf-8")
    if not (home / "done").exists():
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        pip = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--constraint", str(pins), "--editable", str(ROOT)], check=True)
        (home / "done").touch()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one line a build, and the files that differ; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tools.determinism")
    parser.add_argument("inputs", nargs="+", type=Path, help="articles, as for kg build")
    parser.add_argument("--python", action="append", default=[], help="another interpreter")
    parser.add_argument("--work", type=Path, help="folder for environments; kept")
    parser.add_argument("--versions-only", action="store_true", help="leave the variants out")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        work = given.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        first = build(sys.executable, given.inputs, work, VARIANTS[0])
        print(f"{len(first)} files under Python {sys.version.split()[0]}")  # noqa: T201
        bad = 0
        for variant in () if given.versions_only else VARIANTS[1:]:
            found = build(sys.executable, given.inputs, work, variant)
            bad += _tell(variant.name, different(first, found, state=True))
        for python in given.python:
            found = build(installed(python, work), given.inputs, work, VARIANTS[0])
            bad += _tell(python, different(first, found, state=False))
    return 1 if bad else 0


def _tell(name: str, names: Sequence[str]) -> bool:
    print(f"{name}: {'the same bytes' if not names else 'differ: ' + ', '.join(names)}")  # noqa: T201
    return bool(names)


if __name__ == "__main__":
    raise SystemExit(main())
